//! The temporary tables of an import, as diesel knows them; `importing/stage.sql` makes them.

#![allow(
    missing_docs,
    reason = "columns are those of the tables of records; the others are described in stage.sql"
)]

use crate::schema::{handlings, petitions, task_progress, tasks};

diesel::table! {
    stage_petitions (row_id) {
        row_id -> BigInt,
        sequence -> Nullable<BigInt>,
        sheet -> Text,
        row_number -> BigInt,
        number -> Text,
        division -> Text,
        batch -> Nullable<Integer>,
        channel -> Nullable<SmallInt>,
        received_on -> Nullable<Date>,
        key_case -> Bool,
        merged_into -> Nullable<Text>,
        duplicate_of -> Nullable<Text>,
        complaint -> Text,
        pollution_kinds -> Integer,
        wording_hash -> Binary,
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
    }
}

diesel::table! {
    stage_tasks (row_id) {
        row_id -> BigInt,
        sheet -> Text,
        row_number -> BigInt,
        number -> Text,
        division -> Text,
        parent -> Nullable<Text>,
        theme -> Nullable<Text>,
        topic -> Nullable<Text>,
        source -> Nullable<SmallInt>,
        case_name -> Nullable<Text>,
        plan_years -> Nullable<Text>,
        problem -> Text,
        target -> Nullable<Text>,
        measures -> Nullable<Text>,
        lead_unit -> Nullable<Text>,
        units -> Nullable<Text>,
        supervising_unit -> Nullable<Text>,
        accepting_unit -> Nullable<Text>,
        deadline_text -> Nullable<Text>,
        deadline_kind -> SmallInt,
        due_on -> Nullable<Date>,
        long_term -> Bool,
        wording_hash -> Binary,
        progress -> Nullable<Text>,
        status -> SmallInt,
        completed_on -> Nullable<Date>,
        closure -> SmallInt,
        closed_on -> Nullable<Date>,
        reason -> Nullable<Text>,
        remarks -> Nullable<Text>,
        content_hash -> Binary,
    }
}

diesel::table! {
    stage_assigned (row_id, division) {
        row_id -> BigInt,
        number -> Text,
        division -> Text,
    }
}

diesel::table! {
    stage_deltas (row_id) {
        row_id -> BigInt,
        before -> Text,
        after -> Text,
    }
}

diesel::table! {
    stage_bases (row_id) {
        row_id -> BigInt,
        record -> BigInt,
        part -> BigInt,
    }
}

diesel::table! {
    stage_known (row_id) {
        row_id -> BigInt,
        kind -> SmallInt,
        number -> Text,
        division -> Text,
    }
}

diesel::table! {
    stage_findings (import_id) {
        import_id -> Text,
        sheet -> Text,
        row_number -> Nullable<BigInt>,
        column_number -> Nullable<Integer>,
        field -> Text,
        header -> Text,
        rule -> Text,
        severity -> SmallInt,
        value -> Text,
        suggestion -> Text,
        params -> Text,
        kind -> Nullable<SmallInt>,
        number -> Nullable<Text>,
        division -> Nullable<Text>,
        reason -> Nullable<Text>,
        row_id -> Nullable<BigInt>,
        cell -> Nullable<Text>,
    }
}

diesel::table! {
    stage_cells (number) {
        kind -> SmallInt,
        number -> Text,
        division -> Text,
        field -> Text,
        cell -> Nullable<Text>,
    }
}

diesel::table! {
    stage_import (import_id) {
        inspection_id -> Text,
        import_id -> Text,
        actor -> Text,
        at_utc -> Timestamp,
        reported_on -> Date,
    }
}

diesel::table! {
    stage_reasons (row_number) {
        sheet -> Text,
        row_number -> BigInt,
        reason -> Text,
    }
}

diesel::table! {
    stage_context (import_id) {
        inspection_id -> Text,
        import_id -> Text,
        reported_on -> Date,
        at_utc -> Timestamp,
        actor -> Text,
        kind -> SmallInt,
        register -> Bool,
        has_register -> Bool,
        seen_before -> Bool,
        last_sequence -> BigInt,
        no_hash -> Binary,
    }
}

diesel::table! {
    verdicts (row_id) {
        row_id -> BigInt,
        sheet -> Text,
        row_number -> BigInt,
        number -> Text,
        division -> Text,
        creates -> Bool,
        part_exists -> Bool,
        owns -> Bool,
        outcome -> Integer,
    }
}

diesel::allow_tables_to_appear_in_same_query!(verdicts, stage_petitions);
diesel::allow_tables_to_appear_in_same_query!(verdicts, petitions);
diesel::allow_tables_to_appear_in_same_query!(verdicts, handlings);
diesel::allow_tables_to_appear_in_same_query!(stage_petitions, petitions);
diesel::allow_tables_to_appear_in_same_query!(stage_petitions, handlings);
diesel::allow_tables_to_appear_in_same_query!(verdicts, stage_tasks);
diesel::allow_tables_to_appear_in_same_query!(verdicts, tasks);
diesel::allow_tables_to_appear_in_same_query!(verdicts, task_progress);
diesel::allow_tables_to_appear_in_same_query!(stage_tasks, tasks);
diesel::allow_tables_to_appear_in_same_query!(stage_tasks, task_progress);
