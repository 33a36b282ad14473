//! Numbers of records, batches, counts, money, coordinates.

use ducha_records::rules;

use super::honest::{petitions, tasks};
use super::{Case, case};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

pub(super) fn cases() -> Vec<Case> {
    let (number, fine) = ("受理编号", "罚款金额（万元）");
    vec![
        case(
            &rules::NUMBER_UNREADABLE,
            petitions().set(3, "约谈（人）", "若干"),
            petitions().set(3, "约谈（人）", "三人"),
        )
        .at(3, "约谈（人）", "若干"),
        case(
            &rules::NUMBER_NEGATIVE,
            petitions().set(3, "约谈（人）", -1.0),
            petitions().set(3, "约谈（人）", 0.0),
        )
        .at(3, "约谈（人）", "-1"),
        case(
            &rules::NUMBER_FRACTION,
            petitions().set(3, "约谈（人）", 1.5),
            petitions().set(3, "约谈（人）", "1.0"),
        )
        .at(3, "约谈（人）", "1.5"),
        case(
            &rules::NUMBER_TOO_LARGE,
            petitions().set(3, "约谈（人）", "13800138000"),
            petitions().set(3, "约谈（人）", "38"),
        )
        .at(3, "约谈（人）", "13800138000"),
        case(
            &rules::UNIT_UNKNOWN,
            petitions().set(3, "约谈（人）", "1吨"),
            petitions().set(3, "约谈（人）", "1人次"),
        )
        .at(3, "约谈（人）", "1吨"),
        case(
            &rules::MONEY_UNIT_MISSING,
            petitions().renamed(fine, "罚款金额"),
            petitions().set(3, fine, "5万元").renamed(fine, "罚款金额"),
        )
        .at(3, "罚款金额", "5"),
        case(
            &rules::MONEY_TOO_FINE,
            petitions().set(3, fine, 1547.256).renamed(fine, "罚款金额（元）"),
            petitions().set(3, fine, 547.256),
        )
        .at(3, "罚款金额（元）", "1547.256"),
        case(
            &rules::FINE_IMPLAUSIBLE,
            petitions().set(3, fine, 50_000.0),
            petitions().set(3, fine, 1_000.0),
        )
        .at(3, fine, "50000万元"),
        case(
            &rules::COUNT_IMPLAUSIBLE,
            petitions().set(3, "约谈（人）", 44_638.0),
            petitions().set(3, "约谈（人）", 1_000.0),
        )
        .at(3, "约谈（人）", "44638"),
        case(
            &rules::NUMBER_MALFORMED,
            petitions().set(3, number, "X2GZ20211207001"),
            petitions().set(3, number, "x2gz202112070001"),
        )
        .at(3, number, "X2GZ20211207001"),
        case(
            &rules::NUMBER_UNUSUAL,
            petitions().set(3, number, "黔环督〔2021〕7号"),
            petitions().set(3, number, "Ｘ2GZ 202112070001"),
        )
        .at(3, number, "黔环督〔2021〕7号"),
        case(
            &rules::NUMBER_CORRECTED,
            petitions().set(3, number, "X2GZ2O2112070001"),
            petitions(),
        )
        .at(3, number, "X2GZ2O2112070001"),
        case(
            &rules::NUMBER_OTHER_ROUND,
            petitions().set(3, number, "X3GZ202112070001"),
            petitions().set(3, number, "X2GZ202112070009"),
        )
        .at(3, number, "X3GZ202112070001"),
        case(
            &rules::NUMBER_OTHER_PROVINCE,
            petitions().set(3, number, "X2SX202112070001"),
            petitions().set(3, number, "x2gz202112070001"),
        )
        .at(3, number, "X2SX202112070001"),
        case(
            &rules::NUMBER_BECAME_DATE,
            tasks().set(3, "任务编号", day("2023-12-03")),
            tasks().set(3, "任务编号", "12-3"),
        )
        .at(3, "任务编号", "2023-12-03"),
        case(
            &rules::BATCH_UNREADABLE,
            petitions().set(3, "批次", "第一、二批"),
            petitions().set(3, "批次", "第二批"),
        )
        .at(3, "批次", "第一、二批"),
        case(
            &rules::ROUND_DISAGREES,
            petitions().set(3, "轮次", "第三轮"),
            petitions().set(3, "轮次", "第2轮"),
        )
        .at(3, "轮次", "3"),
        // Swapped is one mistake.
        case(
            &rules::COORDINATE_OUTSIDE,
            petitions()
                .set(3, "经度", "26.57")
                .set(3, "纬度", "106.71")
                .set(4, "纬度", 2.65),
            petitions().set(3, "经度", 106.71).set(4, "纬度", "北纬26度"),
        )
        .at(3, "经度", "26.57")
        .at(4, "纬度", "2.65"),
    ]
}
