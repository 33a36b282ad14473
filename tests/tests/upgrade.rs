//! A database of the first schema comes up to the present one with all that was in it.

use std::fs;
use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use ducha::v1;
use ducha_records::Db;
use ducha_records::hex::hex;
use ducha_tests::backup::{Backup, Elsewhere, Verified, server};
use ducha_tests::ledger::{Ledgers, good};
use ducha_tests::upload::metadata;
use ducha_tests::worker::work_once;
use ducha_tests::{Backend, INSPECTION, TestApp};
use sha2::{Digest, Sha256};

/// The migration that made it, and its version.
const SQLITE: &str = include_str!("../../migrations/sqlite/2026-11-25-000000_create_records/up.sql");
const POSTGRES: &str = include_str!("../../migrations/postgres/2026-11-25-000000_create_records/up.sql");
const VERSION: &str = "20261125000000";
const RECORDS: &str = include_str!("../files/first-schema/records.sql");
/// The one file that its store had.
const FILE: &[u8] = b"a ledger of that time";
const NUMBER: &str = "X2GZ202112060001";

/// A database of the first schema with records, and its store.
fn first(backend: Backend) -> Elsewhere {
    let old = Elsewhere::new(backend);
    let sha256 = hex(&Sha256::digest(FILE));
    let folder = PathBuf::from(old.store().strip_prefix("file://").unwrap())
        .join("files")
        .join(&sha256[..2]);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(&sha256), FILE).unwrap();
    let (schema, bytes) = match backend {
        Backend::Sqlite => (SQLITE, ("X'", "'")),
        Backend::Postgres => (POSTGRES, ("'\\x", "'")),
    };
    let mut records = RECORDS
        .replace("{sha256}", &sha256)
        .replace("{bytes}", &FILE.len().to_string())
        .replace("{other}", &"0".repeat(64));
    while let Some((before, rest)) = records.split_once("{hash:") {
        let (hash, after) = rest.split_once('}').unwrap();
        records = format!("{before}{}{hash}{}{after}", bytes.0, bytes.1);
    }
    let mut owner = Db::open(&old.database.owner_url()).unwrap();
    owner.batch_execute(schema).unwrap();
    owner.batch_execute(&records).unwrap();
    // As diesel notes what it applied.
    owner
        .batch_execute(&format!(
            "CREATE TABLE __diesel_schema_migrations (
                version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
             );
             INSERT INTO __diesel_schema_migrations (version) VALUES ('{VERSION}')"
        ))
        .unwrap();
    old
}

/// The records are whole, can be read, and are gone on with.
async fn lives(old: Elsewhere) {
    let verified = Verified::of(&old.database, &old.store());
    assert_eq!(
        verified.said.status,
        Some(0),
        "{}{}",
        verified.said.out,
        verified.said.err
    );
    let (app, _files) = old.serve().await;
    let petition = petition(&app).await;
    assert_eq!(
        (petition.complaint.as_str(), petition.handlings.len()),
        ("河道排放污水", 1)
    );
    assert_eq!(petition.handlings[0].fine_fen, Some(1_547_256_000));
    let (created, updated): (i32, i32) = (v1::RevisionChange::Created.into(), v1::RevisionChange::Updated.into());
    assert_eq!(history(&app).await, [created, created, updated]);
    let (name, bytes) = app
        .download("017d0000-0000-7000-8000-000000000001", v1::LedgerFile::Original)
        .await
        .unwrap();
    assert_eq!((name.as_str(), bytes.as_slice()), ("清单.xlsx", FILE));

    // The counts that came later are made with the next ledger.
    let ledgers = Ledgers::new();
    let file = ledgers.petitions("台账.xlsx", &[good(NUMBER, "南明区")]);
    app.upload(metadata("台账.xlsx"), &fs::read(file).unwrap())
        .await
        .unwrap();
    assert_eq!(work_once(&app, &[]).await, Some(0));
    assert_eq!(history(&app).await, [created, created, updated, updated]);
    let verified = Verified::of(app.database(), &app.store());
    assert_eq!(verified.said.status, Some(0), "{}", verified.said.out);
    let counted = verified
        .checks
        .iter()
        .find(|check| check["check"] == "petition_count")
        .unwrap();
    assert!(counted["looked_at"].as_u64() > Some(0));
}

async fn petition(app: &TestApp) -> v1::Petition {
    let request = v1::GetPetitionRequest {
        inspection_id: INSPECTION.into(),
        number: NUMBER.into(),
        ..Default::default()
    };
    app.petitions()
        .get_petition(request)
        .await
        .unwrap()
        .into_inner()
        .petition
        .unwrap()
}

/// What the history of a petition says became of it.
async fn history(app: &TestApp) -> Vec<i32> {
    let request = v1::WatchChangesRequest {
        inspection_id: INSPECTION.into(),
        ..Default::default()
    };
    let mut answers = app.history().watch_changes(request).await.unwrap().into_inner();
    let mut found = Vec::new();
    while let Some(answer) = answers.message().await.unwrap() {
        let own = answer
            .revisions
            .into_iter()
            .filter(|revision| revision.number == NUMBER);
        found.extend(own.map(|revision| revision.change));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_the_first_schema_is_migrated_and_whole() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let old = first(backend);
        let (url, store) = (old.database.owner_url(), old.store());
        let refused = server(&["verify", "--database", &url, "--store", &store]);
        assert_eq!(refused.status, Some(2));
        assert!(refused.err.contains("lacks migrations"), "{}", refused.err);
        let said = server(&["migrate", "--database", &url]);
        assert_eq!(said.status, Some(0), "{}", said.err);
        lives(old).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_the_first_schema_is_migrated_when_it_is_restored() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (old, backup, elsewhere) = (first(backend), Backup::planned(), Elsewhere::new(backend));
        let said = backup.make(&old.database, &old.store(), &[]);
        assert_eq!(said.status, Some(0), "{}", said.err);
        drop(old);
        let said = elsewhere.restore(&backup, &[]);
        assert_eq!(said.status, Some(0), "{}{}", said.out, said.err);
        lives(elsewhere).await;
    }
}
