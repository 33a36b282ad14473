//! The plain kinds on their one rail: staged, judged, merged and written into the history by the same statements, which
//! a [`Kind`] fills with its names.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::{Map, Value};

use super::commit::Ledger;
use super::deltas::{self, Delta};
use super::former::{self, Former};
use super::merge;
use super::outcome::{Outcome, RowCounts};
use super::plain_told::Told;
use super::plan::{PlannedKind, Planner};
use crate::accountability::{self, AccountabilityContent, IssueContent, StagedAccountability, StagedIssue};
use crate::activities::{self, ActivityContent, StagedActivity};
use crate::alerts::{self, AlertContent, StagedAlert};
use crate::codes::PlainKind;
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::indicators::{self, IndicatorContent, StagedIndicator};
use crate::schema_stage::{stage_context, verdicts};

/// Rows of one file of every plain kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StagedPlain {
    /// Rows of indicator ledgers.
    pub indicators: Vec<StagedIndicator>,
    /// Rows of the province's lists of accountability issues.
    pub issues: Vec<StagedIssue>,
    /// Rows of accountability ledgers.
    pub accountabilities: Vec<StagedAccountability>,
    /// Rows of activity ledgers.
    pub activities: Vec<StagedActivity>,
    /// Rows of alert ledgers.
    pub alerts: Vec<StagedAlert>,
}

impl StagedPlain {
    /// How many rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.indicators.len()
            + self.issues.len()
            + self.accountabilities.len()
            + self.activities.len()
            + self.alerts.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Stages the rows; how many of each kind, in the order of [`KINDS`].
    pub(super) fn store(&self, db: &mut Db) -> QueryResult<[i64; KINDS.len()]> {
        dialect::stage_issues(db, &self.issues)?;
        dialect::stage_indicators(db, &self.indicators)?;
        dialect::stage_accountabilities(db, &self.accountabilities)?;
        dialect::stage_activities(db, &self.activities)?;
        dialect::stage_alerts(db, &self.alerts)?;
        Ok([
            self.issues.len() as i64,
            self.indicators.len() as i64,
            self.accountabilities.len() as i64,
            self.activities.len() as i64,
            self.alerts.len() as i64,
        ])
    }
}

/// Reads what the next updated and late rows change.
type Deltas = fn(&mut Db, &str, &[i32], i64, i64) -> QueryResult<Vec<Delta>>;

/// Reads what records of a division say now: the fields that have a value, by number.
type Fields = fn(&mut Db, &str, &str, &[String]) -> QueryResult<Vec<(String, Map<String, Value>)>>;

/// What the statements are filled with for one kind. `s` is a staged row, `h` the stored record, `c` the context.
pub(crate) struct Kind {
    kind: PlainKind,
    pub table: &'static str,
    pub stage: &'static str,
    columns: &'static [&'static str],
    /// A column the ledger does not fill, and its value.
    extra: Option<(&'static str, &'static str)>,
    /// What else a row is judged by.
    pub fixed: &'static str,
    /// `WHEN … THEN …` for rows that are refused.
    refused: &'static str,
    /// When the ledger's record is not there.
    absent: &'static str,
    /// When a changed row went backwards.
    pub backwards: &'static str,
    /// The field a finding on the row points at, and its column.
    pub shown: (&'static str, &'static str),
    /// The column with numbers of tasks.
    pub tasks: Option<&'static str>,
    deltas: Deltas,
    fields: Fields,
}

const PLAIN: Kind = Kind {
    kind: PlainKind::Activity,
    table: "",
    stage: "",
    columns: &[],
    extra: None,
    fixed: "",
    refused: "",
    absent: "h.number IS NULL",
    backwards: "FALSE",
    shown: ("number", "number"),
    tasks: None,
    deltas: activities::deltas,
    fields: activities::fields,
};

