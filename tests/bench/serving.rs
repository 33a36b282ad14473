//! Serving: single reads beside a handler that does nothing but the same query, pages beside the query alone.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ducha::v1::petition_service_client::PetitionServiceClient;
use ducha::v1::petition_service_server::{PetitionService, PetitionServiceServer};
use ducha::v1::{
    BatchGetPetitionsRequest, BatchGetPetitionsResponse, ExportPetitionsRequest, ExportPetitionsResponse,
    GetPetitionRequest, GetPetitionResponse, ListPetitionsRequest, ListPetitionsResponse, Petition,
};
use ducha_records::petitions::{self, PetitionFilter};
use ducha_records::{Database, DatabaseError};
use ducha_server::serve::{Server, Settings};
use ducha_tests::{Backend, Seed, TestDatabase, inspection};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Response, Status};

use crate::Failure;
use crate::report::Report;

/// Petitions in the database.
const PETITIONS: usize = 20_000;
/// Single reads of one measurement, and how many are under way at once.
const READS: usize = 20_000;
const AT_ONCE: usize = 16;
/// Pages of one measurement, one after the other.
const PAGES: usize = 300;
/// Records of a page.
const PAGE: usize = 100;
/// What a client takes before it must be asked again, in bytes, as usual gRPC clients come to; a page is larger than
/// HTTP/2's own 64 KiB.
const WINDOW: u32 = 1024 * 1024;
/// Connections to the database.
const POOL: usize = 4;

/// Measures single reads and pages on both databases.
pub fn measure(report: &mut Report) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    for (name, backend) in [("SQLite", Backend::Sqlite), ("PostgreSQL", Backend::Postgres)] {
        let database = TestDatabase::ready(backend);
        ducha_records::inspections::create(&mut database.open(), &inspection())?;
        drop(Seed::of_petitions("520102", (0..PETITIONS).map(number)).import(database.url()));
        runtime.block_on(reads(name, database.url(), report))?;
        runtime.block_on(pages(name, database.url(), report))?;
    }
    Ok(())
}

fn number(at: usize) -> String {
    format!("X2GZ20211206{at:05}")
}

/// The server as it is, on a free port.
async fn served(url: &str) -> Result<Channel, Failure> {
    let settings = Settings {
        database: url.to_owned(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        reflection: false,
        pool_size: POOL,
        max_calls: 512,
        grace: Duration::from_secs(1),
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
struct Bare(Database);

#[tonic::async_trait]
impl PetitionService for Bare {
    type ExportPetitionsStream = tokio_stream::Empty<Result<ExportPetitionsResponse, Status>>;

    async fn get_petition(
        &self,
        request: Request<GetPetitionRequest>,
    ) -> Result<Response<GetPetitionResponse>, Status> {
        let asked = request.into_inner();
        let read = self
            .0
            .run(move |db| petitions::get(db, &asked.inspection_id, &asked.number).map_err(DatabaseError::from));
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
    let service = PetitionServiceServer::new(Bare(Database::new(url, POOL)?));
    let server = tonic::transport::Server::builder().add_service(service);
    tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
    connected(address).await
}

async fn reads(name: &str, url: &str, report: &mut Report) -> Result<(), Failure> {
    let (ours, bare) = (served(url).await?, bare(url).await?);
    let (mut best, mut ceiling) = (0.0_f64, 0.0_f64);
    for _ in 0..3 {
        ceiling = ceiling.max(rate(&bare).await?);
        best = best.max(rate(&ours).await?);
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
async fn rate(channel: &Channel) -> Result<f64, Failure> {
    let next = std::sync::Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        let (next, mut client) = (next.clone(), PetitionServiceClient::new(channel.clone()));
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

async fn pages(name: &str, url: &str, report: &mut Report) -> Result<(), Failure> {
    let database = Database::new(url, POOL)?;
    let mut client = PetitionServiceClient::new(served(url).await?);
    let (mut best, mut ceiling) = (0.0_f64, 0.0_f64);
    for _ in 0..3 {
        ceiling = ceiling.max(bare_pages(&database).await?);
        best = best.max(served_pages(&mut client).await?);
    }
    report.rate(
        format!("{name}: ListPetitions of {PAGE}, beside its bare query"),
        best,
        ceiling,
        0.75,
    );
    Ok(())
}

async fn bare_pages(database: &Database) -> Result<f64, Failure> {
    let began = Instant::now();
    let mut after = String::new();
    for _ in 0..PAGES {
        let from = after.clone();
        let query = database.run(move |db| {
            let page = petitions::list(db, "gz-2021", &PetitionFilter::default(), &from, PAGE);
            page.map_err(DatabaseError::from)
        });
        let page = query.await?;
        after = page
            .rows
            .last()
            .filter(|_| page.more)
            .map_or_else(String::new, |row| row.petition.number.clone());
    }
    Ok(PAGES as f64 / began.elapsed().as_secs_f64())
}

async fn served_pages(client: &mut PetitionServiceClient<Channel>) -> Result<f64, Failure> {
    let began = Instant::now();
    let mut page_token = String::new();
    for _ in 0..PAGES {
        let request = ListPetitionsRequest {
            inspection_id: "gz-2021".to_owned(),
            page_size: PAGE as u32,
            page_token,
            ..ListPetitionsRequest::default()
        };
        page_token = client.list_petitions(request).await?.into_inner().next_page_token;
    }
    Ok(PAGES as f64 / began.elapsed().as_secs_f64())
}
