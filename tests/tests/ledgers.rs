//! Imports and their findings are answered as they were recorded, in the caller's language.

use ducha::v1::{
    DateRange, FindingFilter, GetImportRequest, ImportFilter, ImportState, LedgerKind, ListFindingsRequest,
    ListImportsRequest, ListRulesRequest, RuleFamily, Severity,
};
use ducha_records::findings::NewFinding;
use ducha_records::rules;
use ducha_tests::{INSPECTION, Seed, TestApp, on_both};
use tonic::{Code, Request};

fn finding(row: i64, rule: &rules::Rule) -> NewFinding {
    NewFinding {
        import_id: String::new(),
        sheet: "台账".into(),
        row_number: Some(row),
        column_number: Some(5),
        field: "conclusion".into(),
        header: "是否办结".into(),
        rule: rule.code.into(),
        severity: rule.severity.code(),
        value: "基本办结".into(),
        suggestion: "已办结".into(),
        params: r#"{"found":"基本办结","wanted":"已办结"}"#.into(),
        ..NewFinding::default()
    }
}

async fn listed(app: &TestApp, filter: ImportFilter) -> Vec<String> {
    let request = ListImportsRequest {
        inspection_id: INSPECTION.into(),
        filter: Some(filter),
        ..Default::default()
    };
    let page = app.ledgers().list_imports(request).await.unwrap().into_inner();
    page.imports.into_iter().map(|import| import.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_tells_what_became_of_its_rows() {
    on_both(async |app| {
        let mut seed = Seed::of_petitions("520102", ["X1", "X2"].map(String::from));
        seed.findings = vec![finding(5, &rules::NOT_IN_LIST), finding(4, &rules::CONCLUDED_UNDATED)];
        let id = app.import(seed).await;
        let request = GetImportRequest {
            import_id: id.to_uppercase(),
        };
        let got = app.ledgers().get_import(request).await.unwrap().into_inner();
        let got = got.ledger_import.unwrap();
        assert_eq!((got.state(), &got.id), (ImportState::Applied, &id));
        assert_eq!((got.rows_read, got.inserted, got.refused), (2, 2, 0));
        assert_eq!((got.errors, got.warnings, got.notes), (1, 1, 0));
        assert_eq!(got.kinds, [i32::from(LedgerKind::Petitions)]);
        assert_eq!((got.error, got.reported_on.as_str()), (None, "2022-03-31"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_are_listed_from_the_latest_and_filtered() {
    on_both(async |app| {
        let first = app.import(Seed::of_petitions("520102", ["X1".into()])).await;
        let second = app.import(Seed::of_tasks("520201", ["1".into()])).await;
        let none = ImportFilter::default;
        assert_eq!(listed(&app, none()).await, [second.clone(), first.clone()]);
        let tasks = ImportFilter {
            kinds: vec![LedgerKind::Tasks.into()],
            ..none()
        };
        assert_eq!(listed(&app, tasks).await, std::slice::from_ref(&second));
        let guiyang = ImportFilter {
            divisions: vec!["520100".into()],
            ..none()
        };
        assert_eq!(listed(&app, guiyang).await, std::slice::from_ref(&first));
        let failed = ImportFilter {
            states: vec![ImportState::Failed.into()],
            ..none()
        };
        assert!(listed(&app, failed).await.is_empty());
        let long_ago = ImportFilter {
            created: Some(DateRange {
                first: String::new(),
                last: "2020-01-01".into(),
            }),
            ..none()
        };
        assert!(listed(&app, long_ago).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_come_in_order_and_in_the_language_asked_for() {
    on_both(async |app| {
        let mut seed = Seed::of_petitions("520102", ["X1".into()]);
        seed.findings = vec![
            finding(6, &rules::NOT_IN_LIST),
            finding(4, &rules::CONCLUDED_UNDATED),
            finding(5, &rules::NOT_IN_LIST),
        ];
        let id = app.import(seed).await;
        let list = async |language: &'static str, filter: FindingFilter| {
            let mut request = Request::new(ListFindingsRequest {
                import_id: id.clone(),
                filter: Some(filter),
                ..Default::default()
            });
            request
                .metadata_mut()
                .insert("accept-language", language.parse().unwrap());
            app.ledgers()
                .list_findings(request)
                .await
                .unwrap()
                .into_inner()
                .findings
        };
        let all = list("en", FindingFilter::default()).await;
        let rows: Vec<_> = all.iter().map(|finding| finding.row).collect();
        assert_eq!(rows, [Some(4), Some(5), Some(6)]);
        let place = (all[1].cell.as_str(), all[1].column, all[1].severity());
        assert_eq!(place, ("F5", Some(6), Severity::Error));
        assert_eq!(all[1].message, "\"基本办结\" is not one of the choices");
        assert_eq!(all[1].hint, "Write one of: 已办结.");
        assert_eq!(all[1].params["found"], "基本办结");

        let warnings = FindingFilter {
            severities: vec![Severity::Warning.into()],
            ..Default::default()
        };
        let warnings = list("zh-CN", warnings).await;
        assert_eq!(warnings.len(), 1);
        assert_eq!(warnings[0].message, "已办结，但没有填办结时间");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rule_is_listed_in_the_language_asked_for() {
    on_both(async |app| {
        let list = async |language: &'static str, families: Vec<i32>| {
            let mut request = Request::new(ListRulesRequest { families });
            let language = language.parse().unwrap();
            request.metadata_mut().insert("accept-language", language);
            app.ledgers()
                .list_rules(request)
                .await
                .map(|answer| answer.into_inner().rules)
        };
        let (zh, en) = (list("zh-CN", vec![]).await.unwrap(), list("en", vec![]).await.unwrap());
        assert_eq!(zh.len(), rules::all().len());
        for ((zh, en), rule) in zh.iter().zip(&en).zip(rules::all()) {
            assert_eq!(
                (zh.code.as_str(), zh.text.as_str(), zh.hint.as_str()),
                (rule.code, rule.zh, rule.hint_zh)
            );
            assert_eq!(
                (en.code.as_str(), en.text.as_str(), en.hint.as_str()),
                (rule.code, rule.en, rule.hint_en)
            );
            assert_eq!(zh.parameters.len(), rule.params.len());
        }
        let channel = zh
            .iter()
            .find(|rule| rule.code == rules::CHANNEL_DISAGREES.code)
            .unwrap();
        assert_eq!(
            (channel.family(), channel.severity()),
            (RuleFamily::Row, Severity::Warning)
        );
        assert_eq!(channel.parameters[0].words["phone"], "来电");
        let stored = list("en", vec![RuleFamily::Stored.into()]).await.unwrap();
        assert!(!stored.is_empty() && stored.iter().all(|rule| rule.code.starts_with('D')));
        assert_eq!(list("en", vec![0]).await.unwrap_err().code(), Code::InvalidArgument);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_not_there_is_not_found_and_a_wrong_id_is_refused() {
    on_both(async |app| {
        for (id, code) in [
            ("018f2c7e-9a3b-7cde-8123-456789abcdef", Code::NotFound),
            ("X1", Code::InvalidArgument),
        ] {
            let request = ListFindingsRequest {
                import_id: id.into(),
                ..Default::default()
            };
            assert_eq!(app.ledgers().list_findings(request).await.unwrap_err().code(), code);
        }
    })
    .await;
}
