//! The fields of a task's row together.

use ducha_records::rules;

use super::honest::tasks;
use super::{Case, case};

pub(super) fn cases() -> Vec<Case> {
    let (state, completed, closure, closed) = ("整改状态", "完成时间", "销号情况", "销号时间");
    let open = || tasks().set(3, closure, "未销号").set(3, closed, "");
    vec![
        case(
            &rules::CLOSED_UNFINISHED,
            tasks().set(4, closure, "已销号").set(4, closed, "2023-01-10"),
            tasks().set(4, closure, "已申请验收"),
        )
        .at(4, closure, "已销号"),
        case(
            &rules::ACCEPTED_UNFINISHED,
            tasks().set(4, closure, "已公示"),
            tasks().set(4, closure, "申请销号"),
        )
        .at(4, closure, "已公示"),
        case(
            &rules::RETURNED_COMPLETED,
            open().set(3, closure, "退回"),
            open().set(3, closure, "已验收"),
        )
        .at(3, closure, "退回"),
        case(
            &rules::OPEN_ENDED_CLOSED,
            tasks().set(3, "整改时限", "长期坚持"),
            tasks().set(3, "整改时限", "2022年12月底前完成，长期坚持"),
        )
        .at(3, closure, "已销号"),
        case(
            &rules::CLOSED_EARLY,
            tasks().set(3, closed, "2022-01-10"),
            tasks().set(3, closed, "2022-12-20"),
        )
        .at(3, closed, "2022-01-10"),
        case(
            &rules::CLOSED_UNDATED,
            tasks().set(3, closed, ""),
            tasks().without(&[closed]),
        )
        .at(3, closed, ""),
        case(
            &rules::CLOSED_DATED_OPEN,
            tasks().set(3, closure, "已验收"),
            tasks().set(3, closure, "已验收").set(3, closed, ""),
        )
        .at(3, closed, "2023-01-10"),
        case(
            &rules::CLOSED_IN_FUTURE,
            tasks().set(3, closed, "2023-06-01"),
            tasks().set(3, closed, "2023-05-31"),
        )
        .at(3, closed, "2023-06-01"),
        case(
            &rules::COMPLETED_SILENT,
            tasks().set(3, "整改进展情况", ""),
            tasks().set(4, "整改进展情况", ""),
        )
        .at(3, "整改进展情况", ""),
        case(
            &rules::COMPLETED_UNDATED,
            tasks().set(3, completed, "—"),
            tasks().without(&[completed]),
        )
        .at(3, completed, ""),
        case(
            &rules::COMPLETED_DATED_OPEN,
            tasks().set(4, completed, "2023-01-20"),
            tasks().set(4, completed, "2023-01-20").set(4, state, "已完成"),
        )
        .at(4, completed, "2023-01-20"),
        case(
            &rules::COMPLETED_IN_FUTURE,
            open().set(4, completed, "2023-06-20").set(4, state, "已完成"),
            open().set(4, completed, "2023-05-20").set(4, state, "已完成"),
        )
        .at(4, completed, "2023-06-20"),
        case(
            &rules::COMPLETED_BEFORE_INSPECTION,
            tasks().set(3, completed, "2021-12-04"),
            tasks().set(3, completed, "2021-12-05"),
        )
        .at(3, completed, "2021-12-04"),
        case(
            &rules::DUE_BEFORE_INSPECTION,
            tasks().set(5, "整改时限", "2020年12月底前"),
            tasks().set(5, "整改时限", "2021年12月底前"),
        )
        .at(5, "整改时限", "2020年12月底前"),
        case(
            &rules::OVERDUE_SILENT,
            tasks().set(5, "未完成原因", ""),
            tasks().set(5, "未完成原因", "").set(5, "整改时限", "2023年5月31日前"),
        )
        .at(5, "未完成原因", ""),
        case(
            &rules::ON_TRACK_OVERDUE,
            tasks().set(5, state, "达到序时进度"),
            tasks().set(5, state, "尚未启动"),
        )
        .at(5, state, "达到序时进度"),
        case(
            &rules::IN_PROGRESS_OVERDUE,
            tasks().set(5, state, "正在整改"),
            tasks().set(4, state, "正在整改"),
        )
        .at(5, state, "整改中"),
        case(
            &rules::LARGELY_COMPLETED,
            tasks().set(4, state, "基本完成"),
            tasks().set(4, state, "超过序时进度"),
        )
        .at(4, state, "基本完成"),
        case(
            &rules::CASE_UNNAMED,
            tasks().set(4, "典型案例名称", ""),
            tasks().set(4, "典型案例名称", "").set(4, "问题来源", "督察报告反馈"),
        )
        .at(4, "典型案例名称", ""),
        case(
            &rules::PARENT_DISAGREES,
            tasks().set(4, "任务编号", "12-1").set(4, "上级任务编号", "14"),
            tasks().set(4, "任务编号", "12-1").set(4, "上级任务编号", "十二"),
        )
        .at(4, "上级任务编号", "14")
        .suggesting("12"),
    ]
}
