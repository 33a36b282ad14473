//! What is not whole, not meant, or not allowed is refused before anything changes.

use std::fs;
use std::path::{Path, PathBuf};

use ducha_records::{Db, backup as whole};
use ducha_tests::backup::{Backup, Elsewhere, Verified, filled};
use ducha_tests::{Backend, TestApp, TestDatabase, on_both};

/// The files below a folder that are called by their hashes.
fn objects(folder: &Path) -> Vec<PathBuf> {
    let below = fs::read_dir(folder.join("files")).unwrap().flatten();
    let mut files: Vec<PathBuf> = below
        .flat_map(|folder| fs::read_dir(folder.path()).unwrap().flatten().map(|file| file.path()))
        .collect();
    files.sort();
    files
}

fn store_folder(app: &TestApp) -> PathBuf {
    PathBuf::from(app.store().strip_prefix("file://").unwrap())
}

fn cut(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

fn database_of(folder: &Path) -> PathBuf {
    let names = ["database.sqlite", "database.dump"];
    names
        .map(|name| folder.join(name))
        .into_iter()
        .find(|path| path.is_file())
        .unwrap()
}

fn is_empty(database: &TestDatabase, backend: Backend) -> bool {
    match backend {
        // Opened, it would be made.
        Backend::Sqlite => !Path::new(database.admin_url().strip_prefix("sqlite://").unwrap()).exists(),
        Backend::Postgres => whole::is_empty(&mut Db::open(database.admin_url()).unwrap()).unwrap(),
    }
}

/// What may befall a backup, and what is said of it.
type Damage = (&'static str, fn(&Path));

const DAMAGES: [Damage; 7] = [
    ("is damaged: its SHA-256 is", |folder| {
        let object = &objects(folder)[0];
        let mut bytes = fs::read(object).unwrap();
        bytes[100] ^= 1;
        fs::write(object, bytes).unwrap();
    }),
    ("No such file", |folder| fs::remove_file(&objects(folder)[1]).unwrap()),
    ("is damaged: its SHA-256 is", |folder| cut(&database_of(folder))),
    ("manifest.json: EOF", |folder| cut(&folder.join("manifest.json"))),
    ("SHA256SUMS is not whole", |folder| {
        let list = folder.join("SHA256SUMS");
        let lines = fs::read_to_string(&list).unwrap();
        let rest: Vec<&str> = lines.lines().skip(1).collect();
        fs::write(&list, rest.join("\n")).unwrap();
    }),
    ("which belongs to no backup", |folder| {
        let list = folder.join("SHA256SUMS");
        let lines = fs::read_to_string(&list).unwrap();
        fs::write(folder.join("other"), "").unwrap();
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        fs::write(&list, format!("{empty}  other\n{lines}")).unwrap();
    }),
    ("is newer than this program", |folder| {
        let path = folder.join("manifest.json");
        let text = fs::read_to_string(&path).unwrap();
        let (before, after) = text.split_once("\"schema\": \"").unwrap();
        fs::write(&path, format!("{before}\"schema\": \"9{}", &after[1..])).unwrap();
    }),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_damaged_or_from_a_newer_version_is_refused_and_nothing_changes() {
    on_both(async |app| {
        filled(&app).await;
        let (backup, backend) = (Backup::of(&app), app.database().backend());
        for (wanted, damage) in DAMAGES {
            let spoilt = backup.copied();
            damage(&spoilt.path());
            let elsewhere = Elsewhere::new(backend);
            let said = elsewhere.restore(&spoilt, &[]);
            assert_eq!(said.status, Some(2), "{wanted}: {}", said.err);
            assert!(said.err.contains(wanted), "{wanted}: {}", said.err);
            assert!(is_empty(&elsewhere.database, backend), "{wanted}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_with_records_is_replaced_only_on_request_and_never_while_it_is_in_use() {
    on_both(async |app| {
        filled(&app).await;
        let backup = Backup::of(&app);
        let elsewhere = Elsewhere::new(app.database().backend());
        for more in [&[][..], &["--replace"]] {
            assert_eq!(elsewhere.restore(&backup, more).status, Some(0), "{more:?}");
        }
        let said = elsewhere.restore(&backup, &[]);
        assert_eq!(said.status, Some(2));
        assert!(said.err.contains("--replace deletes what is in it"), "{}", said.err);

        let mut other = elsewhere.database.open();
        diesel::RunQueryDsl::execute(diesel::sql_query("SELECT 1 FROM imports"), &mut other).unwrap();
        let said = elsewhere.restore(&backup, &["--replace"]);
        assert_eq!(said.status, Some(2));
        assert!(said.err.contains("in use by other connections"), "{}", said.err);
        drop(other);
        assert_eq!(elsewhere.restore(&backup, &["--replace"]).status, Some(0));
    })
    .await;
}

#[test]
fn a_database_of_somebody_else_is_left_alone() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let source = TestDatabase::ready(backend);
        let (backup, elsewhere) = (Backup::planned(), Elsewhere::new(backend));
        assert_eq!(backup.make(&source, &elsewhere.store(), &[]).status, Some(0));
        let mut owner = Db::open(&elsewhere.database.owner_url()).unwrap();
        diesel::connection::SimpleConnection::batch_execute(&mut owner, "CREATE TABLE theirs (id INTEGER)").unwrap();
        drop(owner);
        let said = elsewhere.restore(&backup, &["--replace"]);
        assert_eq!(said.status, Some(2));
        assert!(said.err.contains("tables that are not ducha's"), "{}", said.err);
    }
}

#[test]
fn a_log_whose_database_is_gone_is_not_taken_for_that_of_the_restored_one() {
    let source = TestDatabase::ready(Backend::Sqlite);
    let (backup, elsewhere) = (Backup::planned(), Elsewhere::new(Backend::Sqlite));
    assert_eq!(backup.make(&source, &elsewhere.store(), &[]).status, Some(0));
    let path = elsewhere
        .database
        .admin_url()
        .strip_prefix("sqlite://")
        .unwrap()
        .to_owned();
    let log = PathBuf::from(format!("{path}-wal"));
    fs::write(&log, "what somebody committed").unwrap();
    let said = elsewhere.restore(&backup, &[]);
    assert_eq!(said.status, Some(2));
    assert!(said.err.contains("--replace deletes what is in it"), "{}", said.err);
    assert!(log.is_file() && !Path::new(&path).exists());
    assert_eq!(elsewhere.restore(&backup, &["--replace"]).status, Some(0));
}

#[test]
fn a_backup_of_one_kind_of_database_is_not_restored_into_the_other() {
    let source = TestDatabase::ready(Backend::Sqlite);
    let (backup, elsewhere) = (Backup::planned(), Elsewhere::new(Backend::Postgres));
    assert_eq!(backup.make(&source, &elsewhere.store(), &[]).status, Some(0));
    let said = elsewhere.restore(&backup, &[]);
    assert_eq!(said.status, Some(2));
    assert!(
        said.err.contains("the backup is of sqlite, the database is postgres"),
        "{}",
        said.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_with_a_damaged_file_gives_no_backup_unless_it_may_be_left_out() {
    on_both(async |app| {
        filled(&app).await;
        let damaged = &objects(&store_folder(&app))[0];
        cut(damaged);
        let name = damaged.file_name().unwrap().to_str().unwrap().to_owned();

        let backup = Backup::planned();
        let said = backup.make(app.database(), &app.store(), &[]);
        assert_eq!(said.status, Some(1));
        assert!(
            said.err.contains(&name) && said.err.contains("no backup was made"),
            "{}",
            said.err
        );
        assert_eq!(
            fs::read_dir(backup.around()).unwrap().count(),
            0,
            "nothing is left behind"
        );

        let said = backup.make(app.database(), &app.store(), &["--skip-damaged"]);
        assert_eq!(said.status, Some(1));
        assert!(
            said.err.contains(&name) && said.err.contains("made without them"),
            "{}",
            said.err
        );
        let elsewhere = Elsewhere::new(app.database().backend());
        let said = elsewhere.restore(&backup, &[]);
        assert_eq!(said.status, Some(1), "it ends as verify does: {}", said.err);
        let verified = Verified::of(&elsewhere.database, &elsewhere.store());
        assert_eq!(verified.faulty(), ["file"]);
        assert!(verified.said.out.contains(&name), "{}", verified.said.out);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_puts_a_good_file_in_the_place_of_a_damaged_one() {
    on_both(async |app| {
        filled(&app).await;
        let (backup, elsewhere) = (Backup::of(&app), Elsewhere::new(app.database().backend()));
        assert_eq!(elsewhere.restore(&backup, &[]).status, Some(0));
        cut(&objects(Path::new(elsewhere.store().strip_prefix("file://").unwrap()))[0]);
        assert_eq!(Verified::of(&elsewhere.database, &elsewhere.store()).faulty(), ["file"]);
        let said = elsewhere.restore(&backup, &["--replace"]);
        assert_eq!(said.status, Some(0), "{}", said.err);
    })
    .await;
}

#[test]
fn a_backup_does_not_write_over_what_is_there_and_makes_no_database() {
    let source = TestDatabase::ready(Backend::Sqlite);
    let (backup, elsewhere) = (Backup::planned(), Elsewhere::new(Backend::Sqlite));
    fs::create_dir(backup.path()).unwrap();
    let said = backup.make(&source, &elsewhere.store(), &[]);
    assert_eq!(said.status, Some(2));
    assert!(said.err.contains("is there already"), "{}", said.err);

    let said = Backup::planned().make(&elsewhere.database, &elsewhere.store(), &[]);
    assert_eq!(said.status, Some(2));
    assert!(said.err.contains("there is no database"), "{}", said.err);
    assert!(is_empty(&elsewhere.database, Backend::Sqlite));
}

#[test]
fn a_role_that_would_see_a_part_of_the_rows_is_refused_by_name() {
    let (source, files) = (TestDatabase::ready(Backend::Postgres), Elsewhere::new(Backend::Sqlite));
    for (role, url) in [
        ("ducha_owner", source.owner_url()),
        ("ducha_server", source.server_url()),
        ("ducha_worker", source.url()), // sees every row, but may not read tokens
    ] {
        let backup = Backup::planned();
        let path = backup.path();
        let arguments = [
            "backup",
            path.to_str().unwrap(),
            "--database",
            &url,
            "--store",
            &files.store(),
        ];
        let said = ducha_tests::backup::server(&arguments);
        assert_eq!(said.status, Some(2), "{role}: {}", said.err);
        assert!(
            said.err.contains(role) && said.err.contains("ducha_backup"),
            "{}",
            said.err
        );
    }
}

#[test]
fn who_may_write_backups_may_change_nothing() {
    let source = TestDatabase::ready(Backend::Postgres);
    let mut db = Db::open(&source.backup_url()).unwrap();
    for sql in [
        "DELETE FROM divisions",
        "UPDATE feed SET epoch = 'x'",
        "INSERT INTO reasons SELECT * FROM reasons",
    ] {
        let refused = diesel::RunQueryDsl::execute(diesel::sql_query(sql), &mut db).unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{sql}: {refused}");
    }
}
