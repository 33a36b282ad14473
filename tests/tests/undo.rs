//! An import is undone over the one port: what it did is taken back, told, and can be done again.

use diesel::RunQueryDsl;
use ducha::v1;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::ledger::{Ledgers, good};
use ducha_tests::tenants::{ledger as tenant, own};
use ducha_tests::upload::metadata;
use ducha_tests::worker::{Worker, work_once};
use ducha_tests::{INSPECTION, Seed, TestApp, on_both, on_both_guarded, petition};
use tonic::{Code, Status};
use tonic_types::StatusExt;

const FIRST: &str = "X2GZ202112060001";
const SECOND: &str = "X2GZ202112060002";

fn reason(status: &Status) -> (Code, String) {
    (status.code(), status.get_details_error_info().unwrap().reason)
}

fn detail(status: &Status, name: &str) -> String {
    status.get_details_error_info().unwrap().metadata[name].clone()
}

async fn undo(app: &TestApp, import: &str, validate_only: bool) -> Result<v1::UndoImportResponse, Status> {
    let request = v1::UndoImportRequest {
        import_id: import.to_owned(),
        validate_only,
        note: "报错了文件".to_owned(),
    };
    Ok(app.ledgers().undo_import(request).await?.into_inner())
}

async fn found(app: &TestApp, number: &str) -> Option<v1::Petition> {
    let request = v1::GetPetitionRequest {
        inspection_id: INSPECTION.into(),
        number: number.into(),
        ..Default::default()
    };
    app.petitions().get_petition(request).await.ok()?.into_inner().petition
}

/// A petition's row with another handling.
fn saying<'a>(number: &'a str, text: &'a str) -> [&'a str; 7] {
    let mut row = good(number, "南明区");
    row[5] = text;
    row
}

fn bytes(ledgers: &Ledgers, rows: &[[&str; 7]]) -> Vec<u8> {
    std::fs::read(ledgers.petitions("台账.xlsx", rows)).unwrap()
}

