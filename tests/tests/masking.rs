//! Names of persons, telephone and identity numbers are shown to those who review, and to nobody else.

use ducha::v1;
use ducha::v1::accountability_service_client::AccountabilityServiceClient;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha::v1::petition_service_client::PetitionServiceClient;
use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::tenants::{ledger, own};
use ducha_tests::{INSPECTION, on_both_guarded};

const PHONE: &str = "13812345678";

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_is_masked_unless_the_role_may_see_it() {
    on_both_guarded(async |app| {
        let mut seed = ledger("520102");
        seed.petitions[0].1.complaint = format!("举报人电话{PHONE}");
        seed.petitions[0].2.investigation = Some("身份证11010519491231002X".into());
        seed.findings[0].value = format!("电话{PHONE}");
        let import = app.import(seed).await;
        for (role, shown) in [
            (Role::Submitter, false),
            (Role::Reader, false),
            (Role::Reviewer, true),
            (Role::Administrator, true),
        ] {
            let bearer = Bearer::issue(&mut app.database().open(), role, Some("520102"));
            let mut petitions = PetitionServiceClient::with_interceptor(app.channel.clone(), bearer.clone());
            let request = v1::GetPetitionRequest {
                inspection_id: INSPECTION.into(),
                number: own("520102"),
                view: 0,
            };
            let petition = petitions
                .get_petition(request)
                .await
                .unwrap()
                .into_inner()
                .petition
                .unwrap();
            let part = &petition.handlings[0];
            if shown {
                assert_eq!(petition.complaint, format!("举报人电话{PHONE}"));
                assert!(petition.shortened_fields.is_empty());
            } else {
                assert_eq!(petition.complaint, "举报人电话138********");
                assert_eq!(petition.shortened_fields, ["complaint"]);
                assert_eq!(part.investigation, "身份证110***************");
                assert_eq!(part.shortened_fields, ["investigation"]);
            }

            let mut decisions = AccountabilityServiceClient::with_interceptor(app.channel.clone(), bearer.clone());
            let request = v1::ListAccountabilitiesRequest {
                inspection_id: INSPECTION.into(),
                view: v1::RecordView::Full.into(),
                ..Default::default()
            };
            let answer = decisions.list_accountabilities(request).await.unwrap().into_inner();
            let name = answer.accountabilities[0].name.as_str();
            assert_eq!(name, if shown { "王某某" } else { "王**" });

            let mut ledgers = LedgerServiceClient::with_interceptor(app.channel.clone(), bearer);
            let request = v1::ListFindingsRequest {
                import_id: import.clone(),
                ..Default::default()
            };
            let finding = ledgers
                .list_findings(request)
                .await
                .unwrap()
                .into_inner()
                .findings
                .remove(0);
            assert_eq!(finding.value.contains(PHONE), shown, "{}", finding.value);
        }
    })
    .await;
}
