-- Who may call, and what was changed by whom.

-- Credentials. A secret is 256 random bits, so that its plain SHA-256 can be kept: nobody can try them all, which is what
-- a slow and salted hash is there against, and every call looks one up.
CREATE TABLE tokens (
    id               TEXT PRIMARY KEY,      -- uuid version 7, so that ids sort by time
    kind             SMALLINT NOT NULL,       -- 1 bearer token, 2 client certificate
    name             TEXT NOT NULL,           -- whose it is, for people and for the audit
    role             SMALLINT NOT NULL,       -- 1 submitter, 2 reader, 3 reviewer, 4 administrator
    division         TEXT REFERENCES divisions (code), -- it and all below it; absent: every division
    hash             BLOB NOT NULL UNIQUE,     -- SHA-256 of the token's text, or of the certificate in DER
    request_id       TEXT UNIQUE,             -- of the call that created it
    created_by       TEXT NOT NULL,           -- name of who created it
    created_at_utc   TIMESTAMP NOT NULL,
    expires_at_utc   TIMESTAMP NOT NULL,
    revoked_at_utc   TIMESTAMP,
    last_used_at_utc TIMESTAMP,               -- to about five minutes
    CHECK (division IS NOT NULL OR role = 4)
);

-- One row for each call that may change something, written in the transaction of the change. Never updated, never deleted.
CREATE TABLE audit_events (
    id             TEXT PRIMARY KEY,        -- uuid version 7, so that ids sort by time
    at_utc         TIMESTAMP NOT NULL,
    token_id       TEXT,                    -- absent: the command line, or a server without access control
    actor          TEXT NOT NULL,             -- name of the credential
    role           SMALLINT,                  -- 1 submitter, 2 reader, 3 reviewer, 4 administrator
    division       TEXT,                    -- the credential's
    method         TEXT NOT NULL,           -- package.Service/Method, or the command
    inspection_id  TEXT,
    records        TEXT NOT NULL,             -- JSON array of the ids of what was changed
    outcome        SMALLINT NOT NULL,         -- 1 changed, 2 nothing to change
    request_id     TEXT,                      -- of the request, where it has one
    request_sha256 TEXT                       -- of the request as it was sent, 64 lower-case hexadecimal digits
);
-- What one credential did.
CREATE INDEX audit_events_by_token ON audit_events (token_id, id);

-- Append only, whoever asks.
CREATE TRIGGER audit_events_keep BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END;
CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END;
