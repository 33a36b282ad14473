//! JSON lines on standard output, and nothing else there.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::check::Finding;
use crate::import::{Change, FileReport, FileState, Reporter};

/// Writes a line for each finding and each file.
pub(super) struct JsonReporter<W> {
    out: W,
    /// The first failure to write; a closed pipe must not end an import half-way.
    failed: Option<io::Error>,
}

impl<W: Write + Send> JsonReporter<W> {
    pub const fn new(out: W) -> Self {
        Self { out, failed: None }
    }

    fn line(&mut self, line: &Json) {
        if self.failed.is_none() {
            self.failed = writeln!(self.out, "{line}").err();
        }
    }

    /// The end: what was written is written, or why not.
    pub fn finish(mut self) -> io::Result<()> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }
}

impl<W: Write + Send> Reporter for JsonReporter<W> {
    fn rows_read(&mut self, _rows: u64) {}

    fn finding(&mut self, file: &str, finding: &Finding) {
        self.line(&finding.json(file));
    }

    fn reason(&mut self, file: &str, finding: &Finding, reason: &str) {
        self.line(&json!({
            "type": "reason", "file": file, "sheet": &*finding.sheet, "cell": finding.cell(), "row": finding.row,
            "field": finding.field, "header": finding.header, "rule": finding.rule.code, "value": finding.value,
            "reason": reason,
        }));
    }

    fn change(&mut self, file: &str, change: &Change) {
        self.line(&change.json(file));
    }

    fn file(&mut self, report: FileReport) {
        let state: &str = report.state.into();
        let error = report
            .error
            .map(|error| json!({"code": error.code, "message_zh": error.zh, "message_en": error.en}));
        let mut line = json!({
            "type": "file", "file": report.file, "import_id": report.import_id, "kinds": report.kinds, "state": state,
            "rows": report.rows.read(), "inserted": report.rows.inserted, "updated": report.rows.updated,
            "unchanged": report.rows.unchanged, "refused": report.rows.refused, "warnings": report.warnings,
            "rules_off": report.rules_off, "error": error,
        });
        if report.state == FileState::Checked {
            line["accepted"] = line["unchanged"].take();
            line["unchanged"] = 0.into();
        }
        if let Some(hash) = report.plan_hash {
            line["plan_hash"] = hash.into();
        }
        if !report.copies.is_empty() {
            line["copies"] = json!(report.copies);
        }
        self.line(&line);
    }
}
