//! `ducha-worker run`: the queue, an inbox, a schedule.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ducha_records::exposition;
use ducha_records::queue::Lease;
use ducha_records::store::{self, Store};
use ducha_records::webhooks::Pace;
use sd_notify::NotifyState;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;

use super::args::RunArgs;
use super::import::submitter;
use super::setup::{self, CommandError, Common};
use crate::run::notices::Sender;
use crate::run::{Folder, Inbox, Schedule, Shop, Stop, run as work};

/// Works; whether every row of every import was taken.
pub(super) fn run(args: &RunArgs) -> Result<bool, CommandError> {
    let common =
        Common::of(args.profiles.as_ref(), args.config.as_deref(), args.log, None, "info")?.reading(args.max_file_mib);
    let lease = Lease(args.lease);
    let database = setup::unattended(args.database.as_ref(), args.allow_owner, lease, &common.file);
    // The schema is looked at once; a database that goes away later is waited for.
    drop(setup::database(&database)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(CommandError::Start)?;
    let inbox = inbox(args, &common)?.map(Arc::new);
    let place = args.store.clone().or_else(|| common.file.store.clone());
    let shop = Shop {
        database,
        store: Store::open(place.as_deref().unwrap_or(store::DEFAULT))?,
        profiles: common.profiles,
        program: common.program,
        limits: common.limits,
        name: args.name.clone().unwrap_or_else(name),
        lease,
        concurrency: args.concurrency.into(),
        once: args.once,
        runtime: runtime.handle().clone(),
        stop: Stop::default(),
        sender: Sender {
            allow_private: args.webhooks_allow_private || common.file.webhooks.allow_private.unwrap_or(false),
        },
        pace: Pace {
            claim: args.notice_claim.into(),
            first_pause: args.notice_pause.into(),
        },
        metrics: Arc::default(),
    };
    if let Some(address) = args.metrics_listen.or(common.file.metrics.worker_listen) {
        tell_metrics(&shop, address)?;
    }
    let listening = {
        let _inside = runtime.enter(); // signals are heard by the runtime
        listen(&shop.stop, inbox.clone(), Duration::from_secs(args.grace.into()))?
    };
    tracing::info!(worker = shop.name, hands = shop.concurrency, store = place, "working");
    tell(NotifyState::Ready);
    let ended = work(&shop, inbox.as_deref());
    tell(NotifyState::Stopping);
    listening.abort();
    runtime.shutdown_background();
    let ended = ended?;
    tracing::info!(imports = ended.imports, refused = ended.refused, "done");
    Ok(ended.refused == 0)
}

/// The inbox, if one is named.
fn inbox(args: &RunArgs, common: &Common) -> Result<Option<Inbox>, CommandError> {
    let Some(url) = &args.inbox else { return Ok(None) };
    let url = match url.contains("://") {
        true => url.clone(),
        false => format!("file://{url}"),
    };
    let cron = args.schedule.as_deref();
    let schedule = cron.map(|cron| Schedule::new(cron, args.timezone)).transpose();
    let schedule = schedule.map_err(CommandError::Schedule)?;
    let submitter = submitter(args.submitter.as_ref(), common);
    let folder = Folder::open(&url)?;
    Ok(Some(Inbox::new(folder, args.inspection.clone(), submitter, schedule)))
}

/// Tells metrics to whoever asks, for as long as the program runs.
fn tell_metrics(shop: &Shop, address: SocketAddr) -> Result<(), CommandError> {
    let failed = |error| CommandError::Metrics { address, error };
    let listener = shop.runtime.block_on(TcpListener::bind(address)).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    tracing::info!(%address, "metrics are told");
    shop.runtime
        .spawn(exposition::serve(listener, Arc::clone(&shop.metrics)));
    Ok(())
}

/// What tells this worker from the others: its machine and its process.
fn name() -> String {
    let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let machine = match machine.trim() {
        "" => "worker",
        machine => machine,
    };
    format!("{machine}-{}", std::process::id())
}

/// Tells systemd, if it started this program.
fn tell(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::debug!(%error, "systemd was not told");
    }
}

/// SIGTERM and SIGINT end the work, at the latest after the grace time; SIGUSR1 has the inbox looked through.
fn listen(stop: &Stop, inbox: Option<Arc<Inbox>>, grace: Duration) -> Result<JoinHandle<()>, CommandError> {
    let on = |kind| signal(kind).map_err(CommandError::Start);
    let mut terminate = on(SignalKind::terminate())?;
    let mut interrupt = on(SignalKind::interrupt())?;
    let mut look = on(SignalKind::user_defined1())?;
    let stop = stop.clone();
    Ok(tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = terminate.recv() => break,
                _ = interrupt.recv() => break,
                heard = look_again(&mut look) => if heard && let Some(inbox) = &inbox {
                    inbox.look_now();
                },
            }
        }
        tracing::info!(grace_seconds = grace.as_secs(), "stopping: imports under way may end");
        stop.say();
        // A second signal ends the patience.
        drop(tokio::time::timeout(grace, terminate.recv()).await);
        tracing::warn!("imports are still under way and are given back");
        stop.now();
    }))
}

async fn look_again(look: &mut Signal) -> bool {
    look.recv().await.is_some()
}
