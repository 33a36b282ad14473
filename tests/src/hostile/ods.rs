//! ods: repetition without end, tables within tables, and text that stops.

use super::package::Package;
use super::{Hostile, Wanted};
use crate::ledger::{HEADER, good};

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

fn cell(attributes: &str, text: &str) -> String {
    format!("<table:table-cell office:value-type='string'{attributes}><text:p>{text}</text:p></table:table-cell>")
}

fn row(attributes: &str, cells: &str) -> String {
    format!("<table:table-row{attributes}>{cells}</table:table-row>")
}

fn ledger_rows() -> String {
    let line = |texts: &[&str]| row("", &texts.iter().map(|text| cell("", text)).collect::<String>());
    line(&HEADER) + &line(&good("X2GZ202112070001", "南明区"))
}

fn content(tables: &str) -> String {
    format!(
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    )
}

fn book(content: impl Into<Vec<u8>>) -> Package {
    Package::of([
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        (MANIFEST, b"<manifest:manifest xmlns:manifest='m'/>".to_vec()),
        (CONTENT, content.into()),
    ])
}

/// The ledger with these rows behind its own.
fn with(rows: &str) -> Package {
    book(content(&format!(
        "<table:table table:name='a'>{}{rows}</table:table>",
        ledger_rows()
    )))
}

fn refused(name: impl Into<String>, codes: &'static [&'static str], package: Package) -> Hostile {
    Hostile::refused("ods", name, codes, package.zip())
}

fn read(name: &str, package: Package) -> Hostile {
    Hostile::new("ods", name, package.zip(), Wanted::Read(1))
}

/// Every kind.
pub fn all() -> Vec<Hostile> {
    let mut all = vec![read("nothing wrong", with(""))];
    all.extend(repeated());
    all.extend(nested());
    all.extend(cut());
    all.extend(parts());
    all
}

fn repeated() -> Vec<Hostile> {
    let rows = |count: &str| format!(" table:number-rows-repeated='{count}'");
    let columns = |count: &str| format!(" table:number-columns-repeated='{count}'");
    let bomb = |down: &str, across: &str| with(&row(&rows(down), &cell(&columns(across), "x")));
    let empty = |across: &str| format!("<table:table-cell{}/>", columns(across));
    vec![
        refused(
            "a text in 90,000 rows of 1,000 columns",
            &["F007"],
            bomb("90000", "1000"),
        ),
        refused("a text in every cell", &["F007"], bomb("1048000", "16384")),
        refused("a text in more columns than there are", &["F011"], bomb("1", "16385")),
        refused(
            "a text in 2^64-1 columns",
            &["F006", "F011"],
            bomb("1", "18446744073709551615"),
        ),
        refused("a text in more rows than there are", &["F011"], bomb("1048576", "1")),
        refused(
            "a text in 2^64-1 rows",
            &["F006", "F011"],
            bomb("18446744073709551615", "1"),
        ),
        refused("a text in -1 rows", &["F006"], bomb("-1", "1")),
        refused("a text in half a column", &["F006"], bomb("1", "0.5")),
        refused(
            "a text behind the last row",
            &["F011"],
            with(&(row(&rows("1048574"), &empty("1")) + &row("", &cell("", "x")))),
        ),
        refused(
            "a text behind the last column",
            &["F011"],
            with(&row("", &(empty("16384") + &cell("", "x")))),
        ),
        read(
            "nothing in all the rest of the grid",
            with(&row(&rows("1048574"), &empty("16384"))),
        ),
        refused(
            "4,000,000,000 spaces",
            &["F006", "F007"],
            with(&row("", &cell("", "<text:s text:c='4000000000'/>"))),
        ),
        refused(
            "100,000 rows of 10,000 texts by copies",
            &["F007", "F015"],
            with(&row(&rows("100000"), &cell(&columns("1000"), "x").repeat(10))),
        ),
    ]
}

fn nested() -> Vec<Hostile> {
    let inner = format!(
        "<table:table-cell><table:table table:name='b'>{}</table:table></table:table-cell>",
        row("", &cell("", "x"))
    );
    vec![
        refused(
            "a table within a cell",
            &["F006"],
            with(&(row("", &inner) + &row("", &cell("", "lost")))),
        ),
        refused(
            "a row within a row",
            &["F006"],
            with(&row("", &row("", &cell("", "x")))),
        ),
        refused(
            "300,000 rows within each other",
            &["F006"],
            with(&"<table:table-row>".repeat(300_000)),
        ),
        refused(
            "300,000 elements within each other",
            &["F006"],
            with(&row("", &cell("", &"<text:span>".repeat(300_000)))),
        ),
        refused(
            "end tags that match nothing",
            &["F006"],
            with("</table:table-row></table:table>"),
        ),
        refused(
            "two tables of one name",
            &["F006"],
            book(content(&format!(
                "<table:table table:name='a'>{0}</table:table><table:table table:name='a'>{0}</table:table>",
                ledger_rows()
            ))),
        ),
        refused(
            "a table without rows",
            &["S001"],
            book(content("<table:table table:name='a'/>")),
        ),
        refused("no table", &["S001", "F006"], book(content(""))),
    ]
}

fn cut() -> Vec<Hostile> {
    let whole = String::from_utf8(with("").part(CONTENT)).expect("text");
    let end = whole.find("</table:table>").expect("the end of the table");
    let second = whole.rfind("<table:table-row>").expect("a row");
    let at = |name: &str, length: usize| {
        refused(
            format!("a content cut {name}"),
            &["F006"],
            book(&whole.as_bytes()[..length]),
        )
    };
    vec![
        at("behind a row", second),
        at("within a row", second + 60),
        at("within its first tag", 20),
        at("behind its rows", end),
        at("behind its table", end + "</table:table>".len()),
        refused(
            "bytes that are no UTF-8",
            &["F006"],
            book(
                whole
                    .replace("养殖", "\u{1}")
                    .into_bytes()
                    .into_iter()
                    .map(|byte| if byte == 1 { 0xFF } else { byte })
                    .collect::<Vec<_>>(),
            ),
        ),
        refused(
            "a document type",
            &["F016"],
            book(format!("<!DOCTYPE x [<!ENTITY e 'x'>]>{whole}")),
        ),
        refused(
            "a number that is none",
            &["F006"],
            with(&row(
                "",
                "<table:table-cell office:value-type='float' office:value='many'/>",
            )),
        ),
    ]
}

fn parts() -> Vec<Hostile> {
    let sealed = "<manifest:manifest xmlns:manifest='m'><manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    vec![
        refused("a password", &["F005"], with("").with(MANIFEST, sealed)),
        refused("no content", &["F001"], with("").without(CONTENT)),
        refused("no mimetype", &["F001"], with("").without("mimetype")),
        refused("no manifest", &["F006"], with("").without(MANIFEST)),
        refused(
            "the mimetype of a text document",
            &["F002"],
            with("").with("mimetype", "application/vnd.oasis.opendocument.text"),
        ),
        refused(
            "a bomb in a picture",
            &["F015"],
            with("").with("Pictures/1.png", vec![0; 192 << 20]),
        ),
        read(
            "a script",
            with("").with(
                "Basic/Standard/Module1.xml",
                "<script:module xmlns:script='s'>Shell(1)</script:module>",
            ),
        ),
    ]
}