/// The plain kinds in the order in which they are merged.
pub(crate) const KINDS: [Kind; 5] = [
    Kind {
        kind: PlainKind::AccountabilityIssue,
        table: "accountability_issues",
        stage: "stage_issues",
        columns: IssueContent::COLUMNS,
        extra: Some(("registered", "TRUE")),
        // A decision may have named it before.
        absent: "h.number IS NULL OR NOT h.registered",
        deltas: accountability::issue_deltas,
        fields: accountability::issue_fields,
        ..PLAIN
    },
    Kind {
        kind: PlainKind::Indicator,
        table: "indicators",
        stage: "stage_indicators",
        columns: IndicatorContent::COLUMNS,
        // The unit of each name: all its records have the same one.
        fixed: "LEFT JOIN (
            SELECT i.name, MIN(i.unit) AS unit FROM indicators i
            JOIN stage_context x ON x.inspection_id = i.inspection_id GROUP BY i.name
        ) u ON u.name = s.name",
        refused: "WHEN u.unit <> s.unit THEN 10",
        backwards: "h.basis = 1 AND s.basis = 1 AND s.done_millionths < h.done_millionths",
        shown: ("name", "name"),
        tasks: Some("task"),
        deltas: indicators::deltas,
        fields: indicators::fields,
        ..PLAIN
    },
    Kind {
        kind: PlainKind::Accountability,
        table: "accountabilities",
        stage: "stage_accountabilities",
        columns: AccountabilityContent::COLUMNS,
        // Once the province has listed the issues, there are no others.
        refused: "WHEN s.issue IS NOT NULL
            AND EXISTS (SELECT 1 FROM accountability_issues i WHERE i.inspection_id = c.inspection_id AND i.registered)
            AND NOT EXISTS (
                SELECT 1 FROM accountability_issues i
                WHERE i.inspection_id = c.inspection_id AND i.number = s.issue AND i.registered
            ) THEN 8",
        shown: ("unit", "unit"),
        deltas: accountability::decision_deltas,
        fields: accountability::decision_fields,
        ..PLAIN
    },
    Kind {
        kind: PlainKind::Activity,
        table: "activities",
        stage: "stage_activities",
        columns: ActivityContent::COLUMNS,
        shown: ("topic", "topic"),
        tasks: Some("tasks"),
        deltas: activities::deltas,
        fields: activities::fields,
        ..PLAIN
    },
    Kind {
        kind: PlainKind::Alert,
        table: "alerts",
        stage: "stage_alerts",
        columns: AlertContent::COLUMNS,
        backwards: "h.settled_on IS NOT NULL AND s.settled_on IS NULL",
        shown: ("station", "station"),
        deltas: alerts::deltas,
        fields: alerts::fields,
        ..PLAIN
    },
];

impl Kind {
    /// That of a kind.
    pub fn of(kind: PlainKind) -> &'static Self {
        KINDS.iter().find(|known| known.kind == kind).unwrap_or(&PLAIN)
    }

    /// What records of a division say now: the fields that have a value, by number.
    pub fn fields(
        &self,
        db: &mut Db,
        inspection: &str,
        division: &str,
        numbers: &[String],
    ) -> QueryResult<Vec<(String, Map<String, Value>)>> {
        (self.fields)(db, inspection, division, numbers)
    }

    pub const fn code(&self) -> i16 {
        self.kind.code()
    }

    /// The columns of its content.
    pub const fn columns(&self) -> &'static [&'static str] {
        self.columns
    }

    pub const fn kind(&self) -> PlainKind {
        self.kind
    }

    /// A statement with this kind's names in it.
    pub fn fill(&self, sql: &str) -> String {
        let (extra, value) = self.extra.unwrap_or_default();
        let with = |prefix: &str, text: &str| {
            if text.is_empty() {
                String::new()
            } else {
                format!("{prefix}{text}")
            }
        };
        let sets: Vec<_> = self.columns.iter().map(|name| format!("{name} = s.{name}")).collect();
        let staged: Vec<_> = self.columns.iter().map(|name| format!("s.{name}")).collect();
        let set_extra = if extra.is_empty() {
            String::new()
        } else {
            format!(", {extra} = {value}")
        };
        [
            ("{table}", self.table),
            ("{stage}", self.stage),
            ("{columns}", &self.columns.join(", ")),
            ("{staged}", &staged.join(", ")),
            ("{sets}", &sets.join(", ")),
            ("{set_extra}", &set_extra),
            ("{extra}", &with(", ", extra)),
            ("{extra_values}", &with(", ", value)),
            ("{fixed}", self.fixed),
            ("{refused}", self.refused),
            ("{absent}", self.absent),
            ("{since}", &former::plain_since(self.kind, self.table)),
        ]
        .into_iter()
        .fold(sql.to_owned(), |sql, (name, text)| sql.replace(name, text))
    }
}

