//! What each command does.

use std::env;
use std::path::PathBuf;
use std::time::Duration;

use ducha_records::codes::AuditOutcome;
use ducha_records::db::OpenError;
use ducha_records::migrate::{self, MigrateError};
use ducha_records::store::StoreError;
use ducha_records::{Db, Login, Reach, divisions, feed};
use tokio::signal::unix::{SignalKind, signal};

use crate::access::{Caller, Change, event};
use crate::backup::{self, BackupError};
use crate::banner;
use crate::cli::{Cli, Command, ConfigCommand, Divisions, FeedCommand, FeedReset, Load, Migrate};
use crate::commands_account::{self, AccountError};
use crate::commands_figures::{self, FiguresError};
use crate::commands_token::{self, TokenError};
use crate::commands_webhook::{self, WebhookError};
use crate::config::{Config, ConfigError, Flags};
use crate::logging;
use crate::progress::calendar::CalendarError;
use crate::serve::{ServeError, Server};
use crate::verify;

/// How long a server that starts looks for its database before it waits for it.
const FIRST_LOOK: Duration = Duration::from_secs(5);

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The server.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The schema.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// A file could not be read.
    #[error("cannot read {path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A CSV of divisions is wrong.
    #[error("in {path}: {error}")]
    Csv {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: divisions::CsvError,
    },
    /// A credential.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// An account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The kept counts.
    #[error(transparent)]
    Figures(#[from] FiguresError),
    /// A backup, a restore or a check.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// A webhook.
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    /// The divisions could not be stored.
    #[error("cannot store the divisions (was `ducha-server migrate` run?): {0}")]
    Store(#[from] diesel::result::Error),
    /// The feed could not be reset.
    #[error("cannot reset the feed (was `ducha-server migrate` run?): {0}")]
    Feed(diesel::result::Error),
    /// The system gave no threads, or no signals.
    #[error("cannot start: {0}")]
    Start(std::io::Error),
}

impl CommandError {
    /// The exit status: 2 when the command was refused as it stands, 1 when it was tried and failed.
    #[must_use]
    pub const fn status(&self) -> u8 {
        match self {
            Self::Backup(error) => error.status(),
            Self::Config(_)
            | Self::Webhook(WebhookError::Refused(_) | WebhookError::Target(_))
            | Self::Token(TokenError::Refused(_) | TokenError::Certificate { .. })
            | Self::Serve(
                ServeError::NotLoopback(_)
                | ServeError::Plaintext(_)
                | ServeError::Tls(_)
                | ServeError::Profiles(_)
                | ServeError::Store(StoreError::Url { .. })
                | ServeError::Database(OpenError::UnknownUrl { .. }),
            )
            | Self::Open(OpenError::UnknownUrl { .. } | OpenError::Privileged { .. })
            | Self::Read { .. }
            | Self::Csv { .. }
            | Self::Calendar(_)
            | Self::Account(AccountError::Refused(_)) => 2,
            _ => 1,
        }
    }
}

/// Does what the command line says.
///
/// # Errors
/// [`CommandError`], whose text is for the user.
pub fn run(cli: Cli) -> Result<(), CommandError> {
    match cli.command {
        Command::Serve(command) => serve(&config(command.into())?),
        Command::Migrate(command) => migrate(command),
        Command::Divisions(Divisions::Load(command)) => load(command),
        Command::Token(command) => Ok(commands_token::run(command)?),
        Command::Account(command) => Ok(commands_account::run(command)?),
        Command::Figures(command) => Ok(commands_figures::run(command)?),
        Command::Webhook(command) => Ok(commands_webhook::run(command)?),
        Command::Feed(FeedCommand::Reset(command)) => reset(command),
        Command::Backup(command) => Ok(backup::backup(command)?),
        Command::Restore(command) => Ok(backup::restore(command)?),
        Command::Verify(command) => Ok(verify::run(command)?),
        Command::Config(ConfigCommand::Show(command)) => {
            print!("{}", config(command.serve.into())?.to_toml(command.origin));
            Ok(())
        }
    }
}

pub(crate) fn config(flags: Flags) -> Result<Config, ConfigError> {
    Config::load(flags, &|name| env::var_os(name))
}

fn serve(config: &Config) -> Result<(), CommandError> {
    logging::start(config.log.value);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CommandError::Start)?;
    let settings = config.settings()?;
    let served = runtime.block_on(async {
        refuse_privileged(settings.database.clone()).await?;
        let server = Server::bind(settings).await?;
        // Before the banner: who reads the address may send a signal at once.
        let mut terminate = signal(SignalKind::terminate()).map_err(CommandError::Start)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(CommandError::Start)?;
        banner::show(
            config.log.value,
            server.address(),
            &config.database.value,
            config.reflection.value,
            server.metrics_address(),
        );
        let stop = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        Ok(server.run(stop).await?)
    });
    // A query that still runs on its thread is not waited for.
    runtime.shutdown_background();
    served
}

/// Refuses a role for which row-level security would not hold. A database that is away is waited for, and looked at then.
async fn refuse_privileged(login: Login) -> Result<(), CommandError> {
    let opened = tokio::task::spawn_blocking(move || login.open().map(drop));
    match tokio::time::timeout(FIRST_LOOK, opened).await {
        Ok(Ok(Err(refused @ OpenError::Privileged { .. }))) => Err(refused.into()),
        _ => Ok(()),
    }
}

fn migrate(command: Migrate) -> Result<(), CommandError> {
    let config = config(command.common.into())?;
    logging::start(config.log.value);
    let mut db = Db::open(&config.migrate_database.value)?;
    let (versions, done) = if command.down {
        (migrate::down(&mut db)?, "taken back")
    } else {
        (migrate::up(&mut db)?, "applied")
    };
    for version in &versions {
        println!("{done}: {version}");
    }
    if versions.is_empty() {
        println!("nothing to do");
    }
    Ok(())
}

fn load(command: Load) -> Result<(), CommandError> {
    let config = config(command.common.into())?;
    logging::start(config.log.value);
    let path = command.file;
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return Err(CommandError::Read { path, error }),
    };
    let rows = match divisions::parse_csv(&text) {
        Ok(rows) => rows,
        Err(error) => return Err(CommandError::Csv { path, error }),
    };
    let loaded = divisions::load(&mut Db::open(&config.migrate_database.value)?, &rows)?;
    println!("loaded {loaded} divisions");
    Ok(())
}

/// The database as its owner has it, for an administrator who sees every division.
fn owner(config: &Config) -> Result<Db, CommandError> {
    Ok(Login::anybody(&config.migrate_database.value).open_for(&Reach::All.into())?)
}

fn reset(command: FeedReset) -> Result<(), CommandError> {
    let config = config(command.common.into())?;
    logging::start(config.log.value);
    let mut db = owner(&config)?;
    let change = Change {
        method: "feed reset",
        inspection: None,
        records: &[],
        outcome: AuditOutcome::Changed,
        request_id: None,
    };
    let event = event(&Caller::command_line(), None::<&()>, change);
    let epoch = feed::reset(&mut db, &event).map_err(CommandError::Feed)?;
    println!("the feed begins anew: epoch {epoch}");
    Ok(())
}
