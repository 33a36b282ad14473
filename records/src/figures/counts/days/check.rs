//! Holds the counts by day against the figures that the records give.

use std::collections::BTreeMap;
use std::fmt::Debug;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{Date, Text};

use super::super::super::area::{Area, Areas, areas};
use super::super::super::petitions::{MeasureCell, PetitionCell, recorded_measures, recorded_petitions};
use super::super::SUMS;
use super::super::check::{Checked, Difference};
use crate::Reach;
use crate::db::Db;
use crate::schema::inspections;

/// Most days that are held against the records, which takes seconds for each hundred thousand petitions.
pub(in crate::figures::counts) const MOST_DAYS: usize = 10;

#[derive(QueryableByName)]
struct Day {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
}

/// Tells where counts by day differ: as of the day before anything changes, and as of days on which something does, of which
/// the first and the last are always among them.
///
/// # Errors
/// The database's.
pub(in crate::figures::counts) fn check(db: &mut Db, inspection: &str, checked: &mut Checked) -> QueryResult<()> {
    let changing = changing(db, inspection)?;
    checked.changing = changing.len() as i64;
    checked.days = sample(&changing);
    let province: String = inspections::table
        .find(inspection)
        .select(inspections::province)
        .first(db)?;
    for by in [Area::Whole, Area::Below, Area::Each] {
        let Some(areas) = areas(db, &Reach::All, &province, by)? else {
            return Ok(());
        };
        for day in &checked.days {
            compare(db, inspection, *day, &areas, &mut checked.differences)?;
        }
    }
    Ok(())
}

/// The days on which anything changes, in order.
fn changing(db: &mut Db, inspection: &str) -> QueryResult<Vec<NaiveDate>> {
    let days: Vec<Day> = diesel::sql_query(
        "SELECT first_on AS day FROM petition_count_days WHERE inspection_id = $1 AND grain = 1
         UNION SELECT first_on FROM measure_count_days WHERE inspection_id = $1 AND grain = 1 ORDER BY 1",
    )
    .bind::<Text, _>(inspection)
    .load(db)?;
    Ok(days.into_iter().map(|row| row.day).collect())
}

/// The day before, and days at even distances.
fn sample(changing: &[NaiveDate]) -> Vec<NaiveDate> {
    let before = changing.first().and_then(|first| first.checked_sub_days(Days::new(1)));
    let of_them = changing.len().min(MOST_DAYS - 1);
    let at = |nth: usize| changing.get(nth * (changing.len() - 1) / (of_them - 1).max(1)).copied();
    before.into_iter().chain((0..of_them).filter_map(at)).collect()
}

fn compare(
    db: &mut Db,
    inspection: &str,
    day: NaiveDate,
    areas: &Areas,
    differences: &mut Vec<Difference>,
) -> QueryResult<()> {
    let of = |cell: PetitionCell| {
        let petitions = cell.petitions;
        (PetitionCell { petitions: 0, ..cell }, petitions)
    };
    let kept = super::petitions(db, inspection, day, areas)?.into_iter().map(of);
    let counted = recorded_petitions(db, inspection, day, areas)?.into_iter().map(of);
    told(day, "petitions", kept, counted, differences);
    let kept = super::measures(db, inspection, day, areas)?;
    let counted = recorded_measures(db, inspection, day, areas)?;
    for (sum, of) in SUMS.into_iter().zip(OF_CELL) {
        let each = |cell: &MeasureCell| {
            let handed = MeasureCell {
                area: cell.area.clone(),
                batch: cell.batch,
                channel: cell.channel,
                key_case: cell.key_case,
                pollution_kinds: cell.pollution_kinds,
                ..MeasureCell::default()
            };
            (handed, of(cell))
        };
        told(day, sum, kept.iter().map(each), counted.iter().map(each), differences);
    }
    Ok(())
}

/// The sums of a cell, in the order of [`SUMS`].
const OF_CELL: [fn(&MeasureCell) -> i64; SUMS.len()] = [
    |cell| cell.parts,
    |cell| cell.reported,
    |cell| cell.ordered,
    |cell| cell.penalised,
    |cell| cell.fine_fen,
    |cell| cell.criminal_cases,
    |cell| cell.admin_detained,
    |cell| cell.criminal_detained,
    |cell| cell.interviewed,
    |cell| cell.accountable,
];

/// Tells the cells of which there are not as many.
fn told<Cell: Debug>(
    day: NaiveDate,
    what: &str,
    kept: impl Iterator<Item = (Cell, i64)>,
    counted: impl Iterator<Item = (Cell, i64)>,
    differences: &mut Vec<Difference>,
) {
    let name = |cell: Cell| format!("{day} {what} {cell:?}");
    let mut both: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (cell, n) in kept {
        both.entry(name(cell)).or_default().0 += n;
    }
    for (cell, n) in counted {
        both.entry(name(cell)).or_default().1 += n;
    }
    let wrong = both.into_iter().filter(|(_, (kept, counted))| kept != counted);
    differences.extend(wrong.map(|(what, (kept, counted))| Difference { what, kept, counted }));
}
