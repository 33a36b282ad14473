DROP INDEX imports_by_state;
