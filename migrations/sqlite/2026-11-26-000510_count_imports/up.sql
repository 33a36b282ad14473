-- How many imports are in which state, and how many rows came with them, for metrics: the index alone tells it. `division` is
-- in it as on PostgreSQL, whose policies look at it.
CREATE INDEX imports_by_state ON imports (state, division, inserted, updated);
