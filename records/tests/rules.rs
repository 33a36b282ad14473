//! A case for each rule against stored records: ledgers that break it, in which exactly that is found, and ledgers as
//! near to them as can be in which nothing is. On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

#[path = "rules/forms.rs"]
mod forms;
#[path = "rules/plain_kinds.rs"]
mod plain_kinds;
mod support;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use ducha_records::Db;
use ducha_records::codes::{Closure, Conclusion, Substantiated, TaskStatus};
use ducha_records::findings::NewFinding;
use ducha_records::rules::{self, Language, Params, Rule};
use support::ledger::*;
use support::on_both;

/// Ledgers in the order they come in; the findings are those of the last one.
type Files = Vec<File>;

struct Case {
    rule: &'static Rule,
    broken: fn() -> Files,
    kept: fn() -> Files,
    /// Row (0: of the whole file), field and value of each finding.
    wanted: &'static [(i64, &'static str, &'static str)],
}

const PETITION: &str = "X2GZ202112070001";
const OTHER: &str = "X2GZ202112080002";

/// Row of a file's first row of data.
const FIRST: i64 = 4;

fn reported(on: &str, rows: impl IntoIterator<Item = PetitionRow>) -> File {
    File::of(on).division(NANMING).petitions(rows)
}

fn tasks_reported(on: &str, rows: impl IntoIterator<Item = TaskRow>) -> File {
    File::of(on).division(NANMING).tasks(rows)
}

fn list() -> File {
    File::register("2021-12-31").petitions([
        petition(PETITION, PROVINCE).assigned(&[NANMING]),
        petition(OTHER, PROVINCE).assigned(&[YUNYAN]),
    ])
}

fn done() -> PetitionRow {
    concluded(PETITION, NANMING, "2022-01-10")
}

fn remarked() -> PetitionRow {
    done().says(|content| content.remarks = Some("已公示".to_owned()))
}

fn open() -> PetitionRow {
    petition(PETITION, NANMING)
}

fn completed() -> TaskRow {
    task("12", NANMING).says(|content| {
        content.status = TaskStatus::Completed.code();
        content.closure = Closure::Accepted.code();
    })
}

fn closed() -> TaskRow {
    completed().says(|content| content.closure = Closure::Closed.code())
}

fn due(on: &str) -> TaskRow {
    task("12", NANMING).worded(|wording| wording.due_on = Some(day(on)))
}

fn fined(fen: i64, interviewed: i32) -> PetitionRow {
    open().says(|content| {
        content.fine_fen = Some(fen);
        content.interviewed = Some(interviewed);
    })
}

fn of_yunyan(answer: Substantiated) -> PetitionRow {
    petition(PETITION, YUNYAN).says(|content| content.substantiated = Some(answer.code()))
}

fn april_and_may(first: PetitionRow, second: PetitionRow) -> Files {
    vec![reported("2022-04-30", [first]), reported("2022-05-31", [second])]
}

fn tasks_of_april_and_may(first: TaskRow, second: TaskRow) -> Files {
    vec![
        tasks_reported("2022-04-30", [first]),
        tasks_reported("2022-05-31", [second]),
    ]
}

