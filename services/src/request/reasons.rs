//! Words that people give: reasons and notes.

use ducha::v1::GivenReason;
use ducha_records::reasons::{Given, Which};

use super::Checks;
use crate::language::Text;

/// Longest reason or note, in characters.
const LONGEST: usize = 500;
/// Most reasons in a call.
const MOST: usize = 1_000;
/// Rows and columns of the largest sheet.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

impl Checks {
    /// A text in a person's words: not too long and, unless it may be left out (`least` is 0), not only blanks.
    pub fn words(&mut self, field: &str, text: &str, least: usize) {
        self.text(field, text, least, LONGEST);
        let blank = text.trim().is_empty() && !text.is_empty();
        let unreadable = text
            .chars()
            .any(|letter| letter.is_control() && letter != '\n' && letter != '\t');
        if blank || unreadable {
            let wanted = Text::new("有内容、不含控制字符的文字", "words, without control characters");
            self.refuse(field, wanted, text);
        }
    }

    /// The reasons of a call, and what they are given for.
    pub fn reasons(&mut self, sent: &[GivenReason]) -> Vec<Given> {
        if !(1..=MOST).contains(&sent.len()) {
            let wanted = Text::new("1 到 1000 条理由", "1 to 1000 reasons");
            self.refuse("reasons", wanted, sent.len());
            return Vec::new();
        }
        let reasons = sent.iter().enumerate();
        reasons.filter_map(|(at, reason)| self.given(at, reason)).collect()
    }

    fn given(&mut self, at: usize, sent: &GivenReason) -> Option<Given> {
        let field = |name: &str| format!("reasons[{at}].{name}");
        self.words(&field("reason"), &sent.reason, 1);
        let which = if sent.finding_id.is_empty() {
            self.place(&field, sent)
        } else {
            self.finding(&field("finding_id"), &sent.finding_id)
        };
        Some(Given {
            which: which?,
            reason: sent.reason.trim().to_owned(),
        })
    }

    fn finding(&mut self, field: &str, id: &str) -> Option<Which> {
        let found = id.parse().ok().map(Which::Finding);
        if found.is_none() {
            self.refuse(field, Text::new("Finding.id", "a Finding.id"), id);
        }
        found
    }

    fn place(&mut self, field: &impl Fn(&str) -> String, sent: &GivenReason) -> Option<Which> {
        self.text(&field("sheet"), &sent.sheet, 1, 255);
        self.text(&field("rule"), &sent.rule, 0, 64);
        if !(1..=ROWS).contains(&sent.row) {
            let wanted = Text::new("1 到 1048576", "1 to 1048576");
            self.refuse(field("row"), wanted, sent.row);
        }
        if sent.column > COLUMNS {
            self.refuse(field("column"), Text::new("0 到 16384", "0 to 16384"), sent.column);
            return None;
        }
        Some(Which::Place {
            sheet: sent.sheet.clone(),
            row: sent.row.into(),
            column: i32::try_from(sent.column)
                .ok()?
                .checked_sub(1)
                .filter(|column| *column >= 0),
            rule: Some(sent.rule.clone()).filter(|rule| !rule.is_empty()),
        })
    }
}
