//! The columns of each arrangement, under the headers that clerks give them.

use crate::model::Field;
use crate::plan::{Layout, Style};
use crate::spell::MoneyStyle;

/// One column: what it holds, its header, and the header above it where there are two rows.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// Header of the first row, over one or more columns; empty where the header spans both rows.
    pub group: &'static str,
    /// Header.
    pub header: &'static str,
}

fn columns(list: &[(Field, &'static str)]) -> Vec<Column> {
    list.iter()
        .map(|&(field, header)| Column {
            field,
            group: "",
            header,
        })
        .collect()
}

fn grouped(list: &[(Field, &'static str, &'static str)]) -> Vec<Column> {
    list.iter()
        .map(|&(field, group, header)| Column { field, group, header })
        .collect()
}

/// The columns of a petition sheet.
pub fn petition_columns(layout: Layout, style: &Style) -> Vec<Column> {
    match layout {
        Layout::Classic | Layout::PerBatch => classic(),
        Layout::Municipal => municipal(),
        Layout::TwoRow => two_rows(),
        Layout::Aliased => aliased(),
        Layout::Noisy => noisy(),
        Layout::Full => full(style),
        Layout::Channel => channel(),
    }
}

/// The columns of the provincial handover list.
pub fn register_columns() -> Vec<Column> {
    columns(&[
        (Field::Seq, "序号"),
        (Field::Number, "受理编号"),
        (Field::Batch, "交办批次"),
        (Field::Channel, "举报方式"),
        (Field::Complaint, "交办问题基本情况"),
        (Field::Division, "行政区域"),
        (Field::Kinds, "污染类型"),
        (Field::Key, "是否重点件"),
    ])
}

fn classic() -> Vec<Column> {
    columns(&[
        (Field::Seq, "序号"),
        (Field::Number, "受理编号"),
        (Field::Complaint, "交办问题基本情况"),
        (Field::Division, "行政区域"),
        (Field::Kinds, "污染类型"),
        (Field::Investigation, "调查核实情况"),
        (Field::Substantiated, "是否属实"),
        (Field::Handling, "处理和整改情况"),
        (Field::Conclusion, "是否办结"),
        (Field::Accountability, "责任人被处理情况"),
        (Field::Units, "责任单位"),
        (Field::Remarks, "备注"),
    ])
}

fn municipal() -> Vec<Column> {
    columns(&[
        (Field::Seq, "原始排序编码"),
        (Field::Number, "受理编号"),
        (Field::Merged, "合并编号"),
        (Field::Complaint, "交办问题基本情况"),
        (Field::Division, "行政区域"),
        (Field::Kinds, "污染类型"),
        (Field::Investigation, "督察期间调查核实情况"),
        (Field::Substantiated, "是否属实"),
        (Field::Measures, "整改目标及整改措施"),
        (Field::Handling, "督察期间处理情况"),
        (Field::Latest, "最新整改情况"),
        (Field::Conclusion, "办结状态"),
        (Field::Ordered, "责令整改（家次）"),
        (Field::Penalised, "立案处罚（家次）"),
        (Field::Fine, "罚款金额（万元）"),
        (Field::Criminal, "立案侦查（件次）"),
        (Field::AdminDetained, "行政拘留（人次）"),
        (Field::CriminalDetained, "刑事拘留（人次）"),
        (Field::Interviewed, "约谈（人次）"),
        (Field::Accountable, "问责（人次）"),
        (Field::Accountability, "问责情况"),
        (Field::Key, "是否重点件"),
        (Field::Leaders, "挂钩省市县领导情况"),
        (Field::Units, "牵头责任单位"),
        (Field::Contact, "联络人"),
        (Field::Phone, "联系电话"),
        (Field::Grid, "所属网格"),
        (Field::GridOfficer, "网格员"),
        (Field::GridPhone, "网格员手机号码"),
        (Field::Round, "轮次"),
        (Field::Duplicate, "是否重复(件)"),
        (Field::DuplicateOf, "重复关联件编号"),
        (Field::Acceptance, "验收情况"),
        (Field::Longitude, "经度"),
        (Field::Latitude, "纬度"),
    ])
}

fn two_rows() -> Vec<Column> {
    let taken = "督察整改措施落实（截至填报日）";
    grouped(&[
        (Field::Seq, "", "序号"),
        (Field::Number, "", "举报件编号"),
        (Field::Batch, "", "批次"),
        (Field::Complaint, "", "举报内容"),
        (Field::Division, "", "县（市、区）"),
        (Field::Kinds, "", "污染类型"),
        (Field::Investigation, "核查", "调查核实情况"),
        (Field::Substantiated, "核查", "是否属实"),
        (Field::Handling, "办理", "处理和整改情况"),
        (Field::Conclusion, "办理", "是否办结"),
        (Field::ConcludedOn, "办理", "办结时间"),
        (Field::Ordered, taken, "责令整改（家）"),
        (Field::Penalised, taken, "立案处罚（家）"),
        (Field::Fine, taken, "罚款金额（万元）"),
        (Field::Criminal, taken, "立案侦查（件）"),
        (Field::AdminDetained, taken, "行政拘留（人）"),
        (Field::CriminalDetained, taken, "刑事拘留（人）"),
        (Field::Interviewed, taken, "约谈（人）"),
        (Field::Accountable, taken, "问责（人）"),
        (Field::Accountability, "", "责任人被处理情况"),
        (Field::Units, "", "责任单位"),
    ])
}

fn aliased() -> Vec<Column> {
    columns(&[
        (Field::Number, "交办编号"),
        (Field::Batch, "转办批次"),
        (Field::Division, "所属区域"),
        (Field::Units, "承办单位"),
        (Field::Complaint, "反映问题"),
        (Field::Kinds, "环境问题类型"),
        (Field::Substantiated, "属实情况"),
        (Field::Investigation, "核查情况"),
        (Field::Conclusion, "办结状态"),
        (Field::ConcludedOn, "办结日期"),
        (Field::Handling, "办理情况"),
        (Field::Accountability, "追责问责情况"),
    ])
}

fn noisy() -> Vec<Column> {
    columns(&[
        (Field::Seq, "序　号"),
        (Field::Number, "受 理\n编 号"),
        (Field::Complaint, "交办问题\n基本情况"),
        (Field::Division, "行政区域（县、市、区）"),
        (Field::Kinds, "污染类型（可多选）"),
        (Field::Investigation, "★调查核实情况"),
        (Field::Substantiated, "是 否\n属 实"),
        (Field::Handling, "处理和整改情况\r\n（５００字以内）"),
        (Field::Conclusion, "是否办结【必填】"),
        (Field::Ordered, "责令整改\n（家）"),
        (Field::Penalised, "立案处罚(家)"),
        (Field::Fine, "罚款金额（元）"),
        (Field::Criminal, "立案侦查\n（件）"),
        (Field::AdminDetained, "行政拘留\u{a0}（人）"),
        (Field::CriminalDetained, "刑事拘留（人）"),
        (Field::Interviewed, "约 谈（人）"),
        (Field::Accountable, "问 责（人）"),
        (Field::Accountability, "责任人被处理情况（没有填“无”）"),
        (Field::Remarks, "备　注"),
    ])
}

fn full(style: &Style) -> Vec<Column> {
    let fine = if style.money == MoneyStyle::GluedWan {
        "罚款"
    } else {
        "罚款金额"
    };
    columns(&[
        (Field::Seq, "序号"),
        (Field::Number, "信访编号"),
        (Field::Batch, "批次"),
        (Field::Received, "受理时间"),
        (Field::Channel, "来源"),
        (Field::Complaint, "信访内容"),
        (Field::Division, "属地"),
        (Field::Kinds, "问题类型"),
        (Field::Investigation, "核实情况"),
        (Field::Substantiated, "是否属实"),
        (Field::Handling, "处理整改情况"),
        (Field::Conclusion, "办结情况"),
        (Field::ConcludedOn, "办结时间"),
        (Field::Ordered, "责令整改（家）"),
        (Field::Penalised, "立案处罚（家）"),
        (Field::Fine, fine),
        (Field::Criminal, "立案侦查（件）"),
        (Field::AdminDetained, "行政拘留（人）"),
        (Field::CriminalDetained, "刑事拘留（人）"),
        (Field::Interviewed, "约谈（人）"),
        (Field::Accountable, "问责（人）"),
        (Field::Accountability, "问责情况"),
        (Field::Units, "牵头单位"),
        (Field::Remarks, "备注"),
    ])
}

fn channel() -> Vec<Column> {
    columns(&[
        (Field::Seq, "编号"),
        (Field::Division, "被举报地区"),
        (Field::Number, "信访件编号"),
        (Field::Key, "重点关注"),
        (Field::Channel, "举报方式"),
        (Field::Received, "受理日期"),
        (Field::Kinds, "主要污染类型"),
        (Field::Complaint, "投诉内容"),
        (Field::Substantiated, "举报是否属实"),
        (Field::Investigation, "现场核查情况"),
        (Field::Handling, "处理情况"),
        (Field::Conclusion, "办理状态"),
        (Field::ConcludedOn, "办结时间"),
        (Field::Penalised, "立案查处（家）"),
        (Field::Ordered, "责令改正（家）"),
        (Field::Fine, "罚款（万元）"),
        (Field::Criminal, "立案侦查（件）"),
        (Field::AdminDetained, "行政拘留（人）"),
        (Field::CriminalDetained, "刑事拘留（人）"),
        (Field::Interviewed, "约谈（人）"),
        (Field::Accountable, "问责（人）"),
        (Field::Accountability, "责任追究情况"),
        (Field::Units, "主办单位"),
    ])
}

/// The columns of the provincial task list.
pub fn task_register_columns() -> Vec<Column> {
    columns(&[
        (Field::Seq, "序号"),
        (Field::Number, "任务编号"),
        (Field::Parent, "上级任务编号"),
        (Field::Theme, "问题类别"),
        (Field::Source, "问题来源"),
        (Field::Case, "典型案例名称"),
        (Field::Topic, "项目"),
        (Field::Problem, "反馈问题"),
        (Field::Target, "整改目标"),
        (Field::Measures, "整改措施"),
        (Field::Lead, "牵头单位"),
        (Field::Division, "责任地区"),
        (Field::Supervising, "督导单位"),
        (Field::Accepting, "验收单位"),
        (Field::Deadline, "整改时限"),
    ])
}

/// The columns of a county's task sheet, in one of three arrangements.
pub fn task_columns(form: usize) -> Vec<Column> {
    match form % 3 {
        0 => columns(&[
            (Field::Number, "任务编号"),
            (Field::Problem, "反馈问题"),
            (Field::Division, "行政区划"),
            (Field::Target, "整改目标"),
            (Field::Measures, "整改措施"),
            (Field::Deadline, "整改时限"),
            (Field::Progress, "整改进展情况"),
            (Field::Status, "整改状态"),
            (Field::CompletedOn, "完成时间"),
            (Field::Closure, "销号情况"),
            (Field::ClosedOn, "销号时间"),
            (Field::Reason, "未完成原因"),
            (Field::Remarks, "备注"),
        ]),
        1 => columns(&[
            (Field::Number, "整改任务序号"),
            (Field::Division, "责任地区"),
            (Field::Units, "责任单位"),
            (Field::Problem, "督察反馈问题"),
            (Field::Deadline, "完成时限"),
            (Field::Measures, "具体整改措施"),
            (Field::Status, "是否完成"),
            (Field::CompletedOn, "实际完成时间"),
            (Field::Progress, "整改完成情况"),
            (Field::Closure, "是否销号"),
            (Field::ClosedOn, "销号时间"),
            (Field::Reason, "存在问题及下一步措施"),
        ]),
        _ => grouped(&[
            (Field::Number, "", "问题编号"),
            (Field::Problem, "", "问题描述"),
            (Field::Division, "", "属地"),
            (Field::Deadline, "", "整改期限"),
            (Field::Measures, "整改工作", "整改措施"),
            (Field::Progress, "整改工作", "整改进展"),
            (Field::Status, "整改工作", "进展状态"),
            (Field::CompletedOn, "整改工作", "完成日期"),
            (Field::Closure, "验收", "销号状态"),
            (Field::ClosedOn, "验收", "销号日期"),
            (Field::Reason, "", "滞后原因"),
        ]),
    }
}
