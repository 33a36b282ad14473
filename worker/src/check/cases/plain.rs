//! The kinds whose rows are records of one division: indicators, accountability, activities, alerts.

use ducha_records::rules;

use super::honest_plain::{activities, alerts, decisions, indicators, issues};
use super::{CITY, Case, PROVINCE, case};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_all();
    cases.extend(amounts());
    cases.extend(of_indicators());
    cases.extend(of_decisions());
    cases.extend(on_days_of_decisions());
    cases.extend(of_activities_and_alerts());
    cases
}

fn of_all() -> Vec<Case> {
    vec![
        case(
            &rules::RECORD_TWICE,
            indicators().again(3).set(6, "完成数", "8"),
            indicators().again(3).set(6, "统计期", "2021年"),
        )
        .at(3, "指标名称", "污水处理能力 2022年 12")
        .at(6, "指标名称", "污水处理能力 2022年 12"),
        // A person is not named in what is found.
        case(
            &rules::RECORD_TWICE,
            decisions().again(4).set(6, "处理方式", "通报"),
            decisions().again(4).set(6, "姓名", "李某"),
        )
        .at(4, "单位", "1 南明区自然资源局")
        .at(6, "单位", "1 南明区自然资源局"),
        case(
            &rules::RECORD_TWICE,
            activities().again(4).set(6, "结果", "已约谈。"),
            activities().again(4).set(6, "地点", "花溪河"),
        )
        .at(4, "主题", "检查河道治理")
        .at(6, "主题", "检查河道治理"),
        case(
            &rules::RECORD_TWICE,
            alerts().again(3).set(5, "处置情况", "已修复。"),
            alerts().again(3).set(5, "预警类型", "数据不全"),
        )
        .at(3, "电站名称", "一级电站 2023-05-01")
        .at(5, "电站名称", "一级电站 2023-05-01"),
        case(
            &rules::SHEET_FOREIGN,
            indicators().without(&["行政区域"]).named("云岩区"),
            indicators().named("云岩区"),
        )
        .place("", ""),
    ]
}

/// What stands in the cells of amounts and units.
fn amounts() -> Vec<Case> {
    let (unit, done, total) = ("单位", "完成数", "总数");
    vec![
        case(
            &rules::UNIT_NOT_LISTED,
            indicators().set(5, unit, "平方公理"),
            indicators().set(5, unit, "公顷"),
        )
        .at(5, unit, "平方公理")
        .suggesting("平方公里"),
        case(
            &rules::AMOUNT_UNREADABLE,
            indicators().set(4, done, "若干"),
            indicators().set(4, done, "821个"),
        )
        .at(4, done, "若干"),
        case(
            &rules::AMOUNT_OUT_OF_RANGE,
            indicators().set(3, done, "24.85000000001"),
            indicators().set(3, done, "24.85万吨/日"),
        )
        .at(3, done, "24.85000000001"),
        case(
            &rules::UNITS_DISAGREE,
            indicators().set(3, done, "24.85公里"),
            indicators().set(3, done, "24.85万t/d"),
        )
        .at(3, done, "24.85公里"),
        case(
            &rules::PERCENT_AMBIGUOUS,
            indicators().set(5, unit, "%").set(5, done, 0.1),
            indicators().set(5, unit, "%").set(5, done, "10%"),
        )
        .at(5, done, "0.1"),
        case(
            &rules::UNIT_DOUBTFUL,
            indicators().set(4, unit, "").set(4, done, "30").set(4, total, "24万吨"),
            indicators()
                .set(4, unit, "")
                .set(4, done, "24万吨")
                .set(4, total, "30万吨"),
        )
        .at(4, done, "30"),
        case(
            &rules::TOTALS_DIFFER,
            indicators().set(4, done, "821/827"),
            indicators().set(4, done, "821/826"),
        )
        .at(4, done, "827"),
    ]
}

fn of_indicators() -> Vec<Case> {
    let (unit, done, total, stage) = ("单位", "完成数", "总数", "阶段");
    vec![
        case(
            &rules::DONE_ABOVE_TOTAL,
            indicators().set(4, done, 827.0),
            indicators().set(4, done, 826.0),
        )
        .at(4, done, "827"),
        case(
            &rules::PERCENT_SUMMED,
            indicators()
                .set(5, unit, "%")
                .set(5, done, "99.5%")
                .set(5, "汇总方式", "求和"),
            indicators()
                .set(5, unit, "%")
                .set(5, done, "99.5%")
                .set(5, "汇总方式", "取最新"),
        )
        .at(5, "汇总方式", "sum"),
        case(
            &rules::AMOUNT_MISSING,
            indicators().set(5, done, ""),
            indicators().set(5, done, "").set(5, total, "1466"),
        )
        .at(5, done, ""),
        case(
            &rules::COMPLETED_SHORT,
            indicators().set(4, stage, "已完成"),
            indicators().set(4, stage, "已完成").set(4, done, 826.0),
        )
        .at(4, done, "821"),
        case(
            &rules::UNITS_IN_FILE,
            indicators().again(5).set(6, "统计期", "2021年").set(6, unit, "亩"),
            indicators().again(5).set(6, "统计期", "2021年"),
        )
        .at(5, unit, "")
        .at(6, unit, ""),
    ]
}

