//! The command line of `ducha-server`. `--help` is its manual.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::backup::{BackupArgs, RestoreArgs, VerifyArgs};
use crate::commands_token::TokenCommand;
use crate::commands_webhook::WebhookCommand;
use crate::config::{Flags, LogFormat};

const ABOUT: &str = "\
Serves the records of ecological-environment inspections over gRPC.

ducha-server answers for petitions, rectification tasks, and takes in the ledgers they are read from. It never
opens a workbook: ducha-worker does that, and both meet in the database, which is a SQLite file or PostgreSQL, and in
the file store.";

const MORE: &str = "\
CONFIGURATION
  Each value is taken from the first of these that has it:
    1. the flag,
    2. the variable DUCHA_DATABASE, DUCHA_MIGRATE_DATABASE, DUCHA_BACKUP_DATABASE, DUCHA_ALLOW_OWNER, DUCHA_STATEMENT_TIMEOUT_SECONDS,
       DUCHA_LOCK_TIMEOUT_SECONDS, DUCHA_IDLE_IN_TRANSACTION_TIMEOUT_SECONDS, DUCHA_STORE, DUCHA_LOG, DUCHA_LISTEN,
       DUCHA_MAX_FILE_MIB, DUCHA_ACCESS_CONTROL, DUCHA_TLS_CERT, DUCHA_TLS_KEY, DUCHA_CLIENT_CA, DUCHA_PLAINTEXT,
       DUCHA_REFLECTION, DUCHA_POOL_SIZE, DUCHA_METRICS_LISTEN, DUCHA_MAX_CALLS, DUCHA_MAX_CONNECTIONS,
       DUCHA_CONNECTION_CALLS, DUCHA_WAITING_QUERIES, DUCHA_GRACE_SECONDS, or DUCHA_ and the name of a key of [limits] in
       capital letters,
    3. the file named by --config or DUCHA_CONFIG, else ducha.toml in the working folder if it is there,
    4. the default.
  `ducha-server config show --origin` tells where each value came from. A password belongs into the variable or the
  file, since other users can see a command line. RUST_LOG=debug logs every call.

EXAMPLES
  ducha-server migrate
      Makes ducha.db in the working folder, with the schema and the divisions of Guizhou.
  ducha-server token create --name 南明区报送系统 --role submitter --division 520102
      Makes a token for a county's system and prints it, this once.
  ducha-server serve --reflection
      Serves it on 127.0.0.1:50051, to callers with a token.
  ducha-server serve --no-access-control
      Serves it on 127.0.0.1:50051, to everybody on this machine: for trying things out.
  ducha-server serve --listen 0.0.0.0:50051 --tls-cert server.pem --tls-key server.key
      Serves it to others, over TLS.
  DUCHA_DATABASE=postgres://ducha@db/ducha ducha-server serve --log json
      Serves a PostgreSQL database and logs as JSON.
  ducha-server account --inspection gz-2021 --as-of 2023-05-31 --format docx -o account.docx
      Writes the public account of an inspection.
  ducha-server divisions load sichuan.csv
      Adds the divisions of another province.
  ducha-server backup /var/backups/ducha/2026-11-27
      Writes the database and its files into that folder.
  ducha-server restore /var/backups/ducha/2026-11-27 --database sqlite://again.db --store file://again-files
      Makes another database of it, with its own files.

