//! `docs/rules.md`, made of the catalogue.

use std::fmt::Write as _;

use strum::IntoEnumIterator;

use super::{Family, Language, Rule, all};

const INTRODUCTION: &str = "\
# 台账检查规则 / The rules ledgers are checked by

本文由程序生成（`cargo run -p ducha-records --example rules-doc > docs/rules.md`），请勿手工修改。
Written by the command above; do not edit.

每条规则有固定的编号。**错误**：这一行（或整个文件）不收；**警告**：收，但要说明理由；**提示**：只是告知。一处差错只出一条结果。
花括号中的是每条结果各自的值。

Each rule has a stable code. An **error** refuses the row (or the file), a **warning** accepts it and wants a reason, a
**note** only tells. One mistake gives one finding. What stands in braces is each finding's own.
";

/// The catalogue as a page for people, Chinese first and English beside it.
#[must_use]
pub fn markdown() -> String {
    let mut page = INTRODUCTION.to_owned();
    for family in Family::iter() {
        let rules: Vec<&Rule> = all().iter().copied().filter(|rule| rule.family() == family).collect();
        let titles = (family.title(Language::Zh), family.title(Language::En));
        let _ = writeln!(page, "\n## {} {} / {}", family.letter(), titles.0, titles.1);
        for rule in rules {
            section(&mut page, rule);
        }
    }
    page
}

fn section(page: &mut String, rule: &Rule) {
    let [zh, en] = Language::both().map(|language| rule.severity.label(language));
    let _ = writeln!(page, "\n### {} {zh} / {en}\n", rule.code);
    let _ = writeln!(page, "| | 中文 | English |\n|---|---|---|");
    row(page, "问题 / found", rule.zh, rule.en);
    row(page, "怎么改 / instead", rule.hint_zh, rule.hint_en);
    for param in rule.params {
        row(page, &format!("`{{{}}}`", param.name), param.zh, param.en);
    }
}

fn row(page: &mut String, title: &str, zh: &str, en: &str) {
    let cell = |text: &str| text.replace('|', "\\|");
    let _ = writeln!(page, "| {title} | {} | {} |", cell(zh), cell(en));
}
