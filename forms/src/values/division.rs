//! Administrative divisions by code and by every way of writing their names.
//!
//! Codes are those of GB/T 2260 (`520102`) or local ones outside its space (`52Z001`).

use std::collections::{BTreeSet, HashMap, HashSet};

use ducha_records::divisions::Division;

use super::{pieces, similar, text};

mod csv_file;
mod names;
#[cfg(test)]
mod tests;

pub use csv_file::{DivisionCsvError, parse_csv};
pub use names::short_names;

/// Longest chain of parents: a county, its prefecture, its province, and room for one more level.
const MOST_PARENTS: usize = 4;

/// Longest single name or path that is looked at, in characters.
const LONGEST_CHARS: usize = 48;

/// One division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionEntry {
    /// Six characters.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Code of the division above.
    pub parent: Option<String>,
    /// Whether it is no division of the state but an area that reports like one.
    pub local: bool,
    /// Names in use beside the full one.
    pub short_names: Vec<String>,
    /// Codes that it, or a division now part of it, once had.
    pub former_codes: Vec<String>,
    /// Names that it, or a division now part of it, once had.
    pub former_names: Vec<String>,
}

impl From<Division> for DivisionEntry {
    fn from(row: Division) -> Self {
        let list = |text: String| {
            text.split('|')
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Self {
            code: row.code,
            name: row.name,
            parent: row.parent,
            local: row.local,
            short_names: list(row.short_names),
            former_codes: list(row.former_codes),
            former_names: list(row.former_names),
        }
    }
}

impl From<Vec<Division>> for Gazetteer {
    fn from(rows: Vec<Division>) -> Self {
        Self::new(rows.into_iter().map(Into::into).collect())
    }
}

/// One division that a cell names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionMatch {
    /// Its code of today.
    pub code: String,
    /// Whether the cell used a former code or name.
    pub former: bool,
}

/// Why a cell names no divisions. The text is the part that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DivisionFault {
    /// No division is called that.
    #[error("found {0:?}, which names no division")]
    Unknown(String),
    /// Several divisions are called that; their codes.
    #[error("found {0:?}, which may be any of {codes}", codes = .1.join(", "))]
    Ambiguous(String, Vec<String>),
}

/// A division that a text names, by its position among the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Named {
    at: usize,
    former: bool,
}

/// All divisions, found by code and name.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    entries: Vec<DivisionEntry>,
    by_code: HashMap<String, usize>,
    /// Codes and names of today and of before, folded.
    by_text: HashMap<String, Vec<Named>>,
    /// Lengths in bytes, falling, of the names of those that have others below them: where a path can be cut.
    head_lengths: Vec<usize>,
}

