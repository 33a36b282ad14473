//! Activities: when, where, and which tasks they were about.

use super::*;

const HEADER: [&str; 8] = ["类型", "时间", "组织单位", "地点", "主题", "涉及任务", "结果", "备注"];

fn of(rows: &[[&str; 8]]) -> Told {
    let mut lines: Vec<&[&str]> = vec![&HEADER];
    lines.extend(rows.iter().map(|row| row.as_slice()));
    told("520000", &[("活动台账", &lines)])
}

#[test]
fn a_meeting_a_visit_and_a_document_are_read() {
    let told = of(&[
        ["常委会会议", "2022年4月8日", "省委", "", "研究督察整改", "", "", ""],
        [
            "现场督导",
            "2022年5月10日至12日",
            "省政府",
            "乌江、赤水河；松桃",
            "磷污染治理",
            "十二、12.3和13",
            "",
            "",
        ],
        ["印发文件", "2022-06-01", "省厅", "", "三年行动方案", "", "", ""],
    ]);
    assert_eq!(told.faults(), []);
    let rows = &told.plain.activities;
    holds(&rows[0], &["kind: 1", "held_on: 2022-04-08", r#"division: "520000""#]);
    holds(
        &rows[1],
        &["kind: 2", "held_on: 2022-05-10", r"乌江\n赤水河\n松桃", r"12\n12-3\n13"],
    );
    holds(&rows[2], &["kind: 5", r#"number: "2022-06-01-document_issued#"#]);
}

#[test]
fn what_does_not_fit_an_activity_is_found() {
    let told = of(&[
        ["现场督导", "2022-04-08", "", "", "甲", "", "", ""],
        ["会议", "2023-06-08", "", "", "乙", "", "", ""],
        ["会议", "2021-06-08", "", "", "丙", "", "", ""],
        ["会议", "2022-04-08", "", "", "丁", "若干任务", "", ""],
        ["会义", "2022-04-08", "", "", "戊", "", "", ""],
        ["会议", "", "", "", "己", "", "", ""],
        ["会议", "2022-04-08", "", "", "", "", "", "一"],
    ]);
    let mut faults = told.faults();
    faults.sort_by_key(|(_, cell)| cell[1..].parse::<u32>().unwrap());
    let wanted = [
        fault("R121", "D2"),
        fault("R122", "B3"),
        fault("R123", "B4"),
        fault("C020", "F5"),
        fault("C002", "A6"),
        fault("C001", "B7"),
        fault("C001", "E8"),
    ];
    assert_eq!(faults, wanted);
    assert_eq!(told.checked.refused, 5);
}
