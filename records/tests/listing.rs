//! Reading petitions and tasks: pages, filters, batches.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::codes::{Channel, Conclusion, PollutionKind, Substantiated};
use ducha_records::page::DateSpan;
use ducha_records::petitions::{self, PetitionFilter};
use ducha_records::tasks::{self, TaskFilter};
use ducha_records::{Db, imports};
use support::ledger::*;
use support::on_both;

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn span(first: &str, last: &str) -> DateSpan {
    let end = |text: &str| (!text.is_empty()).then(|| day(text));
    DateSpan {
        first: end(first),
        last: end(last),
    }
}

fn petition_numbers(db: &mut Db, filter: &PetitionFilter) -> Vec<String> {
    let page = petitions::list(db, &ducha_records::Reach::All, ROUND, filter, "", 100).unwrap();
    assert!(!page.more);
    page.rows.into_iter().map(|row| row.petition.number).collect()
}

fn task_numbers(db: &mut Db, filter: &TaskFilter) -> Vec<String> {
    let page = tasks::list(db, &ducha_records::Reach::All, ROUND, filter, "", 100).unwrap();
    assert!(!page.more);
    page.rows.into_iter().map(|row| row.task.number).collect()
}

fn some_petitions(db: &mut Db) {
    inspect(db, ROUND);
    inspect(db, "gz-2024");
    let rows = [
        petition("D1", NANMING)
            .worded(|wording| {
                wording.batch = Some(1);
                wording.channel = Some(Channel::Phone.code());
                wording.received_on = Some(day("2021-12-06"));
                wording.pollution_kinds = PollutionKind::Water.bit() | PollutionKind::Soil.bit();
            })
            .says(|content| {
                content.conclusion = Conclusion::Concluded.code();
                content.concluded_on = Some(day("2022-01-10"));
                content.substantiated = Some(Substantiated::Partly.code());
            }),
        petition("D2", YUNYAN)
            .worded(|wording| {
                wording.batch = Some(2);
                wording.key_case = true;
                wording.received_on = Some(day("2021-12-07"));
                wording.pollution_kinds = PollutionKind::Air.bit();
            })
            .says(|content| content.substantiated = Some(Substantiated::No.code())),
        petition("D3", NANMING).assigned(&[YUNYAN]),
    ];
    File::of("2022-01-31").petitions(rows).import(db);
    File::of("2022-01-31")
        .inspection("gz-2024")
        .petitions([petition("D9", NANMING)])
        .import(db);
}

#[test]
fn a_petition_filter_finds_what_it_says() {
    let all = PetitionFilter::default;
    let cases = [
        (all(), &["D1", "D2", "D3"][..]),
        (
            PetitionFilter {
                divisions: strings([NANMING]),
                ..all()
            },
            &["D1", "D3"],
        ),
        (
            PetitionFilter {
                divisions: strings([YUNYAN]),
                ..all()
            },
            &["D2", "D3"],
        ),
        (
            PetitionFilter {
                divisions: strings([NANMING, YUNYAN]),
                ..all()
            },
            &["D1", "D2", "D3"],
        ),
        (
            PetitionFilter {
                divisions: strings(["520199"]),
                ..all()
            },
            &[],
        ),
        (
            PetitionFilter {
                batches: vec![1, 2],
                ..all()
            },
            &["D1", "D2"],
        ),
        (
            PetitionFilter {
                channels: vec![Channel::Phone.code()],
                ..all()
            },
            &["D1"],
        ),
        (
            PetitionFilter {
                pollution_kinds: PollutionKind::Soil.bit() | PollutionKind::Air.bit(),
                ..all()
            },
            &["D1", "D2"],
        ),
        (
            PetitionFilter {
                pollution_kinds: PollutionKind::Noise.bit(),
                ..all()
            },
            &[],
        ),
        (
            PetitionFilter {
                conclusions: vec![Conclusion::Open.code()],
                ..all()
            },
            &["D2", "D3"],
        ),
        (
            PetitionFilter {
                substantiated: vec![Substantiated::Partly.code(), Substantiated::No.code()],
                ..all()
            },
            &["D1", "D2"],
        ),
        (
            PetitionFilter {
                key_case: Some(true),
                ..all()
            },
            &["D2"],
        ),
        (
            PetitionFilter {
                key_case: Some(false),
                ..all()
            },
            &["D1", "D3"],
        ),
        (
            PetitionFilter {
                received: span("2021-12-07", ""),
                ..all()
            },
            &["D2"],
        ),
        (
            PetitionFilter {
                received: span("", "2021-12-06"),
                ..all()
            },
            &["D1"],
        ),
        (
            PetitionFilter {
                concluded: span("2022-01-10", "2022-01-10"),
                ..all()
            },
            &["D1"],
        ),
        (
            PetitionFilter {
                concluded: span("2022-01-11", ""),
                ..all()
            },
            &[],
        ),
        (
            PetitionFilter {
                divisions: strings([NANMING]),
                conclusions: vec![0],
                ..all()
            },
            &["D3"],
        ),
    ];
    on_both(|_, db| {
        some_petitions(db);
        for (filter, expected) in &cases {
            assert_eq!(petition_numbers(db, filter), *expected, "{filter:?}");
        }
    });
}

