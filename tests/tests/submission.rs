//! A county hands in a ledger over the one port, watches what becomes of it, and fetches it back.

use ducha::v1::{
    AcceptanceRule, CancelImportRequest, CommitImportRequest, GetPetitionRequest, ImportMode, ImportState, LedgerFile,
    ListFindingsRequest, ListImportsRequest, ListPlannedRowsRequest, PlannedOutcome, UploadMetadata,
};
use ducha_tests::ledger::{Ledgers, good};
use ducha_tests::upload::{messages, metadata};
use ducha_tests::worker::{Worker, work_once};
use ducha_tests::{INSPECTION, TestApp, on_both};
use tonic::Code;
use tonic_types::StatusExt;

const FIRST: &str = "X2GZ202112060001";
const SECOND: &str = "X2GZ202112060002";

fn reason(status: &tonic::Status) -> String {
    status
        .get_details_error_info()
        .map(|info| info.reason)
        .unwrap_or_default()
}

/// A ledger of a good row and one with an error.
fn mixed(ledgers: &Ledgers) -> Vec<u8> {
    let mut bad = good(SECOND, "南明区");
    bad[4] = "也许属实";
    std::fs::read(ledgers.petitions("台账.xlsx", &[good(FIRST, "南明区"), bad])).unwrap()
}

fn fine(ledgers: &Ledgers) -> Vec<u8> {
    std::fs::read(ledgers.petitions("台账.xlsx", &[good(FIRST, "南明区"), good(SECOND, "南明区")])).unwrap()
}

/// A ledger that is to be planned.
fn plan() -> UploadMetadata {
    UploadMetadata {
        mode: ImportMode::Plan.into(),
        ..metadata("台账.xlsx")
    }
}

