//! What an importer should make of the samples, computed from the model and never from the files: `expected.json` for
//! programs and `MISTAKES.md` for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::divisions::COUNTIES;
use crate::files::{Count, Output};
use crate::model::{Measures, Outcome, Petition};
use crate::tasks::{Status, Task, reported_on};

/// The whole of `expected.json`.
#[derive(Serialize)]
pub struct Expected {
    inspection: &'static str,
    as_of: String,
    petitions: Petitions,
    tasks: Tasks,
    /// Sums over all handlings; `fine_fen` in fen (1 yuan = 100 fen).
    measures: Measures,
    divisions: BTreeMap<&'static str, Division>,
    files: Vec<File>,
}

#[derive(Serialize)]
struct Petitions {
    registered: usize,
    concluded: usize,
    open: usize,
    open_numbers: Vec<String>,
    handlings_assigned: usize,
    handlings_reported: usize,
    /// One for each pollution kind of each petition.
    problems: usize,
    key_cases: usize,
}

#[derive(Serialize)]
struct Tasks {
    registered: usize,
    completed: usize,
    completed_numbers: Vec<&'static str>,
    /// Not completed, by the status of the part that is furthest behind.
    parts_assigned: usize,
    typical_cases: usize,
}

#[derive(Serialize, Default)]
struct Division {
    petitions_assigned: usize,
    petitions_reported: usize,
    petitions_concluded: usize,
    tasks_assigned: usize,
    tasks_completed: usize,
}

#[derive(Serialize)]
struct File {
    path: String,
    division: &'static str,
    petition_rows: Count,
    task_rows: Count,
    plain_rows: Count,
    measures: Measures,
    sheets_skipped: Vec<String>,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    sheet: String,
    row: usize,
    cell: String,
    outcome: Outcome,
    mistake: &'static str,
}

/// The expectations for everything written.
pub fn expected(petitions: &[Petition], tasks: &[Task], outputs: &[Output]) -> Expected {
    let mut measures = Measures::default();
    petitions
        .iter()
        .flat_map(|petition| &petition.parts)
        .for_each(|part| measures.add(part.measures));
    Expected {
        inspection: "gz-2021",
        as_of: reported_on().to_string(),
        petitions: count_petitions(petitions),
        tasks: count_tasks(tasks),
        measures,
        divisions: by_division(petitions, tasks),
        files: outputs.iter().map(file).collect(),
    }
}

fn count_petitions(petitions: &[Petition]) -> Petitions {
    let open: Vec<String> = petitions
        .iter()
        .filter(|petition| !petition.is_concluded())
        .map(|petition| petition.number.clone())
        .collect();
    let parts = || petitions.iter().flat_map(|petition| &petition.parts);
    Petitions {
        registered: petitions.len(),
        concluded: petitions.len() - open.len(),
        open: open.len(),
        open_numbers: open,
        handlings_assigned: parts().count(),
        handlings_reported: parts()
            .filter(|part| part.conclusion != crate::model::Conclusion::Unreported)
            .count(),
        problems: petitions.iter().map(|petition| petition.kinds.len()).sum(),
        key_cases: petitions.iter().filter(|petition| petition.key).count(),
    }
}

fn count_tasks(tasks: &[Task]) -> Tasks {
    let completed: Vec<&str> = tasks
        .iter()
        .filter(|task| task.is_completed())
        .map(|task| task.number)
        .collect();
    let mut cases: Vec<&str> = tasks
        .iter()
        .map(|task| task.case)
        .filter(|case| !case.is_empty())
        .collect();
    cases.sort_unstable();
    cases.dedup();
    Tasks {
        registered: tasks.len(),
        completed: completed.len(),
        completed_numbers: completed,
        parts_assigned: tasks.iter().map(|task| task.parts.len()).sum(),
        typical_cases: cases.len(),
    }
}

fn by_division(petitions: &[Petition], tasks: &[Task]) -> BTreeMap<&'static str, Division> {
    let mut divisions: BTreeMap<&str, Division> = BTreeMap::new();
    for part in petitions.iter().flat_map(|petition| &petition.parts) {
        let division = divisions.entry(COUNTIES[part.county].code).or_default();
        division.petitions_assigned += 1;
        division.petitions_reported += usize::from(part.conclusion != crate::model::Conclusion::Unreported);
        division.petitions_concluded += usize::from(part.conclusion.is_concluded());
    }
    for part in tasks.iter().flat_map(|task| &task.parts) {
        let division = divisions.entry(COUNTIES[part.county].code).or_default();
        division.tasks_assigned += 1;
        division.tasks_completed += usize::from(part.status == Status::Completed);
    }
    divisions
}

fn file(output: &Output) -> File {
    let findings = output.placed.iter().map(|placed| Finding {
        sheet: placed.sheet.clone(),
        row: placed.row,
        cell: placed.address.clone(),
        outcome: placed.mistake.outcome,
        mistake: placed.mistake.what,
    });
    File {
        path: output.path.clone(),
        division: output.division,
        petition_rows: output.petition_rows,
        task_rows: output.task_rows,
        plain_rows: output.plain_rows,
        measures: output.measures,
        sheets_skipped: output.skipped.clone(),
        findings: findings.collect(),
    }
}

/// The table of deliberate mistakes.
pub fn mistakes(outputs: &[Output]) -> String {
    let mut text = "# Deliberate mistakes in the samples\n\nWritten by `cargo run -p ducha-worker --example samples`; do not edit.\n\n\
        | file | sheet | row | cell | mistake | expected |\n|---|---|---|---|---|---|\n"
        .to_owned();
    for output in outputs {
        for placed in &output.placed {
            let outcome = match placed.mistake.outcome {
                Outcome::Refused => "refused",
                Outcome::Warning => "warning",
                Outcome::Note => "note",
            };
            // Writing into a String cannot fail.
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} | {outcome} |",
                output.path, placed.sheet, placed.row, placed.address, placed.mistake.what
            );
        }
    }
    text
}
