//! The tables of records, by the names that statements for all of them are filled with.

use crate::codes::{PlainKind, RecordKind};
use crate::importing::{PLAIN_KINDS, PlainTable, Tables};
use crate::json::names;
use crate::petitions::{HandlingContent, PetitionWording};
use crate::tasks::{ProgressContent, TaskWording};

/// What rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Petitions, or tasks.
    Records(RecordKind),
    /// The divisions' parts of them.
    Parts(RecordKind),
    /// Records of a plain kind.
    Plain(PlainKind),
}

/// A table of records.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub holds: Holds,
    name: &'static str,
    /// Those that an image brings back: all but the version and when the row was written.
    columns: Vec<String>,
}

/// The columns of every table that no ledger fills.
const OF_ALL: &[&str] = &[
    "inspection_id",
    "number",
    "reported_on",
    "import_id",
    "sheet",
    "row_number",
    "since_on",
];
const OF_WORDINGS: &[&str] = &["registered", "owner", "wording_hash"];
const OF_PARTS: &[&str] = &["division", "assigned", "reported", "content_hash", "edition"];
const OF_PLAIN: &[&str] = &["division", "content_hash"];
/// What is derived from parts stands in the image too, and is derived anew.
const OF_PETITIONS: &[&str] = &["conclusion", "substantiated", "contradictory", "concluded_on"];
const OF_TASKS: &[&str] = &["status", "completed_on", "closure", "closed_on"];

impl Table {
    /// Every table, records before their parts, issues before the decisions on them.
    pub fn all() -> Vec<Self> {
        let (petition, task) = (RecordKind::Petition, RecordKind::Task);
        let mut all = vec![
            Self::of(
                Holds::Records(petition),
                &[OF_WORDINGS, OF_PETITIONS],
                names(&PetitionWording::default()),
            ),
            Self::of(Holds::Parts(petition), &[OF_PARTS], names(&HandlingContent::default())),
            Self::of(
                Holds::Records(task),
                &[OF_WORDINGS, OF_TASKS],
                names(&TaskWording::default()),
            ),
            Self::of(Holds::Parts(task), &[OF_PARTS], names(&ProgressContent::default())),
        ];
        all.extend(PLAIN_KINDS.iter().map(|kind| {
            let listed: &[&str] = match kind.kind() {
                PlainKind::AccountabilityIssue => &["registered"],
                _ => &[],
            };
            let content = kind.columns().iter().map(|column| (*column).to_owned());
            Self::of(Holds::Plain(kind.kind()), &[OF_PLAIN, listed], content)
        }));
        all
    }

    fn of(holds: Holds, fixed: &[&[&str]], content: impl IntoIterator<Item = String>) -> Self {
        let fixed = OF_ALL.iter().chain(fixed.iter().copied().flatten());
        let columns = fixed.map(|column| (*column).to_owned()).chain(content);
        Self {
            holds,
            name: holds.name(),
            columns: columns.collect(),
        }
    }

    /// A statement with the names of this table in it.
    pub fn fill(&self, sql: &str) -> String {
        let kind = self.holds.kind().to_string();
        let images: Vec<String> = self.columns.iter().map(|column| format!("b.{column}")).collect();
        let part = if self.is_parts() { "TRUE" } else { "FALSE" };
        let named = [
            ("{table}", self.name),
            ("{kind}", kind.as_str()),
            ("{part}", part),
            ("{columns}", &self.columns.join(", ")),
            ("{image_columns}", &images.join(", ")),
            ("{blank}", &self.blank()),
        ];
        // The statements of the first list hold names of the second.
        self.conditions()
            .iter()
            .chain(&self.keys())
            .chain(&named)
            .fold(sql.to_owned(), |sql, (name, text)| sql.replace(name, text))
    }

    /// Whether its rows are divisions' parts of petitions or tasks.
    pub const fn is_parts(&self) -> bool {
        matches!(self.holds, Holds::Parts(_))
    }

