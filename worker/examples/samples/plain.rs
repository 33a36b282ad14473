//! The ledgers of indicators, accountability, activities and alerts: the figures of the public account that neither a
//! petition nor a task gives.

use crate::book::Sheet;
use crate::files::{Count, Output};
use crate::model::Cell;
use crate::plan::Format;
use crate::task_pool;

/// Day all of them report for.
const REPORTED: &str = "填报日期：2023年5月31日";

/// Name, unit, done, total, period, stage, topic, and the theme counted from 1. Empty texts are empty cells.
const INDICATORS: [([&str; 7], usize); 24] = [
    (
        [
            "白酒废水治理设施改造项目",
            "项",
            "7",
            "",
            "",
            "已完成",
            "白酒行业污染治理",
        ],
        1,
    ),
    (
        ["单位工业增加值能耗同比", "%", "约-10%", "", "", "", "“两高”项目整改"],
        1,
    ),
    (
        [
            "污水应急处理设施能力",
            "",
            "7000吨/小时",
            "",
            "",
            "建成",
            "“三磷”污染治理",
        ],
        2,
    ),
    (
        [
            "磷石膏综合利用项目一",
            "吨/年",
            "",
            "30万",
            "",
            "启动",
            "“三磷”污染治理",
        ],
        2,
    ),
    (
        [
            "磷石膏综合利用项目二",
            "万吨/年",
            "",
            "140",
            "",
            "启动",
            "“三磷”污染治理",
        ],
        2,
    ),
    (
        [
            "新增城镇污水处理能力",
            "",
            "24.85万吨/日",
            "",
            "2022年",
            "",
            "城乡生活污水处理能力",
        ],
        2,
    ),
    (
        ["新改建污水管网", "千米", "1,848.55", "", "", "", "城乡生活污水处理能力"],
        2,
    ),
    (
        [
            "水产种质资源保护区专题论证报告批复",
            "项",
            "2",
            "2",
            "",
            "已批复",
            "自然保护地保护",
        ],
        3,
    ),
    (["水坝改建", "座", "1", "", "", "已完成", "自然保护地保护"], 3),
    (
        ["水坝整改前期工作", "座", "0", "3", "", "前期工作", "自然保护地保护"],
        3,
    ),
    (
        [
            "生态修复十大工程",
            "项",
            "",
            "10",
            "2021-2035年",
            "",
            "国土空间生态修复",
        ],
        3,
    ),
    (
        [
            "风景名胜区违规审批项目整改",
            "个",
            "39",
            "39",
            "",
            "全部完成",
            "自然保护地保护",
        ],
        3,
    ),
    (["通报绿色矿山移出名录", "个", "14", "14", "", "", "违法采矿整改"], 3),
    (["通报矿山生态修复", "个", "3", "3", "", "", "违法采矿整改"], 3),
    (
        ["地质灾害项目技术方案重编", "个", "17", "17", "", "", "违法采矿整改"],
        3,
    ),
    (["各类矿山修复面积", "hm2", "1466", "", "", "", "矿山生态修复"], 3),
    (["历史遗留矿山修复", "", "821个", "826个", "", "", "矿山生态修复"], 3),
    (["砂石矿山整改", "个", "491", "507", "", "", "矿山生态修复"], 3),
    (["全省绿色矿山移出名录", "个", "96", "", "", "", "矿山生态修复"], 3),
    (
        ["铝型材企业表面处理工艺拆除", "家", "3", "3", "", "", "园区环境管理"],
        4,
    ),
    (["园区企业整改", "家", "594", "", "", "", "园区环境管理"], 4),
    (["园区管网问题整改", "个", "187", "", "", "", "园区环境管理"], 4),
    (
        ["新建垃圾焚烧发电项目", "个", "6", "", "2022年", "", "城乡生活垃圾治理"],
        4,
    ),
    (
        [
            "新建垃圾焚烧发电项目能力",
            "t/d",
            "5600",
            "",
            "2022",
            "",
            "城乡生活垃圾治理",
        ],
        4,
    ),
];

/// Organisations and persons by level.
const DECISIONS: [(&str, &str, usize); 6] = [
    ("单位", "厅局级", 3),
    ("单位", "县处级", 30),
    ("单位", "乡科级", 9),
    ("个人", "厅局级", 15),
    ("个人", "县处级", 60),
    ("个人", "乡科级及以下", 67),
];

/// The files.
pub fn outputs() -> Vec<Output> {
    let province = [indicators(), issues(), decisions(), activities()];
    vec![
        output("520000-贵州省督察整改综合台账", "520000", province.to_vec()),
        output("520381-赤水市小水电生态流量预警处置台账", "520381", vec![alerts()]),
    ]
}

fn output(path: &str, division: &'static str, sheets: Vec<(Sheet, usize)>) -> Output {
    let mut output = Output::new(path, division, Format::Xlsx);
    output.plain_rows = Count {
        rows: sheets.iter().map(|(_, rows)| rows).sum(),
        refused: 0,
    };
    output.sheets = sheets.into_iter().map(|(sheet, _)| sheet).collect();
    output
}

