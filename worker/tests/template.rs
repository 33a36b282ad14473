//! A template comes back without a finding: as it is, and filled in with a plausible value in every cell.

#![allow(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use ducha_records::rules::Language;
use ducha_worker::profile::{Column, ColumnKind, Profile, Profiles};
use ducha_worker::template::{self, FilledRow, FilledValue, Form};
use serde_json::Value as Json;

fn worker(arguments: &[&str], path: &Path) -> (Option<i32>, Vec<Json>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ducha-worker"));
    let output = command.args(arguments).arg(path).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let lines = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (output.status.code(), lines)
}

fn check(path: &Path) -> (Option<i32>, Vec<Json>) {
    worker(&["check", "--output", "json", "--division", "520102"], path)
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
            let (status, told) = check(&write(folder.path(), form, language));
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
        let (status, told) = check(&write(folder.path(), Form::empty(profile), Language::Zh));
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
    let (_, told) = check(&path);
    let kinds: Vec<&str> = Profiles::embedded()
        .iter()
        .map(|profile| profile.kind.as_str())
        .collect();
    assert_eq!(told.last().unwrap()["kinds"], serde_json::json!(kinds));
}
