//! What is told of an undo: in the history, in the feed, and in a search.

use ducha_records::codes::{Change, RecordKind};
use ducha_records::petitions::{self, PetitionFilter};
use ducha_records::revisions::{self, ChangeFilter, RecordKey, Revision};
use ducha_records::search;
use serde_json::json;

use super::*;

fn history(db: &mut Db, reach: &Reach, number: &str) -> Vec<Revision> {
    let key = RecordKey {
        kind: RecordKind::Petition.code(),
        number: number.to_owned(),
        division: None,
    };
    revisions::of_record(db, reach, ROUND, &key, None, 100).unwrap().rows
}

/// Number, division and change of each revision behind a place that somebody reaches.
fn fed(db: &mut Db, reach: &Reach, after: i64) -> Vec<(String, String, i16)> {
    let end = feed::end(db, ROUND).unwrap().unwrap().sequence;
    let any = ChangeFilter::default();
    let stretch = revisions::behind(db, reach, ROUND, &any, (after, end), 100).unwrap();
    let rows = stretch.rows.into_iter();
    rows.map(|row| (row.number, row.division, row.change)).collect()
}

fn told(number: &str, division: &str, change: Change) -> (String, String, i16) {
    (number.to_owned(), division.to_owned(), change.code())
}

#[test]
fn each_record_has_a_revision_and_what_is_gone_a_tombstone_with_all_there_was() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([saying("D1", NANMING, "一")])
            .import(db);
        let import = File::of("2022-02-28")
            .petitions([
                saying("D1", NANMING, "二"),
                saying("D2", NANMING, "二").assigned(&[YUNYAN]),
            ])
            .import(db);
        let end = feed::end(db, ROUND).unwrap().unwrap().sequence;
        undone(db, &import);
        let (undone, removed) = (Change::Undone, Change::Removed);
        let all = [
            told("D1", NANMING, undone),
            told("D2", NANMING, removed),
            told("D2", YUNYAN, removed),
            told("D2", "", removed),
        ];
        assert_eq!(fed(db, &Reach::All, end), all);
        let county = Reach::of(db, Some(YUNYAN)).unwrap();
        assert_eq!(
            fed(db, &county, end),
            all[2..3],
            "whoever had a part in it learns that it is gone"
        );
        let back = &history(db, &Reach::All, "D1")[0].fields()[0];
        assert_eq!((&back.before, &back.after), (&json!("二"), &json!("一")));
        let gone = history(db, &Reach::All, "D2");
        let fields = |revision: &Revision| -> Vec<_> {
            let fields = revision.fields().into_iter();
            fields.map(|each| (each.field, each.before, each.after)).collect()
        };
        assert!(fields(&gone[0]).contains(&("complaint".to_owned(), json!("D2 反映的问题"), json!(null))));
        assert!(fields(&gone[2]).contains(&("investigation".to_owned(), json!("二"), json!(null))));
    });
}

#[test]
fn that_anothers_part_is_gone_is_no_tombstone_of_the_record() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([saying("D1", NANMING, "一")])
            .import(db);
        let import = File::of("2022-02-28")
            .petitions([saying("D1", YUNYAN, "二")])
            .import(db);
        let end = feed::end(db, ROUND).unwrap().unwrap().sequence;
        undone(db, &import);
        let nanming = Reach::of(db, Some(NANMING)).unwrap();
        assert_eq!(fed(db, &nanming, end), [told("D1", "", Change::Updated)]);
        let yunyan = Reach::of(db, Some(YUNYAN)).unwrap();
        assert_eq!(fed(db, &yunyan, end), [told("D1", YUNYAN, Change::Removed)]);
        assert!(petitions::get(db, &yunyan, ROUND, "D1").unwrap().is_none());
    });
}

#[test]
fn what_came_too_late_with_an_undone_import_is_no_part_of_a_records_history() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-02-28")
            .petitions([saying("D1", NANMING, "一")])
            .import(db);
        let late = File::of("2022-01-31")
            .petitions([saying("D1", NANMING, "迟")])
            .import(db);
        assert_eq!(history(db, &Reach::All, "D1").len(), 2);
        assert!(counted(&undone(db, &late)).is_empty(), "it had changed nothing");
        let changes: Vec<_> = history(db, &Reach::All, "D1").iter().map(|each| each.change).collect();
        assert_eq!(changes, [Change::Created.code()]);
        assert_eq!(fed(db, &Reach::All, 0).len(), 2, "the revision stays");
    });
}

#[test]
fn the_text_of_what_is_gone_is_not_found_any_more() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([saying("D1", NANMING, "河水清澈")])
            .import(db);
        let import = File::of("2022-02-28")
            .petitions([saying("D1", NANMING, "河水发黑"), saying("D2", NANMING, "河水发黑")])
            .import(db);
        search::index_pending(db, &mut |_| ()).unwrap();
        let found = |db: &mut Db, text: &str| -> Vec<String> {
            let filter = PetitionFilter {
                text: Some(text.to_owned()),
                ..PetitionFilter::default()
            };
            let page = petitions::list(db, &Reach::All, ROUND, &filter, "", 10).unwrap();
            page.rows.into_iter().map(|row| row.petition.number).collect()
        };
        assert_eq!(found(db, "发黑"), ["D1", "D2"]);
        undone(db, &import);
        for indexed in [false, true] {
            assert!(found(db, "发黑").is_empty(), "indexed: {indexed}");
            assert_eq!(found(db, "清澈"), ["D1"]);
            search::index_pending(db, &mut |_| ()).unwrap();
        }
        assert!(imports::get(db, &import.import.id).unwrap().unwrap().indexed);
    });
}
