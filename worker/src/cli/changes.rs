//! What a plan changes, as tables for people.

use ducha_records::rules::Language;

use super::table::table;
use crate::import::{Change, ChangedField};
use crate::values::text::shortened;

/// Characters of a value that a table shows.
const SHOWN: usize = 60;
/// Characters left of what two values begin with, for the reader to find the place.
const KEPT: usize = 8;

/// Changed fields, by file, as many of each as are wanted.
pub(super) struct ChangeList {
    language: Language,
    /// Fields listed of each file.
    most: usize,
    files: Vec<OfFile>,
}

struct OfFile {
    file: String,
    fields: u64,
    listed: Vec<[String; 6]>,
}

impl ChangeList {
    pub const fn new(language: Language, most: usize) -> Self {
        Self {
            language,
            most,
            files: Vec::new(),
        }
    }

    /// Takes the changed fields of a row.
    pub fn take(&mut self, file: &str, change: &Change) {
        if change.fields.is_empty() {
            return;
        }
        if self.files.last().is_none_or(|last| last.file != file) {
            self.files.push(OfFile {
                file: file.to_owned(),
                fields: 0,
                listed: Vec::new(),
            });
        }
        let language = self.language;
        if let Some(last) = self.files.last_mut() {
            let room = self.most.saturating_sub(last.listed.len());
            last.fields += change.fields.len() as u64;
            last.listed.extend(
                change
                    .fields
                    .iter()
                    .take(room)
                    .map(|field| row(change, field, language)),
            );
        }
    }

    /// A table for each file that changes something.
    pub fn tables(&self) -> Vec<String> {
        self.files.iter().map(|file| self.table(file)).collect()
    }

    fn table(&self, file: &OfFile) -> String {
        let pick = |zh, en| self.language.pick(zh, en);
        let headers = [
            ("工作表", "sheet"),
            ("单元格", "cell"),
            ("编号", "number"),
            ("字段", "field"),
            ("原值", "before"),
            ("新值", "after"),
        ];
        let mut table = table(self.language, &headers);
        table.add_rows(&file.listed);
        let left = file.fields - file.listed.len() as u64;
        let more = match left {
            0 => String::new(),
            _ => format!(
                "\n{} {left} {}",
                pick("另有", "and"),
                pick(
                    "处变更未列出；请加 --changes N 或 --out plan.xlsx。",
                    "more; see --changes N or --out plan.xlsx."
                )
            ),
        };
        let title = pick("将变更的内容", "what would change");
        format!("{}: {title}\n{table}{more}", file.file)
    }
}

fn row(change: &Change, field: &ChangedField, language: Language) -> [String; 6] {
    let [header, before, after] =
        [&field.header, &field.before, &field.after].map(|[zh, en]| language.pick(zh, en).to_owned());
    let (sheet, number) = (change.sheet.clone(), change.number.clone());
    let skipped = said_by_both(&before, &after);
    let [before, after] = [&before, &after].map(|value| shown(value, skipped, language));
    [sheet, field.cell.clone(), number, header, before, after]
}

/// Bytes that both values begin with and a table need not show: where long texts differ late, the difference counts.
fn said_by_both(before: &str, after: &str) -> usize {
    let same = before
        .chars()
        .zip(after.chars())
        .take_while(|(one, other)| one == other);
    let ends: Vec<usize> = same
        .scan(0, |bytes, (character, _)| {
            *bytes += character.len_utf8();
            Some(*bytes)
        })
        .collect();
    match ends.len().checked_sub(KEPT) {
        Some(at) if ends.len() > SHOWN / 2 => ends[at - 1],
        _ => 0,
    }
}

/// The value without its first `skipped` bytes, cut to what a table holds; nothing is named.
fn shown(value: &str, skipped: usize, language: Language) -> String {
    if value.is_empty() {
        return language.pick("（空）", "(empty)").to_owned();
    }
    let rest = &value[skipped..];
    let begins = if skipped > 0 { "…" } else { "" };
    format!("{begins}{}", shortened(rest, SHOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_shown_from_where_they_begin_to_differ() {
        let same = "经".repeat(100);
        let (before, after) = (format!("{same}旧"), format!("{same}新的说法"));
        let skipped = said_by_both(&before, &after);
        assert_eq!(
            shown(&before, skipped, Language::Zh),
            format!("…{}旧", "经".repeat(KEPT))
        );
        assert_eq!(
            shown(&after, skipped, Language::Zh),
            format!("…{}新的说法", "经".repeat(KEPT))
        );
    }

    #[test]
    fn short_values_are_shown_whole_and_nothing_is_named() {
        assert_eq!(said_by_both("已办结", "已办理"), 0);
        assert_eq!(shown("已办结", 0, Language::Zh), "已办结");
        assert_eq!(shown("", 0, Language::En), "(empty)");
        assert_eq!(
            shown(&"长".repeat(200), 0, Language::Zh),
            format!("{}…", "长".repeat(SHOWN))
        );
    }
}
