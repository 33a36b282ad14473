//! The rows of a file together.

use ducha_records::rules;

use super::book::Sheet;
use super::honest::{petition_list, petitions, task_list, tasks};
use super::honest_plain::indicators;
use super::{CITY, Case, PROVINCE, case};

const PASTED: &str = "企业已按要求完成整改并通过验收，周边群众对整改结果表示满意，问题已经解决。";

/// The same petition once more, of another county.
fn of_two() -> Sheet {
    petitions().again(5).set(6, "行政区域", "云岩区")
}

/// Indicators that can be added up.
fn of_one_unit() -> Sheet {
    indicators().all("单位", "个").all("完成数", "4")
}

pub(super) fn cases() -> Vec<Case> {
    let (number, handling) = ("受理编号", "处理和整改情况");
    vec![
        case(
            &rules::KEY_TWICE,
            petitions()
                .set(5, number, "X2GZ202112070001")
                .set(5, "批次", "2")
                .set(5, "受理时间", "2021-12-07"),
            of_two().all("行政区域", "南明区").set(6, number, "X2GZ202112090004"),
        )
        .at(3, number, "X2GZ202112070001")
        .at(5, number, "X2GZ202112070001"),
        // Over sheets, and tasks whose number is written in two ways.
        case(
            &rules::KEY_TWICE,
            [tasks(), tasks().named("续").rows(1).set(3, "任务编号", "第十三号")],
            [tasks(), tasks().named("续").rows(1).set(3, "任务编号", "15")],
        )
        .at(4, "任务编号", "13")
        .place("A3", "13"),
        case(
            &rules::TEXT_PASTED,
            petitions().all(handling, PASTED),
            petitions().set(3, handling, PASTED).set(4, handling, PASTED),
        )
        .at(3, handling, "")
        .at(4, handling, "")
        .at(5, handling, ""),
        case(
            &rules::PARENT_MISSING,
            task_list().set(4, "任务编号", "17-1").set(4, "上级任务编号", "17"),
            task_list().set(4, "任务编号", "13-1").set(4, "上级任务编号", "13"),
        )
        .whose(PROVINCE)
        .at(4, "上级任务编号", "17"),
        case(
            &rules::TOTAL_DISAGREES,
            petitions().total(&[("责令整改（家）", 3.0), ("罚款金额（万元）", 5.0)]),
            petitions().total(&[("责令整改（家）", 2.0), ("罚款金额（万元）", 5.0)]),
        )
        .at(6, "责令整改（家）", "3"),
        // Amounts of one unit add up; firms and hectares do not.
        case(
            &rules::TOTAL_DISAGREES,
            of_one_unit().total(&[("完成数", 13.0)]),
            of_one_unit().total(&[("完成数", 12.0)]),
        )
        .at(6, "完成数", "13"),
        case(
            &rules::PARTS_CONTRADICT_HERE,
            of_two().set(6, "是否属实", "不属实").set(6, "责令整改（家）", 0.0),
            of_two().set(6, "是否属实", "属实"),
        )
        .whose(CITY)
        .at(5, "是否属实", "")
        .at(6, "是否属实", ""),
        case(
            &rules::WORDING_DIFFERS,
            of_two().set(6, "交办问题基本情况", "河道有垃圾。"),
            of_two(),
        )
        .whose(CITY)
        .at(5, "交办问题基本情况", "")
        .at(6, "交办问题基本情况", ""),
        case(
            &rules::POINTS_IN_CIRCLE,
            petitions()
                .set(3, "合并编号", "D2GZ202112080002")
                .set(4, "合并编号", "X2GZ202112070001"),
            petitions().set(4, "合并编号", "X2GZ202112070001"),
        )
        .at(3, "合并编号", "D2GZ202112080002")
        .at(4, "合并编号", "X2GZ202112070001"),
        case(
            &rules::POINTS_IN_CIRCLE,
            tasks().set(4, "上级任务编号", "13"),
            tasks().set(4, "上级任务编号", "12"),
        )
        .at(4, "上级任务编号", "13"),
        case(
            &rules::POINTS_NOWHERE,
            petition_list().set(5, "重复关联件编号", "X2GZ202112060009"),
            petition_list(),
        )
        .whose(PROVINCE)
        .at(5, "重复关联件编号", "X2GZ202112060009"),
    ]
}
