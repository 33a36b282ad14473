//! Any cell, texts and divisions.

use ducha_records::rules;

use super::book::Put;
use super::honest::{petitions, tasks};
use super::{CITY, Case, NOBODY, case};

pub(super) fn cases() -> Vec<Case> {
    let complaint = "交办问题基本情况";
    vec![
        case(
            &rules::REQUIRED_EMPTY,
            petitions().set(4, complaint, ""),
            petitions().set(4, "污染类型", ""),
        )
        .at(4, complaint, ""),
        case(
            &rules::NOT_IN_LIST,
            petitions().set(3, "是否属实", "属失"),
            petitions().set(3, "是否属实", "情况属实"),
        )
        .at(3, "是否属实", "属失")
        .suggesting("属实"),
        case(
            &rules::NOT_IN_LIST,
            petitions().set(3, "是否办结", "已办接").set(4, "污染类型", "道路交通"),
            petitions().set(3, "是否办结", "办结").set(4, "污染类型", "噪音、水"),
        )
        .at(3, "是否办结", "已办接")
        .suggesting("已办结")
        .at(4, "污染类型", "道路交通"),
        case(
            &rules::EXCEL_ERROR,
            petitions().set(3, "约谈（人）", Put::Error("#REF!")),
            petitions().set(3, "约谈（人）", 1.0),
        )
        .at(3, "约谈（人）", "#REF!"),
        case(
            &rules::DAMAGED_TEXT,
            petitions().set(3, "处理和整改情况", "责令\u{FFFD}\u{FFFD}整改"),
            petitions().set(3, "处理和整改情况", "责令“整改”"),
        )
        .at(3, "处理和整改情况", "责令\u{FFFD}\u{FFFD}整改"),
        case(
            &rules::DIVISION_UNKNOWN,
            petitions().set(3, "行政区域", "南明曲"),
            petitions().set(3, "行政区域", "贵州省贵阳市南明区"),
        )
        .at(3, "行政区域", "南明曲")
        .suggesting("南明区"),
        case(
            &rules::DIVISION_FORMER,
            petitions().all("行政区域", "花溪区").set(3, "行政区域", "小河区"),
            petitions().all("行政区域", "花溪区"),
        )
        .whose(Some("520111"))
        .at(3, "行政区域", "小河区")
        .suggesting("花溪区"),
        case(
            &rules::DIVISION_FOREIGN,
            petitions().set(3, "行政区域", "云岩区"),
            petitions().set(3, "行政区域", "贵阳市"),
        )
        .at(3, "行政区域", "云岩区"),
        case(
            &rules::DIVISION_AMBIGUOUS,
            petitions(),
            petitions().all("行政区域", "云岩区"),
        )
        .two_provinces()
        .whose(NOBODY)
        .at(3, "行政区域", "南明区")
        .at(4, "行政区域", "南明区")
        .at(5, "行政区域", "南明区"),
        case(
            &rules::DIVISIONS_SEVERAL,
            petitions().set(3, "行政区域", "南明区、云岩区"),
            petitions().set(3, "行政区域", "云岩区"),
        )
        .whose(CITY)
        .at(3, "行政区域", "南明区、云岩区"),
        case(
            &rules::PHONE_NUMBER,
            petitions().set(3, complaint, "油烟扰民，请回电 13800138000。"),
            petitions().set(3, complaint, "油烟扰民，罚款 13800138000元。"),
        )
        .at(3, complaint, ""),
        case(
            &rules::IDENTITY_CARD,
            petitions().set(3, complaint, "负责人身份证 11010519491231002X。"),
            petitions().set(3, complaint, "负责人身份证 110105194912310021。"),
        )
        .at(3, complaint, ""),
        case(
            &rules::COMPLAINANT_NAMED,
            petitions().set(3, complaint, "举报人：王某，反映餐馆油烟扰民。"),
            petitions().set(3, complaint, "举报人：匿名，反映餐馆油烟扰民。"),
        )
        .at(3, complaint, ""),
        case(
            &rules::TEXT_TOO_LONG,
            petitions().set(3, complaint, "油".repeat(8_001).as_str()),
            petitions().set(3, complaint, "油".repeat(8_000).as_str()),
        )
        .at(3, complaint, &format!("{}…", "油".repeat(200))),
        case(
            &rules::HASHES,
            petitions().set(3, "办结时间", "########"),
            petitions().set(3, "责任单位", "#1 锅炉房管理处"),
        )
        .at(3, "办结时间", "########"),
        case(
            &rules::DITTO,
            tasks().set(4, "责任单位", "同上"),
            tasks().set(4, "责任单位", "同上级部门联合办理的南明区水务局"),
        )
        .at(4, "责任单位", "同上"),
        case(
            &rules::SEE_ATTACHMENT,
            petitions().set(3, "处理和整改情况", "详见附件1。"),
            petitions()
                .set(3, "处理和整改情况", "已安装净化设备，详见附件1。")
                .with("备注", "见附件"),
        )
        .at(3, "处理和整改情况", "详见附件1。"),
    ]
}
