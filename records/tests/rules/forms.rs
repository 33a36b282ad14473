//! The cases of changed forms.

use ducha_records::rules;

use super::support::ledger::*;
use super::{Case, FIRST, Files, open, reported};

/// Columns of a form.
type Form<'f> = &'f [(&'f str, &'f str)];

const FORM: Form<'_> = &[
    ("number", "受理编号"),
    ("complaint", "举报内容"),
    ("conclusion", "是否办结"),
];
/// The last row of its header.
const HEADER: i64 = 3;

fn april_in(form: Form<'_>) -> File {
    reported("2022-04-30", [open()]).form(form)
}

fn may_in(form: Form<'_>) -> File {
    reported("2022-05-31", [open()]).form(form)
}

fn formed(april: Form<'_>, may: Form<'_>) -> Files {
    vec![april_in(april), may_in(may)]
}

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            rule: &rules::FORM_COLUMN_ADDED,
            broken: || formed(FORM, &[FORM[0], FORM[1], FORM[2], ("remarks", "备注")]),
            kept: || formed(FORM, &[FORM[0], FORM[1], FORM[2], ("", "经办人")]),
            wanted: &[(HEADER, "remarks", "备注")],
        },
        Case {
            rule: &rules::FORM_COLUMN_GONE,
            broken: || formed(FORM, &FORM[..2]),
            kept: || formed(FORM, &[FORM[0], FORM[1], ("", "办接情况")]),
            wanted: &[(HEADER, "conclusion", "是否办结")],
        },
        Case {
            rule: &rules::FORM_COLUMN_RENAMED,
            broken: || formed(FORM, &[FORM[0], FORM[1], ("conclusion", "办结情况")]),
            kept: || formed(FORM, &[FORM[0], FORM[1], ("conclusion", "＊是否 办结")]),
            wanted: &[(HEADER, "conclusion", "办结情况")],
        },
        Case {
            rule: &rules::FORM_COLUMN_MOVED,
            broken: || formed(FORM, &[FORM[2], FORM[0], FORM[1]]),
            kept: || formed(FORM, &[("", "序"), FORM[0], FORM[1], FORM[2]]),
            wanted: &[(HEADER, "conclusion", "是否办结")],
        },
        Case {
            rule: &rules::FORM_WORD_NEW,
            broken: || vec![april_in(FORM), may_in(FORM).word("conclusion", "办结", "已办结")],
            kept: || {
                let april = april_in(FORM).word("conclusion", "办结", "已办结");
                vec![april, may_in(FORM).word("conclusion", "办结", "已办结")]
            },
            wanted: &[(FIRST, "conclusion", "办结")],
        },
    ]
}
