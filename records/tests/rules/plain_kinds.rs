//! The cases of the kinds whose rows are records of one division.

use ducha_records::codes::Basis;
use ducha_records::indicators::IndicatorContent;
use ducha_records::rules;

use super::support::ledger::*;
use super::support::plain::{self, indicator};
use super::{Case, FIRST, tasks_reported};

pub fn cases() -> Vec<Case> {
    vec![
        // The unit of a name is one for all divisions.
        Case {
            rule: &rules::UNIT_CHANGED,
            broken: || {
                vec![
                    measured(NANMING, "2022-04-30", indicator("修复面积", "公顷", 10)),
                    measured(YUNYAN, "2022-05-31", indicator("修复面积", "亩", 150)),
                ]
            },
            kept: || {
                vec![
                    measured(NANMING, "2022-04-30", indicator("修复面积", "公顷", 10)),
                    measured(YUNYAN, "2022-05-31", indicator("修复面积", "公顷", 15)),
                ]
            },
            wanted: &[(FIRST, "unit", "亩")],
        },
        Case {
            rule: &rules::DONE_WENT_DOWN,
            broken: || {
                vec![
                    measured(NANMING, "2022-04-30", indicator("矿山", "个", 12)),
                    measured(NANMING, "2022-05-31", indicator("矿山", "个", 10)),
                ]
            },
            // What is of a period may be less than that of the last.
            kept: || {
                let of_period = |done| IndicatorContent {
                    basis: Basis::InPeriod.code(),
                    ..indicator("矿山", "个", done)
                };
                vec![
                    measured(NANMING, "2022-04-30", of_period(12)),
                    measured(NANMING, "2022-05-31", of_period(10)),
                ]
            },
            wanted: &[(FIRST, "done", "10")],
        },
        Case {
            rule: &rules::TASK_UNKNOWN,
            broken: || vec![tasks_reported("2022-05-31", [task("12", NANMING)]), of_task("13")],
            kept: || vec![tasks_reported("2022-05-31", [task("12", NANMING)]), of_task("12")],
            wanted: &[(FIRST, "task", "13")],
        },
        Case {
            rule: &rules::ISSUE_UNLISTED,
            broken: || vec![handed_over(), decided(Some("2"))],
            kept: || vec![handed_over(), decided(Some("1"))],
            wanted: &[(FIRST, "issue", "2")],
        },
        Case {
            rule: &rules::WENT_BACKWARDS,
            broken: || vec![alerted(Some("2022-05-03")), alerted(None)],
            kept: || vec![alerted(None), alerted(Some("2022-05-03"))],
            wanted: &[(FIRST, "settled_on", "")],
        },
    ]
}

fn measured(division: &str, on: &str, row: IndicatorContent) -> File {
    File::of(on).plain(plain::indicators(division, &[row]))
}

fn of_task(number: &str) -> File {
    let row = IndicatorContent {
        task: Some(number.to_owned()),
        ..indicator("矿山", "个", 10)
    };
    measured(NANMING, "2022-05-31", row)
}

/// The province's list of issues handed over.
fn handed_over() -> File {
    File::register("2022-03-31").plain(plain::issues(&[("1", "违规审批采矿")]))
}

fn decided(issue: Option<&str>) -> File {
    File::of("2022-05-31").plain(plain::decisions(NANMING, &[plain::decision("甲局", issue)]))
}

fn alerted(settled: Option<&str>) -> File {
    let mut row = plain::alert("一级电站", "2022-05-01");
    row.settled_on = settled.map(day);
    File::of("2022-05-31").plain(plain::alerts(NANMING, &[row]))
}
