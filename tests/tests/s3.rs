//! The file store and the inbox in a bucket of a server that speaks S3: the real programs, and nothing on this machine
//! but their database.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use ducha_records::Reach;
use ducha_records::codes::ImportState;
use ducha_records::imports::{self, ImportFilter};
use ducha_tests::ledger::{INSPECTION_TOML, Ledgers, good};
use ducha_tests::program;
use ducha_tests::python::python;
use ducha_tests::{Backend, INSPECTION, TestDatabase};

/// A server that speaks S3, on a free port, with the bucket `ducha`.
struct Bucket {
    server: Child,
    endpoint: String,
}

impl Bucket {
    fn start() -> Self {
        let mut server = Command::new(python())
            .args(["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the S3 server starts");
        let mut log = BufReader::new(server.stderr.take().unwrap());
        let mut line = String::new();
        let endpoint = loop {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "the S3 server ended");
            if let Some(at) = line.find("http://") {
                break line[at..].trim().to_owned();
            }
        };
        // What it goes on to write must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        let bucket = Self { server, endpoint };
        bucket.put("", b"");
        bucket
    }

    /// Puts an object into the bucket, or makes the bucket.
    fn put(&self, key: &str, bytes: &[u8]) {
        let script = "import sys, urllib.request as r, urllib.parse as p\n\
            body = sys.stdin.buffer.read()\n\
            url = sys.argv[1] + '/ducha/' + p.quote(sys.argv[2]) if sys.argv[2] else sys.argv[1] + '/ducha'\n\
            r.urlopen(r.Request(url, data=body, method='PUT'))";
        let mut put = Command::new(python())
            .args(["-c", script, &self.endpoint, key])
            .env_remove("http_proxy")
            .env("no_proxy", "*")
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut put.stdin.take().unwrap(), bytes).unwrap();
        assert!(put.wait().unwrap().success(), "{key}");
    }

    /// The keys of its objects.
    fn keys(&self) -> Vec<String> {
        let script = "import sys, re, urllib.request as r\n\
            print('\\n'.join(re.findall('<Key>(.*?)</Key>', r.urlopen(sys.argv[1] + '/ducha').read().decode())))";
        let listed = Command::new(python())
            .args(["-c", script, &self.endpoint])
            .env("no_proxy", "*")
            .env("PYTHONIOENCODING", "utf-8")
            .output()
            .unwrap();
        let text = String::from_utf8(listed.stdout).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// A program that finds the bucket.
    fn command(&self, name: &str) -> Command {
        let mut command = program::command(name);
        command
            .env("AWS_ENDPOINT", &self.endpoint)
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("no_proxy", "*");
        command
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

#[test]
fn ledgers_in_a_bucket_are_imported_and_put_away_there_with_their_copies() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (bucket, database, ledgers) = (Bucket::start(), TestDatabase::ready(backend), Ledgers::new());
        let mut bad = good("X2GZ202112060002", "南明区");
        bad[4] = "也许属实";
        let path = ledgers.petitions("台账.xlsx", &[good("X2GZ202112060001", "南明区"), bad]);
        bucket.put("inbox/520102/台账.xlsx", &std::fs::read(path).unwrap());
        bucket.put("inbox/inspection.toml", INSPECTION_TOML.as_bytes());
        let said = program::run(
            bucket
                .command("ducha-worker")
                .args(["run", "--once", "--database", database.url()])
                .args(["--store", "s3://ducha/files-of-ducha", "--inbox", "s3://ducha/inbox"]),
        );
        assert_eq!(said.status, Some(1), "{}", said.err);
        let all = ImportFilter::default();
        let page = imports::list(&mut database.open(), &Reach::All, INSPECTION, &all, None, 10).unwrap();
        let states: Vec<_> = page.rows.iter().map(|import| (import.state, import.inserted)).collect();
        assert_eq!(states, [(ImportState::AppliedInPart.code(), 1)]);
        let keys = bucket.keys();
        let begins = |start: &str| keys.iter().filter(|key| key.starts_with(start)).count();
        assert_eq!(begins("inbox/520102/"), 0, "{keys:?}");
        assert_eq!(
            begins("inbox/done/520102/"),
            4,
            "file, marked copy, refused rows and report: {keys:?}"
        );
        assert_eq!(begins("files-of-ducha/files/"), 3, "{keys:?}");
        assert_eq!(begins("files-of-ducha/incoming/"), 0, "{keys:?}");
    }
}
