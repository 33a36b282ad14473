//! The program itself: what it prints, what it refuses, and how it ends.

use ducha_tests::program::{Serving, command, run};
use ducha_tests::{Backend, TestDatabase, serving};
use tonic::transport::Endpoint;

#[test]
fn an_address_that_others_can_reach_is_refused() {
    for address in ["0.0.0.0:0", "192.0.2.1:50051", "[::]:0"] {
        let said = run(command("ducha-server").args(["serve", "--database", "sqlite://x.db", "--listen", address]));
        assert_eq!(said.status, Some(2), "{said:?}");
        assert!(
            said.err.contains("without TLS") && said.err.contains("--tls-cert"),
            "{said:?}"
        );

        let open = [
            "serve",
            "--no-access-control",
            "--plaintext",
            "--database",
            "sqlite://x.db",
        ];
        let said = run(command("ducha-server").args(open).args(["--listen", address]));
        assert_eq!(said.status, Some(2), "{said:?}");
        assert!(
            said.err.contains("no access control") && said.err.contains("127.0.0.1"),
            "{said:?}"
        );
    }
}

#[test]
fn a_database_is_migrated_once_and_back() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::planned(backend);
        database.make();
        let migrate = |more: &[&str]| {
            let said = run(command("ducha-server")
                .args(["migrate", "--database", &database.owner_url()])
                .args(more));
            assert_eq!(said.status, Some(0), "{said:?}");
            said.out
        };
        assert!(migrate(&[]).starts_with("applied: "));
        assert_eq!(migrate(&[]), "nothing to do\n");
        assert!(migrate(&["--down"]).starts_with("taken back: "));
    }
}

#[test]
fn divisions_are_loaded_whole_or_not_at_all() {
    let database = TestDatabase::ready(Backend::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("divisions.csv");
    let load = |text: &str| {
        std::fs::write(&file, text).unwrap();
        run(command("ducha-server")
            .args(["divisions", "load"])
            .arg(&file)
            .args(["--database", &database.url()]))
    };
    let said = load("code,name,parent\n510000,四川省,\n510100,成都市,510000\n");
    assert_eq!((said.status, said.out.as_str()), (Some(0), "loaded 2 divisions\n"));
    let said = load("code,name,parent\n530000,云南省,\n530000,云南省,\n");
    assert_eq!(said.status, Some(2));
    assert!(
        said.err.contains("divisions.csv") && said.err.contains("line 3"),
        "{said:?}"
    );
}

#[test]
fn a_wrong_configuration_is_refused_where_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ducha.toml");
    std::fs::write(&file, "databse = 'sqlite://x.db'\n").unwrap();
    let said = run(command("ducha-server").args(["config", "show", "--config"]).arg(&file));
    assert_eq!(said.status, Some(2));
    assert!(said.err.contains("line 1, column 1"), "{said:?}");

    let said = run(command("ducha-server")
        .args(["config", "show", "--origin"])
        .env("DUCHA_DATABASE", "postgres://u:secret@h/d"));
    assert_eq!(said.status, Some(0));
    assert!(
        !said.out.contains("secret") && said.out.contains("variable DUCHA_DATABASE"),
        "{said:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_tells_its_address_serves_and_ends_well_on_sigterm() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let server = Serving::start(
            command("ducha-server")
                .args(["serve", "--no-access-control", "--listen", "127.0.0.1:0"])
                .env("DUCHA_DATABASE", database.server_url()),
        );
        assert!(server.banner.contains("ducha-server 0."), "{}", server.banner);
        let endpoint = Endpoint::from_shared(format!("http://{}", server.address)).unwrap();
        serving(&endpoint.connect().await.unwrap()).await;
        let (status, log) = server.terminate();
        assert_eq!(status, Some(0), "{log}");
        assert!(log.contains("reflection    off") && log.contains("stopped"), "{log}");
    }
}
