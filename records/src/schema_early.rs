//! Temporary tables with the columns of records, on PostgreSQL: what it copies goes through them (`dialect/early.rs`).

#![allow(missing_docs, reason = "columns are described where they are made, in migrations/")]

diesel::table! {
    early_petitions (inspection_id, number) {
        inspection_id -> Text,
        number -> Text,
        batch -> Nullable<Integer>,
        channel -> Nullable<SmallInt>,
        received_on -> Nullable<Date>,
        key_case -> Bool,
        merged_into -> Nullable<Text>,
        duplicate_of -> Nullable<Text>,
        complaint -> Text,
        pollution_kinds -> Integer,
        registered -> Bool,
        owner -> Text,
        wording_hash -> Binary,
        conclusion -> SmallInt,
        substantiated -> Nullable<SmallInt>,
        contradictory -> Bool,
        concluded_on -> Nullable<Date>,
        reported_on -> Date,
        version -> BigInt,
        import_id -> Text,
        sheet -> Text,
        row_number -> BigInt,
        updated_at_utc -> Timestamp,
    }
}

diesel::table! {
    early_handlings (inspection_id, number, division) {
        inspection_id -> Text,
        number -> Text,
        division -> Text,
        assigned -> Bool,
        reported -> Bool,
        investigation -> Nullable<Text>,
        substantiated -> Nullable<SmallInt>,
        handling -> Nullable<Text>,
        measures -> Nullable<Text>,
        latest_progress -> Nullable<Text>,
        conclusion -> SmallInt,
        concluded_on -> Nullable<Date>,
        units -> Nullable<Text>,
        acceptance -> Nullable<Text>,
        accountability -> Nullable<Text>,
        remarks -> Nullable<Text>,
        ordered -> Nullable<Integer>,
        penalised -> Nullable<Integer>,
        fine_fen -> Nullable<BigInt>,
        criminal_cases -> Nullable<Integer>,
        admin_detained -> Nullable<Integer>,
        criminal_detained -> Nullable<Integer>,
        interviewed -> Nullable<Integer>,
        accountable -> Nullable<Integer>,
        content_hash -> Binary,
        reported_on -> Date,
        version -> BigInt,
        import_id -> Text,
        sheet -> Text,
        row_number -> BigInt,
    }
}

diesel::table! {
    early_revisions (inspection_id, sequence) {
        inspection_id -> Text,
        sequence -> BigInt,
        kind -> SmallInt,
        number -> Text,
        division -> Text,
        change -> SmallInt,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
        import_id -> Text,
        sheet -> Text,
        row_number -> BigInt,
        actor -> Text,
        at_utc -> Timestamp,
    }
}
