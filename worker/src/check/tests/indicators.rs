//! Indicators: exact amounts, one unit, and what the words of a row say.

use super::*;

const HEADER: [&str; 8] = [
    "指标名称",
    "单位",
    "完成数",
    "总数/目标数",
    "统计期",
    "阶段",
    "对应任务",
    "备注",
];

fn of(rows: &[[&str; 8]]) -> Told {
    let mut lines: Vec<&[&str]> = vec![&HEADER];
    lines.extend(rows.iter().map(|row| row.as_slice()));
    told("520102", &[("指标台账", &lines)])
}

/// Every physical number of a public account: name, unit, done, total, period, stage; then what is stored.
#[test]
fn every_indicator_of_the_public_account_can_be_written() {
    let cases = [
        (
            ["白酒废水治理设施改造", "项", "#7", "", "", "已完成", "", ""],
            "done_millionths: Some(7000000)",
        ),
        (
            ["单位工业增加值能耗同比", "%", "约-10%", "", "", "", "", ""],
            "done_millionths: Some(-10000000)",
        ),
        (
            ["金桥污水应急处理设施", "", "7000吨/小时", "", "", "", "", ""],
            r#"unit: "吨/小时""#,
        ),
        (
            ["磷石膏综合利用", "万吨/年", "", "#140", "", "启动", "", ""],
            "total_millionths: Some(1400000000000)",
        ),
        (
            ["新增污水处理能力", "", "24.85万吨/日", "", "2022", "", "12.3", ""],
            "done_millionths: Some(248500000000)",
        ),
        (
            ["新改建污水管网", "公里", "#1848.55", "", "", "", "", ""],
            "done_millionths: Some(1848550000)",
        ),
        (
            ["渔业专题论证报告批复", "项", "2", "2", "", "批复", "", ""],
            "stage: Some(2)",
        ),
        (["水坝改造", "座", "0", "3", "", "前期工作", "", ""], "stage: Some(1)"),
        (
            ["违规审批项目整改", "个", "39", "39", "", "", "", ""],
            "total_millionths: Some(39000000)",
        ),
        (["矿山修复面积", "", "1466公顷", "", "", "", "", ""], r#"unit: "公顷""#),
        (
            ["历史遗留矿山修复", "", "821个", "826个", "", "", "", ""],
            "total_millionths: Some(826000000)",
        ),
        (
            ["垃圾焚烧发电规模", "t/d", "5,600", "", "2022年", "", "", ""],
            r#"unit: "吨/日""#,
        ),
    ];
    let told = of(&cases.map(|(row, _)| row));
    assert_eq!(told.faults(), []);
    for (staged, (row, field)) in told.plain.indicators.iter().zip(cases) {
        holds(staged, &[row[0], field]);
    }
    let rows = &told.plain.indicators;
    holds(
        &rows[1],
        &["approximate: true", "aggregation: 3", r#"done_text: Some("约-10%")"#],
    );
    holds(
        &rows[3],
        &["stage: Some(3)", "done_millionths: None", r#"unit: "吨/年""#],
    );
    holds(
        &rows[4],
        &[
            "basis: 2",
            r#"period: Some("2022年")"#,
            r#"task: Some("12-3")"#,
            "aggregation: 1",
        ],
    );
    holds(&rows[5], &["basis: 1", "approximate: false"]);
}

#[test]
fn a_unit_is_read_from_the_header_or_from_above_the_table() {
    for lines in [
        &[
            &["指标名称", "完成数（万吨/日）", "对应任务"][..],
            &["污水处理能力", "#24.85", "12"],
        ][..],
        &[
            &["单位：万吨/日"][..],
            &["指标名称", "完成数", "对应任务"],
            &["污水处理能力", "24.85", "12"],
        ],
        &[
            &["指标名称", "完成数（公顷）", "对应任务"][..],
            &["污水处理能力", "24.85万吨/日", "12"],
        ],
    ] {
        let told = told("520102", &[("Sheet1", lines)]);
        assert_eq!(told.faults(), [], "{lines:?}");
        holds(
            &told.plain.indicators[0],
            &[r#"unit: "吨/日""#, "done_millionths: Some(248500000000)"],
        );
    }
}

#[test]
fn a_cell_may_say_how_many_of_how_many() {
    let cases = [
        (["甲", "个", "821/826", "", "", "", "", ""], ["821", "826"]),
        (["乙", "", "821个/826个", "", "", "", "", ""], ["821", "826"]),
        (["丙", "", "491／507座", "", "", "", "", ""], ["491", "507"]),
        (["丁", "座", "0/3", "3", "", "", "", ""], ["0", "3"]),
    ];
    let told = of(&cases.map(|(row, _)| row));
    assert_eq!(told.faults(), []);
    for (staged, (_, [done, total])) in told.plain.indicators.iter().zip(cases) {
        let fields = [
            format!("done_millionths: Some({done}000000)").replace("Some(0000000)", "Some(0)"),
            format!("total_millionths: Some({total}000000)"),
        ];
        holds(staged, &fields.each_ref().map(String::as_str));
    }
    let told = of(&[
        ["甲", "个", "827/826", "", "", "", "", ""],
        ["乙", "个", "1/2/3", "", "", "", "", ""],
        ["丙", "个", "1/2", "3", "", "", "", ""],
        ["丁", "", "7000吨/日", "", "", "", "", ""],
        ["戊", "", "24/30万吨", "", "", "", "", ""],
    ]);
    let wanted = [
        fault("R101", "C2"),
        fault("C102", "C3"),
        fault("C107", "C4"),
        fault("C106", "C6"),
    ];
    assert_eq!(told.faults(), wanted);
}

#[test]
fn units_that_disagree_are_found_and_never_chosen_from() {
    let told = of(&[
        ["甲", "公顷", "5公里", "", "", "", "", ""],
        ["乙", "", "5公里", "6公顷", "", "", "", ""],
        ["丙", "万吨", "24万", "", "", "", "", ""],
        ["丁", "", "24万吨", "30", "", "", "", ""],
        ["戊", "", "5", "", "", "", "", ""],
        ["己", "公倾", "5", "", "", "", "", ""],
        ["庚", "", "5平方公理", "", "", "", "", ""],
    ]);
    let wanted = [
        fault("C104", "C2"),
        fault("C104", "D3"),
        fault("C104", "C4"),
        fault("C106", "D5"),
        fault("C001", "B6"),
        fault("C101", "B7"),
        fault("C101", "C8"),
    ];
    assert_eq!(told.faults(), wanted);
    assert_eq!(
        (told.plain.indicators.len(), told.findings[6].suggestion.as_str()),
        (0, "平方公里")
    );
}

#[test]
fn what_is_no_exact_amount_is_found() {
    let told = of(&[
        ["甲", "个", "若干", "", "", "", "", ""],
        ["乙", "个", "3-5", "", "", "", "", ""],
        ["丙", "吨", "0.1234567", "", "", "", "", ""],
        ["丁", "元", "99999亿", "", "", "", "", ""],
        ["戊", "个", "", "", "", "", "", ""],
        ["己", "%", "#0.1", "", "", "", "", ""],
        ["庚", "%", "#10", "", "", "", "", ""],
        ["辛", "%", "0.1%", "", "", "", "", ""],
        ["", "个", "1", "", "", "", "", ""],
        ["壬", "个", "1", "", "#2022.1", "", "", ""],
    ]);
    let wanted = [
        fault("C102", "C2"),
        fault("C102", "C3"),
        fault("C103", "C4"),
        fault("C103", "C5"),
        fault("R103", "C6"),
        fault("C105", "C7"),
        fault("C001", "A10"),
        fault("C006", "E11"),
    ];
    assert_eq!(told.faults(), wanted);
    assert_eq!(told.plain.indicators.len(), 2);
}

#[test]
fn the_words_of_a_row_must_fit_its_amounts() {
    let header: &[&str] = &["指标名称", "单位", "完成数", "总数", "阶段", "汇总方式", "统计口径"];
    let lines: &[&[&str]] = &[
        header,
        &["甲", "个", "40", "39", "", "", ""],
        &["乙", "个", "38", "39", "已完成", "", ""],
        &["丙", "%", "99.5%", "", "", "求和", ""],
        &["丁", "%", "99.5%", "", "", "取最新", "当期"],
    ];
    let told = told("520102", &[("Sheet1", lines)]);
    assert_eq!(
        told.faults(),
        [fault("R101", "C2"), fault("R104", "C3"), fault("R102", "F4")]
    );
    holds(&told.plain.indicators[1], &["aggregation: 2", "basis: 2"]);
}

#[test]
fn a_header_says_whether_its_amounts_are_cumulative() {
    for (header, basis) in [
        ("累计完成数", "basis: 1"),
        ("本期完成数", "basis: 2"),
        ("完成数", "basis: 2"),
    ] {
        let lines: &[&[&str]] = &[
            &["指标名称", "单位", header, "统计期"],
            &["甲", "个", "4", "2022年1至5月"],
        ];
        let told = told("520102", &[("Sheet1", lines)]);
        assert_eq!(told.faults(), []);
        holds(&told.plain.indicators[0], &[basis, r#"period: Some("2022年1-5月")"#]);
    }
}

#[test]
fn an_indicator_twice_and_a_name_with_two_units_refuse_all_their_rows() {
    let told = of(&[
        ["管网", "公里", "1", "", "2022年", "", "", ""],
        ["矿山", "个", "1", "", "", "", "", ""],
        ["管网", "千米", "2", "", "2022", "", "", ""],
        ["管网", "公里", "3", "", "2023年", "", "", ""],
        ["面积", "公顷", "1", "", "2022年", "", "", ""],
        ["面积", "亩", "15", "", "2023年", "", "", ""],
    ]);
    let wanted = [
        fault("X101", "A2"),
        fault("X101", "A4"),
        fault("X102", "B6"),
        fault("X102", "B7"),
    ];
    assert_eq!(told.faults(), wanted);
    assert_eq!((told.withdrawn, told.checked.refused), (4, 4));
    assert_eq!(told.findings[0].params["rows"], "2、4");
    assert_eq!(told.findings[2].params["units"], "亩、公顷");
}

#[test]
fn a_row_of_totals_is_no_indicator_and_a_row_that_says_累计_is() {
    let lines: &[&[&str]] = &[
        &["指标名称", "统计口径", "单位", "完成数"],
        &["矿山", "累计", "个", "4"],
        &["合计", "", "", "4"],
        &["填报人：某某", "", "审核人：某某"],
    ];
    let told = told("520102", &[("Sheet1", lines)]);
    assert_eq!(told.faults(), []);
    assert_eq!(told.plain.indicators.len(), 1);
}

#[test]
fn a_total_of_amounts_is_held_against_its_rows_in_their_unit() {
    let total_of = |rows: [&str; 2], total: &str| {
        let lines: &[&[&str]] = &[
            &["指标名称", "单位", "完成数"],
            &["甲厂", "", rows[0]],
            &["乙厂", "", rows[1]],
            &["合计", "", total],
        ];
        told("520102", &[("Sheet1", lines)])
    };
    for (rows, total) in [
        (["24.85万吨/日", "1,000t/d"], "24.95万吨/日"),
        (["24.85万吨/日", "1000吨每天"], "249500"),
        // Nothing is added up that does not add up.
        (["24.85万吨/日", "5公里"], "7"),
        (["约3家", "5家"], "9家"),
        (["10%", "20%"], "31%"),
    ] {
        let told = total_of(rows, total);
        assert!(told.findings.is_empty(), "{rows:?} {total} {:?}", told.findings);
    }
    let told = total_of(["24.85万吨/日", "1000吨/日"], "25万吨/日");
    let found = &told.findings[0];
    assert_eq!(
        (told.findings.len(), found.rule.code, found.cell()),
        (1, "X004", "C4".to_owned())
    );
    assert_eq!(
        (found.params["found"].as_str(), found.params["wanted"].as_str()),
        ("250000吨/日", "249500吨/日")
    );
}
