//! G4: connections to PostgreSQL that are cut at a COMMIT.

use ducha::v1::UploadMetadata;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use tonic::transport::Channel;
use uuid::Uuid;

use super::proxy::{Cut, Proxy};
use super::site::Site;
use super::work::Process;
use super::{Tally, block_on, connected};
use crate::Backend;
use crate::program::Serving;
use crate::upload::{messages, metadata};

/// Rows of a ledger.
const ROWS: u32 = 10;
/// COMMITs of an upload, and of an import with its copies, at which a connection is cut in turn.
const OF_UPLOAD: usize = 2;
const OF_IMPORT: usize = 6;
/// Imports that a worker has at once.
const AT_ONCE: usize = 4;
/// A client asks again so many times.
const RETRIES: usize = 10;

/// Cuts the connection of a server at a COMMIT of each of `uploads` uploads, which the client then makes again: right after
/// the COMMIT was passed on, and the next time before.
#[must_use]
pub fn uploads(uploads: usize) -> Tally {
    let mut site = Site::new(Backend::Postgres);
    let proxy = Proxy::before(&site.database.server_url());
    let mut command = site.server();
    let server = Serving::start(command.env("DUCHA_DATABASE", &proxy.url));
    let mut tally = Tally::default();
    let mut failed = 0;
    block_on(async {
        let channel = connected(&server.address).await;
        for number in 0..uploads {
            let bytes = site.ledger(ROWS);
            proxy.cut([cut(number, OF_UPLOAD)]);
            let (answers, id) = again(&channel, &bytes).await;
            tally.count += 1 - proxy.left();
            failed += answers - 1;
            tally.expect(id.is_some(), || "an upload fails for good".to_owned());
            let imports = site.imports();
            tally.expect(
                imports.len() == number + 1 && imports.last().map(|import| &import.id) == id.as_ref(),
                || format!("{} imports after {} ledgers", imports.len(), number + 1),
            );
        }
    });
    site.worked(&mut tally);
    site.whole(uploads, &mut tally);
    let count = tally.count;
    tally.expect(2 * failed >= count, || {
        format!("{count} cuts, and only {failed} calls noticed")
    });
    tally
        .told
        .push(format!("{uploads} uploads, {count} cuts, {failed} calls made again"));
    tally
}

/// Uploads until that succeeds, as the same request; how many calls that took, and the import.
async fn again(channel: &Channel, bytes: &[u8]) -> (usize, Option<String>) {
    let metadata = UploadMetadata {
        request_id: Uuid::now_v7().to_string(),
        ..metadata("台账.xlsx")
    };
    for call in 1..=RETRIES {
        let mut client = LedgerServiceClient::new(channel.clone());
        let messages = messages(metadata.clone(), bytes);
        if let Ok(answer) = client.upload_ledger(tokio_stream::iter(messages)).await {
            return (call, answer.into_inner().ledger_import.map(|import| import.id));
        }
    }
    (RETRIES, None)
}

/// Cuts the connections of a worker at COMMITs of imports, `cuts` times or a few more: each import is applied once.
#[must_use]
pub fn imports(cuts: usize) -> Tally {
    let mut site = Site::new(Backend::Postgres);
    let proxy = Proxy::before(&site.database.url());
    let mut command = site.worker(&proxy.url);
    let worker = Process::start(command.args(["--lease", "3", "--concurrency", &AT_ONCE.to_string()]));
    let mut tally = Tally::default();
    let (mut imports, mut planned) = (0, 0);
    while planned < cuts {
        proxy.cut((planned..planned + AT_ONCE).map(|number| cut(number, OF_IMPORT)));
        site.put_new(AT_ONCE, ROWS);
        (imports, planned) = (imports + AT_ONCE, planned + AT_ONCE);
        let settled = site.settled();
        tally.expect(settled, || format!("an import hangs:\n{}", worker.log()));
        tally.count += AT_ONCE - proxy.left();
    }
    site.whole(imports, &mut tally);
    let count = tally.count;
    tally.told.push(format!("{imports} imports, {count} cuts"));
    tally
}

/// The cut of this number: at each COMMIT in turn, right after it and before it.
const fn cut(number: usize, commits: usize) -> (usize, Cut) {
    let at = if number.is_multiple_of(2) {
        Cut::After
    } else {
        Cut::Before
    };
    (number / 2 % commits, at)
}
