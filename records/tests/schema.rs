//! The schema goes up and down, and the databases keep what the columns promise.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use ducha_records::{findings, inspections, migrate};
use support::ledger::{File, NANMING, PROVINCE, ROUND, inspect, petition};
use support::on_both;

#[test]
fn migrations_go_up_down_and_up_again() {
    on_both(|_, db| {
        assert!(!migrate::pending(db).unwrap());
        assert!(migrate::up(db).unwrap().is_empty(), "a second run changes nothing");
        inspect(db, ROUND);
        assert!(!migrate::down(db).unwrap().is_empty());
        assert!(migrate::pending(db).unwrap());
        assert!(inspections::get(db, ROUND).is_err(), "the tables are gone");
        assert!(!migrate::up(db).unwrap().is_empty());
        inspect(db, ROUND);
        File::of("2022-01-31").petitions([petition("D1", NANMING)]).import(db);
    });
}

#[test]
fn an_orphan_is_refused() {
    on_both(|_, db| {
        let outcome = diesel::sql_query(
            "INSERT INTO findings
                (import_id, sheet, field, header, rule, severity, value, suggestion, params)
             VALUES ('nobody', '', '', '', 'F01', 3, '', '', '{}')",
        )
        .execute(db);
        assert!(
            matches!(
                outcome,
                Err(Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _))
            ),
            "{outcome:?}"
        );
        let page = findings::list(db, "nobody", &findings::FindingFilter::default(), 0, 10).unwrap();
        assert!(page.rows.is_empty());
    });
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    codes: i64,
}

#[test]
fn the_provinces_divisions_are_there_after_the_first_migration() {
    on_both(|_, db| {
        let found: Vec<Counted> = diesel::sql_query(format!(
            "SELECT COUNT(*) AS codes FROM divisions WHERE code IN ('{PROVINCE}', '{NANMING}')"
        ))
        .load(db)
        .unwrap();
        assert_eq!(found[0].codes, 2);
        inspect(db, ROUND); // refused without its province
    });
}
