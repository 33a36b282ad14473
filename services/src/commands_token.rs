//! `ducha-server token`: credentials on the command line, on the database itself. The first one is made here.

use std::path::{Path, PathBuf};

use chrono::{TimeDelta, Utc};
use clap::{Args, Subcommand};
use ducha_records::audit::AuditEvent;
use ducha_records::codes::{CredentialKind, Role};
use ducha_records::db::OpenError;
use ducha_records::hex::hex;
use ducha_records::tokens::{self as stored, Token};
use ducha_records::{Db, Login, Reach};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use crate::access::secret::{self, Hash};
use crate::access::tokens::{self, NewToken};
use crate::access::{Caller, Change, event};
use crate::cli::Common;
use crate::clock::now;
use crate::commands;
use crate::config::ConfigError;
use crate::error::CallError;
use crate::logging;
use crate::request::{LONGEST_LIFE, LONGEST_NAME};

/// Credentials that are read at once to be listed.
const PAGE: usize = 500;

/// `token`
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a credential and print its token, which is kept nowhere and never shown again.
    ///
    /// The token goes to standard output and everything else to standard error, so that `> FILE` keeps the token alone.
    /// With --certificate the credential is that certificate, and there is no token.
    Create(Create),
    /// List all credentials: id, role, division, state, name.
    List(List),
    /// Revoke a credential for good. Servers refuse it within 5 seconds.
    Revoke(Revoke),
}

/// `token create`
#[derive(Debug, Args)]
pub struct Create {
    /// Whose it is, for people and for the audit
    #[arg(long)]
    pub name: String,
    /// What it may do
    #[arg(long, value_parser = ["submitter", "reader", "reviewer", "administrator"])]
    pub role: String,
    /// Code of the division it reaches, with all below it; an administrator without one reaches every division
    #[arg(long, value_name = "CODE")]
    pub division: Option<String>,
    /// Days it is good for
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=731))]
    pub days: i64,
    /// A client's certificate, in PEM
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
}

/// `token list`
#[derive(Debug, Args)]
pub struct List {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
}

/// `token revoke`
#[derive(Debug, Args)]
pub struct Revoke {
    /// Its id, as `token list` shows it
    #[arg(value_name = "ID")]
    pub id: String,
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Why a credential could not be made, listed or revoked.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It is not to be had like this.
    #[error("{0}")]
    Refused(String),
    /// The database failed.
    #[error("the database failed (was `ducha-server migrate` run?): {0}")]
    Failed(String),
    /// The certificate cannot be read.
    #[error("cannot read a certificate in PEM from {path}: {error}")]
    Certificate {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: String,
    },
}

impl From<CallError> for TokenError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Database(error) => Self::Failed(error.to_string()),
            other => Self::Refused(other.told()),
        }
    }
}

/// Does what `ducha-server token …` says.
///
/// # Errors
/// [`TokenError`], whose text is for the user.
pub fn run(command: TokenCommand) -> Result<(), TokenError> {
    match command {
        TokenCommand::Create(command) => create(command),
        TokenCommand::List(command) => list(&mut open(command.common)?),
        TokenCommand::Revoke(command) => revoke(command),
    }
}

fn open(common: Common) -> Result<Db, TokenError> {
    let config = commands::config(common.into())?;
    logging::start(config.log.value);
    Ok(Login::anybody(&config.database.value).open_for(&Reach::All.into())?)
}

fn create(command: Create) -> Result<(), TokenError> {
    let new = checked(&command)?;
    let mut db = open(command.common)?;
    let created = tokens::create(&mut db, &Caller::command_line(), &new, "token create", &audited)?;
    eprintln!("{}", line(&created.token));
    if let Some(secret) = created.secret {
        eprintln!("keep this token as you keep a password; it is not shown again:");
        println!("{secret}");
    }
    Ok(())
}

fn checked(command: &Create) -> Result<NewToken, TokenError> {
    let role: Role = command
        .role
        .parse()
        .map_err(|_| TokenError::Refused(format!("there is no role {:?}", command.role)))?;
    if !(1..=LONGEST_NAME).contains(&command.name.chars().count()) {
        return Err(TokenError::Refused(format!(
            "--name must be 1 to {LONGEST_NAME} characters"
        )));
    }
    if command.division.is_none() && role != Role::Administrator {
        return Err(TokenError::Refused(format!("a {} needs a --division", command.role)));
    }
    Ok(NewToken {
        name: command.name.clone(),
        role,
        division: command.division.clone(),
        certificate: command.certificate.as_deref().map(certificate).transpose()?,
        expires_at: now() + TimeDelta::days(command.days).min(LONGEST_LIFE),
        request_id: None,
        validate_only: false,
    })
}

/// The hash of the first certificate of a file.
fn certificate(path: &Path) -> Result<Hash, TokenError> {
    let read = CertificateDer::from_pem_file(path).map_err(|error| TokenError::Certificate {
        path: path.to_owned(),
        error: error.to_string(),
    })?;
    Ok(secret::hash(&read))
}

fn list(db: &mut Db) -> Result<(), TokenError> {
    let mut after = String::new();
    loop {
        let page =
            stored::list(db, &Reach::All, &after, PAGE).map_err(|error| TokenError::Failed(error.to_string()))?;
        for token in &page.rows {
            println!("{}", line(token));
        }
        match page.rows.last() {
            Some(last) if page.more => after.clone_from(&last.id),
            _ => return Ok(()),
        }
    }
}

fn revoke(command: Revoke) -> Result<(), TokenError> {
    let mut db = open(command.common)?;
    let token = tokens::revoke(&mut db, &Caller::command_line(), &command.id, "token revoke", &audited)?;
    eprintln!("{}", line(&token));
    Ok(())
}

fn audited(change: Change<'_>) -> AuditEvent {
    event(&Caller::command_line(), None::<&()>, change)
}

/// A credential in one line.
fn line(token: &Token) -> String {
    let role = Role::from_code(token.role).map_or("?", Role::token);
    let division = token.division.as_deref().unwrap_or("every division");
    let day = |at: chrono::NaiveDateTime| at.format("%Y-%m-%d");
    let state = match token.revoked_at_utc {
        Some(at) => format!("revoked {}", day(at)),
        None if token.expires_at_utc <= Utc::now().naive_utc() => format!("expired {}", day(token.expires_at_utc)),
        None => format!("until {}", day(token.expires_at_utc)),
    };
    let certificate = if token.kind == CredentialKind::Certificate.code() {
        format!("\tcertificate {}", hex(&token.hash))
    } else {
        String::new()
    };
    format!("{}\t{role}\t{division}\t{state}\t{}{certificate}", token.id, token.name)
}
