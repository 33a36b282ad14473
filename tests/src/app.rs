//! A server in this process, and clients of it.

use std::fmt::Display;
use std::net::SocketAddr;
use std::time::Duration;

use ducha::v1::accountability_service_client::AccountabilityServiceClient;
use ducha::v1::history_service_client::HistoryServiceClient;
use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha::v1::petition_service_client::PetitionServiceClient;
use ducha::v1::rectification_service_client::RectificationServiceClient;
use ducha_records::Login;
use ducha_server::admission;
use ducha_server::limits::Limits;
use ducha_server::progress::calendar::Calendar;
use ducha_server::serve::{Server, Settings};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::{Channel, Endpoint};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::database::{Backend, TestDatabase};
use crate::seed::{self, Seed};

/// No event that a test waits for takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a test on SQLite, then on PostgreSQL, each with a server and a database of its own.
pub async fn on_both(test: impl AsyncFn(TestApp)) {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        eprintln!("on {backend:?}");
        test(TestApp::start(backend).await).await;
    }
}

/// The same with servers that want a credential, and look it up each time.
pub async fn on_both_guarded(test: impl AsyncFn(TestApp)) {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        eprintln!("on {backend:?}");
        test(TestApp::guarded(backend).await).await;
    }
}

/// A server on a free port, over a database that nobody else uses.
pub struct TestApp {
    /// Where it listens.
    pub address: SocketAddr,
    /// A connection to it.
    pub channel: Channel,
    /// Where it tells its metrics, if it does.
    pub metrics: Option<SocketAddr>,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<JoinHandle<()>>,
    store: String,
    // Last, so that the server is gone before its database and its files.
    database: TestDatabase,
    _files: tempfile::TempDir,
}

impl TestApp {
    /// A server with the schema and the inspection of [`seed::INSPECTION`], and no records yet.
    pub async fn start(backend: Backend) -> Self {
        Self::with(backend, |_| ()).await
    }

    /// The same with other settings.
    pub async fn with(backend: Backend, change: impl FnOnce(&mut Settings)) -> Self {
        let database = TestDatabase::ready(backend);
        ducha_records::inspections::create(&mut database.open(), &seed::inspection()).expect("the inspection");
        let app = Self::over(database, change).await;
        serving(&app.channel).await;
        app
    }

    /// A server that wants a credential, and looks it up each time.
    pub async fn guarded(backend: Backend) -> Self {
        Self::guarded_with(backend, |_| ()).await
    }

    /// The same with other settings.
    pub async fn guarded_with(backend: Backend, change: impl FnOnce(&mut Settings)) -> Self {
        Self::with(backend, |settings| {
            settings.access_control = true;
            change(settings);
        })
        .await
    }

    /// A server over a database that may not even be there.
    pub async fn over(database: TestDatabase, change: impl FnOnce(&mut Settings)) -> Self {
        let files = tempfile::tempdir().expect("a folder for the file store");
        let mut settings = Self::settings(&database.server_url());
        settings.store = format!("file://{}", files.path().display());
        change(&mut settings);
        let store = settings.store.clone();
        let server = Server::bind(settings).await.expect("a server");
        let (address, metrics) = (server.address(), server.metrics_address());
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(async move {
            let run = server.run(async move { drop(stopped.await) });
            run.await.expect("a server that ends well");
        });
        Self {
            address,
            channel: connect(address).await,
            metrics,
            stop: Some(stop),
            ended: Some(ended),
            store,
            database,
            _files: files,
        }
    }

    /// The settings of a server on a free port, open to everybody on this machine.
    #[must_use]
    pub fn settings(url: &str) -> Settings {
        Settings {
            database: Login {
                url: url.to_owned(),
                allow_owner: false,
                limits: None,
            },
            store: format!("file://{}", std::env::temp_dir().join("ducha-test-files").display()),
            max_file_bytes: 64 * 1024 * 1024,
            templates: None,
            profiles: None,
            calendar: Calendar::default(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            // Most tests are about something else; `guarded` is for those about access.
            access_control: false,
            trust: Duration::ZERO,
            tls: None,
            plaintext: false,
            reflection: false,
            pool_size: 4,
            metrics: None,
            max_calls: 512,
            max_connections: 1_024,
            connection_calls: 1_024,
            waiting_queries: 1_024,
            limits: Limits::NONE,
            deadline: admission::DEADLINE,
            grace: Duration::from_secs(10),
        }
    }

    /// Another connection to it.
    pub async fn connect(&self) -> Channel {
        connect(self.address).await
    }

    /// A client of `PetitionService` with a connection of its own: calls of one connection share its flow control.
    pub async fn petitions_apart(&self) -> PetitionServiceClient<Channel> {
        PetitionServiceClient::new(connect(self.address).await)
    }

    /// Tells the server to stop, and returns what ends when it has.
    pub fn stop(&mut self) -> JoinHandle<()> {
        drop(self.stop.take());
        self.ended.take().expect("a server is stopped once")
    }

    /// The URL of its file store.
    #[must_use]
    pub fn store(&self) -> String {
        self.store.clone()
    }

    /// Its database.
    #[must_use]
    pub const fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Imports a ledger, and returns the id of the import.
    pub async fn import(&self, seed: Seed) -> String {
        let url = self.database.url();
        let import = tokio::task::spawn_blocking(move || seed.import(&url));
        import.await.expect("an import")
    }

    /// A client of `InspectionService`.
    #[must_use]
    pub fn inspections(&self) -> InspectionServiceClient<Channel> {
        InspectionServiceClient::new(self.channel.clone())
    }

    /// A client of `PetitionService`.
    #[must_use]
    pub fn petitions(&self) -> PetitionServiceClient<Channel> {
        PetitionServiceClient::new(self.channel.clone())
    }

    /// A client of `RectificationService`.
    #[must_use]
    pub fn tasks(&self) -> RectificationServiceClient<Channel> {
        RectificationServiceClient::new(self.channel.clone())
    }

    /// A client of `LedgerService`.
    #[must_use]
    pub fn ledgers(&self) -> LedgerServiceClient<Channel> {
        LedgerServiceClient::new(self.channel.clone())
    }

    /// A client of `AccountabilityService`.
    #[must_use]
    pub fn accountabilities(&self) -> AccountabilityServiceClient<Channel> {
        AccountabilityServiceClient::new(self.channel.clone())
    }

    /// A client of `HistoryService`.
    #[must_use]
    pub fn history(&self) -> HistoryServiceClient<Channel> {
        HistoryServiceClient::new(self.channel.clone())
    }

    /// A client of `grpc.health.v1`.
    #[must_use]
    pub fn health(&self) -> HealthClient<Channel> {
        HealthClient::new(self.channel.clone())
    }
}

/// A connection to a server.
pub async fn connect(address: impl Display) -> Channel {
    let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
    endpoint.connect().await.expect("a connection to the server")
}

/// Waits until the server behind a connection says that it serves.
pub async fn serving(channel: &Channel) {
    let request = HealthCheckRequest { service: String::new() };
    let watch = async {
        let watched = HealthClient::new(channel.clone()).watch(request).await;
        let mut states = watched.expect("a health service").into_inner();
        while let Some(state) = states.message().await.expect("a state") {
            if state.status() == ServingStatus::Serving {
                return;
            }
        }
        panic!("the watch ended before the server served");
    };
    tokio::time::timeout(PATIENCE, watch)
        .await
        .expect("the server serves within a minute");
}
