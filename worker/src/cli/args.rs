//! Commands and flags.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use chrono_tz::Tz;
use ducha_records::queue::Lease;
use strum::IntoEnumIterator;

use crate::config::{Lang, LogFormat};
use crate::profile::LedgerKind;
use crate::run::ZONE;

/// Reads county ledgers (xlsx, xls, xlsb, ods, WPS et), checks every row and imports what is right.
#[derive(Debug, Parser)]
#[command(name = "ducha-worker", version, after_help = EXIT_CODES, max_term_width = 120)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  every row of every file is in (check: would be)
  1  some rows or whole files were refused; the others are in
  2  the command could not run: a wrong flag, no such file, no database";

const IMPORT_EXAMPLES: &str = "\
Examples:
  ducha-worker import samples
      Every workbook in the folder and below it, for the inspection of samples/inspection.toml, into ducha.db.
  ducha-worker import --database postgres://ducha@db/ducha --inspection gz-2021 520102-台账.xlsx
      One ledger of 520102 (南明区), whose code stands at the head of its name, into PostgreSQL.
  ducha-worker import --division 520102 --output json 台账.xls | jq 'select(.type == \"finding\")'
      The findings as JSON lines, for programs.
  ducha-worker import --plan --out plan.xlsx samples
      What the ledgers would change, old and new value of every field, on the screen and in full in plan.xlsx.

Each file is one transaction: it is in with all its good rows, or not at all. A row with an error is refused and never
holds back the others. The same file again changes nothing.";

const CHECK_EXAMPLES: &str = "\
Examples:
  ducha-worker check 520102-台账.xlsx
      What a county runs before it sends its ledger. Needs no database and changes nothing.
  ducha-worker check --lang en --findings 1000 台账.ods
      Up to a thousand findings, in English.
  ducha-worker check --marked back --refused back 520102-台账.xlsx
      The workbook with its bad cells marked, and a workbook with the bad rows alone, in the folder back.

The rules against stored records (unknown numbers, states that went backwards) need the database and are not checked.";

const TEMPLATE_EXAMPLES: &str = "\
Examples:
  ducha-worker template petitions -o 信访台账.xlsx
      An empty form with lists, notes and instructions.
  ducha-worker template petitions tasks -o 南明区.xlsx --division 520102 --inspection gz-2021
      Both forms, filled in with what the division has not concluded or completed yet.

What is filled in and not changed changes nothing when the ledger is imported.";

const RUN_EXAMPLES: &str = "\
Examples:
  ducha-worker run
      Works what is uploaded to the server of the same database and file store, until it is told to stop.
  ducha-worker run --inbox inbox --schedule '0 2 * * *'
      And at two every night looks through a folder. kill -USR1 has it looked through at once.
  ducha-worker run --once --inbox s3://ledgers/inbox --inspection gz-2021
      Looks through a bucket and works the queue until it is empty; for a timer.
  ducha-worker run --database postgres://ducha@db/ducha --store s3://ducha/files --concurrency 4
      Four imports at once; as many workers as you like, on as many machines.

A file in the inbox is taken once it has not changed for 5 seconds, whose it is its folder or the head of its name says
(520102/台账.xlsx). Once its import has ended it is in done/ or refused/, with the workbooks made of it and a report.
SIGTERM lets imports under way end within the grace time; what has not ended then is given back to the queue.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import files and folders into the database, once.
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(ImportArgs),
    /// Check files without a database: what a county runs before sending.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Work the queue: imports that were uploaded, and an inbox of files; many workers may run side by side.
    #[command(after_help = RUN_EXAMPLES)]
    Run(RunArgs),
    /// Write a workbook for a county to fill in.
    #[command(after_help = TEMPLATE_EXAMPLES)]
    Template(TemplateArgs),
    /// Print what the reader sees in a workbook, as JSON lines.
    Read(ReadArgs),
}

/// How results are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// Tables for people.
    Table,
    /// JSON lines on standard output, and nothing else there.
    Json,
}

