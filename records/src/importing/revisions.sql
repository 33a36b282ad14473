-- The history, numbered behind the inspection's last revision; its row is locked by now.
INSERT INTO revisions (
    inspection_id, sequence, kind, number, division, change, before, after, import_id, sheet, row_number, actor, at_utc
)
SELECT
    c.inspection_id, c.last_sequence + ROW_NUMBER() OVER (ORDER BY v.row_id), c.kind, v.number, v.division, v.outcome,
    d.before, d.after, c.import_id, v.sheet, v.row_number, c.actor, c.at_utc
FROM verdicts v
CROSS JOIN stage_context c
LEFT JOIN stage_deltas d ON d.row_id = v.row_id
WHERE v.outcome IN (1, 2) OR (v.outcome = 3 AND NOT c.seen_before);
