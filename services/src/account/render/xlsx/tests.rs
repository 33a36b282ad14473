use std::collections::BTreeMap;

use super::*;
use crate::account::render::sample;
use crate::language::Language;

#[test]
fn a_text_takes_as_many_lines_as_its_width_wants() {
    assert_eq!(lines("", 10.0), 1);
    assert_eq!(lines("12345678", 10.0), 1);
    assert_eq!(lines("督察整改督", 10.0), 2);
    assert_eq!(lines("a\nb\n123456789", 10.0), 4);
}

#[test]
fn a_text_is_cut_where_a_cell_ends_and_never_within_a_character() {
    assert_eq!(fitting("abc"), ("abc", ""));
    let long = "𠮷".repeat(20_000);
    let (first, rest) = fitting(&long);
    assert_eq!((first.chars().count(), rest.chars().count()), (16_383, 3_617));
}

fn parts(document: &Document) -> BTreeMap<String, String> {
    sample::parts(&xlsx(document).unwrap())
}

fn documents() -> [Document; 5] {
    [
        sample::account(Language::Zh),
        sample::account(Language::En),
        sample::empty(),
        sample::hostile(),
        sample::long(),
    ]
}

#[test]
fn nothing_is_a_formula_and_every_sheet_freezes_its_head() {
    for document in documents() {
        let parts = parts(&document);
        let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
        for (name, sheet) in sheets {
            assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{name}");
            assert!(sheet.contains("state=\"frozen\""), "{name}");
        }
    }
}

#[test]
fn a_text_like_a_formula_is_text_and_stays_it_when_it_is_edited() {
    let parts = parts(&sample::hostile());
    let texts = sample::xml_text(&parts["xl/sharedStrings.xml"]);
    for printed in sample::printed_hostile() {
        assert!(texts.contains(&printed), "{printed}");
    }
    assert!(parts["xl/styles.xml"].contains("quotePrefix=\"1\""));
}

#[test]
fn numbers_are_numbers_in_the_format_they_are_printed_in() {
    let parts = parts(&sample::account(Language::Zh));
    let table = &parts["xl/worksheets/sheet2.xml"];
    for wanted in ["<v>812</v>", "<v>0.998</v>", "<v>2291</v>", "<v>99.3</v>"] {
        assert!(table.contains(wanted), "{wanted}\n{table}");
    }
    let styles = &parts["xl/styles.xml"];
    for wanted in ["0.0%", "#,##0.00", "0.0"] {
        assert!(
            styles.contains(&format!("formatCode=\"{wanted}\"")),
            "{wanted}\n{styles}"
        );
    }
    assert!(styles.contains("<name val=\"宋体\"/>") && styles.contains("<name val=\"黑体\"/>"));
}

#[test]
fn each_table_and_each_chart_has_a_sheet_and_charts_are_native() {
    let parts = parts(&sample::account(Language::Zh));
    let book = &parts["xl/workbook.xml"];
    let names = book.split("<sheet name=\"").skip(1);
    let names = names.filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>();
    assert_eq!(
        names,
        [
            "正文",
            "表1 各市州信访件办结情况",
            "图1 各市州信访件办理情况",
            "图2 各类污染信访件",
            "图3 办结进度",
            "图4 尚无数据的图",
            "数据来源"
        ]
    );
    // A chart of nothing is not drawn.
    let charts = parts.keys().filter(|name| name.starts_with("xl/charts/chart"));
    assert_eq!(charts.count(), 3);
    assert!(parts["xl/charts/chart2.xml"].contains("<c:barDir val=\"bar\"/>"));
    assert!(parts["docProps/core.xml"].contains("2023-05-31T00:00:00Z"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for document in documents() {
        assert!(xlsx(&document).unwrap() == xlsx(&document).unwrap());
    }
}
