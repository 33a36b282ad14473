-- Writes the records of a plain kind. Names in braces are filled in by importing/plain.rs.

-- What is written over, as it is: the import can be undone.
INSERT INTO before_{table}
SELECT c.import_id, h.*
FROM verdicts v
CROSS JOIN stage_context c
JOIN {table} h ON h.inspection_id = c.inspection_id AND h.division = v.division AND h.number = v.number
WHERE v.outcome IN (1, 2) AND v.part_exists;

-- Records that change; before the new ones, which would be among them.
UPDATE {table} SET
    {sets}, content_hash = s.content_hash, since_on = {since}, reported_on = c.reported_on, version = {table}.version + 1,
    import_id = c.import_id, sheet = s.sheet, row_number = s.row_number, updated_at_utc = c.at_utc{set_extra}
FROM verdicts v CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
WHERE v.outcome IN (1, 2) AND v.part_exists AND {table}.inspection_id = c.inspection_id
    AND {table}.division = v.division AND {table}.number = v.number;

-- Records that were not there.
INSERT INTO {table} (
    inspection_id, division, number, {columns}, content_hash, reported_on, version, import_id, sheet, row_number,
    updated_at_utc{extra}
)
SELECT
    c.inspection_id, s.division, s.number, {staged}, s.content_hash, c.reported_on, 1, c.import_id, s.sheet, s.row_number,
    c.at_utc{extra_values}
FROM verdicts v
CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
WHERE v.outcome = 1 AND NOT v.part_exists;

-- What is said again is as young as the ledger that says it again. No new version: the record says the same.
UPDATE {table} SET since_on = COALESCE({table}.since_on, {table}.reported_on), reported_on = c.reported_on FROM verdicts v CROSS JOIN stage_context c
WHERE v.outcome = 0 AND v.newer AND {table}.inspection_id = c.inspection_id
    AND {table}.division = v.division AND {table}.number = v.number;
