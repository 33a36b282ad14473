//! The server: how it listens, what it serves, and how it ends.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ducha::v1::access_service_server::AccessServiceServer;
use ducha::v1::accountability_service_server::AccountabilityServiceServer;
use ducha::v1::history_service_server::HistoryServiceServer;
use ducha::v1::inspection_service_server::InspectionServiceServer;
use ducha::v1::ledger_service_server::LedgerServiceServer;
use ducha::v1::petition_service_server::PetitionServiceServer;
use ducha::v1::progress_service_server::ProgressServiceServer;
use ducha::v1::rectification_service_server::RectificationServiceServer;
use ducha_forms::profile::{ProfileErrors, Profiles};
use ducha_records::db::OpenError;
use ducha_records::store::{Store, StoreError};
use ducha_records::{Database, Login, exposition};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tonic::service::Routes;
use tonic::transport::Server as Transport;

use crate::access::Caller;
use crate::access::gate::{Entry, Gate};
use crate::access::keyring::Keyring;
use crate::access::service::Access;
use crate::accountability::Accountabilities;
use crate::admission::{Admission, Full};
use crate::connections::Connections;
use crate::export::MOST_EXPORTS;
use crate::health;
use crate::history::History;
use crate::inspection::Inspections;
use crate::ledger::Ledgers;
use crate::limits::{Limiter, Limits};
use crate::observe::metrics::Metrics;
use crate::observe::{Observe, ServerTold};
use crate::petition::Petitions;
use crate::progress::Progress;
use crate::progress::calendar::Calendar;
use crate::rectification::Tasks;
use crate::tls::{Tls, TlsError};

/// No request is larger, in bytes; a batch of 1000 numbers takes less than 260 KiB.
const REQUEST_LIMIT: usize = 1024 * 1024;
/// Streams of one connection; more wait at the client, as HTTP/2 has it.
const STREAMS: u32 = 100;
/// What a client may have on its way to one call, and to all calls of a connection, in bytes.
const STREAM_WINDOW: u32 = 64 * 1024;
const CONNECTION_WINDOW: u32 = 1024 * 1024;
/// Headers of a call, in bytes.
const HEADERS: u32 = 16 * 1024;
/// A client that is silent for so long is asked whether it is there, and has so long to answer.
const PING_AFTER: Duration = Duration::from_secs(30);
const PING_PATIENCE: Duration = Duration::from_secs(10);
/// Connections are closed at this age, as soon as their calls are done, so that clients spread over new servers.
const CONNECTION_AGE: Duration = Duration::from_secs(30 * 60);
/// A connection that is old has so long until it is cut off: a watch ends by itself before, and an export goes on behind its
/// last answer.
const OLD_AGE: Duration = Duration::from_secs(26 * 60);
/// Streams that a peer may reset before they are accepted, and that we may reset for its mistakes, before the connection
/// is closed: the defence against rapid reset (CVE-2023-44487, RUSTSEC-2024-0003).
const PENDING_RESETS: usize = 20;
const ERROR_RESETS: usize = 1024;

/// What a server needs to know.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the records are, and how to go in.
    pub database: Login,
    /// Where files are kept.
    pub store: String,
    /// No uploaded file is larger, in bytes.
    pub max_file_bytes: u64,
    /// Where templates of accounts are kept; absent: the built-in ones.
    pub templates: Option<PathBuf>,
    /// A folder of ledger profiles, for the forms that are handed out; absent: the built-in ones.
    pub profiles: Option<PathBuf>,
    /// Which days are worked.
    pub calendar: Calendar,
    /// Where to listen. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether calls need a credential. Without that, only loopback is served.
    pub access_control: bool,
    /// For how long a credential is trusted before it is looked up again.
    pub trust: Duration,
    /// The server's certificate and what is asked of clients; absent: plaintext.
    pub tls: Option<Tls>,
    /// Whether to serve plaintext to others than this machine, as behind a proxy that ends TLS.
    pub plaintext: bool,
    /// Whether to serve reflection.
    pub reflection: bool,
    /// Connections to the database.
    pub pool_size: usize,
    /// Where metrics are told; nowhere if absent. Port 0 takes a free one.
    pub metrics: Option<SocketAddr>,
    /// Calls in progress at once.
    pub max_calls: usize,
    /// Connections at once.
    pub max_connections: usize,
    /// Calls in progress at once on one connection.
    pub connection_calls: usize,
    /// Queries that may wait for a connection to the database.
    pub waiting_queries: usize,
    /// How much one caller may ask for.
    pub limits: Limits,
    /// A call must begin to answer within this time; uploads have limits of their own.
    pub deadline: Duration,
    /// How long calls may go on once the server is told to stop.
    pub grace: Duration,
}

