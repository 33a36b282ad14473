//! The tables of webhooks as diesel knows them; `migrations/` is their source.

#![allow(missing_docs, reason = "columns are described where they are made, in migrations/")]

diesel::table! {
    webhooks (id) {
        id -> Text,
        division -> Text,
        url -> Text,
        secret -> Text,
        created_by -> Text,
        created_at_utc -> Timestamp,
        removed_at_utc -> Nullable<Timestamp>,
    }
}

diesel::table! {
    webhook_deliveries (id) {
        id -> Text,
        webhook_id -> Text,
        division -> Text,
        import_id -> Text,
        verdict -> SmallInt,
        body -> Text,
        state -> SmallInt,
        attempt -> Integer,
        next_at_utc -> Timestamp,
        give_up_at_utc -> Timestamp,
        last_status -> Nullable<Integer>,
        last_error -> Nullable<Text>,
        created_at_utc -> Timestamp,
        ended_at_utc -> Nullable<Timestamp>,
    }
}
