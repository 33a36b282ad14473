//! `GetSchedule`.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use ducha::v1::{self, FilingState, ScheduleRow};
use ducha_records::codes::Conclusion;
use ducha_records::figures::{self, Area, Areas, PartFact, TaskFact};
use ducha_records::{Db, divisions};

use super::Progress;
use super::get::scope;
use crate::access::Caller;
use crate::answer::Call;
use crate::clock;
use crate::error::CallError;
use crate::language::Text;
use crate::lookup;
use crate::request::{Checks, day_text};

/// A ledger is to be filed within so many working days, unless the request says otherwise.
const FILING_DAYS: u32 = 5;
/// A petition is to be answered within so many days.
const ANSWER_DAYS: u32 = 10;

/// A checked request.
struct Asked {
    inspection: String,
    from: NaiveDate,
    day: NaiveDate,
    division: String,
    answer_days: u32,
    due_on: NaiveDate,
}

impl Progress {
    pub(super) async fn get_schedule(
        &self,
        call: Call,
        request: v1::GetScheduleRequest,
    ) -> Result<v1::GetScheduleResponse, CallError> {
        let asked = self.scheduled(request)?;
        let reach = call.reach();
        let read = move |db: &mut Db| answer(db, &call.caller, &asked);
        self.database.read(reach, read).await
    }

    fn scheduled(&self, request: v1::GetScheduleRequest) -> Result<Asked, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        let from = checks.required_day("from", &request.from);
        let day = checks.day("as_of", &request.as_of).unwrap_or_else(clock::today);
        if from.is_some_and(|from| from > day) {
            let wanted = Text::new("不晚于 as_of", "not after as_of");
            checks.refuse("from", wanted, &request.from);
        }
        checks.text("division", &request.division, 0, 16);
        for (field, days, most) in [
            ("filing_working_days", request.filing_working_days, 100),
            ("answer_days", request.answer_days, 365),
        ] {
            if days > most {
                let wanted = Text::new(format!("0 到 {most}"), format!("0 to {most}"));
                checks.refuse(field, wanted, days);
            }
        }
        checks.done()?;
        let filing = if request.filing_working_days == 0 {
            FILING_DAYS
        } else {
            request.filing_working_days
        };
        Ok(Asked {
            inspection: request.inspection_id,
            from: from.unwrap_or(day),
            day,
            division: request.division,
            answer_days: if request.answer_days == 0 {
                ANSWER_DAYS
            } else {
                request.answer_days
            },
            due_on: self.calendar.after(day, filing).unwrap_or(day),
        })
    }
}

fn answer(db: &mut Db, caller: &Caller, asked: &Asked) -> Result<v1::GetScheduleResponse, CallError> {
    let inspection = lookup::inspection(db, &caller.reach, &asked.inspection)?;
    let root = caller.division_meant(&asked.division, &inspection.province);
    let mut rows = Rows::default();
    for (area, each) in [(Area::Each, true), (Area::Whole, false)] {
        let areas = scope(db, &caller.reach, &root, area)?;
        let before = asked.from.pred_opt().unwrap_or(asked.from);
        let (then, now) = (
            figures::parts(db, &asked.inspection, before, &areas)?,
            figures::parts(db, &asked.inspection, asked.day, &areas)?,
        );
        rows.petitions(&then, &now, asked, each);
        let (then, now) = (
            figures::tasks(db, &asked.inspection, before, &areas)?,
            figures::tasks(db, &asked.inspection, asked.day, &areas)?,
        );
        rows.tasks(&then, &now, asked, before, each);
        if each {
            let filed = figures::filed(db, &asked.inspection, asked.from, asked.day)?;
            rows.filed(&filed, asked, &areas, &inspection.province);
        }
    }
    let names: BTreeMap<String, String> = divisions::all(db)?
        .into_iter()
        .map(|row| (row.code, row.name))
        .collect();
    let mut total = rows.of.remove("").unwrap_or_default();
    total.division.clear();
    Ok(v1::GetScheduleResponse {
        from: day_text(Some(asked.from)),
        as_of: day_text(Some(asked.day)),
        filing_due_on: day_text(Some(asked.due_on)),
        total: Some(total),
        rows: rows.named(&names),
    })
}

