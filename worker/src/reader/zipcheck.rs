//! What is checked in a zip package before calamine opens it. calamine believes what a package declares: a file of 2 kB
//! that claims four thousand million shared strings ends its process. So every entry is inflated once here, counting what
//! really comes out, and no entry is parsed by calamine before it went through.
//!
//! To keep the cost near nothing, the sheets are checked on a second thread while calamine reads the shared strings, and
//! since a sheet names its merged cells behind its rows, they are collected on the way.

use std::collections::{HashMap, HashSet};
use std::io::{BufReader, Read};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

use zip::ZipArchive;

use crate::cell::Merge;

use super::error::{Measure, ReadError};
use super::format::Format;
use super::limits::Limits;
use super::view::FileView;

mod entry;
mod names;
mod prolog;
mod records;
mod sheet;
mod tables;

use entry::Budget;
pub(super) use records::LostError;

pub(super) type Archive = ZipArchive<BufReader<FileView>>;

/// One entry of the package.
#[derive(Debug)]
pub(super) struct PackedEntry {
    index: usize,
    /// Name in lower case with `/` between folders: calamine finds parts that way.
    pub(super) name: String,
    packed_bytes: u64,
}

/// The entries of a package, their names checked.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) entries: Vec<PackedEntry>,
    /// First 64 bytes of the entry `mimetype` of OpenDocument; empty without one.
    pub(super) mimetype: String,
}

/// What the pre-pass learned about the sheets.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Merged blocks by part, for every part that was scanned for them.
    merges: HashMap<String, Vec<Merge>>,
    /// Formula cells with an error value by part, which calamine leaves out of an xlsb.
    lost_errors: HashMap<String, Vec<LostError>>,
    /// Part by sheet name.
    parts: HashMap<String, String>,
}

/// The check under way.
#[derive(Debug)]
pub(super) struct Prepass {
    parts_checked: Receiver<()>,
    thread: JoinHandle<Result<Facts, ReadError>>,
}

/// Opens the package; names and counts are not yet checked.
pub(super) fn open(view: &FileView) -> Result<Archive, ReadError> {
    ZipArchive::new(BufReader::new(view.clone())).map_err(|error| ReadError::damaged("zip", error))
}

impl Listing {
    /// Lists the entries and refuses names that could hide one part behind another or reach out of the package.
    pub(super) fn read(view: &FileView, limits: &Limits) -> Result<Self, ReadError> {
        let mut archive = open(view)?;
        if archive.len() as u64 > limits.zip_entries {
            return Err(ReadError::TooLarge {
                what: Measure::ZipEntries,
                found: archive.len() as u64,
                limit: limits.zip_entries,
                place: String::new(),
            });
        }
        if archive.has_duplicate_names() {
            return Err(hostile("two entries have the same name"));
        }
        let mut entries = Vec::with_capacity(archive.len());
        let mut seen = HashSet::new();
        for index in 0..archive.len() {
            let entry = listed(&mut archive, index)?;
            if !seen.insert(entry.name.clone()) {
                return Err(hostile(format!("two entries are named {}", entry.name)));
            }
            entries.push(entry);
        }
        let mimetype = mimetype(&mut archive);
        Ok(Self { entries, mimetype })
    }
}

fn listed(archive: &mut Archive, index: usize) -> Result<PackedEntry, ReadError> {
    let file = archive
        .by_index_raw(index)
        .map_err(|error| ReadError::damaged("zip", error))?;
    let name = file
        .name()
        .map_err(|error| ReadError::damaged("zip", error))?
        .replace('\\', "/")
        .to_ascii_lowercase();
    if file.encrypted() {
        return Err(ReadError::Password);
    }
    if name.starts_with('/') || name.get(1..2) == Some(":") || name.split('/').any(|folder| folder == "..") {
        return Err(hostile(format!("the entry {name} points out of the package")));
    }
    Ok(PackedEntry {
        index,
        name,
        packed_bytes: file.compressed_size(),
    })
}

fn mimetype(archive: &mut Archive) -> String {
    let mut text = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        // Where it is unreadable the file is no OpenDocument; what it is, other entries tell.
        let _ = file.take(64).read_to_string(&mut text);
    }
    text
}

