//! What the commands prepare: profiles, divisions, files, the database, the log.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};

use ducha_records::db::OpenError;
use ducha_records::login;
use ducha_records::migrate::MigrateError;
use ducha_records::queue::Lease;
use ducha_records::store::StoreError;
use ducha_records::{Db, Login, Scope, divisions, migrate};

use super::args::CommonArgs;
use crate::config::{ConfigError, DEFAULT_DATABASE, File, Lang, LogFormat};
use crate::import::files::{self, Found};
use crate::import::inspection::InspectionFileError;
pub(super) use crate::import::now;
use crate::import::{FileError, FileReport, Job};
use crate::marked::{MarkError, Marker, Marking};
use crate::profile::Profiles;
use crate::reader::Limits;
use crate::run::RunError;
use crate::template::TemplateError;
use crate::values::division::Gazetteer;

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("{0}")]
    Profile(String),
    #[error("cannot read {path}: {error}")]
    Path { path: PathBuf, error: io::Error },
    #[error("cannot write {path}: {error}")]
    Write { path: PathBuf, error: io::Error },
    #[error("no workbook (xlsx, xls, xlsb, ods, et) was found in {0}")]
    NoFiles(String),
    #[error("{0} is no known division; wanted a code such as 520102")]
    Division(String),
    #[error(
        "inspection.toml: the province {0} is not among the divisions; load them with `ducha-server divisions load`"
    )]
    Province(String),
    #[error("{url}: {error}")]
    Open { url: String, error: OpenError },
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    #[error("the database's schema is older than this program; run `ducha-server migrate` first")]
    Pending,
    #[error(transparent)]
    InspectionFile(#[from] InspectionFileError),
    #[error("no inspection is named: give --inspection ID, or put an inspection.toml beside the ledgers ({0})")]
    NoInspection(String),
    #[error("there is no inspection {0:?} in the database")]
    UnknownInspection(String),
    #[error("{file}: {error}")]
    File { file: String, error: FileError },
    #[error("cannot write the plan to {path}: {error}")]
    Plan {
        path: PathBuf,
        error: rust_xlsxwriter::XlsxError,
    },
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error("{0} is there already; name another file for the template, or move it away")]
    Exists(PathBuf),
    #[error("{0} keeps the lists of the whole province; a template is filled in for a division that reports")]
    Register(String),
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
    #[error("this program cannot find itself, and so cannot start its reader: {0}")]
    Program(io::Error),
    #[error("{failed} of {files} files could not be imported")]
    SomeFailed { failed: usize, files: usize },
    #[error("cannot start: {0}")]
    Start(io::Error),
    #[error("cannot tell metrics on {address}: {error}")]
    Metrics { address: SocketAddr, error: io::Error },
    #[error("--schedule: {0}")]
    Schedule(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Run(#[from] RunError),
    #[error("{file}: {error}")]
    Copy { file: String, error: MarkError },
    #[error("the marked copies of {failed} of {files} files could not be written; the files themselves are done")]
    CopiesFailed { failed: usize, files: usize },
}

/// Settings of both commands, once the layers are one.
pub(super) struct Common {
    pub profiles: Profiles,
    pub lang: Lang,
    pub limits: Limits,
    pub file: File,
    pub program: PathBuf,
}

/// The profiles of a folder, which a flag or the configuration names, over those of the program.
pub(super) fn profiles(named: Option<&PathBuf>, file: &File, lang: Lang) -> Result<Profiles, CommandError> {
    let Some(folder) = named.or(file.worker.profiles.as_ref()) else {
        return Ok(Profiles::embedded());
    };
    Profiles::load(folder).map_err(|errors| CommandError::Profile(errors.render(lang.language())))
}

impl Common {
    pub fn new(args: &CommonArgs) -> Result<Self, CommandError> {
        Self::of(
            args.profiles.as_ref(),
            args.config.as_deref(),
            args.log,
            args.lang,
            "warn",
        )
        .map(|common| common.reading(args.max_file_mib))
    }

    /// With files of up to so many MiB, which a flag or the configuration names.
    pub fn reading(mut self, most: Option<u16>) -> Self {
        let named = most.or_else(|| self.file.worker.max_file_mib.map(NonZeroU16::get));
        if let Some(most) = named {
            self.limits.file_bytes = u64::from(most) * 1024 * 1024;
        }
        self
    }

    /// The same from the single flags; `events` are those that are logged unless `RUST_LOG` says otherwise.
    pub fn of(
        named: Option<&PathBuf>,
        config: Option<&Path>,
        format: Option<LogFormat>,
        lang: Option<Lang>,
        events: &str,
    ) -> Result<Self, CommandError> {
        let file = File::load(config)?;
        log(format.or(file.log).unwrap_or(LogFormat::Human), events);
        let lang = lang.or(file.worker.lang).unwrap_or_default();
        Ok(Self {
            profiles: profiles(named, &file, lang)?,
            limits: Limits::default(),
            lang,
            program: std::env::current_exe().map_err(CommandError::Program)?,
            file,
        })
    }
}

/// Events go to standard error; `RUST_LOG` says which.
fn log(format: LogFormat, events: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(events));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr);
    // A second subscriber is refused: only a test starts two commands in one process.
    let _ = match format {
        LogFormat::Human => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}

