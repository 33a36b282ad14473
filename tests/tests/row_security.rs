//! PostgreSQL keeps rows from whoever does not reach them, whatever a query forgets to ask.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use ducha::v1;
use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha_records::codes::Role;
use ducha_records::login::Limits;
use ducha_records::petitions::{self, PetitionFilter};
use ducha_records::scope::Whole;
use ducha_records::{Database, DatabaseError, Db, Login, Reach, Scope, divisions, inspections};
use ducha_tests::credentials::Bearer;
use ducha_tests::program::{Said, command, run};
use ducha_tests::tenants::{COUNTIES, SHARED, ledger, own, text};
use ducha_tests::{Backend, INSPECTION, TestDatabase, inspection, on_both_guarded, upload};
use tonic_types::StatusExt;

/// What every caller may read, and what has no rows of anybody.
const OPEN: [&str; 3] = ["divisions", "feed", "__diesel_schema_migrations"];
/// Read by no caller at all, but by functions of its owner.
const OWNERS: &str = "search_pieces";

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

fn names(db: &mut Db, sql: &str) -> Vec<String> {
    let named: Vec<Named> = diesel::sql_query(sql).load(db).unwrap();
    named.into_iter().map(|one| one.name).collect()
}

fn guarded_tables(db: &mut Db) -> Vec<String> {
    let all = names(
        db,
        "SELECT c.relname::TEXT AS name FROM pg_class c
         WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind IN ('r', 'p') ORDER BY 1",
    );
    all.into_iter().filter(|name| !OPEN.contains(&name.as_str())).collect()
}

/// Three counties with records of every kind, and a pool that goes in as the server does.
struct Tenants {
    database: TestDatabase,
    pool: Database,
}

impl Tenants {
    fn new() -> Self {
        let database = TestDatabase::ready(Backend::Postgres);
        inspections::create(&mut database.open(), &inspection()).unwrap();
        for county in COUNTIES {
            drop(ledger(county).import(&database.url()));
        }
        let pool = Database::new(as_server(&database), 1).unwrap();
        Self { database, pool }
    }

    fn reach(&self, division: &str) -> Reach {
        Reach::of(&mut self.database.open(), Some(division)).unwrap()
    }

    async fn read<T: Send + 'static>(
        &self,
        scope: impl Into<Scope>,
        query: impl FnOnce(&mut Db) -> QueryResult<T> + Send + 'static,
    ) -> Result<T, DatabaseError> {
        self.pool.read(scope, |db| query(db).map_err(DatabaseError::from)).await
    }

    async fn write(&self, scope: impl Into<Scope>, sql: String) -> Result<usize, DatabaseError> {
        let done = self.pool.write(scope, move |db| -> Result<usize, DatabaseError> {
            Ok(diesel::sql_query(sql).execute(db)?)
        });
        done.await
    }

    /// Every row of a table, as one text each.
    async fn rows(&self, scope: impl Into<Scope>, table: &str) -> Vec<String> {
        let sql = format!("SELECT t::TEXT AS name FROM {table} t");
        self.read(scope, move |db| Ok(names(db, &sql))).await.unwrap()
    }
}

fn as_server(database: &TestDatabase) -> Login {
    Login {
        url: database.server_url(),
        allow_owner: false,
        limits: None,
    }
}

