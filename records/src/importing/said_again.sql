-- Rows that change nothing, because they say what is stored or are older: an import before this one cannot be undone without
-- them. {separator} stands for what no number holds.
INSERT INTO said_again (inspection_id, import_id, kind, division, late, numbers)
SELECT c.inspection_id, c.import_id, c.kind, v.division, v.outcome = 3, STRING_AGG(v.number, '{separator}')
FROM verdicts v
CROSS JOIN stage_context c
WHERE v.outcome IN (0, 3)
GROUP BY c.inspection_id, c.import_id, c.kind, v.division, v.outcome, v.row_id / 500;
