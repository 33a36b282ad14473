//! Which column of a header block feeds which field of a profile.

use std::collections::{BTreeMap, HashSet};

use super::block::{Block, HeaderColumn};
use super::layout::{AmbiguousColumn, MappedColumn, UnknownColumn};
use crate::profile::{ColumnKind, HeaderText, Match, Profile, Required, unit_pieces};

/// A longer text, in bytes, is no header, and is not worth comparing with one.
const MAX_HEADER_BYTES: usize = 600;
/// Unknown columns that get a suggestion: more of them mean another table, and comparing costs time.
const MAX_SUGGESTIONS: usize = 64;
/// Distinct fields a header must name; two words of a title or of a row of data are soon found by chance.
const MIN_FIELDS: usize = 3;

/// How well a block fits a profile: distinct fields first, then how many of them by a name of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    /// Distinct fields, without those any table has (序号, 备注).
    pub(super) fields: usize,
    /// Those of them whose header is no fallback.
    own: usize,
}

/// A block's columns, by position in the block, against a profile's, by position in the profile.
#[derive(Debug)]
pub(super) struct Mapping<'a> {
    profile: &'a Profile,
    block: &'a Block,
    matches: Vec<Option<Match>>,
    /// The columns that feed each field.
    fed: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Mapping<'a> {
    pub(super) fn new(profile: &'a Profile, block: &'a Block) -> Self {
        let matches: Vec<_> = block.columns.iter().map(|column| find(profile, column)).collect();
        let mut fields: Vec<Option<usize>> = matches.iter().map(primary).collect();
        take_fallbacks(profile, &matches, &mut fields);
        let mut fed: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, field) in fields.iter().enumerate() {
            if let Some(field) = field {
                fed.entry(*field).or_default().push(at);
            }
        }
        Self {
            profile,
            block,
            matches,
            fed,
        }
    }

    fn is_own_name(&self, field: usize, at: usize) -> bool {
        primary(&self.matches[at]) == Some(field)
    }

    /// Whether any table might have the column: 备注, and 序号 also where it feeds the number of a task.
    fn is_generic(&self, field: usize, columns: &[usize]) -> bool {
        let generic = |field: usize| self.profile.columns[field].generic;
        generic(field)
            || columns
                .iter()
                .all(|at| primary(&self.matches[*at]).is_some_and(generic))
    }

    fn is_ambiguous(&self, field: usize, columns: &[usize]) -> bool {
        columns.len() > 1 && !self.profile.columns[field].repeatable
    }

    fn counted(&self) -> impl Iterator<Item = (usize, &Vec<usize>)> {
        self.fed
            .iter()
            .map(|(field, at)| (*field, at))
            .filter(|(field, at)| !self.is_generic(*field, at))
    }

    pub(super) fn score(&self) -> Score {
        let own = self
            .counted()
            .filter(|(field, columns)| columns.iter().any(|at| self.is_own_name(*field, *at)));
        Score {
            fields: self.counted().count(),
            own: own.count(),
        }
    }

    /// Whether the block can be the header of a ledger of this kind.
    pub(super) fn is_ledger(&self) -> bool {
        let identifies = |field: usize| self.profile.identity.contains(&self.profile.columns[field].field);
        self.score().fields >= MIN_FIELDS && self.counted().any(|(field, _)| identifies(field))
    }

    /// The columns taken; `sheet_unit` is the unit of the whole sheet.
    pub(super) fn columns(&self, sheet_unit: Option<&str>) -> Vec<MappedColumn> {
        let taken = self
            .fed
            .iter()
            .filter(|(field, columns)| !self.is_ambiguous(**field, columns));
        let mut mapped: Vec<MappedColumn> = taken
            .flat_map(|(field, columns)| columns.iter().map(|at| self.mapped(*field, *at, sheet_unit)))
            .collect();
        mapped.sort_by_key(|column| column.column);
        mapped
    }

    fn mapped(&self, field: usize, at: usize, sheet_unit: Option<&str>) -> MappedColumn {
        let (column, header) = (&self.profile.columns[field], &self.block.columns[at]);
        let own_unit = self.matches[at].as_ref().and_then(|found| found.unit.clone());
        let for_money = sheet_unit
            .filter(|_| column.kind == ColumnKind::Money)
            .and_then(|unit| {
                let mut fitting = unit_pieces(unit).filter(|piece| column.units.iter().any(|known| known == piece));
                fitting.next().filter(|_| fitting.next().is_none()).map(str::to_owned)
            });
        // One unit above the table is that of all quantities in it.
        let for_quantity = sheet_unit.filter(|unit| column.kind == ColumnKind::Quantity && self.profile.is_unit(unit));
        MappedColumn {
            column: header.column,
            field: column.field.clone(),
            profile_column: field,
            header: header.header(),
            unit_hint: own_unit.or(for_money).or(for_quantity.map(str::to_owned)),
        }
    }

    pub(super) fn unknown(&self) -> Vec<UnknownColumn> {
        let used: HashSet<usize> = self.fed.values().flatten().copied().collect();
        let columns = self
            .block
            .columns
            .iter()
            .enumerate()
            .filter(|(at, _)| !used.contains(at));
        let suggest = |(position, (at, column)): (usize, (usize, &HeaderColumn))| {
            // A fallback that was not needed is known well enough, and near to nothing.
            let asks = position < MAX_SUGGESTIONS && self.matches[at].is_none();
            let nearest = asks.then(|| self.nearest(column)).flatten();
            UnknownColumn {
                column: column.column,
                header: column.header(),
                slip: nearest.as_ref().is_some_and(|(_, slip)| *slip),
                nearest: nearest.map(|(header, _)| header),
            }
        };
        columns.enumerate().map(suggest).collect()
    }

    /// The template's header most like that of `column`, unless the sheet has that one too; and whether it is so like that
    /// it can only be misspelt.
    fn nearest(&self, column: &HeaderColumn) -> Option<(String, bool)> {
        let label = column.labels.last().filter(|label| label.len() <= MAX_HEADER_BYTES)?;
        let near = self.profile.nearest(&HeaderText::read(label))?;
        (!self.fed.contains_key(&near.column)).then(|| (self.profile.columns[near.column].header.clone(), near.slip))
    }

    pub(super) fn missing(&self) -> Vec<String> {
        let columns = self.profile.columns.iter().enumerate();
        let wanted = columns.filter(|(_, column)| column.required != Required::No);
        wanted
            .filter(|(field, _)| !self.fed.contains_key(field))
            .map(|(_, column)| column.field.clone())
            .collect()
    }

    pub(super) fn ambiguous(&self) -> Vec<AmbiguousColumn> {
        let header = |at: &usize| (self.block.columns[*at].column, self.block.columns[*at].header());
        let several = self
            .fed
            .iter()
            .filter(|(field, columns)| self.is_ambiguous(**field, columns));
        several
            .map(|(field, columns)| AmbiguousColumn {
                field: self.profile.columns[*field].field.clone(),
                columns: columns.iter().map(header).collect(),
            })
            .collect()
    }
}

