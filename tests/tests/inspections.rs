//! Inspections are created once, changed by those who have seen them, and listed; divisions are listed by tree.

use ducha::v1::{
    CreateInspectionRequest, GetInspectionRequest, Inspection, InspectionLevel, ListDivisionsRequest,
    ListInspectionsRequest, UpdateInspectionRequest,
};
use ducha_tests::{INSPECTION, TestApp, on_both};
use prost_types::FieldMask;
use tonic::{Code, Status};
use tonic_types::StatusExt;

fn new(id: &str) -> Inspection {
    Inspection {
        id: id.into(),
        name: "省级督察".into(),
        level: InspectionLevel::Provincial.into(),
        round: 1,
        province: "520000".into(),
        started_on: "2023-05-01".into(),
        themes: vec!["水".into(), "大气".into()],
        ..Default::default()
    }
}

async fn create(app: &TestApp, inspection: Inspection, request_id: &str) -> Result<Inspection, Status> {
    let request = CreateInspectionRequest {
        inspection: Some(inspection),
        request_id: request_id.into(),
        validate_only: false,
    };
    let answer = app.inspections().create_inspection(request).await?;
    Ok(answer.into_inner().inspection.unwrap())
}

async fn update(app: &TestApp, inspection: Inspection, paths: &[&str]) -> Result<Inspection, Status> {
    let paths = paths.iter().map(ToString::to_string).collect();
    let request = UpdateInspectionRequest {
        inspection: Some(inspection),
        update_mask: Some(FieldMask { paths }),
    };
    let answer = app.inspections().update_inspection(request).await?;
    Ok(answer.into_inner().inspection.unwrap())
}

fn reason(status: &Status) -> String {
    status.get_details_error_info().unwrap().reason
}

const REQUEST: &str = "018f2c7e-9a3b-7cde-8123-456789abcdef";

