//! A backup is of one moment, whatever goes on, and what is restored of it answers as the original did.

use diesel::connection::SimpleConnection;
use ducha::v1;
use ducha::v1::progress_service_client::ProgressServiceClient;
use ducha_records::{Db, inspections};
use ducha_tests::backup::{Backup, Elsewhere, Verified};
use ducha_tests::ledger::{HEADER, Ledgers, good};
use ducha_tests::upload::metadata;
use ducha_tests::worker::{Worker, work_once};
use ducha_tests::{Backend, INSPECTION, TestApp, on_both};
use tonic::Code;
use tonic_types::StatusExt;

/// Rows of the ledger that is imported while the backup is made.
const LARGE: u32 = 6_000;

/// A ledger of a good row and one that is refused.
fn mixed(ledgers: &Ledgers) -> Vec<u8> {
    let mut bad = good("X2GZ202112060002", "南明区");
    bad[4] = "也许属实";
    let rows = [
        good("X2GZ202112060001", "南明区"),
        bad,
        good("X2GZ202112060003", "南明区"),
    ];
    std::fs::read(ledgers.petitions("台账.xlsx", &rows)).unwrap()
}

fn large(ledgers: &Ledgers) -> Vec<u8> {
    let mut rows = vec![HEADER.map(str::to_owned)];
    rows.extend((0..LARGE).map(|at| good(&format!("D2GZ20211207{at:04}"), "南明区").map(str::to_owned)));
    std::fs::read(ledgers.sheet("大.xlsx", &rows)).unwrap()
}

/// What a server answers for the inspection.
#[derive(Debug, PartialEq)]
struct Answers {
    listed: Vec<v1::Petition>,
    exported: Vec<v1::Petition>,
    figures: Vec<v1::ProgressRow>,
    revisions: Vec<v1::Revision>,
    imports: Vec<v1::Import>,
    files: Vec<(String, Vec<u8>)>,
}

async fn answers(app: &TestApp) -> Answers {
    let request = v1::ListPetitionsRequest {
        inspection_id: INSPECTION.into(),
        page_size: 1_000,
        view: v1::RecordView::Full.into(),
        ..Default::default()
    };
    let listed = app.petitions().list_petitions(request).await.unwrap().into_inner();
    let request = v1::GetProgressRequest {
        inspection_id: INSPECTION.into(),
        group_by: vec![v1::Dimension::Division.into()],
        ..Default::default()
    };
    let mut progress = ProgressServiceClient::new(app.channel.clone());
    let figures = progress.get_progress(request).await.unwrap().into_inner();
    let request = v1::ListImportsRequest {
        inspection_id: INSPECTION.into(),
        ..Default::default()
    };
    let imports = app.ledgers().list_imports(request).await.unwrap().into_inner();
    let mut files = Vec::new();
    for import in &imports.imports {
        for file in [
            v1::LedgerFile::Original,
            v1::LedgerFile::Marked,
            v1::LedgerFile::RefusedRows,
        ] {
            files.extend(app.download(&import.id, file).await.ok());
        }
    }
    Answers {
        listed: listed.petitions,
        exported: exported(app).await,
        figures: figures.rows,
        revisions: feed(app, "").await.unwrap().0,
        imports: imports.imports,
        files,
    }
}

async fn exported(app: &TestApp) -> Vec<v1::Petition> {
    let request = v1::ExportPetitionsRequest {
        inspection_id: INSPECTION.into(),
        ..Default::default()
    };
    let mut answers = app.petitions().export_petitions(request).await.unwrap().into_inner();
    let mut all = Vec::new();
    while let Some(answer) = answers.message().await.unwrap() {
        all.extend(answer.petitions);
    }
    all
}

