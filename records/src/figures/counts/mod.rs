//! Counts of petitions, kept in the transaction that changes the records: as the latest ledgers say, and [by day](days).
//!
//! Whatever changes petitions names those it touches: what they count is taken off before, and what they count then is
//! added after. So counts follow imports, undone imports and withdrawn records alike.

mod check;
pub(super) mod days;
mod early;
mod read;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable, Text};

pub use check::{Checked, Difference, check, forget_counts, recount};
pub(crate) use days::{MeasureDay, PetitionDay};
pub(crate) use early::{EarlyCounts, MeasureChange, PetitionChange};
pub(super) use read::{Kept, kept, measures, petitions};

use self::days::{DayCounts, Places};
use crate::db::Db;
use crate::dialect::{self, literal};
use crate::divisions::{self, Tree};
use crate::schema::inspections;
use crate::schema_counts::{count_areas, counted_inspections};

/// Parts of the division itself.
const OWN: i16 = 0;
/// Parts of all that lies below it as well.
const WHOLE: i16 = 1;

/// The sums of measures.
const SUMS: [&str; 10] = [
    "parts",
    "reported",
    "ordered",
    "penalised",
    "fine_fen",
    "criminal_cases",
    "admin_detained",
    "criminal_detained",
    "interviewed",
    "accountable",
];

/// Counts that a division's parts belong to.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = count_areas, treat_none_as_default_value = false)]
pub(crate) struct CountArea {
    code: String,
    scope: i16,
    area: String,
}

#[derive(QueryableByName)]
struct Until {
    #[diesel(sql_type = Nullable<Date>)]
    day: Option<NaiveDate>,
}

/// A day before any record.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default()
}

/// What a transaction changes of an inspection's counts.
#[derive(Debug)]
pub(crate) struct Counting {
    inspection: String,
    /// Its counts are kept; else they are made anew in [`Counting::end`].
    kept: bool,
    areas: Vec<CountArea>,
    places: Places,
    days: DayCounts,
}

