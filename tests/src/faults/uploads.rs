//! G3: a server that is killed in the middle of uploads.

use std::time::{Duration, Instant};

use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha::v1::upload_ledger_request::Part;
use ducha::v1::{UploadLedgerRequest, UploadLedgerResponse};
use tokio::task::{JoinHandle, JoinSet};
use tokio_stream::StreamExt;

use super::site::Site;
use super::{Tally, block_on, connected};
use crate::Backend;
use crate::program::Serving;
use crate::upload::metadata;

/// Uploads under way when a server is killed.
const UPLOADS: usize = 4;
/// Rows of a ledger.
const ROWS: u32 = 40;
/// Bytes of a chunk: small, so that an upload is many messages.
const CHUNK: usize = 128;

/// Kills a server `times`, each time at a random moment of four uploads. Then every import has its file, and every
/// ledger whose upload was acknowledged is imported.
#[must_use]
pub fn servers(backend: Backend, seed: u64, times: usize) -> Tally {
    let mut site = Site::new(backend);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tally = Tally::default();
    let server = Serving::start(&mut site.server());
    let (mut acknowledged, undisturbed) = block_on(round(&mut site, server, None));
    tally.expect(acknowledged.len() == UPLOADS, || {
        "an undisturbed upload failed".to_owned()
    });
    for _ in 0..times {
        let server = Serving::start(&mut site.server());
        let moment = undisturbed.mul_f64(random.f64());
        acknowledged.extend(block_on(round(&mut site, server, Some(moment))).0);
        tally.count += 1;
    }
    files(&site, &mut tally);
    imported(&site, &acknowledged, &mut tally);
    tally.told.push(format!(
        "{backend:?}: {times} kills, {} of {} uploads acknowledged, {} imports",
        acknowledged.len(),
        (times + 1) * UPLOADS,
        site.imports().len()
    ));
    tally
}

/// Uploads at once, and kills the server at a moment; the imports that were acknowledged, and how long that took.
async fn round(site: &mut Site, server: Serving, kill: Option<Duration>) -> (Vec<String>, Duration) {
    let channel = connected(&server.address).await;
    let ledgers: Vec<_> = (0..UPLOADS).map(|_| site.ledger(ROWS)).collect();
    let mut uploads = JoinSet::new();
    let begun = Instant::now();
    for bytes in ledgers {
        let mut client = LedgerServiceClient::new(channel.clone());
        uploads.spawn(async move {
            let answer = client.upload_ledger(slowly(bytes)).await;
            answer.ok().and_then(|answer| id(answer.into_inner()))
        });
    }
    let killed = killing(server, kill);
    let acknowledged = uploads.join_all().await;
    let took = begun.elapsed();
    drop(killed.await);
    (acknowledged.into_iter().flatten().collect(), took)
}

/// Kills a server at a moment, or, without one, not before this is dropped.
fn killing(server: Serving, moment: Option<Duration>) -> JoinHandle<Option<Serving>> {
    tokio::task::spawn_blocking(move || match moment {
        Some(moment) => {
            super::pass(moment);
            drop(server);
            None
        }
        None => Some(server),
    })
}

fn id(answer: UploadLedgerResponse) -> Option<String> {
    answer.ledger_import.map(|import| import.id)
}

/// The messages of an upload, with others getting their turn between them.
fn slowly(bytes: Vec<u8>) -> impl tokio_stream::Stream<Item = UploadLedgerRequest> {
    let chunks: Vec<_> = bytes.chunks(CHUNK).map(|chunk| Part::Chunk(chunk.to_vec())).collect();
    let parts = std::iter::once(Part::Metadata(metadata("台账.xlsx"))).chain(chunks);
    tokio_stream::iter(parts.map(|part| UploadLedgerRequest { part: Some(part) })).then(|message| async {
        tokio::task::yield_now().await;
        message
    })
}

/// Every import has a whole file in the store.
fn files(site: &Site, tally: &mut Tally) {
    let store = site.opened();
    for import in site.imports() {
        let read = block_on(store.check(&import.sha256));
        tally.expect(read.is_ok(), || format!("import {}: its file: {read:?}", import.id));
    }
}

/// Every acknowledged upload is an import that is applied, and so is every other one.
fn imported(site: &Site, acknowledged: &[String], tally: &mut Tally) {
    site.worked(tally);
    let imports = site.imports();
    for id in acknowledged {
        let there = imports.iter().any(|import| import.id == *id);
        tally.expect(there, || format!("import {id} was acknowledged and is gone"));
    }
    for import in &imports {
        let applied = import.state == i64::from(ducha_records::codes::ImportState::Applied.code());
        tally.expect(applied, || format!("not applied: {import:?}"));
    }
}
