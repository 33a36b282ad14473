//! Imports and findings.

use ducha::v1::{Finding, Import, ImportError, LedgerFile, LedgerKind, PlannedChange, PlannedOutcome, PlannedRow};
use ducha_records::address::address;
use ducha_records::codes::CopyKind;
use ducha_records::findings::Finding as FindingRow;
use ducha_records::importing::Outcome;
use ducha_records::imports::Import as Row;
use ducha_records::imports::planned::StoredRow;
use ducha_records::rules::{self, Language};

use super::mask::mask;
use super::timestamp;
use crate::request::day_text;

/// An import as it is stored, with the kinds of the workbooks made of it, its reason in the caller's language.
#[must_use]
pub fn import(row: Row, copies: &[i16], language: Language) -> Import {
    let original = row.stored.then_some(LedgerFile::Original);
    let copies = copies.iter().filter_map(|kind| match CopyKind::from_code(*kind)? {
        CopyKind::Marked => Some(LedgerFile::Marked),
        CopyKind::RefusedRows => Some(LedgerFile::RefusedRows),
    });
    let files = original.into_iter().chain(copies).map(Into::into).collect();
    let kinds = kinds(&row.kinds);
    let message = match language {
        Language::Zh => row.error_zh,
        Language::En => row.error_en,
    };
    Import {
        id: row.id,
        inspection_id: row.inspection_id,
        division: row.division.unwrap_or_default(),
        file_name: row.file_name,
        file_sha256: row.file_sha256,
        file_bytes: row.file_bytes,
        mode: row.mode.into(),
        state: row.state.into(),
        kinds,
        reported_on: day_text(row.reported_on),
        complete: row.complete,
        rows_read: rows(row.rows_read),
        inserted: rows(row.inserted),
        updated: rows(row.updated),
        unchanged: rows(row.unchanged),
        refused: rows(row.refused),
        errors: rows(row.errors),
        warnings: rows(row.warnings),
        notes: rows(row.notes),
        error: row.error_code.map(|code| ImportError {
            code,
            message: message.unwrap_or_default(),
        }),
        created_at: Some(timestamp(row.created_at_utc)),
        started_at: row.started_at_utc.map(timestamp),
        finished_at: row.finished_at_utc.map(timestamp),
        submitter: row.submitter,
        attempts: rows(row.attempt.into()),
        acceptance: row.acceptance.into(),
        max_refused_share: row.max_refused_share.map(share),
        plan_hash: row.plan_hash.unwrap_or_default(),
        files,
    }
}

/// The kinds of ledger that an import's `kinds` column names, in the order of the enum.
#[must_use]
pub fn kinds(column: &str) -> Vec<i32> {
    let mut kinds: Vec<i32> = column
        .split('|')
        .filter_map(|token| match token {
            "petition" | "petitions" => Some(LedgerKind::Petitions.into()),
            "task" | "tasks" => Some(LedgerKind::Tasks.into()),
            "indicators" => Some(LedgerKind::Indicators.into()),
            "accountability_issues" => Some(LedgerKind::AccountabilityIssues.into()),
            "accountabilities" => Some(LedgerKind::Accountabilities.into()),
            "activities" => Some(LedgerKind::Activities.into()),
            "alerts" => Some(LedgerKind::Alerts.into()),
            _ => None,
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// A finding as it is stored, its text in the caller's language; without `personal`, telephone and identity numbers are
/// masked.
#[must_use]
pub fn finding(mut row: FindingRow, language: Language, personal: bool) -> Finding {
    let mut params = row.params();
    if !personal {
        mask(&mut row.value);
        mask(&mut row.suggestion);
        params.values_mut().for_each(|value| _ = mask(value));
        row.reason.as_mut().map(mask);
    }
    let rule = rules::find(&row.rule);
    let message = rule.map_or_else(|| row.rule.clone(), |rule| rule.render(language, &params));
    let hint = rule.map_or_else(String::new, |rule| rule.hint(language, &params));
    let number = row.row_number.and_then(|row| u32::try_from(row).ok());
    let column = row.column_number.and_then(|column| u32::try_from(column).ok());
    Finding {
        id: row.id.to_string(),
        import_id: row.import_id,
        sheet: row.sheet,
        cell: number
            .zip(column)
            .map_or_else(String::new, |(row, column)| address(row, column)),
        row: number,
        column: column.map(|column| column + 1),
        field: row.field,
        header: row.header,
        rule: row.rule,
        severity: row.severity.into(),
        value: row.value,
        suggestion: row.suggestion,
        message,
        params,
        record_number: row.number.unwrap_or_default(),
        record_division: row.division.unwrap_or_default(),
        reason: row.reason.unwrap_or_default(),
        hint,
    }
}

/// A row of a plan as it is stored.
#[must_use]
pub fn planned_row(row: StoredRow) -> PlannedRow {
    let changes = row.changes().into_iter().map(|change| PlannedChange {
        field: change.field,
        before_json: change.before.to_string(),
        after_json: change.after.to_string(),
    });
    let outcome = match Outcome::from_repr(row.outcome.into()) {
        Some(Outcome::Inserted) => PlannedOutcome::Inserted,
        Some(Outcome::Updated) => PlannedOutcome::Updated,
        Some(Outcome::Late) => PlannedOutcome::Late,
        Some(_) => PlannedOutcome::Refused,
        None => PlannedOutcome::Unspecified,
    };
    PlannedRow {
        position: row.position,
        kind: kinds(&row.kind).first().copied().unwrap_or_default(),
        sheet: row.sheet,
        row: rows(row.row_number),
        record_number: row.number,
        record_division: row.division,
        outcome: outcome.into(),
        changes: changes.collect(),
    }
}

/// Parts of ten thousand as a share.
fn share(parts: i32) -> f64 {
    f64::from(parts) / 10_000.0
}

fn rows(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_named_as_a_spreadsheet_program_names_it() {
        for (row, column, name) in [
            (17, 5, "F17"),
            (1, 0, "A1"),
            (2, 25, "Z2"),
            (3, 26, "AA3"),
            (4, 701, "ZZ4"),
            (5, 702, "AAA5"),
            (1_048_576, 16_383, "XFD1048576"),
        ] {
            assert_eq!(address(row, column), name);
        }
    }

    #[test]
    fn kinds_come_in_the_order_of_the_enum_and_once() {
        assert_eq!(kinds("tasks|petitions|tasks"), [1, 2]);
        assert_eq!(kinds(""), [0i32; 0]);
    }

    #[test]
    fn a_finding_speaks_the_callers_language_and_counts_from_one() {
        let row = FindingRow {
            id: 7,
            import_id: "i".into(),
            sheet: "表一".into(),
            row_number: Some(17),
            column_number: Some(5),
            field: "conclusion".into(),
            header: "是否办结".into(),
            rule: rules::NOT_IN_LIST.code.into(),
            severity: 3,
            value: "基本办结".into(),
            suggestion: "已办结".into(),
            params: r#"{"found":"基本办结","wanted":"已办结"}"#.into(),
            kind: None,
            number: None,
            division: None,
            reason: None,
        };
        let sent = finding(row.clone(), Language::En, true);
        assert_eq!((sent.cell.as_str(), sent.row, sent.column), ("F17", Some(17), Some(6)));
        assert_eq!(sent.message, "\"基本办结\" is not one of the choices");
        assert_eq!(sent.hint, "Write one of: 已办结.");
        assert_ne!(finding(row, Language::Zh, true).message, sent.message);
    }
}
