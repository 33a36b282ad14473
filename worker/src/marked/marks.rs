//! Where the marks of one file wait until it was read: a few bytes each in memory, their texts in a file without a name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use ducha_records::codes::Severity;
use ducha_records::rules::{Language, Params, Rule};
use serde::{Deserialize, Serialize};

use super::explained::Explained;
use super::states::RowStates;
use crate::check::Finding;
use crate::values::text::shortened;

/// Findings that are kept with their cells and texts: 32 MB of memory. Of those beyond, the status of their rows and the
/// counts by rule are kept.
const MOST_MARKS: usize = 1_000_000;

/// Characters of the reasons of a row: a cell takes 32,767.
const REASON_CHARS: usize = 32_000;

/// One finding, without its texts. Marks are in order by sheet, row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Position in [`Marks::sheet`]'s names.
    pub sheet: u16,
    /// Row, counted from 1; 0 for the whole sheet.
    pub row: u32,
    /// Column, counted from 0.
    pub column: Option<u16>,
    pub rule: &'static Rule,
    at: u64,
    length: u32,
}

/// The texts of one finding.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Texts {
    pub header: String,
    pub value: String,
    pub suggestion: String,
    pub params: Params,
}

impl Texts {
    /// The rule's text with this finding's values.
    pub fn message(&self, rule: &Rule, language: Language) -> String {
        rule.render(language, &self.params)
    }
}

/// How often a rule was broken, and where first.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub rule: &'static Rule,
    pub count: u64,
    /// Sheet and cell of the first one.
    pub first_sheet: Arc<str>,
    pub first_row: u32,
    pub first_column: Option<u16>,
    /// What the first one says: zh-CN and English.
    pub first: (String, String),
    /// For how many of them a reason was given.
    pub explained: u64,
}

/// The findings of one file.
#[derive(Debug)]
pub(super) struct Marks {
    sheets: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u16>,
    marks: Vec<Mark>,
    pub states: Vec<RowStates>,
    pub rules: BTreeMap<&'static str, Counted>,
    texts: BufWriter<File>,
    written: u64,
    /// The first failure to write; later texts are lost.
    failed: Option<io::Error>,
    /// Findings beyond [`MOST_MARKS`].
    pub untold: u64,
    explained: Explained,
    /// Reasons that could not be kept.
    unexplained: u64,
}

