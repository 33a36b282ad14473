-- Writes the parts of a county's petition ledger.

-- Parts that were not there.
INSERT INTO handlings (
    inspection_id, number, division, assigned, reported,
    investigation, substantiated, handling, measures, latest_progress, conclusion, concluded_on, units, acceptance,
    accountability, remarks, ordered, penalised, fine_fen, criminal_cases, admin_detained, criminal_detained,
    interviewed, accountable,
    content_hash, reported_on, version, import_id, sheet, row_number
)
SELECT
    c.inspection_id, s.number, s.division, FALSE, TRUE,
    s.investigation, s.substantiated, s.handling, s.measures, s.latest_progress, s.conclusion, s.concluded_on,
    s.units, s.acceptance, s.accountability, s.remarks, s.ordered, s.penalised, s.fine_fen, s.criminal_cases,
    s.admin_detained, s.criminal_detained, s.interviewed, s.accountable,
    s.content_hash, c.reported_on, 1, c.import_id, s.sheet, s.row_number
FROM verdicts v
CROSS JOIN stage_context c
JOIN stage_petitions s ON s.row_id = v.row_id
WHERE v.outcome = 1 AND NOT v.part_exists;

-- Parts that were assigned and are reported now, and parts that changed.
UPDATE handlings SET
    reported = TRUE,
    investigation = s.investigation, substantiated = s.substantiated, handling = s.handling, measures = s.measures,
    latest_progress = s.latest_progress, conclusion = s.conclusion, concluded_on = s.concluded_on, units = s.units,
    acceptance = s.acceptance, accountability = s.accountability, remarks = s.remarks, ordered = s.ordered,
    penalised = s.penalised, fine_fen = s.fine_fen, criminal_cases = s.criminal_cases,
    admin_detained = s.admin_detained, criminal_detained = s.criminal_detained, interviewed = s.interviewed,
    accountable = s.accountable,
    content_hash = s.content_hash, since_on = {since}, reported_on = c.reported_on, version = handlings.version + 1,
    edition = handlings.version + 1,
    import_id = c.import_id, sheet = s.sheet, row_number = s.row_number
FROM verdicts v CROSS JOIN stage_context c
JOIN stage_petitions s ON s.row_id = v.row_id
WHERE v.outcome IN (1, 2) AND v.part_exists AND handlings.inspection_id = c.inspection_id
    AND handlings.number = v.number AND handlings.division = v.division;

-- Other divisions a row names have a part too, except where the province says who has one.
INSERT INTO handlings (
    inspection_id, number, division, assigned, reported, conclusion, content_hash, reported_on, version, import_id, sheet,
    row_number
)
SELECT
    c.inspection_id, a.number, a.division, TRUE, FALSE, 0, c.no_hash, c.reported_on, 1, c.import_id, MIN(v.sheet),
    MIN(v.row_number)
FROM stage_assigned a
CROSS JOIN stage_context c
JOIN verdicts v ON v.row_id = a.row_id
LEFT JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = a.number AND h.division = a.division
WHERE v.outcome IN (1, 2) AND NOT c.has_register AND h.number IS NULL
GROUP BY c.inspection_id, a.number, a.division, c.reported_on, c.import_id, c.no_hash;
