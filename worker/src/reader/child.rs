//! The child's side: `ducha-worker read FILE`. It binds itself before it opens the file, so that whatever calamine makes of
//! a hostile workbook ends this process and nothing else. It holds no database and opens no connection.

use std::fs::File;
use std::io::{self, BufWriter};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::error::ReadError;
use super::format::{Format, Sniffed, sniff};
use super::frame::{FrameWriter, Totals};
use super::json::JsonLines;
use super::limits::Limits;
use super::sink::Sink;
use super::view::FileView;
use super::{streamed, whole};

/// Exit code after a refusal that has been reported.
pub(super) const REFUSED: u8 = 1;
/// Exit code when not even a refusal could be reported.
const NO_OUTPUT: u8 = 2;

/// Reads `path` and writes frames to standard output. Exit code 0 after the whole workbook, 1 after a refusal.
///
/// Bounds the whole process it is called in, for good.
#[must_use]
pub fn run(path: &Path, limits: &Limits) -> ExitCode {
    let writer = stdout().and_then(FrameWriter::new);
    let mut writer = match writer {
        Ok(writer) => writer,
        Err(error) => return no_output(&error),
    };
    let outcome = bind(limits, Output::Pipe).and_then(|()| read(path, limits, &mut writer, bind_memory));
    match outcome {
        Ok(_) => ExitCode::SUCCESS,
        Err(refusal) => match writer.refused(&refusal) {
            Ok(()) => ExitCode::from(REFUSED),
            Err(error) => no_output(&error),
        },
    }
}

/// Reads `path` and writes lines of JSON to standard output; a refusal goes to standard error, in Chinese and English.
///
/// Bounds the whole process it is called in, for good.
#[must_use]
pub fn run_json(path: &Path, limits: &Limits) -> ExitCode {
    let mut lines = match stdout() {
        Ok(out) => JsonLines(BufWriter::new(out)),
        Err(error) => return no_output(&error),
    };
    let outcome = bind(limits, Output::Any).and_then(|()| read(path, limits, &mut lines, bind_memory));
    match outcome {
        Ok(_) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("{}: {}\n{}", refusal.code(), refusal.message_zh(), refusal.message_en());
            ExitCode::from(REFUSED)
        }
    }
}

/// Reads `path` into `sink`; `before_whole` is called before a format that must be read whole.
pub(super) fn read(
    path: &Path,
    limits: &Limits,
    sink: &mut impl Sink,
    before_whole: impl FnOnce(&Limits) -> Result<(), ReadError>,
) -> Result<Totals, ReadError> {
    let view = FileView::open(path, limits)?;
    let Sniffed {
        format,
        macros,
        listing,
    } = sniff(&view, limits)?;
    if matches!(format, Format::Xls | Format::Ods) {
        before_whole(limits)?;
    }
    match (format, listing) {
        (Format::Xlsx, Some(listing)) => streamed::xlsx(&view, listing, macros, limits, sink),
        (Format::Xlsb, Some(listing)) => streamed::xlsb(&view, listing, macros, limits, sink),
        (Format::Ods, Some(listing)) => whole::ods(&view, listing, limits, sink),
        (Format::Xls, _) => whole::xls(&view, macros, limits, sink),
        (_, None) => Err(ReadError::NotAWorkbook),
    }
}

/// Standard output without the line buffer that `std` puts before it.
fn stdout() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

fn no_output(error: &io::Error) -> ExitCode {
    eprintln!("cannot write to standard output: {error}");
    ExitCode::from(NO_OUTPUT)
}

#[derive(Clone, Copy, PartialEq)]
enum Output {
    /// A pipe: no file needs to be written at all.
    Pipe,
    /// Perhaps a file, by redirection of the shell.
    Any,
}

fn bind(limits: &Limits, output: Output) -> Result<(), ReadError> {
    set(Resource::As, limits.memory_bytes, 0)?;
    // One second between the signal that can be told apart and the kill that cannot.
    set(Resource::Cpu, limits.cpu_seconds, 1)?;
    set(Resource::Core, 0, 0)?;
    if output == Output::Pipe {
        set(Resource::Fsize, 0, 0)?;
    }
    Ok(())
}

fn bind_memory(limits: &Limits) -> Result<(), ReadError> {
    set(Resource::As, limits.whole_memory_bytes.min(limits.memory_bytes), 0)
}

/// Lowers a limit of this process; a limit that is lower already stays.
fn set(resource: Resource, soft: u64, grace: u64) -> Result<(), ReadError> {
    let ceiling = rustix::process::getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let limit = Rlimit {
        current: Some(soft.min(ceiling)),
        maximum: Some(soft.saturating_add(grace).min(ceiling)),
    };
    setrlimit(resource, limit).map_err(ReadError::unreadable)
}
