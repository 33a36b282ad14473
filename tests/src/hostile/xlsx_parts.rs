//! xlsx: parts that are missing, cut, wrong or declared by somebody with plans.

use super::package::{BOOK, Package, SHEET, STRINGS, ledger_rows, sheet, xlsx, xlsx_with_sheet};
use super::{Hostile, Wanted};

/// Every kind.
pub fn all() -> Vec<Hostile> {
    let mut all = missing();
    all.extend(cut());
    all.extend(doctypes());
    all.extend(sheets());
    all.extend(carried());
    all
}

fn refused(name: impl Into<String>, codes: &'static [&'static str], package: Package) -> Hostile {
    Hostile::refused("xlsx", name, codes, package.zip())
}

fn read(name: &str, package: Package) -> Hostile {
    Hostile::new("xlsx", name, package.zip(), Wanted::Read(1))
}

fn missing() -> Vec<Hostile> {
    let shared = "<row r='9'><c r='H9' t='s'><v>0</v></c></row>";
    vec![
        refused("no sheet", &["F006"], xlsx("", "").without(SHEET)),
        refused("no workbook", &["F006"], xlsx("", "").without(BOOK)),
        refused(
            "no links of the workbook",
            &["F006"],
            xlsx("", "").without("xl/_rels/workbook.xml.rels"),
        ),
        refused(
            "shared strings that are wanted and missing",
            &["F006"],
            xlsx(shared, "").without(STRINGS),
        ),
        refused(
            "no links of the package",
            &["F006"],
            xlsx("", "").without("_rels/.rels"),
        ),
        read("no content types", xlsx("", "").without("[Content_Types].xml")),
        read(
            "content types that are wrong",
            xlsx("", "").with(
                "[Content_Types].xml",
                "<Types><Default Extension='xml' ContentType='image/png'/></Types>",
            ),
        ),
        refused("an empty sheet part", &["F006"], xlsx_with_sheet("")),
        refused("an empty workbook part", &["F006", "S001"], xlsx("", "").with(BOOK, "")),
        refused(
            "a sheet part that is something else",
            &["F006"],
            xlsx_with_sheet("<html><body/></html>"),
        ),
        refused(
            "a workbook without sheets",
            &["S001", "F006"],
            xlsx("", "").with(BOOK, "<workbook><sheets/></workbook>"),
        ),
    ]
}

fn cut() -> Vec<Hostile> {
    let whole = sheet(
        &ledger_rows(),
        "<mergeCells count='2'><mergeCell ref='G2:G3'/><mergeCell ref='H2:H3'/></mergeCells>",
    );
    let merges = whole.find("<mergeCells").expect("merges");
    let at = |name: &str, end: usize| {
        refused(
            format!("a sheet cut {name}"),
            &["F006"],
            xlsx_with_sheet(&whole.as_bytes()[..end]),
        )
    };
    let row_end = ledger_rows().find("</row>").expect("a row") + "<worksheet><sheetData></row>".len();
    vec![
        at("behind a row", row_end),
        at("within a cell", row_end + 20),
        at("behind its rows", merges),
        at(
            "between two merged blocks",
            whole.find("<mergeCell ref='H2").expect("the second"),
        ),
        read(
            "a sheet cut behind its merged blocks, where no cell stands",
            xlsx_with_sheet(&whole.as_bytes()[..whole.len() - "</worksheet>".len()]),
        ),
        refused(
            "a sheet whose rows never end",
            &["F006"],
            xlsx_with_sheet(whole.replace("</sheetData>", "")),
        ),
        refused(
            "a workbook that is cut",
            &["F006", "S001"],
            xlsx("", "").with(BOOK, "<workbook><sheets><sheet name='台账' sheetId='1' r:id='s'/>"),
        ),
    ]
}

