//! The queue: who has what, for how long, and who may still say how it ended.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

#[path = "queue/forgetting.rs"]
mod forgetting;
#[path = "queue/receiving.rs"]
mod receiving;
#[path = "queue/standing_still.rs"]
mod standing_still;
mod support;

use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use ducha_records::Db;
use ducha_records::codes::{Acceptance, ImportState, Mode};
use ducha_records::imports::{self, Import, NewImport};
use ducha_records::queue::{self, Failure, Lease, Received, SteerError};
use support::ledger::{ROUND, inspect};
use support::{Fresh, on_both};

const LEASE: Lease = Lease(60);
const ROWS: i64 = 7;

fn file(sha256: char, division: &str, mode: Mode) -> Import {
    let new = NewImport {
        inspection_id: ROUND.to_owned(),
        division: Some(division.to_owned()),
        file_name: "台账.xlsx".to_owned(),
        file_sha256: sha256.to_string().repeat(64),
        file_bytes: 10,
        submitter: "南明区".to_owned(),
        request_id: None,
        mode,
        acceptance: Acceptance::ValidRows,
        max_refused_share: None,
        complete: true,
    };
    new.received(Utc::now().naive_utc())
}

fn receive(db: &mut Db, import: Import) -> Received {
    queue::receive(db, import, |_, _| Ok(())).unwrap()
}

/// Puts a file of its own into the queue.
fn queued(db: &mut Db, sha256: char) -> String {
    receive(db, file(sha256, "520102", Mode::Apply)).import.id
}

fn claimed(db: &mut Db, worker: &str) -> Option<Import> {
    queue::claim(db, worker, LEASE).unwrap()
}

fn state(db: &mut Db, id: &str) -> ImportState {
    let import = imports::get(db, id).unwrap().unwrap();
    ImportState::from_code(import.state).unwrap()
}

fn failure() -> Failure {
    Failure {
        code: "WORKER_FAILED",
        zh: "处理程序出错".to_owned(),
        en: "the worker failed".to_owned(),
    }
}

/// Makes every claim run out, and every pause end.
fn time_passes(db: &mut Db) {
    let long_ago = NaiveDateTime::default().format("%F %T%.6f").to_string();
    for column in ["lease_until_utc", "run_at_utc"] {
        let sql = format!("UPDATE imports SET {column} = '{long_ago}' WHERE {column} IS NOT NULL");
        diesel::sql_query(sql).execute(db).unwrap();
    }
}

fn with_inspection(test: impl Fn(&Fresh, &mut Db)) {
    on_both(|fresh, db| {
        inspect(db, ROUND);
        test(fresh, db);
    });
}

/// Claims until this import is claimed, and applies it.
fn apply(db: &mut Db, id: &str) {
    while let Some(import) = claimed(db, "one") {
        if import.id == id {
            assert!(queue::settle(db, &ended(&import, ImportState::Applied)).unwrap());
            return;
        }
    }
    panic!("{id} is not in the queue");
}

/// The import as a worker ends it.
fn ended(import: &Import, state: ImportState) -> Import {
    Import {
        state: state.code(),
        finished_at_utc: Some(Utc::now().naive_utc()),
        kinds: "petitions".to_owned(),
        ..import.clone()
    }
}

#[test]
fn an_import_is_claimed_by_one_worker_at_a_time() {
    with_inspection(|_, db| {
        let id = queued(db, 'a');
        let first = claimed(db, "one").unwrap();
        assert_eq!(
            (first.id.as_str(), first.attempt, first.lease_token),
            (id.as_str(), 1, 1)
        );
        assert_eq!(state(db, &id), ImportState::Checking);
        assert!(claimed(db, "two").is_none(), "it is taken");
        time_passes(db);
        let second = claimed(db, "two").unwrap();
        assert_eq!((second.attempt, second.lease_token), (2, 2));
    });
}

#[test]
fn who_lost_the_claim_changes_nothing_any_more() {
    with_inspection(|_, db| {
        let id = queued(db, 'a');
        let stale = claimed(db, "one").unwrap();
        time_passes(db);
        let present = claimed(db, "two").unwrap();
        assert!(!queue::renew(db, &id, stale.lease_token, LEASE, ROWS).unwrap());
        assert!(!queue::settle(db, &ended(&stale, ImportState::Applied)).unwrap());
        assert!(!queue::give_back(db, &id, stale.lease_token).unwrap());
        assert_eq!(queue::fail(db, &id, stale.lease_token, &failure(), 0).unwrap(), None);
        assert_eq!(state(db, &id), ImportState::Checking);
        assert!(queue::renew(db, &id, present.lease_token, LEASE, ROWS).unwrap());
        assert_eq!(imports::get(db, &id).unwrap().unwrap().rows_read, ROWS);
        assert!(queue::settle(db, &ended(&present, ImportState::Applied)).unwrap());
        assert_eq!(state(db, &id), ImportState::Applied);
    });
}

