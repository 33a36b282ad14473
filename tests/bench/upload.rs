//! Ledgers that are uploaded to the real server.

use std::process::Command;
use std::time::{Duration, Instant};

use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha_records::inspections;
use ducha_tests::program::Serving;
use ducha_tests::{Backend, TestDatabase, inspection, upload};
use tonic::transport::Channel;

use crate::memory::resident;
use crate::report::Report;
use crate::{Failure, Place};

/// Bytes of a ledger.
const BYTES: usize = 20_000_000;
/// The rate is that of the best of so many.
const TIMES: u8 = 5;
/// The least rate, in MB/s.
const GOAL: f64 = 200.0;
/// Bytes of a ledger thrice as large: close to what a server takes at most.
const LARGE: usize = 3 * BYTES;
/// How much more memory the server may take for large ledgers than for others, in MiB: what they differ in, and no more
/// than noise.
const GROWTH: f64 = 8.0;

/// Measures uploads on a loopback connection, into a folder; and what they cost the server in memory.
pub fn measure(place: &Place, report: &mut Report) -> Result<(), Failure> {
    let database = TestDatabase::ready(Backend::Sqlite);
    inspections::create(&mut database.open(), &inspection())?;
    let store = format!("file://{}", place.folder.path().join("store").display());
    let server = Serving::start(Command::new(&place.server).args([
        "serve",
        "--no-access-control",
        "--listen",
        "127.0.0.1:0",
        "--store",
        &store,
        "--database",
        &database.url(),
    ]));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let measured = runtime.block_on(uploads(&server))?;
    let rate = BYTES as f64 / 1e6 / measured.best.as_secs_f64();
    report.rate("upload of 20 MB into the file store, MB/s, beside 200", rate, GOAL, 1.0);
    report.told(
        "uploads of 20 MB: server, resident",
        format!("{:.0} MiB, {:.0} MiB before", measured.usual, measured.idle),
    );
    report.memory(
        "uploads of 60 MB instead: the server grows by",
        measured.large - measured.usual,
        GROWTH,
    );
    Ok(())
}

/// What uploads took; memory in MiB.
struct Uploads {
    best: Duration,
    idle: f64,
    usual: f64,
    large: f64,
}

async fn uploads(server: &Serving) -> Result<Uploads, Failure> {
    let mut client = LedgerServiceClient::connect(format!("http://{}", server.address)).await?;
    upload(&mut client, &[0; 1_000]).await?;
    let idle = resident(server.id())?;
    let mut best = Duration::MAX;
    for time in 1..=TIMES {
        // Other bytes each time: what is there already is not written again.
        best = best.min(upload(&mut client, &vec![time; BYTES]).await?);
    }
    let usual = resident(server.id())?;
    for time in 1..=TIMES {
        upload(&mut client, &vec![time; LARGE]).await?;
    }
    let large = resident(server.id())?;
    Ok(Uploads {
        best,
        idle,
        usual,
        large,
    })
}

/// How long one takes, from its first message to the answer.
async fn upload(client: &mut LedgerServiceClient<Channel>, bytes: &[u8]) -> Result<Duration, Failure> {
    let messages = upload::messages(upload::metadata("台账.xlsx"), bytes);
    let begun = Instant::now();
    client.upload_ledger(tokio_stream::iter(messages)).await?;
    Ok(begun.elapsed())
}
