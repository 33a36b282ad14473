//! `ducha-server verify` tells what is not as it should be, and nothing else.

use std::fs;
use std::path::Path;

use diesel::connection::SimpleConnection;
use ducha_records::hex::hex;
use ducha_tests::backup::{Verified, filled};
use ducha_tests::tenants::{COUNTIES, ledger};
use ducha_tests::{TestApp, on_both};
use sha2::{Digest, Sha256};

/// A server with records of every kind, of which some were taken in over gRPC.
async fn fill(app: &TestApp) {
    for county in COUNTIES {
        app.import(ledger(county)).await;
    }
    filled(app).await;
}

/// What somebody did to the database, how it is taken back, and the checks that tell.
type Damage = (&'static str, &'static str, &'static [&'static str]);

const DAMAGES: [Damage; 13] = [
    (
        "UPDATE petitions SET complaint = complaint || 'x' WHERE number = 'N-520102'",
        "UPDATE petitions SET complaint = SUBSTR(complaint, 1, LENGTH(complaint) - 1) WHERE number = 'N-520102'",
        &["wording_hash"],
    ),
    (
        "UPDATE handlings SET ordered = 7 WHERE number = 'N-520102'",
        "UPDATE handlings SET ordered = NULL WHERE number = 'N-520102'",
        &["content_hash", "petition_count"],
    ),
    (
        "UPDATE alerts SET station = station || 'x'",
        "UPDATE alerts SET station = SUBSTR(station, 1, LENGTH(station) - 1)",
        &["content_hash"],
    ),
    (
        "UPDATE tasks SET status = 4 WHERE number = 'N-520102'",
        "UPDATE tasks SET status = 2 WHERE number = 'N-520102'",
        &["state"],
    ),
    (
        "UPDATE petition_counts SET petitions = petitions + 1 WHERE area = '520102'",
        "UPDATE petition_counts SET petitions = petitions - 1 WHERE area = '520102'",
        &["petition_count"],
    ),
    (
        "UPDATE measure_counts SET fine_fen = fine_fen - 1 WHERE area = '520103'",
        "UPDATE measure_counts SET fine_fen = fine_fen + 1 WHERE area = '520103'",
        &["petition_count"],
    ),
    (
        "UPDATE imports SET refused = refused + 1",
        "UPDATE imports SET refused = refused - 1",
        &["import_count"],
    ),
    (
        "UPDATE findings SET severity = severity - 1",
        "UPDATE findings SET severity = severity + 1",
        &["import_count"],
    ),
    (
        "UPDATE revisions SET sequence = -3 WHERE sequence = 3",
        "UPDATE revisions SET sequence = 3 WHERE sequence = -3",
        &["sequence"],
    ),
    (
        "UPDATE inspections SET last_sequence = last_sequence + 1",
        "UPDATE inspections SET last_sequence = last_sequence - 1",
        &["sequence"],
    ),
    (
        "UPDATE revisions SET import_id = 'x' || import_id WHERE sequence = 3",
        "UPDATE revisions SET import_id = SUBSTR(import_id, 2) WHERE sequence = 3",
        &["reference"],
    ),
    (
        "UPDATE task_progress SET number = 'x' || number WHERE number = 'N-520103'",
        "UPDATE task_progress SET number = SUBSTR(number, 2) WHERE number = 'xN-520103'",
        &["reference", "state"],
    ),
    (
        "UPDATE activities SET division = '999999' WHERE division = '520302'",
        "UPDATE activities SET division = '520302' WHERE division = '999999'",
        &["division"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changed_in_the_database_is_told_by_the_check_it_is_of() {
    on_both(async |app| {
        fill(&app).await;
        let verified = Verified::of(app.database(), &app.store());
        assert_eq!(verified.said.status, Some(0), "{}", verified.said.out);
        assert_eq!(verified.faulty(), [""; 0]);
        for check in verified.checks.iter().filter(|check| check["check"] != "account") {
            let some = check["looked_at"].as_u64() > Some(0) || check["check"] == "spare_file";
            assert!(some, "nothing was looked at: {check}");
        }
        let mut db = app.database().open();
        for (damage, repair, wanted) in DAMAGES {
            db.batch_execute(damage).unwrap();
            let verified = Verified::of(app.database(), &app.store());
            assert_eq!(verified.said.status, Some(1), "{damage}: {}", verified.said.err);
            assert_eq!(verified.faulty(), wanted, "{damage}: {}", verified.said.out);
            db.batch_execute(repair).unwrap();
        }
        let verified = Verified::of(app.database(), &app.store());
        assert_eq!(verified.said.status, Some(0), "{}", verified.said.out);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_damaged_or_missing_are_faults_and_one_that_nobody_refers_to_is_a_note() {
    on_both(async |app| {
        fill(&app).await;
        let spare = hex(&Sha256::digest("nobody's"));
        let folder = Path::new(app.store().strip_prefix("file://").unwrap()).join("files");
        fs::create_dir_all(folder.join(&spare[..2])).unwrap();
        fs::write(folder.join(&spare[..2]).join(&spare), "nobody's").unwrap();
        let verified = Verified::of(app.database(), &app.store());
        assert_eq!(verified.said.status, Some(0), "a note is no fault");
        assert_eq!(verified.faulty(), ["spare_file"]);
        assert_eq!(verified.found[0]["subject"], spare);

        let below = fs::read_dir(&folder).unwrap().flatten();
        let files: Vec<_> = below
            .flat_map(|folder| fs::read_dir(folder.path()).unwrap().flatten())
            .collect();
        let mut stored: Vec<_> = files
            .iter()
            .map(|file| file.path())
            .filter(|path| !path.ends_with(&spare))
            .collect();
        stored.sort();
        assert_eq!(stored.len(), 3, "the original, the marked copy and the refused rows");
        fs::write(&stored[0], "other").unwrap();
        fs::remove_file(&stored[1]).unwrap();
        let verified = Verified::of(app.database(), &app.store());
        assert_eq!(verified.said.status, Some(1));
        let told: Vec<_> = verified.found.iter().filter(|line| line["check"] == "file").collect();
        let is = |at: usize| told[at]["is"].as_str().unwrap();
        assert_eq!((told.len(), is(0), is(1)), (2, "damaged", "missing"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_it_in_tables_in_their_language() {
    on_both(async |app| {
        fill(&app).await;
        let sql = "UPDATE petitions SET complaint = complaint || 'x' WHERE number = 'N-520102'";
        app.database().open().batch_execute(sql).unwrap();
        for (lang, wanted) in [("zh", "事项内容的哈希"), ("en", "hash of a wording")] {
            let (url, store) = (app.database().owner_url(), app.store());
            let said = ducha_tests::backup::server(&["verify", "--lang", lang, "--database", &url, "--store", &store]);
            assert_eq!(said.status, Some(1));
            assert!(
                said.out.contains(wanted) && said.out.contains("petitions N-520102"),
                "{}",
                said.out
            );
            assert!(said.err.contains("1 faults were found"), "{}", said.err);
        }
    })
    .await;
}
