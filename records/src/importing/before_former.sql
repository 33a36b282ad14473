-- Of which parts the rows change only what was said of earlier days, and what that was: the import can be undone. Names in
-- braces are filled in by importing/former.rs; {same} is a table with the keys of the rows.
INSERT INTO before_since (inspection_id, before_import, kind, number, division, since_on)
SELECT h.inspection_id, c.import_id, c.kind, h.number, h.division, h.since_on
FROM {same} v CROSS JOIN stage_context c
JOIN {part} h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
WHERE {condition};

INSERT INTO before_{former}
SELECT c.import_id, f.*
FROM {same} v CROSS JOIN stage_context c
JOIN {part} h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
JOIN {former} f ON f.inspection_id = h.inspection_id AND f.number = h.number AND f.division = h.division
WHERE {condition};

