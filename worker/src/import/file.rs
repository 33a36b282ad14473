//! One file from its bytes to its report.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, SyncSender};

use chrono::{NaiveDate, NaiveDateTime};
use ducha_records::Db;
use ducha_records::codes::{ImportState, Mode, Severity};
use ducha_records::importing::{CommitError, RowCounts};
use ducha_records::imports::Import;
use ducha_records::inspections::Inspection;
use ducha_records::{in_transaction, queue};

use super::begin::{fingerprint, new_import};
use super::report::{FileReport, FileState, Reporter};
use super::told::{applied, kept, planned, refused, rejected, report};
use super::writer::{self, Message, Opening, Planning, Written};
use crate::check::{self, Checked, Context, FileRefusal, Finding, Piece, Sink, Stopped};
use crate::reader::{Limits, Reader};

/// Pieces under way between the checking and the writing thread; each holds a thousand rows or so.
const UNDER_WAY: usize = 6;

/// What to do with one file.
pub struct Job<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// How it is called in reports.
    pub name: &'a str,
    /// What it is checked against.
    pub context: Context<'a>,
    /// The program whose `read` command reads it: this one.
    pub program: &'a Path,
    /// What a file may ask of the reader.
    pub limits: &'a Limits,
    /// The inspection it belongs to.
    pub inspection: &'a str,
    /// Who hands it in.
    pub submitter: &'a str,
    /// Whether it holds every row of its division.
    pub complete: bool,
    /// Now, UTC.
    pub now: NaiveDateTime,
    /// Today in China.
    pub today: NaiveDate,
    /// The import it is, if it was claimed from the queue.
    pub claimed: Option<&'a Import>,
    /// Set when the work shall end at once: the claim is lost, or the program stops.
    pub stop: &'a AtomicBool,
}

impl Job<'_> {
    /// Whether it was claimed and handed in to go so far.
    fn mode_is(&self, mode: Mode) -> bool {
        self.claimed.is_some_and(|import| import.mode == mode.code())
    }
}

/// A file that is nobody's to stop.
pub static GO_ON: AtomicBool = AtomicBool::new(false);

/// Why a file could neither be imported nor refused.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The database.
    #[error("the database failed, nothing of this file was imported: {0}")]
    Database(#[from] diesel::result::Error),
    /// The commit.
    #[error("nothing of this file was imported: {0}")]
    Commit(#[from] CommitError),
    /// The file cannot be opened.
    #[error("cannot read {path}: {error}")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It was told to stop.
    #[error("stopped; nothing of this file was imported")]
    Stopped,
    /// A thread of this program ended in a panic.
    #[error("the writing thread failed; nothing of this file was imported")]
    Thread,
}

/// Imports one file in one transaction and tells `reporter`.
///
/// # Errors
/// [`FileError`]; nothing of the file is stored then. A file that is refused is no error.
pub fn import_file(db: &mut Db, job: &Job<'_>, reporter: &mut dyn Reporter) -> Result<FileReport, FileError> {
    // What the province lists is compared with its assignments, which only the commit can do.
    let how = How {
        // What was planned is compared with the plan, row by row.
        known: !job.context.register() && !job.mode_is(Mode::Plan),
        keep: false,
        plan: None,
    };
    let again = How { known: false, ..how };
    let ended = match attempt(db, job, reporter, how) {
        Err(FileError::Commit(CommitError::Raced)) => attempt(db, job, &mut Again(reporter), again),
        Err(FileError::Commit(CommitError::TermsBroken | CommitError::PlanChanged)) => {
            return keep_file(db, job, &mut Again(reporter));
        }
        ended => ended,
    };
    settled(db, job, ended?)
}

/// Checks or plans a claimed file and keeps the verdict; no record changes. Tells `reporter`.
///
/// # Errors
/// [`FileError`]; nothing is kept then. A file that is refused is no error.
pub fn keep_file(db: &mut Db, job: &Job<'_>, reporter: &mut dyn Reporter) -> Result<FileReport, FileError> {
    let how = How {
        known: false,
        keep: true,
        plan: None,
    };
    let ended = attempt(db, job, reporter, how)?;
    settled(db, job, ended)
}

fn settled(db: &mut Db, job: &Job<'_>, ended: Ended) -> Result<FileReport, FileError> {
    match ended {
        Ended::Written(report) => Ok(*report),
        Ended::Refused(import, refusal) => reject(db, job, *import, refusal),
    }
}

/// Tells `reporter` what importing a file would change, for an inspection that is not stored yet if `new` is one. Nothing
/// is written.
///
/// # Errors
/// [`FileError`]. A file that is refused is no error.
pub fn plan_file(
    db: &mut Db,
    job: &Job<'_>,
    new: Option<&Inspection>,
    reporter: &mut dyn Reporter,
) -> Result<FileReport, FileError> {
    let how = How {
        known: false,
        keep: false,
        plan: Some(Planning {
            profiles: job.context.profiles,
            new,
        }),
    };
    match attempt(db, job, reporter, how)? {
        Ended::Written(report) => Ok(*report),
        Ended::Refused(import, refusal) => Ok(rejected(job, &refused(refusal), import.file_sha256)),
    }
}

/// How a file is gone through.
#[derive(Clone, Copy)]
struct How<'a> {
    /// Rows that say what is stored are not staged.
    known: bool,
    /// The verdict is kept, and no record changes.
    keep: bool,
    /// Nothing is written.
    plan: Option<Planning<'a>>,
}

