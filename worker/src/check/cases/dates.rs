//! Dates and deadlines.

use ducha_records::rules;

use super::honest::{petitions, tasks};
use super::{Case, case};

pub(super) fn cases() -> Vec<Case> {
    let (concluded, deadline) = ("办结时间", "整改时限");
    vec![
        case(
            &rules::DATE_UNREADABLE,
            petitions().set(3, concluded, "年初"),
            petitions().set(3, concluded, "２０２２．１．８"),
        )
        .at(3, concluded, "年初"),
        case(
            &rules::DATE_WITHOUT_YEAR,
            petitions().set(3, concluded, "1月8日"),
            petitions().set(3, concluded, "2022年1月8日"),
        )
        .at(3, concluded, "1月8日"),
        case(
            &rules::DATE_OUTSIDE,
            petitions().set(3, concluded, "2002-01-08"),
            petitions().set(3, concluded, 44_569.0),
        )
        .at(3, concluded, "2002-01-08"),
        case(
            &rules::DATE_AMBIGUOUS,
            petitions().set(3, concluded, 2022.1),
            petitions().set(3, concluded, "2022.10"),
        )
        .at(3, concluded, "2022.1"),
        case(
            &rules::DATE_IMPOSSIBLE,
            petitions().set(3, concluded, "2022-02-30"),
            petitions().set(3, concluded, "2022-02-28"),
        )
        .at(3, concluded, "2022-02-30"),
        case(
            &rules::DATE_IS_RANGE,
            petitions().set(3, concluded, "2021.12-2022.1"),
            petitions().set(3, concluded, "20220108"),
        )
        .at(3, concluded, "2021.12-2022.1"),
        case(
            &rules::DEADLINE_UNREADABLE,
            tasks().set(4, deadline, "尽快"),
            tasks().set(4, deadline, "立行立改"),
        )
        .at(4, deadline, "尽快"),
        case(
            &rules::DEADLINE_WITHOUT_YEAR,
            tasks().set(4, deadline, "年底前"),
            tasks().set(4, deadline, "2023年底前"),
        )
        .at(4, deadline, "年底前"),
        case(
            &rules::DEADLINE_STAGED,
            tasks().set(4, deadline, "2022年底前完成治理；2024年底前完成验收"),
            tasks().set(4, deadline, "2024年底前完成，长期坚持"),
        )
        .at(4, deadline, "2022年底前完成治理；2024年底前完成验收"),
    ]
}
