//! A workbook of several kinds goes in at once, and every kind is listed over gRPC with its origin.

use ducha::v1::{
    AccountabilityFilter, AccountabilitySubject, ActivityFilter, ActivityKind, AlertFilter, DateRange,
    GetImportRequest, IndicatorFilter, IndicatorStage, LedgerKind, ListAccountabilitiesRequest,
    ListAccountabilityIssuesRequest, ListActivitiesRequest, ListAlertsRequest, ListIndicatorsRequest, Penalty,
    RecordView,
};
use ducha_tests::county_book::COUNTY_BOOK;
use ducha_tests::ledger::{self, Ledgers, Told};
use ducha_tests::{Backend, INSPECTION, TestApp, on_both};
use tonic::Code;

/// Imports a workbook into the server's database. The worker is a program of its own.
async fn import(app: &TestApp, ledgers: &Ledgers) -> Told {
    let (url, path) = (app.database().url(), ledgers.path().to_owned());
    let run = move || ledger::import(&url, &["--inspection", INSPECTION], &path);
    tokio::task::spawn_blocking(run).await.expect("an import")
}

fn county_book() -> Ledgers {
    let ledgers = Ledgers::new();
    ledgers.book("520102-督察整改台账.xlsx", COUNTY_BOOK);
    ledgers
}