/// How it ended.
enum Ended {
    Written(Box<FileReport>),
    Refused(Box<Import>, FileRefusal),
}

/// Reads, stages and commits a file, or plans it.
fn attempt(db: &mut Db, job: &Job<'_>, reporter: &mut dyn Reporter, how: How<'_>) -> Result<Ended, FileError> {
    let import = new_import(job)?;
    let rejected = import.clone();
    let reporter = &Mutex::new(reporter);
    let (sender, receiver) = mpsc::sync_channel(UNDER_WAY);
    let opening = Opening {
        import,
        register: job.context.register(),
        known: how.known,
        keep: how.keep,
        plan: how.plan,
        today: job.today,
        now: job.now,
        file: job.name,
    };
    let (checked, written) = std::thread::scope(|scope| {
        let writing = scope.spawn(move || {
            // The receiver ends with this thread: a writer that fails must not leave the other side waiting.
            let receiver = receiver;
            writer::run(db, &receiver, opening, reporter)
        });
        let mut channel = Channel {
            sender,
            file: job.name,
            reporter,
            stop: job.stop,
        };
        let checked = run_check(job, &mut channel).inspect(|checked| {
            // A writer that is gone has its own error to tell.
            let _ = channel.sender.send(Message::End(Box::new(checked.clone())));
        });
        drop(channel);
        (checked, writing.join())
    });
    let written = written.map_err(|_| FileError::Thread)??;
    match (checked, written) {
        (Ok(checked), Some(Written::Committed(committed))) => {
            Ok(Ended::Written(Box::new(applied(job, checked, *committed))))
        }
        (Ok(checked), Some(Written::Planned(plan))) => {
            let report = planned(job, checked, plan, rejected.file_sha256);
            Ok(Ended::Written(Box::new(report)))
        }
        (Ok(checked), Some(Written::Kept(kept))) => Ok(Ended::Written(Box::new(self::kept(job, checked, *kept)))),
        (Err(Stopped::Refused(refusal)), _) => Ok(Ended::Refused(Box::new(rejected), refusal)),
        _ if job.stop.load(Ordering::Relaxed) => Err(FileError::Stopped),
        _ => Err(FileError::Thread),
    }
}

/// Told what was found in the cells already, hears only what the stored records tell.
struct Again<'a>(&'a mut dyn Reporter);

