//! What the plain kinds have in common: one row of one ledger makes a record, and one division owns it.
//!
//! Indicators, accountability issues, accountabilities, activities and alerts differ in their content only. Each has a
//! module of its own that lists the content once, for `plain_record`; keys, versions and origins are the same.

use chrono::{NaiveDate, NaiveDateTime};

/// A stored record of a plain kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<C> {
    /// The inspection it belongs to.
    pub inspection_id: String,
    /// Whose it is.
    pub division: String,
    /// Natural key within the division.
    pub number: String,
    /// What the ledger says.
    pub content: C,
    /// Reporting date of the ledger.
    pub reported_on: NaiveDate,
    /// Counted from 1, raised whenever it changes.
    pub version: i64,
    /// Import it is from.
    pub import_id: String,
    /// Sheet of that import.
    pub sheet: String,
    /// Row of that sheet, counted from 1.
    pub row_number: i64,
    /// When it last changed, UTC.
    pub updated_at_utc: NaiveDateTime,
}

/// The columns of [`Recorded`] as they are read.
pub(crate) type RecordedRow<C> = (
    String,
    String,
    String,
    C,
    NaiveDate,
    i64,
    String,
    String,
    i64,
    NaiveDateTime,
);

impl<C> From<RecordedRow<C>> for Recorded<C> {
    fn from(row: RecordedRow<C>) -> Self {
        let (inspection_id, division, number, content, reported_on, version, import_id, sheet, row_number, at) = row;
        Self {
            inspection_id,
            division,
            number,
            content,
            reported_on,
            version,
            import_id,
            sheet,
            row_number,
            updated_at_utc: at,
        }
    }
}

/// Where a page goes on: behind the record of this division and number. Both are empty at the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct After {
    /// Division of the last record of the page before.
    pub division: String,
    /// Its number.
    pub number: String,
}

/// Makes, from the content of a kind, its struct, the row that is staged, and the queries all kinds share.
macro_rules! plain_record {
    (
        $(#[$about:meta])* $content:ident, $staged:ident, $table:ident, $stage:ident,
        { $( $(#[$note:meta])* $field:ident: $type:ty, )+ }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, diesel::Queryable)]
        pub struct $content { $( $(#[$note])* pub $field: $type, )+ }

        /// A checked row of such a ledger as it is staged, with the hash of its content.
        #[derive(Debug, Clone, PartialEq, Eq, diesel::Insertable)]
        #[diesel(table_name = $stage, treat_none_as_default_value = false)]
        pub struct $staged {
            row_id: i64,
            sheet: String,
            row_number: i64,
            number: String,
            division: String,
            $( $field: $type, )+
            content_hash: Vec<u8>,
        }

        impl $staged {
            /// Puts a row together. The hash is of the whole content.
            #[must_use]
            pub fn new(place: crate::importing::RowPlace, content: $content, content_hash: Vec<u8>) -> Self {
                Self {
                    row_id: place.row_id,
                    sheet: place.sheet,
                    row_number: place.row_number,
                    number: place.number,
                    division: place.division,
                    $( $field: content.$field, )+
                    content_hash,
                }
            }
        }

        impl $content {
            /// Names of the columns of content, in order.
            pub(crate) const COLUMNS: &'static [&'static str] = &[$( stringify!($field) ),+];
        }

        /// What updated and late rows change: the next rows behind the row `after`, at most `piece`.
        pub(crate) fn deltas(
            db: &mut crate::db::Db,
            inspection: &str,
            outcomes: &[i32],
            after: i64,
            piece: i64,
        ) -> diesel::QueryResult<Vec<crate::importing::Delta>> {
            use crate::schema_stage::verdicts;
            use diesel::prelude::*;
            let pairs: Vec<(i64, $content, $content)> = verdicts::table
                .inner_join($stage::table.on($stage::row_id.eq(verdicts::row_id)))
                .inner_join(
                    $table::table.on($table::inspection_id
                        .eq(inspection)
                        .and($table::division.eq(verdicts::division))
                        .and($table::number.eq(verdicts::number))),
                )
                .filter(verdicts::outcome.eq_any(outcomes.to_vec()).and(verdicts::row_id.gt(after)))
                .order(verdicts::row_id)
                .limit(piece)
                .select((verdicts::row_id, ($( $stage::$field, )+), ($( $table::$field, )+)))
                .load(db)?;
            let delta = |(row_id, staged, stored): (i64, $content, $content)| {
                crate::importing::delta(row_id, &stored, &staged)
            };
            Ok(pairs.into_iter().map(delta).collect())
        }

        /// What records of a division say now: the fields that have a value, by number.
        pub(crate) fn fields(
            db: &mut crate::db::Db,
            inspection: &str,
            division: &str,
            numbers: &[String],
        ) -> diesel::QueryResult<Vec<(String, serde_json::Map<String, serde_json::Value>)>> {
            use diesel::prelude::*;
            let rows: Vec<(String, $content)> = $table::table
                .filter($table::inspection_id.eq(inspection).and($table::division.eq(division)))
                .filter($table::number.eq_any(numbers))
                .select(($table::number, ($( $table::$field, )+)))
                .load(db)?;
            Ok(rows.into_iter().map(|(number, content)| (number, crate::json::fields(&content))).collect())
        }

        type Query<'a> = $table::BoxedQuery<'a, <crate::db::Db as diesel::Connection>::Backend>;

        /// The records in reach behind `after` in the order of division and number, one more than a page of `size`.
        fn behind<'a>(
            reach: &'a crate::reach::Reach,
            inspection: &'a str,
            after: &'a crate::plain::After,
            size: usize,
        ) -> Query<'a> {
            use diesel::prelude::*;
            let query = $table::table
                .filter($table::inspection_id.eq(inspection).and($table::division.ge(&after.division)))
                .filter($table::division.gt(&after.division).or($table::number.gt(&after.number)))
                .order(($table::division, $table::number))
                .limit(size as i64 + 1)
                .into_boxed();
            match reach.codes() {
                Some(codes) => query.filter($table::division.eq_any(codes)),
                None => query,
            }
        }

        /// The next contents behind `after` with the hashes they are stored with, in the order of division and number.
        pub(crate) fn hashed(
            db: &mut crate::db::Db,
            inspection: &str,
            after: &crate::plain::After,
            size: usize,
        ) -> diesel::QueryResult<Vec<(String, String, Vec<u8>, $content)>> {
            use diesel::prelude::*;
            behind(&crate::reach::Reach::All, inspection, after, size)
                .select(($table::division, $table::number, $table::content_hash, ($( $table::$field, )+)))
                .load(db)
        }

        fn page(
            db: &mut crate::db::Db,
            query: Query<'_>,
            size: usize,
        ) -> diesel::QueryResult<crate::page::Page<crate::plain::Recorded<$content>>> {
            use diesel::prelude::*;
            let rows: Vec<crate::plain::RecordedRow<$content>> = query
                .select((
                    $table::inspection_id,
                    $table::division,
                    $table::number,
                    ($( $table::$field, )+),
                    $table::reported_on,
                    $table::version,
                    $table::import_id,
                    $table::sheet,
                    $table::row_number,
                    $table::updated_at_utc,
                ))
                .load(db)?;
            let rows = rows.into_iter().map(Into::into).collect();
            Ok(crate::page::Page::cut(rows, size))
        }
    };
}

pub(crate) use plain_record;
