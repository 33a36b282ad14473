//! The tables of counts and of their changes, as diesel knows them.

#![allow(
    missing_docs,
    reason = "columns are described where they are made, in migrations/ and figures/counts/stage.sql"
)]

diesel::table! {
    counted_inspections (inspection_id) {
        inspection_id -> Text,
        until_on -> Date,
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
