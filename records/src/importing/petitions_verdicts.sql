-- What becomes of each row of a county's petition ledger, against what is stored now.
-- Outcomes are those of importing/outcome.rs: 0 unchanged, 1 inserted, 2 updated, 3 late, 8 unknown, 9 not assigned,
-- 11 filled in on a part that changed since. Only its own division changes a part, and the wording it owns with it.
CREATE TEMP TABLE verdicts AS
SELECT
    s.row_id, s.sheet, s.row_number, s.number, s.division, s.conclusion, s.substantiated, s.concluded_on,
    r.number IS NULL AS creates,                                                -- the petition itself is new
    h.number IS NOT NULL AS part_exists,
    r.number IS NOT NULL AND NOT r.registered AND r.owner = s.division AS owns, -- the stored wording is this division's
    h.reported AND h.reported_on < c.reported_on AS newer,                      -- what it says is younger than stored
    CASE
        WHEN c.has_register AND (r.number IS NULL OR NOT r.registered) THEN 8
        WHEN c.has_register AND (h.number IS NULL OR NOT h.assigned) THEN 9
        WHEN h.number IS NULL OR NOT h.reported THEN 1
        WHEN h.content_hash = s.content_hash
            AND (r.registered OR r.owner <> s.division OR r.wording_hash = s.wording_hash) THEN 0
        WHEN h.reported_on > c.reported_on THEN 3
        WHEN b.part <> h.edition THEN 11
        ELSE 2
    END AS outcome
FROM stage_petitions s
CROSS JOIN stage_context c
LEFT JOIN petitions r ON r.inspection_id = c.inspection_id AND r.number = s.number
LEFT JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = s.number AND h.division = s.division
LEFT JOIN stage_bases b ON b.row_id = s.row_id;