#[tokio::test(flavor = "multi_thread")]
async fn a_retried_creation_creates_once() {
    on_both(async |app| {
        let first = create(&app, new("gz-2023"), REQUEST).await.unwrap();
        assert!(!first.etag.is_empty() && first.created_at.is_some());
        let again = create(&app, new("gz-2023"), &REQUEST.to_uppercase()).await.unwrap();
        assert_eq!(again, first);

        let reused = create(&app, new("gz-2024"), REQUEST).await.unwrap_err();
        assert_eq!(
            (reused.code(), reason(&reused).as_str()),
            (Code::AlreadyExists, "REQUEST_ID_REUSED")
        );
        let taken = create(&app, new("gz-2023"), "").await.unwrap_err();
        assert_eq!(
            (taken.code(), reason(&taken).as_str()),
            (Code::AlreadyExists, "INSPECTION_EXISTS")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_create_the_same_at_once_create_it_once() {
    on_both(async |app| {
        let calls: Vec<_> = (0..8)
            .map(|_| {
                let mut client = app.inspections();
                let request = CreateInspectionRequest {
                    inspection: Some(new("gz-2023")),
                    request_id: REQUEST.into(),
                    validate_only: false,
                };
                tokio::spawn(async move { client.create_inspection(request).await })
            })
            .collect();
        let mut created = Vec::new();
        for call in calls {
            created.push(call.await.unwrap().unwrap().into_inner());
        }
        assert!(created.iter().all(|answer| *answer == created[0]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn validating_stores_nothing() {
    on_both(async |app| {
        let request = CreateInspectionRequest {
            inspection: Some(new("gz-2023")),
            request_id: String::new(),
            validate_only: true,
        };
        let answer = app.inspections().create_inspection(request).await.unwrap().into_inner();
        let would_be = answer.inspection.unwrap();
        assert_eq!((would_be.etag.as_str(), would_be.created_at), ("", None));
        let request = GetInspectionRequest { id: "gz-2023".into() };
        let missing = app.inspections().get_inspection(request).await.unwrap_err();
        assert_eq!(missing.code(), Code::NotFound);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_of_an_inspection_are_named() {
    on_both(async |app| {
        let wrong = Inspection {
            level: 0,
            round: 100,
            ended_on: "2023-04-30".into(),
            themes: vec!["水".into(), "水".into()],
            ..new("Gz")
        };
        let refused = create(&app, wrong, "not a uuid").await.unwrap_err();
        let bad = refused.get_details_bad_request().unwrap();
        let fields: Vec<_> = bad.field_violations.iter().map(|each| each.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "inspection.id",
                "request_id",
                "inspection.level",
                "inspection.round",
                "inspection.themes[1]",
                "inspection.ended_on"
            ]
        );
        let nowhere = Inspection {
            province: "990000".into(),
            ..new("gz-2023")
        };
        let refused = create(&app, nowhere, "").await.unwrap_err();
        let bad = refused.get_details_bad_request().unwrap();
        assert_eq!(bad.field_violations[0].field, "inspection.province");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_touches_what_the_mask_names_and_nothing_else() {
    on_both(async |app| {
        let before = create(&app, new("gz-2023"), "").await.unwrap();
        let change = Inspection {
            id: "gz-2023".into(),
            name: "新名称".into(),
            group: "第一组".into(),
            ..Default::default()
        };
        let after = update(&app, change.clone(), &["name", "themes"]).await.unwrap();
        assert_eq!((after.name.as_str(), after.group.as_str()), ("新名称", ""));
        assert!(after.themes.is_empty(), "a field that is named and empty is emptied");
        assert_ne!(after.etag, before.etag);

        let without_mask = update(&app, change.clone(), &[]).await.unwrap();
        assert_eq!((without_mask.group.as_str(), without_mask.round), ("第一组", 1));
        let same = update(&app, change.clone(), &["name"]).await.unwrap();
        assert_eq!(same, without_mask, "nothing changed");
        let refused = update(&app, change, &["id"]).await.unwrap_err();
        assert_eq!(
            refused.get_details_bad_request().unwrap().field_violations[0].field,
            "update_mask"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_what_was_not_seen_is_aborted() {
    on_both(async |app| {
        let seen = create(&app, new("gz-2023"), "").await.unwrap();
        let named = |name: &str| Inspection {
            name: name.into(),
            ..seen.clone()
        };
        let changed = update(&app, named("甲"), &["name"]).await.unwrap();
        let stale = update(&app, named("乙"), &["name"]).await.unwrap_err();
        assert_eq!(
            (stale.code(), reason(&stale).as_str()),
            (Code::Aborted, "ETAG_MISMATCH")
        );
        let request = GetInspectionRequest { id: "gz-2023".into() };
        let stored = app.inspections().get_inspection(request).await.unwrap().into_inner();
        assert_eq!(stored.inspection, Some(changed));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inspections_are_listed_by_id() {
    on_both(async |app| {
        create(&app, new("aa-1"), "").await.unwrap();
        let (mut seen, mut token) = (Vec::new(), String::new());
        loop {
            let request = ListInspectionsRequest {
                page_size: 1,
                page_token: token,
            };
            let page = app.inspections().list_inspections(request).await.unwrap().into_inner();
            seen.extend(page.inspections.into_iter().map(|inspection| inspection.id));
            token = page.next_page_token;
            if token.is_empty() {
                break;
            }
        }
        assert_eq!(seen, ["aa-1", INSPECTION]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn divisions_are_listed_with_everything_below_them() {
    on_both(async |app| {
        let list = async |under: &str| {
            let request = ListDivisionsRequest {
                under: under.into(),
                page_size: 1000,
                ..Default::default()
            };
            app.inspections().list_divisions(request).await
        };
        let all = list("").await.unwrap().into_inner().divisions;
        let province = list("520000").await.unwrap().into_inner().divisions;
        assert_eq!(all, province);
        let guiyang = list("520100").await.unwrap().into_inner().divisions;
        let counties = guiyang.iter().filter(|division| division.parent == "520100").count();
        assert_eq!((guiyang[0].name.as_str(), counties), ("贵阳市", guiyang.len() - 1));
        assert!(counties >= 10);
        let missing = list("999999").await.unwrap_err();
        assert_eq!(
            (missing.code(), reason(&missing).as_str()),
            (Code::NotFound, "DIVISION_NOT_FOUND")
        );
    })
    .await;
}