EXIT STATUS
  0  done; for `serve`: stopped by SIGTERM or SIGINT
  1  failed: the database or the address could not be had
  2  refused: a wrong flag, file or setting; nothing was done";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "ducha-server", version, about = "The gRPC services of ducha", long_about = ABOUT, after_long_help = MORE)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve until SIGTERM or SIGINT.
    ///
    /// A database that is away does not end the server: it reports NOT_SERVING through grpc.health.v1 and tries again. On
    /// SIGTERM it reports NOT_SERVING, takes no new connections, and lets calls in progress end within the grace time
    /// (10 s; server.grace_seconds in the file).
    Serve(Serve),
    /// Bring the schema of the database up to this version.
    ///
    /// On PostgreSQL it goes in as the owner of the tables: database.migrate_url in the file or DUCHA_MIGRATE_DATABASE, where
    /// that is another role than the server's. A missing SQLite file is made. The first time, the divisions of Guizhou are loaded. Doing it again changes nothing,
    /// and several may do it at once.
    Migrate(Migrate),
    /// Administrative divisions.
    #[command(subcommand)]
    Divisions(Divisions),
    /// Credentials: who may call.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Write the public account of an inspection as of a day.
    ///
    /// Every figure is computed from the records. Texts come from templates (server.templates in the file), free paragraphs
    /// from the inspection's own settings; a figure that cannot be computed is shown as missing.
    Account(AccountArgs),
    /// The kept counts of petitions.
    #[command(subcommand)]
    Figures(FiguresCommand),
    /// Webhooks: divisions that are told of verdicts on their imports.
    #[command(subcommand)]
    Webhook(WebhookCommand),
    /// The feed of changes.
    #[command(subcommand)]
    Feed(FeedCommand),
    /// Write the database and the files it refers to into a new folder, while servers and workers go on.
    ///
    /// The database comes as it is at one moment: SQLite's by VACUUM INTO, PostgreSQL's by pg_dump, which must be here in the
    /// server's version or a later one. Every file is checked against its SHA-256. The folder appears when it is whole;
    /// `sha256sum --check SHA256SUMS` in it checks it without this program. It holds personal data, and only its owner may
    /// read it. On PostgreSQL it wants a role that reads every row: database.backup_url or DUCHA_BACKUP_DATABASE
    /// (deploy/postgres.sql makes ducha_backup).
    Backup(BackupArgs),
    /// Put a backup into an empty database and the file store. Stop servers and workers first.
    ///
    /// All of the backup is checked before anything is changed. A backup of an earlier version is migrated. Readers of the feed
    /// of changes are told to begin anew (FEED_RESET). It ends as `verify` does. On PostgreSQL it goes in as the owner of the
    /// tables, as `migrate` does, into a database with the roles of deploy/postgres.sql.
    Restore(RestoreArgs),
    /// Check every kept hash, state, count, number and reference against the records, and every file against its SHA-256.
    ///
    /// It changes nothing, and imports may go on meanwhile. The exit status is 1 when anything is not as it should be.
    Verify(VerifyArgs),
    /// The configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
}

/// Flags of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// Database: sqlite://PATH or postgres://USER@HOST/NAME [default: sqlite://ducha.db]
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Configuration file [default: ducha.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How events are written to standard error [default: human]
    #[arg(long, value_name = "FORMAT")]
    pub log: Option<LogFormat>,
}

/// `figures`
#[derive(Debug, Subcommand)]
pub enum FiguresCommand {
    /// Count every petition anew and name each kept count that differs; change nothing.
    ///
    /// Counts are kept in the transaction of each ledger, so none should: a difference is a fault of the program, or somebody
    /// wrote into the database. The exit status is 1 then.
    Check(FiguresArgs),
    /// Count every petition anew and keep that. Needed after `divisions load` moved a division.
    Recount(FiguresArgs),
}

/// `figures check`, `figures recount`
#[derive(Debug, Args)]
pub struct FiguresArgs {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
    /// The inspection [default: all of them]
    #[arg(long, value_name = "ID")]
    pub inspection: Option<String>,
}

