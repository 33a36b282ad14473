-- Keeps what a part said before it says something else, of what figures are made of. Before the parts are written. Names
-- in braces are filled in by importing/former.rs; outcomes are those of importing/outcome.rs: 0 unchanged, 2 updated, 3 late.

-- What is about to be replaced, but for what the same day's ledger corrects.
INSERT INTO {former} (inspection_id, number, division, since_on, {columns}, import_id)
SELECT h.inspection_id, h.number, h.division, COALESCE(h.since_on, h.reported_on), {stored}, h.import_id
FROM verdicts v CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
JOIN {part} h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
WHERE v.outcome = 2 AND {reported} AND ({differs}) AND COALESCE(h.since_on, h.reported_on) < c.reported_on;

-- A late ledger says something else than was said before it and again after it: that was two statements.
INSERT INTO {former} (inspection_id, number, division, since_on, {columns}, import_id)
SELECT h.inspection_id, h.number, h.division, h.since_on, {stored}, h.import_id
FROM verdicts v CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
JOIN {part} h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
WHERE v.outcome = 3 AND ({differs}) AND h.since_on < c.reported_on;

UPDATE {part} SET since_on = NULL
FROM verdicts v CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
JOIN {part} h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
WHERE v.outcome = 3 AND ({differs}) AND h.since_on <= c.reported_on AND {part}.inspection_id = c.inspection_id
    AND {part}.number = v.number AND {part}.division = v.division;

-- What late ledgers say, in place of what an earlier one said for the same day.
DELETE FROM {former}
WHERE EXISTS (
    SELECT 1 FROM verdicts v CROSS JOIN stage_context c
    WHERE v.outcome = 3 AND {former}.inspection_id = c.inspection_id AND {former}.number = v.number
        AND {former}.division = v.division AND {former}.since_on = c.reported_on
);

INSERT INTO {former} (inspection_id, number, division, since_on, {columns}, import_id)
SELECT c.inspection_id, v.number, v.division, c.reported_on, {staged}, c.import_id
FROM verdicts v CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
WHERE v.outcome = 3;
