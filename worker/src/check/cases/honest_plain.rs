//! Honest ledgers of the kinds whose rows are records of one division, in which nothing is to be found.

use super::book::Sheet;

/// Three indicators of one county: of a period, done of a total, and cumulative.
pub(super) fn indicators() -> Sheet {
    Sheet::new(
        "整改指标台账",
        &[
            "指标名称",
            "行政区域",
            "对应任务",
            "单位",
            "完成数",
            "总数",
            "统计期",
            "阶段",
            "汇总方式",
            "备注",
        ],
        &[
            &[
                "污水处理能力",
                "南明区",
                "12",
                "万吨/日",
                "24.85",
                "",
                "2022年",
                "",
                "",
                "",
            ],
            &["历史遗留矿山修复", "南明区", "", "个", "821", "826", "", "", "", ""],
            &["矿山修复面积", "南明区", "", "公顷", "1466", "", "", "", "", ""],
        ],
    )
}

/// An organisation and a person answer for an issue handed over, another person for what was found on the spot.
pub(super) fn decisions() -> Sheet {
    Sheet::new(
        "责任追究情况台账",
        &[
            "移交问题编号",
            "行政区域",
            "处理对象",
            "姓名",
            "单位",
            "级别",
            "处理方式",
            "处理时间",
            "问题来源",
        ],
        &[
            &[
                "1",
                "南明区",
                "单位",
                "",
                "南明区自然资源局",
                "县处级",
                "检查、通报",
                "2022-08-01",
                "移交",
            ],
            &[
                "1",
                "南明区",
                "个人",
                "王某",
                "南明区自然资源局",
                "乡科级",
                "党内警告、诫勉谈话",
                "2022-08-01",
                "移交",
            ],
            &[
                "",
                "南明区",
                "个人",
                "张某",
                "花果园街道办事处",
                "乡科级",
                "批评教育",
                "2022-01-04",
                "边督边改",
            ],
        ],
    )
}

/// The province's list of issues handed over.
pub(super) fn issues() -> Sheet {
    Sheet::new(
        "移交责任追究问题清单",
        &["移交问题编号", "责任追究问题", "移交时间"],
        &[
            &["1", "违规审批采矿项目", "2022-03-18"],
            &["2", "污水直排监管失职", "2022-03-18"],
        ],
    )
}

/// A meeting, a visit and a document.
pub(super) fn activities() -> Sheet {
    Sheet::new(
        "督察整改活动台账",
        &[
            "活动类型",
            "活动时间",
            "行政区域",
            "组织单位",
            "地点",
            "主题",
            "涉及任务",
            "结果",
        ],
        &[
            &["会议", "2022-04-08", "南明区", "区委", "", "研究督察整改", "12", ""],
            &[
                "现场督导",
                "2022-05-10",
                "南明区",
                "区政府",
                "南明河",
                "检查河道治理",
                "12、13",
                "",
            ],
            &["印发文件", "2022-06-01", "南明区", "区政府", "", "三年行动方案", "", ""],
        ],
    )
}

/// One alert that is settled and one that is open and young.
pub(super) fn alerts() -> Sheet {
    Sheet::new(
        "小水电生态流量预警处置台账",
        &[
            "电站名称",
            "行政区域",
            "预警时间",
            "预警类型",
            "处置情况",
            "办结时间",
            "备注",
        ],
        &[
            &[
                "一级电站",
                "南明区",
                "2023-05-01",
                "离线",
                "已恢复供电。",
                "2023-05-03",
                "",
            ],
            &[
                "二级电站",
                "南明区",
                "2023-05-28",
                "低于最小下泄流量",
                "正在检修。",
                "",
                "",
            ],
        ],
    )
}
