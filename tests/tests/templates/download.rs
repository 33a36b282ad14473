//! Forms over gRPC: the same as from the command line, for whoever may hand them in again.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use ducha::v1;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha::v1::{DownloadTemplateRequest, GetImportRequest, Import, ImportState, LedgerKind, ListFindingsRequest};
use ducha_records::codes::{Conclusion, Role, TaskStatus};
use ducha_tests::credentials::Bearer;
use ducha_tests::ledger::{self, Ledgers};
use ducha_tests::tenants::{self, COUNTIES};
use ducha_tests::worker::work_once;
use ducha_tests::{Backend, INSPECTION, TestApp, on_both_guarded, upload};
use tonic::service::interceptor::InterceptedService;
use tonic::transport::Channel;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use super::{PETITIONS, TASKS, handling, petition, place, task, template, texts};

const KINDS: [(LedgerKind, &str); 2] = [(LedgerKind::Petitions, "petitions"), (LedgerKind::Tasks, "tasks")];

/// A caller of `LedgerService`.
struct Client(LedgerServiceClient<InterceptedService<Channel, Bearer>>);

impl Client {
    fn of(app: &TestApp, role: Role, division: Option<&str>) -> Self {
        let bearer = Bearer::issue(&mut app.database().open(), role, division);
        Self(LedgerServiceClient::with_interceptor(app.channel.clone(), bearer))
    }

    /// Downloads a form: its name and its bytes.
    async fn form(&mut self, kind: i32, division: &str) -> Result<(String, Vec<u8>), Status> {
        let request = DownloadTemplateRequest {
            inspection_id: INSPECTION.into(),
            division: division.into(),
            kind,
        };
        let mut answers = self.0.download_template(request).await?.into_inner();
        let (mut name, mut bytes) = (String::new(), Vec::new());
        while let Some(answer) = answers.message().await? {
            name.push_str(&answer.file_name);
            bytes.extend(answer.chunk);
        }
        Ok((name, bytes))
    }

    /// Hands a workbook in and has it worked on; what became of it, and its findings.
    async fn handed_in(&mut self, app: &TestApp, name: &str, bytes: &[u8]) -> (Import, Vec<v1::Finding>) {
        let messages = upload::messages(upload::metadata(name), bytes);
        let sent = self.0.upload_ledger(tokio_stream::iter(messages)).await.unwrap();
        let import_id = sent.into_inner().ledger_import.unwrap().id;
        work_once(app, &[]).await;
        let request = GetImportRequest {
            import_id: import_id.clone(),
        };
        let import = self.0.get_import(request).await.unwrap().into_inner();
        let request = ListFindingsRequest {
            import_id,
            ..Default::default()
        };
        let findings = self.0.list_findings(request).await.unwrap().into_inner().findings;
        (import.ledger_import.unwrap(), findings)
    }
}

/// What stands on all sheets of a workbook, hidden ones included.
fn everything(path: &Path) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheets = book.worksheets().into_iter();
    sheets
        .map(|(name, sheet)| (name, sheet.rows().map(<[Data]>::to_vec).collect()))
        .collect()
}

/// Two petitions and two tasks of 520102 that are open.
fn ledgers() -> Ledgers {
    let ledgers = Ledgers::new();
    let open = ["X2GZ202112070001", "X2GZ202112070002"].map(|number| {
        let mut row = petition(number, "未办结", "");
        row[2] = "第1批"; // as the tests' inspection counts
        row
    });
    ledgers.sheet("520102-信访台账.xlsx", &[PETITIONS, open[0], open[1]]);
    let tasks = [
        TASKS,
        task("12-3", "未达到序时进度", ""),
        task("12-4", "尚未启动", "退回"),
    ];
    ledgers.sheet("520102-整改台账.xlsx", &tasks);
    ledgers
}

