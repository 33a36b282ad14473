//! One file from its bytes to its report.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{self, SyncSender};

use chrono::{NaiveDate, NaiveDateTime};
use ducha_records::Db;
use ducha_records::codes::{ImportState, Mode, Severity};
use ducha_records::importing::{CommitError, Committed, RowCounts};
use ducha_records::imports::{self, Import};
use ducha_records::rules::Language;
use sha2::{Digest, Sha256};

use super::report::{FileRefused, FileReport, FileState, Reporter};
use super::writer::{self, Message, Opening};
use crate::check::{self, Checked, Context, FileRefusal, Finding, Piece, Sink, Stopped};
use crate::reader::{Limits, ReadError, Reader};

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
}

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
    let known = !job.context.register();
    match attempt(db, job, reporter, known) {
        Err(FileError::Commit(CommitError::Raced)) => attempt(db, job, &mut Again(reporter), false),
        ended => ended,
    }
}

/// Reads, stages and commits a file. With `known`, rows that say what is stored are not staged.
fn attempt(db: &mut Db, job: &Job<'_>, reporter: &mut dyn Reporter, known: bool) -> Result<FileReport, FileError> {
    let import = new_import(job)?;
    let rejected = import.clone();
    let reporter = &Mutex::new(reporter);
    let (sender, receiver) = mpsc::sync_channel(UNDER_WAY);
    let opening = Opening {
        import,
        register: job.context.register(),
        known,
        today: job.today,
        now: job.now,
        file: job.name,
    };
    let connection = &mut *db;
    let (checked, written) = std::thread::scope(|scope| {
        let writing = scope.spawn(move || {
            // The receiver ends with this thread: a writer that fails must not leave the other side waiting.
            let receiver = receiver;
            writer::run(connection, &receiver, opening, reporter)
        });
        let mut channel = Channel {
            sender,
            file: job.name,
            reporter,
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
        (Ok(checked), Some(committed)) => Ok(applied(job, &checked, &committed)),
        (Err(Stopped::Refused(refusal)), _) => reject(db, job, rejected, refusal),
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
        if finding.rule.code.starts_with(STORED) {
            self.0.finding(file, finding);
        }
    }

    fn file(&mut self, report: FileReport) {
        self.0.file(report);
    }
}

/// Codes of the rules against stored records begin with it.
const STORED: char = 'D';

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
            file: job.name.to_owned(),
            import_id: None,
            kinds: checked.kinds.iter().map(|kind| kind.as_str()).collect(),
            state: FileState::Checked,
            rows: RowCounts {
                unchanged: (checked.rows - checked.refused) as i64,
                refused: checked.refused as i64,
                ..RowCounts::default()
            },
            warnings: counter.warnings,
            error: None,
            sha256,
            ledgers: checked.ledgers,
            summaries: checked.summaries,
            copies: Vec::new(),
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

/// The writer is gone.
struct Gone;

struct Channel<'a, 'r> {
    sender: SyncSender<Message>,
    file: &'a str,
    reporter: &'a Mutex<&'r mut dyn Reporter>,
}

impl Sink for Channel<'_, '_> {
    type Error = Gone;

    fn take(&mut self, piece: Piece) -> Result<(), Gone> {
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

/// SHA-256 (64 lower-case hexadecimal digits) and size of a file.
fn fingerprint(path: &Path) -> Result<(String, u64), FileError> {
    let fail = |error| FileError::Open {
        path: path.to_path_buf(),
        error,
    };
    let mut file = File::open(path).map_err(fail)?;
    let (mut hasher, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(fail)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        size += read as u64;
    }
    Ok((
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
        size,
    ))
}

fn new_import(job: &Job<'_>) -> Result<Import, FileError> {
    let (file_sha256, file_bytes) = fingerprint(job.path)?;
    Ok(Import {
        id: uuid::Uuid::now_v7().to_string(),
        inspection_id: job.inspection.to_owned(),
        division: job.context.division.clone(),
        file_name: job.name.to_owned(),
        file_sha256,
        file_bytes: file_bytes as i64,
        submitter: job.submitter.to_owned(),
        request_id: None,
        mode: Mode::Apply.code(),
        state: ImportState::Applying.code(),
        complete: job.complete,
        kinds: String::new(),
        sheets: "[]".to_owned(),
        reported_on: None,
        rows_read: 0,
        inserted: 0,
        updated: 0,
        unchanged: 0,
        refused: 0,
        errors: 0,
        warnings: 0,
        notes: 0,
        error_code: None,
        error_zh: None,
        error_en: None,
        indexed: true,
        attempt: 1,
        lease_token: 0,
        lease_until_utc: None,
        worker: None,
        created_at_utc: job.now,
        started_at_utc: Some(job.now),
        finished_at_utc: None,
    })
}

fn applied(job: &Job<'_>, checked: &Checked, committed: &Committed) -> FileReport {
    FileReport {
        file: job.name.to_owned(),
        import_id: Some(committed.import.id.clone()),
        kinds: checked.kinds.iter().map(|kind| kind.as_str()).collect(),
        state: if committed.rows.refused == 0 {
            FileState::Applied
        } else {
            FileState::AppliedInPart
        },
        rows: committed.rows,
        warnings: committed.import.warnings as u64,
        error: None,
        sha256: committed.import.file_sha256.clone(),
        ledgers: checked.ledgers.clone(),
        summaries: checked.summaries.clone(),
        copies: Vec::new(),
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
    imports::create(db, &import)?;
    Ok(FileReport {
        import_id: Some(import.id),
        ..rejected(job, &refused, import.file_sha256)
    })
}

fn rejected(job: &Job<'_>, refused: &FileRefused, sha256: String) -> FileReport {
    FileReport {
        file: job.name.to_owned(),
        import_id: None,
        kinds: Vec::new(),
        state: FileState::Rejected,
        rows: RowCounts::default(),
        warnings: 0,
        error: Some(refused.clone()),
        sha256,
        ledgers: Vec::new(),
        summaries: Vec::new(),
        copies: Vec::new(),
    }
}

fn refused(refusal: FileRefusal) -> FileRefused {
    match refusal {
        FileRefusal::Unreadable(error) => unreadable(&error),
        FileRefusal::NoLedger(finding) => FileRefused {
            code: finding.rule.code.to_owned(),
            zh: finding.rule.render(Language::Zh, &finding.params),
            en: finding.rule.render(Language::En, &finding.params),
        },
    }
}

fn unreadable(error: &ReadError) -> FileRefused {
    FileRefused {
        code: error.code().to_owned(),
        zh: error.message_zh(),
        en: error.message_en(),
    }
}
