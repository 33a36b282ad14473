//! Ledgers as the worker would stage them, with little text.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Text};
use ducha_records::Db;
use ducha_records::codes::{Acceptance, Conclusion, Mode, Substantiated};
use ducha_records::findings::NewFinding;
use ducha_records::importing::{
    self, Committed, FieldPlaces, Ledger, LedgerForm, RowCounts, RowPlace, Stage, StagedAssignment, StagedBase,
    StagedPetition, StagedPlain, StagedTask,
};
use ducha_records::imports::{Import, NewImport};
use ducha_records::inspections::{self, Inspection};
use ducha_records::petitions::{self, HandlingContent, PetitionWithParts, PetitionWording};
use ducha_records::tasks::{ProgressContent, TaskWording};
use serde::Serialize;
use serde_json::Value;

mod form;

/// The inspection of every test that needs only one.
pub const ROUND: &str = "gz-2021";
/// The province.
pub const PROVINCE: &str = "520000";
/// A county.
pub const NANMING: &str = "520102";
/// Another county.
pub const YUNYAN: &str = "520103";

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn now() -> NaiveDateTime {
    chrono::Utc::now().naive_utc()
}

/// Stores an inspection.
pub fn inspect(db: &mut Db, id: &str) {
    let inspection = Inspection {
        id: id.to_owned(),
        name: "测试督察".to_owned(),
        level: 1,
        round: 2,
        province: PROVINCE.to_owned(),
        team: None,
        started_on: day("2021-12-05"),
        ended_on: None,
        feedback_on: None,
        first_received_on: None,
        themes: "[]".to_owned(),
        petition_register: false,
        task_register: false,
        last_sequence: 0,
        version: 1,
        request_id: None,
        created_at_utc: now(),
        updated_at_utc: now(),
    };
    inspections::create(db, &inspection).expect("the inspection is stored");
}

/// A row: what it says of a record and of one division's part.
#[derive(Debug, Clone)]
pub struct Row<W, C> {
    pub number: String,
    pub division: String,
    pub wording: W,
    pub content: C,
    pub assigned: Vec<String>,
}

pub type PetitionRow = Row<PetitionWording, HandlingContent>;
pub type TaskRow = Row<TaskWording, ProgressContent>;

impl<W: Serialize, C: Serialize> Row<W, C> {
    /// Changes the wording.
    pub fn worded(mut self, change: impl FnOnce(&mut W)) -> Self {
        change(&mut self.wording);
        self
    }

    /// Changes the part.
    pub fn says(mut self, change: impl FnOnce(&mut C)) -> Self {
        change(&mut self.content);
        self
    }

    /// Names divisions.
    pub fn assigned(mut self, divisions: &[&str]) -> Self {
        self.assigned = divisions.iter().map(|code| (*code).to_owned()).collect();
        self
    }

    fn place(&self, row_id: i64) -> RowPlace {
        RowPlace {
            row_id,
            sheet: "Sheet1".to_owned(),
            row_number: row_id + 3,
            number: self.number.clone(),
            division: self.division.clone(),
        }
    }

    fn assignments(&self, row_id: i64) -> impl Iterator<Item = StagedAssignment> {
        self.assigned.iter().map(move |division| StagedAssignment {
            row_id,
            number: self.number.clone(),
            division: division.clone(),
        })
    }

    // Any one-to-one bytes will do for a hash.
    fn wording_hash(&self) -> Vec<u8> {
        serde_json::to_vec(&(&self.wording, &self.assigned)).expect("plain data")
    }

    fn content_hash(&self) -> Vec<u8> {
        serde_json::to_vec(&self.content).expect("plain data")
    }
}

/// A petition's row with an open handling.
pub fn petition(number: &str, division: &str) -> PetitionRow {
    Row {
        number: number.to_owned(),
        division: division.to_owned(),
        wording: PetitionWording {
            complaint: format!("{number} 反映的问题"),
            ..PetitionWording::default()
        },
        content: HandlingContent::default(),
        assigned: Vec::new(),
    }
}