/// Takes rows out of the stage again. Returns how many there were.
pub(super) fn withdraw(db: &mut Db, staged: &mut [i64; KINDS.len()], ids: &[i64]) -> QueryResult<usize> {
    let mut withdrawn = 0;
    let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    for (kind, rows) in KINDS.iter().zip(staged) {
        if *rows > 0 && !ids.is_empty() {
            let gone = diesel::sql_query(format!("DELETE FROM {} WHERE row_id IN ({list})", kind.stage)).execute(db)?;
            *rows -= gone as i64;
            withdrawn += gone;
        }
    }
    Ok(withdrawn)
}

/// Compares the staged rows of one kind with what is stored, and writes what differs. Returns also how many revisions.
/// The context is set.
pub(super) fn merge(
    db: &mut Db,
    kind: &Kind,
    ledger: &Ledger,
    observe: &mut dyn FnMut(&NewFinding),
    planner: Option<&mut Planner<'_>>,
) -> QueryResult<(RowCounts, i64)> {
    db.batch_execute(&kind.fill(include_str!("plain_verdicts.sql")))?;
    let counts = merge::counted(db)?;
    let mut told = Told {
        kind,
        import_id: &ledger.import.id,
        reported_on: ledger.reported_on.to_string(),
        places: &ledger.places,
        observe,
    };
    told.judged(db)?;
    let late = stage_deltas(db, kind)?;
    if let Some(planner) = planner {
        planner.rows(db, PlannedKind::Plain(kind.kind))?;
    }
    dialect::analyze(db, "verdicts")?;
    if let Some(former) = Former::plain(kind.kind) {
        former.same(db)?;
        former.keep(db)?;
    }
    if counts.unchanged > 0 {
        merge::note_said(db)?;
    }
    db.batch_execute(&kind.fill(include_str!("plain_records.sql")))?;
    if kind.kind == PlainKind::Accountability {
        db.batch_execute(include_str!("plain_issues.sql"))?;
    }
    db.batch_execute(include_str!("revisions.sql"))?;
    told.unknown_tasks(db)?;
    db.batch_execute("DROP TABLE verdicts; DELETE FROM stage_deltas")?;
    Ok((counts, counts.inserted + counts.updated + late))
}

/// Stages what updated and late rows change. Returns how many late rows go into the history.
fn stage_deltas(db: &mut Db, kind: &Kind) -> QueryResult<i64> {
    let (inspection, seen_before): (String, bool) = stage_context::table
        .select((stage_context::inspection_id, stage_context::seen_before))
        .first(db)?;
    let mut outcomes = vec![Outcome::Updated as i32];
    if !seen_before {
        outcomes.push(Outcome::Late as i32);
    }
    let mut after = 0;
    loop {
        let found = (kind.deltas)(db, &inspection, &outcomes, after, deltas::PIECE)?;
        let Some(last) = found.last() else { break };
        after = last.0;
        deltas::stage_all(db, found)?;
    }
    if seen_before {
        return Ok(0);
    }
    verdicts::table
        .filter(verdicts::outcome.eq(Outcome::Late as i32))
        .select(diesel::dsl::sql::<BigInt>("COUNT(*)"))
        .first(db)
}
