//! A template that is filled in from the records brings them back as they are.

mod download;

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use ducha_records::address::address;
use ducha_records::{Reach, imports, inspections, petitions};
use ducha_tests::ledger::{self, Ledgers, Told};
use ducha_tests::{Backend, TestDatabase, program};

const PETITIONS: [&str; 32] = [
    "受理编号",
    "合并编号",
    "批次",
    "举报方式",
    "受理时间",
    "交办问题基本情况",
    "行政区域",
    "污染类型",
    "调查核实情况",
    "是否属实",
    "整改目标及整改措施",
    "处理和整改情况",
    "最新整改情况",
    "是否办结",
    "办结时间",
    "责令整改（家）",
    "立案处罚（家）",
    "罚款金额（万元）",
    "立案侦查（件）",
    "行政拘留（人）",
    "刑事拘留（人）",
    "约谈（人）",
    "问责（人）",
    "责任人被处理情况",
    "是否重点件",
    "责任单位",
    "重复关联件编号",
    "验收情况",
    "备注",
    "牵头单位",
    "联系电话",
    "所属网格",
];

fn petition<'a>(number: &'a str, state: &'a str, on: &'a str) -> [&'a str; 32] {
    [
        number,
        "X2GZ202112070009",
        "第2批",
        "来信",
        "2021年12月7日",
        "河道边的养殖场排放污水。\n气味难闻，=1+1 也写过。",
        "南明区、云岩区",
        "水、大气，固废",
        "经现场核查，情况属实。",
        "部分属实",
        "目标：零排放。",
        "已责令整改。",
        "设施运行正常。",
        state,
        on,
        "1",
        "2家",
        "154.7256",
        "0",
        "1",
        "",
        "3人",
        "0",
        "无",
        "是",
        "区生态环境局",
        "X2GZ202112060003",
        "县级已验收",
        "延期一周",
        "区水务局",
        "13800000000",
        "三号网格",
    ]
}

const TASKS: [&str; 12] = [
    "任务编号",
    "上级任务编号",
    "问题来源",
    "反馈问题",
    "整改目标",
    "整改措施",
    "责任单位",
    "整改时限",
    "整改进展情况",
    "整改状态",
    "销号情况",
    "未完成原因",
];

fn task<'a>(number: &'a str, status: &'a str, closure: &'a str) -> [&'a str; 12] {
    [
        number,
        "12",
        "督察报告反馈",
        "污水管网不完善。",
        "全收集、全处理。",
        "新建管网12公里。",
        "区水务局",
        "2023年6月底前，长期坚持",
        "已新建8公里。",
        status,
        closure,
        "用地手续办理较慢",
    ]
}

/// Two petitions that are open and one that is not, and as many tasks.
fn ledgers() -> Ledgers {
    let ledgers = Ledgers::new();
    let petitions = [
        PETITIONS,
        petition("X2GZ202112070001", "未办结", ""),
        petition("X2GZ202112070002", "阶段性办结", ""),
        petition("X2GZ202112070004", "已办结", "2022-03-01"),
    ];
    ledgers.sheet("520102-信访台账.xlsx", &petitions);
    let tasks = [
        TASKS,
        task("12-3", "未达到序时进度", ""),
        task("12-4", "尚未启动", "退回"),
        task("12-5", "完成整改", "已销号"),
    ];
    ledgers.sheet("520102-整改台账.xlsx", &tasks);
    ledgers
}

fn template(url: &str, division: &str, kinds: &[&str], path: &Path) -> program::Said {
    let mut command = program::command("ducha-worker");
    command.arg("template").args(kinds).arg("-o").arg(path);
    command.args(["--division", division, "--inspection", "gz-2021", "--database", url]);
    program::run(&mut command)
}

fn rows(told: &Told, key: &str) -> i64 {
    told.files
        .iter()
        .map(|file| file[key].as_i64().unwrap_or_default())
        .sum()
}

