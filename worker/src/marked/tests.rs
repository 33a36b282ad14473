//! Sheets as other programs write them: what is marked in them, and that everything else goes through as it is.

use std::sync::Arc;

use ducha_records::codes::Severity;
use ducha_records::rules;
use proptest::prelude::*;

use super::columns::Columns;
use super::error::MarkError;
use super::marks::Marks;
use super::said::Was;
use super::sheet::{self, MarkedCell, SheetTask};
use super::styles::Styles;
use crate::check::{Finding, LedgerSheet};
use crate::recognise::OwnColumns;

const STYLES: &str = "<styleSheet><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>\
    <cellXfs><xf fillId=\"0\"/><xf fillId=\"0\" borderId=\"0\"/></cellXfs></styleSheet>";

fn ledger(last_row: u32) -> LedgerSheet {
    LedgerSheet {
        name: "A".into(),
        header_rows: 1..=1,
        last_column: 1,
        own: OwnColumns::default(),
        rows: std::iter::once(2..=last_row).collect(),
        merges: Vec::new(),
        filling: Vec::new(),
        footers: Vec::new(),
        refused: false,
    }
}

/// Marks B2 of a sheet whose ledger has two columns.
fn marked(text: &str) -> Result<String, MarkError> {
    let ledger = ledger(3);
    let mut marks = Marks::new(&std::env::temp_dir())?;
    let sheet: Arc<str> = "A".into();
    let finding = Finding::new(&rules::DATE_UNREADABLE, &sheet, [("found", "甲".to_owned())]).at_row(2);
    marks.add(&finding.at_cell(Some(1), "received_on", "受理时间", "甲"));
    marks.settle()?;
    let task = SheetTask {
        part: "sheet",
        ledger: &ledger,
        marks: &marks,
        found: marks.of("A"),
        cells: &[MarkedCell {
            row: 2,
            column: 1,
            severity: Severity::Error,
        }],
        columns: Columns::of("sheet", &ledger)?,
        was: Was::Checked,
        drawing: Some("rIdDucha1"),
        filter: true,
        merges: &["A9:B9".to_owned()],
    };
    let mut styles = Styles::read("styles", STYLES.to_owned())?;
    let mut out = Vec::new();
    sheet::patch(text.as_bytes(), &mut out, &task, &mut styles)?;
    Ok(String::from_utf8(out).unwrap())
}

const ROWS: &str =
    "<row r=\"1\"><c r=\"A1\"/></row><row r=\"2\" spans=\"1:2\"><c r=\"A2\" s=\"1\"><v>1</v></c></row><row r=\"3\"/>";