#[test]
fn an_import_whose_workers_all_die_ends_as_failed() {
    with_inspection(|_, db| {
        let id = queued(db, 'a');
        for attempt in 1..=imports::MAX_ATTEMPTS {
            assert_eq!(queue::reap(db).unwrap(), 0, "there is another attempt");
            assert_eq!(claimed(db, "doomed").unwrap().attempt, attempt);
            time_passes(db);
        }
        assert!(claimed(db, "late").is_none());
        assert_eq!(queue::reap(db).unwrap(), 1);
        let import = imports::get(db, &id).unwrap().unwrap();
        assert_eq!(import.state, ImportState::Failed.code());
        assert_eq!(import.error_code.as_deref(), Some("WORKER_LOST"));
        assert!(import.finished_at_utc.is_some() && import.error_zh.is_some());
    });
}

#[test]
fn a_failed_attempt_waits_before_the_next_and_the_last_one_is_final() {
    with_inspection(|_, db| {
        let id = queued(db, 'a');
        for attempt in 1..=imports::MAX_ATTEMPTS {
            let import = claimed(db, "one").unwrap();
            let after = queue::fail(db, &id, import.lease_token, &failure(), 3_600).unwrap();
            let last = attempt == imports::MAX_ATTEMPTS;
            let expected = if last {
                ImportState::Failed
            } else {
                ImportState::Received
            };
            assert_eq!(after, Some(expected));
            assert!(claimed(db, "one").is_none(), "not before its time");
            time_passes(db);
        }
        assert!(claimed(db, "one").is_none());
    });
}

#[test]
fn an_import_that_is_given_back_has_lost_no_attempt() {
    with_inspection(|_, db| {
        let id = queued(db, 'a');
        let import = claimed(db, "one").unwrap();
        assert!(queue::give_back(db, &id, import.lease_token).unwrap());
        assert_eq!(state(db, &id), ImportState::Received);
        let again = claimed(db, "two").unwrap();
        assert_eq!((again.attempt, again.lease_token), (1, 2));
    });
}

#[test]
fn a_county_with_many_files_does_not_hold_up_the_others() {
    with_inspection(|_, db| {
        for sha256 in ['a', 'b', 'c'] {
            queued(db, sha256);
        }
        let other = receive(db, file('d', "520103", Mode::Apply)).import.id;
        let first = claimed(db, "one").unwrap();
        assert_eq!(first.division.as_deref(), Some("520102"));
        assert_eq!(
            claimed(db, "two").unwrap().id,
            other,
            "the division that nobody works on"
        );
        assert_eq!(claimed(db, "three").unwrap().division.as_deref(), Some("520102"));
    });
}

#[test]
fn a_single_worker_lets_divisions_take_turns() {
    with_inspection(|_, db| {
        for sha256 in ['a', 'b', 'c', 'd'] {
            queued(db, sha256);
        }
        for (sha256, division) in [('e', "520103"), ('f', "520103"), ('1', "520302")] {
            receive(db, file(sha256, division, Mode::Apply));
        }
        let nobodys = Import {
            division: None,
            ..file('2', "520102", Mode::Apply)
        };
        receive(db, nobodys);
        let mut turns = Vec::new();
        while let Some(import) = claimed(db, "one") {
            assert!(queue::settle(db, &ended(&import, ImportState::Applied)).unwrap());
            turns.push(import.division.unwrap_or_default());
        }
        let counties = ["520102", "520103", "520302", ""];
        assert_eq!(turns[..4], counties, "who was first comes first, and each once");
        assert_eq!(turns[4..], ["520102", "520103", "520102", "520102"]);
    });
}

#[test]
fn whoever_has_least_in_hand_comes_next() {
    with_inspection(|_, db| {
        for (at, sha256) in "abcdef".chars().enumerate() {
            let division = if at < 4 { "520102" } else { "520103" };
            receive(db, file(sha256, division, Mode::Apply));
        }
        let hands: Vec<String> = (0..6).map(|_| claimed(db, "one").unwrap().division.unwrap()).collect();
        assert_eq!(hands, ["520102", "520103", "520102", "520103", "520102", "520102"]);
    });
}

