//! `GetProgress`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ducha::v1::{self, Dimension};
use ducha_records::figures::{Area, Areas, areas};
use ducha_records::inspections::Inspection;
use ducha_records::{Db, Reach, divisions};

use super::facts::Facts;
use super::tally::{Row, Tally};
use super::{Progress, gap, label};
use crate::access::Caller;
use crate::answer::Call;
use crate::clock;
use crate::error::CallError;
use crate::language::{Language, Text};
use crate::lookup;
use crate::request::{Checks, day_text};

/// Most dimensions that figures are told apart by.
const MOST_DIMENSIONS: usize = 2;

/// A checked request.
struct Asked {
    inspection: String,
    day: NaiveDate,
    from: Option<NaiveDate>,
    division: String,
    by: Vec<Dimension>,
}

impl Progress {
    pub(super) async fn get_progress(
        &self,
        call: Call,
        request: v1::GetProgressRequest,
    ) -> Result<v1::GetProgressResponse, CallError> {
        let asked = checked(request)?;
        let reach = call.reach();
        let read = move |db: &mut Db| {
            let inspection = lookup::inspection(db, &call.caller.reach, &asked.inspection)?;
            answer(db, &call.caller, &inspection, asked, call.language)
        };
        self.database.read(reach, read).await
    }
}

fn checked(request: v1::GetProgressRequest) -> Result<Asked, CallError> {
    let mut checks = Checks::default();
    checks.inspection_id("inspection_id", &request.inspection_id);
    let day = checks.day("as_of", &request.as_of).unwrap_or_else(clock::today);
    let from = checks.day("from", &request.from);
    if from.is_some_and(|from| from > day) {
        let wanted = Text::new("不晚于 as_of", "not after as_of");
        checks.refuse("from", wanted, &request.from);
    }
    checks.text("division", &request.division, 0, 16);
    let by = dimensions(&mut checks, &request.group_by);
    checks.done()?;
    Ok(Asked {
        inspection: request.inspection_id,
        day,
        from,
        division: request.division,
        by,
    })
}

fn dimensions(checks: &mut Checks, numbers: &[i32]) -> Vec<Dimension> {
    if numbers.len() > MOST_DIMENSIONS {
        let wanted = Text::new("至多 2 个维度", "at most 2 dimensions");
        checks.refuse("group_by", wanted, numbers.len());
        return Vec::new();
    }
    let mut by = Vec::new();
    for (at, number) in numbers.iter().enumerate() {
        let field = format!("group_by[{at}]");
        match Dimension::try_from(*number) {
            Ok(Dimension::Unspecified) | Err(_) => {
                let wanted = Text::new("Dimension 的值", "a value of Dimension other than UNSPECIFIED");
                checks.refuse(field, wanted, number);
            }
            Ok(dimension) if clashes(&by, dimension) => {
                let wanted = Text::new(
                    "不同的维度，且至多一个为行政区划",
                    "different dimensions, and at most one of divisions",
                );
                checks.refuse(field, wanted, dimension.as_str_name());
            }
            Ok(dimension) => by.push(dimension),
        }
    }
    by
}

fn clashes(by: &[Dimension], dimension: Dimension) -> bool {
    let divides = |dimension: Dimension| matches!(dimension, Dimension::Area | Dimension::Division);
    by.contains(&dimension) || (divides(dimension) && by.iter().any(|one| divides(*one)))
}

/// Whose records count: those of the division asked for, else of the caller's, else of the whole province.
///
/// # Errors
/// [`CallError::NoDivision`] where it is not in reach.
pub(super) fn scope(db: &mut Db, reach: &Reach, division: &str, by: Area) -> Result<Areas, CallError> {
    areas(db, reach, division, by)?.ok_or_else(|| CallError::NoDivision(division.to_owned()))
}

fn answer(
    db: &mut Db,
    caller: &Caller,
    inspection: &Inspection,
    asked: Asked,
    language: Language,
) -> Result<v1::GetProgressResponse, CallError> {
    let division = caller.division_meant(&asked.division, &inspection.province);
    let area = match asked
        .by
        .iter()
        .find(|by| matches!(by, Dimension::Area | Dimension::Division))
    {
        Some(Dimension::Area) => Area::Below,
        Some(_) => Area::Each,
        None => Area::Whole,
    };
    let areas = scope(db, &caller.reach, &division, area)?;
    let facts = Facts::load(db, &inspection.id, asked.day, areas.clone())?;
    let mut tally = Tally::new(&asked.by);
    tally.add(&facts);
    if let Some(before) = asked.from.and_then(|from| from.pred_opt()) {
        tally.take_off(&Facts::load(db, &inspection.id, before, areas.clone())?);
    }
    let names: BTreeMap<String, String> = divisions::all(db)?
        .into_iter()
        .map(|division| (division.code, division.name))
        .collect();
    let mut response = v1::GetProgressResponse {
        as_of: day_text(Some(asked.day)),
        from: day_text(asked.from),
        division: asked.division,
        gaps: gap::of_facts(inspection, &facts, language),
        ..v1::GetProgressResponse::default()
    };
    for (values, row) in tally.rows() {
        let keys = named(&asked.by, values, &names, language);
        let row = told(row, &areas, &mut response.gaps, language);
        if asked.by.is_empty() || !is_nothing(&row) {
            response.rows.push(v1::ProgressRow { keys, ..row });
        }
    }
    Ok(response)
}

fn named(
    by: &[Dimension],
    values: Vec<String>,
    names: &BTreeMap<String, String>,
    language: Language,
) -> Vec<v1::DimensionValue> {
    by.iter()
        .zip(values)
        .map(|(by, value)| v1::DimensionValue {
            dimension: (*by).into(),
            label: label(*by, &value, names, language),
            value,
        })
        .collect()
}

/// A row with its indicators, whose gaps are told once for each.
fn told(row: Row, areas: &Areas, gaps: &mut Vec<v1::Gap>, language: Language) -> v1::ProgressRow {
    let mut figures = row.figures;
    for counted in row.indicators.counted(areas) {
        let name = format!("indicator.{}", counted.figure.name);
        for (kind, records) in &counted.gaps {
            if !gaps.iter().any(|gap| gap.kind == *kind && gap.figure == name) {
                gaps.push(gap::gap(kind, &name, *records, language));
            }
        }
        figures.indicators.push(counted.figure);
    }
    figures
}

/// Whether no figure of a row says anything.
fn is_nothing(row: &v1::ProgressRow) -> bool {
    use prost::Message;
    let mut bare = row.clone();
    for figures in [&mut bare.handed_over, &mut bare.on_the_spot] {
        let empty = figures.as_ref().is_none_or(|figures| {
            let subjects = [&figures.organisations, &figures.persons];
            figures.issues == 0
                && subjects
                    .iter()
                    .all(|each| each.as_ref().is_none_or(|one| one.encoded_len() == 0))
        });
        if empty {
            *figures = None;
        }
    }
    let figures = [
        bare.petitions.map_or(0, |figures| figures.encoded_len()),
        bare.measures.map_or(0, |figures| figures.encoded_len()),
        bare.tasks.map_or(0, |figures| figures.encoded_len()),
        bare.handed_over.map_or(0, |figures| figures.encoded_len()),
        bare.on_the_spot.map_or(0, |figures| figures.encoded_len()),
        bare.activities.map_or(0, |figures| figures.encoded_len()),
        bare.alerts.map_or(0, |figures| figures.encoded_len()),
        bare.indicators.len(),
    ];
    figures.iter().all(|length| *length == 0)
}
