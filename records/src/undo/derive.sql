-- Records that nobody has a part in any more are there only if the province lists them.
DELETE FROM {records}
WHERE inspection_id = (SELECT inspection_id FROM undo_import) AND NOT registered
    AND number IN (SELECT number FROM undo_rows WHERE kind = {kind} AND does < 3)
    AND NOT EXISTS (
        SELECT 1 FROM {parts} h WHERE h.inspection_id = {records}.inspection_id AND h.number = {records}.number
    );

-- What the statements of the merge derive states from.
DROP TABLE IF EXISTS stage_context;
CREATE TEMP TABLE stage_context AS SELECT inspection_id, at_utc FROM undo_import;
CREATE TEMP TABLE verdicts AS
SELECT k.number, FALSE AS creates, 0 AS row_id, 2 AS outcome
FROM undo_rows k
CROSS JOIN undo_import u
JOIN {records} r ON r.inspection_id = u.inspection_id AND r.number = k.number
WHERE k.kind = {kind} AND k.does < 3
GROUP BY k.number;
