//! From a task to the cells of its rows, in the register and in the counties' ledgers, with the mistakes among them.

use crate::divisions::{COUNTIES, DivisionStyle};
use crate::model::{Cell, Field, Line, Outcome, Values};
use crate::rng::Rng;
use crate::spell::{DateStyle, numeral};
use crate::task_pool::THEMES;
use crate::tasks::{Part, Status, Task};

use Outcome::{Refused, Warning};

/// The row of the provincial task list.
pub fn register_line(task: &Task, at: usize) -> Line {
    let divisions: Vec<String> = task
        .parts
        .iter()
        .map(|part| COUNTIES[part.county].written(DivisionStyle::Prefecture))
        .collect();
    let mut values = Values::new();
    values.insert(Field::Number, Cell::text(task.number));
    values.insert(Field::Parent, task.parent.map_or(Cell::Empty, Cell::text));
    values.insert(Field::Theme, Cell::text(task.theme));
    values.insert(Field::Source, Cell::text(task.source));
    values.insert(
        Field::Case,
        if task.case.is_empty() {
            Cell::text("/")
        } else {
            Cell::text(task.case)
        },
    );
    values.insert(Field::Topic, Cell::text(task.topic));
    values.insert(Field::Problem, Cell::text(task.problem));
    values.insert(Field::Target, Cell::text(task.target));
    values.insert(Field::Measures, Cell::text(&task.measures));
    values.insert(Field::Lead, Cell::text(task.lead));
    values.insert(Field::Division, Cell::text(divisions.join("、")));
    values.insert(Field::Supervising, Cell::text("省生态环境保护督察工作领导小组办公室"));
    values.insert(
        Field::Accepting,
        Cell::text(if at.is_multiple_of(3) {
            "市级自行验收"
        } else {
            task.lead
        }),
    );
    values.insert(Field::Deadline, Cell::text(task.deadline));
    let mut line = Line {
        values,
        ..Line::default()
    };
    if task.number == "10" {
        line.blame(Field::Deadline, "分阶段的时限，取最后一个日期", Warning);
    }
    line
}

/// Rows of the provincial list that must be refused; no county carries them.
pub fn register_extras() -> Vec<Line> {
    let mut unreadable = register_extra("45", None);
    unreadable.spoil(Field::Deadline, Cell::text("适时完成"), "整改时限无法识别", Refused);
    let mut orphan = register_extra("46-1", Some("46"));
    orphan.blame(Field::Parent, "上级任务不在清单中", Refused);
    let mut nameless = register_extra("47", None);
    nameless.spoil(Field::Problem, Cell::Empty, "必填项为空：反馈问题", Refused);
    vec![unreadable, orphan, nameless]
}

fn register_extra(number: &str, parent: Option<&str>) -> Line {
    let mut values = Values::new();
    values.insert(Field::Number, Cell::text(number));
    values.insert(Field::Parent, parent.map_or(Cell::Empty, Cell::text));
    values.insert(Field::Theme, Cell::text(THEMES[3]));
    values.insert(Field::Source, Cell::text("督察报告反馈"));
    values.insert(Field::Topic, Cell::text("其他"));
    values.insert(Field::Problem, Cell::text("个别问题整改责任不清"));
    values.insert(Field::Target, Cell::text("明确责任，完成整改"));
    values.insert(Field::Measures, Cell::text("制定方案并组织实施。"));
    values.insert(Field::Lead, Cell::text("省生态环境厅"));
    values.insert(Field::Division, Cell::text("贵阳市花溪区"));
    values.insert(Field::Deadline, Cell::text("2023年底前"));
    Line {
        values,
        ..Line::default()
    }
}

/// The row of a county's task ledger. `form` chooses among the ways of writing.
pub fn county_line(task: &Task, part: &Part, form: usize, rng: &mut Rng) -> Line {
    let dates = DateStyle::ALL[(form + 1) % DateStyle::ALL.len()];
    let county = &COUNTIES[part.county];
    let mut values = Values::new();
    let date = |date: Option<_>, rng: &mut Rng| date.map_or(Cell::Empty, |date| dates.cell(date, rng));
    values.insert(Field::Number, number(task, form));
    values.insert(Field::Problem, Cell::text(task.problem));
    values.insert(Field::Division, Cell::text(county.written(DivisionStyle::Name)));
    values.insert(Field::Target, Cell::text(task.target));
    values.insert(Field::Measures, Cell::text(&part.measures));
    values.insert(Field::Units, Cell::text(format!("{}人民政府", county.name)));
    values.insert(Field::Deadline, Cell::text(task.deadline));
    values.insert(Field::Progress, Cell::text(&part.progress));
    values.insert(Field::Status, Cell::text(status(task, part, form)));
    values.insert(Field::CompletedOn, date(part.completed_on, rng));
    values.insert(Field::Closure, Cell::text(closure(part, form)));
    values.insert(Field::ClosedOn, date(part.closed_on, rng));
    values.insert(
        Field::Reason,
        if part.reason.is_empty() {
            Cell::text("无")
        } else {
            Cell::text(&part.reason)
        },
    );
    let mut line = Line {
        values,
        ..Line::default()
    };
    if task.number == "10" {
        line.blame(Field::Deadline, "分阶段的时限，取最后一个日期", Warning);
    }
    line
}

