//! From what happened to a file to what is told of it.

use std::collections::BTreeSet;

use ducha_records::importing::{Committed, Kept, Planned};
use ducha_records::rules::Language;

use super::file::Job;
use super::report::{FileRefused, FileReport, FileState};
use crate::check::{Checked, FileRefusal};
use crate::reader::ReadError;

pub(super) fn applied(job: &Job<'_>, checked: Checked, committed: Committed) -> FileReport {
    let import = committed.import;
    FileReport {
        rows: committed.rows,
        warnings: import.warnings as u64,
        import_id: Some(import.id.clone()),
        ..report(job, checked, FileState::of(&import), import.file_sha256)
    }
}

pub(super) fn planned(job: &Job<'_>, checked: Checked, plan: Planned, sha256: String) -> FileReport {
    FileReport {
        rows: plan.rows,
        warnings: plan.warnings as u64,
        plan_hash: Some(plan.hash),
        ..report(job, checked, FileState::Planned, sha256)
    }
}

pub(super) fn kept(job: &Job<'_>, checked: Checked, kept: Kept) -> FileReport {
    let import = kept.import;
    FileReport {
        rows: kept.rows,
        warnings: import.warnings as u64,
        error: FileRefused::of(&import),
        plan_hash: import.plan_hash.clone(),
        import_id: Some(import.id.clone()),
        ..report(job, checked, FileState::of(&import), import.file_sha256)
    }
}

/// What is told of any file that was read to its end.
pub(super) fn report(job: &Job<'_>, checked: Checked, state: FileState, sha256: String) -> FileReport {
    FileReport {
        kinds: checked.kinds.iter().map(|kind| kind.as_str()).collect(),
        rules_off: rules_off(job, &checked),
        ledgers: checked.ledgers,
        summaries: checked.summaries,
        ..FileReport::of(job.name, state, sha256)
    }
}

/// The rules that the profiles of the kinds found switch off, each once.
fn rules_off(job: &Job<'_>, checked: &Checked) -> Vec<String> {
    let profiles = checked.kinds.iter().map(|kind| job.context.profiles.get(*kind));
    let off: BTreeSet<&String> = profiles.flat_map(|profile| &profile.rules_off).collect();
    off.into_iter().cloned().collect()
}

pub(super) fn rejected(job: &Job<'_>, refused: &FileRefused, sha256: String) -> FileReport {
    FileReport {
        error: Some(refused.clone()),
        ..FileReport::of(job.name, FileState::Rejected, sha256)
    }
}

pub(super) fn refused(refusal: FileRefusal) -> FileRefused {
    match refusal {
        FileRefusal::Unreadable(error) => unreadable(&error),
        FileRefusal::NoLedger(finding) => FileRefused {
            code: finding.rule.code.to_owned(),
            zh: finding.rule.sentences(Language::Zh, &finding.params),
            en: finding.rule.sentences(Language::En, &finding.params),
        },
    }
}

fn unreadable(error: &ReadError) -> FileRefused {
    FileRefused {
        code: error.code().to_owned(),
        zh: error.message_zh(),
        en: error.message_en(),
    }
}