fn cases() -> Vec<Case> {
    vec![
        Case {
            rule: &rules::NUMBER_UNLISTED,
            broken: || vec![list(), reported("2022-05-31", [petition("X2GZ202112090003", NANMING)])],
            kept: || vec![list(), reported("2022-05-31", [open()])],
            wanted: &[(FIRST, "number", "X2GZ202112090003")],
        },
        Case {
            rule: &rules::NOT_ASSIGNED,
            broken: || vec![list(), reported("2022-05-31", [petition(OTHER, NANMING)])],
            kept: || vec![list(), File::of("2022-05-31").petitions([petition(OTHER, YUNYAN)])],
            wanted: &[(FIRST, "number", OTHER)],
        },
        Case {
            rule: &rules::OLDER_THAN_STORED,
            broken: || vec![reported("2022-05-31", [done()]), reported("2022-04-30", [open()])],
            kept: || vec![reported("2022-05-31", [done()]), reported("2022-04-30", [done()])],
            wanted: &[(FIRST, "number", PETITION)],
        },
        Case {
            rule: &rules::WENT_BACKWARDS,
            broken: || april_and_may(done(), open()),
            kept: || april_and_may(open(), done()),
            wanted: &[(FIRST, "conclusion", "未办结")],
        },
        Case {
            rule: &rules::WENT_BACKWARDS,
            broken: || tasks_of_april_and_may(completed(), task("12", NANMING)),
            kept: || tasks_of_april_and_may(task("12", NANMING), completed()),
            wanted: &[(FIRST, "status", "尚未启动")],
        },
        Case {
            rule: &rules::PARTS_CONTRADICT,
            broken: || {
                vec![
                    File::of("2022-05-31").petitions([of_yunyan(Substantiated::No)]),
                    reported("2022-05-31", [done()]),
                ]
            },
            kept: || {
                vec![
                    File::of("2022-05-31").petitions([of_yunyan(Substantiated::Partly)]),
                    reported("2022-05-31", [done()]),
                ]
            },
            wanted: &[(FIRST, "substantiated", "")],
        },
        Case {
            rule: &rules::DEADLINE_MOVED,
            broken: || tasks_of_april_and_may(due("2022-12-31"), due("2023-12-31")),
            kept: || {
                let late = due("2022-12-31").says(|content| content.status = TaskStatus::Behind.code());
                tasks_of_april_and_may(due("2022-12-31"), late)
            },
            wanted: &[(FIRST, "deadline", "2023-12-31")],
        },
        // Reopened and gone backwards is one mistake.
        Case {
            rule: &rules::REOPENED,
            broken: || tasks_of_april_and_may(closed(), task("12", NANMING)),
            kept: || tasks_of_april_and_may(completed(), closed()),
            wanted: &[(FIRST, "closure", "未销号")],
        },
        Case {
            rule: &rules::REOPENED,
            broken: || {
                april_and_may(
                    done().says(|content| content.conclusion = Conclusion::Closed.code()),
                    done(),
                )
            },
            kept: || {
                april_and_may(
                    done(),
                    done().says(|content| content.conclusion = Conclusion::Closed.code()),
                )
            },
            wanted: &[(FIRST, "conclusion", "已办结")],
        },
        Case {
            rule: &rules::ROW_GONE,
            broken: || {
                vec![
                    reported("2022-04-30", [done(), petition(OTHER, NANMING)]),
                    reported("2022-05-31", [done()]),
                ]
            },
            kept: || {
                vec![
                    reported("2022-04-30", [done(), petition(OTHER, NANMING)]),
                    File::of("2022-04-30").petitions([petition("X2GZ202112090003", YUNYAN)]),
                    reported("2022-05-31", [done()]).partial(),
                    // One without petitions, and one that is older.
                    tasks_reported("2022-05-31", [task("12", NANMING)]),
                    reported("2022-03-31", [done()]),
                ]
            },
            wanted: &[(0, "number", OTHER)],
        },
        Case {
            rule: &rules::SUBSTANTIATED_CHANGED,
            broken: || {
                april_and_may(
                    done(),
                    done().says(|content| content.substantiated = Some(Substantiated::No.code())),
                )
            },
            // What is not concluded may still be found to be otherwise.
            kept: || {
                let answered =
                    |answer: Substantiated| open().says(|content| content.substantiated = Some(answer.code()));
                april_and_may(answered(Substantiated::Yes), answered(Substantiated::No))
            },
            wanted: &[(FIRST, "substantiated", "不属实")],
        },
        Case {
            rule: &rules::FIGURES_FELL,
            broken: || april_and_may(fined(5_000_000, 3), fined(300_000, 2)),
            kept: || april_and_may(fined(300_000, 2), fined(5_000_000, 2)),
            wanted: &[(FIRST, "number", PETITION)],
        },
        Case {
            rule: &rules::CONCLUDED_ON_CHANGED,
            broken: || april_and_may(done(), concluded(PETITION, NANMING, "2022-01-12")),
            kept: || april_and_may(done(), remarked()),
            wanted: &[(FIRST, "concluded_on", "2022-01-12")],
        },
        // Filled in in April, and sent when May's ledger is stored.
        Case {
            rule: &rules::FILLED_IN_BEFORE,
            broken: || {
                let mut files = april_and_may(open(), done());
                files.push(reported("2022-06-30", [open()]).filled_in_on(1, 1, 1));
                files
            },
            kept: || {
                let mut files = april_and_may(open(), done());
                files.push(reported("2022-06-30", [done()]).filled_in_on(1, 1, 1));
                files.push(reported("2022-06-30", [remarked()]).filled_in_on(1, 2, 2));
                files
            },
            wanted: &[(FIRST, "base_version", "1.1")],
        },
        Case {
            rule: &rules::FILLED_IN_BEFORE,
            broken: || {
                let mut files = tasks_of_april_and_may(task("12", NANMING), completed());
                files.push(tasks_reported("2022-06-30", [closed()]).filled_in_on(1, 1, 1));
                files
            },
            // Another division's report makes the task newer, and not this one's part in it.
            kept: || {
                vec![
                    tasks_reported("2022-04-30", [task("12", NANMING)]),
                    File::of("2022-05-31").tasks([task("12", YUNYAN)]),
                    tasks_reported("2022-06-30", [completed()]).filled_in_on(1, 1, 1),
                ]
            },
            wanted: &[(FIRST, "base_version", "1.1")],
        },
    ]
}

