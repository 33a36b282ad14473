//! Files and the inbox are kept in an S3-compatible bucket as they are in folders: a real server, a real worker, and a real
//! service of objects between them.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha::v1::{DownloadLedgerRequest, ImportState, LedgerFile, WatchImportRequest};
use ducha_tests::backup::{Backup, Elsewhere};
use ducha_tests::ledger::{INSPECTION_TOML, Ledgers, good};
use ducha_tests::program::{Serving, command, run};
use ducha_tests::python::{python, root};
use ducha_tests::{Backend, TestDatabase, inspection, upload};
use tonic::transport::Channel;

const BUCKET: &str = "ducha";
const STORE: &str = "s3://ducha/files";
const INBOX: &str = "s3://ducha/inbox";

/// A service of objects; it is gone when this is dropped.
struct Objects {
    child: Child,
    told: BufReader<ChildStdout>,
    url: String,
}

impl Objects {
    /// One with a bucket that has the files of a folder.
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(python())
            .arg(root().join("tests/foreign/bucket.py"))
            .arg(BUCKET)
            .arg(folder)
            .env("no_proxy", "*")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told = BufReader::new(child.stdout.take().unwrap());
        let mut objects = Self {
            child,
            told,
            url: String::new(),
        };
        objects.url = objects.line();
        objects
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the service of objects ended");
        line.trim().to_owned()
    }

    /// The keys of the bucket.
    fn keys(&mut self) -> Vec<String> {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
        serde_json::from_str(&self.line()).unwrap()
    }

    /// What a program needs to know of it.
    fn reached_by(&self, command: &mut Command) {
        command
            .env("AWS_ENDPOINT", &self.url)
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("no_proxy", "*");
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An inbox with a ledger of two rows, of which one is bad.
fn inbox() -> Ledgers {
    let ledgers = Ledgers::new();
    let folder = ledgers.path().join("inbox/520103");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(ledgers.path().join("inbox/inspection.toml"), INSPECTION_TOML).unwrap();
    let mut bad = good("X2GZ202112060003", "云岩区");
    bad[4] = "也许属实";
    ledgers.petitions("inbox/520103/台账.xlsx", &[good("X2GZ202112060002", "云岩区"), bad]);
    ledgers
}

async fn watched(client: &mut LedgerServiceClient<Channel>, id: &str) -> i32 {
    let request = WatchImportRequest {
        import_id: id.to_owned(),
    };
    let mut answers = client.watch_import(request).await.unwrap().into_inner();
    let mut state = 0;
    while let Some(answer) = answers.message().await.unwrap() {
        state = answer.ledger_import.unwrap().state;
    }
    state
}

async fn downloaded(client: &mut LedgerServiceClient<Channel>, id: &str, file: LedgerFile) -> usize {
    let request = DownloadLedgerRequest {
        import_id: id.to_owned(),
        file: file.into(),
    };
    let mut pieces = client.download_ledger(request).await.unwrap().into_inner();
    let mut bytes = 0;
    while let Some(piece) = pieces.message().await.unwrap() {
        bytes += piece.chunk.len();
    }
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_keeps_what_comes_in_and_what_goes_back() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let ledgers = inbox();
        let mut objects = Objects::start(ledgers.path());
        let database = TestDatabase::ready(backend);
        ducha_records::inspections::create(&mut database.open(), &inspection()).unwrap();
        let mut serve = command("ducha-server");
        serve.args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--no-access-control",
            "--store",
            STORE,
        ]);
        serve.args(["--database", &database.server_url()]);
        objects.reached_by(&mut serve);
        let server = Serving::start(&mut serve);

        let mut client = LedgerServiceClient::connect(format!("http://{}", server.address))
            .await
            .unwrap();
        let path = ledgers.petitions("台账.xlsx", &[good("X2GZ202112060001", "南明区")]);
        let sent = std::fs::read(path).unwrap();
        let messages = upload::messages(upload::metadata("台账.xlsx"), &sent);
        let answer = client
            .upload_ledger(tokio_stream::iter(messages))
            .await
            .unwrap()
            .into_inner();
        let id = answer.ledger_import.unwrap().id;

        let mut work = command("ducha-worker");
        work.args([
            "run",
            "--once",
            "--inbox",
            INBOX,
            "--store",
            STORE,
            "--database",
            &database.url(),
        ]);
        objects.reached_by(&mut work);
        let worked = tokio::task::spawn_blocking(move || run(&mut work)).await.unwrap();
        assert_eq!(worked.status, Some(1), "a row was refused: {}", worked.err);

        assert_eq!(watched(&mut client, &id).await, i32::from(ImportState::Applied));
        assert_eq!(downloaded(&mut client, &id, LedgerFile::Original).await, sent.len());
        assert!(downloaded(&mut client, &id, LedgerFile::Marked).await > 0);
        let keys = objects.keys();
        let put_away = |ending: &str| {
            keys.iter()
                .any(|key| key.starts_with("inbox/done/520103/") && key.ends_with(ending))
        };
        for ending in ["-台账.xlsx", "-台账-核对.xlsx", "-台账-未导入.xlsx", "-台账-报告.txt"] {
            assert!(put_away(ending), "{ending} is not in {keys:?}");
        }
        assert!(!keys.contains(&"inbox/520103/台账.xlsx".to_owned()), "{keys:?}");
        assert!(
            keys.iter().filter(|key| key.starts_with("files/")).count() >= 4,
            "{keys:?}"
        );
        assert!(
            !keys.iter().any(|key| key.contains("incoming")),
            "nothing is half there: {keys:?}"
        );
        assert_eq!(server.terminate().0, Some(0));
        backed_up_and_restored(&mut objects, &database, backend);
    }
}

/// A backup takes its files out of the bucket, and a restore puts them into one.
fn backed_up_and_restored(objects: &mut Objects, database: &TestDatabase, backend: Backend) {
    let (backup, elsewhere) = (Backup::planned(), Elsewhere::new(backend));
    let path = backup.path();
    for (what, url, store) in [
        ("backup", database.backup_url(), STORE),
        ("restore", elsewhere.database.owner_url(), "s3://ducha/again"),
    ] {
        let mut program = command("ducha-server");
        program
            .arg(what)
            .arg(&path)
            .args(["--database", &url, "--store", store]);
        objects.reached_by(&mut program);
        let said = run(&mut program);
        assert_eq!(said.status, Some(0), "{what}: {}{}", said.out, said.err);
    }
    let keys = objects.keys();
    let below = |prefix: &str| -> Vec<String> {
        keys.iter()
            .filter_map(|key| key.strip_prefix(prefix).map(str::to_owned))
            .collect()
    };
    assert!(!below("files/files/").is_empty(), "{keys:?}");
    assert_eq!(below("again/files/"), below("files/files/"));
}