impl Gazetteer {
    /// Indexes the entries. Of two with one code the first counts. A name in use goes before the same name as a former
    /// one.
    #[must_use]
    pub fn new(entries: Vec<DivisionEntry>) -> Self {
        let mut by_code = HashMap::with_capacity(entries.len());
        let mut by_text: HashMap<String, Vec<Named>> = HashMap::with_capacity(entries.len() * 4);
        for (at, entry) in entries.iter().enumerate() {
            by_code.entry(entry.code.clone()).or_insert(at);
            for written in [&entry.code, &entry.name].into_iter().chain(&entry.short_names) {
                add(&mut by_text, written, Named { at, former: false });
            }
        }
        let mut former: HashMap<String, Vec<Named>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for written in entry.former_codes.iter().chain(&entry.former_names) {
                add(&mut former, written, Named { at, former: true });
            }
        }
        for (key, named) in former {
            by_text.entry(key).or_insert(named);
        }
        let head_lengths = head_lengths(&entries, &by_text);
        Self {
            entries,
            by_code,
            by_text,
            head_lengths,
        }
    }

    /// The division with this code of today.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&DivisionEntry> {
        self.by_code.get(code).map(|&at| &self.entries[at])
    }

    /// Whether any division lies directly in the one with this code.
    #[must_use]
    pub fn has_below(&self, code: &str) -> bool {
        self.entries.iter().any(|entry| entry.parent.as_deref() == Some(code))
    }

    /// Whether `code` is `ancestor` or lies in it.
    #[must_use]
    pub fn is_within(&self, code: &str, ancestor: &str) -> bool {
        let mut current = code;
        for _ in 0..=MOST_PARENTS {
            if current == ancestor {
                return self.by_code.contains_key(current);
            }
            match self.by_code(current).and_then(|entry| entry.parent.as_deref()) {
                Some(parent) => current = parent,
                None => return false,
            }
        }
        false
    }

    /// The code of `ancestor` and of every division in it, in the order of the list.
    #[must_use]
    pub fn within(&self, ancestor: &str) -> Vec<String> {
        let codes = self.entries.iter().map(|entry| &entry.code);
        codes.filter(|code| self.is_within(code, ancestor)).cloned().collect()
    }

    /// The divisions that a cell names, each once and in its order: codes, names, short and former names, paths
    /// (`贵州省贵阳市南明区`), several of them parted by `、` `,` `;` `/`, line breaks, `和` or `及`. Parts that only lead down to the
    /// next one and are parted by `/` are a path (`贵阳市/南明区`).
    ///
    /// # Errors
    /// The first part that names none, or several. A part that could be several is settled by the division above the
    /// part before it, where that leaves one.
    pub fn read(&self, text: &str) -> Result<Vec<DivisionMatch>, DivisionFault> {
        if let Some([named]) = self.by_text.get(text).map(Vec::as_slice) {
            return Ok(vec![self.division(*named)]);
        }
        let mut above = None;
        let mut read = |piece: &str| {
            let named = self.read_piece(piece, above)?;
            above = self.entries[named.at].parent.as_deref();
            Ok(named)
        };
        let cleaned = text::clean(text);
        let found = pieces::read_all(&cleaned, &mut read)?;
        let is_path = found.len() > 1 && cleaned.split(['/', '／']).count() == found.len() && self.leads_down(&found);
        let kept = if is_path { &found[found.len() - 1..] } else { &found[..] };
        let mut divisions: Vec<DivisionMatch> = Vec::with_capacity(kept.len());
        for named in kept {
            let division = self.division(*named);
            if !divisions.iter().any(|known| known.code == division.code) {
                divisions.push(division);
            }
        }
        Ok(divisions)
    }

    /// The division that may have been meant, as a suggestion; none if none is near or two are equally near.
    #[must_use]
    pub fn nearest(&self, text: &str) -> Option<&DivisionEntry> {
        let key = text::key(text);
        if key.chars().count() > LONGEST_CHARS || key.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let words = self.by_text.iter().filter(|(word, _)| !word.is_ascii());
        let words = words.flat_map(|(word, named)| named.iter().map(move |named| (word.as_str(), named.at)));
        similar::nearest(&key, words).map(|at| &self.entries[at])
    }

    fn division(&self, named: Named) -> DivisionMatch {
        DivisionMatch {
            code: self.entries[named.at].code.clone(),
            former: named.former,
        }
    }

    fn leads_down(&self, found: &[Named]) -> bool {
        let code = |named: &Named| self.entries[named.at].code.as_str();
        found
            .windows(2)
            .all(|pair| pair[0].at != pair[1].at && self.is_within(code(&pair[1]), code(&pair[0])))
    }

    /// One name or path; `above` is the code above the division named before it.
    fn read_piece(&self, piece: &str, above: Option<&str>) -> Result<Named, DivisionFault> {
        let unknown = || DivisionFault::Unknown(piece.to_owned());
        if piece.chars().count() > LONGEST_CHARS {
            return Err(unknown());
        }
        let mut key = text::key(piece);
        key.retain(|character| !matches!(character, '-' | '>' | '→' | '—' | '·'));
        let mut found = self.follow(&key, None);
        if found.len() > 1
            && let Some(above) = above
        {
            let near: Vec<_> = found
                .iter()
                .filter(|named| self.is_within(&self.entries[named.at].code, above))
                .collect();
            if let [only] = near.as_slice() {
                return Ok(**only);
            }
        }
        match found.len() {
            0 => Err(unknown()),
            1 => Ok(found.remove(0)),
            _ => {
                let codes = found.iter().map(|named| self.entries[named.at].code.clone()).collect();
                Err(DivisionFault::Ambiguous(piece.to_owned(), codes))
            }
        }
    }

    /// Everything that `path` can name inside `within`: a name there, or a name and a path inside that. A longer name in
    /// front goes before a shorter one.
    fn follow(&self, path: &str, within: Option<&str>) -> Vec<Named> {
        let inside = |named: &&Named| {
            let code = &self.entries[named.at].code;
            within.is_none_or(|above| code != above && self.is_within(code, above))
        };
        if let Some(named) = self.by_text.get(path) {
            let named: Vec<_> = named.iter().filter(inside).copied().collect();
            if !named.is_empty() {
                return named;
            }
        }
        for end in self
            .head_lengths
            .iter()
            .copied()
            .filter(|end| *end < path.len() && path.is_char_boundary(*end))
        {
            let Some(heads) = self.by_text.get(&path[..end]) else {
                continue;
            };
            let mut found: Vec<Named> = Vec::new();
            for head in heads.iter().filter(inside) {
                for named in self.follow(&path[end..], Some(&self.entries[head.at].code)) {
                    let named = Named {
                        former: named.former || head.former,
                        ..named
                    };
                    if !found.iter().any(|known| known.at == named.at) {
                        found.push(named);
                    }
                }
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

fn head_lengths(entries: &[DivisionEntry], by_text: &HashMap<String, Vec<Named>>) -> Vec<usize> {
    let parents: HashSet<&str> = entries.iter().filter_map(|entry| entry.parent.as_deref()).collect();
    let is_head = |named: &Named| parents.contains(entries[named.at].code.as_str());
    let heads = by_text.iter().filter(|(_, named)| named.iter().any(is_head));
    let lengths: BTreeSet<usize> = heads.map(|(text, _)| text.len()).collect();
    lengths.into_iter().rev().collect()
}

fn add(by_text: &mut HashMap<String, Vec<Named>>, written: &str, named: Named) {
    let key = text::key(written);
    if key.is_empty() {
        return;
    }
    let holders = by_text.entry(key).or_default();
    if !holders.iter().any(|holder| holder.at == named.at) {
        holders.push(named);
    }
}
