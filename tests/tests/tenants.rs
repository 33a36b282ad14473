//! A county sees its own records and parts, and nothing tells it whether others have any: every method, on both databases.

use ducha::v1;
use ducha_records::codes::Role;
use ducha_records::divisions;
use ducha_records::inspections;
use ducha_tests::credentials::Bearer;
use ducha_tests::tenants::{COUNTIES, SHARED, ledger, own, text};
use ducha_tests::{INSPECTION, TestApp, inspection, on_both_guarded, raw};
use prost::Message;
use tonic::Status;
use tonic_types::StatusExt;

use methods::*;

mod methods;

/// What a county has.
struct County {
    code: &'static str,
    bearer: Bearer,
    import: String,
}

impl County {
    async fn call(&self, app: &TestApp, path: &str, message: Vec<u8>) -> Result<Vec<u8>, Status> {
        let authorization = format!("Bearer {}", self.bearer.secret);
        raw::call(&app.channel, path, Some(&authorization), message).await
    }
}

async fn counties(app: &TestApp) -> Vec<County> {
    let mut db = app.database().open();
    divisions::load(
        &mut db,
        &divisions::parse_csv("code,name,parent\n510000,四川省,\n").unwrap(),
    )
    .unwrap();
    let foreign = inspections::Inspection {
        id: FOREIGN_INSPECTION.into(),
        province: "510000".into(),
        ..inspection()
    };
    inspections::create(&mut db, &foreign).unwrap();
    let mut counties = Vec::new();
    for code in COUNTIES {
        counties.push(County {
            code,
            // An administrator may call every method.
            bearer: Bearer::issue(&mut db, Role::Administrator, Some(code)),
            import: app.import(ledger(code)).await,
        });
    }
    counties
}

fn holds(answer: &[u8], part: &str) -> bool {
    answer.windows(part.len()).any(|window| window == part.as_bytes())
}

/// Whether a listing's answer has records, which are field 1 of each; tokens and cursors come behind.
fn has_records(answer: &[u8]) -> bool {
    answer.first() == Some(&0b0000_1010)
}

/// Nothing of another county: neither its code, which all of its texts hold, nor its import.
fn tells_nothing_foreign(answer: &[u8], county: &County, all: &[County], path: &str) {
    for other in all.iter().filter(|other| other.code != county.code) {
        assert!(
            !holds(answer, other.code),
            "{path} tells {} of {}",
            county.code,
            other.code
        );
        assert!(
            !holds(answer, &other.import),
            "{path} tells {} the import of {}",
            county.code,
            other.code
        );
    }
}

/// Everything of a status, what it was asked for made alike.
fn told(status: &Status, asked: &str) -> (tonic::Code, String, Vec<u8>) {
    let blank = "?".repeat(asked.len());
    let details = status.details();
    let mut blanked = details.to_vec();
    for at in 0..details.len().saturating_sub(asked.len() - 1) {
        if &details[at..at + asked.len()] == asked.as_bytes() {
            blanked[at..at + asked.len()].copy_from_slice(blank.as_bytes());
        }
    }
    // Entries of a map come in any order.
    blanked.sort_unstable();
    (status.code(), status.message().replace(asked, &blank), blanked)
}

