//! The rule catalogue: what a finding can say, in zh-CN and en, and what to write instead.
//!
//! A rule is a const with a stable code. The worker raises it with named values; whoever shows it (the worker's table,
//! the server's answer, `docs/rules.md`) renders the text from here, so that no text is stored and every language says
//! the same.

mod accountability;
mod activity;
mod alert;
mod cell;
mod cross;
mod date;
mod doc;
mod file;
mod form;
mod header;
mod indicator;
mod number;
mod params;
mod petition;
mod plain;
mod sheet;
mod stored;
mod task;
#[cfg(test)]
mod tests;
mod text;

use std::sync::LazyLock;

pub use accountability::*;
pub use activity::*;
pub use alert::*;
pub use cell::*;
pub use cross::*;
pub use date::*;
pub use doc::markdown;
pub use file::*;
pub use form::*;
pub use header::*;
pub use indicator::*;
pub use number::*;
pub use petition::*;
pub use plain::*;
pub use sheet::*;
pub use stored::*;
pub use task::*;
pub use text::{Language, Params};

use crate::codes::Severity;

/// One thing that can be wrong. Texts and hints name their values in braces: `{found}`.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code: its family's letter and a number.
    pub code: &'static str,
    /// What it does to the row.
    pub severity: Severity,
    /// What was found, for clerks; no full stop at its end.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// What to write instead, with an example: whole sentences.
    pub hint_zh: &'static str,
    /// The same in English.
    pub hint_en: &'static str,
    /// The named values of a finding. Texts and hints name no other.
    pub params: &'static [Param],
}

/// A named value of a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name, as the texts have it in braces.
    pub name: &'static str,
    /// What it is.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Where its value is a token of a closed list: the words for it.
    pub words: &'static [Word],
}

/// A token and the words for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// As findings keep it.
    pub token: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// What a rule looks at; the first letter of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub enum Family {
    /// F: the file as a whole.
    File,
    /// S: a sheet.
    Sheet,
    /// H: the header of a sheet.
    Header,
    /// C: one cell.
    Cell,
    /// R: the fields of one row together.
    Row,
    /// X: the rows of a file together.
    Across,
    /// D: the file against the stored records.
    Stored,
}

impl Family {
    /// The letter its codes begin with.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::File => 'F',
            Self::Sheet => 'S',
            Self::Header => 'H',
            Self::Cell => 'C',
            Self::Row => 'R',
            Self::Across => 'X',
            Self::Stored => 'D',
        }
    }

    /// What it looks at.
    #[must_use]
    pub const fn title(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::File, Language::Zh) => "整个文件",
            (Self::File, Language::En) => "the file as a whole",
            (Self::Sheet, Language::Zh) => "工作表",
            (Self::Sheet, Language::En) => "a sheet",
            (Self::Header, Language::Zh) => "表头",
            (Self::Header, Language::En) => "the header of a sheet",
            (Self::Cell, Language::Zh) => "单个单元格",
            (Self::Cell, Language::En) => "one cell",
            (Self::Row, Language::Zh) => "同一行各列之间",
            (Self::Row, Language::En) => "the fields of one row together",
            (Self::Across, Language::Zh) => "同一文件各行之间",
            (Self::Across, Language::En) => "the rows of a file together",
            (Self::Stored, Language::Zh) => "与已入库的记录相比",
            (Self::Stored, Language::En) => "the file against the stored records",
        }
    }
}

impl Rule {
    /// What it looks at.
    #[must_use]
    pub fn family(&self) -> Family {
        use strum::IntoEnumIterator;
        let letter = |family: &Family| self.code.starts_with(family.letter());
        // The letters are all of the codes' first ones; a test holds them against each other.
        Family::iter().find(letter).unwrap_or(Family::File)
    }

    /// Whether only the stored records can tell that it is broken, so that a check of a file alone does not.
    #[must_use]
    pub fn needs_records(&self) -> bool {
        self.family() == Family::Stored || FORM_RULES.iter().any(|rule| rule.code == self.code)
    }
}

static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut rules = [
        FILE_RULES,
        SHEET_RULES,
        HEADER_RULES,
        FORM_RULES,
        CELL_RULES,
        DATE_RULES,
        NUMBER_RULES,
        PETITION_RULES,
        TASK_RULES,
        CROSS_RULES,
        STORED_RULES,
        PLAIN_RULES,
        INDICATOR_RULES,
        ACCOUNTABILITY_RULES,
        ACTIVITY_RULES,
        ALERT_RULES,
    ]
    .concat();
    rules.sort_by_key(|rule| (rule.family() as u8, rule.code));
    rules
});

/// Every rule, by family and code.
#[must_use]
pub fn all() -> &'static [&'static Rule] {
    &ALL
}

/// The rule with this code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.code == code).copied()
}