/// Why a server could not start, or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is open to others.
    #[error(
        "refusing to listen on {0}: there is no access control, so only loopback addresses are served (such as \
         127.0.0.1:50051 or [::1]:50051)"
    )]
    NotLoopback(SocketAddr),
    /// Credentials and records would cross the network for everybody to read.
    #[error(
        "refusing to listen on {0} without TLS: give --tls-cert and --tls-key, or --plaintext where a proxy in front ends \
         TLS; loopback addresses (such as 127.0.0.1:50051) need neither"
    )]
    Plaintext(SocketAddr),
    /// The certificate, the key or the certificates of clients.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address cannot be had.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: std::io::Error,
    },
    /// The URL names no database.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The file store cannot be had.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The ledger profiles have mistakes.
    #[error(transparent)]
    Profiles(#[from] ProfileErrors),
    /// Reflection would not take the descriptors.
    #[error("cannot prepare reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
    /// The transport failed.
    #[error("serving failed: {0}")]
    Transport(#[from] tonic::transport::Error),
}

/// A server that has its address and takes no calls yet.
pub struct Server {
    settings: Settings,
    transport: Transport,
    listener: TcpListener,
    address: SocketAddr,
    metrics: Arc<Metrics>,
    asked_at: Option<(TcpListener, SocketAddr)>,
    database: Database,
    watched: Database,
    store: Store,
    profiles: Arc<Profiles>,
}

impl Server {
    /// Takes the address. The database may still be away.
    ///
    /// # Errors
    /// [`ServeError`] when the address is refused or taken, or the URL names no database.
    pub async fn bind(settings: Settings) -> Result<Self, ServeError> {
        admissible(&settings)?;
        let transport = match &settings.tls {
            Some(tls) => transport().tls_config(tls.config()?)?,
            None => transport(),
        };
        let database = Database::new(settings.database.clone(), settings.pool_size)?;
        let watched = Database::new(settings.database.clone(), 1)?;
        let store = Store::open(&settings.store)?;
        let profiles = match &settings.profiles {
            Some(folder) => Profiles::load(folder)?,
            None => Profiles::embedded(),
        };
        let (listener, address) = listening(settings.listen).await?;
        let asked_at = match settings.metrics {
            Some(address) => Some(listening(address).await?),
            None => None,
        };
        Ok(Self {
            metrics: Arc::default(),
            asked_at,
            settings,
            transport,
            listener,
            address,
            database,
            watched,
            store,
            profiles: Arc::new(profiles),
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where metrics are told.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.asked_at.as_ref().map(|(_, address)| *address)
    }

    /// Serves until `stop`, then lets the calls in progress end within the grace time.
    ///
    /// # Errors
    /// [`ServeError`] when it cannot serve.
    pub async fn run(mut self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let telling = self.asked_at.take().map(|(listener, _)| self.tell(listener));
        let (reporter, health_service) = tonic_health::server::health_reporter();
        health::report(&reporter, false).await;
        let (stopping, stopped) = watch::channel(false);
        let following = tokio::spawn(health::follow(self.watched.clone(), reporter.clone(), stopped.clone()));

        let routes = Routes::new(health_service);
        let routes = reflected(self.settings.reflection, routes)?;
        let (entry, keyring) = self.entry();
        let limiter = Arc::new(Limiter::new(self.settings.limits));
        let routes = self.with_services(routes, keyring, Arc::clone(&limiter), stopped.clone());
        let gate = Gate::new(routes.prepare(), entry, limiter, Arc::clone(&self.metrics));
        let admission = Admission::new(gate, self.full(), self.settings.deadline);
        let services = Observe::new(admission, Arc::clone(&self.metrics));

        let (most, calls) = (self.settings.max_connections, self.settings.connection_calls);
        let incoming = Connections::new(self.listener, most, calls, Arc::clone(&self.metrics));
        let mut told = stopped;
        let drained = self
            .transport
            .serve_with_incoming_shutdown(services, incoming, async move {
                // An error means that the sender is gone, which ends the server as well.
                drop(told.changed().await);
            });
        let mut drained = std::pin::pin!(drained);
        tokio::select! {
            ended = &mut drained => return Ok(ended?),
            () = stop => {}
        }

        let grace = self.settings.grace;
        tracing::info!(
            grace_seconds = grace.as_secs(),
            "stopping: no new calls, those in progress may end"
        );
        stopping.send_replace(true);
        drop(following.await);
        health::end(reporter).await;
        match tokio::time::timeout(grace, drained).await {
            Ok(ended) => ended?,
            Err(_) => tracing::warn!("calls were still in progress at the end of the grace time and are cut off"),
        }
        if let Some(telling) = telling {
            telling.abort();
        }
        tracing::info!("stopped");
        Ok(())
    }

    /// Tells metrics to whoever asks, until the server has stopped.
    fn tell(&self, listener: TcpListener) -> JoinHandle<()> {
        let told = ServerTold {
            metrics: Arc::clone(&self.metrics),
            pool: self.database.clone(),
            watched: self.watched.clone(),
        };
        tokio::spawn(exposition::serve(listener, Arc::new(told)))
    }

    /// How much is taken at once.
    fn full(&self) -> Full {
        Full::new(
            self.settings.max_calls,
            self.settings.waiting_queries,
            self.database.clone(),
            Arc::clone(&self.metrics),
        )
    }

    /// How calls are let in, and the keyring where one is asked.
    fn entry(&self) -> (Entry, Option<Arc<Keyring>>) {
        if !self.settings.access_control {
            tracing::warn!("no access control: whoever reaches this port on this machine may do everything");
            return (Entry::Open(Arc::new(Caller::anybody())), None);
        }
        let look_ups = self.settings.pool_size.div_ceil(2);
        let keyring = Arc::new(Keyring::new(self.database.clone(), look_ups, self.settings.trust));
        (Entry::Guarded(Arc::clone(&keyring)), Some(keyring))
    }

    fn with_services(
        &self,
        routes: Routes,
        keyring: Option<Arc<Keyring>>,
        limiter: Arc<Limiter>,
        stopped: watch::Receiver<bool>,
    ) -> Routes {
        let access = Access::new(self.database.clone(), keyring);
        let exports = Arc::new(Semaphore::new(MOST_EXPORTS));
        let inspections = Inspections::new(self.database.clone());
        let petitions = Petitions::new(self.database.clone(), Arc::clone(&exports));
        let tasks = Tasks::new(self.database.clone(), exports);
        let ledgers = Ledgers::new(
            self.database.clone(),
            self.store.clone(),
            self.settings.max_file_bytes,
            Arc::clone(&self.profiles),
            limiter,
            Arc::clone(&self.metrics),
        );
        let accountabilities = Accountabilities::new(self.database.clone());
        let progress = Progress::new(
            self.database.clone(),
            self.settings.templates.clone(),
            self.settings.calendar.clone(),
        );
        let history = History::new(self.database.clone(), stopped);
        routes
            .add_service(InspectionServiceServer::new(inspections).max_decoding_message_size(REQUEST_LIMIT))
            .add_service(PetitionServiceServer::new(petitions).max_decoding_message_size(REQUEST_LIMIT))
            .add_service(RectificationServiceServer::new(tasks).max_decoding_message_size(REQUEST_LIMIT))
            .add_service(AccountabilityServiceServer::new(accountabilities).max_decoding_message_size(REQUEST_LIMIT))
            .add_service(LedgerServiceServer::new(ledgers).max_decoding_message_size(REQUEST_LIMIT))
            .add_service(ProgressServiceServer::new(progress).max_decoding_message_size(REQUEST_LIMIT))
            .add_service(HistoryServiceServer::new(history).max_decoding_message_size(REQUEST_LIMIT))
            .add_service(AccessServiceServer::new(access).max_decoding_message_size(REQUEST_LIMIT))
    }
}

async fn listening(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let failed = |error| ServeError::Listen { address, error };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Whether these settings may be served on their address.
fn admissible(settings: &Settings) -> Result<(), ServeError> {
    if settings.listen.ip().is_loopback() {
        return Ok(());
    }
    if !settings.access_control {
        return Err(ServeError::NotLoopback(settings.listen));
    }
    if settings.tls.is_none() && !settings.plaintext {
        return Err(ServeError::Plaintext(settings.listen));
    }
    Ok(())
}

fn transport() -> Transport {
    Transport::builder()
        .max_concurrent_streams(STREAMS)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .http2_max_header_list_size(HEADERS)
        .http2_max_pending_accept_reset_streams(Some(PENDING_RESETS))
        .http2_max_local_error_reset_streams(Some(ERROR_RESETS))
        .http2_keepalive_interval(Some(PING_AFTER))
        .http2_keepalive_timeout(Some(PING_PATIENCE))
        .max_connection_age(CONNECTION_AGE)
        .max_connection_age_grace(OLD_AGE)
}

/// Adds both versions of reflection, which clients ask for one after the other.
fn reflected(wanted: bool, routes: Routes) -> Result<Routes, ServeError> {
    if !wanted {
        return Ok(routes);
    }
    let builder = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(ducha::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
    };
    Ok(routes
        .add_service(builder().build_v1()?)
        .add_service(builder().build_v1alpha()?))
}
