-- PostgreSQL guards the rows of figures and of undoing from here on; SQLite has no such thing (…_row_security).
SELECT 1;