#[test]
fn every_table_is_guarded_and_for_its_owner_as_well() {
    let database = TestDatabase::ready(Backend::Postgres);
    let db = &mut database.open();
    let open = names(
        db,
        "SELECT c.relname::TEXT AS name FROM pg_class c
         WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind IN ('r', 'p') AND NOT (
            c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
         )",
    );
    let unguarded: Vec<&String> = open.iter().filter(|name| !OPEN.contains(&name.as_str())).collect();
    assert_eq!(unguarded, [OWNERS], "give a new table a policy: CALL ducha_guard(…)");
    let policies: Vec<Named> = diesel::sql_query(
        "SELECT c.relname::TEXT AS name FROM pg_class c WHERE c.relname = 'search_pieces' AND c.relrowsecurity",
    )
    .load(db)
    .unwrap();
    assert_eq!(policies.len(), 1, "{OWNERS} is guarded from everybody but its owner");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_without_any_filter_sees_nothing_foreign() {
    let tenants = Tenants::new();
    for county in COUNTIES {
        let reach = tenants.reach(county);
        for table in guarded_tables(&mut tenants.database.open()) {
            if table == OWNERS {
                continue;
            }
            let rows = tenants.rows(reach.clone(), &table).await;
            for other in COUNTIES.iter().filter(|other| **other != county) {
                let foreign = rows.iter().find(|row| row.contains(&text(other)));
                assert_eq!(foreign, None, "{county} sees what {other} wrote into {table}");
            }
            // What is shared has several parts, and of the owner's name no more than the code of the division.
            if !["petitions", "tasks", "revisions"].contains(&table.as_str()) {
                let foreign = rows
                    .iter()
                    .find(|row| COUNTIES.iter().any(|other| *other != county && row.contains(other)));
                assert_eq!(foreign, None, "{county} sees another county in {table}");
            }
        }
        for table in [
            "handlings",
            "task_progress",
            "indicators",
            "accountabilities",
            "alerts",
            "imports",
            "findings",
        ] {
            assert!(
                !tenants.rows(reach.clone(), table).await.is_empty(),
                "{county} sees its own {table}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_query_without_its_reach_sees_nothing_foreign() {
    let tenants = Tenants::new();
    for county in COUNTIES {
        let listed = tenants.read(tenants.reach(county), |db| {
            petitions::list(db, &Reach::All, INSPECTION, &PetitionFilter::default(), "", 100)
        });
        let listed = listed.await.unwrap().rows;
        let numbers: Vec<&str> = listed.iter().map(|row| row.petition.number.as_str()).collect();
        assert_eq!(numbers, [own(county).as_str(), SHARED]);
        let parts = listed.iter().flat_map(|row| &row.handlings);
        assert!(parts.into_iter().all(|part| part.division == county));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_sees_its_counties_and_a_province_all_of_them() {
    let tenants = Tenants::new();
    for (division, counties) in [("520100", 2), ("520300", 1), ("520000", 3), ("520200", 0)] {
        let found = tenants.rows(tenants.reach(division), "alerts").await;
        assert_eq!(found.len(), counties, "{division}");
    }
    assert_eq!(tenants.rows(Reach::All, "alerts").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_sees_nothing_and_writes_nothing() {
    let tenants = Tenants::new();
    // On the only connection of the pool: what the call before said has ended with its transaction.
    assert!(!tenants.rows(Reach::All, "imports").await.is_empty());
    for table in guarded_tables(&mut tenants.database.open()) {
        if table != OWNERS {
            assert!(tenants.rows(Scope::Nobody, &table).await.is_empty(), "{table}");
        }
    }
    let changed = tenants.write(Scope::Nobody, "UPDATE imports SET submitter = 'x'".into());
    assert_eq!(changed.await.unwrap(), 0);
    let written = tenants.write(Scope::Nobody, reason("520102"));
    assert!(written.await.unwrap_err().to_string().contains("row-level security"));
}

/// A statement that writes something of a division.
fn reason(division: &str) -> String {
    format!(
        "INSERT INTO reasons (inspection_id, kind, number, division, rule, field, value, reason, given_by, given_at_utc, import_id)
         VALUES ('{INSPECTION}', 1, 'N', '{division}', 'R001', 'x', 'y', 'z', 'test', now(), '')"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_writes_within_its_reach_only() {
    let tenants = Tenants::new();
    let reach = tenants.reach("520102");
    assert_eq!(tenants.write(reach.clone(), reason("520102")).await.unwrap(), 1);
    let foreign = tenants.write(reach.clone(), reason("520103")).await.unwrap_err();
    assert!(foreign.to_string().contains("row-level security"), "{foreign}");
    let changed = tenants.write(reach, "UPDATE imports SET submitter = 'x'".into()).await;
    assert_eq!(changed.unwrap(), 1, "its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_about_one_table_sees_no_other() {
    let tenants = Tenants::new();
    let imports = Scope::Table(Whole::Imports);
    assert_eq!(tenants.rows(imports.clone(), "imports").await.len(), 3);
    for table in ["petitions", "handlings", "tokens", "inspections"] {
        assert!(tenants.rows(imports.clone(), table).await.is_empty(), "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_may_do_what_its_program_does() {
    let tenants = Tenants::new();
    let denied = [
        "UPDATE audit_events SET actor = 'x'",
        "DELETE FROM audit_events",
        "UPDATE divisions SET name = 'x'",
        "UPDATE feed SET epoch = 'x'",
        "DELETE FROM imports",
        "SELECT 1 FROM search_pieces",
        "ALTER TABLE imports DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE mine (id INTEGER)",
    ];
    for statement in denied {
        let error = tenants
            .write(Reach::All, statement.into())
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("permission denied") || error.contains("must be owner"),
            "{statement}: {error}"
        );
    }
    let worker = &mut Db::open(&tenants.database.url()).unwrap();
    for statement in [
        "SELECT 1 FROM tokens",
        "DELETE FROM audit_events",
        "DELETE FROM imports",
    ] {
        let error = diesel::sql_query(statement).execute(worker).unwrap_err();
        assert!(error.to_string().contains("permission denied"), "{statement}: {error}");
    }
    // It works for all divisions, and need not say so.
    let seen: Counted = diesel::sql_query("SELECT COUNT(*) AS rows FROM imports")
        .get_result(worker)
        .unwrap();
    assert_eq!(seen.rows, COUNTIES.len() as i64);
}

#[test]
fn the_script_of_the_roles_can_be_run_again() {
    let database = TestDatabase::ready(Backend::Postgres);
    diesel::connection::SimpleConnection::batch_execute(
        &mut database.open(),
        include_str!("../../deploy/postgres.sql"),
    )
    .unwrap();
    let server = &mut Db::open(&database.server_url()).unwrap();
    let error = diesel::sql_query("DELETE FROM audit_events")
        .execute(server)
        .unwrap_err();
    assert!(error.to_string().contains("permission denied"), "{error}");
}

fn serve(url: &str, more: &[&str]) -> Said {
    run(command("ducha-server")
        .args([
            "serve",
            "--no-access-control",
            "--listen",
            "203.0.113.1:1",
            "--database",
            url,
        ])
        .args(more))
}

fn work(url: &str, more: &[&str]) -> Said {
    let files = tempfile::tempdir().unwrap();
    let store = format!("file://{}", files.path().display());
    run(command("ducha-worker")
        .args(["run", "--once", "--database", url, "--store", &store])
        .args(more))
}

#[test]
fn server_and_worker_refuse_a_role_that_the_rows_are_not_kept_from() {
    let database = TestDatabase::ready(Backend::Postgres);
    for url in [database.admin_url().to_owned(), database.owner_url()] {
        // Loopback, since no other address gets so far.
        let served = run(command("ducha-server").args([
            "serve",
            "--no-access-control",
            "--listen",
            "127.0.0.1:0",
            "--database",
            &url,
        ]));
        let worked = work(&url, &[]);
        for said in [served, worked] {
            assert_eq!(said.status, Some(2), "{said:?}");
            assert!(
                said.err.contains("allow_owner") && said.err.contains("行级安全"),
                "{said:?}"
            );
        }
        assert_eq!(work(&url, &["--allow-owner"]).status, Some(0));
        // It is let in, and refused for its address.
        assert!(!serve(&url, &["--allow-owner"]).err.contains("allow_owner"));
    }
    let worked = work(&database.url(), &[]);
    assert_eq!(worked.status, Some(0), "{worked:?}");
    // Policies do not hold for the worker's role, so that it is none for a server.
    let served = serve(&database.url(), &[]);
    assert!(
        served.status == Some(2) && served.err.contains("allow_owner"),
        "{served:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_goes_on_too_long_is_ended() {
    let database = TestDatabase::ready(Backend::Postgres);
    let login = Login {
        limits: Some(Limits {
            statement: Some(Duration::from_millis(200)),
            lock: Some(Duration::from_millis(200)),
            idle_in_transaction: Some(Duration::from_secs(60)),
        }),
        ..as_server(&database)
    };
    let pool = Database::new(login, 1).unwrap();
    let begun = Instant::now();
    let slept = pool.read(Scope::Nobody, |db| -> Result<usize, DatabaseError> {
        Ok(diesel::sql_query("SELECT pg_sleep(60)").execute(db)?)
    });
    let ended = slept.await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(30), "{ended}");
    assert!(ended.is_overloaded(), "{ended}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_have_taken_is_told_as_taken_though_it_is_not_seen() {
    on_both_guarded(async |app| {
        let mut db = app.database().open();
        let mut answers = Vec::new();
        for county in ["520102", "520103"] {
            let bearer = Bearer::issue(&mut db, Role::Submitter, Some(county));
            let metadata = v1::UploadMetadata {
                division: county.to_owned(),
                request_id: "018f2f9e-0000-7000-8000-000000000001".to_owned(),
                ..upload::metadata("台账.xlsx")
            };
            let messages = tokio_stream::iter(upload::messages(metadata, county.as_bytes()));
            let mut client = LedgerServiceClient::with_interceptor(app.channel.clone(), bearer);
            answers.push(client.upload_ledger(messages).await.map(drop));
        }
        assert!(answers[0].is_ok(), "{answers:?}");
        let reused = answers[1].as_ref().unwrap_err().get_details_error_info().unwrap();
        assert_eq!(reused.reason, "REQUEST_ID_REUSED");

        // Another province's administrator takes the id of an inspection that it does not see.
        let sichuan = divisions::parse_csv("code,name,parent\n510000,四川省,\n").unwrap();
        divisions::load(&mut db, &sichuan).unwrap();
        let bearer = Bearer::issue(&mut db, Role::Administrator, Some("510000"));
        let mut client = InspectionServiceClient::with_interceptor(app.channel.clone(), bearer);
        let request = v1::CreateInspectionRequest {
            inspection: Some(v1::Inspection {
                id: INSPECTION.to_owned(),
                name: "四川省督察".to_owned(),
                level: v1::InspectionLevel::Central.into(),
                round: 2,
                province: "510000".to_owned(),
                started_on: "2021-12-01".to_owned(),
                ..v1::Inspection::default()
            }),
            ..v1::CreateInspectionRequest::default()
        };
        let taken = client.create_inspection(request).await.unwrap_err();
        assert_eq!(
            taken.get_details_error_info().unwrap().reason,
            "INSPECTION_EXISTS",
            "{taken:?}"
        );
    })
    .await;
}