fn hostile(detail: impl Into<String>) -> ReadError {
    ReadError::HostileZip { detail: detail.into() }
}

impl Prepass {
    /// Begins the check on a thread of its own.
    pub(super) fn start(view: &FileView, listing: Listing, format: Format, limits: &Limits) -> Result<Self, ReadError> {
        let (done, parts_checked) = channel();
        let (view, limits) = (view.clone(), limits.clone());
        let thread = std::thread::Builder::new()
            .name("zipcheck".into())
            .spawn(move || {
                check(&view, &listing, format, &limits, || {
                    // The other end is gone only when the child is on its way out.
                    let _ = done.send(());
                })
            })
            .map_err(ReadError::unreadable)?;
        Ok(Self { parts_checked, thread })
    }

    /// Waits until every part that calamine reads when it opens a workbook has passed.
    pub(super) fn wait_for_parts(self) -> Result<Self, ReadError> {
        match self.parts_checked.recv() {
            Ok(()) => Ok(self),
            Err(_) => match self.finish() {
                Err(error) => Err(error),
                Ok(_) => Err(ReadError::damaged("zip", "the check ended early")),
            },
        }
    }

    /// Waits until every entry has passed.
    pub(super) fn finish(self) -> Result<Facts, ReadError> {
        match self.thread.join() {
            Ok(facts) => facts,
            // The panic has been printed; the parent must see this process end by it.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// Checks every entry; calls `parts_passed` once, when only sheets are left.
fn check(
    view: &FileView,
    listing: &Listing,
    format: Format,
    limits: &Limits,
    parts_passed: impl FnOnce(),
) -> Result<Facts, ReadError> {
    let mut archive = open(view)?;
    if archive
        .has_overlapping_files()
        .map_err(|error| ReadError::damaged("zip", error))?
    {
        return Err(hostile("two entries share their packed bytes"));
    }
    let mut budget = Budget::new(view.length(), limits);
    let mut facts = Facts::default();
    let later = |entry: &PackedEntry| entry.name.starts_with("xl/worksheets/");
    let root = listing.entries.iter().find(|entry| entry.name == "_rels/.rels");
    let root = root
        .map(|entry| entry::kept(&mut archive, entry, &mut budget))
        .transpose()?
        .unwrap_or_default();
    let may_wait = match format {
        Format::Xlsx => names::opens_no_sheet(&root),
        Format::Xlsb => true,
        Format::Xls | Format::Ods => false,
    };
    let workbook = match format {
        Format::Xlsb => names::WorkbookPart::of_xlsb(),
        _ => names::workbook_part(&root),
    };
    let mut kept = names::Kept::default();
    let (first, last): (Vec<_>, Vec<_>) = listing.entries.iter().partition(|entry| !(may_wait && later(entry)));
    for entry in first.into_iter().filter(|entry| entry.name != "_rels/.rels") {
        if workbook.keeps(&entry.name) {
            kept.keep(&workbook, &entry.name, entry::kept(&mut archive, entry, &mut budget)?);
        } else {
            entry::check(&mut archive, entry, &mut budget, &mut facts)?;
        }
    }
    parts_passed();
    for entry in last {
        entry::check(&mut archive, entry, &mut budget, &mut facts)?;
    }
    facts.parts = kept.sheet_parts(&workbook);
    Ok(facts)
}

impl Facts {
    /// The merged blocks of a sheet by first row; `None` if its part was not found or not scanned.
    pub(super) fn merges_of(&mut self, sheet: &str) -> Option<Vec<Merge>> {
        let mut merges = self.merges.remove(self.parts.get(sheet)?)?;
        merges.sort_by_key(|merge| (merge.first_row, merge.first_column));
        Some(merges)
    }

    /// The formula errors of the xlsb sheet in `part`, in the order of the file.
    pub(super) fn lost_errors_of(&mut self, sheet: &str) -> Vec<LostError> {
        self.parts
            .get(sheet)
            .and_then(|part| self.lost_errors.remove(part))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
