//! Promises about the workbook that is handed back: what is kept, what is marked, and that it can be sent again and again.

#![allow(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

#[path = "marked/support.rs"]
mod support;

use support::{Clerk, Parts, Round, check, rich, sample};

/// Parts that a marked copy of `rich.xlsx` may change; all others stay byte for byte.
const PATCHED: [&str; 9] = [
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/_rels/sheet2.xml.rels",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
];
const NEW: [&str; 3] = [
    "xl/comments2.xml",
    "xl/drawings/vmlDrawing2.vml",
    "xl/worksheets/sheet5.xml",
];

#[test]
fn every_part_that_is_not_marked_is_byte_equal() {
    let before = Parts::read(&rich());
    let round = check(&rich());
    let after = Parts::read(&round.marked);
    for (name, bytes) in &before.0 {
        let same = after.0.get(name) == Some(bytes);
        assert_eq!(same, !PATCHED.contains(&name.as_str()), "{name}");
    }
    let new: Vec<_> = after.0.keys().filter(|name| !before.0.contains_key(*name)).collect();
    assert_eq!(new, NEW);
}

#[test]
fn a_marked_sheet_keeps_everything_but_its_marks() {
    let (before, round) = (Parts::read(&rich()), check(&rich()));
    let after = Parts::read(&round.marked);
    let (before, after) = (
        before.text("xl/worksheets/sheet1.xml"),
        after.text("xl/worksheets/sheet1.xml"),
    );
    for element in [
        "sheetProtection",
        "conditionalFormatting",
        "dataValidations",
        "sheetViews",
        "drawing ",
        "legacyDrawing ",
    ] {
        let whole = |text: &str| {
            let found = text
                .split(&format!("<{element}"))
                .nth(1)
                .unwrap_or_else(|| panic!("{element}"));
            found.split('>').next().unwrap().to_owned()
        };
        assert_eq!(whole(&before), whole(&after), "{element}");
    }
    assert_eq!(before.matches("<f>").count(), after.matches("<f>").count());
    assert!(after.contains("<mergeCell ref=\"K2:K3\"/>") && after.contains("<autoFilter ref=\"A3:M27\"/>"));
}

#[test]
fn bad_cells_are_coloured_noted_and_summed_up_and_rows_have_their_status() {
    let round = check(&rich());
    let copy = Parts::read(&round.marked);
    for (sheet, cell, colour) in [
        ("xl/worksheets/sheet1.xml", "D7", "FFFFB8"),
        ("xl/worksheets/sheet1.xml", "E9", "FFFFB8"),
        ("xl/worksheets/sheet1.xml", "H12", "FFFFB8"),
    ] {
        assert!(copy.fill(sheet, cell).starts_with(colour), "{cell}");
    }
    assert_eq!(copy.shown("xl/worksheets/sheet1.xml", "K7"), "不能导入");
    assert_eq!(copy.shown("xl/worksheets/sheet1.xml", "K8"), "可以导入");
    assert_eq!(
        copy.shown("xl/worksheets/sheet1.xml", "K28"),
        "",
        "a row of totals has no status"
    );
    assert!(
        copy.shown("xl/worksheets/sheet1.xml", "L7")
            .contains("行政区域“黔灵区”不认识（C017）")
    );
    let notes = copy.text("xl/comments1.xml");
    assert!(
        notes.contains("请王工核对 &lt;此格&gt;") && notes.contains("行政区域“黔灵区”不认识"),
        "{notes}"
    );
    assert_eq!(copy.text("xl/comments2.xml").matches("<comment ").count(), 1);
    let summary = copy.text("xl/worksheets/sheet5.xml");
    for said in [
        "系统核对汇总（回执）",
        "C017",
        "有 4 行不能导入",
        "location=\"'信访台账'!D7\"",
        "location=\"'第二批'!D4\"",
    ] {
        assert!(summary.contains(said), "{said}");
    }
}

