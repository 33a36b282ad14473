//! The workbook that is handed back opens in other programs, and what they save comes back clean.

use std::path::{Path, PathBuf};
use std::process::Command;

use ducha_tests::ledger::{self, Ledgers, good};
use ducha_tests::office::converted;
use ducha_tests::{Backend, TestDatabase, program};
use serde_json::{Value, json};

fn rich() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("files/rich.xlsx")
}

/// Checks `file` into `folder`; the marked copy.
fn marked(file: &Path, folder: &Path) -> PathBuf {
    let mut command = program::command("ducha-worker");
    command.args(["check", "--division", "520102", "--output", "json", "--marked"]);
    let said = program::run(command.arg(folder).arg(file));
    assert_eq!(said.err, "");
    let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
    let stem = stem.strip_suffix("-核对").unwrap_or(&stem);
    folder.join(format!("{stem}-核对.xlsx"))
}

/// What openpyxl sees in a workbook.
fn seen(file: &Path) -> Value {
    let python = std::env::var_os("DUCHA_TEST_PYTHON").expect(
        "DUCHA_TEST_PYTHON must name a Python with the packages of scripts/requirements.txt; see scripts/venv.sh",
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign/marked.py");
    let said = program::run(Command::new(python).env("PYTHONUTF8", "1").arg(script).arg(file));
    assert_eq!(said.err, "");
    serde_json::from_str(&said.out).unwrap()
}

const BAD: [&str; 4] = ["信访台账!D7", "信访台账!E9", "信访台账!H12", "第二批!D4"];

#[test]
fn libreoffice_and_openpyxl_open_a_marked_copy_and_what_libreoffice_saves_comes_back_clean() {
    let folder = tempfile::tempdir().unwrap();
    let first = marked(&rich(), folder.path());
    converted(&first, "pdf", folder.path());
    converted(&first, "ods", folder.path());
    let told = seen(&first);
    assert_eq!((&told["coloured"], &told["noted"]), (&json!(BAD), &json!(BAD)));
    assert_eq!((&told["formulas"], &told["notes"]), (&json!(1), &json!(5)));
    assert_eq!(
        told["sheets"],
        json!(["信访台账", "第二批", "填报说明", "字典", "系统核对汇总"])
    );
    assert_eq!(told["frozen"]["信访台账"], "C4");
    assert_eq!(told["status"].as_object().unwrap().len(), 4);

    // Another program numbers every style anew; marks must not stack on those of the copy before.
    let saved = converted(&first, "xlsx", folder.path());
    let second = marked(&saved, &folder.path().join("second"));
    let again = seen(&second);
    // LibreOffice without a screen saves no frozen panes.
    for what in ["coloured", "noted", "notes", "sheets", "status"] {
        assert_eq!(again[what], told[what], "{what}");
    }
}

#[test]
fn an_import_marks_what_the_stored_records_know_and_the_summary_is_its_receipt() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let ledgers = Ledgers::new();
        let database = TestDatabase::ready(backend);
        ledgers.petitions("520000-清单.xlsx", &[good("X2GZ202112070001", "南明区")]);
        ledgers.petitions(
            "520102-台账.xlsx",
            &[good("X2GZ202112070001", "南明区"), good("X2GZ202112070002", "南明区")],
        );
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().to_str().unwrap();
        let told = ledger::import(&database.url(), &["--marked", to, "--refused", to], ledgers.path());
        assert_eq!(told.faults(), [("D001".to_owned(), "A3".to_owned())]);
        let copy = seen(&folder.path().join("520102-台账-核对.xlsx"));
        assert_eq!(copy["coloured"], json!(["Sheet1!A3"]));
        assert_eq!(copy["status"], json!({"Sheet1!H3": "未导入"}));
        let refused = seen(&folder.path().join("520102-台账-未导入.xlsx"));
        assert_eq!(refused["status"], json!({"Sheet1!H2": "未导入"}));
        assert!(!folder.path().join("520000-清单-未导入.xlsx").exists());
        let id = told.files[1]["import_id"].as_str().unwrap();
        let read = program::run(
            program::command("ducha-worker")
                .arg("read")
                .arg(folder.path().join("520102-台账-核对.xlsx")),
        );
        assert!(read.out.contains(id), "{}", read.out);
    }
}
