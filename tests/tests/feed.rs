//! The feed of changes: whoever comes back with its cursor misses nothing and gets nothing twice.

use std::collections::BTreeMap;

use ducha::v1;
use ducha::v1::history_service_client::HistoryServiceClient;
use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::{Backend, INSPECTION, Seed, TestApp, on_both, on_both_guarded, petition, program};
use prost::Message;
use tonic::{Code, Status, Streaming};
use tonic_types::StatusExt;

const COUNTIES: [&str; 4] = ["520102", "520103", "520302", "520303"];
/// Ledgers of each county, and petitions in each of them; every ledger changes them all.
const LEDGERS: usize = 6;
const PETITIONS: usize = 40;

fn behind(cursor: &str, follow: bool) -> v1::WatchChangesRequest {
    v1::WatchChangesRequest {
        inspection_id: INSPECTION.into(),
        cursor: cursor.into(),
        follow,
        ..Default::default()
    }
}

async fn watch(app: &TestApp, cursor: &str, follow: bool) -> Streaming<v1::WatchChangesResponse> {
    let answers = app.history().watch_changes(behind(cursor, follow)).await;
    answers.unwrap().into_inner()
}

/// Everything up to the present end, and the cursor there.
async fn rest(app: &TestApp, cursor: &str) -> (Vec<v1::Revision>, String) {
    let mut answers = watch(app, cursor, false).await;
    let (mut found, mut cursor) = (Vec::new(), cursor.to_owned());
    while let Some(answer) = answers.message().await.unwrap() {
        found.extend(answer.revisions);
        cursor = answer.cursor;
    }
    (found, cursor)
}

fn reason(status: &Status) -> (Code, String) {
    (status.code(), status.get_details_error_info().unwrap().reason)
}

/// The ledger of a county that says something new of each of its petitions.
fn ledger(county: &str, turn: usize) -> Seed {
    let rows = (0..PETITIONS).map(|at| {
        let (wording, mut content) = petition();
        content.investigation = Some(turn.to_string());
        (format!("{county}-{at}"), wording, content)
    });
    let day = format!("2022-03-{:02}", turn + 1);
    Seed {
        petitions: rows.collect(),
        reported_on: day.parse().unwrap(),
        ..Seed::of(county)
    }
}

