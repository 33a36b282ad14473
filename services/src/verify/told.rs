//! How it is told what was found: tables for people, or JSON lines for programs.

use std::collections::BTreeMap;

use comfy_table::presets::ASCII_BORDERS_ONLY_CONDENSED;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use ducha_records::rules::Language;
use ducha_records::verify::{Check, Fault, Observer};
use serde_json::json;
use strum::IntoEnumIterator;

use crate::backup::{Lang, Output, Progress};

/// Faults of each check that a table lists.
const MOST_LISTED: usize = 50;

/// What was found of one check.
#[derive(Debug, Default)]
struct Counted {
    rows: u64,
    found: u64,
    listed: Vec<Fault>,
}

/// What was found so far.
pub(super) struct Told<'p> {
    lang: Lang,
    output: Output,
    progress: &'p Progress,
    checks: BTreeMap<Check, Counted>,
}

impl<'p> Told<'p> {
    pub fn new(lang: Lang, output: Output, progress: &'p Progress) -> Self {
        let checks = Check::iter().map(|check| (check, Counted::default())).collect();
        Self {
            lang,
            output,
            progress,
            checks,
        }
    }

    /// Tells what is still to be told. How many faults there are.
    pub fn end(self) -> u64 {
        self.progress.hide();
        match self.output {
            Output::Table => println!("{}", self.tables()),
            Output::Json => self
                .checks
                .iter()
                .for_each(|(check, counted)| println!("{}", line(*check, counted))),
        }
        let faults = self.checks.iter().filter(|(check, _)| !check.is_note());
        faults.map(|(_, counted)| counted.found).sum()
    }

    fn tables(&self) -> String {
        let mut checks = self.table(&[("检查项", "check"), ("已核对", "looked at"), ("错误", "faults")]);
        for (check, counted) in &self.checks {
            checks.add_row([
                Cell::new(check.name(self.lang.language())),
                number(counted.rows),
                number(counted.found),
            ]);
        }
        let listed: Vec<&Fault> = self.checks.values().flat_map(|counted| &counted.listed).collect();
        if listed.is_empty() {
            return checks.to_string();
        }
        let mut faults = self.table(&[
            ("检查项", "check"),
            ("督察", "inspection"),
            ("对象", "subject"),
            ("现为", "is"),
            ("应为", "should be"),
        ]);
        for fault in listed {
            faults.add_row([
                fault.check.name(self.lang.language()),
                &fault.inspection,
                &fault.subject,
                fault.kept.as_deref().unwrap_or_default(),
                fault.wanted.as_deref().unwrap_or_default(),
            ]);
        }
        format!("{checks}\n\n{faults}")
    }

    fn table(&self, headers: &[(&str, &str)]) -> Table {
        let mut table = Table::new();
        table
            .load_style(ASCII_BORDERS_ONLY_CONDENSED)
            .set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(headers.iter().map(|(zh, en)| self.lang.pick(zh, en)));
        table
    }
}

impl Observer for Told<'_> {
    fn looked(&mut self, check: Check, rows: u64) {
        self.checks.entry(check).or_default().rows += rows;
    }

    fn found(&mut self, fault: Fault) {
        let counted = self.checks.entry(fault.check).or_default();
        counted.found += 1;
        match self.output {
            Output::Json => self.progress.aside(|| println!("{}", found(&fault))),
            Output::Table if counted.listed.len() < MOST_LISTED => counted.listed.push(fault),
            Output::Table => {}
        }
    }
}

fn number(value: u64) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}

/// The line of one fault.
fn found(fault: &Fault) -> serde_json::Value {
    json!({
        "type": if fault.check.is_note() { "note" } else { "fault" },
        "check": fault.check.code(),
        "inspection": fault.inspection,
        "subject": fault.subject,
        "is": fault.kept,
        "should_be": fault.wanted,
        "message_zh": fault.check.name(Language::Zh),
        "message_en": fault.check.name(Language::En),
    })
}

/// The line of one check.
fn line(check: Check, counted: &Counted) -> serde_json::Value {
    json!({ "type": "check", "check": check.code(), "looked_at": counted.rows, "found": counted.found })
}
