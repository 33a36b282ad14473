-- The same for rows that were told to say what is stored while the file was read.
INSERT INTO said_again (inspection_id, import_id, kind, division, late, numbers)
SELECT $1, $2, k.kind, k.division, FALSE, STRING_AGG(k.number, '{separator}')
FROM stage_known k
GROUP BY k.kind, k.division, k.row_id / 500
