//! Ledgers as the worker would have checked them, put in through the same importing.

use chrono::{NaiveDate, NaiveDateTime, Utc};
use ducha_records::codes::{Acceptance, Mode};
use ducha_records::content_hash::ContentHasher;
use ducha_records::findings::NewFinding;
use ducha_records::importing::{
    self, FieldPlaces, Ledger, RowPlace, Stage, StagedAssignment, StagedPetition, StagedPlain, StagedTask,
};
use ducha_records::imports::{Import, NewImport};
use ducha_records::inspections::Inspection;
use ducha_records::petitions::{HandlingContent, PetitionWording};
use ducha_records::tasks::{ProgressContent, TaskWording};
use ducha_records::{Login, Scope};
use serde::Serialize;
use uuid::Uuid;

/// The inspection that every test begins with.
pub const INSPECTION: &str = "gz-2021";

/// One checked ledger. The rows of petitions come first.
#[derive(Debug, Clone)]
pub struct Seed {
    /// Whose ledger it is.
    pub division: String,
    /// It is the province's list.
    pub register: bool,
    /// Its reporting date.
    pub reported_on: NaiveDate,
    /// Rows of petitions: number, wording, handling.
    pub petitions: Vec<(String, PetitionWording, HandlingContent)>,
    /// Rows of tasks: number, wording, progress.
    pub tasks: Vec<(String, TaskWording, ProgressContent)>,
    /// Divisions that a row names beside its own: number, division.
    pub assigned: Vec<(String, String)>,
    /// Findings; their import is filled in.
    pub findings: Vec<NewFinding>,
    /// Rows of the plain kinds; their ids come behind those of petitions and tasks.
    pub plain: StagedPlain,
}

impl Seed {
    /// An empty ledger of a division.
    #[must_use]
    pub fn of(division: &str) -> Self {
        Self {
            division: division.to_owned(),
            register: false,
            reported_on: day("2022-03-31"),
            petitions: Vec::new(),
            tasks: Vec::new(),
            assigned: Vec::new(),
            findings: Vec::new(),
            plain: StagedPlain::default(),
        }
    }

    /// A ledger of petitions with these numbers, all alike.
    #[must_use]
    pub fn of_petitions(division: &str, numbers: impl IntoIterator<Item = String>) -> Self {
        let rows = numbers.into_iter().map(|number| {
            let (wording, content) = petition();
            (number, wording, content)
        });
        Self {
            petitions: rows.collect(),
            ..Self::of(division)
        }
    }

    /// A ledger of tasks with these numbers, all alike.
    #[must_use]
    pub fn of_tasks(division: &str, numbers: impl IntoIterator<Item = String>) -> Self {
        let rows = numbers.into_iter().map(|number| {
            let (wording, content) = task();
            (number, wording, content)
        });
        Self {
            tasks: rows.collect(),
            ..Self::of(division)
        }
    }

    /// Puts it into a database, and returns the id of the import.
    #[must_use]
    pub fn import(self, url: &str) -> String {
        let mut db = Login::anybody(url)
            .open_for(&Scope::Worker)
            .expect("the database of the test");
        let id = Uuid::now_v7().to_string();
        let at_utc = Utc::now().naive_utc();
        let mut stage = Stage::open(&mut db).expect("a stage");
        self.stage_rows(&mut stage);
        let findings = self.findings.iter().cloned().map(|finding| NewFinding {
            import_id: id.clone(),
            ..finding
        });
        let findings: Vec<NewFinding> = findings.collect();
        stage.findings(&findings).expect("staged findings");
        let ledger = Ledger {
            import: self.import_row(id.clone(), at_utc),
            refused: 0,
            register: self.register,
            reported_on: self.reported_on,
            at_utc,
            places: FieldPlaces::default(),
            forms: Vec::new(),
        };
        importing::commit(stage, ledger, &mut |_| ()).expect("a committed ledger");
        id
    }

    fn stage_rows(&self, stage: &mut Stage<'_>) {
        let place = |at: usize, number: &str| RowPlace {
            row_id: at as i64 + 1,
            sheet: "台账".to_owned(),
            row_number: at as i64 + 4, // below a title and a header of two rows
            number: number.to_owned(),
            division: self.division.clone(),
        };
        let mut assigned = Vec::new();
        let mut assign = |at: usize, number: &str| {
            let of_row = self.assigned.iter().filter(|(of, _)| of == number);
            assigned.extend(of_row.map(|(number, division)| StagedAssignment {
                row_id: at as i64 + 1,
                number: number.clone(),
                division: division.clone(),
            }));
        };
        let petitions = self
            .petitions
            .iter()
            .enumerate()
            .map(|(at, (number, wording, content))| {
                assign(at, number);
                let hashes = (self.wording_hash(number, wording), hash(content));
                StagedPetition::new(place(at, number), wording.clone(), hashes.0, content.clone(), hashes.1)
            });
        let petitions: Vec<_> = petitions.collect();
        let tasks: Vec<_> = (petitions.len()..)
            .zip(&self.tasks)
            .map(|(at, (number, wording, content))| {
                assign(at, number);
                let hashes = (self.wording_hash(number, wording), hash(content));
                StagedTask::new(place(at, number), wording.clone(), hashes.0, content.clone(), hashes.1)
            })
            .collect();
        stage.petitions(petitions).expect("staged petitions");
        stage.tasks(tasks).expect("staged tasks");
        stage.plain(&self.plain).expect("staged rows of plain kinds");
        stage.assigned(&assigned).expect("staged assignments");
    }

