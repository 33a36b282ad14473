-- What divisions said before, of what figures are made of, without what is taken back. Names in braces are those of one kind
-- of former statements.

-- Of what is gone nothing was said; nor of what was withdrawn.
DELETE FROM {former}
WHERE inspection_id = (SELECT inspection_id FROM undo_import) AND (number, division) IN (
    SELECT k.number, k.division FROM undo_rows k CROSS JOIN undo_import u
    WHERE k.kind = {kind} AND k.part = {part} AND (k.does = 1 OR k.does = 2 AND u.import_id = '')
);

-- What was written over is said now, and no more before.
DELETE FROM {former}
WHERE inspection_id = (SELECT inspection_id FROM undo_import) AND (number, division, since_on) IN (
    SELECT b.number, b.division, COALESCE(b.since_on, b.reported_on)
    FROM undo_import u
    CROSS JOIN undo_rows k
    JOIN before_{said} b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id
        AND b.number = k.number AND b.division = k.division
    WHERE k.kind = {kind} AND k.part = {part} AND k.does = 2
);

-- What only said something of earlier days said nothing.
DELETE FROM {former}
WHERE inspection_id = (SELECT inspection_id FROM undo_import) AND (number, division) IN (
    SELECT number, division FROM undo_rows WHERE kind = {kind} AND part = {part} AND does = 3
);

INSERT INTO {former} ({columns})
SELECT {image_columns}
FROM undo_import u
CROSS JOIN undo_rows k
JOIN before_{former} b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id
    AND b.number = k.number AND b.division = k.division
WHERE k.kind = {kind} AND k.part = {part} AND k.does = 3;

UPDATE {said} SET since_on = b.since_on
FROM undo_import u
JOIN before_since b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id
JOIN undo_rows k ON k.kind = b.kind AND k.number = b.number AND k.division = b.division
WHERE b.kind = {kind} AND k.does = 3 AND {said}.inspection_id = u.inspection_id AND {said}.number = b.number
    AND {said}.division = b.division;

-- The images have served.
DELETE FROM before_since
WHERE inspection_id = (SELECT inspection_id FROM undo_import)
    AND before_import = (SELECT import_id FROM undo_import) AND kind = {kind};

DELETE FROM before_{former}
WHERE inspection_id = (SELECT inspection_id FROM undo_import)
    AND before_import = (SELECT import_id FROM undo_import);
