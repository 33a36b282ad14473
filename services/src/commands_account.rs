//! `ducha-server account`.

use std::io::{self, Write};
use std::path::PathBuf;

use ducha_records::db::OpenError;
use ducha_records::{Login, Reach};

use crate::account::build::{Wanted, build};
use crate::account::render::{Format, RenderError, render};
use crate::cli::{AccountArgs, AccountFormat, AccountLanguage};
use crate::commands;
use crate::config::ConfigError;
use crate::error::CallError;
use crate::language::Language;
use crate::{clock, logging, lookup};

/// Why no account was written.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// What was asked for is not there, or its template is wrong.
    #[error("{0}")]
    Refused(String),
    /// The document could not be made into a file.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The file could not be written.
    #[error("cannot write {path}: {error}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl From<CallError> for AccountError {
    fn from(error: CallError) -> Self {
        Self::Refused(error.told())
    }
}

/// Writes an account.
///
/// # Errors
/// [`AccountError`], whose text is for the user.
pub fn run(command: AccountArgs) -> Result<(), AccountError> {
    let config = commands::config(command.common.into())?;
    logging::start(config.log.value);
    let mut db = Login::anybody(&config.database.value).open_for(&Reach::All.into())?;
    let inspection = lookup::inspection(&mut db, &Reach::All, &command.inspection)?;
    let wanted = Wanted {
        day: command.as_of.unwrap_or_else(clock::today),
        root: inspection.province.clone(),
        language: match command.lang {
            AccountLanguage::Zh => Language::Zh,
            AccountLanguage::En => Language::En,
        },
        inspection,
    };
    let templates = config.templates();
    let built = build(&mut db, &Reach::All, &wanted, templates.as_deref())?;
    let format = match command.format {
        AccountFormat::Md => Format::Markdown,
        AccountFormat::Html => Format::Html,
        AccountFormat::Docx => Format::Docx,
        AccountFormat::Xlsx => Format::Xlsx,
    };
    let bytes = render(&built.document, format)?;
    for gap in &built.gaps {
        let figure = if gap.figure.is_empty() { "-" } else { &gap.figure };
        eprintln!("{} {figure}: {}", gap.kind, gap.message);
    }
    match command.output {
        Some(path) => std::fs::write(&path, bytes).map_err(|error| AccountError::Write { path, error }),
        None => io::stdout().write_all(&bytes).map_err(|error| AccountError::Write {
            path: PathBuf::from("standard output"),
            error,
        }),
    }
}
