DROP TABLE planned_rows;
DROP TABLE import_files;