/// What the revisions of each record say in the order in which they came: `None` for its creation.
fn told(revisions: &[v1::Revision]) -> BTreeMap<String, Vec<Option<String>>> {
    let mut told: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    for revision in revisions {
        let after = revision.fields.first().map(|field| field.after_json.clone());
        told.entry(revision.number.clone()).or_default().push(after);
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_restarts_amid_imports_misses_nothing_and_sees_nothing_twice() {
    on_both(async |app| {
        let writers = COUNTIES.map(|county| {
            let url = app.database().url();
            tokio::task::spawn_blocking(move || {
                for turn in 0..LEDGERS {
                    drop(ledger(county, turn).import(&url));
                }
            })
        });
        let wanted = COUNTIES.len() * LEDGERS * PETITIONS;
        // Reads a few answers, forgets the rest of the stream, and comes back with its cursor; now and then without following.
        let (mut found, mut cursor, mut turn) = (Vec::new(), String::new(), 0);
        while found.len() < wanted {
            let mut answers = watch(&app, &cursor, turn % 3 > 0).await;
            for _ in 0..=turn % 2 {
                let Some(answer) = answers.message().await.unwrap() else {
                    break;
                };
                found.extend(answer.revisions);
                cursor = answer.cursor;
                if found.len() >= wanted {
                    break;
                }
            }
            turn += 1;
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let (late, _) = rest(&app, &cursor).await;
        assert!(late.is_empty(), "{late:?}");
        assert_eq!(found.len(), wanted);
        let whole: Vec<_> = (0..LEDGERS)
            .map(|turn| (turn > 0).then(|| format!("\"{turn}\"")))
            .collect();
        let told = told(&found);
        assert_eq!(told.len(), COUNTIES.len() * PETITIONS);
        for (number, each) in told {
            assert_eq!(each, whole, "{number}");
        }
        assert_eq!(rest(&app, "").await.0, found, "the same order for whoever comes later");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn long_texts_come_in_several_answers_and_each_cursor_is_behind_its_own() {
    on_both(async |app| {
        for turn in 0..2 {
            let mut long = ledger("520102", turn);
            for (_, _, content) in &mut long.petitions {
                content.investigation = Some(turn.to_string().repeat(60_000));
            }
            app.import(long).await;
        }
        let (all, _) = rest(&app, "").await;
        assert_eq!(all.len(), 2 * PETITIONS);
        let (mut answers, mut seen) = (watch(&app, "", false).await, 0);
        let mut count = 0;
        while let Some(answer) = answers.message().await.unwrap() {
            assert!(answer.encoded_len() <= 2 * 1024 * 1024);
            seen += answer.revisions.len();
            count += 1;
            assert_eq!(rest(&app, &answer.cursor).await.0, all[seen..]);
        }
        assert!(count > 2, "{count} answers");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_countys_reader_goes_on_past_what_is_not_its_own() {
    on_both_guarded(async |app| {
        let bearer = Bearer::issue(&mut app.database().open(), Role::Reader, Some("520103"));
        let mut history = HistoryServiceClient::with_interceptor(app.channel.clone(), bearer);
        let (mut found, mut cursor) = (Vec::new(), String::new());
        for turn in 0..2 {
            for county in COUNTIES {
                app.import(ledger(county, turn)).await;
                let answers = history.watch_changes(behind(&cursor, false)).await;
                let mut answers = answers.unwrap().into_inner();
                let before = cursor.clone();
                while let Some(answer) = answers.message().await.unwrap() {
                    found.extend(answer.revisions);
                    cursor = answer.cursor;
                }
                assert_ne!(cursor, before, "it moves on, whoever changed something");
            }
        }
        assert_eq!(found.len(), 2 * PETITIONS);
        assert!(found.iter().all(|each| each.division == "520103"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_is_told_what_comes_while_it_waits() {
    on_both(async |app| {
        let mut answers = watch(&app, "", true).await;
        let first = answers.message().await.unwrap().unwrap();
        assert!(
            first.revisions.is_empty() && !first.cursor.is_empty(),
            "where it stands"
        );
        app.import(ledger("520102", 0)).await;
        let next = answers.message().await.unwrap().unwrap();
        assert_eq!(next.revisions.len(), PETITIONS);
        let (again, _) = rest(&app, &first.cursor).await;
        assert_eq!(again, next.revisions);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_followed_feed_ends_when_the_server_stops() {
    let mut app = TestApp::start(Backend::Sqlite).await;
    let mut answers = watch(&app, "", true).await;
    answers.message().await.unwrap().unwrap();
    let ended = app.stop();
    assert_eq!(answers.message().await.unwrap(), None, "a good end");
    ended.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_exports_say_where_the_feed_goes_on() {
    on_both(async |app| {
        app.import(ledger("520102", 0)).await;
        app.import(Seed::of_tasks("520102", ["T1".to_owned()])).await;
        let (_, end) = rest(&app, "").await;
        let inspection_id = INSPECTION.to_owned();
        let request = v1::ListPetitionsRequest {
            inspection_id: inspection_id.clone(),
            ..Default::default()
        };
        let listed = app.petitions().list_petitions(request).await.unwrap().into_inner();
        let request = v1::ExportPetitionsRequest {
            inspection_id: inspection_id.clone(),
            ..Default::default()
        };
        let mut exported = app.petitions().export_petitions(request).await.unwrap().into_inner();
        let exported = exported.message().await.unwrap().unwrap();
        let request = v1::ListTasksRequest {
            inspection_id: inspection_id.clone(),
            ..Default::default()
        };
        let tasks = app.tasks().list_tasks(request).await.unwrap().into_inner();
        let request = v1::ExportTasksRequest {
            inspection_id,
            ..Default::default()
        };
        let mut streamed = app.tasks().export_tasks(request).await.unwrap().into_inner();
        let streamed = streamed.message().await.unwrap().unwrap();
        for cursor in [
            listed.change_cursor,
            exported.change_cursor,
            tasks.change_cursor,
            streamed.change_cursor,
        ] {
            assert_eq!(cursor, end);
        }
        app.import(ledger("520102", 1)).await;
        assert_eq!(rest(&app, &end).await.0.len(), PETITIONS);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_from_before_a_restore_is_refused_and_ends_what_is_followed() {
    on_both(async |app| {
        app.import(ledger("520102", 0)).await;
        let (_, cursor) = rest(&app, "").await;
        let mut followed = watch(&app, &cursor, true).await;
        followed.message().await.unwrap().unwrap();
        let mut reset = program::command("ducha-server");
        reset.args(["feed", "reset", "--database", &app.database().owner_url()]);
        let said = program::run(&mut reset);
        assert_eq!(said.status, Some(0), "{}", said.err);
        let wanted = (Code::FailedPrecondition, "FEED_RESET".to_owned());
        assert_eq!(reason(&followed.message().await.unwrap_err()), wanted);
        let refused = app.history().watch_changes(behind(&cursor, false)).await.unwrap_err();
        assert_eq!(reason(&refused), wanted);
        assert_eq!(rest(&app, "").await.0.len(), PETITIONS);
        let refused = app.history().watch_changes(behind("x", false)).await.unwrap_err();
        assert_eq!(reason(&refused), (Code::InvalidArgument, "CURSOR_INVALID".to_owned()));
    })
    .await;
}