/// The task's number: a number cell, text, or for tasks that are not completed a numeral or `12（1）`.
fn number(task: &Task, form: usize) -> Cell {
    let whole = task.number.parse::<u32>();
    match (form % 3, whole) {
        (0, Ok(whole)) => Cell::Number(f64::from(whole)),
        (2, Ok(whole)) if !task.is_completed() => Cell::text(numeral(whole)),
        (2, Err(_)) if !task.is_completed() => Cell::text(task.number.replacen('-', "（", 1) + "）"),
        _ => Cell::text(task.number),
    }
}

fn status(task: &Task, part: &Part, form: usize) -> &'static str {
    match part.status {
        Status::NotStarted => ["尚未启动", "未启动", "待整改"][form % 3],
        Status::Behind => ["未达到序时进度", "没有达到时序进度", "未达序时进度"][form % 3],
        Status::OnTrack => ["达到序时进度", "按序时推进", "达到时序进度"][form % 3],
        Status::Ahead => ["超过序时进度", "超序时进度", "超过时序进度"][form % 3],
        Status::Completed if part.closed_on.is_some() && form.is_multiple_of(2) => "完成交账销号",
        Status::Completed if task.deadline.contains("长期坚持") => "已经完成，长期坚持",
        Status::Completed => ["完成整改", "已完成", "整改完成"][form % 3],
    }
}

fn closure(part: &Part, form: usize) -> &'static str {
    match (part.closed_on, part.status) {
        (Some(_), _) => ["已销号", "是", "完成销号"][form % 3],
        (None, Status::Completed) => ["已验收", "已申请验收", "公示中"][form % 3],
        _ => ["未销号", "否", "未申请"][form % 3],
    }
}

/// Puts the mistakes into the rows of 黄平县 and 织金县; every one is in a task that is not completed.
pub fn plant(code: &str, lines: &mut Vec<(&'static str, Line)>) {
    for (number, line) in lines.iter_mut() {
        match (code, *number) {
            ("522622", "3") => line.spoil(Field::Closure, Cell::text("已销号"), "未完成整改却已销号", Refused),
            ("522622", "6") => {
                line.values.insert(Field::Status, Cell::text("完成整改"));
                line.values.insert(Field::CompletedOn, Cell::text("2023年2月3日"));
                line.values.insert(Field::Measures, Cell::Empty);
                line.spoil(Field::Progress, Cell::Empty, "完成整改，但整改措施和进展为空", Warning);
            }
            ("522622", "16") => {
                line.values.insert(Field::Status, Cell::text("未达到序时进度"));
                line.spoil(Field::Reason, Cell::Empty, "已过时限未完成，没有说明原因", Warning);
            }
            ("522622", "18") => {
                line.values
                    .insert(Field::Reason, Cell::text("施工招标推迟，已调整计划"));
                line.spoil(
                    Field::Status,
                    Cell::text("达到序时进度"),
                    "时限已过，仍填达到序时进度",
                    Warning,
                );
            }
            ("522622", "24") => {
                line.spoil(
                    Field::CompletedOn,
                    Cell::text("2023年4月6日"),
                    "未完成却有完成时间",
                    Warning,
                );
            }
            ("522622", "28") => line.spoil(Field::Status, Cell::text("基本完成"), "基本完成不等于完成", Warning),
            ("522622", "30") => {
                line.values.insert(Field::Reason, Cell::text("矿权处置未完结"));
                line.spoil(
                    Field::Status,
                    Cell::text("整改中"),
                    "时限已过，整改中不能视为达到序时进度",
                    Warning,
                );
            }
            ("522622", "36") => line.spoil(Field::Status, Cell::text("八成"), "不在词表内：整改状态", Refused),
            ("520524", "37") => {
                line.blame(Field::Status, "没有填报日期，按导入当日计，时限已过", Warning);
            }
            ("520524", "43") => {
                line.spoil(
                    Field::Deadline,
                    Cell::text("年底前"),
                    "相对时限，且台账没有填报日期，不知哪一年",
                    Refused,
                );
            }
            _ => {}
        }
    }
    let clean = lines
        .iter()
        .find(|(_, line)| code == "522622" && line.mistakes.is_empty());
    if let Some(mut unknown) = clean.map(|(_, line)| line.clone()) {
        unknown.spoil(Field::Number, Cell::text("99"), "任务清单中没有这项任务", Refused);
        lines.push(("99", unknown));
    }
}