impl Reporter for Again<'_> {
    fn rows_read(&mut self, rows: u64) {
        self.0.rows_read(rows);
    }

    fn finding(&mut self, file: &str, finding: &Finding) {
        if finding.rule.needs_records() {
            self.0.finding(file, finding);
        }
    }

    fn reason(&mut self, file: &str, finding: &Finding, reason: &str) {
        self.0.reason(file, finding, reason);
    }

    fn file(&mut self, report: FileReport) {
        self.0.file(report);
    }
}

/// Checks one file without a database.
///
/// # Errors
/// [`FileError::Open`].
pub fn check_file(job: &Job<'_>, reporter: &mut dyn Reporter) -> Result<FileReport, FileError> {
    let (sha256, _) = fingerprint(job.path)?;
    let mut counter = Counter {
        file: job.name,
        reporter,
        warnings: 0,
    };
    let report = match run_check(job, &mut counter) {
        Ok(checked) => FileReport {
            rows: RowCounts {
                unchanged: (checked.rows - checked.refused) as i64,
                refused: checked.refused as i64,
                ..RowCounts::default()
            },
            warnings: counter.warnings,
            ..report(job, checked, FileState::Checked, sha256)
        },
        Err(Stopped::Refused(refusal)) => rejected(job, &refused(refusal), sha256),
        Err(Stopped::Sink(never)) => match never {},
    };
    Ok(report)
}

fn run_check<S: Sink>(job: &Job<'_>, sink: &mut S) -> Result<Checked, Stopped<S::Error>> {
    let start = Reader::start(job.program, job.path, job.limits);
    let mut reader = start.map_err(|error| Stopped::Refused(FileRefusal::Unreadable(error)))?;
    check::check(|| reader.next_frame(), &job.context, sink)
}

/// The writer is gone, or the work shall stop.
struct Gone;

struct Channel<'a, 'r> {
    sender: SyncSender<Message>,
    file: &'a str,
    reporter: &'a Mutex<&'r mut dyn Reporter>,
    stop: &'a AtomicBool,
}

impl Sink for Channel<'_, '_> {
    type Error = Gone;

    fn take(&mut self, piece: Piece) -> Result<(), Gone> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Gone);
        }
        if let Ok(mut reporter) = self.reporter.lock() {
            reporter.rows_read(piece.rows_read);
            piece
                .findings
                .iter()
                .for_each(|finding| reporter.finding(self.file, finding));
        }
        self.sender.send(Message::Piece(Box::new(piece))).map_err(|_| Gone)
    }
}

struct Counter<'a> {
    file: &'a str,
    reporter: &'a mut dyn Reporter,
    warnings: u64,
}

impl Sink for Counter<'_> {
    type Error = std::convert::Infallible;

    fn take(&mut self, piece: Piece) -> Result<(), Self::Error> {
        self.reporter.rows_read(piece.rows_read);
        for finding in &piece.findings {
            self.warnings += u64::from(finding.rule.severity == Severity::Warning);
            self.reporter.finding(self.file, finding);
        }
        Ok(())
    }
}

/// A file that is refused leaves an import that says why.
fn reject(db: &mut Db, job: &Job<'_>, mut import: Import, refusal: FileRefusal) -> Result<FileReport, FileError> {
    let refused = refused(refusal);
    import.state = ImportState::Rejected.code();
    import.finished_at_utc = Some(chrono::Utc::now().naive_utc());
    import.errors = 1;
    import.error_code = Some(refused.code.clone());
    import.error_zh = Some(refused.zh.clone());
    import.error_en = Some(refused.en.clone());
    // What cannot be read cannot be marked.
    import.copies_due &= !refused.code.starts_with('F');
    in_transaction(db, |db| queue::end(db, &import, 0)).map_err(CommitError::from)?;
    Ok(FileReport {
        import_id: Some(import.id),
        ..rejected(job, &refused, import.file_sha256)
    })
}