impl Marks {
    /// None yet. Their texts go to a nameless file in `folder`.
    pub fn new(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            sheets: Vec::new(),
            numbers: HashMap::new(),
            marks: Vec::new(),
            states: Vec::new(),
            rules: BTreeMap::new(),
            texts: BufWriter::new(tempfile::tempfile_in(folder)?),
            written: 0,
            failed: None,
            untold: 0,
            explained: Explained::default(),
            unexplained: 0,
        })
    }

    /// Keeps a finding.
    pub fn add(&mut self, finding: &Finding) {
        self.count(finding);
        let Some(sheet) = self.number(&finding.sheet) else {
            return;
        };
        let row = finding.row.unwrap_or(0);
        if row > 0 {
            self.states[usize::from(sheet)].add(row, finding.rule.severity);
        }
        if self.marks.len() == MOST_MARKS || self.failed.is_some() {
            self.untold += 1;
            return;
        }
        match self.write(finding) {
            Ok(length) => {
                self.marks.push(Mark {
                    sheet,
                    row,
                    column: finding.column.and_then(|column| u16::try_from(column).ok()),
                    rule: finding.rule,
                    at: self.written,
                    length,
                });
                self.written += u64::from(length);
            }
            Err(error) => self.failed = Some(error),
        }
    }

    /// Keeps why a warning stands.
    pub fn explain(&mut self, finding: &Finding, reason: &str) {
        if let Some(counted) = self.rules.get_mut(finding.rule.code) {
            counted.explained += 1;
        }
        let (Some(row), Some(sheet)) = (finding.row, self.number(&finding.sheet)) else {
            return;
        };
        let length = u32::try_from(reason.len()).ok().filter(|_| !self.explained.is_full());
        let (Some(length), None) = (length, &self.failed) else {
            self.unexplained += 1;
            return;
        };
        match self.texts.write_all(reason.as_bytes()) {
            Ok(()) => {
                let key = (sheet, row, finding.column.unwrap_or(u32::MAX), finding.rule.code);
                self.explained.add(key, (self.written, length));
                self.written += u64::from(length);
            }
            Err(error) => self.failed = Some(error),
        }
    }

    fn count(&mut self, finding: &Finding) {
        let first = || Counted {
            rule: finding.rule,
            count: 0,
            first_sheet: Arc::clone(&finding.sheet),
            first_row: finding.row.unwrap_or(0),
            first_column: finding.column.and_then(|column| u16::try_from(column).ok()),
            first: (
                finding.rule.render(Language::Zh, &finding.params),
                finding.rule.render(Language::En, &finding.params),
            ),
            explained: 0,
        };
        self.rules.entry(finding.rule.code).or_insert_with(first).count += 1;
    }

    /// The number of a sheet; none beyond the 65,536th, which no file that can be read has.
    fn number(&mut self, sheet: &Arc<str>) -> Option<u16> {
        if let Some(number) = self.numbers.get(sheet) {
            return Some(*number);
        }
        let number = u16::try_from(self.sheets.len()).ok()?;
        self.sheets.push(Arc::clone(sheet));
        self.states.push(RowStates::default());
        self.numbers.insert(Arc::clone(sheet), number);
        Some(number)
    }

    fn write(&mut self, finding: &Finding) -> io::Result<u32> {
        let texts = Texts {
            header: finding.header.clone(),
            value: finding.value.clone(),
            suggestion: finding.suggestion.clone(),
            params: finding.params.clone(),
        };
        let bytes = postcard::to_stdvec(&texts).map_err(io::Error::other)?;
        self.texts.write_all(&bytes)?;
        u32::try_from(bytes.len()).map_err(io::Error::other)
    }

    /// Puts them in order, for [`Self::of`].
    ///
    /// # Errors
    /// Where their texts could not be written.
    pub fn settle(&mut self) -> io::Result<()> {
        self.marks
            .sort_unstable_by_key(|mark| (mark.sheet, mark.row, mark.column.map_or(u32::MAX, u32::from), mark.at));
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.texts.flush(),
        }
    }

    /// The marks of a sheet, by row and column.
    pub fn of(&self, sheet: &str) -> &[Mark] {
        let Some(number) = self.numbers.get(sheet) else {
            return &[];
        };
        let start = self.marks.partition_point(|mark| mark.sheet < *number);
        let end = self.marks.partition_point(|mark| mark.sheet <= *number);
        &self.marks[start..end]
    }

    /// All marks, by sheet, row and column.
    pub fn all(&self) -> &[Mark] {
        &self.marks
    }

    /// What is the worst in a row of a sheet.
    pub fn worst(&self, sheet: &str, row: u32) -> Option<Severity> {
        self.states[usize::from(*self.numbers.get(sheet)?)].worst(row)
    }

    /// Why the finding of a mark stands.
    pub fn reason(&self, mark: &Mark) -> io::Result<Option<String>> {
        let column = mark.column.map_or(u32::MAX, u32::from);
        let place = self.explained.of((mark.sheet, mark.row, column, mark.rule.code));
        place.map(|place| self.text(place)).transpose()
    }

    /// Why the warnings in a row stand, each reason once; empty for none.
    pub fn reasons(&self, sheet: &str, row: u32) -> io::Result<String> {
        let Some(number) = self.numbers.get(sheet) else {
            return Ok(String::new());
        };
        let told = self.explained.in_row(*number, row).map(|place| self.text(place));
        let told: BTreeSet<String> = told.collect::<io::Result<_>>()?;
        let all = told.into_iter().collect::<Vec<_>>().join("；");
        Ok(shortened(&all, REASON_CHARS).into_owned())
    }

    /// Whether every reason that was told is known.
    pub const fn knows_reasons(&self) -> bool {
        self.unexplained == 0
    }

    fn text(&self, (at, length): (u64, u32)) -> io::Result<String> {
        let mut bytes = vec![0; length as usize];
        self.texts.get_ref().read_exact_at(&mut bytes, at)?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }

    /// The texts of a mark.
    pub fn texts(&self, mark: &Mark) -> io::Result<Texts> {
        let mut bytes = vec![0; mark.length as usize];
        self.texts.get_ref().read_exact_at(&mut bytes, mark.at)?;
        postcard::from_bytes(&bytes).map_err(io::Error::other)
    }
}

impl Marks {
    /// The marks of rows that went elsewhere, with the counts of these alone. `rows` says where from and where to, rising,
    /// by sheet; marks in rows that went nowhere are left out.
    pub fn moved(&self, rows: &HashMap<String, Vec<(u32, u32)>>) -> io::Result<Self> {
        let mut moved = Self {
            sheets: Vec::new(),
            numbers: HashMap::new(),
            marks: Vec::new(),
            states: Vec::new(),
            rules: BTreeMap::new(),
            texts: BufWriter::new(self.texts.get_ref().try_clone()?),
            written: self.written,
            failed: None,
            untold: self.untold,
            explained: Explained::default(), // refused rows have no record that a reason could be kept with
            unexplained: 0,
        };
        for mark in &self.marks {
            let sheet = &self.sheets[usize::from(mark.sheet)];
            let Some(rows) = rows.get(&**sheet) else { continue };
            let Ok(at) = rows.binary_search_by_key(&mark.row, |(from, _)| *from) else {
                continue;
            };
            let Some(number) = moved.number(sheet) else { continue };
            let mark = Mark {
                sheet: number,
                row: rows[at].1,
                ..*mark
            };
            moved.states[usize::from(number)].add(mark.row, mark.rule.severity);
            match moved.rules.get_mut(mark.rule.code) {
                Some(counted) => counted.count += 1,
                None => {
                    let counted = moved.first(&mark)?;
                    moved.rules.insert(mark.rule.code, counted);
                }
            }
            moved.marks.push(mark);
        }
        moved.settle()?;
        Ok(moved)
    }

    fn first(&self, mark: &Mark) -> io::Result<Counted> {
        let texts = self.texts(mark)?;
        Ok(Counted {
            rule: mark.rule,
            count: 1,
            first_sheet: Arc::clone(&self.sheets[usize::from(mark.sheet)]),
            first_row: mark.row,
            first_column: mark.column,
            first: (
                texts.message(mark.rule, Language::Zh),
                texts.message(mark.rule, Language::En),
            ),
            explained: 0,
        })
    }
}
