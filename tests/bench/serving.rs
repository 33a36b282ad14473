//! Serving: single reads beside a handler that does nothing but the same query; pages of the real program beside the
//! query alone, as many at once.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ducha::v1::petition_service_client::PetitionServiceClient;
use ducha::v1::petition_service_server::{PetitionService, PetitionServiceServer};
use ducha::v1::{
    BatchGetPetitionsRequest, BatchGetPetitionsResponse, ExportPetitionsRequest, ExportPetitionsResponse,
    GetPetitionRequest, GetPetitionResponse, ListPetitionsRequest, ListPetitionsResponse, Petition,
};
use ducha_records::Db;
use ducha_records::codes::Role;
use ducha_records::petitions::{self, PetitionFilter};
use ducha_server::access::keyring;
use ducha_server::serve::{Server, Settings};
use ducha_tests::credentials::Bearer;
use ducha_tests::program::Serving;
use ducha_tests::{Backend, Seed, TestApp, TestDatabase, inspection};
use prost::bytes::Buf;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::codec::{Codec, DecodeBuf, Decoder};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;

use crate::Failure;
use crate::connections::Connections;
use crate::report::Report;

/// Petitions in the database.
const PETITIONS: usize = 20_000;
/// Single reads of one measurement, and how many are under way at once.
const READS: usize = 20_000;
const AT_ONCE: usize = 16;
/// Pages of one measurement, as many at once as there are connections to the database.
const PAGES: usize = 1000;
/// Records of a page.
const PAGE: usize = 100;
/// What a client takes before it must be asked again, in bytes, as usual gRPC clients come to; a page is larger than
/// HTTP/2's own 64 KiB.
const WINDOW: u32 = 1024 * 1024;
/// Connections to the database.
const POOL: usize = 4;

/// Measures single reads and pages on both databases.
pub fn measure(server: &Path, report: &mut Report) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    for (name, backend) in [("SQLite", Backend::Sqlite), ("PostgreSQL", Backend::Postgres)] {
        let database = TestDatabase::ready(backend);
        ducha_records::inspections::create(&mut database.open(), &inspection())?;
        drop(Seed::of_petitions("520102", (0..PETITIONS).map(number)).import(&database.url()));
        runtime.block_on(reads(name, &database, report))?;
        runtime.block_on(pages(name, &database, server, report))?;
    }
    Ok(())
}

fn number(at: usize) -> String {
    format!("X2GZ20211206{at:05}")
}

/// The server as it is, on a free port.
pub async fn served(url: &str) -> Result<Channel, Failure> {
    let settings = Settings {
        access_control: true,
        trust: keyring::TRUST,
        pool_size: POOL,
        grace: Duration::from_secs(1),
        ..TestApp::settings(url)
    };
    let server = Server::bind(settings).await?;
    let address = server.address();
    tokio::spawn(server.run(std::future::pending()));
    connected(address).await
}

async fn connected(address: SocketAddr) -> Result<Channel, Failure> {
    let endpoint = Endpoint::from_shared(format!("http://{address}"))?;
    Ok(endpoint
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOW)
        .connect()
        .await?)
}

/// A handler that does the same query and answers with the number alone.
struct Bare(Connections, Semaphore);

#[tonic::async_trait]
impl PetitionService for Bare {
    type ExportPetitionsStream = tokio_stream::Empty<Result<ExportPetitionsResponse, Status>>;

    async fn get_petition(
        &self,
        request: Request<GetPetitionRequest>,
    ) -> Result<Response<GetPetitionResponse>, Status> {
        let asked = request.into_inner();
        let _place = self
            .1
            .acquire()
            .await
            .map_err(|error| Status::internal(error.to_string()))?;
        let read = self
            .0
            .run(move |db| petitions::get(db, &ducha_records::Reach::All, &asked.inspection_id, &asked.number));
        let found = read.await.map_err(|error| Status::internal(error.to_string()))?;
        let found = found.ok_or_else(|| Status::not_found("no such petition"))?;
        let petition = Petition {
            number: found.petition.number,
            ..Petition::default()
        };
        Ok(Response::new(GetPetitionResponse {
            petition: Some(petition),
        }))
    }

    async fn batch_get_petitions(
        &self,
        _: Request<BatchGetPetitionsRequest>,
    ) -> Result<Response<BatchGetPetitionsResponse>, Status> {
        Err(Status::unimplemented("only single reads are measured"))
    }

    async fn list_petitions(
        &self,
        _: Request<ListPetitionsRequest>,
    ) -> Result<Response<ListPetitionsResponse>, Status> {
        Err(Status::unimplemented("only single reads are measured"))
    }

    async fn export_petitions(
        &self,
        _: Request<ExportPetitionsRequest>,
    ) -> Result<Response<Self::ExportPetitionsStream>, Status> {
        Err(Status::unimplemented("only single reads are measured"))
    }
}

async fn bare(url: &str) -> Result<Channel, Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let service = PetitionServiceServer::new(Bare(Connections::open(url, POOL)?, Semaphore::new(POOL)));
    let server = tonic::transport::Server::builder().add_service(service);
    tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
    connected(address).await
}

async fn reads(name: &str, database: &TestDatabase, report: &mut Report) -> Result<(), Failure> {
    let (ours, bare) = (served(&database.server_url()).await?, bare(database.admin_url()).await?);
    // Both are sent it; only ours looks at it, reads for its province and masks personal data.
    let bearer = Bearer::issue(&mut database.open(), Role::Reader, Some("520000"));
    let (mut best, mut ceiling) = (0.0_f64, 0.0_f64);
    for _ in 0..3 {
        ceiling = ceiling.max(rate(&bare, &bearer).await?);
        best = best.max(rate(&ours, &bearer).await?);
    }
    report.rate(
        format!("{name}: GetPetition, beside a handler with only its query"),
        best,
        ceiling,
        0.75,
    );
    Ok(())
}

