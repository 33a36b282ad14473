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
/// How much larger the server may become by files of any size, in MiB.
const GROWTH: f64 = 20.0;

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
    let (best, growth) = runtime.block_on(uploads(&server))?;
    let rate = BYTES as f64 / 1e6 / best.as_secs_f64();
    report.rate("upload of 20 MB into the file store, MB/s, beside 200", rate, GOAL, 1.0);
    report.memory("uploads of 20 MB: the server grows by", growth, GROWTH);
    Ok(())
}

async fn uploads(server: &Serving) -> Result<(Duration, f64), Failure> {
    let mut client = LedgerServiceClient::connect(format!("http://{}", server.address)).await?;
    upload(&mut client, &[0; 1_000]).await?;
    let before = resident(server.id())?;
    let mut best = Duration::MAX;
    for time in 1..=TIMES {
        // Other bytes each time: what is there already is not written again.
        best = best.min(upload(&mut client, &vec![time; BYTES]).await?);
    }
    Ok((best, resident(server.id())? - before))
}

/// How long one takes, from its first message to the answer.
async fn upload(client: &mut LedgerServiceClient<Channel>, bytes: &[u8]) -> Result<Duration, Failure> {
    let messages = upload::messages(upload::metadata("台账.xlsx"), bytes);
    let begun = Instant::now();
    client.upload_ledger(tokio_stream::iter(messages)).await?;
    Ok(begun.elapsed())
}