async fn foreign_is_missing(app: &TestApp, county: &County, by_id: ById, foreign: &str, missing: &str) {
    let (path, request) = by_id;
    let refused = county.call(app, path, request(foreign)).await.expect_err(path);
    let absent = county.call(app, path, request(missing)).await.expect_err(path);
    assert_eq!(absent.code(), tonic::Code::NotFound, "{path}");
    assert_eq!(told(&refused, foreign), told(&absent, missing), "{path}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_foreign_is_answered_like_what_is_missing() {
    on_both_guarded(async |app| {
        let all = counties(&app).await;
        for county in &all {
            for by_id in RECORDS {
                let answer = county
                    .call(&app, by_id.0, (by_id.1)(&own(county.code)))
                    .await
                    .expect(by_id.0);
                assert!(holds(&answer, &text(county.code)), "{}", by_id.0);
                tells_nothing_foreign(&answer, county, &all, by_id.0);
                let shared = county.call(&app, by_id.0, (by_id.1)(SHARED)).await.expect(by_id.0);
                assert!(holds(&shared, &text(county.code)), "{}", by_id.0);
                tells_nothing_foreign(&shared, county, &all, by_id.0);
            }
            for (path, request) in HISTORIES {
                let answer = county.call(&app, path, request(&own(county.code))).await.expect(path);
                assert!(holds(&answer, county.code), "{path}");
                tells_nothing_foreign(&answer, county, &all, path);
                let shared = county.call(&app, path, request(SHARED)).await.expect(path);
                assert!(holds(&shared, county.code), "{path}");
                tells_nothing_foreign(&shared, county, &all, path);
            }
            for by_id in IMPORTS {
                let answer = county
                    .call(&app, by_id.0, (by_id.1)(&county.import))
                    .await
                    .expect(by_id.0);
                let bare = by_id.0.ends_with("/ListPlannedRows"); // an import that was not planned has none
                assert!(bare || holds(&answer, county.code), "{}", by_id.0);
                tells_nothing_foreign(&answer, county, &all, by_id.0);
            }
            for (path, request) in UNDOS {
                let answer = match county.call(&app, path, request(&county.import)).await {
                    Ok(answer) => answer,
                    Err(refused) => {
                        assert_eq!(refused.get_details_error_info().unwrap().reason, "IMPORT_CHANGED_SINCE");
                        refused.details().to_vec()
                    }
                };
                tells_nothing_foreign(&answer, county, &all, path);
            }
            for by_id in REFUSED_IMPORTS {
                let own = county.call(&app, by_id.0, (by_id.1)(&county.import)).await;
                let own = own.expect_err(by_id.0).get_details_error_info().unwrap().reason;
                assert!(
                    ["FILE_NOT_FOUND", "IMPORT_STATE", "FIELD_INVALID"].contains(&own.as_str()),
                    "{}: {own}",
                    by_id.0
                );
            }
            for other in all.iter().filter(|other| other.code != county.code) {
                for by_id in RECORDS.into_iter().chain(HISTORIES).chain(WITHDRAWALS) {
                    foreign_is_missing(&app, county, by_id, &own(other.code), &own(MISSING)).await;
                }
                for by_id in IMPORTS.into_iter().chain(REFUSED_IMPORTS).chain(UNDOS) {
                    foreign_is_missing(&app, county, by_id, &other.import, MISSING_ID).await;
                }
                for by_id in DIVISIONS {
                    foreign_is_missing(&app, county, by_id, other.code, MISSING).await;
                }
                for by_id in TOKENS {
                    foreign_is_missing(&app, county, by_id, &other.bearer.id, MISSING_ID).await;
                }
            }
            for by_id in INSPECTIONS {
                foreign_is_missing(&app, county, by_id, FOREIGN_INSPECTION, MISSING_INSPECTION).await;
            }
            assert!(
                county
                    .call(&app, INSPECTIONS[0].0, (INSPECTIONS[0].1)(INSPECTION))
                    .await
                    .is_ok()
            );
        }
        // Last: what is withdrawn is there for nobody.
        for county in &all {
            for (path, request) in WITHDRAWALS {
                let answer = county.call(&app, path, request(&own(county.code))).await.expect(path);
                assert!(holds(&answer, &text(county.code)), "{path}");
                tells_nothing_foreign(&answer, county, &all, path);
                county
                    .call(&app, path, request(&own(county.code)))
                    .await
                    .expect_err(path);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_exports_hold_what_is_own_and_nothing_else() {
    on_both_guarded(async |app| {
        let all = counties(&app).await;
        for county in &all {
            for (path, request) in LISTINGS {
                let answer = county.call(&app, path, request(INSPECTION, &[])).await.expect(path);
                assert!(holds(&answer, county.code), "{path}");
                tells_nothing_foreign(&answer, county, &all, path);
                let filtered = county
                    .call(&app, path, request(INSPECTION, &[county.code]))
                    .await
                    .expect(path);
                assert!(holds(&filtered, county.code), "{path}");
                tells_nothing_foreign(&filtered, county, &all, path);
                for other in all.iter().filter(|other| other.code != county.code) {
                    let found = county
                        .call(&app, path, request(INSPECTION, &[other.code]))
                        .await
                        .expect(path);
                    assert!(!has_records(&found), "{path} finds what is of {}", other.code);
                }
                let foreign = county
                    .call(&app, path, request(FOREIGN_INSPECTION, &[]))
                    .await
                    .expect_err(path);
                let missing = county
                    .call(&app, path, request(MISSING_INSPECTION, &[]))
                    .await
                    .expect_err(path);
                assert_eq!(
                    told(&foreign, FOREIGN_INSPECTION),
                    told(&missing, MISSING_INSPECTION),
                    "{path}"
                );
            }
            let issues = v1::ListAccountabilityIssuesRequest {
                inspection_id: INSPECTION.into(),
                view: 2,
                ..Default::default()
            };
            let answer = county.call(&app, ISSUES, issues.encode_to_vec()).await.unwrap();
            assert!(holds(&answer, &own(county.code)), "the issue that its decision answers");
            tells_nothing_foreign(&answer, county, &all, ISSUES);
            for path in OVERALL {
                let answer = county.call(&app, path, Vec::new()).await.expect(path);
                tells_nothing_foreign(&answer, county, &all, path);
                assert!(!holds(&answer, FOREIGN_INSPECTION), "{path}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_only_others_have_is_not_found() {
    on_both_guarded(async |app| {
        let all = counties(&app).await;
        ducha_records::search::index_pending(&mut app.database().open(), &mut |_| ()).unwrap();
        let asked = |of: &str| {
            let filter = v1::PetitionFilter {
                text_contains: text(of),
                ..Default::default()
            };
            let request = v1::ListPetitionsRequest {
                inspection_id: INSPECTION.into(),
                filter: Some(filter),
                ..Default::default()
            };
            request.encode_to_vec()
        };
        let path = "/ducha.v1.PetitionService/ListPetitions";
        for county in &all {
            let found = county.call(&app, path, asked(county.code)).await.unwrap();
            let found = v1::ListPetitionsResponse::decode(found.as_slice()).unwrap().petitions;
            assert_eq!(
                found.iter().map(|each| each.number.as_str()).collect::<Vec<_>>(),
                [&own(county.code), SHARED]
            );
            for other in all.iter().filter(|other| other.code != county.code) {
                let found = county.call(&app, path, asked(other.code)).await.unwrap();
                assert!(!has_records(&found));
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_sees_its_counties_and_a_province_all_of_them() {
    on_both_guarded(async |app| {
        counties(&app).await;
        for (division, seen) in [("520100", &COUNTIES[..2]), ("520000", &COUNTIES[..])] {
            let bearer = Bearer::issue(&mut app.database().open(), Role::Reader, Some(division));
            let authorization = format!("Bearer {}", bearer.secret);
            for (path, request) in LISTINGS {
                let answer = raw::call(&app.channel, path, Some(&authorization), request(INSPECTION, &[]))
                    .await
                    .unwrap();
                for county in COUNTIES {
                    assert_eq!(
                        holds(&answer, county),
                        seen.contains(&county),
                        "{path} as {division}: {county}"
                    );
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_of_what_a_county_reaches() {
    on_both_guarded(async |app| {
        let all = counties(&app).await;
        for county in &all {
            for (path, request) in FIGURES {
                let answer = county.call(&app, path, request(INSPECTION)).await.expect(path);
                assert!(!answer.is_empty(), "{path}");
                tells_nothing_foreign(&answer, county, &all, path);
                let foreign = county
                    .call(&app, path, request(FOREIGN_INSPECTION))
                    .await
                    .expect_err(path);
                let missing = county
                    .call(&app, path, request(MISSING_INSPECTION))
                    .await
                    .expect_err(path);
                assert_eq!(
                    told(&foreign, FOREIGN_INSPECTION),
                    told(&missing, MISSING_INSPECTION),
                    "{path}"
                );
            }
            let (path, request) = FIGURES[0];
            let of = |division: &str| {
                let mut asked = v1::GetProgressRequest::decode(request(INSPECTION).as_slice()).unwrap();
                asked.division = division.into();
                asked.encode_to_vec()
            };
            let other = all.iter().find(|other| other.code != county.code).unwrap().code;
            let foreign = county.call(&app, path, of(other)).await.expect_err(path);
            let missing = county.call(&app, path, of(MISSING)).await.expect_err(path);
            assert_eq!(told(&foreign, other), told(&missing, MISSING));
            let own = county.call(&app, path, of(county.code)).await.expect(path);
            let own = v1::GetProgressResponse::decode(own.as_slice()).unwrap();
            assert!(
                own.rows
                    .iter()
                    .any(|row| row.petitions.as_ref().is_some_and(|figures| figures.petitions > 0)),
                "{own:?}"
            );
        }
    })
    .await;
}