#[tokio::test(flavor = "multi_thread")]
async fn a_county_downloads_its_form_fills_it_in_and_hands_it_in_without_a_finding() {
    on_both_guarded(async |app| {
        let url = app.database().url();
        ledger::import(&url, &["--inspection", INSPECTION], ledgers().path());
        let mut county = Client::of(&app, Role::Submitter, Some("520102"));
        let folder = Ledgers::new();
        for (kind, token) in KINDS {
            let (name, bytes) = county.form(kind.into(), "").await.unwrap();
            assert_eq!(name, format!("520102-{token}.xlsx"));
            let (path, by_hand) = (folder.path().join(&name), folder.path().join(format!("by-hand-{name}")));
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(template(&url, "520102", &[token], &by_hand).status, Some(0));
            assert_eq!(everything(&path), everything(&by_hand));

            let (import, findings) = county.handed_in(&app, &name, &bytes).await;
            assert_eq!(findings, []);
            assert_eq!(import.state(), ImportState::Applied);
            assert_eq!((import.rows_read, import.unchanged), (2, 2), "{token}");
        }

        let mut table = texts(&folder.path().join("520102-petitions.xlsx"));
        let (row, _) = place(&table, "X2GZ202112070001");
        let (_, column) = place(&table, "处理和整改情况");
        table[row][column] = "已立案查处。".to_owned();
        let filled = std::fs::read(folder.sheet("填好.xlsx", &table)).unwrap();
        let (import, findings) = county.handed_in(&app, "填好.xlsx", &filled).await;
        assert_eq!(findings, []);
        assert_eq!((import.updated, import.unchanged, import.refused), (1, 1, 0));
        assert_eq!(
            handling(app.database(), "X2GZ202112070001").as_deref(),
            Some("已立案查处。")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_holds_what_is_the_divisions_own_and_nothing_of_its_neighbours() {
    on_both_guarded(async |app| {
        for county in COUNTIES {
            let mut seed = tenants::ledger(county);
            for (_, _, part) in &mut seed.petitions {
                part.conclusion = Conclusion::Open.code();
            }
            for (_, _, part) in &mut seed.tasks {
                part.status = TaskStatus::Behind.code();
            }
            app.import(seed).await;
        }
        let folder = Ledgers::new();
        let path = folder.path().join("form.xlsx");
        for county in COUNTIES {
            let mut client = Client::of(&app, Role::Submitter, Some(county));
            for (kind, token) in KINDS {
                std::fs::write(&path, client.form(kind.into(), "").await.unwrap().1).unwrap();
                let said = format!("{:?}", everything(&path));
                for other in COUNTIES {
                    assert_eq!(
                        said.contains(&tenants::text(other)),
                        other == county,
                        "{token} of {county}: {other}"
                    );
                }
                assert!(said.contains(tenants::SHARED), "its part in what it shares");
            }
        }
        // A city has the rows of its counties.
        let mut city = Client::of(&app, Role::Reviewer, Some("520100"));
        let (name, bytes) = city.form(LedgerKind::Tasks.into(), "").await.unwrap();
        std::fs::write(&path, bytes).unwrap();
        let said = format!("{:?}", everything(&path));
        let holds = COUNTIES.map(|county| said.contains(&tenants::text(county)));
        assert_eq!((name.as_str(), holds), ("520100-tasks.xlsx", [true, true, false]));
        assert_eq!(
            city.form(LedgerKind::Tasks.into(), "520103").await.unwrap().0,
            "520103-tasks.xlsx"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_no_kind_for_nobody_for_the_province_or_for_a_reader_is_refused() {
    on_both_guarded(async |app| {
        let mut county = Client::of(&app, Role::Submitter, Some("520102"));
        let field = |status: &Status| {
            let mut violations = status.get_details_bad_request().unwrap().field_violations;
            violations.remove(0).field
        };
        for kind in [0, LedgerKind::AccountabilityIssues.into(), 99] {
            let refused = county.form(kind, "").await.unwrap_err();
            assert_eq!(
                (refused.code(), field(&refused).as_str()),
                (Code::InvalidArgument, "kind")
            );
        }
        let tasks = LedgerKind::Tasks.into();
        for (credential, division) in [(None, ""), (None, "520000"), (Some("520000"), "")] {
            let mut client = Client::of(&app, Role::Administrator, credential);
            let refused = client.form(tasks, division).await.unwrap_err();
            assert_eq!(
                (refused.code(), field(&refused).as_str()),
                (Code::InvalidArgument, "division")
            );
        }
        for division in ["520103", "999999"] {
            let refused = county.form(tasks, division).await.unwrap_err();
            assert_eq!(refused.code(), Code::NotFound);
            assert_eq!(refused.get_details_error_info().unwrap().reason, "DIVISION_NOT_FOUND");
        }
        let mut reader = Client::of(&app, Role::Reader, Some("520102"));
        let refused = reader.form(tasks, "").await.unwrap_err();
        assert_eq!(refused.code(), Code::PermissionDenied);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_made_of_the_profiles_that_the_operator_names() {
    const BUILT_IN: &str = include_str!("../../../forms/profiles/activities.toml");
    let profiles = tempfile::tempdir().unwrap();
    let title = BUILT_IN.lines().find(|line| line.starts_with("title = ")).unwrap();
    let changed = BUILT_IN.replace(title, "title = \"第三轮活动台账\"");
    std::fs::write(profiles.path().join("activities.toml"), changed).unwrap();
    let app = TestApp::guarded_with(Backend::Sqlite, |settings| {
        settings.profiles = Some(profiles.path().to_owned());
    })
    .await;
    let mut county = Client::of(&app, Role::Submitter, Some("520102"));
    let (_, bytes) = county.form(LedgerKind::Activities.into(), "").await.unwrap();
    let path = profiles.path().join("form.xlsx");
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(texts(&path)[0][0], "第三轮活动台账");
}
