-- What a county's ledger is about to write over, as it is: the import can be undone. Names in braces are those of
-- importing/tables.rs.

-- Parts that were assigned and are reported now, and parts that change.
INSERT INTO before_{parts}
SELECT c.import_id, h.*
FROM verdicts v
CROSS JOIN stage_context c
JOIN {parts} h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
WHERE v.outcome IN (1, 2) AND v.part_exists;

-- Records whose wording is owned by this ledger and changes. What is derived from the parts is derived anew.
INSERT INTO before_{records}
SELECT c.import_id, r.*
FROM verdicts v
CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
JOIN {records} r ON r.inspection_id = c.inspection_id AND r.number = v.number
WHERE v.outcome = 2 AND v.owns AND r.wording_hash <> s.wording_hash;
