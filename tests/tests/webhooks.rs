//! A division that wants it is told of each verdict on its imports, by a signed notice that comes until it is taken.

mod example;
mod refused;

use std::path::PathBuf;
use std::time::Duration;

use chrono::Utc;
use ducha::v1::UploadMetadata;
use ducha_records::hex::hex;
use ducha_tests::ledger::{Ledgers, good};
use ducha_tests::program::{Said, command, run};
use ducha_tests::receiver::{Answer, Arrived, Receiver};
use ducha_tests::worker::{Worker, work_once};
use ducha_tests::{INSPECTION, TestApp, on_both, upload};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;
use tempfile::TempDir;

const SECRET: &str = "a secret of the county";
/// No state that a test waits for takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Webhooks as an operator makes them, and the file with their secret.
struct Webhooks<'a> {
    app: &'a TestApp,
    folder: TempDir,
}

impl<'a> Webhooks<'a> {
    fn of(app: &'a TestApp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), format!("{SECRET}\n")).unwrap();
        Self { app, folder }
    }

    fn secret(&self) -> PathBuf {
        self.folder.path().join("secret")
    }

    /// `ducha-server webhook …`
    fn say(&self, arguments: &[&str]) -> Said {
        let mut command = command("ducha-server");
        command.arg("webhook").args(arguments);
        run(command.args(["--database", &self.app.database().server_url()]))
    }

    /// Adds one; its id.
    fn add(&self, division: &str, url: &str) -> String {
        let secret = format!("file:{}", self.secret().display());
        let said = self.say(&["add", "--division", division, "--url", url, "--secret", &secret]);
        assert_eq!(said.status, Some(0), "{said:?}");
        said.out.trim().to_owned()
    }

    fn list(&self) -> String {
        let said = self.say(&["list"]);
        assert_eq!(said.status, Some(0), "{said:?}");
        said.out
    }

    /// Waits until the list says this.
    async fn until(&self, said: &str) {
        let mut look = tokio::time::interval(Duration::from_millis(100));
        let wait = async {
            while !self.list().contains(said) {
                look.tick().await;
            }
        };
        if tokio::time::timeout(PATIENCE, wait).await.is_err() {
            panic!("it never said {said}:\n{}", self.list());
        }
    }
}

/// Uploads a ledger of one good row; the id of its import.
async fn uploaded(app: &TestApp, division: (&str, &str), number: &str) -> String {
    let ledgers = Ledgers::new();
    let path = ledgers.petitions("台账.xlsx", &[good(number, division.1)]);
    let metadata = UploadMetadata {
        division: division.0.to_owned(),
        ..upload::metadata("台账.xlsx")
    };
    let answer = app.upload(metadata, &std::fs::read(path).unwrap()).await.unwrap();
    answer.ledger_import.unwrap().id
}

const NANMING: (&str, &str) = ("520102", "南明区");
const YUNYAN: (&str, &str) = ("520103", "云岩区");
const HONGHUAGANG: (&str, &str) = ("520302", "红花岗区");

/// The signature that the documentation promises, for a body that was sent at this time.
fn signed(unix_seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{unix_seconds}.{body}").as_bytes());
    format!("t={unix_seconds},v1={}", hex(&mac.finalize().into_bytes()))
}

