//! The tables of the plain kinds and their staging tables, as diesel knows them; `migrations/` and
//! `importing/stage.sql` make them. The columns of content are the same in both, in the same order.

#![allow(
    missing_docs,
    reason = "columns are described where they are made, in migrations/ and importing/stage.sql"
)]

use crate::schema::revisions;
use crate::schema_stage::verdicts;

/// The two tables of a kind around its columns of content.
macro_rules! plain_tables {
    ($table:ident, $stage:ident, { $($content:tt)* }) => {
        diesel::table! {
            $table (inspection_id, division, number) {
                inspection_id -> Text,
                division -> Text,
                number -> Text,
                $($content)*
                content_hash -> Binary,
                reported_on -> Date,
                version -> BigInt,
                import_id -> Text,
                sheet -> Text,
                row_number -> BigInt,
                updated_at_utc -> Timestamp,
                since_on -> Nullable<Date>,
            }
        }

        diesel::table! {
            $stage (row_id) {
                row_id -> BigInt,
                sheet -> Text,
                row_number -> BigInt,
                number -> Text,
                division -> Text,
                $($content)*
                content_hash -> Binary,
            }
        }

        diesel::allow_tables_to_appear_in_same_query!($stage, $table);
        diesel::allow_tables_to_appear_in_same_query!($stage, verdicts);
        diesel::allow_tables_to_appear_in_same_query!($table, verdicts);
    };
}

plain_tables!(indicators, stage_indicators, {
    name -> Text,
    period -> Nullable<Text>,
    task -> Nullable<Text>,
    theme -> Nullable<Text>,
    topic -> Nullable<Text>,
    unit -> Text,
    done_millionths -> Nullable<BigInt>,
    done_text -> Nullable<Text>,
    total_millionths -> Nullable<BigInt>,
    total_text -> Nullable<Text>,
    stage -> Nullable<SmallInt>,
    approximate -> Bool,
    aggregation -> SmallInt,
    basis -> SmallInt,
    remarks -> Nullable<Text>,
});

plain_tables!(accountability_issues, stage_issues, {
    title -> Text,
    handed_over_on -> Nullable<Date>,
    remarks -> Nullable<Text>,
});

plain_tables!(accountabilities, stage_accountabilities, {
    issue -> Nullable<Text>,
    issue_title -> Nullable<Text>,
    subject -> SmallInt,
    unit -> Nullable<Text>,
    name -> Nullable<Text>,
    post -> Nullable<Text>,
    level -> Nullable<SmallInt>,
    kinds -> Integer,
    source -> SmallInt,
    decided_on -> Nullable<Date>,
    reason -> Nullable<Text>,
    remarks -> Nullable<Text>,
});

plain_tables!(activities, stage_activities, {
    kind -> SmallInt,
    held_on -> Date,
    organiser -> Nullable<Text>,
    places -> Nullable<Text>,
    topic -> Text,
    tasks -> Nullable<Text>,
    result -> Nullable<Text>,
    remarks -> Nullable<Text>,
});

plain_tables!(alerts, stage_alerts, {
    station -> Text,
    raised_on -> Date,
    kind -> SmallInt,
    handling -> Nullable<Text>,
    settled_on -> Nullable<Date>,
    remarks -> Nullable<Text>,
});

// An issue is seen by those whose decisions answer it.
diesel::allow_tables_to_appear_in_same_query!(accountabilities, accountability_issues);

diesel::allow_tables_to_appear_in_same_query!(accountabilities, revisions);