#[test]
fn no_cell_becomes_a_formula() {
    let round = check(&rich());
    for (path, wanted) in [(&round.marked, 1), (round.refused.as_ref().unwrap(), 0)] {
        let parts = Parts::read(path);
        let formulas = |text: &String| text.matches("<f>").count() + text.matches("<f ").count();
        let count: usize = parts.sheets().iter().map(formulas).sum();
        assert_eq!(count, wanted, "{}", path.display());
    }
    let texts = ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0"];
    let tricky = support::ledger(&texts);
    let round = check(&tricky);
    for path in [&round.marked, round.refused.as_ref().unwrap()] {
        let parts = Parts::read(path);
        assert!(
            parts.sheets().iter().all(|text| !text.contains("<f")),
            "{}",
            path.display()
        );
        let seen = support::read(path);
        for text in texts {
            assert!(seen.iter().any(|cell| cell == text), "{text} in {}", path.display());
        }
    }
}

#[test]
fn three_rounds_leave_no_old_mark_and_the_clerks_reason() {
    let before = Parts::read(&rich());
    let sheet = "xl/worksheets/sheet1.xml";
    let first = check(&rich());
    let mut clerk = Clerk::opens(&first.marked);
    clerk.types(sheet, "D7", "南明区");
    clerk.types(sheet, "M5", "已电话核实");
    let second = check(&clerk.saves("520102-二.xlsx"));
    assert_eq!(second.bad_cells(), ["E9", "H12", "D4"]);
    let copy = Parts::read(&second.marked);
    assert_eq!(copy.style(sheet, "D7"), before.style(sheet, "D7"));
    assert!(copy.fill(sheet, "E9").starts_with("FFFFB8"));
    assert_eq!(
        copy.fill(sheet, "E9"),
        Parts::read(&first.marked).fill(sheet, "E9"),
        "no darker"
    );
    assert_eq!(copy.shown(sheet, "K7"), "可以导入");
    assert_eq!(copy.shown(sheet, "L7"), "");
    assert_eq!(copy.shown(sheet, "M5"), "已电话核实");
    let notes = copy.text("xl/comments1.xml");
    assert!(notes.contains("请王工核对 &lt;此格&gt;") && !notes.contains("黔灵区"));
    assert_eq!(notes.matches("【系统核对】").count(), 2);

    let mut clerk = Clerk::opens(&second.marked);
    clerk.types(sheet, "E9", "大气");
    clerk.types(sheet, "H12", "已办结");
    clerk.types("xl/worksheets/sheet2.xml", "D4", "南明区");
    let third = check(&clerk.saves("520102-三.xlsx"));
    assert!(third.bad_cells().is_empty() && third.refused.is_none());
    let copy = Parts::read(&third.marked);
    for cell in ["D7", "E9", "H12", "A4", "J28"] {
        assert_eq!(copy.style(sheet, cell), before.style(sheet, cell), "{cell}");
    }
    assert_eq!(copy.text("xl/comments1.xml").matches("【系统核对】").count(), 0);
    assert_eq!(copy.text("xl/comments2.xml").matches("<comment ").count(), 0);
    assert_eq!(
        copy.text("xl/drawings/vmlDrawing1.vml")
            .matches("ObjectType=\"Note\"")
            .count(),
        2
    );
    assert_eq!(copy.text("xl/workbook.xml").matches("系统核对汇总").count(), 1);
    assert_eq!(copy.text(sheet).matches("系统核对：结果").count(), 1);
    assert_eq!(copy.shown(sheet, "M5"), "已电话核实");
    assert_eq!(
        copy.text("xl/styles.xml"),
        Parts::read(&second.marked).text("xl/styles.xml"),
        "no style is added"
    );
}

#[test]
fn refused_rows_alone_are_ready_to_correct_and_send() {
    let round = check(&rich());
    let refused = round.refused.unwrap();
    let mut clerk = Clerk::opens(&refused);
    assert_eq!(clerk.parts.shown("xl/worksheets/sheet1.xml", "K4"), "不能导入");
    assert!(
        clerk
            .parts
            .text("xl/worksheets/sheet1.xml")
            .contains("<mergeCell ref=\"A2:A3\"/>")
    );
    let seen = support::read(&refused);
    assert!(
        seen.iter().any(|cell| cell == "填报日期：2023年5月31日"),
        "the reporting date stays"
    );
    assert!(
        !seen.iter().any(|cell| cell == "合计"),
        "a total of other rows does not"
    );
    clerk.types("xl/worksheets/sheet1.xml", "D4", "南明区");
    clerk.types("xl/worksheets/sheet1.xml", "E5", "大气");
    clerk.types("xl/worksheets/sheet1.xml", "H6", "已办结");
    clerk.types("xl/worksheets/sheet2.xml", "D2", "南明区");
    let again = check(&clerk.saves("520102-改.xlsx"));
    assert!(again.bad_cells().is_empty());
    assert_eq!((again.accepted, again.rejected), (4, 0));
}

