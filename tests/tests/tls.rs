//! Over TLS, a client's certificate may be its credential.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ducha::v1;
use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha_records::codes::Role;
use ducha_records::inspections;
use ducha_server::serve::Server;
use ducha_server::tls::Tls;
use ducha_tests::credentials::Bearer;
use ducha_tests::program::{command, run};
use ducha_tests::{Backend, TestApp, TestDatabase, inspection};
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Status};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("files/tls").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap()
}

/// A connection that shows the certificate of `client`, if any.
async fn connect(port: u16, client: Option<&str>) -> Channel {
    let mut tls = ClientTlsConfig::new()
        .ca_certificate(Certificate::from_pem(text("ca.pem")))
        .domain_name("localhost");
    if let Some(client) = client {
        tls = tls.identity(Identity::from_pem(
            text(&format!("{client}.pem")),
            text(&format!("{client}.key")),
        ));
    }
    let endpoint = Endpoint::from_shared(format!("https://127.0.0.1:{port}")).unwrap();
    endpoint.tls_config(tls).unwrap().connect().await.unwrap()
}

async fn list(mut client: InspectionServiceClient<Channel>) -> Result<usize, Status> {
    let answer = client.list_inspections(v1::ListInspectionsRequest::default()).await?;
    Ok(answer.into_inner().inspections.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_certificate_lets_its_county_in_and_no_other_does() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let mut db = database.open();
        inspections::create(&mut db, &inspection()).unwrap();
        let mut settings = TestApp::settings(&database.server_url());
        settings.access_control = true;
        settings.tls = Some(Tls {
            certificate: file("server.pem"),
            key: file("server.key"),
            client_ca: Some(file("ca.pem")),
        });
        let server = Server::bind(settings).await.unwrap();
        let port = server.address().port();
        let serving = tokio::spawn(server.run(std::future::pending()));

        let said = run(command("ducha-server")
            .args([
                "token",
                "create",
                "--name",
                "南明区",
                "--role",
                "reader",
                "--division",
                "520102",
            ])
            .args(["--database", &database.server_url(), "--certificate"])
            .arg(file("county.pem")));
        assert_eq!((said.status, said.out.as_str()), (Some(0), ""), "{said:?}");
        assert!(said.err.contains("\tcertificate "), "{said:?}");

        let county = connect(port, Some("county")).await;
        assert_eq!(list(InspectionServiceClient::new(county.clone())).await.unwrap(), 1);
        for client in [Some("stranger"), None] {
            let channel = connect(port, client).await;
            let refused = list(InspectionServiceClient::new(channel)).await.unwrap_err();
            assert_eq!(refused.code(), Code::Unauthenticated, "{client:?}");
        }
        // A token goes before the certificate, and a bad one is not made good by it.
        let bearer = Bearer::issue(&mut db, Role::Reader, Some("520103"));
        let request = v1::ListInspectionsRequest::default();
        let mut with_token = InspectionServiceClient::with_interceptor(connect(port, None).await, bearer);
        assert!(with_token.list_inspections(request.clone()).await.is_ok());
        let unknown = Bearer::of(String::new(), "ducha_unknown".into());
        let mut with_bad = InspectionServiceClient::with_interceptor(county, unknown);
        assert_eq!(
            with_bad.list_inspections(request).await.unwrap_err().code(),
            Code::Unauthenticated
        );
        serving.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn plaintext_is_not_answered_where_tls_is_served() {
    let database = TestDatabase::ready(Backend::Sqlite);
    let mut settings = TestApp::settings(&database.server_url());
    settings.tls = Some(Tls {
        certificate: file("server.pem"),
        key: file("server.key"),
        client_ca: None,
    });
    let server = Server::bind(settings).await.unwrap();
    let port = server.address().port();
    let serving = tokio::spawn(server.run(std::future::pending()));
    let plain = Endpoint::from_shared(format!("http://127.0.0.1:{port}")).unwrap();
    let channel = plain.timeout(Duration::from_secs(20)).connect_lazy();
    assert!(list(InspectionServiceClient::new(channel)).await.is_err());
    assert!(
        list(InspectionServiceClient::new(connect(port, None).await))
            .await
            .is_ok()
    );
    serving.abort();
}

#[test]
fn a_server_for_others_wants_files_that_are_certificates() {
    let serve = |more: &[&str]| {
        run(command("ducha-server")
            .args(["serve", "--listen", "127.0.0.1:0", "--database", "sqlite://x.db"])
            .args(more))
    };
    let alone = serve(&["--tls-cert", "server.pem"]);
    assert_eq!(alone.status, Some(2), "{alone:?}");
    assert!(alone.err.contains("server.tls_key"), "{alone:?}");
    let absent = serve(&["--tls-cert", "no-such.pem", "--tls-key", "no-such.key"]);
    assert_eq!(absent.status, Some(2), "{absent:?}");
    assert!(absent.err.contains("no-such.pem"), "{absent:?}");
}
