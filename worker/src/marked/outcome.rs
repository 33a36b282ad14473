//! From the findings of a file to the copies of it: while the file is read its findings are kept, and when its fate is
//! known the copies are written.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::error::MarkError;
use super::marks::Marks;
use super::patch::{self, Source};
use super::plain::{self, Plain, Which};
use super::receipt::{Receipt, Remarks};
use super::said::Was;
use super::target::{self, Target};
use crate::check::Finding;
use crate::import::{Change, FileReport, FileState, Job, Reporter};

/// The ending of a workbook that is made anew.
const PLAIN: &str = "xlsx";

/// Writes marked copies and files of refused rows into their folders.
#[derive(Debug)]
pub struct Marker {
    marked: Option<Target>,
    refused: Option<Target>,
}

/// The findings of one file that is being read.
#[derive(Debug)]
pub struct Marking(Marks);

/// A reporter that also keeps the findings of the present file.
pub struct Watched<'a> {
    reporter: &'a mut dyn Reporter,
    marking: Option<&'a mut Marking>,
}

impl<'a> Watched<'a> {
    /// Tells `reporter` everything, and `marking`, if there is one, the findings.
    pub fn new(reporter: &'a mut dyn Reporter, marking: Option<&'a mut Marking>) -> Self {
        Self { reporter, marking }
    }
}

impl Reporter for Watched<'_> {
    fn rows_read(&mut self, rows: u64) {
        self.reporter.rows_read(rows);
    }

    fn finding(&mut self, file: &str, finding: &Finding) {
        if let Some(marking) = &mut self.marking {
            marking.0.add(finding);
        }
        self.reporter.finding(file, finding);
    }

    fn reason(&mut self, file: &str, finding: &Finding, reason: &str) {
        if let Some(marking) = &mut self.marking {
            marking.0.explain(finding, reason);
        }
        self.reporter.reason(file, finding, reason);
    }

    fn change(&mut self, file: &str, change: &Change) {
        self.reporter.change(file, change);
    }

    fn file(&mut self, report: FileReport) {
        self.reporter.file(report);
    }
}

impl Marker {
    /// Writes into these folders; nothing where neither is given.
    #[must_use]
    pub fn new(marked: Option<PathBuf>, refused: Option<PathBuf>) -> Self {
        Self {
            marked: marked.map(Target::marked),
            refused: refused.map(Target::refused),
        }
    }

    /// Begins a file; `None` where no copies are wanted.
    ///
    /// # Errors
    /// The system's: findings wait in a file without a name.
    pub fn begin(&self) -> io::Result<Option<Marking>> {
        match (&self.marked, &self.refused) {
            (None, None) => Ok(None),
            _ => Marks::new(&std::env::temp_dir()).map(|marks| Some(Marking(marks))),
        }
    }

    /// Writes the copies of a file whose fate is `report`; the paths written.
    ///
    /// # Errors
    /// [`MarkError`], with nothing half written. What happened to the file stays as it is.
    pub fn write(&mut self, job: &Job<'_>, report: &FileReport, marking: Marking) -> Result<Vec<PathBuf>, MarkError> {
        let Marking(mut marks) = marking;
        marks.settle()?;
        if report.error.as_ref().is_some_and(|error| error.code.starts_with('F')) {
            return Ok(Vec::new()); // what cannot be read cannot be marked
        }
        let copies = Copies {
            job,
            report,
            marks: &marks,
            receipt: receipt(job, report),
        };
        let mut written = Vec::new();
        if let Some(target) = &mut self.marked {
            written.push(copies.marked(target)?);
        }
        if let Some(target) = self.refused.as_mut().filter(|_| report.rows.refused > 0) {
            let path = target.path(job.path, job.name, PLAIN)?;
            copies.plain(&path, Which::Refused, row_numbers())?;
            written.push(path);
        }
        Ok(written)
    }
}

fn receipt<'r>(job: &Job<'r>, report: &'r FileReport) -> Receipt<'r> {
    let was = match report.state {
        FileState::Applied | FileState::AppliedInPart => Was::Imported,
        FileState::Checked | FileState::Planned => Was::Checked,
        FileState::Rejected => Was::Rejected,
    };
    Receipt {
        file: job.name,
        import_id: report.import_id.as_deref(),
        at_utc: job.now,
        sha256: &report.sha256,
        was,
        rows: report.rows,
        warnings: report.warnings,
        rejected: report
            .error
            .as_ref()
            .map(|error| (error.code.as_str(), error.zh.as_str(), error.en.as_str())),
    }
}

/// What the copies of a file are made of.
struct Copies<'a> {
    job: &'a Job<'a>,
    report: &'a FileReport,
    marks: &'a Marks,
    receipt: Receipt<'a>,
}

impl Copies<'_> {
    /// The county's own workbook with marks, or where it cannot be patched a plain copy of it that says so.
    fn marked(&self, target: &mut Target) -> Result<PathBuf, MarkError> {
        let job = self.job;
        let ending = target::ending(job.path);
        let path = target.path(job.path, job.name, ending)?;
        let (names, merges) = (HashMap::new(), HashMap::new());
        let source = Source {
            original: job.path,
            marks: self.marks,
            ledgers: &self.report.ledgers,
            summaries: &self.report.summaries,
            receipt: &self.receipt,
            remarks: Remarks::default(),
            names: &names,
            merges: &merges,
        };
        let file = target::begun(&path)?;
        match patch::write(&source, file.as_file()) {
            Ok(()) => {
                target::completed(file, &path)?;
                Ok(path)
            }
            Err(error) if error.concerns_layout() => {
                drop(file);
                let path = match ending {
                    PLAIN => path,
                    _ => target.path(job.path, job.name, PLAIN)?,
                };
                self.plain(&path, Which::All, not_kept(job.path, &error))?;
                Ok(path)
            }
            Err(error) => Err(error),
        }
    }

    /// A new workbook with the same values, marked.
    fn plain(&self, path: &Path, which: Which, remarks: Remarks) -> Result<(), MarkError> {
        let Plain {
            file: values,
            ledgers,
            names,
            merges,
            rows,
        } = plain::write(self.job, self.report, self.marks, which)?;
        let moved = match which {
            Which::All => None,
            Which::Refused => Some(self.marks.moved(&rows)?),
        };
        let source = Source {
            original: values.path(),
            marks: moved.as_ref().unwrap_or(self.marks),
            ledgers: &ledgers,
            summaries: &[],
            receipt: &self.receipt,
            remarks,
            names: &names,
            merges: &merges,
        };
        let file = target::begun(path)?;
        patch::write(&source, file.as_file())?;
        Ok(target::completed(file, path)?)
    }
}

/// What a message says of rows speaks of the file that was sent.
fn row_numbers() -> Remarks {
    let mut remarks = Remarks::default();
    remarks.add(
        "本文件只有未导入的行。问题说明里写到的“第 N 行”，指报送的原文件中的行。",
        "This file holds the refused rows only. Rows named in messages are those of the file that was sent.",
    );
    remarks
}

fn not_kept(original: &Path, error: &MarkError) -> Remarks {
    tracing::info!(file = %original.display(), %error, "the layout of the workbook is not kept in its marked copy");
    let mut remarks = Remarks::default();
    remarks.add(
        "原文件的版式无法保留（xls、xlsb、ods、et 等格式，或文件结构特殊）。本表内容与原文件相同，但字体、列宽、图片、公式、隐藏的工作表等没有保留，公式只保留结果。",
        "The layout of the original could not be kept (its format, or an unusual structure). The values are the same; fonts, widths, pictures, formulas and hidden sheets are not.",
    );
    remarks
}
