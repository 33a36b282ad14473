//! The files of an account open in other programs, and these find in them what the account says.

use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;
use ducha_server::account::document::{Document, Figure};
use ducha_server::account::parse::{escape, mark, parse, quote};
use ducha_server::account::render::{Format, render};
use ducha_server::language::Language;
use ducha_tests::office;

/// What a ledger could hold, as one line of text.
const HOSTILE: [&str; 5] = [
    "<script>alert(1)</script>",
    "| a | b |",
    "=cmd|' /C calc'!A0",
    "# **粗** [a](javascript:b)",
    "]]> & \"引号\" <!-- --> \u{FFFD}0\u{FFFD}",
];

fn figure(key: &str, text: &str, unit: &str) -> Figure {
    let number: Option<f64> = text.replace(',', "").parse().ok();
    Figure {
        key: key.to_owned(),
        text: text.to_owned(),
        millionths: number.map(|number| (number * 1e6).round() as i64),
        unit: unit.to_owned(),
        label: format!("{key}的含义"),
        gap: number.is_none().then(|| ducha::v1::Gap {
            message: "没有一个县填报".to_owned(),
            ..Default::default()
        }),
        records: number.map(|_| 7),
    }
}

/// An account of two figures that are there and one that is not, a long table, a long paragraph, charts and hostile texts.
fn account(language: Language) -> Document {
    let [concluded, pipes, mines] = [0, 1, 2].map(mark);
    let (heading, paragraph) = match language {
        Language::Zh => (
            "一、总体情况",
            format!("已办结{concluded}件，管网{pipes} km，修复矿山{mines} ha。"),
        ),
        Language::En => (
            "1. Overview",
            format!("{concluded} concluded, {pipes} km of pipes, {mines} ha restored."),
        ),
    };
    let mut text = format!("# {heading}\n\n{paragraph}\n\n{}\n\n", "督察整改".repeat(1_000));
    text.push_str("Table: 各县\n\n| 县 | 办结（件） | 占比 |\n|---|---|---|\n");
    for row in 1..=90 {
        text.push_str(&format!("| 第{row}县 | {} | {row}.5% |\n", 1_000 + row));
    }
    text.push_str(&format!("| 合计 | {concluded} | {mines} |\n\n"));
    for hostile in HOSTILE {
        let escaped = escape(hostile);
        text.push_str(&format!("{escaped}\n\n## {escaped}\n\n- {escaped}\n\n"));
    }
    let names = HOSTILE.map(quote).join(", ");
    for kind in ["bars", "stacked_bars", "lines"] {
        text.push_str(&format!(
            "```chart\ntitle = {}\nkind = \"{kind}\"\ncategories = [{names}]\n[[series]]\nname = \"办结\"\n\
             values = [1, 2, \"\", 4, 5]\n```\n\n",
            quote(HOSTILE[0])
        ));
    }
    Document {
        language,
        title: language.pick("整改落实情况", "Rectification").to_owned(),
        as_of: NaiveDate::from_ymd_opt(2023, 5, 31).unwrap(),
        blocks: parse(&text).unwrap(),
        figures: vec![
            figure("petitions.concluded", "2,291", "件"),
            figure("indicator.pipes", "1,848.55", "km"),
            figure("indicator.mines", "〔缺〕", "ha"),
        ],
    }
}

struct File {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl File {
    fn of(document: &Document, format: Format) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("account.{}", format.ending()));
        std::fs::write(&path, render(document, format).unwrap()).unwrap();
        Self { folder, path }
    }
}

#[test]
fn libreoffice_reads_the_document_and_finds_every_text_and_figure() {
    for (language, sentence, end) in [
        (
            Language::Zh,
            "已办结2,291件，管网1,848.55 km，修复矿山〔缺〕 ha。",
            "数据来源",
        ),
        (
            Language::En,
            "2,291 concluded, 1,848.55 km of pipes, 〔缺〕 ha restored.",
            "Sources of the figures",
        ),
    ] {
        let document = account(language);
        let file = File::of(&document, Format::Docx);
        let text = office::text_of(&file.path, file.folder.path());
        for wanted in [
            &document.title,
            sentence,
            end,
            &"督察整改".repeat(1_000),
            "第90县",
            "90.5%",
        ] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        for wanted in ["indicator.mines", "indicator.mines的含义", "没有一个县填报"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        for hostile in HOSTILE {
            // A paragraph, a heading and a point.
            assert!(text.matches(hostile).count() >= 3, "{hostile}\n{text}");
        }
        office::converted(&file.path, "pdf", file.folder.path());
    }
}

#[test]
fn libreoffice_reads_the_workbook_and_finds_every_text_and_number() {
    let file = File::of(&account(Language::Zh), Format::Xlsx);
    let sheets = office::sheets_of(&file.path, file.folder.path());
    assert_eq!(sheets.len(), 6, "text, table, three charts and figures");
    let all = sheets.join("\n");
    for wanted in [
        "合计,2291,〔缺〕",
        "第90县,1090,90.5%",
        "petitions.concluded,2291,件,petitions.concluded的含义,7,",
        "indicator.mines,〔缺〕,ha,indicator.mines的含义,,没有一个县填报",
        "段落,已办结2,291件",
        "段落,=cmd|' /C calc'!A0",
        "二级标题,| a | b |",
    ] {
        // Cells with commas or quotes stand in quotes.
        assert!(all.replace("段落,\"", "段落,").contains(wanted), "{wanted}\n{all}");
    }
}

#[test]
fn a_reader_of_workbooks_finds_numbers_and_no_formula() {
    let file = File::of(&account(Language::Zh), Format::Xlsx);
    let mut book: Xlsx<_> = open_workbook(&file.path).unwrap();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
    }
    let table = book.worksheet_range("表1 各县").unwrap();
    assert_eq!(table.get_size(), (93, 3));
    let first = table.rows().nth(2).unwrap();
    let wanted = [
        Data::String("第1县".to_owned()),
        Data::Float(1001.0),
        Data::Float(0.015),
    ];
    assert_eq!(first, wanted);
    assert_eq!(table.get_value((92, 1)), Some(&Data::Float(2291.0)));
    let figures = book.worksheet_range("数据来源").unwrap();
    assert_eq!(figures.get_value((2, 1)), Some(&Data::Float(1848.55)));
    assert_eq!(figures.get_value((3, 1)), Some(&Data::String("〔缺〕".to_owned())));
}

#[test]
fn an_account_without_figures_and_without_text_can_be_written_and_opened() {
    let mut document = account(Language::En);
    document.blocks.clear();
    document.figures.clear();
    for (format, ending) in [(Format::Docx, "pdf"), (Format::Xlsx, "pdf")] {
        let file = File::of(&document, format);
        office::converted(&file.path, ending, file.folder.path());
    }
    for format in Format::all() {
        assert!(!render(&document, format).unwrap().is_empty());
    }
}
