//! The tables of accounts, as diesel knows them.

#![allow(missing_docs, reason = "columns are described where they are made, in migrations/")]

diesel::table! {
    account_settings (inspection_id) {
        inspection_id -> Text,
        settings -> Text,
    }
}

diesel::table! {
    published_accounts (id) {
        id -> Text,
        inspection_id -> Text,
        as_of -> Date,
        language -> Text,
        title -> Text,
        content_sha256 -> Text,
        content -> Binary,
        sources -> Text,
        sequence -> BigInt,
        note -> Text,
        request_id -> Nullable<Text>,
        published_by -> Text,
        published_at_utc -> Timestamp,
    }
}