fn doctypes() -> Vec<Hostile> {
    let laughs: String = (1..10)
        .map(|level| format!("<!ENTITY l{level} '{}'>", format!("&l{};", level - 1).repeat(10)))
        .collect();
    let laughs = format!("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY l0 'lol'>{laughs}]>");
    let outside = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>";
    let cell = |entity: &str| {
        format!(
            "<worksheet><sheetData><row><c t='inlineStr'><is><t>&{entity};</t></is></c></row></sheetData></worksheet>"
        )
    };
    let mut all = vec![
        refused("a billion laughs", &["F016"], xlsx_with_sheet(laughs + &cell("l9"))),
        refused(
            "an entity from a file",
            &["F016"],
            xlsx_with_sheet(outside.to_owned() + &cell("e")),
        ),
        refused(
            "an entity from the network",
            &["F016"],
            xlsx_with_sheet("<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><worksheet/>"),
        ),
        refused("XML in UTF-16", &["F006"], xlsx_with_sheet("<\0w\0>\0".as_bytes())),
        refused(
            "XML that says UTF-16",
            &["F006"],
            xlsx_with_sheet("<?xml version='1.0' encoding='utf-16'?><worksheet/>"),
        ),
    ];
    for part in ["[Content_Types].xml", "_rels/.rels", BOOK, STRINGS] {
        let book = xlsx("", "");
        let spoilt = [outside.as_bytes(), &book.part(part)].concat();
        all.push(refused(
            format!("a document type in {part}"),
            &["F016"],
            book.with(part, spoilt),
        ));
    }
    all
}

fn sheets() -> Vec<Hostile> {
    let named = |names: &[String]| {
        let sheets: String = names
            .iter()
            .map(|name| format!("<sheet name='{name}' sheetId='1' r:id='s'/>"))
            .collect();
        xlsx("", "").with(BOOK, format!("<workbook><sheets>{sheets}</sheets></workbook>"))
    };
    let many: Vec<_> = (0..300).map(|number| format!("s{number}")).collect();
    let links = "xl/_rels/workbook.xml.rels";
    let mut all = vec![
        refused("300 sheets", &["F007"], named(&many)),
        refused("two sheets of one name", &["F006"], named(&["a".into(), "a".into()])),
        read(
            "a sheet whose name has 60,000 characters",
            named(&["名".repeat(60_000)]),
        ),
        refused(
            "a sheet whose link is not there",
            &["F006"],
            xlsx("", "").changed(BOOK, "r:id='s'", "r:id='z'"),
        ),
        refused(
            "a sheet without a link",
            &["F006"],
            xlsx("", "").changed(BOOK, " r:id='s'", ""),
        ),
        Hostile::new(
            "xlsx",
            "an empty sheet beside the ledger",
            beside(&sheet("", "")).zip(),
            Wanted::Read(1),
        ),
        refused(
            "a cut sheet beside the ledger",
            &["F006"],
            beside("<worksheet><sheetData><row>"),
        ),
    ];
    for target in [
        "../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:9/sheet.xml",
        "",
    ] {
        let package = xlsx("", "").changed(links, "worksheets/sheet1.xml", target);
        all.push(refused(format!("a sheet at {target:?}"), &["F006"], package));
    }
    all
}

/// The ledger, and another sheet with this part.
fn beside(part: &str) -> Package {
    xlsx("", "")
        .changed(
            BOOK,
            "</sheets>",
            "<sheet name='another' sheetId='2' r:id='u'/></sheets>",
        )
        .changed(
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            "<Relationship Id='u' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet2.xml'/></Relationships>",
        )
        .with("xl/worksheets/sheet2.xml", part)
}

/// What is carried along and neither run nor followed.
fn carried() -> Vec<Hostile> {
    let link = "<externalLink><externalBook r:id='e'/></externalLink>";
    let target =
        "<Relationships><Relationship Id='e' TargetMode='External' Target='http://127.0.0.1:9/'/></Relationships>";
    let dde = "<row r='9'><c r='H9' t='str'><f>cmd|'/c calc'!A0</f><v>kept</v></c></row>";
    let shared = "<row r='9'><c r='H9'><f t='shared' si='4294967295' ref='H9:XFD1048576'>1</f><v>1</v></c></row>";
    vec![
        Hostile::new(
            "xlsm",
            "a macro",
            xlsx("", "").with("xl/vbaProject.bin", "not looked at").zip(),
            Wanted::Told("F018"),
        ),
        read(
            "a link to another workbook",
            xlsx("", "")
                .with("xl/externalLinks/externalLink1.xml", link)
                .with("xl/externalLinks/_rels/externalLink1.xml.rels", target),
        ),
        read("a formula that starts a program", xlsx(dde, "")),
        read("a formula shared by the whole grid", xlsx(shared, "")),
        read(
            "4,000,000,000 styles declared",
            xlsx("", "").with(
                "xl/styles.xml",
                "<styleSheet><cellXfs count='4000000000'><xf numFmtId='0'/></cellXfs></styleSheet>",
            ),
        ),
        refused(
            "styles that are cut",
            &["F006"],
            xlsx("", "").with("xl/styles.xml", "<styleSheet><cellXfs><xf numFm"),
        ),
    ]
}
