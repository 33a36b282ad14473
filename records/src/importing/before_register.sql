-- What the province's list is about to write over, as it is: the import can be undone. Names in braces are those of
-- importing/tables.rs.

-- Records that change: the list owns every wording.
INSERT INTO before_{records}
SELECT c.import_id, r.*
FROM verdicts v
CROSS JOIN stage_context c
JOIN {records} r ON r.inspection_id = c.inspection_id AND r.number = v.number
WHERE v.outcome = 2;

-- Parts that are assigned now, and that are no more; of the latter those that were not reported will be gone.
INSERT INTO before_{parts}
SELECT c.import_id, h.*
FROM verdicts v
CROSS JOIN stage_context c
JOIN {parts} h ON h.inspection_id = c.inspection_id AND h.number = v.number
LEFT JOIN stage_assigned a ON a.row_id = v.row_id AND a.division = h.division
WHERE v.outcome = 2 AND (h.assigned <> (a.division IS NOT NULL) OR NOT (h.assigned OR h.reported));