#[test]
fn a_filter_of_a_whole_provinces_divisions_finds_what_one_of_a_few_does() {
    on_both(|_, db| {
        some_petitions(db);
        File::of("2022-01-31")
            .tasks([task("T1", NANMING), task("T2", "520199")])
            .import(db);
        let mut many: Vec<_> = (0..100).map(|index| format!("5205{index:02}")).collect();
        many.push(NANMING.to_owned());
        let of_many = PetitionFilter {
            divisions: many.clone(),
            ..PetitionFilter::default()
        };
        assert_eq!(petition_numbers(db, &of_many), ["D1", "D3"]);
        let of_many = TaskFilter {
            divisions: many,
            ..TaskFilter::default()
        };
        assert_eq!(task_numbers(db, &of_many), ["T1"]);
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_overlap() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = (0..25).map(|index| petition(&format!("D{index:02}"), NANMING).assigned(&[YUNYAN]));
        File::of("2022-01-31").petitions(rows).import(db);
        let filtered = PetitionFilter {
            divisions: strings([YUNYAN, NANMING]),
            ..PetitionFilter::default()
        };
        for filter in [PetitionFilter::default(), filtered] {
            let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
            loop {
                let page = petitions::list(db, &ducha_records::Reach::All, ROUND, &filter, &after, 10).unwrap();
                pages += 1;
                for row in page.rows {
                    let parts: Vec<_> = row
                        .handlings
                        .iter()
                        .map(|part| (part.number.as_str(), part.division.as_str()))
                        .collect();
                    let number = row.petition.number.as_str();
                    assert_eq!(parts, [(number, NANMING), (number, YUNYAN)]);
                    after.clone_from(&row.petition.number);
                    seen.push(row.petition.number);
                }
                if !page.more {
                    break;
                }
            }
            assert_eq!(seen, (0..25).map(|index| format!("D{index:02}")).collect::<Vec<_>>());
            assert_eq!(pages, 3);
        }
    });
}

#[test]
fn numbers_are_ordered_byte_by_byte_on_both_databases() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let numbers = ["a", "B", "D10", "D2", "D-1", "黔1", "Z"];
        File::of("2022-01-31")
            .petitions(numbers.map(|number| petition(number, NANMING)))
            .import(db);
        let mut expected = numbers.map(str::to_owned);
        expected.sort();
        assert_eq!(petition_numbers(db, &PetitionFilter::default()), expected);
    });
}

#[test]
fn a_batch_gives_those_that_there_are() {
    on_both(|_, db| {
        some_petitions(db);
        let found = petitions::batch(
            db,
            &ducha_records::Reach::All,
            ROUND,
            &strings(["D3", "D9", "D1", "D1"]),
        )
        .unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|row| (row.petition.number.as_str(), row.handlings.len()))
            .collect();
        assert_eq!(found, [("D1", 1), ("D3", 2)]);
        assert!(
            petitions::batch(db, &ducha_records::Reach::All, ROUND, &[])
                .unwrap()
                .is_empty()
        );
        File::of("2022-01-31")
            .tasks([task("T1", NANMING).assigned(&[YUNYAN])])
            .import(db);
        let found = tasks::batch(db, &ducha_records::Reach::All, ROUND, &strings(["T1", "T2"])).unwrap();
        assert_eq!((found.len(), found[0].progress.len()), (1, 2));
    });
}

#[test]
fn a_record_of_another_inspection_is_not_found() {
    on_both(|_, db| {
        some_petitions(db);
        assert_eq!(
            petitions::get(db, &ducha_records::Reach::All, ROUND, "D9").unwrap(),
            None
        );
        assert!(
            petitions::get(db, &ducha_records::Reach::All, "gz-2024", "D9")
                .unwrap()
                .is_some()
        );
        assert_eq!(tasks::get(db, &ducha_records::Reach::All, ROUND, "D1").unwrap(), None);
    });
}

#[test]
fn file_names_are_found_for_more_imports_than_one_statement_takes() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let import = File::of("2022-01-31")
            .petitions([petition("D1", NANMING)])
            .import(db)
            .import;
        let mut ids: Vec<_> = (0..40_000).map(|index| format!("missing-{index}")).collect();
        ids.push(import.id.clone());
        let names = imports::file_names(db, &ids).unwrap();
        assert_eq!(names, [(import.id, "台账.xlsx".to_owned())].into());
    });
}