impl Counting {
    /// Begins to gather changes.
    ///
    /// # Errors
    /// The database's.
    pub fn begin(db: &mut Db, inspection: &str, is_empty: bool) -> QueryResult<Self> {
        for table in ["count_areas", "count_touched", "petition_changes", "measure_changes"] {
            db.batch_execute(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
        db.batch_execute(&include_str!("stage.sql").replace("{key}", dialect::key(db)))?;
        let areas = areas(db)?;
        dialect::count_areas(db, &by_themselves(&areas))?;
        dialect::count_areas(db, &areas)?;
        dialect::analyze(db, "count_areas")?;
        let known: Option<bool> = counted_inspections::table
            .find(inspection)
            .select(counted_inspections::by_day)
            .first(db)
            .optional()?;
        let province: String = inspections::table
            .find(inspection)
            .select(inspections::province)
            .first(db)?;
        Ok(Self {
            inspection: inspection.to_owned(),
            kept: known.unwrap_or(is_empty),
            places: Places::new(&areas, &province),
            areas,
            days: DayCounts::default(),
        })
    }

    /// Whether the inspection's counts are kept; else it makes no difference what changes.
    pub const fn is_kept(&self) -> bool {
        self.kept
    }

    /// Names the petitions that are about to change: those of a query, which may name one twice.
    ///
    /// # Errors
    /// The database's.
    pub fn touch(db: &mut Db, numbers: &str) -> QueryResult<()> {
        db.batch_execute(&format!(
            "DELETE FROM count_touched; INSERT INTO count_touched SELECT DISTINCT number FROM ({numbers}) touched"
        ))?;
        dialect::analyze(db, "count_touched")
    }

    /// Takes off what the touched petitions count now, before they change.
    ///
    /// # Errors
    /// The database's.
    pub fn take_off(&mut self, db: &mut Db) -> QueryResult<()> {
        self.count(db, -1)
    }

    /// Adds what the touched petitions count now, after they have changed.
    ///
    /// # Errors
    /// The database's.
    pub fn add(&mut self, db: &mut Db) -> QueryResult<()> {
        self.count(db, 1)
    }

    fn count(&mut self, db: &mut Db, sign: i64) -> QueryResult<()> {
        if !self.kept {
            return Ok(());
        }
        count(db, &self.inspection, sign)?;
        self.count_days(db, sign)
    }

    fn count_days(&mut self, db: &mut Db, sign: i64) -> QueryResult<()> {
        let mut after = String::new();
        loop {
            let numbers = days::numbers(db, &after)?;
            let Some(last) = numbers.last() else { return Ok(()) };
            for petition in days::of(db, &self.inspection, &numbers)? {
                self.days.count(&petition, sign, &self.places);
            }
            after.clone_from(last);
            if self.days.are_many() {
                self.days.apply(db, &self.inspection)?;
            }
        }
    }

    /// Applies what was gathered. `until` is the latest day that anything else that came counts from.
    ///
    /// # Errors
    /// The database's.
    pub fn end(mut self, db: &mut Db, until: Option<NaiveDate>) -> QueryResult<()> {
        if !self.kept {
            days::clear(db)?;
            return recount(db, &self.inspection);
        }
        let touched = latest(db, &self.inspection)?;
        apply(db, &self.inspection)?;
        self.days.apply(db, &self.inspection)?;
        match touched.max(until) {
            Some(until) => settle(db, &self.inspection, until),
            None => Ok(()),
        }
    }
}

/// Which counts each division's parts belong to: its own, those of all above it, and its own whole where others lie below.
fn areas(db: &mut Db) -> QueryResult<Vec<CountArea>> {
    let known = divisions::all(db)?;
    let tree = Tree::of(&known);
    let mut areas = Vec::new();
    for row in &known {
        let area = |scope, area: &str| CountArea {
            code: row.code.clone(),
            scope,
            area: area.to_owned(),
        };
        areas.push(area(OWN, &row.code));
        let own_whole = Some(row.code.as_str()).filter(|code| tree.has_below(code));
        areas.extend(
            own_whole
                .into_iter()
                .chain(tree.above(&row.code))
                .map(|code| area(WHOLE, code)),
        );
    }
    Ok(areas)
}

/// The areas, each as a place by itself.
fn by_themselves(areas: &[CountArea]) -> Vec<CountArea> {
    let each: BTreeSet<(i16, &str)> = areas.iter().map(|area| (area.scope, area.area.as_str())).collect();
    let alone = |(scope, area): (i16, &str)| CountArea {
        code: days::place(scope, area),
        scope,
        area: area.to_owned(),
    };
    each.into_iter().map(alone).collect()
}

/// Gathers what the touched petitions count at present.
fn count(db: &mut Db, inspection: &str, sign: i64) -> QueryResult<()> {
    let sql = include_str!("count.sql")
        .replace("{sign}", &sign.to_string())
        .replace("{inspection}", &literal(inspection));
    db.batch_execute(&sql)
}

/// The latest day that a touched petition counts from.
fn latest(db: &mut Db, inspection: &str) -> QueryResult<Option<NaiveDate>> {
    let found: Until = diesel::sql_query(
        "SELECT MAX(day) AS day FROM (
            SELECT MAX(h.concluded_on) AS day FROM count_touched t
            CROSS JOIN handlings h WHERE h.inspection_id = $1 AND h.number = t.number
            UNION ALL
            SELECT MAX(h.reported_on) FROM count_touched t
            CROSS JOIN handlings h WHERE h.inspection_id = $1 AND h.number = t.number
            UNION ALL
            SELECT MAX(COALESCE(p.received_on, p.reported_on)) FROM count_touched t
            CROSS JOIN petitions p WHERE p.inspection_id = $1 AND p.number = t.number
        ) days",
    )
    .bind::<Text, _>(inspection)
    .get_result(db)?;
    Ok(found.day)
}

fn apply(db: &mut Db, inspection: &str) -> QueryResult<()> {
    let all = |each: fn(&str) -> String| SUMS.map(each).join(", ");
    let sql = include_str!("apply.sql")
        .replace("{inspection}", &literal(inspection))
        .replace("{sums}", &all(|sum| format!("CAST(SUM({sum}) AS BIGINT) AS {sum}")))
        .replace("{added}", &all(|sum| format!("{sum} = measure_counts.{sum} + s.{sum}")))
        .replace("{summed}", &all(|sum| format!("s.{sum}")));
    db.batch_execute(&sql)
}

/// Remembers from which day on counts hold; it never becomes earlier.
fn settle(db: &mut Db, inspection: &str, until: NaiveDate) -> QueryResult<()> {
    let table = counted_inspections::table;
    let stored: Option<NaiveDate> = table
        .find(inspection)
        .select(counted_inspections::until_on)
        .first(db)
        .optional()?;
    match stored {
        Some(stored) if stored >= until => Ok(()),
        Some(_) => diesel::update(table.find(inspection))
            .set(counted_inspections::until_on.eq(until))
            .execute(db)
            .map(drop),
        None => diesel::insert_into(table)
            .values((
                counted_inspections::inspection_id.eq(inspection),
                counted_inspections::until_on.eq(until),
                counted_inspections::by_day.eq(true),
            ))
            .execute(db)
            .map(drop),
    }
}
