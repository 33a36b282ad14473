//! The fields of a petition's row together.

use ducha_records::rules;

use super::honest::petitions;
use super::{Case, case};

pub(super) fn cases() -> Vec<Case> {
    let (number, concluded, state) = ("受理编号", "办结时间", "是否办结");
    vec![
        case(
            &rules::CONCLUDED_EARLY,
            petitions().set(3, concluded, "2021-01-08"),
            petitions().set(3, concluded, "2021-12-08"),
        )
        .at(3, concluded, "2021-01-08"),
        case(
            &rules::CONCLUDED_BEFORE_HANDOVER,
            petitions().set(3, concluded, "2021-12-07"),
            petitions().set(3, concluded, "2021-12-08"),
        )
        .at(3, concluded, "2021-12-07"),
        case(
            &rules::CONCLUDED_UNDATED,
            petitions().set(3, concluded, ""),
            petitions().without(&[concluded]),
        )
        .at(3, concluded, ""),
        case(
            &rules::DATED_OPEN,
            petitions().set(3, state, "阶段性办结"),
            petitions().set(3, state, "阶段性办结").set(3, concluded, ""),
        )
        .at(3, concluded, "2022-01-08"),
        case(
            &rules::CONCLUDED_IN_FUTURE,
            petitions().set(3, concluded, "2023-06-01"),
            petitions().set(3, concluded, "2023-05-31"),
        )
        .at(3, concluded, "2023-06-01"),
        case(
            &rules::CLOSED_UNACCEPTED,
            petitions().set(3, state, "已销号"),
            petitions()
                .set(3, state, "已销号")
                .set(3, "验收情况", "2022年3月10日经市生态环境局验收。"),
        )
        .at(3, "验收情况", ""),
        case(
            &rules::MEASURES_UNFOUNDED,
            petitions().set(4, "约谈（人）", 1.0),
            petitions().set(4, "约谈（人）", 1.0).set(4, "是否属实", "部分属实"),
        )
        .at(4, "是否属实", "不属实"),
        case(
            &rules::BATCH_DISAGREES,
            petitions().set(3, "批次", "第5批"),
            petitions().set(3, "批次", "2"),
        )
        .at(3, "批次", "5"),
        case(
            &rules::RECEIVED_DISAGREES,
            petitions().set(3, "受理时间", "2021-12-17"),
            petitions().set(3, "受理时间", "2021.12.7"),
        )
        .at(3, "受理时间", "2021-12-17")
        .suggesting("2021-12-07"),
        case(
            &rules::RECEIVED_OUTSIDE,
            petitions()
                .set(3, number, "X2GZ202212070001")
                .set(3, "受理时间", "2022-12-07")
                .set(3, concluded, "2023-01-08"),
            petitions()
                .set(3, number, "X2GZ202201120001")
                .set(3, "受理时间", "2022-01-12")
                .set(3, "批次", "38")
                .set(3, concluded, "2022-02-08"),
        )
        .at(3, "受理时间", "2022-12-07"),
        case(
            &rules::CHANNEL_DISAGREES,
            petitions().set(3, "举报方式", "来电"),
            petitions().set(3, "举报方式", "信函"),
        )
        .at(3, "举报方式", "来电")
        .suggesting("来信"),
        case(
            &rules::FINE_WITHOUT_CASE,
            petitions().set(3, "立案处罚（家）", 0.0),
            petitions()
                .set(3, "立案处罚（家）", 0.0)
                .set(3, "罚款金额（万元）", 0.0),
        )
        .at(3, "立案处罚（家）", "0"),
        case(
            &rules::DETAINED_WITHOUT_CASE,
            petitions().set(3, "立案侦查（件）", ""),
            petitions()
                .set(3, "立案侦查（件）", "")
                .set(3, "刑事拘留（人）", 0.0)
                .set(3, "行政拘留（人）", 2.0),
        )
        .at(3, "立案侦查（件）", ""),
        case(
            &rules::ACCOUNTABILITY_DENIED,
            petitions().set(3, "责任人被处理情况", "无"),
            petitions().set(3, "责任人被处理情况", "无").set(3, "问责（人）", 0.0),
        )
        .at(3, "责任人被处理情况", "无"),
        case(
            &rules::CONCLUDED_UNHANDLED,
            petitions().set(3, "处理和整改情况", "/"),
            petitions().set(4, "处理和整改情况", "/"),
        )
        .at(3, "处理和整改情况", ""),
        case(
            &rules::HANDLING_COPIED,
            petitions().set(3, "调查核实情况", "花果园一家餐馆油烟直排，影响周边居民。"),
            petitions().set(3, "调查核实情况", "花果园一家餐馆油烟直排，情况属实。"),
        )
        .at(3, "调查核实情况", "花果园一家餐馆油烟直排，影响周边居民。"),
        case(
            &rules::DUPLICATE_UNNUMBERED,
            petitions().set(4, "是否重复(件)", "是"),
            petitions()
                .set(4, "是否重复(件)", "是")
                .set(4, "重复关联件编号", "X2GZ202112070001"),
        )
        .at(4, "重复关联件编号", ""),
        case(
            &rules::DUPLICATE_DENIED,
            petitions().set(4, "重复关联件编号", "X2GZ202112070001"),
            petitions()
                .set(4, "重复关联件编号", "X2GZ202112070001")
                .set(4, "是否重复(件)", "重复件"),
        )
        .at(4, "是否重复(件)", "否"),
        case(
            &rules::KEY_DENIED,
            petitions().set(3, number, "*X2GZ202112070001"),
            petitions().set(3, number, "*X2GZ202112070001").set(3, "是否重点件", ""),
        )
        .at(3, "是否重点件", "否"),
    ]
}
