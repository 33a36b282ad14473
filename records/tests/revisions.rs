//! The history of a record, and the feed of all: whole for who may see it, and no more than that for others.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use chrono::Utc;
use ducha_records::audit::AuditEvent;
use ducha_records::codes::{AuditOutcome, Change, RecordKind};
use ducha_records::revisions::{self, ChangeFilter, RecordKey, Revision};
use ducha_records::{Db, Reach, feed};
use serde_json::json;
use support::ledger::*;
use support::on_both;

fn key(number: &str) -> RecordKey {
    RecordKey {
        kind: RecordKind::Petition.code(),
        number: number.to_owned(),
        division: None,
    }
}

fn history(db: &mut Db, reach: &Reach, number: &str) -> Vec<Revision> {
    let page = revisions::of_record(db, reach, ROUND, &key(number), None, 100).unwrap();
    assert!(!page.more);
    page.rows
}

fn all(db: &mut Db, reach: &Reach, filter: &ChangeFilter) -> Vec<Revision> {
    let end = feed::end(db, ROUND).unwrap().unwrap().sequence;
    let (mut found, mut after) = (Vec::new(), 0);
    while after < end {
        let stretch = revisions::behind(db, reach, ROUND, filter, (after, end), 2).unwrap();
        assert!(stretch.to > after, "it goes on");
        after = stretch.to;
        found.extend(stretch.rows);
    }
    found
}

fn of(db: &mut Db, division: &str) -> Reach {
    Reach::of(db, Some(division)).unwrap()
}

/// Nanming reports D1 and D2 and changes D1 twice; Yunyan has a part in D1.
fn seed(db: &mut Db) {
    inspect(db, ROUND);
    let d1 = |text: &str| {
        let text = text.to_owned();
        petition("D1", NANMING).says(|content| content.investigation = Some(text))
    };
    File::of("2022-01-31")
        .petitions([d1("一"), petition("D2", NANMING)])
        .import(db);
    File::of("2022-02-01").petitions([petition("D1", YUNYAN)]).import(db);
    File::of("2022-02-28").petitions([d1("二")]).import(db);
    let worded = d1("三").worded(|wording| wording.complaint = "另述".to_owned());
    File::of("2022-03-31").petitions([worded]).import(db);
}

#[test]
fn a_records_history_comes_latest_first_with_each_field_before_and_after() {
    on_both(|_, db| {
        seed(db);
        let found = history(db, &Reach::All, "D1");
        let changes: Vec<_> = found.iter().map(|each| (each.sequence, each.change)).collect();
        let (created, updated) = (Change::Created.code(), Change::Updated.code());
        assert_eq!(changes, [(5, updated), (4, updated), (3, created), (1, created)]);
        let fields = found[1].fields();
        assert_eq!(fields.len(), 1);
        assert_eq!(
            (fields[0].field.as_str(), &fields[0].before, &fields[0].after),
            ("investigation", &json!("一"), &json!("二"))
        );
        assert!(found[3].fields().is_empty(), "a creation keeps no copy");
        let first = revisions::of_record(db, &Reach::All, ROUND, &key("D1"), None, 3).unwrap();
        assert!(first.more);
        let rest = revisions::of_record(db, &Reach::All, ROUND, &key("D1"), Some(3), 3).unwrap();
        assert_eq!((rest.rows, rest.more), (found[3..].to_vec(), false));
        let yunyan = RecordKey {
            division: Some(YUNYAN.to_owned()),
            ..key("D1")
        };
        let part = revisions::of_record(db, &Reach::All, ROUND, &yunyan, None, 3).unwrap();
        assert_eq!(part.rows, found[2..3]);
    });
}

