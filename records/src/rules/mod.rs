//! The rule catalogue: what a finding can say, in zh-CN and en.
//!
//! A rule is a const with a stable code. The worker raises it with named values; whoever shows it (the worker's table,
//! the server's answer) renders the text from here, so that no text is stored and every language says the same.

mod accountability;
mod activity;
mod alert;
mod cell;
mod cross;
mod indicator;
mod plain;
mod row;
mod sheet;
mod stored;

use std::collections::BTreeMap;

pub use accountability::*;
pub use activity::*;
pub use alert::*;
pub use cell::*;
pub use cross::*;
pub use indicator::*;
pub use plain::*;
pub use row::*;
pub use sheet::*;
pub use stored::*;

use crate::codes::Severity;

/// One thing that can be wrong. Texts name their values in braces: `{found}`.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code: its family's letter and a number.
    pub code: &'static str,
    /// What it does to the row.
    pub severity: Severity,
    /// What was found and what is wanted, for clerks.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

/// The named values of one finding.
pub type Params = BTreeMap<String, String>;

/// A language texts are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// zh-CN, the language of the ledgers.
    #[default]
    Zh,
    /// English.
    En,
}

impl Rule {
    /// The rule's text with the finding's values filled in. A value that is not given leaves its name in braces.
    #[must_use]
    pub fn render(&self, language: Language, params: &Params) -> String {
        let mut text = match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
        .to_owned();
        for (name, value) in params {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

/// Every rule, by family and code.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    [
        SHEET_RULES,
        CELL_RULES,
        ROW_RULES,
        CROSS_RULES,
        STORED_RULES,
        PLAIN_RULES,
        INDICATOR_RULES,
        ACCOUNTABILITY_RULES,
        ACTIVITY_RULES,
        ALERT_RULES,
    ]
    .concat()
}

/// The rule with this code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_both_texts_name_the_same_values() {
        let rules = all();
        let codes: std::collections::BTreeSet<_> = rules.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), rules.len());
        for rule in rules {
            assert_eq!(names(rule.zh), names(rule.en), "{}", rule.code);
        }
    }

    fn names(text: &str) -> std::collections::BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn a_text_is_rendered_with_its_values() {
        let params = Params::from([
            ("found".to_owned(), "基本办结".to_owned()),
            ("wanted".to_owned(), "已办结".to_owned()),
        ]);
        assert_eq!(
            NOT_IN_LIST.render(Language::En, &params),
            "\"基本办结\" is not one of: 已办结"
        );
    }
}
