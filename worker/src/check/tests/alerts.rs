//! Alerts: raised, settled, and open past their limit.

use super::*;

fn of(rows: &[[&str; 6]]) -> Told {
    let header: &[&str] = &["电站名称", "预警时间", "预警类型", "处置情况", "办结时间", "备注"];
    let mut lines: Vec<&[&str]> = vec![header];
    lines.extend(rows.iter().map(|row| row.as_slice()));
    lines.push(&["填报日期：2022年5月31日"]);
    told("520102", &[("小水电生态流量预警处置台账", &lines)])
}

#[test]
fn an_alert_is_read_with_its_natural_key() {
    let told = of(&[["一级电站", "2022-05-01", "数据不全", "已恢复", "2022-05-03", ""]]);
    assert_eq!(told.faults(), []);
    let fields = [
        "kind: 1",
        "settled_on: Some(2022-05-03)",
        r#"number: "一级电站|2022-05-01|data_missing""#,
    ];
    holds(&told.plain.alerts[0], &fields);
}

#[test]
fn an_alert_is_open_past_its_limit_from_the_eighth_day_unless_the_remarks_say_why() {
    let told = of(&[
        ["一级电站", "2022-05-24", "离线", "", "", ""],
        ["二级电站", "2022-05-23", "离线", "", "", ""],
        ["三级电站", "2022-05-01", "离线", "", "", "设备已送修"],
    ]);
    assert_eq!(told.faults(), [fault("R132", "E3")]);
    assert_eq!(told.findings[0].params["limit"], "7");
    assert_eq!(told.plain.alerts.len(), 3, "a warning refuses nothing");
}

#[test]
fn dates_of_an_alert_follow_each_other_and_are_not_in_the_future() {
    let told = of(&[
        ["一级电站", "2022-05-24", "离线", "已恢复", "2022-05-20", ""],
        ["二级电站", "2022-06-02", "离线", "", "", ""],
        ["三级电站", "2022-05-24", "离线", "", "2022-05-25", ""],
        ["四级电站", "2022-05-24", "低于最小下泄流量", "已恢复", "2022-06-25", ""],
    ]);
    let wanted = [
        fault("R131", "E2"),
        fault("R134", "D4"),
        fault("R133", "B3"),
        fault("R133", "E5"),
    ];
    assert_eq!(told.faults(), wanted);
    assert_eq!((told.checked.rows, told.checked.refused), (4, 3));
}