/// What both import and check take.
#[derive(Debug, Args)]
pub struct CommonArgs {
    /// Whose ledgers these are: a division's code, for example 520102. Without it, the code at the head of each file's
    /// name or of its folder's.
    #[arg(long, value_name = "CODE", env = "DUCHA_DIVISION")]
    pub division: Option<String>,
    /// A folder of ledger profiles (petitions.toml, tasks.toml) that replace the built-in ones.
    #[arg(long, value_name = "DIR", env = "DUCHA_PROFILES")]
    pub profiles: Option<PathBuf>,
    /// How results are shown.
    #[arg(long, value_enum, default_value = "table", env = "DUCHA_OUTPUT")]
    pub output: Output,
    /// Language of tables and messages [default: zh].
    #[arg(long, value_enum, env = "DUCHA_LANG")]
    pub lang: Option<Lang>,
    /// Largest file that is read, in MiB; at least what the server takes in [default: 64].
    #[arg(long, value_name = "MIB", env = "DUCHA_MAX_FILE_MIB", value_parser = clap::value_parser!(u16).range(1..))]
    pub max_file_mib: Option<u16>,
    /// Configuration file [default: ducha.toml, if it is there].
    #[arg(long, value_name = "FILE", env = "DUCHA_CONFIG")]
    pub config: Option<PathBuf>,
    /// A folder for marked copies: NAME-核对.xlsx, the workbook with bad cells coloured, notes, and a summary.
    #[arg(long, value_name = "DIR", env = "DUCHA_MARKED")]
    pub marked: Option<PathBuf>,
    /// A folder for refused rows: NAME-未导入.xlsx, the refused rows alone, ready to correct and send.
    #[arg(long, value_name = "DIR", env = "DUCHA_REFUSED")]
    pub refused: Option<PathBuf>,
    /// How events are logged, on standard error [default: human].
    #[arg(long, value_enum, env = "DUCHA_LOG")]
    pub log: Option<LogFormat>,
}

/// `import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Workbooks, and folders of them.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// URL of the database: sqlite://FILE or postgres://... [default: sqlite://ducha.db]. A password is better given in
    /// the variable than on the command line, where others can see it.
    #[arg(long, value_name = "URL", env = "DUCHA_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// The inspection the ledgers belong to; it must exist. Without it, the inspection.toml beside the ledgers.
    #[arg(long, value_name = "ID", env = "DUCHA_INSPECTION")]
    pub inspection: Option<String>,
    /// The ledgers hold only some of their division's rows, so that a missing row means nothing.
    #[arg(long)]
    pub partial: bool,
    /// Who hands the ledgers in, as the history will say [default: the name of the account].
    #[arg(long, value_name = "NAME", env = "DUCHA_SUBMITTER")]
    pub submitter: Option<String>,
    /// List at most this many findings of each file; the table of rules counts them all.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub findings: usize,
    /// Only tell what the ledgers would change: new, changed field by field, unchanged, refused. Nothing is written.
    #[arg(long)]
    pub plan: bool,
    /// List at most this many changed fields of each file.
    #[arg(long, value_name = "N", default_value_t = 100, requires = "plan")]
    pub changes: usize,
    /// Write the whole plan into this workbook (xlsx).
    #[arg(long, value_name = "FILE", requires = "plan")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// `check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Workbooks, and folders of them.
    #[arg(required = true, value_name = "FILE")]
    pub paths: Vec<PathBuf>,
    /// List at most this many findings of each file; the table of rules counts them all.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub findings: usize,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// `run`