async fn conclusion(app: &TestApp, number: &str) -> Option<i32> {
    let request = GetPetitionRequest {
        inspection_id: INSPECTION.into(),
        number: number.into(),
        ..Default::default()
    };
    let answer = app.petitions().get_petition(request).await.ok()?;
    answer.into_inner().petition.map(|petition| petition.conclusion)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_is_uploaded_watched_corrected_and_sent_again() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let sent = mixed(&ledgers);
        let answer = app.upload(metadata("南明区台账.xlsx"), &sent).await.unwrap();
        assert!(!answer.already_received);
        let id = answer.ledger_import.unwrap().id;
        let import = app.watched(&id).await;
        assert_eq!(import.state(), ImportState::AppliedInPart, "{import:?}");
        assert_eq!((import.rows_read, import.inserted, import.refused), (2, 1, 1));
        let files = [LedgerFile::Original, LedgerFile::Marked, LedgerFile::RefusedRows];
        assert_eq!(import.files, files.map(i32::from));
        assert!(conclusion(&app, FIRST).await.is_some() && conclusion(&app, SECOND).await.is_none());

        let (name, original) = app.download(&id, LedgerFile::Original).await.unwrap();
        assert_eq!((name.as_str(), &original), ("南明区台账.xlsx", &sent));
        let (name, marked) = app.download(&id, LedgerFile::Marked).await.unwrap();
        assert_eq!(name, "南明区台账-核对.xlsx");
        let (name, refused) = app.download(&id, LedgerFile::RefusedRows).await.unwrap();
        assert_eq!(name, "南明区台账-未导入.xlsx");
        assert!(marked.starts_with(b"PK") && refused.starts_with(b"PK"));

        let corrected = fine(&ledgers);
        let again = app.upload(metadata("南明区台账.xlsx"), &corrected).await.unwrap();
        let import = app.watched(&again.ledger_import.unwrap().id).await;
        assert_eq!(import.state(), ImportState::Applied);
        assert_eq!((import.inserted, import.unchanged, import.refused), (1, 1, 0));
        let missing = app.download(&import.id, LedgerFile::RefusedRows).await.unwrap_err();
        assert_eq!(
            (missing.code(), reason(&missing).as_str()),
            (Code::NotFound, "FILE_NOT_FOUND")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_changes_no_record_and_keeps_its_findings_and_its_marked_copy() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let check = UploadMetadata {
            mode: ImportMode::Check.into(),
            ..metadata("台账.xlsx")
        };
        let answer = app.upload(check.clone(), &mixed(&ledgers)).await.unwrap();
        let id = answer.ledger_import.unwrap().id;
        assert_eq!(work_once(&app, &[]).await, Some(1));
        let import = app.watched(&id).await;
        assert_eq!(import.state(), ImportState::Checked);
        assert_eq!((import.rows_read, import.inserted, import.refused), (2, 1, 1));
        assert_eq!(conclusion(&app, FIRST).await, None);
        let request = ListFindingsRequest {
            import_id: id.clone(),
            ..Default::default()
        };
        let findings = app
            .ledgers()
            .list_findings(request)
            .await
            .unwrap()
            .into_inner()
            .findings;
        assert!(findings.iter().any(|finding| finding.cell == "E3"), "{findings:?}");
        assert!(app.download(&id, LedgerFile::Marked).await.is_ok());
        let again = app.upload(check, &mixed(&ledgers)).await.unwrap();
        assert!(!again.already_received, "what was checked can be checked again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_looked_at_and_then_committed_as_it_was() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let import = app.handed_in(plan(), &fine(&ledgers)).await;
        let id = import.id.clone();
        assert_eq!(import.state(), ImportState::Planned, "{import:?}");
        assert_eq!(conclusion(&app, FIRST).await, None, "nothing is written yet");
        let rows = app
            .ledgers()
            .list_planned_rows(ListPlannedRowsRequest {
                import_id: id.clone(),
                ..Default::default()
            })
            .await
            .unwrap()
            .into_inner();
        let told: Vec<_> = rows
            .planned_rows
            .iter()
            .map(|row| (row.record_number.as_str(), row.outcome()))
            .collect();
        assert_eq!(
            told,
            [(FIRST, PlannedOutcome::Inserted), (SECOND, PlannedOutcome::Inserted)]
        );
        assert_eq!(rows.plan_hash, import.plan_hash);

        let commit = |hash: &str| CommitImportRequest {
            import_id: id.clone(),
            plan_hash: hash.to_owned(),
        };
        let other = app.ledgers().commit_import(commit(&"0".repeat(64))).await.unwrap_err();
        assert_eq!((other.code(), reason(&other).as_str()), (Code::Aborted, "PLAN_CHANGED"));
        let committed = app
            .ledgers()
            .commit_import(commit(&import.plan_hash))
            .await
            .unwrap()
            .into_inner();
        assert_eq!(committed.ledger_import.unwrap().state(), ImportState::Applied);
        assert!(conclusion(&app, SECOND).await.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_whose_records_moved_is_made_anew_and_not_applied() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let planned = app.handed_in(plan(), &fine(&ledgers)).await;
        let other = app
            .upload_file(&ledgers.petitions("另一本.xlsx", &[good(FIRST, "南明区")]))
            .await;
        assert_eq!(app.watched(&other).await.state(), ImportState::Applied);
        let commit = CommitImportRequest {
            import_id: planned.id.clone(),
            plan_hash: planned.plan_hash.clone(),
        };
        let refused = app.ledgers().commit_import(commit.clone()).await.unwrap_err();
        assert_eq!(
            (refused.code(), reason(&refused).as_str()),
            (Code::Aborted, "PLAN_CHANGED")
        );
        let now = app.watched(&planned.id).await;
        assert_eq!(now.state(), ImportState::Planned);
        assert_ne!(now.plan_hash, planned.plan_hash);
        assert_eq!(conclusion(&app, SECOND).await, None);
        let again = CommitImportRequest {
            plan_hash: now.plan_hash,
            ..commit
        };
        let committed = app.ledgers().commit_import(again).await.unwrap().into_inner();
        assert_eq!(committed.ledger_import.unwrap().state(), ImportState::Applied);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_is_all_or_nothing_is_nothing_with_one_bad_row() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let strict = UploadMetadata {
            acceptance: AcceptanceRule::AllOrNothing.into(),
            ..metadata("台账.xlsx")
        };
        let import = app.handed_in(strict, &mixed(&ledgers)).await;
        assert_eq!(import.state(), ImportState::Rejected);
        assert_eq!((import.rows_read, import.inserted, import.refused), (2, 0, 2));
        assert_eq!(import.error.unwrap().code, "TOO_MANY_REFUSED");
        assert_eq!(conclusion(&app, FIRST).await, None);
        assert!(import.errors > 0 && import.files.contains(&LedgerFile::Marked.into()));

        let share = |share| UploadMetadata {
            max_refused_share: Some(share),
            ..metadata("台账.xlsx")
        };
        let import = app.handed_in(share(0.4), &mixed(&ledgers)).await;
        assert_eq!(import.state(), ImportState::Rejected, "half of the rows are refused");
        let import = app.handed_in(share(0.5), &mixed(&ledgers)).await;
        assert_eq!(import.state(), ImportState::AppliedInPart);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_answer_with_the_import_they_made() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let bytes = fine(&ledgers);
        let first = app.upload(metadata("台账.xlsx"), &bytes).await.unwrap();
        let again = app.upload(metadata("另一个名字.xlsx"), &bytes).await.unwrap();
        assert!(again.already_received);
        let id = first.ledger_import.unwrap().id;
        assert_eq!(again.ledger_import.unwrap().id, id);
        work_once(&app, &[]).await;
        assert!(
            app.upload(metadata("台账.xlsx"), &bytes)
                .await
                .unwrap()
                .already_received
        );
        assert_eq!(app.watched(&id).await.state(), ImportState::Applied);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_not_as_it_should_be_is_refused_and_makes_no_import() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let bytes = fine(&ledgers);
        let refused = async |metadata: UploadMetadata, bytes: &[u8]| {
            let status = app.upload(metadata, bytes).await.unwrap_err();
            (status.code(), reason(&status))
        };
        let expected = |code, reason: &str| (code, reason.to_owned());
        let unknown = UploadMetadata {
            inspection_id: "gz-1999".into(),
            ..metadata("台账.xlsx")
        };
        assert_eq!(
            refused(unknown, &bytes).await,
            expected(Code::NotFound, "INSPECTION_NOT_FOUND")
        );
        let nameless = metadata("");
        assert_eq!(
            refused(nameless, &bytes).await,
            expected(Code::InvalidArgument, "FIELD_INVALID")
        );
        assert_eq!(
            refused(metadata("空.xlsx"), &[]).await,
            expected(Code::InvalidArgument, "FILE_EMPTY")
        );
        let wrong = UploadMetadata {
            file_sha256: "0".repeat(64),
            ..metadata("台账.xlsx")
        };
        assert_eq!(refused(wrong, &bytes).await, expected(Code::Aborted, "HASH_MISMATCH"));
        let headless = messages(metadata("台账.xlsx"), &bytes)
            .into_iter()
            .skip(1)
            .collect::<Vec<_>>();
        let status = app
            .ledgers()
            .upload_ledger(tokio_stream::iter(headless))
            .await
            .unwrap_err();
        assert_eq!(reason(&status), "UPLOAD_OUT_OF_ORDER");
        let all = ListImportsRequest {
            inspection_id: INSPECTION.into(),
            ..Default::default()
        };
        let page = app.ledgers().list_imports(all).await.unwrap().into_inner();
        assert!(page.imports.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_above_the_cap_is_refused_while_it_arrives() {
    for backend in [ducha_tests::Backend::Sqlite, ducha_tests::Backend::Postgres] {
        let app = TestApp::with(backend, |settings| settings.max_file_bytes = 100_000).await;
        let status = app.upload(metadata("大.xlsx"), &vec![7; 1_000_000]).await.unwrap_err();
        assert_eq!(
            (status.code(), reason(&status).as_str()),
            (Code::ResourceExhausted, "FILE_TOO_LARGE")
        );
        let info = status.get_details_error_info().unwrap();
        assert_eq!(info.metadata["limit_bytes"], "100000");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_ledger_is_rejected_with_its_reason_and_leaves_the_worker_alive() {
    on_both(async |app| {
        let _worker = Worker::start(&app, &[]);
        let ledgers = Ledgers::new();
        let import = app.handed_in(metadata("台账.xlsx"), b"this is no workbook").await;
        assert_eq!(import.state(), ImportState::Rejected);
        let error = import.error.unwrap();
        assert!(error.code.starts_with('F') && !error.message.is_empty(), "{error:?}");
        assert_eq!(import.files, [i32::from(LedgerFile::Original)]);
        let good = app.upload(metadata("台账.xlsx"), &fine(&ledgers)).await.unwrap();
        assert_eq!(
            app.watched(&good.ledger_import.unwrap().id).await.state(),
            ImportState::Applied
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_waits_is_called_off_and_no_worker_takes_it() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let answer = app.upload(metadata("台账.xlsx"), &fine(&ledgers)).await.unwrap();
        let id = answer.ledger_import.unwrap().id;
        let cancel = CancelImportRequest { import_id: id.clone() };
        let cancelled = app.ledgers().cancel_import(cancel.clone()).await.unwrap().into_inner();
        assert_eq!(cancelled.ledger_import.unwrap().state(), ImportState::Cancelled);
        assert_eq!(work_once(&app, &[]).await, Some(0));
        assert_eq!(app.watched(&id).await.state(), ImportState::Cancelled);
        let again = app.upload(metadata("台账.xlsx"), &fine(&ledgers)).await.unwrap();
        assert!(!again.already_received);
        work_once(&app, &[]).await;
        let applied = CancelImportRequest {
            import_id: again.ledger_import.unwrap().id,
        };
        let late = app.ledgers().cancel_import(applied).await.unwrap_err();
        assert_eq!(
            (late.code(), reason(&late).as_str()),
            (Code::FailedPrecondition, "IMPORT_STATE")
        );
    })
    .await;
}
