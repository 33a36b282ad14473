-- How many imports are in which state, and how many rows came with them, for metrics: the index alone tells it. `division` is
-- in it as on PostgreSQL, whose policies look at it.
CREATE INDEX imports_by_state ON imports (state, division, inserted, updated);
-- What is in somebody's hands, which is little.
CREATE INDEX imports_in_hand ON imports (division) WHERE lease_until_utc IS NOT NULL;
-- When a division last had its turn: workers take up next who waits longest for one.
CREATE INDEX imports_by_turn ON imports (division, started_at_utc);
