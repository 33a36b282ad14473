-- The form of each division's last ledger of each kind, so that the next one can be told from it.
CREATE TABLE forms (
    inspection_id TEXT COLLATE "C" NOT NULL REFERENCES inspections (id) ON DELETE CASCADE,
    division      TEXT COLLATE "C" NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL,            -- as in the kinds of an import
    headers       TEXT NOT NULL,              -- JSON array: field (empty: none), header as written, column from 0
    words         TEXT NOT NULL,              -- JSON object: field -> words other than the template's, from all its ledgers
    reported_on   DATE NOT NULL,
    import_id     TEXT NOT NULL,              -- the ledger whose headers these are
    PRIMARY KEY (inspection_id, division, kind)
);
