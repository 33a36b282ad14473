//! The rectification tasks of the province and what each county says about its part. Exactly thirty are completed.

use chrono::{Days, NaiveDate};

use crate::divisions::index_of;
use crate::rng::Rng;
use crate::task_pool::{ADVANCES, CASES, STEPS, SUBJECTS, THEMES};
use crate::texts::{Scene, Writer};

/// How far a county is with its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// 尚未启动
    NotStarted,
    /// 未达到序时进度
    Behind,
    /// 达到序时进度
    OnTrack,
    /// 超过序时进度
    Ahead,
    /// 完成整改
    Completed,
}

/// What one county says about one task.
#[derive(Debug, Clone)]
pub struct Part {
    /// Index of the county.
    pub county: usize,
    /// How far it is.
    pub status: Status,
    /// The day of completion.
    pub completed_on: Option<NaiveDate>,
    /// The day of closing (销号), for completed parts only.
    pub closed_on: Option<NaiveDate>,
    /// What is being done.
    pub measures: String,
    /// What has been reached.
    pub progress: String,
    /// Why it is late.
    pub reason: String,
}

/// One task of the register.
#[derive(Debug, Clone)]
pub struct Task {
    /// The number, for example `12-1`.
    pub number: &'static str,
    /// The number of the task that this is a part of.
    pub parent: Option<&'static str>,
    /// The theme.
    pub theme: &'static str,
    /// The topic.
    pub topic: &'static str,
    /// What was found.
    pub problem: &'static str,
    /// What is to be reached.
    pub target: &'static str,
    /// Where the task comes from.
    pub source: &'static str,
    /// The typical case, if it comes from one.
    pub case: &'static str,
    /// The deadline as the plan words it.
    pub deadline: &'static str,
    /// The measures of the plan.
    pub measures: String,
    /// The provincial department in the lead.
    pub lead: &'static str,
    /// One part for each assigned county.
    pub parts: Vec<Part>,
}

impl Task {
    /// Completed only when every part is.
    pub fn is_completed(&self) -> bool {
        self.parts.iter().all(|part| part.status == Status::Completed)
    }
}

/// The day to which the counties report.
pub fn reported_on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 5, 31).unwrap_or_default()
}

const COMPLETED: [&str; 30] = [
    "1", "2-1", "2-2", "4", "7", "8", "9", "11", "12-1", "12-2", "13", "14", "15", "19", "19-1", "19-2", "20", "21",
    "23", "26", "32", "33", "35", "35-1", "35-2", "38", "39", "41", "42", "44",
];

/// Deadlines of completed tasks, in every form that can be read.
const PAST: [&str; 14] = [
    "2022年底前",
    "2022年6月底前",
    "2022年6月",
    "2022年12月31日前",
    "2022年上半年",
    "立行立改",
    "2022年一季度末",
    "2022年9月下旬",
    "立行立改，长期坚持",
    "2022年12月底（前）",
    "2022年内",
    "2022年底",
    "2022.12.31",
    "2022年底前完成，长期坚持",
];

/// Deadlines of tasks that are not due yet.
const FUTURE: [&str; 11] = [
    "2023年底前",
    "2023年底",
    "2023年12月底前",
    "长期坚持",
    "2023年内",
    "2024年6月底前",
    "2023年9月下旬",
    "持续推进",
    "2023年12月31日前",
    "2023年底前完成，长期坚持",
    "2025年上半年",
];

/// Tasks with a deadline of their own.
const DEADLINES: [(&str, &str); 6] = [
    ("10", "2022年底前完成堆场整治；2024年底前完成综合利用"),
    ("16", "2022年底前"),
    ("18", "2022年12月31日前"),
    ("22", "2023年3月底前"),
    ("30", "2022年12月底前"),
    ("43", "2023年底前"),
];

/// Tasks that only these counties carry. 黄平县 and 织金县 write the ledgers with mistakes; 花溪区 sends none.
const CARRIERS: [(&str, &[&str]); 28] = [
    ("2", &["520382", "520381", "520330"]),
    ("2-1", &["520382"]),
    ("2-2", &["520382", "520330"]),
    ("2-3", &["520382", "520381"]),
    ("3", &["522622", "520502"]),
    ("5", &["520628", "520603"]),
    ("5-1", &["520628"]),
    ("5-2", &["520628"]),
    ("6", &["522622", "520201"]),
    ("16", &["522622", "522725"]),
    ("18", &["522622", "520181"]),
    ("19", &["520123"]),
    ("19-1", &["520123"]),
    ("19-2", &["520123"]),
    ("20", &["522622"]),
    ("24", &["522622", "522728"]),
    ("27", &["522728"]),
    ("27-1", &["522728"]),
    ("27-2", &["522728"]),
    ("27-3", &["522728"]),
    ("28", &["522622", "520502"]),
    ("29", &["520111", "522725"]),
    ("30", &["522622", "520121"]),
    ("35", &["520403"]),
    ("35-1", &["520403"]),
    ("36", &["522622", "522702"]),
    ("37", &["520524"]),
    ("43", &["520524", "520603"]),
];

