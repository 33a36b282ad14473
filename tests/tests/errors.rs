//! An error says what was wrong in a form for programs and in words for people.

use ducha::v1::{ListPetitionsRequest, PetitionFilter};
use ducha_tests::{Backend, INSPECTION, TestApp, on_both};
use tonic::{Code, Request, Status};
use tonic_types::StatusExt;

async fn refused(app: &TestApp, filter: PetitionFilter, language: Option<&'static str>) -> Status {
    let mut request = Request::new(ListPetitionsRequest {
        inspection_id: INSPECTION.into(),
        filter: Some(filter),
        ..Default::default()
    });
    if let Some(language) = language {
        request
            .metadata_mut()
            .insert("accept-language", language.parse().unwrap());
    }
    app.petitions().list_petitions(request).await.unwrap_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_field_is_named_with_what_was_wanted_and_found() {
    let app = TestApp::start(Backend::Sqlite).await;
    let filter = PetitionFilter {
        batches: vec![1, 1000],
        conclusions: vec![0],
        channels: vec![77],
        text_contains: "水".into(),
        ..Default::default()
    };
    let status = refused(&app, filter, Some("en")).await;
    assert_eq!(status.code(), Code::InvalidArgument);
    let bad = status.get_details_bad_request().unwrap();
    let fields: Vec<_> = bad.field_violations.iter().map(|each| each.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "filter.batches[1]",
            "filter.channels[0]",
            "filter.conclusions[0]",
            "filter.text_contains"
        ]
    );
    assert_eq!(bad.field_violations[0].description, "wanted 1 to 999, found \"1000\"");
    assert_eq!(status.get_details_error_info().unwrap().reason, "FIELD_INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_division_is_a_wrong_field() {
    on_both(async |app| {
        let filter = PetitionFilter {
            divisions: vec!["520102".into(), "999999".into()],
            ..Default::default()
        };
        let status = refused(&app, filter, None).await;
        let bad = status.get_details_bad_request().unwrap();
        assert_eq!(bad.field_violations[0].field, "filter.divisions[1]");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_more_than_a_hundred_values_is_refused() {
    let app = TestApp::start(Backend::Sqlite).await;
    let filter = PetitionFilter {
        batches: vec![1; 101],
        ..Default::default()
    };
    let status = refused(&app, filter, None).await;
    assert_eq!(
        status.get_details_bad_request().unwrap().field_violations[0].field,
        "filter.batches"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_told_in_the_language_they_ask_for() {
    let app = TestApp::start(Backend::Sqlite).await;
    let filter = || PetitionFilter {
        batches: vec![0],
        ..Default::default()
    };
    for (asked, locale, text) in [
        (None, "zh-CN", "字段 filter.batches[0] 应为1 到 999，实为 \"0\""),
        (
            Some("zh-CN"),
            "zh-CN",
            "字段 filter.batches[0] 应为1 到 999，实为 \"0\"",
        ),
        (
            Some("fr, en;q=0.5"),
            "en",
            "filter.batches[0] must be 1 to 999, found \"0\"",
        ),
    ] {
        let status = refused(&app, filter(), asked).await;
        let told = status.get_details_localized_message().unwrap();
        assert_eq!((told.locale.as_str(), told.message.as_str()), (locale, text));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_size_above_a_thousand_is_refused() {
    let app = TestApp::start(Backend::Sqlite).await;
    let request = ListPetitionsRequest {
        inspection_id: INSPECTION.into(),
        page_size: 1001,
        ..Default::default()
    };
    let status = app.petitions().list_petitions(request).await.unwrap_err();
    assert_eq!(
        (status.code(), status.message()),
        (Code::InvalidArgument, "page_size must be 0 to 1000, found \"1001\"")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_server_says_when_to_try_again() {
    let app = TestApp::with(Backend::Sqlite, |settings| settings.max_calls = 1).await;
    // Calls that overlap: with one place, at least one of so many finds it taken.
    let calls = (0..64).map(|_| {
        let mut client = app.petitions();
        tokio::spawn(async move {
            let request = ListPetitionsRequest {
                inspection_id: INSPECTION.into(),
                ..Default::default()
            };
            client.list_petitions(request).await
        })
    });
    let mut busy = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        busy.extend(call.await.unwrap().err());
    }
    let status = busy.first().expect("a call that found no place");
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_eq!(status.get_details_error_info().unwrap().reason, "TOO_MANY_CALLS");
    assert!(status.get_details_retry_info().is_some());
}

#[test]
fn integrators_are_told_what_to_do_about_every_reason() {
    const CONTRACT: &str = include_str!("../../proto/ducha/v1/error_reason.proto");
    const TOLD: &str = include_str!("../../docs/integrate.md");
    let reasons: Vec<&str> = CONTRACT
        .lines()
        .filter_map(|line| line.trim().strip_prefix("ERROR_REASON_")?.split_once(" = "))
        .map(|(name, _)| name)
        .filter(|name| *name != "UNSPECIFIED")
        .collect();
    assert!(reasons.len() > 40, "{reasons:?}");
    let silent: Vec<_> = reasons
        .iter()
        .filter(|name| !TOLD.contains(&format!("`{name}`")))
        .collect();
    assert!(silent.is_empty(), "not in docs/integrate.md: {silent:?}");
}
