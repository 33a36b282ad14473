//! G5: the same ledger from many clients at once.

use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::site::Site;
use super::{Tally, block_on, connected};
use crate::Backend;
use crate::program::Serving;
use crate::upload::{messages, metadata};
use ducha::v1::ledger_service_client::LedgerServiceClient;
use tonic::transport::Channel;

/// Clients, each with a connection of its own.
const CLIENTS: usize = 32;
/// Rows of a ledger.
const ROWS: u32 = 20;

/// Has 32 clients upload the same ledger at the same moment, `rounds` times.
#[must_use]
pub fn same_ledger(backend: Backend, rounds: usize) -> Tally {
    let mut site = Site::new(backend);
    let mut tally = Tally::default();
    let server = Serving::start(&mut site.server());
    block_on(async {
        let clients = all_connected(&server.address).await;
        for _ in 0..rounds {
            let bytes = site.ledger(ROWS);
            round(&clients, Arc::new(bytes), &mut tally).await;
        }
    });
    tally.count = rounds;
    site.worked(&mut tally);
    site.whole(rounds, &mut tally);
    tally
        .told
        .push(format!("{backend:?}: {rounds} ledgers, {CLIENTS} clients each"));
    tally
}

async fn all_connected(address: &str) -> Vec<Channel> {
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        clients.push(connected(address).await);
    }
    clients
}

async fn round(clients: &[Channel], bytes: Arc<Vec<u8>>, tally: &mut Tally) {
    let start = Arc::new(Barrier::new(clients.len()));
    let mut uploads = JoinSet::new();
    for channel in clients {
        let (mut client, bytes, start) = (LedgerServiceClient::new(channel.clone()), bytes.clone(), start.clone());
        uploads.spawn(async move {
            let messages = messages(metadata("台账.xlsx"), &bytes);
            start.wait().await;
            client.upload_ledger(tokio_stream::iter(messages)).await
        });
    }
    let (mut ids, mut new) = (Vec::new(), 0);
    for answer in uploads.join_all().await {
        match answer {
            Ok(answer) => {
                let answer = answer.into_inner();
                new += usize::from(!answer.already_received);
                ids.push(answer.ledger_import.expect("an import").id);
            }
            Err(status) => tally.wrong.push(format!("an upload failed: {status:?}")),
        }
    }
    ids.sort();
    ids.dedup();
    tally.expect(ids.len() == 1 && new == 1, || format!("{new} new imports, ids {ids:?}"));
}
