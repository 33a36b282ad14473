//! Verdicts on imports stand in the feed between the revisions, and hold up nobody. On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use chrono::Utc;
use diesel::prelude::*;
use ducha_records::codes::{Acceptance, ImportState, Mode};
use ducha_records::feed::{self, Position};
use ducha_records::imports::{Import, NewImport};
use ducha_records::queue::{self, Failure, Lease};
use ducha_records::revisions::ChangeFilter;
use ducha_records::{Db, Reach, in_transaction};
use support::ledger::*;
use support::on_both;

fn file(name: char, division: &str) -> Import {
    let new = NewImport {
        inspection_id: ROUND.to_owned(),
        division: Some(division.to_owned()),
        file_name: "台账.xlsx".to_owned(),
        file_sha256: name.to_string().repeat(64),
        file_bytes: 10,
        submitter: "南明区".to_owned(),
        request_id: None,
        mode: Mode::Apply,
        acceptance: Acceptance::ValidRows,
        max_refused_share: None,
        complete: true,
    };
    new.received(Utc::now().naive_utc())
}

fn claimed(db: &mut Db, name: char, division: &str) -> Import {
    queue::receive(db, file(name, division), |_, _| Ok(())).unwrap();
    queue::claim(db, "one", Lease(60)).unwrap().unwrap()
}

fn ends(db: &mut Db, import: &Import, state: ImportState) {
    let ended = Import {
        state: state.code(),
        ..import.clone()
    };
    in_transaction(db, |db| queue::end(db, &ended, 0)).unwrap();
}

/// The feed from the beginning, read in the smallest pieces: revisions by their numbers, verdicts by their states.
fn feed_of(db: &mut Db, reach: &Reach) -> Vec<Result<i64, i16>> {
    let end = feed::end(db, ROUND).unwrap().unwrap();
    let mut place = Position {
        sequence: 0,
        verdict: 0,
        ..end.clone()
    };
    let mut all = Vec::new();
    while place != end {
        let stretch = feed::behind(db, reach, ROUND, &ChangeFilter::default(), (&place, &end), 1).unwrap();
        assert_ne!(stretch.to, place, "it goes on");
        place = stretch.to;
        let mut verdicts = stretch.verdicts.into_iter().peekable();
        for revision in stretch.revisions {
            while let Some(verdict) = verdicts.next_if(|verdict| verdict.sequence < revision.sequence) {
                all.push(Err(verdict.state));
            }
            all.push(Ok(revision.sequence));
        }
        all.extend(verdicts.map(|verdict| Err(verdict.state)));
    }
    all
}

#[test]
fn a_verdict_comes_behind_the_revisions_of_its_import_and_before_the_next() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rejected = claimed(db, 'a', NANMING);
        ends(db, &rejected, ImportState::Rejected);
        File::of("2022-01-31")
            .division(NANMING)
            .petitions([petition("D1", NANMING), petition("D2", NANMING)])
            .import(db);
        let planned = claimed(db, 'b', YUNYAN);
        ends(db, &planned, ImportState::Planned);
        queue::cancel(db, &planned.id, "云岩区", |_, _| Ok(())).unwrap();
        File::of("2022-02-28")
            .division(YUNYAN)
            .petitions([petition("D3", YUNYAN)])
            .import(db);
        let states = [
            ImportState::Rejected,
            ImportState::Applied,
            ImportState::Planned,
            ImportState::Cancelled,
        ];
        let [rejected, applied, planned, cancelled] = states.map(|state| Err(state.code()));
        let all = [rejected, Ok(1), Ok(2), applied, planned, cancelled, Ok(3), applied];
        assert_eq!(feed_of(db, &Reach::All), all);
        let county = Reach::of(db, Some(NANMING)).unwrap();
        assert_eq!(feed_of(db, &county), [rejected, Ok(1), Ok(2), applied]);
    });
}

#[test]
fn an_import_whose_attempts_are_used_up_has_failed_and_one_that_is_tried_again_has_no_verdict() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let why = Failure {
            code: "WORKER_FAILED",
            zh: "出错".to_owned(),
            en: "failed".to_owned(),
        };
        let import = claimed(db, 'a', NANMING);
        queue::fail(db, &import.id, import.lease_token, &why, 0).unwrap();
        assert_eq!(feed_of(db, &Reach::All), []);
        diesel::sql_query("UPDATE imports SET attempt = max_attempts - 1, run_at_utc = created_at_utc")
            .execute(db)
            .unwrap();
        let import = queue::claim(db, "one", Lease(60)).unwrap().unwrap();
        queue::fail(db, &import.id, import.lease_token, &why, 0).unwrap();
        let lost = claimed(db, 'b', NANMING);
        diesel::sql_query(
            "UPDATE imports SET attempt = max_attempts, lease_until_utc = '1970-01-01 00:00:00' WHERE state = 2",
        )
        .execute(db)
        .unwrap();
        assert_eq!((queue::reap(db).unwrap(), queue::reap(db).unwrap()), (1, 0));
        assert_eq!(feed_of(db, &Reach::All), [Err(ImportState::Failed.code()); 2]);
        assert!(matches!(queue::fail(db, &lost.id, lost.lease_token, &why, 0), Ok(None)));
    });
}

#[test]
fn who_lost_the_claim_gives_no_verdict() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let import = claimed(db, 'a', NANMING);
        let stale = Import {
            lease_token: import.lease_token + 1,
            state: ImportState::Rejected.code(),
            ..import
        };
        assert!(in_transaction(db, |db| queue::end(db, &stale, 0)).is_err());
        assert_eq!(feed_of(db, &Reach::All), []);
    });
}

#[test]
fn a_file_that_is_read_meanwhile_is_not_read_again_because_of_a_verdict() {
    on_both(|fresh, db| {
        inspect(db, ROUND);
        let ledger = || File::of("2022-01-31").petitions([petition("D1", NANMING)]);
        ledger().import(db);
        let again = ledger().beside().meanwhile(db, || {
            let mut other = fresh.open();
            let rejected = claimed(&mut other, 'a', YUNYAN);
            ends(&mut other, &rejected, ImportState::Rejected);
        });
        assert_eq!(again.unwrap().rows, counts(0, 0, 1, 0));
        let raced = ledger().beside().meanwhile(db, || {
            File::of("2022-02-28")
                .petitions([petition("D2", YUNYAN)])
                .import(&mut fresh.open());
        });
        assert!(raced.is_none(), "a record changed");
    });
}