#[derive(Debug, Args)]
pub struct RunArgs {
    /// URL of the database: sqlite://FILE or postgres://... [default: sqlite://ducha.db].
    #[arg(long, value_name = "URL", env = "DUCHA_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Go into the database as a role that owns tables, or as a superuser, for which PostgreSQL's row-level security does
    /// not hold: for development.
    #[arg(long, env = "DUCHA_ALLOW_OWNER")]
    pub allow_owner: bool,
    /// The file store: file://FOLDER, or s3://BUCKET/PREFIX with the AWS_* variables [default: file://ducha-files].
    #[arg(long, value_name = "URL", env = "DUCHA_STORE")]
    pub store: Option<String>,
    /// Imports that are worked on at once.
    #[arg(long, value_name = "N", default_value_t = 1, env = "DUCHA_CONCURRENCY", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub concurrency: u16,
    /// Seconds that a claim holds without being renewed: a worker that dies holds its import up for so long.
    #[arg(long, value_name = "SECONDS", default_value_t = Lease::DEFAULT.0, env = "DUCHA_LEASE", value_parser = clap::value_parser!(u32).range(3..=3600))]
    pub lease: u32,
    /// Seconds that imports under way may go on once the program is told to stop.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, env = "DUCHA_GRACE")]
    pub grace: u16,
    /// A folder, or s3://BUCKET/PREFIX, into which ledgers are put.
    #[arg(long, value_name = "FOLDER", env = "DUCHA_INBOX")]
    pub inbox: Option<String>,
    /// When the inbox is looked through: minute, hour, day, month, weekday. Without it, every few seconds.
    #[arg(long, value_name = "CRON", env = "DUCHA_SCHEDULE", requires = "inbox")]
    pub schedule: Option<String>,
    /// The time zone of the schedule.
    #[arg(long, value_name = "ZONE", default_value_t = ZONE, env = "DUCHA_TIMEZONE")]
    pub timezone: Tz,
    /// The inspection of the inbox's ledgers; it must exist. Without it, the inspection.toml in the inbox.
    #[arg(long, value_name = "ID", env = "DUCHA_INSPECTION")]
    pub inspection: Option<String>,
    /// Who hands the inbox's ledgers in, as the history will say [default: the name of the account].
    #[arg(long, value_name = "NAME", env = "DUCHA_SUBMITTER")]
    pub submitter: Option<String>,
    /// Let notices to webhooks go to addresses that are not public.
    #[arg(long, env = "DUCHA_WEBHOOKS_ALLOW_PRIVATE")]
    pub webhooks_allow_private: bool,
    /// Seconds until a notice that its receiver did not take is sent again; each further pause is twice as long, up to an
    /// hour.
    #[arg(long, value_name = "SECONDS", default_value_t = 2, env = "DUCHA_NOTICE_PAUSE")]
    pub notice_pause: u16,
    /// Seconds until another worker sends a notice again whose worker died while it was sending. A sending takes 10.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 60,
        env = "DUCHA_NOTICE_CLAIM",
        hide = true
    )]
    pub notice_claim: u16,
    /// Tell metrics, for Prometheus, at http://ADDR/metrics, to everybody who reaches it; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", env = "DUCHA_WORKER_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// What this worker is called in the queue [default: machine and process].
    #[arg(long, value_name = "NAME", env = "DUCHA_WORKER")]
    pub name: Option<String>,
    /// Look through the inbox once, work until the queue is empty, and end.
    #[arg(long)]
    pub once: bool,
    /// A folder of ledger profiles that replace the built-in ones.
    #[arg(long, value_name = "DIR", env = "DUCHA_PROFILES")]
    pub profiles: Option<PathBuf>,
    /// Largest file that is read, in MiB; at least what the server takes in [default: 64].
    #[arg(long, value_name = "MIB", env = "DUCHA_MAX_FILE_MIB", value_parser = clap::value_parser!(u16).range(1..))]
    pub max_file_mib: Option<u16>,
    /// Configuration file [default: ducha.toml, if it is there].
    #[arg(long, value_name = "FILE", env = "DUCHA_CONFIG")]
    pub config: Option<PathBuf>,
    /// How events are logged, on standard error [default: human].
    #[arg(long, value_enum, env = "DUCHA_LOG")]
    pub log: Option<LogFormat>,
}

/// `template`
#[derive(Debug, Args)]
pub struct TemplateArgs {
    /// Kinds of ledger, one form for each; `all` for every kind there is.
    #[arg(required = true, value_name = "KIND", value_parser = template_kinds)]
    pub kinds: Vec<TemplateKind>,
    /// Where to write it; a file that is there is left alone.
    #[arg(short, long = "out", value_name = "FILE")]
    pub out: PathBuf,
    /// Fill in what this division has not concluded or completed yet; wants --inspection.
    #[arg(long, value_name = "CODE", requires = "inspection")]
    pub division: Option<String>,
    /// The inspection whose records are filled in.
    #[arg(long, value_name = "ID", requires = "division")]
    pub inspection: Option<String>,
    /// URL of the database: sqlite://FILE or postgres://... [default: sqlite://ducha.db].
    #[arg(long, value_name = "URL", env = "DUCHA_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// A folder of ledger profiles that replace the built-in ones.
    #[arg(long, value_name = "DIR", env = "DUCHA_PROFILES")]
    pub profiles: Option<PathBuf>,
    /// Language of instructions and notes; headers and lists are Chinese [default: zh].
    #[arg(long, value_enum, env = "DUCHA_LANG")]
    pub lang: Option<Lang>,
    /// Configuration file [default: ducha.toml, if it is there].
    #[arg(long, value_name = "FILE", env = "DUCHA_CONFIG")]
    pub config: Option<PathBuf>,
}

/// A kind of ledger a template is wanted of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// One kind.
    One(LedgerKind),
    /// Every kind there is.
    All,
}

fn template_kinds(text: &str) -> Result<TemplateKind, String> {
    if text == "all" {
        return Ok(TemplateKind::All);
    }
    text.parse().map(TemplateKind::One).map_err(|_| {
        let kinds: Vec<&str> = LedgerKind::iter().map(LedgerKind::as_str).collect();
        format!("wanted one of: {}, all", kinds.join(", "))
    })
}

/// `read`
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// The workbook.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Write binary frames for the parent process.
    #[arg(long, hide = true)]
    pub frames: bool,
    /// Limits as JSON.
    #[arg(long, hide = true, value_name = "JSON")]
    pub limits: Option<String>,
}