/// Rows by division; that of all has none.
#[derive(Default)]
struct Rows {
    of: BTreeMap<String, ScheduleRow>,
}

impl Rows {
    fn row(&mut self, division: &str) -> &mut ScheduleRow {
        self.of.entry(division.to_owned()).or_default()
    }

    fn petitions(&mut self, then: &[PartFact], now: &[PartFact], asked: &Asked, each: bool) {
        let before = states(then, each);
        for (key, state) in states(now, each) {
            let was = before.get(&key).is_some_and(|state| state.concluded);
            let limit = TimeDelta::days(i64::from(asked.answer_days) + 1); // handed over the day after
            let late = state.received_on.is_some_and(|day| day + limit < asked.day);
            let row = self.row(key.1);
            row.newly_concluded += i64::from(state.concluded && !was);
            row.reopened += i64::from(!state.concluded && was);
            row.open += i64::from(!state.concluded);
            row.past_answer_limit += i64::from(!state.concluded && late);
        }
    }

    fn tasks(&mut self, then: &[TaskFact], now: &[TaskFact], asked: &Asked, before: NaiveDate, each: bool) {
        let division = |task: &TaskFact| if each { task.area.clone() } else { String::new() };
        let earlier: BTreeMap<(&str, &str), &TaskFact> = then
            .iter()
            .map(|task| ((task.area.as_str(), task.number.as_str()), task))
            .collect();
        for task in now {
            let was = earlier.get(&(task.area.as_str(), task.number.as_str()));
            let row = self.row(&division(task));
            row.newly_completed += i64::from(task.is_completed() && !was.is_some_and(|was| was.is_completed()));
            let overdue = task.is_overdue(asked.day);
            row.overdue += i64::from(overdue);
            row.newly_overdue += i64::from(overdue && !was.is_some_and(|was| was.is_overdue(before)));
            row.due_soon += i64::from(task.is_due_soon(asked.day));
        }
    }

    /// A division has filed when it did, or a prefecture above it. The lists of the province are no filing.
    fn filed(
        &mut self,
        filed: &[(Option<String>, chrono::NaiveDateTime)],
        asked: &Asked,
        areas: &Areas,
        province: &str,
    ) {
        let today = clock::today();
        for (division, row) in &mut self.of {
            let mut senders = areas.tree.above(division);
            senders.retain(|sender| *sender != province);
            senders.push(division);
            let first = filed
                .iter()
                .find(|(of, _)| of.as_deref().is_some_and(|of| senders.contains(&of)));
            let day = first.map(|(_, at_utc)| clock::day_in_china(*at_utc));
            row.filed_on = day_text(day);
            row.filing = match day {
                Some(day) if day <= asked.due_on => FilingState::Filed,
                Some(_) => FilingState::FiledLate,
                None if today <= asked.due_on => FilingState::Due,
                None => FilingState::NotFiled,
            }
            .into();
        }
    }

    fn named(self, names: &BTreeMap<String, String>) -> Vec<ScheduleRow> {
        let named = |(division, row): (String, ScheduleRow)| ScheduleRow {
            name: names.get(&division).cloned().unwrap_or_default(),
            division,
            ..row
        };
        self.of.into_iter().map(named).collect()
    }
}

/// A petition as one division has it, or all of them.
struct State {
    received_on: Option<NaiveDate>,
    concluded: bool,
}

/// States by number and division; without divisions, a petition is concluded when every part is.
fn states(parts: &[PartFact], each: bool) -> BTreeMap<(&str, &str), State> {
    let mut states: BTreeMap<(&str, &str), State> = BTreeMap::new();
    for part in parts {
        let division = if each { part.division.as_str() } else { "" };
        let state = states.entry((part.number.as_str(), division)).or_insert(State {
            received_on: part.received_on,
            concluded: true,
        });
        state.concluded &= part.conclusion >= i32::from(Conclusion::Concluded.code());
    }
    states
}