    /// Sets what a division reports to what it is where nothing is reported.
    fn blank(&self) -> String {
        let Holds::Parts(kind) = self.holds else {
            return String::new();
        };
        let content = match kind {
            RecordKind::Petition => names(&HandlingContent::default()),
            RecordKind::Task => names(&ProgressContent::default()),
        };
        let states = not_begun(kind);
        let set = content.iter().map(|name| {
            let state = states.iter().any(|state| state == name);
            format!("{name} = {}", if state { "0" } else { "NULL" })
        });
        set.collect::<Vec<_>>().join(", ")
    }

    /// What differs between tables with a division in their key, and those of petitions and tasks themselves.
    const fn keys(&self) -> [(&'static str, &'static str); 11] {
        match self.holds {
            Holds::Records(_) => [
                ("{division}", "''"),
                ("{image_division}", "''"),
                ("{same_division}", ""),
                ("{row_division}", ""),
                ("{image_row}", ""),
                ("{row_key}", "number"),
                ("{said_division}", ""),
                ("{said_here}", "s.division = ''"),
                ("{time_division}", ""),
                ("{before_division}", ""),
                ("{written_at}", ", u.at_utc"),
            ],
            Holds::Parts(_) | Holds::Plain(_) => [
                ("{division}", "t.division"),
                ("{image_division}", "b.division"),
                ("{same_division}", " AND b.division = t.division"),
                ("{row_division}", " AND t.division = k.division"),
                ("{image_row}", " AND b.division = k.division"),
                ("{row_key}", "number, division"),
                ("{said_division}", " AND s.division = t.division"),
                ("{said_here}", "s.division <> ''"),
                ("{time_division}", " AND {table}.division = x.division"),
                ("{before_division}", " AND before_{table}.division = x.division"),
                ("{written_at}", if self.is_parts() { "" } else { ", u.at_utc" }),
            ],
        }
    }

    /// Which rows count, and what stands on them.
    const fn conditions(&self) -> [(&'static str, &'static str); 7] {
        let numbers = "(SELECT DISTINCT kind, number FROM undo_origins)";
        let (touched, of_division) = match self.holds {
            Holds::Plain(_) => ("undo_origins", " AND t.division = o.division"),
            _ => (numbers, ""),
        };
        let (made_wide, image_wide) = match self.holds {
            // Parts in it are of a record that would not be there, or would be worded by another.
            Holds::Records(_) => ("TRUE", "COALESCE(t.registered, FALSE) AND NOT b.registered"),
            // Another ledger may have named the division too, which leaves no trace.
            Holds::Parts(_) => (
                "NOT t.reported AND NOT EXISTS (
                    SELECT 1 FROM undo_origins x WHERE x.kind = {kind} AND x.number = t.number AND x.division = ''
                )",
                "FALSE",
            ),
            Holds::Plain(_) => ("FALSE", "FALSE"),
        };
        let image_if = match self.holds {
            // Titles that came with decisions are settled with the decisions.
            Holds::Plain(PlainKind::AccountabilityIssue) => " AND (b.registered OR COALESCE(t.registered, FALSE))",
            _ => "",
        };
        let (step, written) = match self.holds {
            Holds::Records(_) => ("0", ", updated_at_utc"), // raised with the state that is derived anew
            Holds::Parts(_) => ("1", ""),
            Holds::Plain(_) => ("1", ", updated_at_utc"),
        };
        [
            ("{touched}", touched),
            ("{of_division}", of_division),
            ("{made_wide}", made_wide),
            ("{image_wide}", image_wide),
            ("{image_if}", image_if),
            ("{step}", step),
            ("{written}", written),
        ]
    }
}

/// The columns of a part that say how far it has come; 0 of a part that has not begun.
pub(super) const fn not_begun(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Petition => &["conclusion"],
        RecordKind::Task => &["status", "closure"],
    }
}

impl Holds {
    /// The code of the kind, as revisions have it.
    pub const fn kind(self) -> i16 {
        match self {
            Self::Records(kind) | Self::Parts(kind) => kind.code(),
            Self::Plain(kind) => kind.code(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Records(kind) => Tables::of(kind).records,
            Self::Parts(kind) => Tables::of(kind).parts,
            Self::Plain(kind) => PlainTable::of(kind).table,
        }
    }
}
