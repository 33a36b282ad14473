-- What becomes of each row of a plain kind, against what is stored now. {table}, {stage} and the other names in braces
-- are filled in by importing/plain.rs. Outcomes are those of importing/outcome.rs.
CREATE TEMP TABLE verdicts AS
SELECT
    s.row_id, s.sheet, s.row_number, s.number, s.division,
    h.number IS NULL AS creates,
    h.number IS NOT NULL AS part_exists,
    FALSE AS owns,                                -- there is no wording apart
    h.reported_on < c.reported_on AS newer,       -- what it says is younger than stored
    CASE
        {refused}
        WHEN {absent} THEN 1
        WHEN h.content_hash = s.content_hash THEN 0
        WHEN h.reported_on > c.reported_on THEN 3
        ELSE 2
    END AS outcome
FROM {stage} s
CROSS JOIN stage_context c
LEFT JOIN {table} h ON h.inspection_id = c.inspection_id AND h.division = s.division AND h.number = s.number
{fixed};