    /// In the province's list whose parts there are belongs to the wording.
    fn wording_hash(&self, number: &str, wording: &impl Serialize) -> Vec<u8> {
        let of_row = self.assigned.iter().filter(|(of, _)| of == number);
        let mut listed: Vec<String> = of_row.map(|(_, division)| division.clone()).collect();
        listed.sort_unstable();
        listed.dedup();
        ContentHasher::default().wording(wording, self.register.then_some(&listed[..]))
    }

    fn import_row(&self, id: String, at_utc: NaiveDateTime) -> Import {
        let kinds = [
            (!self.petitions.is_empty()).then_some("petitions"),
            (!self.tasks.is_empty()).then_some("tasks"),
        ];
        let file_sha256 = id.replace('-', "").repeat(2);
        let new = NewImport {
            inspection_id: INSPECTION.to_owned(),
            division: Some(self.division.clone()),
            file_name: "台账.xlsx".to_owned(),
            // Another file each time: what was applied already is not compared again.
            file_sha256,
            file_bytes: 4096,
            submitter: "test".to_owned(),
            request_id: None,
            mode: Mode::Apply,
            acceptance: Acceptance::ValidRows,
            max_refused_share: None,
            complete: true,
        };
        Import {
            id,
            kinds: kinds.into_iter().flatten().collect::<Vec<_>>().join("|"),
            reported_on: Some(self.reported_on),
            attempt: 1,
            started_at_utc: Some(at_utc),
            finished_at_utc: Some(at_utc),
            ..new.received(at_utc)
        }
    }
}

pub(crate) fn hash(content: &impl Serialize) -> Vec<u8> {
    ContentHasher::default().content(content)
}

/// A day of a test.
#[must_use]
fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The inspection of [`INSPECTION`].
#[must_use]
pub fn inspection() -> Inspection {
    let at = day("2021-12-01").and_hms_opt(0, 0, 0).expect("a moment");
    Inspection {
        id: INSPECTION.to_owned(),
        name: "贵州省督察".to_owned(),
        level: 1,
        round: 2,
        province: "520000".to_owned(),
        team: None,
        started_on: day("2021-12-03"),
        ended_on: None,
        feedback_on: None,
        first_received_on: Some(day("2021-12-07")),
        themes: r#"["水","大气"]"#.to_owned(),
        petition_register: false,
        task_register: false,
        last_sequence: 0,
        version: 1,
        request_id: None,
        created_at_utc: at,
        updated_at_utc: at,
    }
}

/// A petition that a county has concluded.
#[must_use]
pub fn petition() -> (PetitionWording, HandlingContent) {
    let wording = PetitionWording {
        batch: Some(1),
        channel: Some(2),
        received_on: Some(day("2021-12-07")),
        complaint: "河道排放污水".to_owned(),
        pollution_kinds: 0b101,
        ..PetitionWording::default()
    };
    let content = HandlingContent {
        investigation: Some("经查属实".to_owned()),
        substantiated: Some(0),
        conclusion: 2,
        concluded_on: Some(day("2022-01-15")),
        units: Some("县生态环境分局\n县水务局".to_owned()),
        fine_fen: Some(1_547_256_000),
        accountable: Some(0),
        ..HandlingContent::default()
    };
    (wording, content)
}

/// A task that is on schedule.
#[must_use]
pub fn task() -> (TaskWording, ProgressContent) {
    let wording = TaskWording {
        theme: Some("水".to_owned()),
        source: Some(1),
        problem: "污水处理设施建设滞后".to_owned(),
        measures: Some("建成污水处理厂".to_owned()),
        deadline_text: Some("2023年底前完成，长期坚持".to_owned()),
        deadline_kind: 1,
        due_on: Some(day("2023-12-31")),
        long_term: true,
        ..TaskWording::default()
    };
    let content = ProgressContent {
        progress: Some("主体工程已完工".to_owned()),
        status: 2,
        ..ProgressContent::default()
    };
    (wording, content)
}
