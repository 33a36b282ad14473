//! The tables of access as diesel knows them; `migrations/` is their source.

#![allow(missing_docs, reason = "columns are described where they are made, in migrations/")]

diesel::table! {
    tokens (id) {
        id -> Text,
        kind -> SmallInt,
        name -> Text,
        role -> SmallInt,
        division -> Nullable<Text>,
        hash -> Binary,
        request_id -> Nullable<Text>,
        created_by -> Text,
        created_at_utc -> Timestamp,
        expires_at_utc -> Timestamp,
        revoked_at_utc -> Nullable<Timestamp>,
        last_used_at_utc -> Nullable<Timestamp>,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Text,
        at_utc -> Timestamp,
        token_id -> Nullable<Text>,
        actor -> Text,
        role -> Nullable<SmallInt>,
        division -> Nullable<Text>,
        method -> Text,
        inspection_id -> Nullable<Text>,
        records -> Text,
        outcome -> SmallInt,
        request_id -> Nullable<Text>,
        request_sha256 -> Nullable<Text>,
    }
}