async fn searched(app: &TestApp, text: &str) -> usize {
    let filter = v1::PetitionFilter {
        text_contains: text.to_owned(),
        ..Default::default()
    };
    let request = v1::ListPetitionsRequest {
        inspection_id: INSPECTION.into(),
        filter: Some(filter),
        ..Default::default()
    };
    app.petitions()
        .list_petitions(request)
        .await
        .unwrap()
        .into_inner()
        .petitions
        .len()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undone_ledger_leaves_what_was_there_and_can_be_handed_in_again() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let _worker = Worker::start(&app, &[]);
        let first = bytes(&ledgers, &[saying(FIRST, "已责令整改。")]);
        app.handed_in(metadata("一.xlsx"), &first).await;
        let before = found(&app, FIRST).await.unwrap();
        let second = bytes(
            &ledgers,
            &[saying(FIRST, "已关停取缔。"), saying(SECOND, "已关停取缔。")],
        );
        let wrong = app.handed_in(metadata("二.xlsx"), &second).await;
        assert_eq!((wrong.inserted, wrong.updated), (1, 1));
        assert_eq!(searched(&app, "关停").await, 2);

        let told = undo(&app, &wrong.id, true).await.unwrap();
        assert_eq!(told.ledger_import.as_ref().unwrap().state(), v1::ImportState::Undone);
        let count = v1::UndoneCount {
            kind: v1::LedgerKind::Petitions.into(),
            restored: 1,
            removed: 1,
        };
        assert_eq!(told.counts, [count]);
        assert!(found(&app, SECOND).await.is_some(), "it was only told");
        let done = undo(&app, &wrong.id, false).await.unwrap();
        let said = |answer: &v1::UndoImportResponse| -> Vec<_> {
            let rows = answer.rows.iter();
            rows.map(|row| (row.number.clone(), row.change(), row.fields.clone()))
                .collect()
        };
        assert_eq!(said(&done), said(&told));
        let changes: Vec<_> = done
            .rows
            .iter()
            .map(|row| (row.number.as_str(), row.change()))
            .collect();
        assert_eq!(
            changes,
            [
                (FIRST, v1::RevisionChange::Undone),
                (SECOND, v1::RevisionChange::Removed)
            ]
        );
        assert_eq!(
            (done.rows[0].reason.as_str(), done.rows[0].origin.as_ref().unwrap().row),
            ("报错了文件", 2)
        );
        assert_eq!(
            undo(&app, &wrong.id, false).await.unwrap(),
            done,
            "a second undo answers as the first"
        );

        let after = found(&app, FIRST).await.unwrap();
        assert!(after.version > before.version && after.etag != before.etag);
        let plain = |petition: v1::Petition| v1::Petition {
            version: 0,
            etag: String::new(),
            updated_at: None,
            ..petition
        };
        assert_eq!(plain(after), plain(before));
        assert!(found(&app, SECOND).await.is_none());
        assert_eq!(searched(&app, "关停").await, 0);

        let again = app.upload(metadata("二.xlsx"), &second).await.unwrap();
        assert!(!again.already_received, "what was undone can be sent again");
        let again = app.watched(&again.ledger_import.unwrap().id).await;
        assert_eq!(
            (again.state(), again.inserted, again.updated),
            (v1::ImportState::Applied, 1, 1)
        );
        assert_eq!(searched(&app, "关停").await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_the_way_of_an_undo_is_named() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let check = v1::UploadMetadata {
            mode: v1::ImportMode::Check.into(),
            ..metadata("查.xlsx")
        };
        let checked = app
            .upload(check, &bytes(&ledgers, &[saying(FIRST, "无")]))
            .await
            .unwrap();
        let checked = checked.ledger_import.unwrap().id;
        assert!(work_once(&app, &[]).await.is_some());
        let refused = undo(&app, &checked, false).await.unwrap_err();
        assert_eq!(reason(&refused), (Code::FailedPrecondition, "IMPORT_STATE".into()));
        assert_eq!(detail(&refused, "state"), "checked");

        let mut ids = Vec::new();
        for text in ["一", "二", "三"] {
            let sent = bytes(&ledgers, &[saying(FIRST, text)]);
            let import = app.upload(metadata("台账.xlsx"), &sent).await.unwrap();
            assert!(work_once(&app, &[]).await.is_some());
            ids.push(app.watched(&import.ledger_import.unwrap().id).await.id);
        }
        for validate_only in [true, false] {
            let refused = undo(&app, &ids[0], validate_only).await.unwrap_err();
            assert_eq!(
                reason(&refused),
                (Code::FailedPrecondition, "IMPORT_CHANGED_SINCE".into())
            );
            assert_eq!(detail(&refused, "imports"), format!("{},{}", ids[1], ids[2]));
            assert_eq!(detail(&refused, "records"), format!("petitions 520102 {FIRST}"));
        }
        for id in ids.iter().rev() {
            undo(&app, id, false).await.unwrap();
        }
        assert!(found(&app, FIRST).await.is_none());
        let unknown = undo(&app, "018f2f9e-0000-7000-8000-000000000001", false)
            .await
            .unwrap_err();
        assert_eq!(reason(&unknown), (Code::NotFound, "IMPORT_NOT_FOUND".into()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reviewers_undo_what_they_reach_and_submitters_what_they_handed_in() {
    on_both_guarded(async |app| {
        let import = app.import(tenant("520102")).await;
        let attempt = async |role: Role, division: &str| {
            let bearer = Bearer::issue(&mut app.database().open(), role, Some(division));
            let mut ledgers = LedgerServiceClient::with_interceptor(app.channel.clone(), bearer);
            let request = v1::UndoImportRequest {
                import_id: import.clone(),
                ..Default::default()
            };
            ledgers.undo_import(request).await.map(|answer| answer.into_inner())
        };
        for (role, division, wanted) in [
            (Role::Reader, "520102", (Code::PermissionDenied, "ROLE_NOT_ALLOWED")),
            (Role::Submitter, "520102", (Code::PermissionDenied, "IMPORT_OF_ANOTHER")),
            (Role::Submitter, "520103", (Code::NotFound, "IMPORT_NOT_FOUND")),
            (Role::Reviewer, "520103", (Code::NotFound, "IMPORT_NOT_FOUND")),
        ] {
            let refused = attempt(role, division).await.unwrap_err();
            assert_eq!(
                reason(&refused),
                (wanted.0, wanted.1.to_owned()),
                "{role:?} of {division}"
            );
        }
        let sql = "UPDATE imports SET submitter = 'submitter of 520102'";
        diesel::sql_query(sql).execute(&mut app.database().open()).unwrap();
        let done = attempt(Role::Submitter, "520102").await.unwrap();
        assert!(done.rows.iter().any(|row| row.number == own("520102")));
        // Names of persons are no business of who hands ledgers in.
        let decision = done
            .rows
            .iter()
            .find(|row| row.kind() == v1::LedgerKind::Accountabilities);
        let name = decision
            .unwrap()
            .fields
            .iter()
            .find(|field| field.field == "name")
            .unwrap();
        assert_eq!(name.before_json, "\"王**\"");
        let again = attempt(Role::Reviewer, "520100").await.unwrap();
        assert_eq!((again.counts.len(), &again.counts), (done.counts.len(), &done.counts));
        let administrator = Bearer::issue(&mut app.database().open(), Role::Administrator, None);
        let mut access =
            v1::access_service_client::AccessServiceClient::with_interceptor(app.channel.clone(), administrator);
        let events = access
            .list_audit_events(v1::ListAuditEventsRequest::default())
            .await
            .unwrap()
            .into_inner()
            .events;
        let of_undo: Vec<_> = events
            .iter()
            .filter(|event| event.method.ends_with("/UndoImport"))
            .collect();
        assert_eq!(of_undo.len(), 1, "the second undo changed nothing");
        assert_eq!(
            (of_undo[0].records.as_slice(), of_undo[0].actor.as_str()),
            (&[import.clone()][..], "submitter of 520102")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn undos_amid_imports_of_others_leave_a_feed_without_gaps_and_nothing_of_what_was_undone() {
    on_both(async |app| {
        const TURNS: usize = 4;
        let counties = ["520102", "520103", "520302"];
        let work = counties.map(|county| {
            let app = &app;
            async move {
                let mut imports = Vec::new();
                for turn in 0..TURNS {
                    let (wording, mut content) = petition();
                    content.investigation = Some(turn.to_string());
                    let day = format!("2022-03-{:02}", turn + 1);
                    let ledger = Seed {
                        petitions: vec![
                            (format!("{county}-1"), wording.clone(), content.clone()),
                            ("SHARED".to_owned(), wording, content),
                        ],
                        reported_on: day.parse().unwrap(),
                        ..Seed::of(county)
                    };
                    imports.push(app.import(ledger).await);
                    if turn % 2 == 1 {
                        let last = imports.pop().unwrap();
                        undo(app, &last, false).await.unwrap();
                    }
                }
                imports
            }
        });
        let [one, other, third] = work;
        let imports = tokio::join!(one, other, third);
        let mut left = [imports.0, imports.1, imports.2].concat();
        let request = v1::WatchChangesRequest {
            inspection_id: INSPECTION.into(),
            ..Default::default()
        };
        let mut answers = app.history().watch_changes(request).await.unwrap().into_inner();
        let (mut revisions, mut verdicts) = (0, 0);
        while let Some(answer) = answers.message().await.unwrap() {
            revisions += answer.revisions.len();
            verdicts += answer.verdicts.len();
        }
        let end = ducha_records::feed::end(&mut app.database().open(), INSPECTION)
            .unwrap()
            .unwrap();
        assert_eq!((revisions as i64, verdicts as i64), (end.sequence, end.verdict));
        for county in counties {
            let petition = found(&app, &format!("{county}-1")).await.unwrap();
            assert_eq!(petition.handlings[0].investigation, "2", "of the last one that stands");
        }
        left.sort();
        // The last first: they stand on each other.
        while let Some(last) = left.pop() {
            if let Err(refused) = undo(&app, &last, false).await {
                // Who named the shared petition first goes after the others.
                assert_eq!(reason(&refused).1, "IMPORT_CHANGED_SINCE");
                left.insert(0, last);
            }
        }
        assert!(found(&app, "SHARED").await.is_none());
    })
    .await;
}
