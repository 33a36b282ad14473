//! Whatever is in a file: it is read, or refused with a code of its own, soon and in little memory; and nothing of it is
//! dropped without a word. `make torture` does the same with more.

use ducha::v1::ImportState;
use ducha_tests::hostile::{self, Hostile, Wanted, judge, mutate, runs};
use ducha_tests::ledger::{Ledgers, good};
use ducha_tests::upload::metadata;
use ducha_tests::{TestApp, on_both, worker};

/// Mutants that are checked here; the figure that fits into half a minute on two processors.
const MUTANTS: u64 = 400;
/// Kinds that go through a server: every so many-th.
const EVERY: usize = 29;

#[test]
fn every_hostile_kind_gets_its_answer_within_seconds_and_in_little_memory() {
    let kinds = hostile::all();
    let mut names: Vec<_> = kinds.iter().map(|kind| &kind.name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), kinds.len(), "each kind has a name of its own");
    let tally = runs::kinds();
    eprintln!("{tally}");
    assert!(tally.wrong.is_empty(), "{tally}\n{}", tally.wrong.join("\n"));
}

#[test]
fn no_mutant_of_an_honest_workbook_breaks_the_worker_or_is_left_without_an_answer() {
    let tally = runs::mutants(&mutate::samples(), 1, MUTANTS);
    eprintln!("{tally}");
    assert!(tally.wrong.is_empty(), "{tally}\n{}", tally.wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_uploads_are_rejected_with_their_codes_and_the_ledger_behind_them_is_applied() {
    let kinds: Vec<_> = hostile::all().into_iter().filter(is_refused).step_by(EVERY).collect();
    on_both(async |app: TestApp| {
        let mut ids = Vec::new();
        for (number, kind) in kinds.iter().enumerate() {
            let answer = app
                .upload(metadata(&format!("{number}.{}", kind.extension)), &kind.bytes)
                .await;
            ids.push(answer.expect(&kind.name).ledger_import.unwrap().id);
        }
        let ledgers = Ledgers::new();
        let honest = ledgers.petitions("520102-台账.xlsx", &[good("X2GZ202112070001", "南明区")]);
        let honest = app.upload_file(&honest).await;
        assert_eq!(worker::work_once(&app, &[]).await, Some(1), "some were refused");
        assert_eq!(app.watched(&honest).await.state(), ImportState::Applied);
        for (kind, id) in kinds.iter().zip(ids) {
            let import = app.watched(&id).await;
            assert_eq!(import.state(), ImportState::Rejected, "{}: {import:?}", kind.name);
            let code = import.error.expect(&kind.name).code;
            let Wanted::Refused(codes) = kind.wanted else { continue };
            assert!(
                codes.contains(&code.as_str()),
                "{}: {code}, wanted {codes:?}",
                kind.name
            );
        }
    })
    .await;
}

fn is_refused(kind: &Hostile) -> bool {
    matches!(kind.wanted, Wanted::Refused(_)) && !kind.bytes.is_empty()
}

#[test]
fn the_same_seed_makes_the_same_mutant_and_another_seed_another() {
    let samples = mutate::samples();
    for number in 0..8 {
        let (one, again, other) = (
            samples.mutant(7, number),
            samples.mutant(7, number),
            samples.mutant(8, number),
        );
        assert_eq!(one, again);
        assert_ne!(one.1, other.1);
    }
}

#[test]
fn an_answer_whose_rows_do_not_add_up_is_noticed() {
    let answer = |text: &str| judge::untyped(&serde_json::from_str(text).unwrap());
    assert_eq!(
        answer(r#"{"state":"checked","error":null,"rows":3,"accepted":2,"refused":1}"#),
        None
    );
    for text in [
        r#"{"state":"checked","error":null,"rows":3,"accepted":2,"refused":0}"#,
        r#"{"state":"rejected","error":null,"rows":0,"accepted":0,"refused":0}"#,
        r#"{"state":"rejected","error":{"code":"F006","message_zh":"坏了坏了"},"rows":0}"#,
        r#"{"state":"lost"}"#,
    ] {
        assert!(answer(text).is_some(), "{text}");
    }
}
