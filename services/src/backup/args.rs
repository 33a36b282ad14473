//! The command lines of `backup`, `restore` and `verify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::Common;
use crate::config::Flags;
use crate::language::Language;

/// Flags that the three have in common.
#[derive(Debug, Args)]
pub struct Both {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
    /// File store: file://FOLDER, or s3://BUCKET/PREFIX with the AWS_* variables [default: file://ducha-files]
    #[arg(long, value_name = "URL")]
    pub store: Option<String>,
    /// Language of what is told
    #[arg(long, value_name = "LANGUAGE", env = "DUCHA_LANG", default_value = "zh")]
    pub lang: Lang,
}

/// `backup`
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The folder to make; the folder it lies in must be there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Flags of the three.
    #[command(flatten)]
    pub both: Both,
    /// Leave out files that are missing or damaged in the store, name them, and end with status 1; without it there is no backup
    /// then
    #[arg(long)]
    pub skip_damaged: bool,
}

/// `restore`
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The folder of the backup
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Flags of the three.
    #[command(flatten)]
    pub both: Both,
    /// Let it take the place of a database of ducha that is there: DELETES ALL ITS RECORDS
    #[arg(long)]
    pub replace: bool,
}

/// `verify`
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Flags of the three.
    #[command(flatten)]
    pub both: Both,
    /// Tables for people, or JSON lines for programs
    #[arg(long, value_name = "FORMAT", env = "DUCHA_OUTPUT", default_value = "table")]
    pub output: Output,
}

/// A language of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Chinese
    Zh,
    /// English
    En,
}

/// How it is told what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// Tables
    Table,
    /// JSON lines
    Json,
}

impl Lang {
    /// The language of the texts of `records`.
    #[must_use]
    pub const fn language(self) -> Language {
        match self {
            Self::Zh => Language::Zh,
            Self::En => Language::En,
        }
    }

    /// One of two texts that say the same.
    #[must_use]
    pub const fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

impl From<Both> for Flags {
    fn from(both: Both) -> Self {
        Self {
            store: both.store,
            ..both.common.into()
        }
    }
}