/// The column under the header of the base version.
fn base_versions(path: &PathBuf) -> Vec<String> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let header = sheet.rows().nth(3).unwrap();
    let at = header
        .iter()
        .position(|cell| *cell == Data::String("版本（系统填写）".to_owned()));
    let column = sheet.rows().skip(4).map(|row| row[at.unwrap()].to_string());
    column.filter(|text| !text.is_empty()).collect()
}

#[test]
fn what_is_filled_in_and_not_changed_has_no_finding_and_makes_no_revision() {
    let ledgers = ledgers();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(
            (rows(&told, "inserted"), rows(&told, "refused")),
            (6, 0),
            "{:?}",
            told.findings
        );
        let sequence = || {
            inspections::get(&mut database.open(), "gz-2021")
                .unwrap()
                .unwrap()
                .last_sequence
        };
        let before = sequence();
        let folder = Ledgers::new();
        let path = folder.path().join("520102-模板.xlsx");
        let said = template(&database.url(), "520102", &["petitions", "tasks"], &path);
        assert_eq!(said.status, Some(0), "{}", said.err);
        assert!(said.out.contains("预填 4 行"), "{}", said.out);
        assert_eq!(base_versions(&path), ["1.1", "1.1"]);

        let told = ledger::check(&[], &path);
        assert!(told.findings.is_empty(), "{:?}", told.findings);
        let told = ledger::import(&database.url(), &[], &path);
        assert!(told.findings.is_empty(), "{:?}", told.findings);
        let counts = ["rows", "unchanged", "inserted", "updated", "refused"].map(|key| rows(&told, key));
        assert_eq!(counts, [4, 4, 0, 0, 0], "{backend:?}");
        assert_eq!(sequence(), before);
    }
}

#[test]
fn the_open_records_of_every_division_of_the_samples_come_back_unchanged_or_ask_for_a_report() {
    let database = TestDatabase::ready(Backend::Sqlite);
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples");
    ledger::import(&database.url(), &[], &samples);
    let mut db = database.open();
    let page = imports::list(&mut db, &Reach::All, "gz-2021", &Default::default(), None, 1_000).unwrap();
    let divisions: std::collections::BTreeSet<String> = page
        .rows
        .into_iter()
        .filter_map(|import| import.division)
        .filter(|division| division != "520000")
        .collect();
    assert!(divisions.len() > 40, "{divisions:?}");
    let before = inspections::get(&mut db, "gz-2021").unwrap().unwrap().last_sequence;
    let folder = Ledgers::new();
    for division in divisions {
        let path = folder.path().join(format!("{division}-模板.xlsx"));
        assert_eq!(
            template(&database.url(), &division, &["all"], &path).status,
            Some(0),
            "{division}"
        );
    }
    let told = ledger::import(&database.url(), &["--inspection", "gz-2021"], folder.path());
    // What is assigned and was never reported has nothing to fill in, and asks for it by the rule on empty cells.
    let errors = told.findings.iter().filter(|finding| finding["severity"] == "error");
    let unreported: std::collections::BTreeSet<String> = errors
        .map(|finding| {
            assert_eq!(finding["rule"], "C001", "{finding}");
            format!("{}{}{}", finding["file"], finding["sheet"], finding["row"])
        })
        .collect();
    assert_eq!(rows(&told, "refused"), unreported.len() as i64);
    assert_eq!(["inserted", "updated"].map(|key| rows(&told, key)), [0, 0]);
    assert!(rows(&told, "unchanged") >= 16, "{}", rows(&told, "unchanged"));
    assert_eq!(
        inspections::get(&mut db, "gz-2021").unwrap().unwrap().last_sequence,
        before
    );
}

