//! Decisions on organisations and persons, and the issues they answer.

use super::*;

const HEADER: [&str; 9] = [
    "移交问题编号",
    "责任追究问题",
    "处理对象(单位/个人)",
    "姓名",
    "单位",
    "职级/级别",
    "处理方式",
    "处理时间",
    "问题来源(移交/边督边改)",
];

fn of(rows: &[[&str; 9]]) -> Told {
    let mut lines: Vec<&[&str]> = vec![&HEADER];
    lines.extend(rows.iter().map(|row| row.as_slice()));
    told("520102", &[("责任追究台账", &lines)])
}

#[test]
fn an_organisation_and_a_person_are_read_with_all_their_penalties() {
    let told = of(&[
        [
            "1",
            "违规审批",
            "单位",
            "",
            "甲局",
            "厅局级",
            "检查、通报",
            "2022.8.1",
            "移交",
        ],
        [
            "1",
            "违规审批",
            "个人",
            "王某",
            "甲局",
            "副处级",
            "党内警告、诫勉谈话",
            "2022-08-01",
            "移交",
        ],
        [
            "",
            "",
            "",
            "李某",
            "乙镇",
            "科员",
            "党纪政务处分",
            "2022-02-01",
            "边督边改",
        ],
    ]);
    assert_eq!(told.faults(), []);
    let rows = &told.plain.accountabilities;
    let bits = |bits: &[u8]| format!("kinds: {}", bits.iter().fold(0, |sum, bit| sum | 1_i32 << bit));
    holds(
        &rows[0],
        &[
            "subject: 1",
            "level: Some(1)",
            &bits(&[0, 7]),
            "source: 1",
            r#"issue_title: Some("违规审批")"#,
        ],
    );
    holds(
        &rows[1],
        &["subject: 2", "level: Some(2)", &bits(&[1, 3]), r#"name: Some("王某")"#],
    );
    holds(
        &rows[2],
        &[
            "subject: 2",
            "level: Some(3)",
            &bits(&[3, 4]),
            "source: 2",
            "issue: None",
        ],
    );
}

#[test]
fn a_key_is_made_without_showing_the_name_and_is_the_same_for_the_same_person() {
    let row = ["1", "", "个人", "王某", "甲局", "正处级", "诫勉", "2022-08-01", ""];
    let mut again = row;
    again[6] = "通报";
    let told = of(&[row, again]);
    assert_eq!(told.faults(), [fault("X101", "E2"), fault("X101", "E3")]);
    assert_eq!(told.findings[0].params["found"], "1 甲局");
    let shown = format!("{:?}", told.plain.accountabilities[0]);
    let number = shown
        .split("number: \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    assert!(number.starts_with("1#") && number.is_ascii(), "{number}");
}

#[test]
fn what_cannot_be_counted_is_found() {
    let told = of(&[
        ["1", "", "个人", "王某", "甲局", "", "诫勉", "2022-08-01", "移交"],
        ["1", "", "个人", "", "甲局", "处级", "诫勉", "2022-08-01", "移交"],
        ["1", "", "单位", "", "", "处级", "通报", "2022-08-01", "移交"],
        ["1", "", "单位", "李某", "甲局", "处级", "通报", "2022-08-01", "移交"],
        ["1", "", "单位", "", "丙局", "处级", "诫勉", "2022-08-01", "移交"],
        ["", "", "单位", "", "丁局", "处级", "通报", "2022-08-01", ""],
        ["2", "", "单位", "", "戊局", "处级", "通报", "2022-08-01", "边督边改"],
        ["2", "", "单位", "", "己局", "处级", "通报", "2022-03-01", "移交"],
        ["2", "", "单位", "", "庚局", "处级", "通报", "2023-08-01", "移交"],
        ["2", "", "个人", "赵某", "庚局", "处级", "警告", "2022-08-01", "移交"],
        ["2", "", "个人", "钱某", "庚局", "局级", "诫勉", "2022-08-01", "移交"],
    ]);
    let mut faults = told.faults();
    faults.sort_by_key(|(_, cell)| cell[1..].parse::<u32>().unwrap());
    let wanted = [
        fault("R111", "F2"),
        fault("R112", "D3"),
        fault("R113", "E4"),
        fault("R114", "C5"),
        fault("R115", "G6"),
        fault("R116", "I7"),
        fault("R117", "A8"),
        fault("R118", "H9"),
        fault("R119", "H10"),
        fault("C002", "G11"),
        fault("C002", "F12"),
    ];
    assert_eq!(faults, wanted);
}

#[test]
fn issues_are_listed_by_the_province_and_by_nobody_else() {
    let lines: &[&[&str]] = &[
        &["移交问题编号", "责任追究问题", "移交时间", "备注"],
        &["1", "违规审批采矿", "2022-03-18", ""],
        &["2", "", "2022-03-18", ""],
    ];
    let of_province = told("520000", &[("清单", lines)]);
    assert_eq!(of_province.faults(), [fault("C001", "B3")]);
    holds(
        &of_province.plain.issues,
        &[r#"number: "1", division: "520000", title: "违规审批采矿""#],
    );
    let of_county = told("520102", &[("清单", lines)]);
    assert_eq!(of_county.faults(), [fault("S111", "")]);
    assert_eq!((of_county.checked.rows, of_county.checked.refused), (2, 2));
}

#[test]
fn the_number_of_an_issue_is_the_same_however_it_is_written() {
    let rows = ["一", "1", "第1号", "１", "#1"].map(|issue| {
        let mut row = ["", "", "单位", "", "", "县处级", "通报", "2022-08-01", "移交"];
        row[0] = issue;
        row
    });
    let mut rows = rows;
    for (row, unit) in rows.iter_mut().zip(["甲局", "乙局", "丙局", "丁局", "戊局"]) {
        row[4] = unit;
    }
    let told = of(&rows);
    assert_eq!(told.faults(), []);
    for staged in &told.plain.accountabilities {
        holds(staged, &[r#"issue: Some("1")"#]);
    }
}
