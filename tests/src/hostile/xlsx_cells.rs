//! xlsx: what stands in the rows of a sheet.

use super::package::{SHEET, STRINGS, ledger_rows, sheet, text, xlsx, xlsx_with_sheet};
use super::{Hostile, Wanted};

/// Every kind.
pub fn all() -> Vec<Hostile> {
    let mut all = addresses();
    all.extend(rows());
    all.extend(texts());
    all.extend(numbers());
    all.extend(strings());
    all
}

fn refused(name: impl Into<String>, codes: &'static [&'static str], rows: &str, behind: &str) -> Hostile {
    Hostile::refused("xlsx", name, codes, xlsx(rows, behind).zip())
}

fn read(name: &str, rows: &str, behind: &str) -> Hostile {
    Hostile::new("xlsx", name, xlsx(rows, behind).zip(), Wanted::Read(1))
}

fn addresses() -> Vec<Hostile> {
    let cell = |at: &str| format!("<row><c r='{at}'><v>1</v></c></row>");
    // An address that overflows while it is read ends the reader (F012); none is ever placed elsewhere.
    let mut all: Vec<_> = [
        "XFE9",
        "A1048577",
        "ZZZZZ9",
        "AAAAAAAAAA1",
        "A4294967297",
        "A99999999999999999999",
        "A0",
        "A-1",
        "1",
        "A",
        "R1C1",
        "Ａ1",
    ]
    .into_iter()
    .map(|at| refused(format!("a cell at {at}"), &["F006", "F011", "F012"], &cell(at), ""))
    .collect();
    for row in ["0", "1048577", "4294967297", "-1", "x"] {
        let rows = format!("<row r='{row}'><c><v>1</v></c></row>");
        all.push(refused(
            format!("a row numbered {row}"),
            &["F006", "F011", "F012"],
            &rows,
            "",
        ));
    }
    for block in ["A1:A1048577", "A1:XFE1", "A0:B2", "A1:", "x"] {
        let merge = format!("<mergeCells><mergeCell ref='{block}'/></mergeCells>");
        all.push(refused(
            format!("cells merged at {block}"),
            &["F006", "F011"],
            "",
            &merge,
        ));
    }
    all.push(read("a cell at the far corner", &cell("XFD1048576"), ""));
    let lying = format!(
        "<worksheet><dimension ref='A1:XFD1048576'/><sheetData>{}</sheetData></worksheet>",
        ledger_rows()
    );
    all.push(Hostile::new(
        "xlsx",
        "a dimension of the whole grid",
        xlsx_with_sheet(lying).zip(),
        Wanted::Read(1),
    ));
    all
}

fn rows() -> Vec<Hostile> {
    let many = "<row><c><v>1</v></c></row>".repeat(4_000_000);
    let merges = "<mergeCell ref='A1:B1'/>".repeat(250_000);
    let attributes: String = (0..200_000).map(|number| format!(" a{number}='x'")).collect();
    vec![
        Hostile::refused(
            "xlsx",
            "300,000 rows within each other",
            &["S001"],
            xlsx_with_sheet(sheet(&"<row>".repeat(300_000), "")).zip(),
        ),
        Hostile::refused(
            "xlsx",
            "a sheet without rows",
            &["S001"],
            xlsx_with_sheet(sheet("", "")).zip(),
        ),
        refused(
            "a row within a row",
            &["F006"],
            "<row r='3'><c r='A3'><v>1</v></c><row r='4'><c r='A4'><v>2</v></c></row><c r='B3'><v>3</v></c></row>",
            "",
        ),
        refused(
            "a cell within a cell",
            &["F006"],
            "<row r='3'><c r='A3'><c r='B3'><v>1</v></c></c></row>",
            "",
        ),
        refused(
            "a second block of rows",
            &["F006"],
            "",
            "<sheetData><row r='9'><c r='A9'><v>1</v></c></row></sheetData>",
        ),
        refused(
            "a row that goes back",
            &["F006"],
            &format!("<row r='2'>{}</row>", text("A1", "again")),
            "",
        ),
        refused(
            "a cell that comes twice",
            &["F006"],
            &format!("<row r='3'>{}{}</row>", text("A3", "one"), text("A3", "two")),
            "",
        ),
        refused("4,000,000 rows that pack to nothing", &["F007", "F015"], &many, ""),
        refused(
            "250,000 merged blocks",
            &["F007"],
            "",
            &format!("<mergeCells>{merges}</mergeCells>"),
        ),
        read(
            "a cell with 200,000 attributes",
            &format!("<row r='9'><c r='H9'{attributes}><v>1</v></c></row>"),
            "",
        )
        .or_refused(&["F006", "F007"]),
        read(
            "300,000 elements within each other behind the rows",
            "",
            &"<x>".repeat(300_000),
        )
        .or_refused(&["F006"]),
    ]
}