/// Single reads in a second.
async fn rate(channel: &Channel, bearer: &Bearer) -> Result<f64, Failure> {
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        let client = PetitionServiceClient::with_interceptor(channel.clone(), bearer.clone());
        let (next, mut client) = (next.clone(), client);
        workers.spawn(async move {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= READS {
                    return Ok::<(), Status>(());
                }
                let number = number(at * 7919 % PETITIONS);
                let request = GetPetitionRequest {
                    inspection_id: "gz-2021".to_owned(),
                    number,
                    view: 0,
                };
                client.get_petition(request).await?;
            }
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker??;
    }
    Ok(READS as f64 / began.elapsed().as_secs_f64())
}

async fn pages(name: &str, database: &TestDatabase, server: &Path, report: &mut Report) -> Result<(), Failure> {
    let serving = Serving::start(
        Command::new(server)
            .args([
                "serve",
                "--no-access-control",
                "--listen",
                "127.0.0.1:0",
                "--database",
                &database.server_url(),
            ])
            .args(["--pool-size", &POOL.to_string()]),
    );
    let address: SocketAddr = serving.address.parse()?;
    let channel = connected(address).await?;
    let tokens = Arc::new(page_tokens(&channel).await?);
    let keys = Arc::new(page_keys(&mut database.open())?);
    let connections = Connections::open(database.admin_url(), POOL)?;
    let (mut best, mut ceiling) = (0.0_f64, 0.0_f64);
    for _ in 0..3 {
        ceiling = ceiling.max(pages_rate(|at| bare_page(connections.clone(), keys.clone(), at)).await?);
        best = best.max(pages_rate(|at| served_page(channel.clone(), tokens.clone(), at)).await?);
    }
    report.rate(
        format!("{name}: ListPetitions of {PAGE}, beside its bare query"),
        best,
        ceiling,
        0.75,
    );
    Ok(())
}

fn page_request(page_token: String) -> ListPetitionsRequest {
    ListPetitionsRequest {
        inspection_id: "gz-2021".to_owned(),
        page_size: PAGE as u32,
        page_token,
        ..ListPetitionsRequest::default()
    }
}

/// The tokens of all pages, the first page's too.
async fn page_tokens(channel: &Channel) -> Result<Vec<String>, Failure> {
    let mut client = PetitionServiceClient::new(channel.clone());
    let mut tokens = vec![String::new()];
    while tokens.len() < PETITIONS / PAGE {
        let last = tokens.last().cloned().unwrap_or_default();
        let answer = client.list_petitions(page_request(last)).await?.into_inner();
        tokens.push(answer.next_page_token);
    }
    Ok(tokens)
}

/// The keys that all pages begin behind.
fn page_keys(db: &mut Db) -> Result<Vec<String>, Failure> {
    let mut keys = vec![String::new()];
    while keys.len() < PETITIONS / PAGE {
        let last = keys.last().cloned().unwrap_or_default();
        let page = petitions::list(
            db,
            &ducha_records::Reach::All,
            "gz-2021",
            &PetitionFilter::default(),
            &last,
            PAGE,
        )?;
        keys.extend(page.rows.last().map(|row| row.petition.number.clone()));
    }
    Ok(keys)
}

/// Pages in a second, [`POOL`] under way at once.
async fn pages_rate<F>(page: impl Fn(usize) -> F) -> Result<f64, Failure>
where
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let began = Instant::now();
    let mut under_way = tokio::task::JoinSet::new();
    for at in 0..PAGES {
        if under_way.len() == POOL
            && let Some(done) = under_way.join_next().await
        {
            done??;
        }
        under_way.spawn(page(at));
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(PAGES as f64 / began.elapsed().as_secs_f64())
}

async fn bare_page(connections: Connections, keys: Arc<Vec<String>>, at: usize) -> Result<(), Failure> {
    let query = connections.run(move |db| {
        petitions::list(
            db,
            &ducha_records::Reach::All,
            "gz-2021",
            &PetitionFilter::default(),
            &keys[at % keys.len()],
            PAGE,
        )
    });
    if query.await?.rows.len() != PAGE {
        return Err("the bare query read no whole page".into());
    }
    Ok(())
}

async fn served_page(channel: Channel, tokens: Arc<Vec<String>>, at: usize) -> Result<(), Failure> {
    let mut client = tonic::client::Grpc::new(channel);
    client.ready().await?;
    let request = Request::new(page_request(tokens[at % tokens.len()].clone()));
    let path = PathAndQuery::from_static("/ducha.v1.PetitionService/ListPetitions");
    let answer = client.unary(request, path, Unread).await?;
    if answer.into_inner() < PAGE {
        return Err("the server answered no whole page".into());
    }
    Ok(())
}

/// Takes an answer's bytes and does not look at them: what a client makes of them is not what serving costs.
struct Unread;

impl Codec for Unread {
    type Encode = ListPetitionsRequest;
    type Decode = usize;
    type Encoder = <ProstCodec<ListPetitionsRequest, ListPetitionsResponse> as Codec>::Encoder;
    type Decoder = Self;

    fn encoder(&mut self) -> Self::Encoder {
        ProstCodec::<ListPetitionsRequest, ListPetitionsResponse>::default().encoder()
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Decoder for Unread {
    type Item = usize;
    type Error = Status;

    fn decode(&mut self, bytes: &mut DecodeBuf<'_>) -> Result<Option<usize>, Status> {
        let length = bytes.remaining();
        bytes.advance(length);
        Ok(Some(length))
    }
}
