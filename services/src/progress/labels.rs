//! What the values of dimensions are called.

use std::collections::BTreeMap;

use ducha::v1::Dimension;

use crate::language::Language;

/// The name of a value for people; its own text where it has no other.
#[must_use]
pub fn label(dimension: Dimension, value: &str, divisions: &BTreeMap<String, String>, language: Language) -> String {
    if value.is_empty() {
        return language.pick("未填写", "not stated").to_owned();
    }
    let known = match dimension {
        Dimension::Area | Dimension::Division => divisions.get(value).cloned(),
        Dimension::Batch => Some(if language == Language::Zh {
            format!("第{value}批")
        } else {
            format!("batch {value}")
        }),
        Dimension::Issue => Some(if language == Language::Zh {
            format!("移交问题{value}")
        } else {
            format!("issue {value}")
        }),
        _ => coded(dimension, value).map(|(zh, en)| language.pick(zh, en).to_owned()),
    };
    known.unwrap_or_else(|| value.to_owned())
}

/// The texts of a token in zh-CN and en.
fn coded(dimension: Dimension, token: &str) -> Option<(&'static str, &'static str)> {
    let texts = texts(dimension);
    let found = texts.iter().find(|(known, ..)| *known == token)?;
    Some((found.1, found.2))
}

/// Tokens with their texts.
const fn texts(dimension: Dimension) -> &'static [(&'static str, &'static str, &'static str)] {
    use Dimension as D;
    match dimension {
        D::Channel => &[
            ("phone", "来电", "phone"),
            ("letter", "来信", "letter"),
            ("other", "其他", "other"),
        ],
        D::KeyCase => &[("yes", "重点件", "key cases"), ("no", "普通件", "other cases")],
        D::Overdue => &[("yes", "已逾期", "overdue"), ("no", "未逾期", "not overdue")],
        D::PollutionKind => POLLUTION,
        D::Conclusion => &[
            ("open", "未办结", "open"),
            ("staged", "阶段性办结", "concluded in stage"),
            ("concluded", "已办结", "concluded"),
            ("closed", "已销号", "closed"),
        ],
        D::Substantiated => &[
            ("yes", "属实", "substantiated"),
            ("largely", "基本属实", "largely substantiated"),
            ("partly", "部分属实", "partly substantiated"),
            ("no", "不属实", "not substantiated"),
        ],
        D::TaskSource => &[
            ("report", "督察报告", "report"),
            ("typical_case", "典型案例", "typical case"),
            ("petition", "信访举报", "petition"),
            ("accountability_issue", "责任追究问题", "accountability issue"),
        ],
        D::TaskStatus => &[
            ("not_started", "尚未启动", "not started"),
            ("behind", "未达到序时进度", "behind schedule"),
            ("on_track", "达到序时进度", "on schedule"),
            ("ahead", "超过序时进度", "ahead of schedule"),
            ("completed", "完成整改", "completed"),
        ],
        D::Closure => &[
            ("none", "未销号", "not closed"),
            ("returned", "退回", "sent back"),
            ("applied", "已申请验收", "acceptance applied for"),
            ("accepted", "已验收", "accepted"),
            ("publicised", "已公示", "publicised"),
            ("closed", "已销号", "closed"),
        ],
        D::Subject => &[("organisation", "单位", "organisations"), ("person", "个人", "persons")],
        D::Level => &[
            ("department", "厅局级", "department and bureau level"),
            ("county", "县处级", "county and division level"),
            ("township", "乡科级及以下", "township and section level and below"),
        ],
        D::Penalty => PENALTIES,
        D::ActivityKind => &[
            ("meeting", "会议", "meetings"),
            ("field_visit", "现场督导", "field visits"),
            ("special_inspection", "专项督察", "special inspections"),
            ("special_action", "专项行动", "special actions"),
            ("document_issued", "印发文件", "documents issued"),
        ],
        D::AlertKind => &[
            ("data_missing", "数据缺失", "data missing"),
            ("offline", "离线", "offline"),
            ("below_minimum", "低于最小下泄流量", "below the minimum flow"),
        ],
        _ => &[],
    }
}

const POLLUTION: &[(&str, &str, &str)] = &[
    ("water", "水", "water"),
    ("air", "大气", "air"),
    ("soil", "土壤", "soil"),
    ("noise", "噪声", "noise"),
    ("ecology", "生态", "ecology"),
    ("radiation", "辐射", "radiation"),
    ("other", "其他", "other"),
    ("marine", "海洋", "marine"),
    ("solid_waste", "固废", "solid waste"),
    ("refuse", "垃圾", "refuse"),
    ("cooking_fumes", "油烟", "cooking fumes"),
    ("dust", "扬尘", "dust"),
    ("heavy_metal", "重金属", "heavy metals"),
    ("construction", "建设项目", "construction projects"),
    ("enforcement", "环境执法", "enforcement"),
];

const PENALTIES: &[(&str, &str, &str)] = &[
    ("notice", "通报", "notice of criticism"),
    ("admonition", "诫勉", "admonition"),
    ("organisational", "组织处理", "organisational measure"),
    ("party_discipline", "党纪处分", "party discipline"),
    ("government_discipline", "政务处分", "government discipline"),
    ("judicial", "移送司法", "handed to justice"),
    ("other", "其他处理", "other"),
    ("self_examination", "检查", "self-examination"),
    ("reorganisation", "改组", "reorganisation"),
];

#[cfg(test)]
mod tests {
    use ducha_records::codes;

    use super::*;

    /// Every token of `$code` has texts under `$dimension`.
    macro_rules! named {
        ($code:ty, $dimension:expr) => {
            for code in (-1..100).filter_map(<$code>::from_code) {
                assert!(coded($dimension, code.token()).is_some(), "{}", code.token());
            }
        };
    }

    #[test]
    fn every_value_has_a_name_in_both_languages() {
        named!(codes::Channel, Dimension::Channel);
        named!(codes::PollutionKind, Dimension::PollutionKind);
        named!(codes::Conclusion, Dimension::Conclusion);
        named!(codes::Substantiated, Dimension::Substantiated);
        named!(codes::TaskSource, Dimension::TaskSource);
        named!(codes::TaskStatus, Dimension::TaskStatus);
        named!(codes::Closure, Dimension::Closure);
        named!(codes::Subject, Dimension::Subject);
        named!(codes::CadreLevel, Dimension::Level);
        named!(codes::Penalty, Dimension::Penalty);
        named!(codes::ActivityKind, Dimension::ActivityKind);
        named!(codes::AlertKind, Dimension::AlertKind);
    }
}
