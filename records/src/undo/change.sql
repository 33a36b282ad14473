-- Puts the rows of one table back to what they were. Names in braces are those of undo/tables.rs.
DELETE FROM {table}
WHERE inspection_id = (SELECT inspection_id FROM undo_import) AND ({row_key}) IN (
    SELECT {row_key} FROM undo_rows WHERE kind = {kind} AND part = {part} AND does IN (1, 2)
);

-- The version rises: who has read the one that is undone must not take this for it.
INSERT INTO {table} ({columns}, version{written})
SELECT {image_columns}, CASE WHEN k.version > b.version THEN k.version ELSE b.version END + {step}{written_at}
FROM undo_import u
CROSS JOIN undo_rows k
JOIN before_{table} b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id AND b.number = k.number{image_row}
WHERE k.kind = {kind} AND k.part = {part} AND k.does = 2;