/// A sheet with its title, its day and its header, and how many rows it has.
fn sheet(name: &str, title: &str, header: &[&str], rows: Vec<Vec<String>>) -> (Sheet, usize) {
    let count = rows.len();
    let cell = |text: String| if text.is_empty() { Cell::Empty } else { Cell::text(text) };
    let mut lines = vec![vec![Cell::text(title)], vec![Cell::text(REPORTED)]];
    lines.push(header.iter().map(|text| Cell::text(*text)).collect());
    lines.extend(rows.into_iter().map(|row| row.into_iter().map(cell).collect()));
    let sheet = Sheet {
        name: name.to_owned(),
        rows: lines,
        head: 3,
        widths: vec![18.0; header.len()],
        ..Sheet::default()
    };
    (sheet, count)
}

fn indicators() -> (Sheet, usize) {
    let header = [
        "序号",
        "指标名称",
        "单位",
        "完成数",
        "总数/目标数",
        "统计期",
        "阶段",
        "专题",
        "问题类别",
    ];
    let row = |(number, (texts, theme)): (usize, &([&str; 7], usize))| {
        let mut row = vec![number.to_string()];
        row.extend(texts.iter().map(|text| (*text).to_owned()));
        row.push(task_pool::THEMES[theme - 1].to_owned());
        row
    };
    let rows = (1..).zip(&INDICATORS).map(row).collect();
    sheet("指标台账", "贵州省督察整改指标台账", &header, rows)
}

fn issues() -> (Sheet, usize) {
    let row = |at: usize| {
        vec![
            at.to_string(),
            format!("移交责任追究问题之{at}"),
            "2022年3月18日".to_owned(),
        ]
    };
    let header = ["移交问题编号", "责任追究问题", "移交时间"];
    sheet(
        "移交问题清单",
        "移交责任追究问题清单",
        &header,
        (1..=5).map(row).collect(),
    )
}

fn decisions() -> (Sheet, usize) {
    let header = [
        "序号",
        "移交问题编号",
        "处理对象（单位/个人）",
        "姓名",
        "单位",
        "职级/级别",
        "处理方式",
        "处理时间",
        "问题来源",
    ];
    let mut rows = Vec::new();
    for (subject, level, count) in DECISIONS {
        for at in 0..count {
            let number = rows.len() + 1;
            let (name, penalty) = match subject {
                "个人" => (
                    format!("人员{number:03}"),
                    ["诫勉", "党内警告", "政务记过、诫勉谈话", "批评教育"][at % 4],
                ),
                _ => (String::new(), ["通报批评", "作出检查"][at % 2]),
            };
            let unit = format!("责任单位{number:03}");
            let issue = (1 + at % 5).to_string();
            let day = format!("2022年{}月{}日", 7 + at % 5, 1 + at % 28);
            let texts = [&issue, subject, &name, &unit, level, penalty, &day, "移交"];
            let mut row = vec![number.to_string()];
            row.extend(texts.map(str::to_owned));
            rows.push(row);
        }
    }
    sheet("责任追究台账", "贵州省责任追究台账", &header, rows)
}

fn activities() -> (Sheet, usize) {
    let header = ["序号", "类型", "时间", "组织单位", "地点", "主题", "结果"];
    let mut rows = Vec::new();
    let groups = [
        (20, ["常委会会议", "常务会议"], ["", ""], "生态环境保护重点工作"),
        (16, ["现场督导", "调研"], ["乌江、赤水河", "松桃县"], "重点问题整改"),
        (7, ["专项行动", "专项整治"], ["", ""], "工业园区环境整治"),
    ];
    for (count, kinds, places, topic) in groups {
        for at in 0..count {
            let day = format!("2022.{}.{}", 1 + at % 12, 5 + at);
            let topic = format!("{topic}（第{}次）", at + 1);
            let texts = [kinds[at % 2], &day, "省委、省政府", places[at % 2], &topic, ""];
            let mut row = vec![(rows.len() + 1).to_string()];
            row.extend(texts.map(str::to_owned));
            rows.push(row);
        }
    }
    sheet("活动台账", "贵州省督察整改工作活动台账", &header, rows)
}

fn alerts() -> (Sheet, usize) {
    let header = ["电站名称", "预警时间", "预警类型", "处置情况", "办结时间"];
    let kinds = ["数据缺失", "离线", "低于最小下泄流量"];
    let row = |at: usize| {
        let settled = at % 6 != 5;
        let texts = [
            format!("{}级电站", 1 + at % 4),
            format!("2023年5月{}日", 14 + at),
            kinds[at % 3].to_owned(),
            if settled {
                "已现场核查并恢复".to_owned()
            } else {
                String::new()
            },
            if settled {
                format!("2023-05-{}", 16 + at)
            } else {
                String::new()
            },
        ];
        texts.to_vec()
    };
    // The last is raised a week before the day of the report, so that none is open past its limit.
    let rows = (0..12).filter(|at| at % 6 != 5 || *at > 9).map(row).collect();
    sheet("预警处置台账", "赤水市小水电生态流量预警处置台账", &header, rows)
}
