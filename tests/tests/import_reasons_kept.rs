//! A reason that is kept is shown: in what the worker prints, and in the next marked copy, so that nobody writes it again.

use std::path::Path;

use ducha_tests::ledger::{self, HEADER, Ledgers, Told, good};
use ducha_tests::program::{command, run};
use ducha_tests::{Backend, TestDatabase};
use serde_json::Value as Json;

const REASON: &str = "举报件为旧系统编号，交办单如此。";
const FILE: &str = "520102-台账.xlsx";
/// Our columns behind the seven of the ledger.
const REASON_COLUMN: usize = 9;

/// A database, a folder of ledgers and one of marked copies.
struct County {
    database: TestDatabase,
    ledgers: Ledgers,
    copies: tempfile::TempDir,
}

impl County {
    fn new(backend: Backend) -> Self {
        Self {
            database: TestDatabase::ready(backend),
            ledgers: Ledgers::new(),
            copies: tempfile::tempdir().unwrap(),
        }
    }

    /// Imports these rows; the reasons that were told, and the rows of the marked copy.
    fn import(&self, rows: &[Vec<String>]) -> (Vec<String>, Vec<Vec<String>>) {
        self.ledgers.sheet(FILE, rows);
        let folder = tempfile::tempdir_in(self.copies.path()).unwrap();
        let to = folder.path().to_str().unwrap();
        let told = ledger::import(&self.database.url(), &["--marked", to], self.ledgers.path());
        assert_eq!(told.files[0]["refused"], 0, "{}", told.said.err);
        (
            reasons(&told),
            first_sheet(&folder.path().join("520102-台账-核对.xlsx")),
        )
    }
}

/// Rule, cell and text of each reason that was told.
fn reasons(told: &Told) -> Vec<String> {
    let text = |line: &Json, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let told = told.reasons.iter();
    told.map(|line| format!("{} {} {}", text(line, "rule"), text(line, "cell"), text(line, "reason")))
        .collect()
}

/// The texts of the first sheet of a workbook, ten columns of each row.
fn first_sheet(path: &Path) -> Vec<Vec<String>> {
    let said = run(command("ducha-worker").arg("read").arg(path));
    let lines = said.out.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let first = lines.skip(2).take_while(|line| line.get("row").is_some());
    let cell = |line: &Json, letter: char| {
        line["cells"][letter.to_string()]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    first
        .map(|line| ('A'..='J').map(|letter| cell(&line, letter)).collect())
        .collect()
}

fn ledger_of(row: [&str; 7]) -> Vec<Vec<String>> {
    [HEADER, row].map(|cells| cells.map(str::to_owned).to_vec()).to_vec()
}

#[test]
fn a_reason_stands_in_the_next_copy_until_the_cell_changes() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let county = County::new(backend);
        let unusual = ledger_of(good("GZXF20211215031", "南明区"));
        let (told, mut copy) = county.import(&unusual);
        assert_eq!((told, copy[1][REASON_COLUMN].as_str()), (vec![], ""));

        copy[1][REASON_COLUMN] = REASON.to_owned();
        let given = vec![format!("C021 A2 {REASON}")];
        assert_eq!(county.import(&copy).0, given, "it is told when it is given");
        let (told, mut copy) = county.import(&unusual);
        assert_eq!(
            (told, copy[1][REASON_COLUMN].as_str()),
            (given.clone(), REASON),
            "and not asked again"
        );
        assert_eq!(
            county.import(&copy).0,
            given,
            "the copy that comes back says nothing new"
        );

        copy[1][0] = "gzxf20211215031".to_owned();
        let (told, after) = county.import(&copy);
        assert_eq!(
            (told, after[1][REASON_COLUMN].as_str()),
            (vec![], ""),
            "it was not given for this"
        );
        let again = ledger::import(&county.database.url(), &[], county.ledgers.path());
        assert_eq!(reasons(&again), [""; 0], "nor when the same file is sent again");
        assert_eq!(county.import(&unusual).0, [""; 0], "it has lapsed for good");
    }
}

#[test]
fn a_reason_in_a_copy_does_not_stand_for_another_warning_of_its_row() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let county = County::new(backend);
        let (_, mut copy) = county.import(&ledger_of(good("GZXF20211215031", "南明区")));
        copy[1][REASON_COLUMN] = REASON.to_owned();
        county.import(&copy);
        copy[1][5] = "详见附件。".to_owned();
        assert_eq!(county.import(&copy).0, [format!("C021 A2 {REASON}")]);
        copy[1][REASON_COLUMN] = "附件已另报。".to_owned();
        let (told, _) = county.import(&copy);
        assert_eq!(told, ["C021 A2 附件已另报。", "C046 F2 附件已另报。"]);
    }
}

#[test]
fn a_plan_and_the_table_for_people_tell_the_reasons_too() {
    let county = County::new(Backend::Sqlite);
    let (_, mut copy) = county.import(&ledger_of(good("GZXF20211215031", "南明区")));
    copy[1][REASON_COLUMN] = REASON.to_owned();
    county.import(&copy);
    let plan = ledger::import(&county.database.url(), &["--plan"], county.ledgers.path());
    assert_eq!(reasons(&plan), [format!("C021 A2 {REASON}")]);
    let mut table = command("ducha-worker");
    table.args([
        "import",
        "--lang",
        "zh",
        "--submitter",
        "tester",
        "--database",
        &county.database.url(),
    ]);
    let said = run(table.arg(county.ledgers.path())).out;
    assert!(said.contains("已说明理由的疑问：") && said.contains(REASON), "{said}");
}