#[test]
fn copies_that_are_due_are_made_by_whoever_comes_next() {
    with_inspection(|_, db| {
        let id = queued(db, 'a');
        let import = claimed(db, "one").unwrap();
        let verdict = Import {
            copies_due: true,
            rows_read: 3,
            ..ended(&import, ImportState::Applied)
        };
        assert!(queue::settle(db, &verdict).unwrap());
        assert!(claimed(db, "two").is_none(), "the worker that has it makes them");
        time_passes(db);
        let again = claimed(db, "two").unwrap();
        assert_eq!((again.state, again.rows_read), (ImportState::Applied.code(), 3));
        assert!(
            !queue::copies_done(db, &import, &[]).unwrap(),
            "the first worker is too late"
        );
        assert!(queue::copies_done(db, &again, &[]).unwrap());
        assert!(claimed(db, "three").is_none());
        assert_eq!(state(db, &id), ImportState::Applied);
    });
}

#[test]
fn many_workers_share_the_queue_and_each_import_is_ended_once() {
    with_inspection(|fresh, db| {
        for number in 0..40 {
            let import = Import {
                file_sha256: format!("{number:064}"),
                ..file('0', if number % 2 == 0 { "520102" } else { "520103" }, Mode::Apply)
            };
            receive(db, import);
        }
        let work = |hand: u32| {
            let (mut db, mut count) = (fresh.open(), 0);
            while let Some(import) = queue::claim(&mut db, &hand.to_string(), LEASE).unwrap() {
                assert!(queue::settle(&mut db, &ended(&import, ImportState::Applied)).unwrap());
                count += 1;
            }
            count
        };
        let of_hands: u32 = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..8).map(|hand| scope.spawn(move || work(hand))).collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).sum()
        });
        assert_eq!(of_hands, 40);
    });
}

#[test]
fn an_import_is_called_off_until_it_is_applied() {
    with_inspection(|_, db| {
        let waiting = queued(db, 'a');
        assert_eq!(
            queue::cancel(db, &waiting, "南明区", |_, _| Ok(())).unwrap().state,
            ImportState::Cancelled.code()
        );
        assert_eq!(
            queue::cancel(db, &waiting, "南明区", |_, _| Ok(())).unwrap().id,
            waiting,
            "again changes nothing"
        );
        let checked = queued(db, 'b');
        let import = claimed(db, "one").unwrap();
        queue::cancel(db, &checked, "南明区", |_, _| Ok(())).unwrap();
        assert!(
            !queue::settle(db, &ended(&import, ImportState::Applied)).unwrap(),
            "its worker is too late"
        );
        let applied = queued(db, 'c');
        apply(db, &applied);
        assert!(matches!(
            queue::cancel(db, &applied, "南明区", |_, _| Ok(())),
            Err(SteerError::State(Some(ImportState::Applied)))
        ));
        assert!(matches!(
            queue::cancel(db, "none", "南明区", |_, _| Ok(())),
            Err(SteerError::Unknown)
        ));
    });
}

#[test]
fn a_plan_is_applied_only_by_the_hash_it_has_now() {
    with_inspection(|_, db| {
        let id = receive(db, file('a', "520102", Mode::Plan)).import.id;
        let early = queue::commit_plan(db, &id, "h1", |_, _| Ok(()));
        assert!(matches!(early, Err(SteerError::State(Some(ImportState::Received)))));
        let import = claimed(db, "one").unwrap();
        let planned = Import {
            plan_hash: Some("h1".to_owned()),
            finished_at_utc: None,
            ..ended(&import, ImportState::Planned)
        };
        assert!(queue::settle(db, &planned).unwrap());
        assert!(claimed(db, "one").is_none(), "it waits for a word");
        assert!(matches!(
            queue::commit_plan(db, &id, "h0", |_, _| Ok(())),
            Err(SteerError::OtherPlan(_))
        ));
        assert_eq!(
            queue::commit_plan(db, &id, "h1", |_, _| Ok(())).unwrap().state,
            ImportState::Applying.code()
        );
        assert_eq!(
            queue::commit_plan(db, &id, "h1", |_, _| Ok(())).unwrap().id,
            id,
            "again changes nothing"
        );
        let import = claimed(db, "one").unwrap();
        assert_eq!((import.state, import.attempt), (ImportState::Applying.code(), 1));
        time_passes(db);
        let import = claimed(db, "two").unwrap();
        assert_eq!(
            import.state,
            ImportState::Applying.code(),
            "a lost worker does not take the word back"
        );
        assert!(queue::settle(db, &ended(&import, ImportState::Applied)).unwrap());
    });
}
