//! Everything counties do to cells and files: what is read, and what is found, one line for each.

use std::path::{Path, PathBuf};

use ducha_records::petitions::{self, PetitionWithParts};
use ducha_tests::ledger::{self, Ledgers, Told, good};
use ducha_tests::{Backend, TestDatabase};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// A cell as a county fills it.
#[derive(Debug, Clone, Copy)]
enum Put {
    Text(&'static str),
    Number(f64),
    /// A real date of the spreadsheet: year, month, day.
    Day(u16, u8, u8),
    /// A formula and what was cached of it.
    Formula(&'static str, &'static str),
}
use Put::{Day, Formula as Calculated, Number, Text};

/// What must come of it: the value that is stored, or the rule that finds something.
#[derive(Debug, Clone, Copy)]
enum Comes {
    Stored(&'static str),
    Found(&'static str),
    /// A finding that does not refuse the row, and the value.
    Both(&'static str, &'static str),
}
use Comes::{Both, Found, Stored};

const HEADER: [&str; 10] = [
    "受理编号",
    "交办问题基本情况",
    "行政区域",
    "是否属实",
    "是否办结",
    "办结时间",
    "责令整改（家）",
    "罚款金额（万元）",
    "责任人被处理情况",
    "备注",
];
const COMPLAINT: u16 = 1;
const DIVISION: u16 = 2;
const SUBSTANTIATED: u16 = 3;
const CONCLUSION: u16 = 4;
const CONCLUDED_ON: u16 = 5;
const ORDERED: u16 = 6;
const FINE: u16 = 7;
const ACCOUNTABILITY: u16 = 8;
const REMARKS: u16 = 9;

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: Put) {
    match cell {
        Text(text) => sheet.write_string(row, column, text).unwrap(),
        Number(number) => sheet.write_number(row, column, number).unwrap(),
        Day(year, month, day) => {
            let format = Format::new().set_num_format("yyyy-mm-dd");
            let moment = ExcelDateTime::from_ymd(year, month, day).unwrap();
            sheet.write_datetime_with_format(row, column, &moment, &format).unwrap()
        }
        Calculated(formula, cached) => sheet
            .write_formula(row, column, Formula::new(formula).set_result(cached))
            .unwrap(),
    };
}

/// A ledger in which each case has a row of its own, right but for the case's cell.
fn ledger_of(cases: &[(u16, Put, Comes)]) -> (Ledgers, PathBuf) {
    let ledgers = Ledgers::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(HEADER) {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, (column, cell, _)) in (1..).zip(cases) {
        let right = [Text("养殖场排污。"), Text("南明区"), Text("属实"), Text("未办结")];
        sheet.write_string(row, 0, number(row)).unwrap();
        for (at, text) in (1..).zip(right) {
            put(sheet, row, at, text);
        }
        if *column == CONCLUDED_ON {
            put(sheet, row, CONCLUSION, Text("已办结"));
        }
        put(sheet, row, *column, *cell);
    }
    let path = ledgers.path().join("520102-台账.xlsx");
    book.save(&path).unwrap();
    (ledgers, path)
}

fn number(row: u32) -> String {
    format!("X2GZ20211207{row:04}")
}

fn stored(found: &PetitionWithParts, column: u16) -> String {
    let part = &found.handlings[0];
    let content = &part.content;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match column {
        COMPLAINT => found.petition.wording.complaint.clone(),
        DIVISION => part.division.clone(),
        SUBSTANTIATED => content.substantiated.map_or_else(String::new, |code| code.to_string()),
        CONCLUSION => content.conclusion.to_string(),
        CONCLUDED_ON => content.concluded_on.map_or_else(String::new, |day| day.to_string()),
        ORDERED => content.ordered.map_or_else(String::new, |count| count.to_string()),
        FINE => content.fine_fen.map_or_else(String::new, |fen| fen.to_string()),
        ACCOUNTABILITY => text(&content.accountability),
        _ => text(&content.remarks),
    }
}

/// Imports the cases and holds every row against what must come of it.
fn hold(cases: &[(u16, Put, Comes)]) {
    let (_ledgers, path) = ledger_of(cases);
    let database = TestDatabase::ready(Backend::Sqlite);
    let told = ledger::import(&database.url(), &[], &path);
    let mut db = database.open();
    let mut wrong = Vec::new();
    for (row, (column, cell, comes)) in (1..).zip(cases) {
        let rules: Vec<&str> = told
            .findings
            .iter()
            .filter(|finding| finding["row"] == row + 1)
            .filter_map(|finding| finding["rule"].as_str())
            .collect();
        let record = petitions::get(&mut db, &ducha_records::Reach::All, "gz-2021", &number(row)).unwrap();
        let value = record.map(|record| stored(&record, *column));
        let (wanted_rules, wanted) = match comes {
            Stored(value) => (vec![], Some((*value).to_owned())),
            Found(rule) => (vec![*rule], None),
            Both(rule, value) => (vec![*rule], Some((*value).to_owned())),
        };
        if (&rules, &value) != (&wanted_rules, &wanted) {
            wrong.push(format!(
                "{cell:?}: wanted {wanted_rules:?} {wanted:?}, came {rules:?} {value:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dates_are_read_in_every_form_they_are_written_in() {
    let cases = [
        (Day(2022, 3, 18), Stored("2022-03-18")),
        (Number(44_638.0), Stored("2022-03-18")),
        (Number(20_220_318.0), Stored("2022-03-18")),
        (Text("44638"), Stored("2022-03-18")),
        (Text("2022.3.18"), Stored("2022-03-18")),
        (Text("2022年3月18日"), Stored("2022-03-18")),
        (Text("2022/3/18"), Stored("2022-03-18")),
        (Text("2022-3-18"), Stored("2022-03-18")),
        (Text("20220318"), Stored("2022-03-18")),
        (Text("二〇二二年三月十八日"), Stored("2022-03-18")),
        (Text("２０２２．３．１８"), Stored("2022-03-18")),
        (Text("2022年3月18日前"), Stored("2022-03-18")),
        (Text("2022年3月18日左右"), Stored("2022-03-18")),
        (Text("2022.03"), Stored("2022-03-31")),
        (Text("2022年3月"), Stored("2022-03-31")),
        (Text("2022年3月底"), Stored("2022-03-31")),
        (Text("3月18日"), Found("C004")),
        (Text("2021.12-2022.1"), Found("C008")),
        (Number(2022.1), Found("C006")),
        (Text("2022年2月30日"), Found("C007")),
        (Text("1999年3月18日"), Found("C005")),
        (Number(42_004.0), Found("C005")),
        (Text("待定"), Found("C003")),
        (Text("不涉及"), Both("R002", "")),
    ];
    hold(&cases.map(|(cell, comes)| (CONCLUDED_ON, cell, comes)));
}

#[test]
fn numbers_are_read_with_their_units_and_signs() {
    hold(&[
        (ORDERED, Number(3.0), Stored("3")),
        (ORDERED, Text("3"), Stored("3")),
        (ORDERED, Text("'3"), Stored("3")),
        (ORDERED, Text("３家"), Stored("3")),
        (ORDERED, Text("1,466"), Both("C050", "1466")),
        (ORDERED, Text("约20家"), Found("C009")),
        (ORDERED, Text("20余家"), Found("C009")),
        (ORDERED, Text("1万家"), Both("C050", "10000")),
        (ORDERED, Text("/"), Stored("")),
        (ORDERED, Text("3人"), Found("C013")),
        (ORDERED, Text("若干"), Found("C009")),
        (ORDERED, Number(-1.0), Found("C010")),
        (ORDERED, Number(1.5), Found("C011")),
        (ORDERED, Number(3_000_000_000.0), Found("C012")),
        (FINE, Number(1547.256), Both("C049", "1547256000")),
        (FINE, Text("251542.71元"), Stored("25154271")),
        (FINE, Text("5.8万元"), Stored("5800000")),
        (FINE, Text("0.5亿元"), Both("C049", "5000000000")),
        (FINE, Calculated("=2+3", "5"), Stored("5000000")),
        (FINE, Calculated("=#REF!", "#REF!"), Found("C015")),
    ]);
}

#[test]
fn texts_lose_what_nobody_typed_and_keep_the_rest() {
    hold(&[
        (
            COMPLAINT,
            Text("  养殖场\u{3000}排污。\u{a0} "),
            Stored("养殖场 排污。"),
        ),
        (COMPLAINT, Text("养殖场\u{200b}排污。\u{feff}"), Stored("养殖场排污。")),
        (
            COMPLAINT,
            Text("第一，排污。\r\n第二，扰民。"),
            Stored("第一，排污。\n第二，扰民。"),
        ),
        (COMPLAINT, Text("排污\u{fffd}严重"), Found("C016")),
        (COMPLAINT, Text("——"), Found("C001")),
        (REMARKS, Text("N/A"), Stored("")),
        (REMARKS, Text("暂无"), Stored("")),
        (REMARKS, Text("\\"), Stored("")),
        (REMARKS, Text("电话13812345678"), Both("C022", "电话13812345678")),
        (ACCOUNTABILITY, Text("无"), Stored("无")),
        (SUBSTANTIATED, Text("无"), Found("C002")),
        (SUBSTANTIATED, Text("部分\n属实"), Stored("2")),
        (SUBSTANTIATED, Text("基本上属实"), Found("C002")),
        (CONCLUSION, Text("阶段办结"), Stored("1")),
        (CONCLUSION, Text("办理中"), Stored("0")),
    ]);
}

#[test]
fn divisions_are_read_by_any_of_their_names() {
    hold(&[
        (DIVISION, Text("南明区"), Stored("520102")),
        (DIVISION, Text("520102"), Stored("520102")),
        (DIVISION, Number(520_102.0), Stored("520102")),
        (DIVISION, Text("贵州省贵阳市南明区"), Stored("520102")),
        (DIVISION, Text("贵阳市、南明区"), Stored("520102")),
        (DIVISION, Text("贵阳市"), Stored("520102")),
        (DIVISION, Text("南明"), Stored("520102")),
        (DIVISION, Text("云岩区"), Found("C019")),
        (DIVISION, Text("朝阳区"), Found("C017")),
    ]);
}

#[test]
fn numbers_of_petitions_survive_widths_stars_and_blanks_but_not_an_exponent() {
    let ledgers = Ledgers::new();
    let cases = [
        ("x2gz202112070001", None),
        ("Ｘ２ＧＺ２０２１１２０７０００２", None),
        (" X2GZ 20211207 0003 ", None),
        ("*X2GZ202112070004", None),
        ("X2GZ202112070005（重点）", None),
        ("X2GZ2O2112070006", Some("C030")),
        ("黔信2021-7号", Some("C021")),
        ("X2GZ2021120700", Some("C020")),
        ("2.02112E+11", Some("C020")),
        ("无", Some("C001")),
    ];
    let rows: Vec<[&str; 7]> = cases.iter().map(|(number, _)| good(number, "南明区")).collect();
    let told = ledger::check(&[], &ledgers.petitions("520102-台账.xlsx", &rows));
    for (row, (number, rule)) in (2..).zip(cases) {
        let found: Vec<_> = told.findings.iter().filter(|finding| finding["row"] == row).collect();
        let rules: Vec<_> = found.iter().filter_map(|finding| finding["rule"].as_str()).collect();
        assert_eq!(rules, rule.into_iter().collect::<Vec<_>>(), "{number}");
    }
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples").join(name)
}

fn accepted(told: &Told) -> i64 {
    told.files[0]["accepted"].as_i64().unwrap_or_default()
}

#[test]
fn the_format_is_told_by_the_bytes_whatever_the_file_is_called() {
    let folder = Ledgers::new();
    for sample_name in [
        "520627-沿河自治县信访台账.et",
        "520203-六枝特区信访台账.xls",
        "520111-花溪区信访台账.xlsx",
        "520115-观山湖区信访台账.xlsb",
        "520122-息烽县信访台账.ods",
    ] {
        let division = &sample_name[..6];
        let wanted = ledger::check(&[], &sample(sample_name));
        assert!(accepted(&wanted) > 0, "{sample_name}");
        for extension in ["xls", "xlsx", "xlsb", "ods", "et"] {
            let path = folder.path().join(format!("{division}-台账.{extension}"));
            std::fs::copy(sample(sample_name), &path).unwrap();
            let told = ledger::check(&[], &path);
            assert_eq!(accepted(&told), accepted(&wanted), "{sample_name} as {extension}");
            std::fs::remove_file(path).unwrap();
        }
    }
}

#[test]
fn a_format_that_does_not_tell_merged_cells_says_so_and_guesses_nothing() {
    for (name, note) in [
        ("520115-观山湖区信访台账.xlsb", true),
        ("520122-息烽县信访台账.ods", true),
        ("520203-六枝特区信访台账.xls", false),
        ("520111-花溪区信访台账.xlsx", false),
    ] {
        let told = ledger::check(&[], &sample(name));
        assert_eq!(
            told.findings.iter().any(|finding| finding["rule"] == "S004"),
            note,
            "{name}"
        );
    }
}

/// A sheet of [`ledger::HEADER`] and these rows.
fn sheet(book: &mut Workbook, name: &str, rows: &[[&str; 7]]) {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (row, texts) in (0..).zip(std::iter::once(&ledger::HEADER).chain(rows)) {
        for (column, text) in (0..).zip(texts.iter()) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
}

#[test]
fn a_number_merged_over_two_rows_is_one_petition_of_two_divisions() {
    let ledgers = Ledgers::new();
    let mut book = Workbook::new();
    sheet(&mut book, "台账", &[good("", "南明区"), good("", "云岩区")]);
    let merged = Format::new();
    let first = book.worksheet_from_index(0).unwrap();
    first.merge_range(1, 0, 2, 0, "X2GZ202112070001", &merged).unwrap();
    let path = ledgers.path().join("520100-台账.xlsx");
    book.save(&path).unwrap();
    let database = TestDatabase::ready(Backend::Sqlite);
    let told = ledger::import(&database.url(), &[], &path);
    assert!(told.findings.is_empty(), "{:?}", told.findings);
    let found = petitions::get(
        &mut database.open(),
        &ducha_records::Reach::All,
        "gz-2021",
        "X2GZ202112070001",
    )
    .unwrap()
    .unwrap();
    let divisions: Vec<&str> = found.handlings.iter().map(|part| part.division.as_str()).collect();
    assert_eq!(divisions, ["520102", "520103"]);
}

#[test]
fn every_sheet_with_the_header_is_read_and_every_other_is_listed() {
    let ledgers = Ledgers::new();
    let mut book = Workbook::new();
    sheet(&mut book, "第1批", &[good("X2GZ202112060001", "南明区")]);
    sheet(&mut book, "第2批", &[good("X2GZ202112070001", "南明区")]);
    sheet(&mut book, "旧表", &[good("X2GZ202112070002", "南明区")]);
    book.worksheet_from_index(2).unwrap().set_hidden(true);
    for (name, text) in [("填表须知", "每件填一行"), ("字典", "已办结"), ("汇总", "共2件")] {
        book.add_worksheet()
            .set_name(name)
            .unwrap()
            .write_string(0, 0, text)
            .unwrap();
    }
    book.add_worksheet().set_name("Sheet3").unwrap();
    // A hidden row counts like any other: a filter hides rows, and they are still reported.
    book.worksheet_from_index(1).unwrap().set_row_hidden(1).unwrap();
    let path = ledgers.path().join("520102-台账.xlsx");
    book.save(&path).unwrap();
    let told = ledger::check(&[], &path);
    assert_eq!(told.files[0]["rows"], 2);
    let notes: Vec<(&str, &str)> = told
        .findings
        .iter()
        .filter_map(|finding| Some((finding["sheet"].as_str()?, finding["rule"].as_str()?)))
        .collect();
    assert_eq!(
        notes,
        [
            ("旧表", "S002"),
            ("填表须知", "S003"),
            ("字典", "S003"),
            ("汇总", "S003")
        ]
    );
}