fn of_decisions() -> Vec<Case> {
    let (subject, name, unit, source) = ("处理对象", "姓名", "单位", "问题来源");
    vec![
        case(
            &rules::LEVEL_MISSING,
            decisions().set(3, "级别", ""),
            decisions().set(3, "级别", "副县级"),
        )
        .at(3, "级别", ""),
        case(
            &rules::PERSON_WITHOUT_NAME,
            decisions().set(4, name, ""),
            decisions()
                .set(4, subject, "单位")
                .set(4, unit, "南明区水务局")
                .set(4, name, "")
                .set(4, "处理方式", "通报"),
        )
        .at(4, name, ""),
        case(
            &rules::UNIT_MISSING,
            decisions().set(3, unit, ""),
            decisions().set(4, unit, ""),
        )
        .at(3, unit, ""),
        case(
            &rules::SUBJECT_DISAGREES,
            decisions().set(3, name, "赵某"),
            decisions()
                .set(3, name, "赵某")
                .set(3, subject, "个人")
                .set(3, "处理方式", "通报"),
        )
        .at(3, subject, "单位"),
        case(
            &rules::PENALTY_MISPLACED,
            decisions().set(3, "处理方式", "诫勉"),
            decisions().set(4, "处理方式", "诫勉谈话"),
        )
        .at(3, "处理方式", "诫勉"),
        case(
            &rules::SOURCE_MISSING,
            decisions().set(3, "移交问题编号", "").set(3, source, ""),
            decisions().set(3, source, ""),
        )
        .at(3, source, ""),
        case(
            &rules::SPOT_WITH_ISSUE,
            decisions().set(5, "移交问题编号", "2"),
            decisions()
                .set(5, "移交问题编号", "2")
                .set(5, source, "移交")
                .set(5, "处理时间", "2022-08-01"),
        )
        .at(5, "移交问题编号", "2"),
        case(&rules::ISSUES_ARE_THE_PROVINCES, issues(), decisions()).place("", ""),
        case(&rules::ISSUES_ARE_THE_PROVINCES, issues(), decisions())
            .whose(CITY)
            .place("", ""),
    ]
}

fn on_days_of_decisions() -> Vec<Case> {
    let on = "处理时间";
    vec![
        // What was handed over came with the feedback; on the spot, with the inspection.
        case(
            &rules::DECIDED_EARLY,
            decisions().set(3, on, "2022-03-17"),
            decisions().set(3, on, "2022-03-18").set(5, on, "2021-12-05"),
        )
        .at(3, on, "2022-03-17"),
        case(
            &rules::DECIDED_IN_FUTURE,
            decisions().set(3, on, "2023-06-01"),
            decisions().set(3, on, "2023-05-31"),
        )
        .at(3, on, "2023-06-01"),
    ]
}

fn of_activities_and_alerts() -> Vec<Case> {
    let (held, raised, settled) = ("活动时间", "预警时间", "办结时间");
    vec![
        case(
            &rules::VISIT_WITHOUT_PLACE,
            activities().set(4, "地点", ""),
            activities().set(4, "地点", "").set(4, "活动类型", "会议"),
        )
        .at(4, "地点", ""),
        case(
            &rules::HELD_IN_FUTURE,
            activities().set(3, held, "2023-06-01"),
            activities().set(3, held, "2023-05-31"),
        )
        .at(3, held, "2023-06-01"),
        case(
            &rules::HELD_EARLY,
            activities().set(3, held, "2021-12-04"),
            activities().set(3, held, "2021-12-05"),
        )
        .whose(PROVINCE)
        .at(3, held, "2021-12-04"),
        case(
            &rules::SETTLED_EARLY,
            alerts().set(3, settled, "2023-04-30"),
            alerts().set(3, settled, "2023-05-01"),
        )
        .at(3, settled, "2023-04-30"),
        // Seven days may pass until the reporting date, or a remark says why it is open.
        case(
            &rules::OPEN_PAST_LIMIT,
            alerts().set(4, raised, "2023-05-23"),
            alerts()
                .set(4, raised, "2023-05-24")
                .again(4)
                .set(5, raised, "2023-05-01")
                .set(5, "备注", "设备已送修"),
        )
        .at(4, settled, ""),
        case(
            &rules::ALERT_IN_FUTURE,
            alerts().set(4, raised, "2023-06-01"),
            alerts().set(4, raised, "2023-05-31"),
        )
        .at(4, raised, "2023-06-01"),
        case(
            &rules::SETTLED_SILENT,
            alerts().set(3, "处置情况", ""),
            alerts().set(4, "处置情况", ""),
        )
        .at(3, "处置情况", ""),
    ]
}