#[test]
fn of_anothers_part_only_the_common_wording_is_seen() {
    on_both(|_, db| {
        seed(db);
        let yunyan = of(db, YUNYAN);
        let found = history(db, &yunyan, "D1");
        assert_eq!(
            found.len(),
            4,
            "each of them changed the petition that it has a part in"
        );
        let complaint: Vec<_> = found[0].fields().into_iter().map(|each| each.field).collect();
        assert_eq!(complaint, ["complaint"]);
        assert!(found[1].fields().is_empty());
        for foreign in [&found[0], &found[1], &found[3]] {
            let told = [&foreign.division, &foreign.import_id, &foreign.sheet, &foreign.actor];
            assert_eq!((told, foreign.row_number), ([""; 4].map(String::from).each_ref(), 0));
        }
        assert_eq!(found[2].division, YUNYAN);
        assert_ne!(found[2].import_id, "");
        assert!(history(db, &yunyan, "D2").is_empty());
        let nanming = RecordKey {
            division: Some(NANMING.to_owned()),
            ..key("D1")
        };
        let foreign = revisions::of_record(db, &yunyan, ROUND, &nanming, None, 9).unwrap();
        assert!(foreign.rows.is_empty());
        let province = of(db, PROVINCE);
        assert_eq!(history(db, &province, "D1"), history(db, &Reach::All, "D1"));
    });
}

#[test]
fn the_provinces_list_names_only_divisions_in_reach() {
    on_both(|_, db| {
        inspect(db, ROUND);
        for (day, divisions) in [("2022-01-01", &[NANMING][..]), ("2022-01-02", &[NANMING, YUNYAN])] {
            File::register(day)
                .petitions([petition("D1", PROVINCE).assigned(divisions)])
                .import(db);
        }
        let assigned = |found: &[Revision]| -> Vec<_> {
            let fields = found.iter().flat_map(Revision::fields);
            fields.map(|each| (each.field, each.before, each.after)).collect()
        };
        let field = "assigned".to_owned();
        let province = of(db, PROVINCE);
        let whole = history(db, &province, "D1");
        let both = (field.clone(), json!([NANMING]), json!([NANMING, YUNYAN]));
        assert_eq!(assigned(&whole), [both]);
        let reach = of(db, YUNYAN);
        assert_eq!(
            assigned(&history(db, &reach, "D1")),
            [(field, json!([]), json!([YUNYAN]))]
        );
        let reach = of(db, NANMING);
        assert!(assigned(&history(db, &reach, "D1")).is_empty(), "nothing that it sees");
    });
}

#[test]
fn the_feed_brings_everything_in_reach_once_and_in_order() {
    on_both(|_, db| {
        seed(db);
        let any = ChangeFilter::default();
        let numbers = |found: Vec<Revision>| -> Vec<i64> { found.iter().map(|each| each.sequence).collect() };
        assert_eq!(numbers(all(db, &Reach::All, &any)), [1, 2, 3, 4, 5]);
        let yunyan = of(db, YUNYAN);
        assert_eq!(numbers(all(db, &yunyan, &any)), [1, 3, 4, 5]);
        let zunyi = of(db, "520302");
        assert!(all(db, &zunyi, &any).is_empty());
        let own = ChangeFilter {
            divisions: vec![YUNYAN.to_owned()],
            ..ChangeFilter::default()
        };
        assert_eq!(numbers(all(db, &Reach::All, &own)), [3]);
        let tasks = ChangeFilter {
            kinds: vec![RecordKind::Task.code()],
            ..ChangeFilter::default()
        };
        assert!(all(db, &Reach::All, &tasks).is_empty());
    });
}

#[test]
fn a_place_of_another_epoch_or_behind_the_end_leads_nowhere() {
    on_both(|_, db| {
        seed(db);
        let end = feed::end(db, ROUND).unwrap().unwrap();
        assert_eq!(end.sequence, 5);
        assert!(end.leads_to(&end));
        let ahead = feed::Position {
            sequence: 6,
            ..end.clone()
        };
        assert!(!ahead.leads_to(&end));
        let event = AuditEvent {
            id: "018f2f9e-0000-7000-8000-000000000001".to_owned(),
            at_utc: Utc::now().naive_utc(),
            token_id: None,
            actor: "(command line)".to_owned(),
            role: None,
            division: None,
            method: "feed reset".to_owned(),
            inspection_id: None,
            records: "[]".to_owned(),
            outcome: AuditOutcome::Changed.code(),
            request_id: None,
            request_sha256: None,
        };
        let epoch = feed::reset(db, &event).unwrap();
        let renewed = feed::end(db, ROUND).unwrap().unwrap();
        assert_eq!((renewed.epoch.as_str(), epoch.len()), (epoch.as_str(), 32));
        assert!(!end.leads_to(&renewed));
        assert_eq!(feed::end(db, "xx-2021").unwrap(), None);
    });
}
