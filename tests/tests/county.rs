//! The example for integrators plays a county with nothing but an address and a token: it uploads, watches, fetches its
//! marked copy, corrects it and sends it back; and tries what it may not.

use std::path::Path;
use std::process::Output;

use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::ledger::{Ledgers, good};
use ducha_tests::python::{python, root, stubs};
use ducha_tests::worker::Worker;
use ducha_tests::{Backend, INSPECTION, TestApp};
use serde_json::Value as Json;

const FIRST: &str = "X2GZ202112060001";
const SECOND: &str = "X2GZ202112060002";

/// Runs the example.
async fn county(app: &TestApp, stubs: &Path, token: &str, division: &str, ledger: &Path) -> Output {
    let mut command = std::process::Command::new(python());
    command
        .arg(root().join("examples/python/county.py"))
        .args([&app.address.to_string(), INSPECTION, division])
        .arg(ledger)
        .arg(ledger.parent().unwrap())
        .env("PYTHONPATH", stubs)
        .env("DUCHA_TOKEN", token);
    tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap()
}

fn verdict(output: &Output) -> Json {
    let errors = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{errors}"))
}

/// Writes what was meant into the cell that the marked copy points at, as a clerk would.
fn corrected(marked: &Path) {
    let script = "import openpyxl, sys\n\
        book = openpyxl.load_workbook(sys.argv[1])\n\
        sheet = book.worksheets[0]\n\
        assert sheet['E3'].value == '也许属实' and sheet['E3'].comment, sheet['E3'].value\n\
        sheet['E3'].value = '部分属实'\n\
        book.save(sys.argv[1])";
    let edited = std::process::Command::new(python())
        .args(["-c", script])
        .arg(marked)
        .status();
    assert!(edited.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_county_needs_an_address_and_a_token_and_reaches_no_further() {
    let stubs = stubs();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = TestApp::guarded(backend).await;
        let _worker = Worker::start(&app, &[]);
        let token = Bearer::issue(&mut app.database().open(), Role::Submitter, Some("520102")).secret;
        let ledgers = Ledgers::new();
        let mut bad = good(SECOND, "南明区");
        bad[4] = "也许属实";
        let ledger = ledgers.petitions("台账.xlsx", &[good(FIRST, "南明区"), bad]);

        let first = county(&app, stubs.path(), &token, "520102", &ledger).await;
        assert_eq!(
            first.status.code(),
            Some(1),
            "{}",
            String::from_utf8_lossy(&first.stderr)
        );
        let told = verdict(&first);
        assert_eq!(
            (&told["state"], &told["inserted"], &told["refused"]),
            (&"APPLIED_IN_PART".into(), &1.into(), &1.into())
        );
        assert_eq!(told["files"], serde_json::json!(["台账-核对.xlsx", "台账-未导入.xlsx"]));

        let marked = ledgers.path().join("台账-核对.xlsx");
        corrected(&marked);
        let second = county(&app, stubs.path(), &token, "520102", &marked).await;
        let told = verdict(&second);
        assert_eq!(second.status.code(), Some(0), "{told}");
        assert_eq!(
            (&told["state"], &told["inserted"], &told["unchanged"]),
            (&"APPLIED".into(), &1.into(), &1.into())
        );

        for (token, division, refused) in [
            (token.as_str(), "520103", "StatusCode.NOT_FOUND"),
            ("ducha_nonsense", "520102", "StatusCode.UNAUTHENTICATED"),
            ("", "520102", "StatusCode.UNAUTHENTICATED"),
        ] {
            let foreign = county(&app, stubs.path(), token, division, &ledger).await;
            let errors = String::from_utf8_lossy(&foreign.stderr);
            assert!(
                !foreign.status.success() && foreign.stdout.is_empty(),
                "{division} {token}"
            );
            assert!(errors.contains(refused), "{errors}");
        }
    }
}