/// A task's row that has not started.
pub fn task(number: &str, division: &str) -> TaskRow {
    Row {
        number: number.to_owned(),
        division: division.to_owned(),
        wording: TaskWording {
            problem: format!("{number} 的问题"),
            ..TaskWording::default()
        },
        content: ProgressContent::default(),
        assigned: Vec::new(),
    }
}

/// A file.
pub struct File {
    inspection: String,
    reported_on: NaiveDate,
    sha256: String,
    register: bool,
    division: Option<String>,
    complete: bool,
    petitions: Vec<PetitionRow>,
    tasks: Vec<TaskRow>,
    plain: StagedPlain,
    withdrawn: Vec<i64>,
    form: LedgerForm,
    bases: Vec<StagedBase>,
}

impl File {
    pub fn of(reported_on: &str) -> Self {
        Self {
            inspection: ROUND.to_owned(),
            reported_on: day(reported_on),
            sha256: uuid::Uuid::now_v7().simple().to_string().repeat(2),
            register: false,
            division: None,
            complete: true,
            petitions: Vec::new(),
            tasks: Vec::new(),
            plain: StagedPlain::default(),
            withdrawn: Vec::new(),
            form: LedgerForm::default(),
            bases: Vec::new(),
        }
    }

    /// Takes staged rows back, by their place in the file counted from 1: petitions first, then tasks.
    pub fn withdrawing<const N: usize>(mut self, rows: [i64; N]) -> Self {
        self.withdrawn.extend(rows);
        self
    }

    /// Says on which version of its record and its part a row was filled in, by its place in the file counted from 1.
    pub fn filled_in_on(mut self, row_id: i64, record: i64, part: i64) -> Self {
        self.bases.push(StagedBase { row_id, record, part });
        self
    }

    /// Whose ledger it is.
    pub fn division(mut self, code: &str) -> Self {
        self.division = Some(code.to_owned());
        self
    }

    /// Not every row of its division.
    pub fn partial(mut self) -> Self {
        self.complete = false;
        self
    }

    /// The province's list.
    pub fn register(reported_on: &str) -> Self {
        Self {
            register: true,
            ..Self::of(reported_on)
        }
    }

    pub fn petitions(mut self, rows: impl IntoIterator<Item = PetitionRow>) -> Self {
        self.petitions.extend(rows);
        self
    }

    pub fn tasks(mut self, rows: impl IntoIterator<Item = TaskRow>) -> Self {
        self.tasks.extend(rows);
        self
    }

    /// Rows of plain kinds, whose ids come behind those of petitions and tasks.
    pub fn plain(mut self, rows: StagedPlain) -> Self {
        self.plain = rows;
        self
    }

    pub fn inspection(mut self, id: &str) -> Self {
        id.clone_into(&mut self.inspection);
        self
    }

    /// The bytes of another file.
    pub fn same_bytes_as(mut self, other: &Committed) -> Self {
        self.sha256.clone_from(&other.import.file_sha256);
        self
    }

    /// Imports it.
    pub fn import(self, db: &mut Db) -> Committed {
        self.import_with_findings(db).0
    }