fn all_cases() -> Vec<Case> {
    let mut all = cases();
    all.extend(forms::cases());
    all.extend(plain_kinds::cases());
    all
}

/// The findings of the last file.
fn last(db: &mut Db, files: Files) -> Vec<NewFinding> {
    inspect(db, ROUND);
    let mut findings = Vec::new();
    for file in files {
        findings = file.import_with_findings(db).1;
    }
    findings
}

#[test]
fn every_rule_is_found_where_it_is_broken_and_nothing_else_is() {
    for case in all_cases() {
        on_both(|_, db| {
            let findings = last(db, (case.broken)());
            let found: Vec<_> = findings
                .iter()
                .map(|finding| {
                    let row = finding.row_number.unwrap_or(0);
                    (
                        finding.rule.as_str(),
                        (row, finding.field.as_str(), finding.value.as_str()),
                    )
                })
                .collect();
            let wanted: Vec<_> = case.wanted.iter().map(|place| (case.rule.code, *place)).collect();
            assert_eq!(found, wanted, "{}", case.rule.code);
        });
    }
}

#[test]
fn nothing_is_found_where_every_rule_is_kept() {
    for case in all_cases() {
        on_both(|_, db| {
            let found: Vec<String> = last(db, (case.kept)())
                .into_iter()
                .map(|finding| finding.rule)
                .collect();
            assert!(found.is_empty(), "{}: {found:?}", case.rule.code);
        });
    }
}

#[test]
fn every_rule_against_stored_records_has_a_case() {
    let with_case: BTreeSet<_> = all_cases().iter().map(|case| case.rule.code).collect();
    let all: BTreeSet<_> = rules::all()
        .iter()
        .filter(|rule| rule.needs_records())
        .map(|rule| rule.code)
        .collect();
    assert_eq!(with_case, all);
}

/// Every rule as it is read by people: the values are those of its case, and both databases say the same.
#[test]
fn the_texts_in_both_languages() {
    let texts: [RefCell<BTreeMap<_, String>>; 2] = Default::default();
    for case in all_cases() {
        on_both(|_, db| {
            let findings = last(db, (case.broken)());
            let params: Params = serde_json::from_str(&findings[0].params).unwrap();
            let rule = case.rule;
            let unexplained = |name: &&String| !rule.params.iter().any(|param| param.name == **name);
            assert_eq!(params.keys().find(unexplained), None, "{}", rule.code);
            for (language, texts) in [Language::Zh, Language::En].into_iter().zip(&texts) {
                let (found, hint) = (rule.render(language, &params), rule.hint(language, &params));
                let text = format!("{}\n  {found}\n  {hint}\n", rule.code);
                assert!(!text.contains('{'), "{text}");
                let mut texts = texts.borrow_mut();
                let known = texts.entry((rule.code, case.wanted)).or_insert_with(|| text.clone());
                assert_eq!(*known, text);
            }
        });
    }
    let [zh, en] = texts.map(|texts| texts.into_inner().into_values().collect::<String>());
    insta::assert_snapshot!("stored_zh", zh);
    insta::assert_snapshot!("stored_en", en);
}

#[test]
fn a_ledger_with_refused_rows_does_not_tell_which_rows_are_gone() {
    on_both(|_, db| {
        let files = vec![
            reported("2022-04-30", [done(), petition(OTHER, NANMING)]),
            reported("2022-05-31", [done(), petition(OTHER, NANMING)]).withdrawing([2]),
        ];
        assert_eq!(last(db, files), []);
    });
}
