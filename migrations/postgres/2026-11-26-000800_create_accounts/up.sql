-- What an administrator says about an inspection's account, and accounts as they were published.

CREATE TABLE account_settings (
    inspection_id TEXT COLLATE "C" PRIMARY KEY REFERENCES inspections (id) ON DELETE CASCADE,
    settings      TEXT NOT NULL               -- JSON: title, paragraphs, terms (records/src/accounts.rs)
);

CREATE TABLE published_accounts (
    id               TEXT COLLATE "C" PRIMARY KEY,     -- UUID v7: later ones are greater
    inspection_id    TEXT COLLATE "C" NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    as_of            DATE NOT NULL,           -- the day whose state it tells
    language         TEXT NOT NULL,           -- zh-CN or en
    title            TEXT NOT NULL,
    content_sha256   TEXT NOT NULL,
    content          BYTEA NOT NULL,          -- an encoded ducha.v1.Account
    sources          TEXT NOT NULL,           -- JSON object: key of a figure -> the records that made it
    sequence         BIGINT NOT NULL,         -- last revision of the inspection that it knew of
    note             TEXT NOT NULL,
    request_id       TEXT COLLATE "C" UNIQUE,
    published_by     TEXT NOT NULL,
    published_at_utc TIMESTAMP NOT NULL
);
CREATE INDEX published_accounts_by_inspection ON published_accounts (inspection_id, id);
