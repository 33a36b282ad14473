//! Documents for the tests of the writers.
#![allow(clippy::unwrap_used, reason = "only tests use it")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use chrono::NaiveDate;
use ducha::v1::Gap;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use crate::account::document::{Block, Document, Figure, Span, Table};
use crate::account::parse::{mark, parse};
use crate::account::text::one_line;
use crate::language::Language;

/// What a ledger could hold.
pub const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "| a | b |",
    "=cmd|' /C calc'!A0",
    "+1+cmd",
    "@SUM(A1)",
    "\u{E000}0\u{E001}",
    "# 标题 **粗** [a](javascript:b)",
    "\u{1}\u{b}\u{1b}控制\r\n字符\u{FFFE}",
    "]]> & \"引号\" '引号' &amp; <!-- -->",
];

/// A gap with this text.
fn doubt(message: &str) -> Option<Gap> {
    Some(Gap {
        message: message.to_owned(),
        ..Gap::default()
    })
}

/// A figure of one piece with no gap.
pub fn figure(key: &str, text: &str, unit: &str) -> Figure {
    let number = text.replace(',', "").parse::<f64>().ok();
    Figure {
        key: key.to_owned(),
        text: text.to_owned(),
        millionths: number.map(|number| (number * 1e6).round() as i64),
        unit: unit.to_owned(),
        label: key.to_owned(),
        gap: None,
        records: number.map(|_| 3),
    }
}

/// A document without blocks and figures.
pub fn empty() -> Document {
    Document {
        language: Language::Zh,
        title: "空".to_owned(),
        as_of: NaiveDate::from_ymd_opt(2023, 5, 31).unwrap(),
        blocks: Vec::new(),
        figures: Vec::new(),
    }
}

/// An account with everything there is.
pub fn account(language: Language) -> Document {
    let mut figures = vec![
        figure("petitions.handed_over", "2,307", "件"),
        figure("petitions.concluded", "2,291", "件"),
        figure("tasks.completed", "30", "项"),
        figure("indicator.污水管网.done", "1,848.55", "公里"),
        figure("petitions.rate", "99.3", "%"),
        Figure {
            gap: doubt("没有一个市州填报（见 D012）"),
            ..figure("indicator.修复矿山.done", "〔缺〕", "公顷")
        },
        Figure {
            gap: doubt("安顺市填报的两个口径不一致"),
            ..figure("activities.meetings", "20", "次")
        },
    ];
    let (title, text) = match language {
        Language::Zh => ("贵州省整改落实情况", include_str!("sample/zh.md")),
        Language::En => {
            for (figure, unit) in figures
                .iter_mut()
                .zip(["petitions", "tasks", "tasks", "km", "%", "ha", "meetings"])
            {
                figure.unit = unit.to_owned();
                figure.text = figure.text.replace("〔缺〕", "[missing]");
                if figure.gap.is_some() {
                    figure.gap = doubt("two counties disagree");
                }
            }
            ("Rectification in Guizhou", include_str!("sample/en.md"))
        }
    };
    let text = (0..figures.len()).fold(text.to_owned(), |text, index| {
        text.replace(&format!("{{{index}}}"), &mark(index))
    });
    Document {
        title: title.to_owned(),
        language,
        blocks: parse(&text).unwrap(),
        figures,
        ..empty()
    }
}

/// A document of texts that want to be something else, and of figures whose every field does.
pub fn hostile() -> Document {
    let mut document = empty();
    document.title = HOSTILE.join(" ");
    let text = |text: &str| vec![Span::Text(text.to_owned())];
    for hostile in HOSTILE {
        document.blocks.push(Block::Paragraph(text(hostile)));
        document.blocks.push(Block::List {
            ordered: false,
            items: vec![text(hostile)],
        });
        document.blocks.push(Block::Heading {
            level: 1,
            text: text(hostile),
        });
        document.blocks.push(Block::Table(Table {
            title: hostile.to_owned(),
            columns: vec![hostile.to_owned(), hostile.to_owned()],
            rows: vec![vec![text(hostile), vec![Span::Figure(0)]]],
        }));
        document.figures.push(Figure {
            key: hostile.to_owned(),
            text: hostile.to_owned(),
            millionths: None,
            unit: hostile.to_owned(),
            label: hostile.to_owned(),
            gap: doubt(hostile),
            records: Some(i64::MAX),
        });
    }
    document
}

/// A table of 90 rows, a paragraph of 4,000 characters, and charts with many categories and series.
pub fn long() -> Document {
    let mut document = account(Language::Zh);
    let paragraph = "督察整改".repeat(1_000);
    document.blocks.push(Block::Paragraph(vec![Span::Text(paragraph)]));
    let rows = (1..=90).map(|row| {
        let cells = [format!("第{row}县"), row.to_string(), format!("{row}.5%")];
        cells.map(|cell| vec![Span::Text(cell)]).to_vec()
    });
    document.blocks.push(Block::Table(Table {
        title: "各县情况".to_owned(),
        columns: ["县", "件数", "占比"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }));
    let categories = (1..=90)
        .map(|row| format!("\"第{row}县\""))
        .collect::<Vec<_>>()
        .join(", ");
    for kind in ["bars", "stacked_bars", "lines"] {
        let mut chart = format!("```chart\ntitle = \"九十县\"\nkind = \"{kind}\"\ncategories = [{categories}]\n");
        for series in 0..8 {
            let values = (0..90)
                .map(|row| (row * (series + 3) % 41).to_string())
                .collect::<Vec<_>>();
            let values = values.join(", ");
            chart.push_str(&format!("[[series]]\nname = \"第{series}类\"\nvalues = [{values}]\n"));
        }
        document.blocks.extend(parse(&(chart + "```\n")).unwrap());
    }
    document
}

/// The parts of a package.
pub fn parts(package: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        let name = entry.name().unwrap().into_owned();
        parts.insert(name, String::from_utf8(content).unwrap_or_default());
    }
    parts
}

/// The text of an XML part, which must be well-formed.
pub fn xml_text(part: &str) -> String {
    let mut reader = Reader::from_str(part);
    let mut said = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => said.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                Some(letter) => said.push(letter),
                None => said.push_str(resolve_xml_entity(&reference).unwrap()),
            },
            Event::Eof => return said,
            _ => {}
        }
    }
}

/// The texts of `HOSTILE` as they are printed.
pub fn printed_hostile() -> Vec<String> {
    HOSTILE.map(one_line).to_vec()
}
