//! Verdicts on imports come in the feed: each once, behind the revisions of its import, to whoever may see the import.

use std::collections::BTreeMap;

use ducha::v1;
use ducha::v1::history_service_client::HistoryServiceClient;
use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::ledger::{Ledgers, good};
use ducha_tests::upload::metadata;
use ducha_tests::worker::{Worker, work_once};
use ducha_tests::{INSPECTION, Seed, TestApp, on_both, on_both_guarded, petition};

const NUMBER: &str = "X2GZ202112060001";

fn behind(cursor: &str, follow: bool) -> v1::WatchChangesRequest {
    v1::WatchChangesRequest {
        inspection_id: INSPECTION.into(),
        cursor: cursor.into(),
        follow,
        ..Default::default()
    }
}

/// The answers behind a cursor up to the present end.
async fn rest(app: &TestApp, request: v1::WatchChangesRequest) -> Vec<v1::WatchChangesResponse> {
    let mut answers = app.history().watch_changes(request).await.unwrap().into_inner();
    let mut all = Vec::new();
    while let Some(answer) = answers.message().await.unwrap() {
        all.push(answer);
    }
    all
}

fn states(answers: &[v1::WatchChangesResponse]) -> Vec<v1::ImportState> {
    let verdicts = answers.iter().flat_map(|answer| &answer.verdicts);
    verdicts.map(v1::ImportVerdict::state).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_in_which_an_import_ends_is_told_to_who_follows() {
    on_both(async |app| {
        let ledgers = Ledgers::new();
        let worker = Worker::start(&app, &[]);
        let mut followed = app
            .history()
            .watch_changes(behind("", true))
            .await
            .unwrap()
            .into_inner();
        let mut bad = good("X2GZ202112060002", "南明区");
        bad[4] = "也许属实";
        let mixed = std::fs::read(ledgers.petitions("台账.xlsx", &[good(NUMBER, "南明区"), bad])).unwrap();
        let fine = std::fs::read(ledgers.petitions("台账.xlsx", &[good(NUMBER, "南明区")])).unwrap();
        let with = |mode: v1::ImportMode| v1::UploadMetadata {
            mode: mode.into(),
            ..metadata("台账.xlsx")
        };
        app.handed_in(with(v1::ImportMode::Apply), b"no workbook").await;
        app.handed_in(with(v1::ImportMode::Check), &mixed).await;
        let planned = app.handed_in(with(v1::ImportMode::Plan), &mixed).await.id;
        let cancel = v1::CancelImportRequest { import_id: planned };
        app.ledgers().cancel_import(cancel).await.unwrap();
        app.handed_in(with(v1::ImportMode::Apply), &mixed).await;
        let applied = app.handed_in(with(v1::ImportMode::Apply), &fine).await.id;
        let undo = v1::UndoImportRequest {
            import_id: applied.clone(),
            note: "报错了".into(),
            ..Default::default()
        };
        app.ledgers().undo_import(undo).await.unwrap();
        use v1::ImportState::{Applied, AppliedInPart, Cancelled, Checked, Planned, Rejected, Undone};
        let wanted = [Rejected, Checked, Planned, Cancelled, AppliedInPart, Applied, Undone];
        let mut told = Vec::new();
        while told
            .iter()
            .map(|answer: &v1::WatchChangesResponse| answer.verdicts.len())
            .sum::<usize>()
            < wanted.len()
        {
            told.push(followed.message().await.unwrap().unwrap());
        }
        assert_eq!(states(&told), wanted);
        let whole = rest(&app, behind("", false)).await;
        assert_eq!(states(&whole), wanted, "the same for whoever comes later");
        let last = whole.iter().flat_map(|answer| &answer.verdicts).last().unwrap();
        assert_eq!(
            (
                last.import_id.as_str(),
                last.division.as_str(),
                last.file_name.as_str(),
                last.note.as_str()
            ),
            (applied.as_str(), "520102", "台账.xlsx", "报错了")
        );
        assert!(!last.actor.is_empty() && last.decided_at.is_some());
        let of_tasks = v1::ChangeFilter {
            kinds: vec![v1::LedgerKind::Tasks.into()],
            ..Default::default()
        };
        let of_tasks = v1::WatchChangesRequest {
            filter: Some(of_tasks),
            ..behind("", false)
        };
        assert_eq!(
            states(&rest(&app, of_tasks).await),
            [Rejected],
            "a file without a ledger may be of any kind"
        );
        drop(worker);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_restarts_amid_imports_gets_each_verdict_once_and_behind_its_revisions() {
    const LEDGERS: usize = 6;
    let counties = ["520102", "520103", "520302"];
    on_both(async |app| {
        let writers = counties.map(|county| {
            let url = app.database().url().to_owned();
            tokio::task::spawn_blocking(move || {
                for turn in 0..LEDGERS {
                    let rows = (0..5).map(|at| {
                        let (wording, mut content) = petition();
                        content.investigation = Some(turn.to_string());
                        (format!("{county}-{at}"), wording, content)
                    });
                    let ledger = Seed {
                        petitions: rows.collect(),
                        reported_on: format!("2022-03-{:02}", turn + 1).parse().unwrap(),
                        ..Seed::of(county)
                    };
                    drop(ledger.import(&url));
                }
            })
        });
        let (mut seen, mut cursor, mut turn) = (BTreeMap::<String, usize>::new(), String::new(), 0);
        let mut verdicts = Vec::new();
        while verdicts.len() < counties.len() * LEDGERS {
            let request = behind(&cursor, turn % 3 > 0);
            let mut answers = app.history().watch_changes(request).await.unwrap().into_inner();
            for _ in 0..=turn % 2 {
                let Some(answer) = answers.message().await.unwrap() else {
                    break;
                };
                for revision in answer.revisions {
                    *seen.entry(revision.origin.unwrap().import_id).or_default() += 1;
                }
                for verdict in answer.verdicts {
                    assert_eq!(
                        seen.get(&verdict.import_id),
                        Some(&5),
                        "all of its revisions came before"
                    );
                    verdicts.push(verdict.import_id);
                }
                cursor = answer.cursor;
                if verdicts.len() >= counties.len() * LEDGERS {
                    break;
                }
            }
            turn += 1;
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let late = rest(&app, behind(&cursor, false)).await;
        assert!(
            late.iter()
                .all(|answer| answer.verdicts.is_empty() && answer.revisions.is_empty())
        );
        let mut distinct = verdicts.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), verdicts.len());
        assert!(seen.values().all(|revisions| *revisions == 5));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_county_is_told_the_verdicts_on_its_own_ledgers_only() {
    on_both_guarded(async |app| {
        for county in ["520102", "520103"] {
            app.import(Seed::of_petitions(county, [format!("{county}-1")])).await;
        }
        assert!(work_once(&app, &[]).await.is_some());
        for (division, told) in [("520102", 1), ("520100", 2), ("520302", 0)] {
            let bearer = Bearer::issue(&mut app.database().open(), Role::Reader, Some(division));
            let mut history = HistoryServiceClient::with_interceptor(app.channel.clone(), bearer);
            let mut answers = history.watch_changes(behind("", false)).await.unwrap().into_inner();
            let mut verdicts = Vec::new();
            while let Some(answer) = answers.message().await.unwrap() {
                verdicts.extend(answer.verdicts);
            }
            assert_eq!(verdicts.len(), told, "{division}");
            assert!(told != 1 || verdicts[0].division == division);
        }
    })
    .await;
}
