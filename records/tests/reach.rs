//! What is in reach is found whole, what is not is not there, whatever is asked for.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::petitions::{self, PetitionFilter};
use ducha_records::tasks::{self, TaskFilter};
use ducha_records::{Db, Reach, search};
use support::ledger::*;
use support::on_both;

const GUIYANG: &str = "520100";
const ZUNYI: &str = "520300";

/// Guiyang's counties share one petition, one is nobody's yet; its tasks are alike.
fn seed(db: &mut Db) {
    inspect(db, ROUND);
    File::register("2022-01-01")
        .petitions([
            petition("D1", PROVINCE).assigned(&[NANMING, YUNYAN]),
            petition("D2", PROVINCE),
            petition("D3", PROVINCE).assigned(&[YUNYAN]),
        ])
        .tasks([task("T1", PROVINCE).assigned(&[NANMING, YUNYAN]), task("T2", PROVINCE)])
        .import(db);
    let reported = petition("D1", YUNYAN).says(|content| content.investigation = Some("云岩查明扬尘".to_owned()));
    File::of("2022-01-31").petitions([reported]).import(db);
}

fn numbers(db: &mut Db, reach: &Reach, filter: &PetitionFilter) -> Vec<String> {
    let page = petitions::list(db, reach, ROUND, filter, "", 100).unwrap();
    page.rows.into_iter().map(|row| row.petition.number).collect()
}

fn of(db: &mut Db, division: &str) -> Reach {
    Reach::of(db, Some(division)).unwrap()
}

#[test]
fn a_province_also_sees_what_is_nobodys_yet() {
    on_both(|_, db| {
        seed(db);
        let all = PetitionFilter::default();
        for (division, seen) in [
            (PROVINCE, &["D1", "D2", "D3"][..]),
            (GUIYANG, &["D1", "D3"]),
            (YUNYAN, &["D1", "D3"]),
            (NANMING, &["D1"]),
            (ZUNYI, &[]),
        ] {
            let reach = of(db, division);
            assert_eq!(numbers(db, &reach, &all), seen, "{division}");
            let page = tasks::list(db, &reach, ROUND, &TaskFilter::default(), "", 100).unwrap();
            let found: Vec<_> = page.rows.iter().map(|row| row.task.number.as_str()).collect();
            let wanted: &[&str] = match division {
                PROVINCE => &["T1", "T2"],
                ZUNYI => &[],
                _ => &["T1"],
            };
            assert_eq!(found, wanted, "{division}");
            for number in ["D1", "D2", "D3"] {
                let got = petitions::get(db, &reach, ROUND, number).unwrap();
                assert_eq!(got.is_some(), seen.contains(&number), "{division} {number}");
            }
        }
    });
}

#[test]
fn parts_and_origins_out_of_reach_are_left_out() {
    on_both(|_, db| {
        seed(db);
        let parts = |record: &petitions::PetitionWithParts| -> Vec<String> {
            record.handlings.iter().map(|part| part.division.clone()).collect()
        };
        let reach = of(db, NANMING);
        let county = petitions::get(db, &reach, ROUND, "D1").unwrap().unwrap();
        assert_eq!(parts(&county), [NANMING]);
        assert_eq!(
            (county.petition.import_id.as_str(), county.petition.sheet.as_str()),
            ("", "")
        );
        let numbers = ["D1", "D2", "D3"].map(str::to_owned);
        assert_eq!(petitions::batch(db, &reach, ROUND, &numbers).unwrap(), [county]);
        let reach = of(db, PROVINCE);
        let province = petitions::get(db, &reach, ROUND, "D1").unwrap().unwrap();
        assert_eq!(parts(&province), [NANMING, YUNYAN]);
        assert_ne!(province.petition.import_id, "");
    });
}

#[test]
fn a_text_of_a_part_out_of_reach_is_not_found_indexed_or_not() {
    on_both(|_, db| {
        seed(db);
        let filter = PetitionFilter {
            text: Some("云岩查明扬尘".to_owned()),
            ..PetitionFilter::default()
        };
        for _ in 0..2 {
            for (division, seen) in [
                (YUNYAN, &["D1"][..]),
                (GUIYANG, &["D1"]),
                (NANMING, &[]),
                (PROVINCE, &["D1"]),
            ] {
                let reach = of(db, division);
                assert_eq!(numbers(db, &reach, &filter), seen, "{division}");
            }
            search::index_pending(db, &mut |_| ()).unwrap();
        }
    });
}

#[test]
fn a_filter_of_divisions_out_of_reach_finds_nothing() {
    on_both(|_, db| {
        seed(db);
        let of_yunyan = PetitionFilter {
            divisions: vec![YUNYAN.to_owned()],
            ..PetitionFilter::default()
        };
        for (division, seen) in [(YUNYAN, &["D1", "D3"][..]), (GUIYANG, &["D1", "D3"]), (NANMING, &[])] {
            let reach = of(db, division);
            assert_eq!(numbers(db, &reach, &of_yunyan), seen, "{division}");
        }
    });
}
