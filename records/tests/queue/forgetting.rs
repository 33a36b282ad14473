//! What was checked only is kept for a while.

use diesel::prelude::*;
use ducha_records::Db;
use ducha_records::codes::{ImportState, Mode};
use ducha_records::imports::{self, Import};
use ducha_records::queue;

use super::{claimed, ended, file, receive, with_inspection};

/// An import that ended in this state so many days ago, with a finding.
fn of_days_ago(db: &mut Db, sha256: char, state: ImportState, days: i64) -> Import {
    let mode = match state {
        ImportState::Checked => Mode::Check,
        _ => Mode::Apply,
    };
    let received = receive(db, file(sha256, "520102", mode)).import;
    let import = std::iter::from_fn(|| claimed(db, "one")).find(|import| import.id == received.id);
    let mut ended = ended(&import.unwrap(), state);
    ended.finished_at_utc = Some((chrono::Utc::now() - chrono::TimeDelta::days(days)).naive_utc());
    assert!(queue::settle(db, &ended).unwrap());
    diesel::sql_query(format!(
        "INSERT INTO findings (import_id, sheet, row_number, field, header, rule, severity, value, suggestion, params)
         VALUES ('{}', 'Sheet1', 3, '', '', 'C011', 1, '', '', '{{}}')",
        ended.id
    ))
    .execute(db)
    .unwrap();
    ended
}

fn findings(db: &mut Db, import: &Import) -> i64 {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        rows: i64,
    }
    let sql = format!(
        "SELECT COUNT(*) AS rows FROM findings WHERE import_id = '{}'",
        import.id
    );
    diesel::sql_query(sql).get_result::<Counted>(db).unwrap().rows
}

#[test]
fn what_a_check_found_is_forgotten_after_its_days_and_nothing_else_is() {
    with_inspection(|_, db| {
        let old = of_days_ago(db, 'a', ImportState::Checked, 31);
        let young = of_days_ago(db, 'b', ImportState::Checked, 29);
        let applied = of_days_ago(db, 'c', ImportState::Applied, 400);
        assert_eq!(queue::forget_checks(db, queue::CHECKS_KEPT_DAYS).unwrap(), 1);
        assert_eq!(
            queue::forget_checks(db, queue::CHECKS_KEPT_DAYS).unwrap(),
            0,
            "it is done"
        );
        let left = [&old, &young, &applied].map(|import| findings(db, import));
        assert_eq!(left, [0, 1, 1]);
        assert!(
            imports::get(db, &old.id).unwrap().is_some(),
            "the import and its counts stay"
        );
    });
}