#[test]
fn new_elements_stand_where_the_schema_wants_them() {
    let text = marked(&format!(
        "<worksheet><sheetPr/><dimension ref=\"A1:B3\"/><sheetFormatPr/><sheetData>{ROWS}</sheetData>\
         <sheetProtection sheet=\"1\"/><conditionalFormatting/><pageMargins/><drawing r:id=\"a\"/>\
         <mc:AlternateContent><mc:Choice/></mc:AlternateContent><tableParts/><extLst><ext/></extLst></worksheet>"
    ))
    .unwrap();
    let order = [
        "<dimension ref=\"A1:E3\"",
        "<sheetFormatPr/>",
        "<cols><col min=\"3\"",
        "<sheetData>",
        "<sheetProtection sheet=\"1\"/>",
        "<autoFilter ref=\"A1:E3\"/>",
        "<mergeCells count=\"1\">",
        "<conditionalFormatting/>",
        "<pageMargins/>",
        "<drawing r:id=\"a\"/>",
        "<legacyDrawing ",
        "<mc:AlternateContent>",
        "<tableParts/>",
        "<extLst>",
    ];
    let places: Vec<_> = order
        .iter()
        .map(|piece| text.find(piece).unwrap_or_else(|| panic!("{piece}: {text}")))
        .collect();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn what_a_sheet_has_already_is_used() {
    let text = marked(&format!(
        "<worksheet><cols><col min=\"1\" max=\"16384\" width=\"9\" style=\"1\"/></cols><sheetData>{ROWS}</sheetData>\
         <autoFilter ref=\"A1:B3\"/><mergeCells count=\"1\"><mergeCell ref=\"A8:B8\"/></mergeCells>\
         <legacyDrawing r:id=\"x\"/></worksheet>"
    ))
    .unwrap();
    assert!(text.contains("<col min=\"1\" max=\"2\" width=\"9\" style=\"1\"/><col min=\"3\" max=\"3\" width=\"18\""));
    assert!(
        text.contains("<col min=\"6\" max=\"16384\" width=\"9\" style=\"1\"/></cols>"),
        "{text}"
    );
    assert!(
        text.contains("<autoFilter ref=\"A1:B3\"/><mergeCells><mergeCell ref=\"A8:B8\"/><mergeCell ref=\"A9:B9\"/>")
    );
    assert_eq!(text.matches("legacyDrawing").count(), 1);
    assert_eq!(text.matches("autoFilter").count(), 1);
}

#[test]
fn a_missing_cell_is_made_and_an_empty_row_gets_its_status() {
    let text = marked(&format!("<worksheet><sheetData>{ROWS}</sheetData></worksheet>")).unwrap();
    let row = text
        .split("<row r=\"2\">")
        .nth(1)
        .unwrap()
        .split("</row>")
        .next()
        .unwrap();
    assert!(
        row.starts_with("<c r=\"A2\" s=\"1\"><v>1</v></c><c r=\"B2\" s=\"") && row.contains("不能导入"),
        "{row}"
    );
    assert!(row.contains("日期“甲”无法识别") && row.ends_with("/>"), "{row}");
    let row = text.split("<row r=\"3\">").nth(1).unwrap();
    assert!(row.contains("<c r=\"C3\"") && row.contains("可以导入"), "{row}");
}

#[test]
fn rows_and_cells_without_addresses_and_names_with_prefixes_are_followed() {
    let text = marked(
        "<x:worksheet><x:sheetData><x:row><x:c/></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c t=\"n\"><x:f>1+1</x:f><x:v>2</x:v></x:c>\
         <x:c><x:v>old</x:v></x:c></x:row></x:sheetData></x:worksheet>",
    )
    .unwrap();
    assert!(
        text.contains("<x:c t=\"n\" s=\"") && text.contains("<x:f>1+1</x:f>"),
        "{text}"
    );
    assert!(text.contains("<x:c r=\"C2\"") && !text.contains("old"), "{text}");
    assert!(
        text.contains("</x:c></x:row></x:sheetData>") || text.contains("/></x:row></x:sheetData>"),
        "{text}"
    );
}

#[test]
fn sheets_that_are_none_are_errors_and_no_panics() {
    for bad in [
        "",
        "<worksheet>",
        "<worksheet/>",
        "<chartsheet></chartsheet>",
        "<worksheet><sheetData><row r=\"0\"/></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"2\"/><row r=\"1\"/></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"99999999999\"/></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"2\"><c r=\"B3\"/></row></sheetData></worksheet>",
        "<worksheet><cols><col/></cols></worksheet>",
        "<worksheet><sheetData></cols></worksheet>",
    ] {
        assert!(matches!(marked(bad), Err(MarkError::Malformed { .. })), "{bad}");
    }
}

#[test]
fn three_hundred_thousand_findings_take_little_memory_and_are_all_counted() {
    let mut marks = Marks::new(&std::env::temp_dir()).unwrap();
    let sheet: Arc<str> = "A".into();
    for row in 2..300_002 {
        let finding = Finding::new(&rules::DATE_UNREADABLE, &sheet, [("found", "甲".to_owned())]).at_row(row);
        marks.add(&finding.at_cell(Some(row % 7), "received_on", "受理时间", "甲"));
    }
    marks.settle().unwrap();
    assert_eq!(marks.of("A").len(), 300_000);
    assert!(size_of_val(marks.all()) < 12_000_000);
    assert_eq!(marks.rules["C003"].count, 300_000);
    assert_eq!(marks.texts(&marks.all()[299_999]).unwrap().value, "甲");
    assert_eq!(marks.worst("A", 300_001), Some(Severity::Error));
    assert_eq!(marks.worst("A", 300_002), None);
}

proptest! {
    #[test]
    fn any_bytes_and_any_xml_end_without_a_panic(
        bytes in "\\PC{0,60}",
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<worksheet>", "</worksheet>", "<sheetData>", "</sheetData>", "<row>", "<row r='2'>", "</row>", "<c>",
                "<c r='B2'/>", "</c>", "<cols>", "<col min='4' max='1'/>", "</cols>", "<mergeCells>", "</mergeCells>",
                "<dimension ref='A1:B9'/>", "<autoFilter/>", "<x:c/>", "&amp;", "<!--", "-->", "<![CDATA[", "]]>",
            ]),
            0..24,
        ),
    ) {
        let _ = marked(&bytes);
        let _ = marked(&pieces.concat());
        let _ = marked(&format!("<worksheet><sheetData>{}</sheetData></worksheet>", pieces.concat()));
        let _ = super::notes::write("notes", Some(pieces.concat()), &[]);
        let _ = super::boxes::write("boxes", Some(bytes), &[(2, 1)], &[((2, 1), 3)]);
        let _ = Styles::read("styles", pieces.concat());
    }
}