#[test]
fn a_format_that_cannot_be_patched_gives_a_workbook_with_the_same_values_that_says_so() {
    for name in [
        "520122-息烽县信访台账.ods",
        "520323-绥阳县信访台账.xls",
        "520328-湄潭县信访台账.xlsb",
        "520627-沿河自治县信访台账.et",
    ] {
        let original = sample(name);
        let round = check(&original);
        assert_eq!(round.marked.extension().unwrap(), "xlsx");
        let parts = Parts::read(&round.marked);
        assert!(
            parts.sheets().iter().any(|text| text.contains("原文件的版式无法保留")),
            "{name}"
        );
        let (before, after) = (support::read(&original), support::read(&round.marked));
        let mut after = after.into_iter();
        for cell in before {
            assert!(after.any(|copied| copied == cell), "{name}: {cell} is lost");
        }
    }
}

#[test]
fn a_package_with_a_broken_part_gives_a_plain_copy() {
    let mut clerk = Clerk::opens(&rich());
    clerk
        .parts
        .0
        .insert("xl/comments1.xml".into(), b"<comments><authors>".to_vec());
    let round = check(&clerk.saves("520102-坏.xlsx"));
    let parts = Parts::read(&round.marked);
    assert!(parts.sheets().iter().any(|text| text.contains("原文件的版式无法保留")));
    assert_eq!(round.bad_cells(), ["D7", "E9", "H12", "D4"]);
}

#[test]
fn the_original_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("520102-台账-核对.xlsx");
    std::fs::copy(rich(), &original).unwrap();
    let bytes = std::fs::read(&original).unwrap();
    let round: Round = support::check_into(&original, folder.path());
    assert_eq!(std::fs::read(&original).unwrap(), bytes);
    assert_eq!(round.marked, folder.path().join("520102-台账-核对2.xlsx"));
}

#[test]
fn a_signature_is_dropped_and_said_and_macros_are_kept_as_they_are() {
    let mut clerk = Clerk::opens(&rich());
    let mut replace = |part: &str, from: &str, to: &str| {
        let text = clerk.parts.text(part);
        assert!(text.contains(from), "{part}");
        clerk
            .parts
            .0
            .insert(part.to_owned(), text.replace(from, to).into_bytes());
    };
    replace(
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    );
    replace(
        "[Content_Types].xml",
        "</Types>",
        "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override \
         PartName=\"/_xmlsignatures/sig1.xml\" ContentType=\"application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml\"/></Types>",
    );
    replace(
        "_rels/.rels",
        "</Relationships>",
        "<Relationship Id=\"sig\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" \
         Target=\"_xmlsignatures/origin.sigs\"/></Relationships>",
    );
    for part in [
        "_xmlsignatures/origin.sigs",
        "_xmlsignatures/sig1.xml",
        "xl/vbaProject.bin",
    ] {
        clerk.parts.0.insert(part.to_owned(), b"<signed/>".to_vec());
    }
    let round = check(&clerk.saves("520102-宏.xlsm"));
    assert_eq!(round.marked.extension().unwrap(), "xlsm");
    let copy = Parts::read(&round.marked);
    assert!(!copy.0.keys().any(|name| name.starts_with("_xmlsignatures")));
    assert!(!copy.text("_rels/.rels").contains("digital-signature"));
    assert!(!copy.text("[Content_Types].xml").contains("sig1"));
    assert_eq!(copy.0["xl/vbaProject.bin"], b"<signed/>");
    assert!(copy.text("xl/worksheets/sheet5.xml").contains("原文件带有数字签名"));
    assert_eq!(round.bad_cells(), ["D7", "E9", "H12", "D4"]);
}

#[test]
fn a_workbook_without_a_ledger_gets_a_summary_that_says_why() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "请假条").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("520102-其他.xlsx");
    book.save(&path).unwrap();
    let round = check(&path);
    let copy = Parts::read(&round.marked);
    assert!(copy.text("xl/worksheets/sheet2.xml").contains("整份文件没有导入"));
    assert_eq!(
        copy.0["xl/worksheets/sheet1.xml"],
        Parts::read(&path).0["xl/worksheets/sheet1.xml"]
    );
}