/// `account`
#[derive(Debug, Args)]
pub struct AccountArgs {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
    /// The inspection, such as gz-2021
    #[arg(long, value_name = "ID")]
    pub inspection: String,
    /// The day whose state it tells, such as 2023-05-31 [default: today]
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<NaiveDate>,
    /// Language of its texts
    #[arg(long, value_name = "LANGUAGE", default_value = "zh")]
    pub lang: AccountLanguage,
    /// What is written
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    pub format: AccountFormat,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Language of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccountLanguage {
    /// Chinese
    Zh,
    /// English
    En,
}

/// What an account is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccountFormat {
    /// Markdown
    Md,
    /// One HTML file
    Html,
    /// Word
    Docx,
    /// Excel
    Xlsx,
}

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
    /// File store: file://FOLDER, or s3://BUCKET/PREFIX with the AWS_* variables [default: file://ducha-files]
    #[arg(long, value_name = "URL")]
    pub store: Option<String>,
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:50051]
    ///
    /// Any address but a loopback one wants --tls-cert and --tls-key, or --plaintext.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Go into the database as a role that owns tables, or as a superuser: for development
    ///
    /// PostgreSQL's row-level security does not hold for such a role, so that the server refuses it otherwise. See
    /// deploy/postgres.sql for the roles it wants.
    #[arg(long)]
    pub allow_owner: bool,
    /// Let everybody on this machine call everything, without a credential; loopback addresses only
    ///
    /// For trying things out. Without it every call needs a token: see `ducha-server token create --help`.
    #[arg(long)]
    pub no_access_control: bool,
    /// The server's certificate, then those of who signed it, in PEM: serve TLS
    #[arg(long, value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate, in PEM
    #[arg(long, value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Certificates of who signs those of clients, in PEM: a client's certificate may be its credential
    #[arg(long, value_name = "FILE")]
    pub client_ca: Option<PathBuf>,
    /// Serve without TLS on any address: only behind a proxy that ends TLS
    #[arg(long)]
    pub plaintext: bool,
    /// Serve reflection (v1 and v1alpha), which tells clients the whole contract
    #[arg(long)]
    pub reflection: bool,
    /// Tell metrics, for Prometheus, at http://ADDR/metrics, to everybody who reaches it [default: tell none]
    #[arg(long, value_name = "ADDR")]
    pub metrics_listen: Option<SocketAddr>,
    /// Most connections to the database [default: 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub pool_size: Option<u16>,
}

/// `migrate`
#[derive(Debug, Args)]
pub struct Migrate {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
    /// Take every migration back instead: DELETES ALL RECORDS
    #[arg(long)]
    pub down: bool,
}

/// `divisions`
#[derive(Debug, Subcommand)]
pub enum Divisions {
    /// Load divisions from a CSV; those that are there already are brought up to date.
    ///
    /// The file is UTF-8 with the columns code,name,parent and, where known, kind (gb or local), short_names, former_codes
    /// and former_names, the last three separated by |. Either all of its lines are loaded or none.
    Load(Load),
}

/// `divisions load`
#[derive(Debug, Args)]
pub struct Load {
    /// The file
    #[arg(value_name = "FILE.csv")]
    pub file: PathBuf,
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
}

/// `feed`
#[derive(Debug, Subcommand)]
pub enum FeedCommand {
    /// Tell all readers of the feed to begin anew: to be run after the database was restored from a backup.
    ///
    /// Cursors from before are answered with FEED_RESET. Without it, a reader would miss or mix up changes that were
    /// made again.
    Reset(FeedReset),
}

/// `feed reset`
#[derive(Debug, Args)]
pub struct FeedReset {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
}

/// `config`
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print the configuration as a file would have it, passwords hidden.
    Show(Show),
}

/// `config show`
#[derive(Debug, Args)]
pub struct Show {
    /// The configuration of this command line is shown.
    #[command(flatten)]
    pub serve: Serve,
    /// Say behind each value where it came from
    #[arg(long)]
    pub origin: bool,
}

impl From<Common> for Flags {
    fn from(common: Common) -> Self {
        Self {
            config: common.config,
            database: common.database,
            log: common.log,
            ..Self::default()
        }
    }
}

impl From<Serve> for Flags {
    fn from(serve: Serve) -> Self {
        Self {
            allow_owner: serve.allow_owner,
            store: serve.store,
            listen: serve.listen,
            no_access_control: serve.no_access_control,
            tls_cert: serve.tls_cert,
            tls_key: serve.tls_key,
            client_ca: serve.client_ca,
            plaintext: serve.plaintext,
            reflection: serve.reflection,
            metrics_listen: serve.metrics_listen,
            pool_size: serve.pool_size,
            ..serve.common.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_manual_tells_exit_codes_and_examples() {
        let help = Cli::command().render_long_help().to_string();
        for part in ["EXIT STATUS", "EXAMPLES", "DUCHA_DATABASE"] {
            assert!(help.contains(part), "{part} is missing in:\n{help}");
        }
    }
}
