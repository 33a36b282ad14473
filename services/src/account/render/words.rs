//! The words that writers add.

use chrono::{Datelike, NaiveDate};

use crate::account::document::{Block, Chart, Document, Figure};
use crate::account::text::one_line;
use crate::language::Language;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `2023年5月31日` or `31 May 2023`.
pub(super) fn day(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Language::En => {
            let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
            format!("{} {month} {}", day.day(), day.year())
        }
    }
}

/// The line below the title.
pub(super) fn as_of(document: &Document) -> String {
    let day = day(document.language, document.as_of);
    match document.language {
        Language::Zh => format!("数据截至{day}"),
        Language::En => format!("State of {day}"),
    }
}

/// Title of a table, with its number in the document.
pub(super) fn table(language: Language, number: usize, title: &str) -> String {
    numbered(language.pick("表", "Table "), number, &one_line(title))
}

/// Title of a chart, with its number in the document and its unit.
pub(super) fn chart(language: Language, number: usize, chart: &Chart) -> String {
    let (title, unit) = (one_line(&chart.title), one_line(&chart.unit));
    let said = match (language, unit.is_empty()) {
        (_, true) => title,
        (Language::Zh, false) => format!("{title}（单位：{unit}）"),
        (Language::En, false) => format!("{title} ({unit})"),
    };
    numbered(language.pick("图", "Chart "), number, &said)
}

/// [`chart`] without the unit, for the name of a sheet.
pub(super) fn chart_name(language: Language, number: usize, chart: &Chart) -> String {
    numbered(language.pick("图", "Chart "), number, &one_line(&chart.title))
}

fn numbered(kind: &str, number: usize, title: &str) -> String {
    match title.is_empty() {
        true => format!("{kind}{number}"),
        false => format!("{kind}{number}\u{2002}{title}"),
    }
}

/// Title of the list of figures.
pub(super) const fn figures(language: Language) -> &'static str {
    language.pick("数据来源", "Sources of the figures")
}

/// What the list of figures is for.
pub(super) const fn figures_note(language: Language) -> &'static str {
    language.pick(
        "本报告的每一个数据均由系统根据各地台账计算得出。“缺”表示无法计算，不是零；原因见“说明”。",
        "Every figure of this account is computed from the ledgers of the divisions. A missing one cannot be computed, which is not zero; the remark says why.",
    )
}

/// Heads of the list of figures.
pub(super) const fn figure_columns(language: Language) -> [&'static str; 6] {
    match language {
        Language::Zh => ["代码", "数值", "单位", "含义", "记录数", "说明"],
        Language::En => ["Key", "Value", "Unit", "What it counts", "Records", "Remark"],
    }
}

/// A figure as the cells below these heads.
pub(super) fn figure_cells(language: Language, figure: &Figure) -> [String; 6] {
    let records = figure.records.map(|count| super::number::whole(count.into(), language));
    [
        one_line(&figure.key),
        one_line(&figure.text),
        one_line(&figure.unit),
        one_line(&figure.label),
        records.unwrap_or_default(),
        one_line(figure.doubt()),
    ]
}

/// Title of the table of contents.
pub(super) const fn contents(language: Language) -> &'static str {
    language.pick("目录", "Contents")
}

/// A chart of nothing.
pub(super) const fn no_data(language: Language) -> &'static str {
    language.pick("无数据", "No data")
}

/// A value of a chart that is not known.
pub(super) const fn gap(language: Language) -> &'static str {
    language.pick("缺", "missing")
}

/// Head over the names of a chart's categories.
pub(super) const fn category(language: Language) -> &'static str {
    language.pick("项目", "Item")
}

/// A chart as a table: its heads, and its rows.
pub(super) fn chart_table(language: Language, chart: &Chart) -> (Vec<String>, Vec<Vec<String>>) {
    let names = chart.series.iter().map(|series| one_line(&series.name));
    let heads = std::iter::once(category(language).to_owned()).chain(names).collect();
    let row = |(at, category): (usize, &String)| {
        let values = chart.series.iter().map(|series| match series.values.get(at) {
            Some(Some(value)) => super::number::whole((*value).into(), language),
            Some(None) | None => gap(language).to_owned(),
        });
        std::iter::once(one_line(category)).chain(values).collect()
    };
    (heads, chart.categories.iter().enumerate().map(row).collect())
}

/// Whether there is anything to draw.
pub(super) fn is_empty(chart: &Chart) -> bool {
    let values = |block: &Chart| {
        block
            .series
            .iter()
            .any(|series| series.values.iter().any(Option::is_some))
    };
    chart.categories.is_empty() || !values(chart)
}

/// The kinds of blocks, for a list of them.
pub(super) const fn kind(language: Language, block: &Block) -> &'static str {
    match block {
        Block::Heading { level: 1, .. } => language.pick("一级标题", "Heading 1"),
        Block::Heading { level: 2, .. } => language.pick("二级标题", "Heading 2"),
        Block::Heading { .. } => language.pick("三级标题", "Heading 3"),
        Block::Paragraph(_) => language.pick("段落", "Paragraph"),
        Block::List { .. } => language.pick("列表", "List"),
        Block::Table(_) => language.pick("表", "Table"),
        Block::Chart(_) => language.pick("图", "Chart"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_titles_are_in_the_language_of_the_document() {
        let date = NaiveDate::from_ymd_opt(2023, 5, 31).unwrap();
        assert_eq!(day(Language::Zh, date), "2023年5月31日");
        assert_eq!(day(Language::En, date), "31 May 2023");
        assert_eq!(table(Language::Zh, 2, "办结情况"), "表2\u{2002}办结情况");
        assert_eq!(table(Language::En, 2, " "), "Table 2");
    }
}
