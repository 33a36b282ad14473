//! Why warnings stand, for people: each reason once for each rule.

use std::collections::BTreeMap;

use comfy_table::Table;
use ducha_records::rules::Language;

use super::table::{number, table};
use crate::check::Finding;

/// Reasons that are told apart; later ones are counted together.
const MOST: usize = 200;
/// Reasons that are shown.
const SHOWN: usize = 20;

/// The reasons that were told, counted exactly.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    told: BTreeMap<(&'static str, String), Given>,
    others: u64,
}

/// How often a reason was given for a rule, and where first.
#[derive(Debug)]
struct Given {
    count: u64,
    first: String,
}

impl Reasons {
    /// Counts a reason; `place` is the file, sheet and cell of its finding.
    pub fn add(&mut self, finding: &Finding, reason: &str, place: impl Fn() -> String) {
        let key = (finding.rule.code, reason.to_owned());
        if let Some(given) = self.told.get_mut(&key) {
            given.count += 1;
        } else if self.told.len() < MOST {
            let first = place();
            self.told.insert(key, Given { count: 1, first });
        } else {
            self.others += 1;
        }
    }

    /// The frequent ones as a table under its title; none where none was told.
    pub fn render(&self, language: Language) -> Option<String> {
        let mut told: Vec<_> = self.told.iter().collect();
        told.sort_by_key(|(_, given)| std::cmp::Reverse(given.count));
        let rest: u64 = told.iter().skip(SHOWN).map(|(_, given)| given.count).sum::<u64>() + self.others;
        told.truncate(SHOWN);
        if told.is_empty() {
            return None;
        }
        let headers = [
            ("规则", "rule"),
            ("数量", "count"),
            ("首见", "first at"),
            ("理由", "reason"),
        ];
        let mut rows: Table = table(language, &headers);
        for ((rule, reason), given) in told {
            let count = number(i64::try_from(given.count).unwrap_or(i64::MAX));
            rows.add_row(vec![
                (*rule).into(),
                count,
                given.first.as_str().into(),
                reason.as_str().into(),
            ]);
        }
        if rest > 0 {
            let others = language.pick("其余", "others");
            let count = number(i64::try_from(rest).unwrap_or(i64::MAX));
            rows.add_row(vec!["".into(), count, "".into(), others.into()]);
        }
        let title = language.pick("已说明理由的疑问：", "Warnings with a reason:");
        Some(format!("{title}\n{rows}"))
    }
}
