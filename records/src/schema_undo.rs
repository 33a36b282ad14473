//! The temporary tables of an undo that are filled row by row, as diesel knows them; `undo/tables.sql` makes them.

#![allow(missing_docs, reason = "described in undo/tables.sql")]

diesel::table! {
    undo_import (import_id) {
        inspection_id -> Text,
        import_id -> Text,
        reported_on -> Nullable<Date>,
        verdict -> BigInt,
        after -> BigInt,
        sequence -> BigInt,
        at_utc -> Timestamp,
        no_hash -> Binary,
    }
}

diesel::table! {
    undo_said (number) {
        import_id -> Text,
        kind -> SmallInt,
        number -> Text,
        division -> Text,
    }
}

diesel::table! {
    undo_order (position) {
        position -> BigInt,
        kind -> SmallInt,
        part -> Bool,
        number -> Text,
        division -> Text,
        does -> SmallInt,
        sheet -> Nullable<Text>,
        row_number -> Nullable<BigInt>,
        listed -> Bool,
    }
}

diesel::table! {
    undo_states (position) {
        position -> BigInt,
        fields -> Text,
    }
}