/// What a notice says, once it is known who sent it, and that it was just now.
fn verified(arrived: &Arrived) -> Json {
    let time = arrived.signature.split_once("t=").unwrap().1.split_once(',').unwrap().0;
    let time: i64 = time.parse().unwrap();
    assert!((Utc::now().timestamp() - time).abs() < 120, "{arrived:?}");
    assert_eq!(arrived.signature, signed(time, &arrived.body));
    let body: Json = serde_json::from_str(&arrived.body).unwrap();
    assert_eq!(body["delivery_id"], arrived.id);
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_division_is_told_of_the_verdict_on_its_import_with_a_signature_that_verifies() {
    on_both(async |app| {
        let (webhooks, mut receiver) = (Webhooks::of(&app), Receiver::taking());
        let id = webhooks.add(NANMING.0, &receiver.url());
        let import = uploaded(&app, NANMING, "X2GZ202112060001").await;
        assert_eq!(work_once(&app, &[]).await, Some(0));

        let mut told = verified(&receiver.notice().await);
        for field in ["delivery_id", "finished_at"] {
            assert!(told[field].take().is_string(), "{field}");
        }
        assert_eq!(
            told,
            json!({
                "event": "import.verdict", "delivery_id": null, "import_id": import, "inspection_id": INSPECTION,
                "division": "520102", "file_name": "台账.xlsx", "state": "applied", "error_code": null, "finished_at": null,
                "counts": {
                    "rows_read": 1, "inserted": 1, "updated": 0, "unchanged": 0, "refused": 0, "errors": 0,
                    "warnings": told["counts"]["warnings"], "notes": told["counts"]["notes"],
                },
            })
        );
        assert!(webhooks.list().starts_with(&format!("{id}\t520102\t{}\tfile:", receiver.url())));
        assert!(webhooks.list().contains("0 waiting, 1 taken, 0 given up"), "{}", webhooks.list());
        assert_eq!(work_once(&app, &[]).await, Some(0));
        assert!(receiver.is_silent(), "a verdict is told once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_is_not_taken_comes_again_with_the_same_id_until_it_is() {
    on_both(async |app| {
        // A redirection is an answer that does not take it, and is not followed.
        let answers = [Answer::Status(500), Answer::Status(302)];
        let (webhooks, mut receiver) = (Webhooks::of(&app), Receiver::answering(&answers));
        webhooks.add(NANMING.0, &receiver.url());
        uploaded(&app, NANMING, "X2GZ202112060001").await;
        let worker = Worker::start(&app, &["--notice-pause", "0"]);
        let mut arrived = Vec::new();
        for _ in 0..3 {
            arrived.push(receiver.notice().await);
        }
        for again in &arrived {
            verified(again);
            assert_eq!((&again.id, &again.body), (&arrived[0].id, &arrived[0].body));
        }
        webhooks.until("0 waiting, 1 taken, 0 given up\n").await;
        drop(worker);
        work_once(&app, &["--notice-pause", "0"]).await;
        assert!(receiver.is_silent(), "what was taken is not sent again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_not_sent_again_before_its_pause_is_over() {
    on_both(async |app| {
        let (webhooks, mut receiver) = (Webhooks::of(&app), Receiver::answering(&[Answer::Status(503)]));
        webhooks.add(NANMING.0, &receiver.url());
        uploaded(&app, NANMING, "X2GZ202112060001").await;
        for _ in 0..2 {
            work_once(&app, &["--notice-pause", "3600"]).await;
        }
        receiver.notice().await;
        assert!(receiver.is_silent());
        let wanted = "1 waiting, 0 taken, 0 given up\tlast error: answered with status 503\n";
        assert!(webhooks.list().ends_with(wanted), "{}", webhooks.list());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_worker_sent_and_did_not_note_before_it_was_killed_is_sent_again() {
    on_both(async |app| {
        let (webhooks, mut receiver) = (Webhooks::of(&app), Receiver::answering(&[Answer::Nothing]));
        webhooks.add(NANMING.0, &receiver.url());
        let killed = Worker::start(&app, &["--notice-claim", "1"]);
        let import = uploaded(&app, NANMING, "X2GZ202112060001").await;
        let first = receiver.notice().await;
        drop(killed);
        let _other = Worker::start(&app, &[]);
        let second = receiver.notice().await;
        assert_eq!((&second.id, &second.body), (&first.id, &first.body));
        assert_eq!(verified(&second)["import_id"], import);
        webhooks.until("0 waiting, 1 taken, 0 given up").await;
        assert!(receiver.is_silent());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prefecture_hears_of_its_counties_and_of_nobody_else() {
    on_both(async |app| {
        let (webhooks, mut receiver) = (Webhooks::of(&app), Receiver::taking());
        webhooks.add("520100", &receiver.url());
        uploaded(&app, HONGHUAGANG, "X2GZ202112060003").await;
        for (division, number) in [(NANMING, "X2GZ202112060001"), (YUNYAN, "X2GZ202112060002")] {
            uploaded(&app, division, number).await;
        }
        work_once(&app, &[]).await;
        let mut heard = Vec::new();
        for _ in 0..2 {
            heard.push(verified(&receiver.notice().await)["division"].take());
        }
        heard.sort_by_key(Json::to_string);
        assert_eq!(heard, [json!("520102"), json!("520103")]);
        assert!(receiver.is_silent());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_division_without_a_webhook_is_told_nothing_not_even_later() {
    on_both(async |app| {
        let (webhooks, receiver) = (Webhooks::of(&app), Receiver::taking());
        webhooks.add(YUNYAN.0, &receiver.url());
        uploaded(&app, NANMING, "X2GZ202112060001").await;
        assert_eq!(work_once(&app, &[]).await, Some(0));
        assert!(receiver.is_silent());
        // The verdict stands already; who asks now is told of the next one.
        webhooks.add(NANMING.0, &receiver.url());
        work_once(&app, &[]).await;
        assert!(receiver.is_silent());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_was_removed_gets_nothing_more() {
    on_both(async |app| {
        let (webhooks, mut receiver) = (Webhooks::of(&app), Receiver::answering(&[Answer::Status(500); 64]));
        let id = webhooks.add(NANMING.0, &receiver.url());
        uploaded(&app, NANMING, "X2GZ202112060001").await;
        work_once(&app, &["--notice-pause", "0"]).await;
        while !receiver.is_silent() {
            receiver.notice().await;
        }
        assert!(webhooks.list().contains("1 waiting"), "{}", webhooks.list());

        assert_eq!(webhooks.say(&["remove", &id]).status, Some(0));
        assert_eq!(webhooks.list(), "");
        uploaded(&app, NANMING, "X2GZ202112060002").await;
        work_once(&app, &["--notice-pause", "0"]).await;
        assert!(receiver.is_silent());

        let again = webhooks.say(&["remove", &id]);
        assert_eq!(again.status, Some(2));
        assert!(
            again.err.contains(&id) && again.err.contains("it has ended"),
            "{again:?}"
        );
    })
    .await;
}