/// The database of a command that is given by hand: as whoever its URL names, who may be the owner of the tables.
pub(super) fn by_hand(flag: Option<&String>, file: &File) -> Login {
    Login {
        limits: Some(limits(Lease::DEFAULT)),
        ..Login::anybody(url(flag, file))
    }
}

/// The database of `run`, which works by itself.
pub(super) fn unattended(flag: Option<&String>, allow_owner: bool, lease: Lease, file: &File) -> Login {
    Login {
        allow_owner: allow_owner || file.database.allow_owner.unwrap_or(login::ALLOW_OWNER),
        limits: Some(limits(lease)),
        ..by_hand(flag, file)
    }
}

/// A worker that stands still, stopped or on a machine that hangs, must not keep an inspection locked. Its statements have
/// no limit: the merge of a large ledger takes as long as it takes.
fn limits(lease: Lease) -> login::Limits {
    login::Limits {
        idle_in_transaction: Some(lease.standstill()),
        ..login::Limits::default()
    }
}

fn url<'a>(flag: Option<&'a String>, file: &'a File) -> &'a str {
    let database = &file.database;
    let named = flag.or(database.worker_url.as_ref()).or(database.url.as_ref());
    named.map_or(DEFAULT_DATABASE, String::as_str)
}

/// Opens the database, to work for all divisions. The embedded one is brought to the newest schema at once; for PostgreSQL an administrator does it.
pub(super) fn database(login: &Login) -> Result<Db, CommandError> {
    let opened = login.open_for(&Scope::Worker);
    let mut db = opened.map_err(|error| CommandError::Open {
        url: without_password(&login.url),
        error,
    })?;
    match &db {
        Db::Sqlite(_) => {
            migrate::up(&mut db)?;
        }
        Db::Postgres(_) => {
            if migrate::pending(&mut db)? {
                return Err(CommandError::Pending);
            }
        }
    }
    Ok(db)
}

/// A database URL as it may be shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return "the database".to_owned();
    };
    match rest.rsplit_once('@') {
        Some((_, place)) => format!("{scheme}://…@{place}"),
        None => url.to_owned(),
    }
}

/// Prints a result. A reader that has gone (`| head`) is no failure: what was to be done is done.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    writeln!(io::stdout(), "{text}").or_else(closed)
}

/// Standard output that nobody reads any more.
pub(super) fn closed(error: io::Error) -> Result<(), CommandError> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(CommandError::Path {
            path: PathBuf::from("standard output"),
            error,
        }),
    }
}

/// The divisions built into the program.
pub(super) fn built_in_gazetteer() -> Result<Gazetteer, CommandError> {
    let rows = divisions::parse_csv(divisions::BUILT_IN).map_err(MigrateError::from)?;
    Ok(rows.into())
}

/// The files behind the paths, each with the division it is for.
pub(super) fn ledgers(
    paths: &[PathBuf],
    division: Option<&str>,
    gazetteer: &Gazetteer,
) -> Result<Vec<(Found, Option<String>)>, CommandError> {
    let division = division.filter(|code| !code.is_empty()); // an empty variable is no variable
    if let Some(code) = division.filter(|code| gazetteer.by_code(code).is_none()) {
        return Err(CommandError::Division(code.to_owned()));
    }
    let found = files::collect(paths).map_err(|(path, error)| CommandError::Path { path, error })?;
    if found.is_empty() {
        let shown: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(CommandError::NoFiles(shown.join(", ")));
    }
    let whose = |found: &Found| {
        division
            .map(str::to_owned)
            .or_else(|| files::division(found, gazetteer))
    };
    Ok(found.into_iter().map(|found| (found.clone(), whose(&found))).collect())
}

/// Where the findings of a file wait, if copies of it are wanted.
pub(super) fn marking(marker: &Marker, file: &str) -> Result<Option<Marking>, CommandError> {
    marker.begin().map_err(|error| CommandError::Copy {
        file: file.to_owned(),
        error: error.into(),
    })
}

/// Writes the copies of a file that are wanted, and lets go of what only they needed.
pub(super) fn write_copies(
    marker: &mut Marker,
    job: &Job<'_>,
    report: &mut FileReport,
    marking: Option<Marking>,
) -> Result<(), CommandError> {
    let written = marking.map(|marking| marker.write(job, report, marking));
    report.ledgers = Vec::new();
    report.copies = written
        .transpose()
        .map_err(|error| CommandError::Copy {
            file: job.name.to_owned(),
            error,
        })?
        .unwrap_or_default();
    Ok(())
}
