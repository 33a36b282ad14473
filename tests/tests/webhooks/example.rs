//! The receiver that the documentation shows.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;

use chrono::Utc;
use ducha_tests::on_both;
use ducha_tests::program::Serving;
use ducha_tests::python::{python, root};
use ducha_tests::worker::work_once;
use serde_json::Value as Json;

use super::{NANMING, SECRET, Webhooks, signed, uploaded};

/// Sends a body with a signature; the status of the answer.
fn sent(address: &str, signature: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nDucha-Signature: {signature}\r\nContent-Length: {}",
        body.len()
    );
    write!(stream, "{head}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receiver_of_the_documentation_takes_a_notice_once_and_none_that_is_forged_or_old() {
    on_both(async |app| {
        let webhooks = Webhooks::of(&app);
        let printed = tempfile::NamedTempFile::new().unwrap();
        let receiver = Serving::start(
            std::process::Command::new(python())
                .arg(root().join("examples/python/receiver.py"))
                .arg("0")
                .env("DUCHA_WEBHOOK_SECRET", SECRET)
                .stdout(File::create(printed.path()).unwrap()),
        );
        webhooks.add(NANMING.0, &format!("http://{}/", receiver.address));
        let import = uploaded(&app, NANMING, "X2GZ202112060001").await;
        work_once(&app, &[]).await;
        let lines = || std::fs::read_to_string(printed.path()).unwrap();
        let told: Json = serde_json::from_str(lines().trim()).expect("one notice");
        assert_eq!(
            (&told["import_id"], &told["state"]),
            (&import.into(), &"applied".into())
        );

        let (now, body) = (Utc::now().timestamp(), told.to_string());
        for (signature, status) in [
            (signed(now, &body), "204"), // the same once more
            (signed(now - 3_600, &body), "401"),
            (signed(now, "{}"), "401"),
            (String::new(), "401"),
        ] {
            assert_eq!(sent(&receiver.address, &signature, &body), status, "{signature}");
        }
        assert_eq!(lines().lines().count(), 1, "{}", lines());
    })
    .await;
}