/// The field of a header: by parent and child together, then by the child alone.
fn find(profile: &Profile, column: &HeaderColumn) -> Option<Match> {
    if column.labels.iter().any(|label| label.len() > MAX_HEADER_BYTES) {
        return None;
    }
    let forms: Vec<HeaderText> = column.labels.iter().map(|label| HeaderText::read(label)).collect();
    let (child, parents) = forms.split_last()?;
    let joined = parents.last().map(|parent| child.under(parent));
    joined
        .and_then(|joined| profile.find(&joined))
        .or_else(|| profile.find(child))
}

fn primary(found: &Option<Match>) -> Option<usize> {
    found.as_ref().and_then(Match::primary)
}

/// Gives each field without a column the first of its fallbacks that the sheet has and nothing else needs.
/// A column of 序号 gives way: it numbers the tasks where nothing else does.
fn take_fallbacks(profile: &Profile, matches: &[Option<Match>], fields: &mut [Option<usize>]) {
    for field in 0..profile.columns.len() {
        if fields.contains(&Some(field)) {
            continue;
        }
        let is_free = |at: usize| fields[at].is_none_or(|taken| profile.columns[taken].generic);
        let rank = |found: &Option<Match>| {
            let claims = found.iter().flat_map(|found| &found.claims);
            claims
                .filter(|claim| claim.column == field)
                .find_map(|claim| claim.fallback)
        };
        let offers = matches
            .iter()
            .enumerate()
            .filter_map(|(at, found)| Some((rank(found)?, at)));
        let offers: Vec<(usize, usize)> = offers.filter(|(_, at)| is_free(*at)).collect();
        let first = offers.iter().map(|(rank, _)| *rank).min();
        for (_, at) in offers.iter().filter(|(rank, _)| Some(*rank) == first) {
            fields[*at] = Some(field);
        }
    }
}