#[test]
fn a_template_for_nobody_for_the_province_or_without_an_inspection_is_refused() {
    let database = TestDatabase::ready(Backend::Sqlite);
    ledger::import(&database.url(), &[], ledgers().path());
    let folder = Ledgers::new();
    let path = folder.path().join("模板.xlsx");
    for (division, reason) in [
        ("999999", "999999 is no known division"),
        ("520000", "the whole province"),
    ] {
        let said = template(&database.url(), division, &["tasks"], &path);
        assert_eq!(said.status, Some(2));
        assert!(said.err.contains(reason), "{}", said.err);
    }
    let mut command = program::command("ducha-worker");
    command
        .args(["template", "tasks", "--division", "520102", "-o"])
        .arg(&path);
    assert!(program::run(&mut command).err.contains("--inspection"));
    assert!(!path.exists());
}

/// What the first sheet of a template says, as text, a row for each of its own.
fn texts(path: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::DateTime(day) => day.as_datetime().unwrap().date().to_string(),
        other => other.to_string(),
    };
    sheet.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// Row and column of the first cell that says `text`.
fn place(rows: &[Vec<String>], text: &str) -> (usize, usize) {
    let at = |row: &Vec<String>| row.iter().position(|cell| cell == text);
    let mut places = rows
        .iter()
        .enumerate()
        .filter_map(|(row, cells)| Some((row, at(cells)?)));
    places.next_back().unwrap()
}

/// What the county says of its handling of a stored petition.
fn handling(database: &TestDatabase, number: &str) -> Option<String> {
    let found = petitions::get(&mut database.open(), &Reach::All, "gz-2021", number)
        .unwrap()
        .unwrap();
    let part = found.handlings.into_iter().find(|part| part.division == "520102");
    part.unwrap().content.handling
}

#[test]
fn an_old_template_does_not_overwrite_what_was_stored_since() {
    const MOVED: &str = "X2GZ202112070001";
    const STILL: &str = "X2GZ202112070002";
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        ledger::import(&database.url(), &[], ledgers().path());
        let folder = Ledgers::new();
        let path = folder.path().join("模板.xlsx");
        assert_eq!(
            template(&database.url(), "520102", &["petitions"], &path).status,
            Some(0)
        );
        let mut table = texts(&path);
        std::fs::remove_file(&path).unwrap();
        let newer = Ledgers::new();
        let mut said = petition(MOVED, "未办结", "");
        said[11] = "已拆除违建。";
        newer.sheet("520102-信访台账.xlsx", &[PETITIONS, said]);
        let told = ledger::import(&database.url(), &["--partial"], newer.path());
        assert_eq!(rows(&told, "updated"), 1);

        let (row, _) = place(&table, MOVED);
        let (header, version) = place(&table, "版本（系统填写）");
        let (_, column) = place(&table, "处理和整改情况");
        let other = place(&table, STILL).0;
        for row in [row, other] {
            table[row][column] = "已立案查处。".to_owned();
        }
        let path = folder.sheet("520102-填好.xlsx", &table);
        let told = ledger::import(&database.url(), &[], &path);
        let cell = address(row as u32 + 1, version as u32);
        assert_eq!(told.faults(), [("D027".to_owned(), cell)], "{backend:?}");
        let counts = ["inserted", "updated", "unchanged", "refused"].map(|key| rows(&told, key));
        assert_eq!(counts, [0, 1, 0, 1]);
        assert_eq!(handling(&database, MOVED).as_deref(), Some("已拆除违建。"));
        assert_eq!(handling(&database, STILL).as_deref(), Some("已立案查处。"));

        // A marked copy says that the other row is in, so that it may be corrected there; a version that is cleared says
        // that the row is right as it is.
        table[header].push("系统核对：结果".to_owned());
        table[other].push("已导入".to_owned());
        table[other][column] = "已立案查处，罚款到位。".to_owned();
        table[row][version].clear();
        let path = folder.sheet("520102-改好.xlsx", &table);
        let told = ledger::import(&database.url(), &[], &path);
        assert_eq!(told.faults(), []);
        assert_eq!(rows(&told, "updated"), 2);
        assert_eq!(handling(&database, MOVED).as_deref(), Some("已立案查处。"));
        assert_eq!(handling(&database, STILL).as_deref(), Some("已立案查处，罚款到位。"));
    }
}
