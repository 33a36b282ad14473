//! Text search gives the same answers on both databases, however far the index has come.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::codes::Conclusion;
use ducha_records::petitions::{self, PetitionFilter};
use ducha_records::search::index_pending;
use ducha_records::tasks::{self, TaskFilter};
use ducha_records::{Db, imports};
use support::ledger::*;
use support::{Fresh, on_both};

fn with_text(text: &str) -> PetitionFilter {
    PetitionFilter {
        text: Some(text.to_owned()),
        ..PetitionFilter::default()
    }
}

fn found(db: &mut Db, text: &str) -> Vec<String> {
    let page = petitions::list(db, &ducha_records::Reach::All, ROUND, &with_text(text), "", 1_000).unwrap();
    page.rows.into_iter().map(|row| row.petition.number).collect()
}

fn index(db: &mut Db) -> u64 {
    index_pending(db, &mut |_| ()).unwrap()
}

fn complaint(number: &str, text: &str) -> PetitionRow {
    petition(number, NANMING).worded(|wording| text.clone_into(&mut wording.complaint))
}

/// Numbers that look random and are the same in every run.
struct Lot(u64);

impl Lot {
    fn draw(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }

    fn text(&mut self, longest: usize) -> String {
        let letters = ['水', '污', '染', 'a', 'B', '1', '𬭼'];
        let length = self.draw(longest + 1);
        (0..length).map(|_| letters[self.draw(letters.len())]).collect()
    }
}

fn simple(text: &str) -> String {
    text.to_lowercase()
}

#[test]
fn an_index_and_a_plain_comparison_find_the_same() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut lot = Lot(7);
        let mut texts: Vec<(String, String, String)> = Vec::new();
        // The first file is indexed, then half of it is changed; the second is not.
        for changed in [false, true] {
            let mut rows = Vec::new();
            for index in 0..60 {
                let number = format!("D{index:03}");
                if !changed || index % 2 == 0 {
                    let (one, other) = (lot.text(600), lot.text(20));
                    rows.push(complaint(&number, &one).says(|content| content.handling = Some(other.clone())));
                    texts.retain(|(stored, ..)| *stored != number);
                    texts.push((number, one, other));
                }
            }
            File::of("2022-01-31").petitions(rows).import(db);
            if !changed {
                assert_eq!(index(db), 60);
            }
        }
        texts.sort();
        for done in [false, true] {
            if done {
                assert_eq!(index(db), 30);
            }
            for length in [2, 3, 4, 5, 8] {
                let phrase: String = (0..length).flat_map(|_| lot.text(7).chars().next()).collect::<String>() + "水污";
                let expected: Vec<_> = texts
                    .iter()
                    .filter(|(_, one, other)| [one, other].iter().any(|text| simple(text).contains(&simple(&phrase))))
                    .map(|(number, ..)| number.clone())
                    .collect();
                assert_eq!(found(db, &phrase), expected, "{phrase}, indexed: {done}");
            }
            for start in [0, 100, 192, 193, 255] {
                let text: Vec<char> = texts
                    .iter()
                    .map(|(_, one, _)| one)
                    .max_by_key(|one| one.len())
                    .unwrap()
                    .chars()
                    .collect();
                let phrase: String = text[start..start + 64].iter().collect();
                assert_eq!(found(db, &phrase).len(), 1, "characters from {start}");
            }
        }
    });
}

#[test]
fn indexing_marks_imports_and_a_second_run_finds_nothing_to_do() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = (0..600).map(|index| complaint(&format!("D{index:04}"), "养殖场臭气扰民"));
        let large = File::of("2022-01-31").petitions(rows).import(db).import;
        let small = File::of("2022-01-31")
            .petitions([complaint("E1", "夜间施工噪声")])
            .import(db)
            .import;
        let mut steps = Vec::new();
        assert_eq!(index_pending(db, &mut |records| steps.push(records)).unwrap(), 601);
        assert!(
            steps.len() > 1 && steps.is_sorted() && steps.last() == Some(&601),
            "{steps:?}"
        );
        for import in [large, small] {
            assert!(imports::get(db, &import.id).unwrap().unwrap().indexed);
        }
        assert_eq!(index(db), 0);
        assert_eq!(
            (found(db, "臭气").len(), found(db, "施工噪声"), found(db, "气扰民夜")),
            (600, vec!["E1".to_owned()], vec![])
        );
    });
}

#[test]
fn a_text_that_is_no_longer_there_is_not_found() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([complaint("D1", "原来的说法"), complaint("D2", "原来的说法")])
            .import(db);
        index(db);
        File::of("2022-02-28")
            .petitions([complaint("D1", "后来的说法")])
            .import(db);
        for done in [false, true] {
            if done {
                index(db);
            }
            assert_eq!(
                (found(db, "原来"), found(db, "后来"), found(db, "说法").len()),
                (vec!["D2".to_owned()], vec!["D1".to_owned()], 2)
            );
        }
    });
}

