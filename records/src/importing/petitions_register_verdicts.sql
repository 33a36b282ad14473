-- What becomes of each row of the province's list of petitions, against what is stored now.
-- Outcomes are those of importing/outcome.rs: 0 unchanged, 1 inserted, 2 updated, 3 late.
CREATE TEMP TABLE verdicts AS
SELECT
    s.row_id, s.sheet, s.row_number, s.number, SUBSTR(s.division, 1, 0) AS division, -- empty, of the key's collation
    r.number IS NULL AS creates,
    FALSE AS part_exists,
    r.number IS NOT NULL AS owns, -- the list owns every wording
    r.registered AND r.reported_on < c.reported_on AS newer,
    CASE
        WHEN r.number IS NULL THEN 1
        WHEN r.registered AND r.wording_hash = s.wording_hash THEN 0
        WHEN r.registered AND r.reported_on > c.reported_on THEN 3
        ELSE 2
    END AS outcome
FROM stage_petitions s
CROSS JOIN stage_context c
LEFT JOIN petitions r ON r.inspection_id = c.inspection_id AND r.number = s.number;
