//! A reviewer withdraws a record over the one port; who watches learns of it, and nobody withdraws what is not theirs.

use ducha::v1;
use ducha::v1::history_service_client::HistoryServiceClient;
use ducha::v1::petition_service_client::PetitionServiceClient;
use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::tenants::{SHARED, ledger, own};
use ducha_tests::{INSPECTION, TestApp, on_both_guarded};
use tonic::{Code, Status};
use tonic_types::StatusExt;

const REASON: &str = "与另一件重复";

fn wanted(kind: v1::LedgerKind, number: &str, division: &str) -> v1::WithdrawRecordRequest {
    v1::WithdrawRecordRequest {
        inspection_id: INSPECTION.into(),
        kind: kind.into(),
        number: number.into(),
        division: division.into(),
        reason: REASON.into(),
    }
}

struct Person {
    bearer: Bearer,
}

impl Person {
    fn new(app: &TestApp, role: Role, division: &str) -> Self {
        Self {
            bearer: Bearer::issue(&mut app.database().open(), role, Some(division)),
        }
    }

    async fn withdraws(&self, app: &TestApp, request: v1::WithdrawRecordRequest) -> Result<Vec<v1::Revision>, Status> {
        let mut history = HistoryServiceClient::with_interceptor(app.channel.clone(), self.bearer.clone());
        Ok(history.withdraw_record(request).await?.into_inner().revisions)
    }

    /// Number, division and change of all that is told behind a cursor, and the cursor there.
    async fn told(&self, app: &TestApp, cursor: &str) -> (Vec<(String, String, v1::RevisionChange)>, String) {
        let request = v1::WatchChangesRequest {
            inspection_id: INSPECTION.into(),
            cursor: cursor.into(),
            ..Default::default()
        };
        let mut history = HistoryServiceClient::with_interceptor(app.channel.clone(), self.bearer.clone());
        let mut answers = history.watch_changes(request).await.unwrap().into_inner();
        let (mut told, mut cursor) = (Vec::new(), cursor.to_owned());
        while let Some(answer) = answers.message().await.unwrap() {
            let rows = answer.revisions.into_iter();
            told.extend(rows.map(|row| (row.number.clone(), row.division.clone(), row.change())));
            cursor = answer.cursor;
        }
        (told, cursor)
    }

    async fn sees(&self, app: &TestApp, number: &str) -> Option<v1::Petition> {
        let request = v1::GetPetitionRequest {
            inspection_id: INSPECTION.into(),
            number: number.into(),
            view: 0,
        };
        let mut petitions = PetitionServiceClient::with_interceptor(app.channel.clone(), self.bearer.clone());
        petitions.get_petition(request).await.ok()?.into_inner().petition
    }
}

fn reason(status: &Status) -> (Code, String) {
    (status.code(), status.get_details_error_info().unwrap().reason)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_watches_is_told_what_is_gone_and_what_is_not_theirs_stays() {
    on_both_guarded(async |app| {
        for county in ["520102", "520103"] {
            app.import(ledger(county)).await;
        }
        let [nanming, yunyan] = ["520102", "520103"].map(|county| Person::new(&app, Role::Reviewer, county));
        let province = Person::new(&app, Role::Reviewer, "520000");
        let (_, at) = nanming.told(&app, "").await;
        let (_, at_of_yunyan) = yunyan.told(&app, "").await;
        let (_, at_of_province) = province.told(&app, "").await;
        let petitions = v1::LedgerKind::Petitions;

        let gone = nanming
            .withdraws(&app, wanted(petitions, SHARED, "520102"))
            .await
            .unwrap();
        assert_eq!(
            (gone.len(), gone[0].reason.as_str(), gone[0].actor.as_str()),
            (1, REASON, "reviewer of 520102")
        );
        assert!(
            gone[0]
                .fields
                .iter()
                .any(|field| field.field == "investigation" && field.after_json == "null")
        );
        nanming
            .withdraws(&app, wanted(petitions, &own("520102"), "520102"))
            .await
            .unwrap();
        let worded = nanming.sees(&app, SHARED).await.unwrap();
        assert!(worded.handlings.is_empty(), "the wording is from its ledger still");
        assert!(nanming.sees(&app, &own("520102")).await.is_none());
        assert_eq!(yunyan.sees(&app, SHARED).await.unwrap().handlings.len(), 1);

        let withdrawn = v1::RevisionChange::Withdrawn;
        let shared = (SHARED.to_owned(), "520102".to_owned(), withdrawn);
        let whole = (own("520102"), "520102".to_owned(), withdrawn);
        assert_eq!(nanming.told(&app, &at).await.0, [shared.clone(), whole.clone()]);
        let others = (SHARED.to_owned(), String::new(), v1::RevisionChange::Updated);
        assert_eq!(
            yunyan.told(&app, &at_of_yunyan).await.0,
            [others],
            "the record is there, and is to be read again"
        );
        let record = (own("520102"), String::new(), withdrawn);
        assert_eq!(province.told(&app, &at_of_province).await.0, [shared, whole, record]);

        app.import(ledger("520102")).await;
        assert!(
            nanming.sees(&app, &own("520102")).await.is_some(),
            "a later ledger makes it again"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_foreign_missing_or_wrongly_asked_for_is_refused() {
    on_both_guarded(async |app| {
        for county in ["520102", "520103"] {
            app.import(ledger(county)).await;
        }
        let county = Person::new(&app, Role::Reviewer, "520102");
        let (petitions, alerts) = (v1::LedgerKind::Petitions, v1::LedgerKind::Alerts);
        for (kind, number, division) in [
            (petitions, own("520103"), "520103"),
            (petitions, own("520103"), "520102"),
            (petitions, own("999999"), "520102"),
            (petitions, SHARED.to_owned(), "520103"),
            (alerts, own("520103"), "520103"),
            (alerts, own("999999"), "520102"),
        ] {
            let refused = county
                .withdraws(&app, wanted(kind, &number, division))
                .await
                .unwrap_err();
            assert_eq!(
                reason(&refused),
                (Code::NotFound, "RECORD_NOT_FOUND".into()),
                "{number} of {division}"
            );
        }
        let whole = wanted(petitions, SHARED, "");
        let unexplained = v1::WithdrawRecordRequest {
            reason: " ".into(),
            ..wanted(petitions, SHARED, "520102")
        };
        for request in [
            whole.clone(),
            unexplained,
            wanted(v1::LedgerKind::Unspecified, SHARED, "520102"),
        ] {
            let refused = county.withdraws(&app, request).await.unwrap_err();
            assert_eq!(reason(&refused), (Code::InvalidArgument, "FIELD_INVALID".into()));
        }
        for role in [Role::Submitter, Role::Reader] {
            let person = Person::new(&app, role, "520102");
            let refused = person
                .withdraws(&app, wanted(petitions, SHARED, "520102"))
                .await
                .unwrap_err();
            assert_eq!(reason(&refused), (Code::PermissionDenied, "ROLE_NOT_ALLOWED".into()));
        }
        let province = Person::new(&app, Role::Reviewer, "520000");
        assert_eq!(province.withdraws(&app, whole).await.unwrap().len(), 3);
        assert!(county.sees(&app, SHARED).await.is_none());
    })
    .await;
}
