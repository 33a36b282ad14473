//! The file of divisions.

use std::collections::HashMap;

use super::{DivisionEntry, short_names};

/// Columns of the full file. Lists are parted by `|`; `kind` is `gb` or `local`.
const FULL: [&str; 7] = [
    "code",
    "name",
    "parent",
    "kind",
    "short_names",
    "former_codes",
    "former_names",
];

/// Columns of the plain file; its short names are made from the names.
const PLAIN: [&str; 3] = ["code", "name", "parent"];

/// Why a file of divisions was refused. Lines are counted from 1, the header being line 1.
#[derive(Debug, thiserror::Error)]
pub enum DivisionCsvError {
    /// Not readable as CSV, or a line with too many or too few fields.
    #[error("line {line}: {source}")]
    Unreadable {
        /// Where.
        line: u64,
        /// What the CSV reader found.
        source: csv::Error,
    },
    /// Other columns.
    #[error("line 1: found columns {found:?}, wanted code,name,parent or {}", FULL.join(","))]
    Header {
        /// The header as written.
        found: String,
    },
    /// A field that must not be empty.
    #[error("line {line}: {column} is empty")]
    Empty {
        /// Where.
        line: u64,
        /// The column's name.
        column: &'static str,
    },
    /// A kind of division that does not exist.
    #[error("line {line}: found kind {found:?}, wanted gb or local")]
    Kind {
        /// Where.
        line: u64,
        /// The kind as written.
        found: String,
    },
    /// A code that an earlier line has.
    #[error("line {line}: code {code} already stands on line {first_line}")]
    Twice {
        /// Where.
        line: u64,
        /// The code.
        code: String,
        /// Where it stood first.
        first_line: u64,
    },
    /// A parent that is in no line.
    #[error("line {line}: found parent {parent:?}, which is no code of the file")]
    Parent {
        /// Where.
        line: u64,
        /// The parent as written.
        parent: String,
    },
}

/// Reads a file of divisions, in either form; the order of its lines does not matter.
///
/// # Errors
/// See [`DivisionCsvError`].
pub fn parse_csv(text: &str) -> Result<Vec<DivisionEntry>, DivisionCsvError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(unreadable)?.clone();
    let is_full = header == FULL[..];
    if !is_full && header != PLAIN[..] {
        return Err(DivisionCsvError::Header {
            found: header.iter().collect::<Vec<_>>().join(","),
        });
    }
    let mut entries = Vec::new();
    let mut lines = HashMap::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, csv::Position::line);
        let entry = entry(&record, line, is_full)?;
        if let Some(first_line) = lines.insert(entry.code.clone(), line) {
            return Err(DivisionCsvError::Twice {
                line,
                code: entry.code,
                first_line,
            });
        }
        entries.push(entry);
    }
    check_parents(&entries, &lines)?;
    Ok(entries)
}

fn unreadable(source: csv::Error) -> DivisionCsvError {
    DivisionCsvError::Unreadable {
        line: source.position().map_or(1, csv::Position::line),
        source,
    }
}

fn entry(record: &csv::StringRecord, line: u64, is_full: bool) -> Result<DivisionEntry, DivisionCsvError> {
    let field = |at: usize| record.get(at).unwrap_or_default();
    let list = |at: usize| -> Vec<String> {
        field(at)
            .split('|')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    for (at, column) in [(0, "code"), (1, "name")] {
        if field(at).is_empty() {
            return Err(DivisionCsvError::Empty { line, column });
        }
    }
    let local = match field(3) {
        "local" => true,
        "gb" => false,
        "" if !is_full => false,
        found => {
            return Err(DivisionCsvError::Kind {
                line,
                found: found.to_owned(),
            });
        }
    };
    Ok(DivisionEntry {
        code: field(0).to_owned(),
        name: field(1).to_owned(),
        parent: Some(field(2)).filter(|parent| !parent.is_empty()).map(str::to_owned),
        local,
        short_names: if is_full { list(4) } else { short_names(field(1)) },
        former_codes: list(5),
        former_names: list(6),
    })
}

fn check_parents(entries: &[DivisionEntry], lines: &HashMap<String, u64>) -> Result<(), DivisionCsvError> {
    for entry in entries {
        if let Some(parent) = entry.parent.as_ref().filter(|parent| !lines.contains_key(*parent)) {
            let line = lines.get(&entry.code).copied().unwrap_or_default();
            return Err(DivisionCsvError::Parent {
                line,
                parent: parent.clone(),
            });
        }
    }
    Ok(())
}
