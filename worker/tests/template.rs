//! A template comes back without a finding: as it is, and filled in with a plausible value in every cell.

#![allow(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use ducha_records::rules::Language;
use ducha_worker::check::{self, Context, Piece, Sink};
use ducha_worker::profile::{Column, ColumnKind, Profile, Profiles};
use ducha_worker::reader::{Limits, Reader};
use ducha_worker::template::{self, FilledRow, FilledValue, Form};
use ducha_worker::values::base_version::BaseVersion;
use ducha_worker::values::division::Gazetteer;
use serde_json::Value as Json;

fn worker(arguments: &[&str], path: &Path) -> (Option<i32>, Vec<Json>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ducha-worker"));
    let output = command.args(arguments).arg(path).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let lines = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (output.status.code(), lines)
}

fn told(path: &Path) -> (Option<i32>, Vec<Json>) {
    // The list of issues handed over is the province's.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let whose = if name.starts_with("accountability_issues") {
        "520000"
    } else {
        "520102"
    };
    worker(&["check", "--output", "json", "--division", whose], path)
}

fn value(profile: &Profile, column: &Column) -> Option<FilledValue> {
    let text = template::example(profile, column);
    Some(match column.kind {
        _ if text.is_empty() => return None,
        ColumnKind::Date => FilledValue::Day(text.parse::<NaiveDate>().unwrap()),
        ColumnKind::Count | ColumnKind::Money => FilledValue::Number(text.parse().unwrap()),
        _ => FilledValue::Text(text),
    })
}

/// A row with the example of each column.
fn row(profile: &Profile) -> FilledRow {
    let values = profile
        .columns
        .iter()
        .filter_map(|column| Some((column.field.clone(), value(profile, column)?)));
    FilledRow {
        cells: values.collect(),
        version: Some("3.1".to_owned()),
    }
}

fn write(folder: &Path, form: Form<'_>, language: Language) -> PathBuf {
    let path = folder.join(format!("{}.xlsx", form.profile.kind));
    std::fs::write(&path, template::write(&[form], language).unwrap()).unwrap();
    path
}

#[test]
fn a_template_of_every_kind_filled_in_by_its_own_examples_has_no_finding_at_all() {
    let folder = tempfile::tempdir().unwrap();
    for profile in Profiles::embedded().iter() {
        for language in [Language::Zh, Language::En] {
            let mut form = Form::empty(profile);
            form.rows = vec![row(profile)];
            let asked = template::headers(profile).len();
            let personal = profile
                .columns
                .iter()
                .filter(|column| !column.template || column.personal);
            assert_eq!(asked + personal.count(), profile.columns.len());
            let (status, told) = told(&write(folder.path(), form, language));
            assert_eq!(told.len(), 1, "{}: {told:?}", profile.kind);
            assert_eq!((status, &told[0]["accepted"]), (Some(0), &1.into()), "{told:?}");
            assert_eq!(told[0]["kinds"], serde_json::json!([profile.kind.as_str()]));
        }
    }
}

#[test]
fn an_empty_template_says_that_it_has_no_rows_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for profile in Profiles::embedded().iter() {
        let (status, told) = told(&write(folder.path(), Form::empty(profile), Language::Zh));
        let rules: Vec<&str> = told.iter().filter_map(|line| line["rule"].as_str()).collect();
        assert_eq!((status, rules.as_slice()), (Some(0), &["S023"][..]), "{told:?}");
        assert_eq!(told.last().map(|file| &file["rows"]), Some(&0.into()));
    }
}

#[test]
fn the_command_writes_all_kinds_and_never_over_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.xlsx");
    let write = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ducha-worker"));
        command.args(["template", "all", "-o"]).arg(&path).output().unwrap()
    };
    assert!(write().status.success());
    let first = std::fs::read(&path).unwrap();
    let again = write();
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    assert_eq!(std::fs::read(&path).unwrap(), first);
    let (_, told) = told(&path);
    let kinds: Vec<&str> = Profiles::embedded()
        .iter()
        .map(|profile| profile.kind.as_str())
        .collect();
    assert_eq!(told.last().unwrap()["kinds"], serde_json::json!(kinds));
}

struct Kept(Vec<(i64, BaseVersion)>);

impl Sink for Kept {
    type Error = std::convert::Infallible;

    fn take(&mut self, piece: Piece) -> Result<(), Self::Error> {
        self.0.extend(piece.base_versions);
        Ok(())
    }
}

#[test]
fn the_base_version_of_a_row_is_told_with_the_row() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = Profiles::embedded();
    let mut form = Form::empty(profiles.iter().next().unwrap());
    form.rows = vec![row(form.profile)];
    let path = write(folder.path(), form, Language::Zh);
    let divisions = ducha_worker::values::division::parse_csv(ducha_records::divisions::BUILT_IN).unwrap();
    let gazetteer = Gazetteer::new(divisions);
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let context = Context::new(
        &profiles,
        &gazetteer,
        "520000".to_owned(),
        Some("520102".to_owned()),
        today,
    );
    let program = Path::new(env!("CARGO_BIN_EXE_ducha-worker"));
    let mut reader = Reader::start(program, &path, &Limits::default()).unwrap();
    let mut kept = Kept(Vec::new());
    let checked = check::check(|| reader.next_frame(), &context, &mut kept).unwrap();
    assert_eq!((checked.rows, checked.refused), (1, 0));
    let versions: Vec<BaseVersion> = kept.0.iter().map(|(_, version)| *version).collect();
    assert_eq!(versions, [BaseVersion { record: 3, part: 1 }]);
}
