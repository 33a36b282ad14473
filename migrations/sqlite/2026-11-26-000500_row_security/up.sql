-- PostgreSQL's rows guard themselves from here on. SQLite has no such thing: its file is opened by our own programs alone,
-- and what a caller may see is decided by their queries (records/src/reach.rs). A migration wants a statement.
SELECT 1;
