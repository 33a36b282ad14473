//! Files that are put into a folder are imported once, whoever watches it, and put away with their marked copies.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use ducha_records::Reach;
use ducha_records::codes::ImportState;
use ducha_records::imports::{self, ImportFilter};
use ducha_tests::ledger::{INSPECTION_TOML, Ledgers, good};
use ducha_tests::worker::{Worker, command, work_once};
use ducha_tests::{INSPECTION, TestApp, on_both, program};

/// An inbox with a good ledger of 520102, one of 520103 with a bad row, and a text that calls itself a workbook.
fn inbox() -> Ledgers {
    let inbox = Ledgers::new();
    let mut bad = good("X2GZ202112060003", "云岩区");
    bad[4] = "也许属实";
    for (name, rows) in [
        ("520102/台账.xlsx", vec![good("X2GZ202112060001", "南明区")]),
        ("520103-信访台账.xlsx", vec![good("X2GZ202112060002", "云岩区"), bad]),
    ] {
        std::fs::create_dir_all(inbox.path().join(name).parent().unwrap()).unwrap();
        inbox.petitions(name, &rows);
    }
    std::fs::write(inbox.path().join("520102/坏.xlsx"), "no workbook").unwrap();
    std::fs::write(inbox.path().join("520102/说明.txt"), "left alone").unwrap();
    settle(inbox.path());
    inbox
}

/// Makes every file of a folder old enough to be taken.
fn settle(folder: &Path) {
    let then = SystemTime::now() - Duration::from_secs(60);
    for path in files(folder) {
        File::options()
            .append(true)
            .open(folder.join(path))
            .unwrap()
            .set_modified(then)
            .unwrap();
    }
}

/// The files of a folder and below it, by name.
fn files(folder: &Path) -> Vec<String> {
    fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            match path.is_dir() {
                true => walk(root, &path, found),
                false => found.push(path.strip_prefix(root).unwrap().display().to_string()),
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found.sort();
    found
}

/// Names without the times that stand before them.
fn untimed(names: &[String]) -> Vec<String> {
    let mut bare: Vec<String> = names
        .iter()
        .map(|name| {
            let (folder, base) = name.rsplit_once('/').unwrap_or(("", name));
            let base = match base.get(..16) {
                Some(time) if time.starts_with("20") && time.ends_with('-') => &base[16..],
                _ => base,
            };
            format!("{folder}/{base}")
        })
        .collect();
    bare.sort();
    bare
}

fn states(app: &TestApp) -> Vec<(String, ImportState)> {
    let page = imports::list(
        &mut app.database().open(),
        &Reach::All,
        INSPECTION,
        &ImportFilter::default(),
        None,
        100,
    )
    .unwrap();
    let mut states: Vec<_> = page
        .rows
        .into_iter()
        .map(|import| (import.file_name, ImportState::from_code(import.state).unwrap()))
        .collect();
    states.sort_by(|one, other| one.0.cmp(&other.0));
    states
}

const EXPECTED: [(&str, ImportState); 3] = [
    ("520103-信访台账.xlsx", ImportState::AppliedInPart),
    ("台账.xlsx", ImportState::Applied),
    ("坏.xlsx", ImportState::Rejected),
];

fn expected() -> Vec<(String, ImportState)> {
    EXPECTED.map(|(name, state)| (name.to_owned(), state)).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_file_of_the_inbox_is_imported_and_put_away_with_its_copies_and_a_report() {
    on_both(async |app| {
        let inbox = inbox();
        let folder = inbox.path().to_str().unwrap().to_owned();
        assert_eq!(
            work_once(&app, &["--inbox", &folder]).await,
            Some(1),
            "rows were refused"
        );
        assert_eq!(states(&app), expected());
        let left = files(inbox.path());
        assert_eq!(
            untimed(&left),
            [
                "/inspection.toml",
                "520102/说明.txt",
                "done/520102/台账-报告.txt",
                "done/520102/台账-核对.xlsx",
                "done/520102/台账.xlsx",
                "done/520103-信访台账-报告.txt",
                "done/520103-信访台账-未导入.xlsx",
                "done/520103-信访台账-核对.xlsx",
                "done/520103-信访台账.xlsx",
                "refused/520102/坏-报告.txt",
                "refused/520102/坏.xlsx",
            ]
        );
        let report = left
            .iter()
            .find(|name| name.contains("520103") && name.ends_with("报告.txt"))
            .unwrap();
        let report = std::fs::read_to_string(inbox.path().join(report)).unwrap();
        assert!(
            report.contains("部分导入") && report.contains("E3") && report.contains("也许属实"),
            "{report}"
        );
        assert_eq!(
            work_once(&app, &["--inbox", &folder]).await,
            Some(0),
            "nothing is left to do"
        );
        assert_eq!(states(&app).len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_on_one_inbox_import_each_file_once() {
    on_both(async |app| {
        let inbox = inbox();
        let folder = inbox.path().to_str().unwrap().to_owned();
        let arguments = ["--inbox", folder.as_str(), "--once"];
        let workers = [Worker::start(&app, &arguments), Worker::start(&app, &arguments)];
        tokio::task::spawn_blocking(|| workers.map(Worker::ended))
            .await
            .unwrap();
        assert_eq!(states(&app), expected());
        assert!(!files(inbox.path()).contains(&"520102/台账.xlsx".to_owned()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_still_being_copied_waits_until_it_is_whole() {
    let app = TestApp::start(ducha_tests::Backend::Sqlite).await;
    let inbox = Ledgers::new();
    std::fs::create_dir(inbox.path().join("520102")).unwrap();
    inbox.petitions("520102/台账.xlsx", &[good("X2GZ202112060001", "南明区")]);
    let whole = std::fs::read(inbox.path().join("520102/台账.xlsx")).unwrap();
    // Half of the file, changed just now: it is left alone until five seconds went by without another change.
    let path = inbox.path().join("520102/台账.xlsx");
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let folder = inbox.path().to_str().unwrap().to_owned();
    let mut worker = command(&app, &["--inbox", &folder, "--once"]);
    let run = tokio::task::spawn_blocking(move || program::run(&mut worker));
    std::fs::write(&path, &whole).unwrap();
    let said = run.await.unwrap();
    assert_eq!(said.status, Some(0), "{}", said.err);
    assert_eq!(states(&app), [("台账.xlsx".to_owned(), ImportState::Applied)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_whose_inspection_nobody_names_says_so_and_takes_nothing() {
    let app = TestApp::start(ducha_tests::Backend::Sqlite).await;
    let inbox = inbox();
    std::fs::remove_file(inbox.path().join("inspection.toml")).unwrap();
    let folder = inbox.path().to_str().unwrap().to_owned();
    let worker = Worker::start(&app, &["--inbox", &folder]);
    std::fs::write(inbox.path().join("inspection.toml"), INSPECTION_TOML).unwrap();
    let ends = SystemTime::now() + Duration::from_secs(60);
    while states(&app).len() < 3 || states(&app) != expected() {
        assert!(SystemTime::now() < ends, "{:?}", states(&app));
        tokio::task::yield_now().await;
    }
    worker.signal("TERM");
    assert_eq!(tokio::task::spawn_blocking(|| worker.ended()).await.unwrap(), Some(1));
}
