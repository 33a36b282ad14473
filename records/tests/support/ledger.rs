//! Ledgers as the worker would stage them, with little text.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Text};
use ducha_records::Db;
use ducha_records::codes::{Conclusion, Substantiated};
use ducha_records::content_hash::ContentHasher;
use ducha_records::importing::{RowCounts, RowPlace, StagedAssignment};
use ducha_records::inspections::{self, Inspection};
use ducha_records::petitions::{self, HandlingContent, PetitionWithParts, PetitionWording};
use ducha_records::tasks::{ProgressContent, TaskWording};
use serde::Serialize;
use serde_json::Value;

mod file;
mod form;

pub use file::File;

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

    fn wording_hash(&self, register: bool) -> Vec<u8> {
        let mut listed = self.assigned.clone();
        listed.sort_unstable();
        listed.dedup();
        ContentHasher::default().wording(&self.wording, register.then_some(&listed[..]))
    }

    fn content_hash(&self) -> Vec<u8> {
        ContentHasher::default().content(&self.content)
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