fn texts() -> Vec<Hostile> {
    let with =
        |name: &str, codes, inner: &str| refused(name, codes, &format!("<row r='9'>{}</row>", text("H9", inner)), "");
    let mut broken = xlsx("", "").part(SHEET);
    let at = super::zips::place(&broken, "南".as_bytes()).expect("a text");
    broken[at + 1] = b'<' + 0x90;
    vec![
        with("a text of 64 MiB in a cell", &["F007"], &"x".repeat(64 << 20)),
        with("a text of 32,768 characters in a cell", &["F007"], &"字".repeat(32_768)),
        with("a character reference to nothing", &["F006"], "&#0;"),
        with("an entity that nobody declared", &["F006"], "&lol;"),
        with("a character reference beyond Unicode", &["F006"], "&#x110000;"),
        Hostile::refused(
            "xlsx",
            "bytes that are no UTF-8",
            &["F006"],
            xlsx_with_sheet(broken).zip(),
        ),
        with("a comment that never ends", &["F006"], "<!-- and so on"),
        with("CDATA that never ends", &["F006"], "<![CDATA[ and so on"),
    ]
}

/// Numbers that are none: each is a finding or a refusal, never a figure.
fn numbers() -> Vec<Hostile> {
    let header = [
        "受理编号",
        "交办问题基本情况",
        "行政区域",
        "是否属实",
        "是否办结",
        "罚款金额（万元）",
        "办结时间",
    ];
    let row = |number: u32, texts: &[&str]| {
        ('A'..)
            .zip(texts)
            .map(|(letter, written)| text(&format!("{letter}{number}"), written))
            .collect::<String>()
    };
    let head = format!("<row r='1'>{}</row>", row(1, &header));
    let texts = row(2, &["X2GZ202112070001", "养殖场排污。", "南明区", "属实", "已办结"]);
    let good =
        |fine: &str, day: &str| format!("{head}<row r='2'>{texts}<c r='F2'>{fine}</c><c r='G2' s='1'>{day}</c></row>");
    let styles = "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>";
    let book = |fine: &str, day: &str| {
        xlsx_with_sheet(sheet(&good(fine, day), ""))
            .with("xl/styles.xml", styles)
            .zip()
    };
    let told = |name: String, rule, bytes| Hostile::new("xlsx", name, bytes, Wanted::Told(rule));
    let mut all: Vec<_> = ["NaN", "Infinity", "-inf", "1e999", "-1e999", "1e308"]
        .into_iter()
        .map(|number| {
            told(
                format!("the number {number}"),
                "C",
                book(&format!("<v>{number}</v>"), "<v>44638</v>"),
            )
        })
        .collect();
    for day in ["-1", "-1e300", "0", "2958466", "1e300", "NaN"] {
        all.push(told(
            format!("the date {day}"),
            "C",
            book("<v>1</v>", &format!("<v>{day}</v>")),
        ));
    }
    all.push(
        told(
            "a number cut by a comment".into(),
            "F006",
            book("<v>1<!-- -->2</v>", "<v>44638</v>"),
        )
        .or_refused(&["F006"]),
    );
    all.push(
        told(
            "a number in CDATA".into(),
            "F006",
            book("<v><![CDATA[12]]></v>", "<v>44638</v>"),
        )
        .or_refused(&["F006"]),
    );
    all
}

fn strings() -> Vec<Hostile> {
    let table =
        |name: &str, codes, part: String| Hostile::refused("xlsx", name, codes, xlsx("", "").with(STRINGS, part).zip());
    let count = |count: &str| format!("<sst uniqueCount='{count}'><si><t>编号</t></si></sst>");
    let shared = |index: &str| format!("<row r='9'><c r='H9' t='s'><v>{index}</v></c></row>");
    vec![
        table("4,000,000,000 shared strings declared", &["F015"], count("4000000000")),
        table(
            "2^64-1 shared strings declared",
            &["F015"],
            count("18446744073709551615"),
        ),
        table(
            "more shared strings declared than a number holds",
            &["F015"],
            count("99999999999999999999"),
        ),
        table("shared strings declared by a word", &["F006"], count("many")),
        table(
            "192 MiB of shared strings",
            &["F015"],
            format!("<sst>{}</sst>", "<si><t>x</t></si>".repeat(12_000_000)),
        ),
        table(
            "a shared string of 64 MiB",
            &["F007"],
            format!("<sst><si><t>{}</t></si></sst>", "x".repeat(64 << 20)),
        ),
        table(
            "shared strings that are cut",
            &["F006"],
            "<sst uniqueCount='2'><si><t>one</t></si><si><t>tw".into(),
        ),
        refused("a shared string that is not there", &["F006"], &shared("1"), ""),
    ]
}