const OTHERS: [&str; 14] = [
    "520382", "520381", "520628", "520123", "522728", "520403", "522702", "522725", "520121", "520502", "520181",
    "520603", "520201", "520330",
];

const LEADS: [&str; 7] = [
    "省生态环境厅",
    "省自然资源厅",
    "省水利厅",
    "省住房城乡建设厅",
    "省工业和信息化厅",
    "省林业局",
    "省农业农村厅",
];

fn listed<T: Copy>(list: &[(&str, T)], number: &str) -> Option<T> {
    list.iter()
        .find(|(listed, _)| *listed == number)
        .map(|&(_, value)| value)
}

/// All tasks with all their parts.
pub fn build(seed: u64) -> Vec<Task> {
    let mut rng = Rng::new(seed);
    let mut writer = Writer::new(seed ^ 0x7A5C);
    SUBJECTS
        .iter()
        .enumerate()
        .map(|(at, _)| task(at, &mut rng, &mut writer))
        .collect()
}

fn task(at: usize, rng: &mut Rng, writer: &mut Writer) -> Task {
    let (number, theme, topic, problem, target) = SUBJECTS[at];
    let parent = number.split_once('-').map(|(parent, _)| parent);
    let case = listed(&CASES, parent.unwrap_or(number));
    let source = match (case, number) {
        (Some(_), _) => "典型案例",
        (None, "40" | "41" | "42") => "信访件",
        (None, "6" | "8") => "责任追究问题",
        _ => "督察报告反馈",
    };
    let completed = COMPLETED.contains(&number);
    let form = if completed {
        PAST[at % PAST.len()]
    } else {
        FUTURE[at % FUTURE.len()]
    };
    let counties: Vec<&str> = match listed(&CARRIERS, number) {
        Some(counties) => counties.to_vec(),
        None => (0..1 + rng.below(3))
            .map(|turn| OTHERS[(at + turn * 5) % OTHERS.len()])
            .collect(),
    };
    let parts = counties
        .iter()
        .enumerate()
        .map(|(turn, code)| part(number, code, turn, rng, writer))
        .collect();
    Task {
        number,
        parent,
        theme: THEMES[theme],
        topic,
        problem,
        target,
        source,
        case: case.unwrap_or(""),
        deadline: listed(&DEADLINES, number).unwrap_or(form),
        measures: sentences(&STEPS, 3, code_scene(counties[0]), writer, rng),
        lead: LEADS[at % LEADS.len()],
        parts,
    }
}

fn part(number: &str, code: &str, turn: usize, rng: &mut Rng, writer: &mut Writer) -> Part {
    let status = status(number, turn);
    let completed_on = (status == Status::Completed)
        .then(|| NaiveDate::from_ymd_opt(2022, 4, 20).unwrap_or_default() + Days::new(rng.below(360) as u64));
    // A completed task of these is closed as well.
    let closed = [
        "1", "2-1", "9", "13", "14", "19", "19-1", "21", "23", "33", "35-1", "41",
    ]
    .contains(&number);
    let reason = match status {
        Status::Behind => "受雨季和征地影响，进度滞后，下一步加大协调力度",
        Status::NotStarted => "方案尚在审批",
        _ => "",
    };
    Part {
        county: index_of(code),
        status,
        completed_on,
        closed_on: completed_on.filter(|_| closed).map(|date| date + Days::new(20)),
        measures: sentences(&STEPS, 2, code_scene(code), writer, rng),
        progress: match status {
            Status::NotStarted => "尚在前期准备阶段。".to_owned(),
            _ => sentences(&ADVANCES, 2, code_scene(code), writer, rng),
        },
        reason: reason.to_owned(),
    }
}

/// The status of the part of the county that stands at `turn` in the task's list of carriers.
fn status(number: &str, turn: usize) -> Status {
    match (number, turn) {
        _ if COMPLETED.contains(&number) => Status::Completed,
        ("2" | "12-4" | "27-3" | "22", _) | ("16" | "18" | "30", 1) => Status::Behind,
        ("31" | "40", _) => Status::NotStarted,
        ("10" | "37", _) => Status::Ahead,
        ("12" | "25" | "34" | "17", 1) | ("5", 0) => Status::Completed,
        _ => Status::OnTrack,
    }
}

fn code_scene(code: &str) -> Scene {
    Scene {
        place: crate::divisions::COUNTIES[index_of(code)].name.to_owned(),
        firm: String::new(),
        checked_on: NaiveDate::from_ymd_opt(2022, 6, 1).unwrap_or_default(),
    }
}

fn sentences(pool: &[&str], count: usize, scene: Scene, writer: &mut Writer, rng: &mut Rng) -> String {
    let first = rng.below(pool.len());
    let chosen = (0..count).map(|turn| pool[(first + turn * 5) % pool.len()]);
    let written: Vec<String> = chosen.map(|template| writer.fill(template, &scene)).collect();
    format!("{}。", written.join("；"))
}