fn indicators(filter: IndicatorFilter) -> ListIndicatorsRequest {
    ListIndicatorsRequest {
        inspection_id: INSPECTION.into(),
        filter: Some(filter),
        ..Default::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_of_five_sheets_goes_in_at_once_and_again_without_a_change() {
    let ledgers = county_book();
    on_both(async |app| {
        let told = import(&app, &ledgers).await;
        assert_eq!(told.faults(), []);
        let file = &told.files[0];
        assert_eq!(
            (&file["rows"], &file["inserted"], &file["refused"]),
            (&13.into(), &13.into(), &0.into())
        );
        let request = GetImportRequest {
            import_id: file["import_id"].as_str().unwrap().to_owned(),
        };
        let got = app
            .ledgers()
            .get_import(request)
            .await
            .unwrap()
            .into_inner()
            .ledger_import
            .unwrap();
        let kinds = [
            LedgerKind::Tasks,
            LedgerKind::Indicators,
            LedgerKind::Accountabilities,
            LedgerKind::Activities,
            LedgerKind::Alerts,
        ];
        assert_eq!(got.kinds, kinds.map(i32::from));

        let before = app
            .tasks()
            .list_indicators(indicators(IndicatorFilter::default()))
            .await
            .unwrap()
            .into_inner();
        let again = import(&app, &ledgers).await;
        assert_eq!(
            (&again.files[0]["unchanged"], &again.files[0]["updated"]),
            (&13.into(), &0.into())
        );
        let after = app
            .tasks()
            .list_indicators(indicators(IndicatorFilter::default()))
            .await
            .unwrap()
            .into_inner();
        assert_eq!(before, after);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn indicators_are_answered_exactly_and_with_their_origin() {
    let ledgers = county_book();
    on_both(async |app| {
        let told = import(&app, &ledgers).await;
        // A prefecture means everything in it.
        let guiyang = IndicatorFilter {
            divisions: vec!["520100".into()],
            ..Default::default()
        };
        let listed = app
            .tasks()
            .list_indicators(indicators(guiyang))
            .await
            .unwrap()
            .into_inner()
            .indicators;
        let shown: Vec<_> = listed
            .iter()
            .map(|each| {
                (
                    each.name.as_str(),
                    each.done.as_deref(),
                    each.total.as_deref(),
                    each.unit.as_str(),
                )
            })
            .collect();
        let mut wanted = [
            ("新增污水处理能力", Some("248500"), None, "吨/日"),
            ("新改建污水管网", Some("1848.55"), None, "公里"),
            ("历史遗留矿山修复", Some("821"), Some("826"), "个"),
            ("单位工业增加值能耗同比", Some("-10"), None, "%"),
            ("磷石膏综合利用", None, Some("1400000"), "吨/年"),
        ];
        wanted.sort_unstable();
        assert_eq!(shown, wanted, "by key, which begins with the name");
        let of = |name: &str| listed.iter().find(|each| each.name == name).unwrap();
        let capacity = of("新增污水处理能力");
        assert_eq!((capacity.period.as_str(), capacity.task.as_str()), ("2022年", "12-3"));
        assert_eq!(
            (capacity.done_as_written.as_str(), capacity.reported_on.as_str()),
            ("24.85万吨/日", "2022-12-31")
        );
        let origin = capacity.origin.as_ref().unwrap();
        assert_eq!((origin.sheet.as_str(), origin.row), ("指标", 4));
        assert_eq!(origin.file_name, "520102-督察整改台账.xlsx");
        assert_eq!(origin.import_id, told.files[0]["import_id"].as_str().unwrap());
        assert!(!capacity.etag.is_empty() && capacity.version == 1);
        assert!(of("单位工业增加值能耗同比").approximate);
        assert_eq!(of("磷石膏综合利用").stage(), IndicatorStage::Started);

        let elsewhere = IndicatorFilter {
            divisions: vec!["520200".into()],
            ..Default::default()
        };
        assert!(
            app.tasks()
                .list_indicators(indicators(elsewhere))
                .await
                .unwrap()
                .into_inner()
                .indicators
                .is_empty()
        );
        let tons = IndicatorFilter {
            units: vec!["吨/日".into(), "吨/年".into()],
            ..Default::default()
        };
        assert_eq!(
            app.tasks()
                .list_indicators(indicators(tons))
                .await
                .unwrap()
                .into_inner()
                .indicators
                .len(),
            2
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_keep_names_out_of_the_basic_view_and_make_the_issue_they_name() {
    let ledgers = county_book();
    on_both(async |app| {
        import(&app, &ledgers).await;
        let persons = |view: RecordView| ListAccountabilitiesRequest {
            inspection_id: INSPECTION.into(),
            filter: Some(AccountabilityFilter {
                subjects: vec![AccountabilitySubject::Person.into()],
                issues: vec!["1".into()],
                decided: Some(DateRange {
                    first: "2022-08-02".into(),
                    last: String::new(),
                }),
                ..Default::default()
            }),
            view: view.into(),
            ..Default::default()
        };
        for (view, name) in [(RecordView::Basic, "王**"), (RecordView::Full, "王某某")] {
            let answer = app
                .accountabilities()
                .list_accountabilities(persons(view))
                .await
                .unwrap()
                .into_inner();
            let [person] = answer.accountabilities.as_slice() else {
                panic!("wanted one: {answer:?}")
            };
            assert_eq!((person.name.as_str(), person.unit.as_str()), (name, "甲局"));
            assert_eq!(
                person.penalties,
                [Penalty::Admonition, Penalty::PartyDiscipline].map(i32::from)
            );
            assert!(person.key.is_ascii(), "a key shows no name: {}", person.key);
        }
        let all = ListAccountabilityIssuesRequest {
            inspection_id: INSPECTION.into(),
            ..Default::default()
        };
        let issues = app
            .accountabilities()
            .list_accountability_issues(all)
            .await
            .unwrap()
            .into_inner()
            .issues;
        let shown: Vec<_> = issues
            .iter()
            .map(|issue| (issue.number.as_str(), issue.title.as_str()))
            .collect();
        assert_eq!(shown, [("1", "违规审批采矿")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn activities_and_alerts_are_filtered_by_task_kind_and_day() {
    let ledgers = county_book();
    on_both(async |app| {
        import(&app, &ledgers).await;
        let activities = async |filter: ActivityFilter| {
            let request = ListActivitiesRequest {
                inspection_id: INSPECTION.into(),
                filter: Some(filter),
                ..Default::default()
            };
            let answer = app
                .accountabilities()
                .list_activities(request)
                .await
                .unwrap()
                .into_inner();
            answer.activities
        };
        let about = ActivityFilter {
            task: "12-3".into(),
            ..Default::default()
        };
        let about = activities(about).await;
        assert_eq!((about.len(), about[0].topic.as_str()), (1, "研究督察整改"));
        let visits = ActivityFilter {
            kinds: vec![ActivityKind::FieldVisit.into()],
            ..Default::default()
        };
        assert_eq!(activities(visits).await[0].places, ["南明河", "贯城河"]);

        let open = async |day: &str| {
            let request = ListAlertsRequest {
                inspection_id: INSPECTION.into(),
                filter: Some(AlertFilter {
                    open_as_of: day.into(),
                    ..Default::default()
                }),
                ..Default::default()
            };
            let answer = app.accountabilities().list_alerts(request).await.unwrap().into_inner();
            answer.alerts.into_iter().map(|alert| alert.station).collect::<Vec<_>>()
        };
        assert_eq!(open("2022-12-02").await, ["一级电站"]);
        assert_eq!(open("2022-12-31").await, ["二级电站"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_indicators_miss_and_repeat_nothing_and_their_tokens_belong_to_the_query() {
    let ledgers = county_book();
    on_both(async |app| {
        import(&app, &ledgers).await;
        let mut request = ListIndicatorsRequest {
            page_size: 2,
            ..indicators(IndicatorFilter::default())
        };
        let (mut names, mut token) = (Vec::new(), String::new());
        loop {
            request.page_token = token;
            let page = app.tasks().list_indicators(request.clone()).await.unwrap().into_inner();
            names.extend(page.indicators.into_iter().map(|each| each.name));
            token = page.next_page_token;
            if token.is_empty() {
                break;
            }
            let other = ListIndicatorsRequest {
                page_token: token.clone(),
                ..indicators(IndicatorFilter {
                    units: vec!["个".into()],
                    ..Default::default()
                })
            };
            let refused = app.tasks().list_indicators(other).await.unwrap_err();
            assert_eq!(refused.code(), Code::InvalidArgument);
        }
        let mut different = names.clone();
        different.sort();
        different.dedup();
        assert_eq!((names.len(), different.len()), (5, 5));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_filter_is_refused_by_name_and_an_absent_inspection_is_not_found() {
    let app = TestApp::start(Backend::Sqlite).await;
    let wrong = IndicatorFilter {
        divisions: vec!["999999".into()],
        ..Default::default()
    };
    let refused = app.tasks().list_indicators(indicators(wrong)).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let request = ListAlertsRequest {
        inspection_id: INSPECTION.into(),
        filter: Some(AlertFilter {
            kinds: vec![0],
            open_as_of: "soon".into(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let refused = app.accountabilities().list_alerts(request).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let request = ListActivitiesRequest {
        inspection_id: "gz-1999".into(),
        ..Default::default()
    };
    assert_eq!(
        app.accountabilities()
            .list_activities(request)
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
}
