//! Keeps what was said before, of what figures are made of (`former_*` tables): a figure of a day in the past counts what
//! was said by then, and a ledger that arrives late counts from its own reporting date.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::codes::{PlainKind, RecordKind};
use crate::db::Db;

/// The names of one kind in `former.sql` and `former_same.sql`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Former {
    /// Where parts or records stand.
    pub part: &'static str,
    /// Where their former statements stand.
    former: &'static str,
    stage: &'static str,
    /// When a stored part says anything.
    reported: &'static str,
    columns: &'static [&'static str],
}

const HANDLINGS: Former = Former {
    part: "handlings",
    former: "former_handlings",
    stage: "stage_petitions",
    reported: "h.reported",
    columns: &[
        "substantiated",
        "conclusion",
        "concluded_on",
        "ordered",
        "penalised",
        "fine_fen",
        "criminal_cases",
        "admin_detained",
        "criminal_detained",
        "interviewed",
        "accountable",
    ],
};

const PROGRESS: Former = Former {
    part: "task_progress",
    former: "former_progress",
    stage: "stage_tasks",
    reported: "h.reported",
    columns: &["status", "completed_on", "closure", "closed_on"],
};

const INDICATORS: Former = Former {
    part: "indicators",
    former: "former_indicators",
    stage: "stage_indicators",
    reported: "TRUE",
    columns: &["done_millionths", "total_millionths", "stage", "approximate"],
};

impl Former {
    /// Of petitions and tasks.
    pub const fn numbered(kind: RecordKind) -> Self {
        match kind {
            RecordKind::Petition => HANDLINGS,
            RecordKind::Task => PROGRESS,
        }
    }

    /// Of the plain kind of which figures change; the others have a day of their own.
    pub fn plain(kind: PlainKind) -> Option<Self> {
        (kind == PlainKind::Indicator).then_some(INDICATORS)
    }

    /// Every kind that has former statements, with its code.
    pub(crate) fn all() -> [(i16, Self); 3] {
        [
            (RecordKind::Petition.code(), HANDLINGS),
            (RecordKind::Task.code(), PROGRESS),
            (PlainKind::Indicator.code(), INDICATORS),
        ]
    }

    /// Fills the names of a statement that takes former statements back.
    pub(crate) fn taken_back(&self, sql: &str) -> String {
        let own = ["inspection_id", "number", "division", "since_on", "import_id"];
        let columns: Vec<&str> = own.into_iter().chain(self.columns.iter().copied()).collect();
        let images: Vec<String> = columns.iter().map(|column| format!("b.{column}")).collect();
        sql.replace("{former}", self.former)
            .replace("{said}", self.part)
            .replace("{columns}", &columns.join(", "))
            .replace("{image_columns}", &images.join(", "))
    }

    /// Before updated and late rows are written.
    pub fn keep(&self, db: &mut Db) -> QueryResult<()> {
        self.image(db, "verdicts", "v.outcome = 3")?;
        db.batch_execute(&self.fill(include_str!("former.sql")))
    }

    /// Images of what rows of the table `same` change of earlier days alone.
    fn image(&self, db: &mut Db, same: &str, condition: &str) -> QueryResult<()> {
        let sql = self
            .fill(include_str!("before_former.sql"))
            .replace("{same}", same)
            .replace("{condition}", condition);
        db.batch_execute(&sql)
    }

    /// What staged rows say that say what is stored.
    pub fn same(&self, db: &mut Db) -> QueryResult<()> {
        self.said(db, "verdicts", "v.outcome = 0 AND NOT v.newer")
    }

    /// The same of known rows, which are of this kind of record.
    pub fn known(&self, db: &mut Db, kind: RecordKind) -> QueryResult<()> {
        self.said(db, "stage_known", &format!("v.kind = {}", kind.code()))
    }

    fn said(&self, db: &mut Db, same: &str, condition: &str) -> QueryResult<()> {
        let older = format!("{condition} AND COALESCE(h.since_on, h.reported_on) > c.reported_on");
        self.image(db, same, &older)?;
        let sql = self
            .fill(include_str!("former_same.sql"))
            .replace("{same}", same)
            .replace("{condition}", condition);
        db.batch_execute(&sql)
    }

    fn fill(&self, sql: &str) -> String {
        let of = |alias: &str| {
            let columns: Vec<_> = self.columns.iter().map(|column| format!("{alias}.{column}")).collect();
            columns.join(", ")
        };
        sql.replace("{part}", self.part)
            .replace("{former}", self.former)
            .replace("{stage}", self.stage)
            .replace("{reported}", self.reported)
            .replace("{columns}", &self.columns.join(", "))
            .replace("{stored}", &of("h"))
            .replace("{staged}", &of("s"))
            .replace("{differs}", &self.differs("h"))
    }

    /// When a staged row says something else of figures than the stored one called `stored`.
    fn differs(&self, stored: &str) -> String {
        let differ = |column: &&str| format!("{stored}.{column} IS DISTINCT FROM s.{column}");
        self.columns.iter().map(differ).collect::<Vec<_>>().join(" OR ")
    }

    /// `since_on` of a part that is written over by the staged row `s`: it stays where figures do.
    pub fn since(&self) -> String {
        format!(
            "CASE WHEN {} AND NOT ({}) THEN COALESCE({part}.since_on, {part}.reported_on) END",
            self.reported.replace("h.", &format!("{}.", self.part)),
            self.differs(self.part),
            part = self.part,
        )
    }
}

/// A plain record's `since_on` that is written over, where there are no former statements of its kind.
pub(super) fn plain_since(kind: PlainKind, table: &str) -> String {
    Former::plain(kind).map_or_else(
        || format!("COALESCE({table}.since_on, {table}.reported_on)"),
        |former| former.since(),
    )
}
