//! One entry of the package: inflated once, counted as it comes, and scanned by what it is.

use std::io::{self, Read};

use crate::reader::error::{Measure, ReadError};
use crate::reader::limits::Limits;

use super::{Archive, Facts, PackedEntry, hostile, prolog, records, sheet, tables};

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;
/// Bytes of a part that is kept for its sheet names; 256 sheets take 40 kB.
const MOST_KEPT: usize = 4 * 1024 * 1024;
/// Longest way to write one character of XML text: `&#x1F600;`.
const BYTES_PER_CHAR: u64 = 9;

/// What has been inflated so far, and how far it may go.
pub(super) struct Budget<'l> {
    inflated: u64,
    file_bytes: u64,
    pub(super) limits: &'l Limits,
    pub(super) merges: u64,
}

impl<'l> Budget<'l> {
    pub(super) fn new(file_bytes: u64, limits: &'l Limits) -> Self {
        Self {
            inflated: 0,
            file_bytes,
            limits,
            merges: 0,
        }
    }
}

/// Inflated bytes, counted on their way through.
pub(super) struct Counted<'e, 'l, R> {
    inner: R,
    entry: &'e PackedEntry,
    pub(super) budget: &'e mut Budget<'l>,
    inflated: u64,
    /// Bytes since the last `<`, where the entry is text that calamine reads into memory.
    text_run: Option<u64>,
    refusal: Option<ReadError>,
}

impl<R: Read> Read for Counted<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.inflated += count as u64;
        self.budget.inflated += count as u64;
        self.count(&buffer[..count]).map_err(|refusal| {
            self.refusal = Some(refusal);
            io::Error::other("refused")
        })?;
        Ok(count)
    }
}

impl<R> Counted<'_, '_, R> {
    fn count(&mut self, chunk: &[u8]) -> Result<(), ReadError> {
        let limits = self.budget.limits;
        self.at_most(Measure::InflatedBytes, self.budget.inflated, limits.inflated_bytes)?;
        if self.entry.is_shared_strings() {
            self.at_most(Measure::SharedStringBytes, self.inflated, limits.shared_string_bytes)?;
        }
        self.check_ratio(self.inflated, self.entry.packed_bytes)?;
        self.check_ratio(self.budget.inflated, self.budget.file_bytes)?;
        self.check_text_run(chunk)
    }

    fn check_ratio(&self, inflated: u64, packed: u64) -> Result<(), ReadError> {
        let limits = self.budget.limits;
        if inflated > limits.ratio_free_bytes && inflated > packed.saturating_mul(limits.ratio) {
            let name = &self.entry.name;
            return Err(hostile(format!(
                "{packed} bytes inflate to {inflated} and more, in {name}"
            )));
        }
        Ok(())
    }

    fn check_text_run(&mut self, chunk: &[u8]) -> Result<(), ReadError> {
        let Some(run) = self.text_run else { return Ok(()) };
        let first = chunk.iter().position(|byte| *byte == b'<');
        let longest = run + first.unwrap_or(chunk.len()) as u64;
        let last = chunk.iter().rposition(|byte| *byte == b'<');
        self.text_run = Some(last.map_or(longest, |last| (chunk.len() - last) as u64));
        let limit = self.budget.limits.text_chars;
        self.at_most(Measure::TextChars, longest.div_ceil(BYTES_PER_CHAR), limit)
    }

    fn at_most(&self, what: Measure, found: u64, limit: u64) -> Result<(), ReadError> {
        if found <= limit {
            return Ok(());
        }
        let place = if what == Measure::InflatedBytes {
            String::new()
        } else {
            self.entry.name.clone()
        };
        Err(ReadError::TooLarge {
            what,
            found,
            limit,
            place,
        })
    }

    /// The part, as messages name it.
    pub(super) fn place(&self) -> String {
        self.entry.name.clone()
    }

    /// The refusal behind a failed read, or that the entry is damaged.
    pub(super) fn failed(&mut self, error: impl std::fmt::Display) -> ReadError {
        self.refusal
            .take()
            .unwrap_or_else(|| ReadError::damaged(&self.entry.name, error))
    }
}

