-- Gives the rows of one table their dates back. What is said since its own reporting date has no other day. Names in braces are those of undo/tables.rs.
UPDATE {table} SET reported_on = x.reported_on, since_on = NULLIF({table}.since_on, x.reported_on)
FROM undo_times x CROSS JOIN undo_import u
WHERE x.kind = {kind} AND x.part = {part} AND x.holder = '' AND {table}.inspection_id = u.inspection_id
    AND {table}.number = x.number{time_division};

UPDATE before_{table} SET reported_on = x.reported_on,
    since_on = NULLIF(before_{table}.since_on, x.reported_on)
FROM undo_times x CROSS JOIN undo_import u
WHERE x.kind = {kind} AND x.part = {part} AND x.holder <> '' AND before_{table}.inspection_id = u.inspection_id
    AND before_{table}.before_import = x.holder AND before_{table}.number = x.number{before_division};