    /// Imports it; also what only the stored records could tell.
    pub fn import_with_findings(self, db: &mut Db) -> (Committed, Vec<NewFinding>) {
        let mut stage = Stage::open(db).expect("the stage opens");
        let (mut petitions, mut tasks, mut assigned) = (Vec::new(), Vec::new(), Vec::new());
        for (row_id, row) in (1..).zip(&self.petitions) {
            let hashes = (row.wording_hash(), row.content_hash());
            let (wording, content) = (row.wording.clone(), row.content.clone());
            petitions.push(StagedPetition::new(
                row.place(row_id),
                wording,
                hashes.0,
                content,
                hashes.1,
            ));
            assigned.extend(row.assignments(row_id));
        }
        for (row_id, row) in (1 + self.petitions.len() as i64..).zip(&self.tasks) {
            let hashes = (row.wording_hash(), row.content_hash());
            let (wording, content) = (row.wording.clone(), row.content.clone());
            tasks.push(StagedTask::new(row.place(row_id), wording, hashes.0, content, hashes.1));
            assigned.extend(row.assignments(row_id));
        }
        stage.petitions(petitions).expect("petitions are staged");
        stage.tasks(tasks).expect("tasks are staged");
        stage.plain(&self.plain).expect("plain rows are staged");
        stage.assigned(&assigned).expect("assignments are staged");
        stage.bases(&self.bases).expect("base versions are staged");
        stage.withdraw(&self.withdrawn).expect("rows are withdrawn");
        let refused = self.withdrawn.len() as i64;
        let ledger = Ledger {
            refused,
            register: self.register,
            reported_on: self.reported_on,
            at_utc: now(),
            places: FieldPlaces::default(),
            forms: vec![self.form.clone()],
            import: self.as_import(),
        };
        let mut findings = Vec::new();
        let committed = importing::commit(stage, ledger, &mut |finding| findings.push(finding.clone()))
            .expect("the file is committed");
        (committed, findings)
    }

    fn kinds(&self) -> String {
        let kinds = [
            ("petitions", self.petitions.is_empty()),
            ("tasks", self.tasks.is_empty()),
        ];
        let found: Vec<&str> = kinds.iter().filter(|(_, none)| !none).map(|(kind, _)| *kind).collect();
        found.join("|")
    }

    fn as_import(&self) -> Import {
        let new = NewImport {
            inspection_id: self.inspection.clone(),
            division: self.division.clone(),
            file_name: "台账.xlsx".to_owned(),
            file_sha256: self.sha256.clone(),
            file_bytes: 1,
            submitter: "test".to_owned(),
            request_id: None,
            mode: Mode::Apply,
            acceptance: Acceptance::ValidRows,
            max_refused_share: None,
            complete: self.complete,
        };
        Import {
            kinds: self.kinds(),
            reported_on: Some(self.reported_on),
            ..new.received(now())
        }
    }
}

/// What became of rows.
pub fn counts(inserted: i64, updated: i64, unchanged: i64, refused: i64) -> RowCounts {
    RowCounts {
        inserted,
        updated,
        unchanged,
        refused,
    }
}

/// A petition's row that is concluded and was so.
pub fn concluded(number: &str, division: &str, on: &str) -> PetitionRow {
    petition(number, division).says(|content| {
        content.conclusion = Conclusion::Concluded.code();
        content.concluded_on = Some(day(on));
        content.substantiated = Some(Substantiated::Yes.code());
    })
}

/// A stored petition.
pub fn stored_petition(db: &mut Db, number: &str) -> PetitionWithParts {
    petitions::get(db, &ducha_records::Reach::All, ROUND, number)
        .unwrap()
        .expect("the petition is stored")
}

/// One stored revision.
#[derive(Debug, QueryableByName)]
pub struct Revision {
    #[diesel(sql_type = BigInt)]
    pub sequence: i64,
    #[diesel(sql_type = SmallInt)]
    pub kind: i16,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub division: String,
    #[diesel(sql_type = SmallInt)]
    pub change: i16,
    #[diesel(sql_type = Nullable<Text>)]
    pub before: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub after: Option<String>,
}

impl Revision {
    /// Old and new values.
    pub fn delta(&self) -> (Value, Value) {
        let parse = |json: &Option<String>| serde_json::from_str(json.as_deref().expect("a delta")).expect("JSON");
        (parse(&self.before), parse(&self.after))
    }
}

/// Every revision, in order.
pub fn revisions(db: &mut Db) -> Vec<Revision> {
    diesel::sql_query("SELECT * FROM revisions ORDER BY inspection_id, sequence")
        .load(db)
        .expect("revisions")
}