impl PackedEntry {
    pub(super) fn is_shared_strings(&self) -> bool {
        self.name.rsplit('/').next() == Some("sharedstrings.xml")
    }

    fn is_xml(&self) -> bool {
        self.name.ends_with(".xml") || self.name.ends_with(".rels")
    }

    fn is_in_worksheets(&self) -> bool {
        self.name.contains("worksheets/")
    }

    fn is_text_of_cells(&self) -> bool {
        self.is_xml() && (self.is_in_worksheets() || self.is_shared_strings() || self.name == "content.xml")
    }
}

/// Checks `entry` and adds what it tells to `facts`.
pub(super) fn check(
    archive: &mut Archive,
    entry: &PackedEntry,
    budget: &mut Budget<'_>,
    facts: &mut Facts,
) -> Result<(), ReadError> {
    through(archive, entry, budget, |counted, head| {
        if entry.is_in_worksheets() && entry.name.ends_with(".xml") {
            let merges = sheet::merges(counted, head)?;
            facts.merges.insert(entry.name.clone(), merges);
        } else if entry.is_in_worksheets() && entry.name.ends_with(".bin") {
            let lost = records::lost_errors(counted, head, &entry.name)?;
            facts.lost_errors.insert(entry.name.clone(), lost);
        } else if entry.name == "content.xml" {
            tables::check(counted, head)?;
        }
        Ok(())
    })
}

/// Checks `entry` and keeps its bytes; empty if there are too many of them.
pub(super) fn kept(archive: &mut Archive, entry: &PackedEntry, budget: &mut Budget<'_>) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    through(archive, entry, budget, |counted, head| {
        bytes.extend_from_slice(head);
        let read = (&mut *counted).take(MOST_KEPT as u64).read_to_end(&mut bytes);
        read.map(drop).map_err(|error| counted.failed(error))
    })?;
    if bytes.len() > MOST_KEPT {
        bytes.clear();
    }
    Ok(bytes)
}

type Inflating<'e, 'l, 'z> = Counted<'e, 'l, Box<dyn Read + 'z>>;

/// Inflates `entry`: its first bytes are checked by its kind, `scan` takes what it wants of the rest, and the remainder
/// is read to the end, where the zip's checksum is compared.
fn through(
    archive: &mut Archive,
    entry: &PackedEntry,
    budget: &mut Budget<'_>,
    scan: impl FnOnce(&mut Inflating<'_, '_, '_>, &[u8]) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let file = archive
        .by_index(entry.index)
        .map_err(|error| ReadError::damaged(&entry.name, error))?;
    let text_run = entry.is_text_of_cells().then_some(0);
    let mut counted = Counted {
        inner: Box::new(file) as Box<dyn Read>,
        entry,
        budget,
        inflated: 0,
        text_run,
        refusal: None,
    };
    let mut head = Vec::with_capacity(CHUNK);
    let taken = (&mut counted).take(CHUNK as u64).read_to_end(&mut head);
    taken.map_err(|error| counted.failed(error))?;
    if entry.is_xml() {
        prolog::check(&head, head.len() == CHUNK, &entry.name)?;
    }
    let strings = if entry.is_shared_strings() {
        prolog::declared_strings(&head, &entry.name)?
    } else {
        0
    };
    scan(&mut counted, &head)?;
    drain(&mut counted)?;
    // The shortest entry of the table is `<si><t/>` with its end tag; calamine makes room for as many as declared.
    if strings > counted.inflated / 9 {
        return Err(hostile(format!(
            "{} declares {strings} texts in {} bytes",
            entry.name, counted.inflated
        )));
    }
    Ok(())
}

fn drain<R: Read>(counted: &mut Counted<'_, '_, R>) -> Result<(), ReadError> {
    let mut chunk = vec![0; CHUNK];
    loop {
        match counted.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(counted.failed(error)),
        }
    }
}
