//! Several kinds in one workbook, and sheets named after divisions.

use super::*;

const INDICATORS: &[&[&str]] = &[&["指标名称", "单位", "完成数"], &["矿山", "个", "4"]];
const ALERTS: &[&[&str]] = &[
    &["电站名称", "预警时间", "预警类型"],
    &["一级电站", "2023-05-30", "离线"],
];

#[test]
fn each_sheet_is_recognised_for_itself() {
    let decisions: &[&[&str]] = &[
        &["移交问题编号", "单位", "级别", "处理方式", "处理时间"],
        &["1", "甲局", "县处级", "通报", "2022-08-01"],
    ];
    let activities: &[&[&str]] = &[&["活动类型", "时间", "主题"], &["会议", "2022-04-08", "调度"]];
    let told = told(
        "520102",
        &[
            ("指标", INDICATORS),
            ("追责", decisions),
            ("活动", activities),
            ("预警", ALERTS),
            ("Sheet5", &[]),
        ],
    );
    assert_eq!(told.faults(), []);
    let kinds = [
        LedgerKind::Indicators,
        LedgerKind::Accountabilities,
        LedgerKind::Activities,
        LedgerKind::Alerts,
    ];
    assert_eq!((told.checked.kinds.as_slice(), told.plain.len()), (kinds.as_slice(), 4));
}

#[test]
fn a_sheet_for_each_county_says_whose_its_rows_are() {
    let told = told(
        "520100",
        &[("南明区", INDICATORS), ("云岩区", INDICATORS), ("全市", INDICATORS)],
    );
    assert_eq!(told.faults(), []);
    let rows = &told.plain.indicators;
    holds(&rows[0], &[r#"division: "520102""#]);
    holds(&rows[1], &[r#"division: "520103""#]);
    holds(&rows[2], &[r#"division: "520100""#]);
}

#[test]
fn a_sheet_named_after_another_division_is_refused_unless_its_rows_say_whose_they_are() {
    let told_of = |lines| told("520102", &[("云岩区", lines)]);
    let refused = told_of(INDICATORS);
    assert_eq!(
        (refused.faults(), refused.checked.refused),
        (vec![fault("S101", "")], 1)
    );
    let with_column: &[&[&str]] = &[
        &["指标名称", "行政区域", "单位", "完成数"],
        &["矿山", "南明区", "个", "4"],
    ];
    assert_eq!(told_of(with_column).faults(), []);
}

#[test]
fn a_prefectures_row_with_a_blank_division_is_nobodys() {
    let lines: &[&[&str]] = &[
        &["指标名称", "行政区域", "单位", "完成数"],
        &["矿山", "", "个", "4"],
        &["矿山", "南明区", "个", "4"],
        &["矿山", "贵阳市", "个", "4"],
        &["矿山", "南明区、云岩区", "个", "4"],
    ];
    let told = told("520100", &[("Sheet1", lines)]);
    assert_eq!(told.faults(), [fault("C001", "B2"), fault("C029", "B5")]);
    assert_eq!(told.plain.indicators.len(), 2);
}

#[test]
fn what_stands_under_an_unknown_header_is_kept_in_the_remarks() {
    let lines: &[&[&str]] = &[
        &["指标名称", "天气", "单位", "完成数", "自查意见", "备注"],
        &["矿山", "晴", "个", "4", "", "已验收"],
        &["林地", "／", "个", "4", "基本完成\n待复核", ""],
        &["草地", "", "个", "4", "问13800138000", ""],
    ];
    let told = told("520102", &[("Sheet1", lines)]);
    let found: Vec<&str> = told.findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(found, ["H003", "H003"]);
    let rows = &told.plain.indicators;
    holds(&rows[0], &[r#"remarks: Some("已验收\n天气：晴")"#]);
    holds(&rows[1], &[r#"remarks: Some("自查意见：基本完成\n待复核")"#]);
    holds(&rows[2], &["remarks: None"]);
}

#[test]
fn an_unknown_column_is_no_reason_why_an_alert_is_open() {
    let lines: &[&[&str]] = &[
        &["电站名称", "预警时间", "预警类型", "天气"],
        &["一级电站", "2023-05-01", "离线", "晴"],
    ];
    let told = told("520102", &[("Sheet1", lines)]);
    assert_eq!(told.faults().len(), 1, "{:?}", told.findings);
    assert_eq!(told.faults()[0].0, "R132");
    holds(&told.plain.alerts[0], &[r#"remarks: Some("天气：晴")"#]);
}
