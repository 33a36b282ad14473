//! The tables of counts and of their changes, as diesel knows them.

#![allow(
    missing_docs,
    reason = "columns are described where they are made, in migrations/ and figures/counts/stage.sql"
)]

diesel::table! {
    counted_inspections (inspection_id) {
        inspection_id -> Text,
        until_on -> Date,
        by_day -> Bool,
    }
}

diesel::table! {
    count_areas (code, scope, area) {
        code -> Text,
        scope -> SmallInt,
        area -> Text,
    }
}

diesel::table! {
    petition_changes (area) {
        scope -> SmallInt,
        area -> Text,
        batch -> Integer,
        channel -> SmallInt,
        key_case -> Bool,
        pollution_kinds -> Integer,
        conclusion -> SmallInt,
        substantiated -> SmallInt,
        contradictory -> Bool,
        petitions -> BigInt,
    }
}

diesel::table! {
    measure_changes (area) {
        scope -> SmallInt,
        area -> Text,
        batch -> Integer,
        channel -> SmallInt,
        key_case -> Bool,
        pollution_kinds -> Integer,
        parts -> BigInt,
        reported -> BigInt,
        ordered -> BigInt,
        penalised -> BigInt,
        fine_fen -> BigInt,
        criminal_cases -> BigInt,
        admin_detained -> BigInt,
        criminal_detained -> BigInt,
        interviewed -> BigInt,
        accountable -> BigInt,
    }
}

diesel::table! {
    petition_day_changes (place) {
        place -> Text,
        month_on -> Date,
        day_on -> Date,
        batch -> Integer,
        channel -> SmallInt,
        key_case -> Bool,
        pollution_kinds -> Integer,
        conclusion -> SmallInt,
        substantiated -> SmallInt,
        contradictory -> Bool,
        petitions -> BigInt,
    }
}

diesel::table! {
    measure_day_changes (place) {
        place -> Text,
        month_on -> Date,
        day_on -> Date,
        batch -> Integer,
        channel -> SmallInt,
        key_case -> Bool,
        pollution_kinds -> Integer,
        parts -> BigInt,
        reported -> BigInt,
        ordered -> BigInt,
        penalised -> BigInt,
        fine_fen -> BigInt,
        criminal_cases -> BigInt,
        admin_detained -> BigInt,
        criminal_detained -> BigInt,
        interviewed -> BigInt,
        accountable -> BigInt,
    }
}

diesel::table! {
    former_handlings (inspection_id, number, division, since_on) {
        inspection_id -> Text,
        number -> Text,
        division -> Text,
        since_on -> Date,
        substantiated -> Nullable<SmallInt>,
        conclusion -> SmallInt,
        concluded_on -> Nullable<Date>,
        ordered -> Nullable<Integer>,
        penalised -> Nullable<Integer>,
        fine_fen -> Nullable<BigInt>,
        criminal_cases -> Nullable<Integer>,
        admin_detained -> Nullable<Integer>,
        criminal_detained -> Nullable<Integer>,
        interviewed -> Nullable<Integer>,
        accountable -> Nullable<Integer>,
        import_id -> Text,
    }
}
