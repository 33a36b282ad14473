//! Sheets and their headers.

use ducha_records::rules;

use super::book::Sheet;
use super::honest::{petition_list, petitions, tasks};
use super::{Case, File, PROVINCE, case};

/// A sheet of explanations.
fn notes() -> Sheet {
    Sheet::new("填表说明", &["字段", "说明"], &[&["受理编号", "按交办清单填写"]])
        .named("说明")
        .footers(&[])
}

fn empty() -> Sheet {
    Sheet::new("", &[], &[]).named("Sheet2").footers(&[])
}

pub(super) fn cases() -> Vec<Case> {
    let two = |date: &str| {
        let other = tasks().named("任务").footers(&[date]);
        [petitions(), other]
    };
    vec![
        case(&rules::NO_LEDGER, notes(), petitions()).place("", ""),
        case(
            &rules::SHEET_HIDDEN,
            [petitions(), notes().hidden()],
            [petitions(), empty()],
        )
        .place("", ""),
        case(&rules::SHEET_SKIPPED, [petitions(), notes()], [petitions(), empty()]).place("", ""),
        case(&rules::MERGES_UNREADABLE, File::Unmerged(petitions()), petitions()).place("", ""),
        case(
            &rules::SEVERAL_DATES,
            two("填报日期：2023年4月30日"),
            two("填报日期：2023年5月31日"),
        )
        .place("", ""),
        case(
            &rules::REPORT_DATE_UNREADABLE,
            petitions().footers(&["填报日期：2023年13月31日"]),
            petitions().footers(&["填报日期：2023.5.31"]),
        )
        .place("", ""),
        case(
            &rules::REPORT_DATE_IN_FUTURE,
            petitions().footers(&["填报日期：2033年5月31日"]),
            petitions().footers(&["填报日期：2023年6月10日"]),
        )
        .place("", ""),
        // What is concluded later than that is another matter, so nothing is.
        case(
            &rules::REPORT_DATE_EARLY,
            petitions()
                .set(3, "是否办结", "未办结")
                .set(3, "办结时间", "")
                .set(4, "是否办结", "未办结")
                .set(4, "办结时间", "")
                .footers(&["填报日期：2020年5月31日"]),
            petitions(),
        )
        .place("", ""),
        case(
            &rules::NO_ROWS,
            petitions().rows(0),
            [petitions(), tasks().rows(0).named("任务")],
        )
        .place("", ""),
        case(
            &rules::COLUMN_MISSING,
            petitions().without(&["是否属实"]).set(3, "问责（人）", 1.0),
            petitions().renamed("是否属实", "属实情况"),
        )
        .place("", ""),
        case(
            &rules::COLUMN_MISSING,
            petitions().renamed("是否办结", "是否办洁"),
            petitions().renamed("是否办结", "办结状态"),
        )
        .at(2, "是否办洁", "是否办洁")
        .suggesting("是否办结"),
        case(
            &rules::COLUMN_TWICE,
            petitions().with("信访编号", "X2GZ202112070001"),
            petitions().with("备注", "X2GZ202112070001"),
        )
        .place("A2", "受理编号"),
        case(
            &rules::COLUMN_UNKNOWN,
            petitions().with("天气", "晴"),
            petitions().with("备注", "晴"),
        )
        .at(2, "天气", "天气"),
        // What is of persons is not kept, and a list has no remarks.
        case(
            &rules::COLUMN_LEFT_OUT,
            petitions().with("家属住址", "张某"),
            petitions().with("联系电话", "13800138000"),
        )
        .at(2, "家属住址", "家属住址"),
        case(
            &rules::COLUMN_LEFT_OUT,
            petition_list().with("天气", "晴"),
            petition_list(),
        )
        .whose(PROVINCE)
        .at(2, "天气", "天气"),
        case(
            &rules::COLUMN_NEAR,
            petitions().renamed("办结时间", "办洁时间"),
            petitions().renamed("办结时间", "办结日期"),
        )
        .at(2, "办洁时间", "办洁时间")
        .suggesting("办结时间"),
    ]
}
