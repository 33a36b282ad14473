//! The same file again: when it is the import that it was.

use diesel::prelude::*;
use ducha_records::Db;
use ducha_records::codes::{ImportState, Mode};
use ducha_records::imports::{self, Import};
use ducha_records::queue::{self, ReceiveError};

use super::{apply, claimed, ended, file, receive, with_inspection};

#[test]
fn the_same_bytes_are_one_import_while_that_counts_for_something() {
    with_inspection(|_, db| {
        let again = |db: &mut Db| receive(db, file('a', "520102", Mode::Apply));
        let first = again(db).import;
        assert_eq!(again(db).import.id, first.id, "it waits");
        let other = receive(db, file('a', "520103", Mode::Apply));
        assert!(other.new, "another division");
        assert!(receive(db, file('a', "520102", Mode::Check)).new, "another mode");
        let import = claimed(db, "one").unwrap();
        assert_eq!(again(db).import.id, first.id, "it is worked on");
        assert!(queue::settle(db, &ended(&import, ImportState::Applied)).unwrap());
        assert!(!again(db).new, "it is applied");
        let next = receive(db, file('b', "520102", Mode::Apply)).import;
        assert!(!again(db).new, "what waits has not been applied");
        apply(db, &next.id);
        assert!(again(db).new, "a later ledger of the division was applied");
    });
}

#[test]
fn what_was_checked_rejected_failed_or_called_off_can_be_sent_again() {
    with_inspection(|_, db| {
        for state in [ImportState::Rejected, ImportState::Failed, ImportState::Undone] {
            let first = receive(db, file('a', "520102", Mode::Apply));
            assert!(first.new, "before {state:?}");
            let import = claimed(db, "one").unwrap();
            assert!(queue::settle(db, &ended(&import, state)).unwrap());
        }
        let waiting = receive(db, file('a', "520102", Mode::Apply));
        assert!(waiting.new);
        queue::cancel(db, &waiting.import.id, "南明区", |_, _| Ok(())).unwrap();
        assert!(receive(db, file('a', "520102", Mode::Apply)).new);
        let check = receive(db, file('a', "520102", Mode::Check)).import;
        let import = std::iter::from_fn(|| claimed(db, "one")).find(|import| import.id == check.id);
        assert!(queue::settle(db, &ended(&import.unwrap(), ImportState::Checked)).unwrap());
        assert!(receive(db, file('a', "520102", Mode::Check)).new);
    });
}

#[test]
fn a_call_made_again_is_what_it_was_and_another_call_may_not_use_its_id() {
    with_inspection(|_, db| {
        let with = |sha256, id: &str| Import {
            request_id: Some(id.to_owned()),
            ..file(sha256, "520102", Mode::Apply)
        };
        let first = receive(db, with('a', "r-1")).import;
        let import = claimed(db, "one").unwrap();
        assert!(queue::settle(db, &ended(&import, ImportState::Rejected)).unwrap());
        let again = receive(db, with('a', "r-1"));
        assert_eq!(
            (again.new, again.import.id),
            (false, first.id),
            "even though it was rejected"
        );
        let other = queue::receive(db, with('b', "r-1"), |_, _| Ok(()));
        assert!(matches!(other, Err(ReceiveError::RequestIdReused)));
    });
}

#[test]
fn thirty_two_who_send_the_same_bytes_at_once_make_one_import() {
    with_inspection(|fresh, db| {
        let ids: Vec<(String, bool)> = std::thread::scope(|scope| {
            let send = || {
                let received = receive(&mut fresh.open(), file('a', "520102", Mode::Apply));
                (received.import.id, received.new)
            };
            let all: Vec<_> = (0..32).map(|_| scope.spawn(send)).collect();
            all.into_iter().map(|each| each.join().unwrap()).collect()
        });
        assert_eq!(ids.iter().filter(|(_, new)| *new).count(), 1);
        assert!(ids.iter().all(|(id, _)| *id == ids[0].0));
        let stored: i64 = count(db);
        assert_eq!(stored, 1);
    });
}

fn count(db: &mut Db) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        imports: i64,
    }
    let counted: Count = diesel::sql_query("SELECT COUNT(*) AS imports FROM imports")
        .get_result(db)
        .unwrap();
    counted.imports
}

#[test]
fn the_schema_itself_keeps_the_same_bytes_from_waiting_twice() {
    with_inspection(|_, db| {
        let first = receive(db, file('a', "520102", Mode::Apply)).import;
        let twin = Import {
            id: "another".to_owned(),
            ..first
        };
        assert!(imports::create(db, &twin).is_err());
        assert_eq!(count(db), 1);
    });
}