#[test]
fn every_text_of_a_record_is_searched_and_none_runs_into_the_next() {
    on_both(|_, db| {
        inspect(db, ROUND);
        inspect(db, "gz-2024");
        let row = complaint("D1", "投诉甲").says(|content| {
            content.investigation = Some("核查乙".to_owned());
            content.handling = Some("处理丙".to_owned());
            content.measures = Some("措施丁".to_owned());
            content.latest_progress = Some("进展戊".to_owned());
            content.remarks = Some("备注己".to_owned());
        });
        let other = complaint("D1", "别处").says(|content| content.handling = Some("处理庚".to_owned()));
        let second = PetitionRow {
            division: YUNYAN.to_owned(),
            ..other
        };
        let t1 = task("T1", NANMING)
            .worded(|wording| {
                wording.problem = "问题甲".to_owned();
                wording.target = Some("目标乙".to_owned());
                wording.measures = Some("措施丙".to_owned());
            })
            .says(|content| content.progress = Some("进展丁".to_owned()));
        File::of("2022-01-31").petitions([row, second]).tasks([t1]).import(db);
        File::of("2022-01-31")
            .inspection("gz-2024")
            .petitions([complaint("X1", "投诉甲")])
            .import(db);
        for done in [false, true] {
            if done {
                index(db);
            }
            for text in ["投诉甲", "查乙", "理丙", "措施丁", "戊", "处理庚"]
                .into_iter()
                .filter(|text| text.chars().count() > 1)
            {
                assert_eq!(found(db, text), ["D1"], "{text}, indexed: {done}");
            }
            for text in ["备注己", "甲核", "丁进", "问题甲"] {
                assert!(found(db, text).is_empty(), "{text}, indexed: {done}");
            }
            for (text, hits) in [
                ("问题甲", 1),
                ("目标乙", 1),
                ("措施丙", 1),
                ("展丁", 1),
                ("投诉", 0),
                ("甲目", 0),
            ] {
                let filter = TaskFilter {
                    text: Some(text.to_owned()),
                    ..TaskFilter::default()
                };
                assert_eq!(
                    tasks::list(db, &ducha_records::Reach::All, ROUND, &filter, "", 10)
                        .unwrap()
                        .rows
                        .len(),
                    hits,
                    "{text}, indexed: {done}"
                );
            }
        }
    });
}

#[test]
fn a_search_pages_and_joins_with_the_other_conditions() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let row = |index: i16| {
            complaint(&format!("D{index:03}"), "扬尘")
                .says(|content| content.conclusion = index % 2 * Conclusion::Concluded.code())
        };
        File::of("2022-01-31").petitions((0..300).map(row)).import(db);
        index(db);
        File::of("2022-01-31").petitions((300..600).map(row)).import(db);
        File::of("2022-02-28")
            .petitions(
                (0..600)
                    .step_by(10)
                    .map(|index| row(index).says(|content| content.ordered = Some(1))),
            )
            .import(db);
        for (conclusion, expected) in [(Conclusion::Open, 0), (Conclusion::Concluded, 1)] {
            let filter = PetitionFilter {
                conclusions: vec![conclusion.code()],
                ..with_text("扬尘")
            };
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = petitions::list(db, &ducha_records::Reach::All, ROUND, &filter, &after, 70).unwrap();
                seen.extend(page.rows.into_iter().map(|row| row.petition.number));
                if !page.more {
                    break;
                }
                after.clone_from(seen.last().unwrap());
            }
            let all: Vec<_> = (expected..600).step_by(2).map(|index| format!("D{index:03}")).collect();
            assert_eq!(seen, all);
        }
    });
}

#[test]
fn two_that_index_at_once_do_no_harm() {
    on_both(|fresh: &Fresh, db| {
        inspect(db, ROUND);
        let rows = (0..1_500).map(|index| complaint(&format!("D{index:04}"), "养殖场臭气扰民"));
        File::of("2022-01-31").petitions(rows).import(db);
        let counted: u64 = std::thread::scope(|scope| {
            let start = || {
                let mut own = fresh.open();
                scope.spawn(move || index(&mut own))
            };
            let threads = [start(), start()];
            threads.map(|thread| thread.join().unwrap()).iter().sum()
        });
        assert_eq!(counted, 1_500);
        assert_eq!(found(db, "臭气").len(), 1_000);
        assert_eq!(
            petitions::list(
                db,
                &ducha_records::Reach::All,
                ROUND,
                &with_text("臭气"),
                "D0999",
                1_000
            )
            .unwrap()
            .rows
            .len(),
            500
        );
    });
}

#[test]
fn a_common_text_is_found_wherever_a_page_begins() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let number = |index: usize| format!("D{index:04}");
        let common = |index: usize| complaint(&number(index), "村民反映养殖场臭气扰民");
        File::of("2022-01-31").petitions((0..1_200).map(common)).import(db);
        index(db);
        // What changed since: one says something else now, one is new.
        File::of("2022-02-28")
            .petitions([complaint(&number(500), "改说噪声"), common(1_200)])
            .import(db);
        let expected: Vec<_> = (0..=1_200).filter(|index| *index != 500).map(number).collect();
        for done in [false, true] {
            if done {
                index(db);
            }
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = petitions::list(
                    db,
                    &ducha_records::Reach::All,
                    ROUND,
                    &with_text("养殖场臭气"),
                    &after,
                    250,
                )
                .unwrap();
                seen.extend(page.rows.into_iter().map(|row| row.petition.number));
                if !page.more {
                    break;
                }
                after.clone_from(seen.last().unwrap());
            }
            assert_eq!(seen, expected, "indexed: {done}");
        }
    });
}

#[test]
fn a_text_that_cannot_be_searched_for_is_an_error() {
    on_both(|_, db| {
        inspect(db, ROUND);
        for text in ["水", " ", &"水".repeat(65)] {
            let outcome = petitions::list(db, &ducha_records::Reach::All, ROUND, &with_text(text), "", 10);
            assert!(
                outcome.unwrap_err().to_string().contains("2 to 64 characters"),
                "{text:?}"
            );
        }
        for text in ["'; --", "\"a\" OR \"b\"", "a* & !b", "%_"] {
            assert!(found(db, text).is_empty(), "{text:?}");
        }
    });
}
