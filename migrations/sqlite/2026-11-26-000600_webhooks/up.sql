-- Notices of verdicts on imports, sent to those divisions that want them.

-- Where a division wants to be told. The secret that signs a notice is kept by the worker's machine; this only names it.
CREATE TABLE webhooks (
    id             TEXT PRIMARY KEY,      -- uuid version 7, so that ids sort by time
    division       TEXT NOT NULL REFERENCES divisions (code), -- told of its imports, and of all below it
    url            TEXT NOT NULL,
    secret         TEXT NOT NULL,           -- env:NAME or file:PATH
    created_by     TEXT NOT NULL,
    created_at_utc TIMESTAMP NOT NULL,
    removed_at_utc TIMESTAMP                -- nothing is sent any more
);

-- One notice: one verdict for one webhook. It is sent until it is taken, for a day at most.
CREATE TABLE webhook_deliveries (
    id               TEXT PRIMARY KEY,    -- uuid version 7; the receiver knows a repetition by it
    webhook_id       TEXT NOT NULL REFERENCES webhooks (id),
    division         TEXT NOT NULL,       -- the webhook's
    import_id        TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    verdict          SMALLINT NOT NULL,     -- the state of the import that is told, see codes.rs
    body             TEXT NOT NULL,         -- JSON, as it is sent each time
    state            SMALLINT NOT NULL,     -- 1 waiting, 2 taken, 3 given up
    attempt          INTEGER NOT NULL,      -- sendings so far
    next_at_utc      TIMESTAMP NOT NULL,    -- not to be sent before; while it is being sent, when another may try
    give_up_at_utc   TIMESTAMP NOT NULL,
    last_status      INTEGER,               -- of HTTP, if there was an answer
    last_error       TEXT,                  -- why the last sending failed
    created_at_utc   TIMESTAMP NOT NULL,
    ended_at_utc     TIMESTAMP,             -- when it was taken or given up
    UNIQUE (webhook_id, import_id, verdict)
);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (next_at_utc) WHERE state = 1;
CREATE INDEX webhook_deliveries_by_import ON webhook_deliveries (import_id);

-- The verdict for which notices were made, so that none is forgotten, whoever reached it and however. What was decided before
-- there were webhooks is told to nobody.
ALTER TABLE imports ADD COLUMN told_state SMALLINT NOT NULL DEFAULT 0;
UPDATE imports SET told_state = state;
CREATE INDEX imports_untold ON imports (id)
    WHERE state IN (3, 4, 6, 7, 8, 9, 10, 11) AND told_state <> state AND NOT copies_due;
