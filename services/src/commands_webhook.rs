//! `ducha-server webhook`: who is told of verdicts on imports. On the database itself.

use clap::{Args, Subcommand};
use ducha_records::audit::AuditEvent;
use ducha_records::codes::AuditOutcome;
use ducha_records::db::OpenError;
use ducha_records::webhooks::target::{SecretRef, Target, TargetError};
use ducha_records::webhooks::{self, Notices, Webhook};
use ducha_records::{Db, Login, Reach, divisions};
use uuid::Uuid;

use crate::access::{Caller, Change, event};
use crate::cli::Common;
use crate::clock::now;
use crate::commands;
use crate::config::{Config, ConfigError};
use crate::logging;

/// `webhook`
#[derive(Debug, Subcommand)]
pub enum WebhookCommand {
    /// Have a division told of each verdict on its imports, and on those of all divisions below it.
    ///
    /// `ducha-worker run` sends a JSON object by POST, signed with HMAC-SHA256 (docs/integrate.md), until the receiver answers
    /// with a status of 200 to 299; for a day at most. Prints the id of the webhook.
    Add(Add),
    /// List webhooks: id, division, URL, and how many notices wait, were taken, and were given up.
    List(List),
    /// End a webhook. What waits for it is given up.
    Remove(Remove),
}

/// `webhook add`
#[derive(Debug, Args)]
pub struct Add {
    /// Code of the division
    #[arg(long, value_name = "CODE")]
    pub division: String,
    /// Where to: https, or http to this machine itself; no private address unless webhooks.allow_private is set
    #[arg(long)]
    pub url: String,
    /// Where the workers find the secret that signs: env:NAME or file:/PATH; at least 16 bytes
    #[arg(long, value_name = "PLACE")]
    pub secret: String,
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
}

/// `webhook list`
#[derive(Debug, Args)]
pub struct List {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
}

/// `webhook remove`
#[derive(Debug, Args)]
pub struct Remove {
    /// Its id, as `webhook list` shows it
    #[arg(value_name = "ID")]
    pub id: String,
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Why a webhook could not be made, listed or ended.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Nothing is sent there.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// It is not to be had like this.
    #[error("{0}")]
    Refused(String),
    /// The database failed.
    #[error("the database failed (was `ducha-server migrate` run?): {0}")]
    Failed(#[from] diesel::result::Error),
}

/// Does what `ducha-server webhook …` says.
///
/// # Errors
/// [`WebhookError`], whose text is for the user.
pub fn run(command: WebhookCommand) -> Result<(), WebhookError> {
    match command {
        WebhookCommand::Add(command) => add(command),
        WebhookCommand::List(command) => list(&mut open(&configured(command.common)?)?),
        WebhookCommand::Remove(command) => remove(command),
    }
}

fn configured(common: Common) -> Result<Config, WebhookError> {
    let config = commands::config(common.into())?;
    logging::start(config.log.value);
    Ok(config)
}

fn open(config: &Config) -> Result<Db, WebhookError> {
    Ok(Login::anybody(&config.database.value).open_for(&Reach::All.into())?)
}

fn add(command: Add) -> Result<(), WebhookError> {
    let config = configured(command.common)?;
    Target::parse(&command.url, config.allow_private.value)?;
    SecretRef::parse(&command.secret)?;
    let mut db = open(&config)?;
    if !divisions::is_known(&mut db, &command.division)? {
        return Err(WebhookError::Refused(format!(
            "there is no division with the code {:?}",
            command.division
        )));
    }
    let webhook = Webhook {
        id: Uuid::now_v7().to_string(),
        division: command.division,
        url: command.url,
        secret: command.secret,
        created_by: Caller::command_line().name,
        created_at_utc: now(),
        removed_at_utc: None,
    };
    webhooks::add(&mut db, &webhook, &audited("webhook add", &webhook.id))?;
    println!("{}", webhook.id);
    Ok(())
}

fn list(db: &mut Db) -> Result<(), WebhookError> {
    for webhook in webhooks::list(db)? {
        let notices = webhooks::notices(db, &webhook.id)?;
        println!("{}", line(&webhook, &notices));
    }
    Ok(())
}

fn remove(command: Remove) -> Result<(), WebhookError> {
    let mut db = open(&configured(command.common)?)?;
    let id = command.id;
    if webhooks::remove(&mut db, &id, now(), &audited("webhook remove", &id))? {
        return Ok(());
    }
    Err(WebhookError::Refused(format!(
        "there is no webhook {id:?}, or it has ended"
    )))
}

fn audited(method: &'static str, id: &str) -> AuditEvent {
    let change = Change {
        method,
        inspection: None,
        records: &[id],
        outcome: AuditOutcome::Changed,
        request_id: None,
    };
    event(&Caller::command_line(), None::<&()>, change)
}

/// A webhook in one line.
fn line(webhook: &Webhook, notices: &Notices) -> String {
    let Notices {
        waiting,
        taken,
        given_up,
        last_error,
    } = notices;
    let Webhook {
        id,
        division,
        url,
        secret,
        ..
    } = webhook;
    let error = last_error
        .as_ref()
        .map(|error| format!("\tlast error: {error}"))
        .unwrap_or_default();
    format!("{id}\t{division}\t{url}\t{secret}\t{waiting} waiting, {taken} taken, {given_up} given up{error}")
}
