//! Where nothing is sent, and why.

use ducha_tests::program::{command, run};
use ducha_tests::receiver::Receiver;
use ducha_tests::worker::work_once;
use ducha_tests::{Backend, TestApp, on_both};

use super::{NANMING, Webhooks, uploaded, verified};

#[tokio::test(flavor = "multi_thread")]
async fn targets_that_nothing_is_sent_to_are_refused_with_the_reason() {
    let app = TestApp::start(Backend::Sqlite).await;
    let webhooks = Webhooks::of(&app);
    let https = "https://report.example.gov.cn/";
    for (division, url, secret, why) in [
        (
            "520102",
            "http://report.example.gov.cn/",
            "env:X",
            "goes over https, or to this machine",
        ),
        (
            "520102",
            "ftp://127.0.0.1/",
            "env:X",
            "goes over https, or to this machine",
        ),
        (
            "520102",
            "report",
            "env:X",
            "report is no URL; wanted one such as https://",
        ),
        (
            "520102",
            "https://10.1.2.3/",
            "env:X",
            "10.1.2.3 is no public address; `allow_private = true`",
        ),
        (
            "520102",
            "https://a:b@report.example.gov.cn/",
            "env:X",
            "must hold no name and password",
        ),
        (
            "520102",
            https,
            "hunter2",
            "a secret is env:NAME or file:/ABSOLUTE/PATH",
        ),
        (
            "520102",
            https,
            "file:secret",
            "a secret is env:NAME or file:/ABSOLUTE/PATH",
        ),
        (
            "529999",
            https,
            "env:X",
            "there is no division with the code \"529999\"",
        ),
    ] {
        let said = webhooks.say(&["add", "--division", division, "--url", url, "--secret", secret]);
        assert_eq!(said.status, Some(2), "{said:?}");
        assert!(said.err.contains(why), "{why}: {said:?}");
        assert!(!said.err.contains("hunter2"), "{said:?}");
    }
    assert_eq!(webhooks.list(), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_may_not_send_to_private_addresses_does_not() {
    on_both(async |app| {
        let webhooks = Webhooks::of(&app);
        let secret = format!("file:{}", webhooks.secret().display());
        let mut allowed = command("ducha-server");
        allowed
            .args(["webhook", "add", "--division", NANMING.0, "--url", "https://10.1.2.3/"])
            .args(["--secret", &secret, "--database", &app.database().server_url()])
            .env("DUCHA_WEBHOOKS_ALLOW_PRIVATE", "true");
        let said = run(&mut allowed);
        assert_eq!(said.status, Some(0), "{said:?}");
        uploaded(&app, NANMING, "X2GZ202112060001").await;
        work_once(&app, &[]).await;
        let list = webhooks.list();
        assert!(
            list.contains("1 waiting") && list.contains("10.1.2.3 is no public address"),
            "{list}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_waits_for_a_secret_that_cannot_be_read() {
    on_both(async |app| {
        let (webhooks, mut receiver) = (Webhooks::of(&app), Receiver::taking());
        let place = webhooks.secret();
        let kept = std::fs::read(&place).unwrap();
        std::fs::remove_file(&place).unwrap();
        webhooks.add(NANMING.0, &receiver.url());
        uploaded(&app, NANMING, "X2GZ202112060001").await;
        work_once(&app, &["--notice-pause", "0"]).await;
        let why = format!("its secret cannot be read from {}: No such file", place.display());
        assert!(webhooks.list().contains(&why), "{}", webhooks.list());

        std::fs::write(&place, "short").unwrap();
        work_once(&app, &["--notice-pause", "0"]).await;
        assert!(
            webhooks.list().contains("its secret is shorter than 16 bytes"),
            "{}",
            webhooks.list()
        );
        assert!(receiver.is_silent(), "nothing goes out without a signature");

        std::fs::write(&place, kept).unwrap();
        work_once(&app, &["--notice-pause", "0"]).await;
        verified(&receiver.notice().await);
    })
    .await;
}