/// The feed up to its end, and the cursor there.
async fn feed(app: &TestApp, cursor: &str) -> Result<(Vec<v1::Revision>, String), tonic::Status> {
    let request = v1::WatchChangesRequest {
        inspection_id: INSPECTION.into(),
        cursor: cursor.into(),
        ..Default::default()
    };
    let mut answers = app.history().watch_changes(request).await?.into_inner();
    let (mut all, mut end) = (Vec::new(), String::new());
    while let Some(answer) = answers.message().await? {
        all.extend(answer.revisions);
        end = answer.cursor;
    }
    Ok((all, end))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restored_elsewhere_gives_the_same_answers_and_readers_of_the_feed_begin_anew() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        app.upload(metadata("南明区台账.xlsx"), &mixed(&ledgers)).await.unwrap();
        assert_eq!(work_once(&app, &[]).await, Some(1), "one row was refused");
        let wanted = answers(&app).await;
        assert_eq!((wanted.exported.len(), wanted.files.len()), (2, 3));
        let (_, cursor) = feed(&app, "").await.unwrap();

        let backup = Backup::of(&app);
        let elsewhere = Elsewhere::new(app.database().backend());
        let said = elsewhere.restore(&backup, &[]);
        assert_eq!(said.status, Some(0), "{}{}", said.out, said.err);
        let (again, _files) = elsewhere.serve().await;
        assert_eq!(answers(&again).await, wanted);
        let refused = feed(&again, &cursor).await.unwrap_err();
        assert_eq!(refused.code(), Code::FailedPrecondition);
        assert_eq!(refused.get_details_error_info().unwrap().reason, "FEED_RESET");

        // It goes on as a database of its own.
        again.upload(metadata("大.xlsx"), &large(&ledgers)).await.unwrap();
        assert_eq!(work_once(&again, &[]).await, Some(0));
        assert_eq!(exported(&again).await.len(), 2 + LARGE as usize);
        let verified = Verified::of(again.database(), &again.store());
        assert_eq!(verified.said.status, Some(0), "{}", verified.said.out);
    })
    .await;
}

/// How many petitions there are when a backup is restored.
async fn restored(app: &TestApp, backup: &Backup) -> usize {
    let elsewhere = Elsewhere::new(app.database().backend());
    let said = tokio::task::block_in_place(|| elsewhere.restore(backup, &[]));
    assert_eq!(said.status, Some(0), "{}{}", said.out, said.err);
    let (again, _files) = elsewhere.serve().await;
    exported(&again).await.len()
}

/// Begins a transaction that holds the inspection.
fn held(db: &mut Db) {
    db.batch_execute("BEGIN").unwrap();
    inspections::hold(db, INSPECTION).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_made_while_a_worker_imports_has_all_of_a_ledger_or_nothing_of_it() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        app.handed_in(metadata("南明区台账.xlsx"), &mixed(&ledgers)).await;
        // A ledger does not get through while somebody holds its inspection. On SQLite nothing could be handed in then.
        let waits = app.database().backend() == Backend::Postgres;
        let mut holder = app.database().open();
        if waits {
            held(&mut holder);
        }
        let answer = app.upload(metadata("大.xlsx"), &large(&ledgers)).await.unwrap();
        let import = answer.ledger_import.unwrap().id;
        // From when a worker has it in hand on, one backup after the other until it is through.
        let request = v1::WatchImportRequest {
            import_id: import.clone(),
        };
        let mut states = app.ledgers().watch_import(request).await.unwrap().into_inner();
        while let Some(answer) = states.message().await.unwrap() {
            if answer.ledger_import.unwrap().state() != v1::ImportState::Received {
                break;
            }
        }
        if !waits {
            tokio::task::block_in_place(|| held(&mut holder));
        }
        let amid = tokio::task::block_in_place(|| Backup::of(&app));
        holder.batch_execute("COMMIT").unwrap();
        let mut seen = vec![restored(&app, &amid).await];
        while seen.last() != Some(&(2 + LARGE as usize)) {
            let backup = tokio::task::block_in_place(|| Backup::of(&app));
            seen.push(restored(&app, &backup).await);
        }
        let partly = seen.iter().any(|rows| ![2, 2 + LARGE as usize].contains(rows));
        assert!(!partly, "{seen:?}");
        assert!(
            !waits || seen.first() == Some(&2),
            "the first backup was made before the ledger was through"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_killed_looks_like_none() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        app.upload(metadata("大.xlsx"), &large(&ledgers)).await.unwrap();
        assert_eq!(work_once(&app, &[]).await, Some(0));
        let backup = Backup::planned();
        let mut command = ducha_tests::program::command("ducha-server");
        command.arg("backup").arg(backup.path());
        command.args(["--database", &app.database().backup_url(), "--store", &app.store()]);
        let mut child = command.spawn().unwrap();
        let begun = || std::fs::read_dir(backup.around()).unwrap().flatten().next();
        while begun().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = begun().unwrap().path();
        assert_ne!(left, backup.path(), "it was not done yet");
        std::fs::rename(left, backup.path()).unwrap();
        let said = Elsewhere::new(app.database().backend()).restore(&backup, &[]);
        assert_eq!(said.status, Some(2), "{}", said.err);
        assert!(said.err.contains("is no whole backup"), "{}", said.err);
    })
    .await;
}
