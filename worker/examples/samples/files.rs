//! Puts every file together: which rows, which sheets beside them, and what the importer should make of it.

use crate::book::Sheet;
use crate::divisions::{COUNTIES, index_of};
use crate::february;
use crate::layout::{petition_columns, register_columns, task_columns, task_register_columns};
use crate::ledger::{Ledger, Placed, Totals};
use crate::lines;
use crate::mistakes;
use crate::model::{Cell, Line, Measures, Petition};
use crate::plain;
use crate::plan::{Format, Layout, OF_THE_PREFECTURE, PLANS, Plan, Tasks};
use crate::rng::Rng;
use crate::spell::{MoneyStyle, numeral};
use crate::task_lines;
use crate::tasks::Task;
use crate::texts::Writer;

/// A file to be written.
pub struct Output {
    /// Path under `samples/`, with the suffix it has in the end.
    pub path: String,
    /// The division that sends it.
    pub division: &'static str,
    /// Its format in the end.
    pub format: Format,
    /// Sheets that are no ledger.
    pub skipped: Vec<String>,
    /// All sheets in order.
    pub sheets: Vec<Sheet>,
    /// Its mistakes.
    pub placed: Vec<Placed>,
    /// Petition rows with data.
    pub petition_rows: Count,
    /// Task rows with data.
    pub task_rows: Count,
    /// Rows of the other kinds with data.
    pub plain_rows: Count,
    /// Sums over the petition rows that should be taken.
    pub measures: Measures,
}

/// Rows of one kind.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub struct Count {
    /// Rows with data, totals and footers not among them.
    pub rows: usize,
    /// Those that should be refused.
    pub refused: usize,
}

impl Count {
    fn add(&mut self, lines: &[Line]) {
        self.rows += lines.len();
        self.refused += lines.iter().filter(|line| line.is_refused()).count();
    }
}

impl Output {
    pub fn new(path: &str, division: &'static str, format: Format) -> Self {
        Self {
            path: format!("{path}.{}", format.suffix()),
            division,
            format,
            skipped: Vec::new(),
            sheets: Vec::new(),
            placed: Vec::new(),
            petition_rows: Count::default(),
            task_rows: Count::default(),
            plain_rows: Count::default(),
            measures: Measures::default(),
        }
    }

    fn add(&mut self, ledger: &Ledger) {
        let (sheet, placed) = ledger.lay_out();
        self.sheets.push(sheet);
        self.placed.extend(placed);
    }

    pub fn add_petitions(&mut self, ledger: &Ledger) {
        self.petition_rows.add(&ledger.lines);
        for line in ledger.lines.iter().filter(|line| !line.is_refused()) {
            self.measures.add(line.measures);
        }
        self.add(ledger);
    }

    fn add_tasks(&mut self, ledger: &Ledger) {
        self.task_rows.add(&ledger.lines);
        self.add(ledger);
    }

    fn skip(&mut self, at: usize, sheet: Sheet) {
        self.skipped.push(sheet.name.clone());
        self.sheets.insert(at, sheet);
    }
}

/// Every file of the samples.
pub fn build(petitions: &[Petition], tasks: &[Task], seed: u64) -> Vec<Output> {
    let mut rng = Rng::new(seed);
    let mut writer = Writer::new(seed ^ 0xF11E);
    let mut outputs = vec![petition_register(petitions, &mut rng), task_register(tasks)];
    for plan in &PLANS {
        let mut file = petition_file(plan, petitions, &mut rng, &mut writer);
        match plan.tasks {
            Tasks::None => {}
            Tasks::Sheet => file.add_tasks(&task_ledger(plan, tasks, &mut rng)),
            Tasks::File(path) => {
                let mut own = Output::new(path, plan.code, Format::Xlsx);
                own.add_tasks(&task_ledger(plan, tasks, &mut rng));
                outputs.push(own);
            }
        }
        add_company(&mut file, plan);
        outputs.push(file);
    }
    outputs.extend(plain::outputs());
    outputs.extend(february::outputs(petitions, &mut Rng::new(seed ^ 0xFEB)));
    outputs.sort_by(|one, other| one.path.cmp(&other.path));
    outputs
}

fn petition_register(petitions: &[Petition], rng: &mut Rng) -> Output {
    let mut output = Output::new("520000-贵州省群众信访举报交办清单", "520000", Format::Xlsx);
    let lines = petitions
        .iter()
        .enumerate()
        .map(|(at, petition)| lines::register_line(petition, at, rng))
        .collect();
    output.add_petitions(&Ledger {
        name: "交办清单".to_owned(),
        title: "中央生态环境保护督察交办贵州省群众信访举报件清单".to_owned(),
        sender: "贵州省",
        reported_on: Some("2022年1月6日"),
        columns: register_columns(),
        lines,
        form: 0,
        totals: Totals::None,
        money: MoneyStyle::Wan,
        merge_divisions: false,
    });
    output.skip(1, dictionary());
    output
}

fn task_register(tasks: &[Task]) -> Output {
    let mut output = Output::new("520000-贵州省督察反馈问题整改任务清单", "520000", Format::Xlsx);
    let mut lines: Vec<Line> = tasks
        .iter()
        .enumerate()
        .map(|(at, task)| task_lines::register_line(task, at))
        .collect();
    lines.extend(task_lines::register_extras());
    output.add_tasks(&Ledger {
        name: "整改任务清单".to_owned(),
        title: "贵州省贯彻落实中央生态环境保护督察报告整改任务清单".to_owned(),
        sender: "贵州省",
        reported_on: Some("2022年7月15日"),
        columns: task_register_columns(),
        lines,
        form: 5,
        totals: Totals::None,
        money: MoneyStyle::Wan,
        merge_divisions: false,
    });
    output
}

/// The name of the sender as its title says it.
fn sender(plan: &Plan) -> &'static str {
    if plan.code == "520400" {
        "安顺市"
    } else {
        COUNTIES[index_of(plan.code)].name
    }
}

fn petition_file(plan: &Plan, petitions: &[Petition], rng: &mut Rng, writer: &mut Writer) -> Output {
    let mut output = Output::new(plan.path, plan.code, plan.format);
    let mut lines = own_lines(plan, petitions, rng);
    mistakes::plant(plan, &mut lines, petitions, rng, writer);
    if plan.layout == Layout::PerBatch {
        let mut batches: Vec<u32> = lines.iter().map(|line| line.batch).collect();
        batches.dedup();
        for batch in batches {
            let of_batch = lines.iter().filter(|line| line.batch == batch).cloned().collect();
            let (tab, title) = batch_names(batch, plan.index());
            output.add_petitions(&petition_ledger(plan, tab, title, of_batch));
        }
    } else if plan.code == "520303" {
        let second = lines.split_off(lines.len() / 2);
        for (tab, half) in [("信访件（上）", lines), ("信访件（下）", second)] {
            output.add_petitions(&petition_ledger(plan, tab.to_owned(), title(plan), half));
        }
    } else {
        let tab = ["信访台账", "Sheet1", "信访件", "台账"][plan.index() % 4];
        output.add_petitions(&petition_ledger(plan, tab.to_owned(), title(plan), lines));
    }
    output
}

/// The rows of the sender's own petitions, in the order of their batches.
fn own_lines(plan: &Plan, petitions: &[Petition], rng: &mut Rng) -> Vec<Line> {
    let counties: Vec<usize> = match plan.code {
        "520400" => OF_THE_PREFECTURE.iter().map(|code| index_of(code)).collect(),
        code => vec![index_of(code)],
    };
    let mut lines = Vec::new();
    for petition in petitions {
        for part in petition.parts.iter().filter(|part| counties.contains(&part.county)) {
            lines.push(lines::county_line(petition, part, plan, rng));
        }
    }
    lines
}

fn batch_names(batch: u32, form: usize) -> (String, String) {
    let base = "中央生态环境保护督察群众信访举报转办和边督边改公开情况一览表";
    match form % 2 {
        0 => (format!("第{batch}批"), format!("{base}（第{batch}批）")),
        _ => (
            format!("第{}批", numeral(batch)),
            format!("{base}（第{}批）", numeral(batch)),
        ),
    }
}

fn title(plan: &Plan) -> String {
    let name = sender(plan);
    match plan.layout {
        Layout::Municipal => format!("{name}环保督察信访件汇总表"),
        Layout::Classic => format!("中央生态环境保护督察群众信访举报转办和边督边改公开情况涉及{name}一览表"),
        _ => format!("{name}中央生态环境保护督察群众信访举报件办理台账"),
    }
}

fn petition_ledger(plan: &Plan, name: String, title: String, lines: Vec<Line>) -> Ledger<'static> {
    let style = plan.style();
    let spoiled = plan.path.contains("（有误）");
    let totals = match plan.code {
        "522701" => Totals::Wrong,
        _ if plan.layout.has_measures() && !spoiled && plan.index() % 3 != 2 => Totals::Right,
        _ => Totals::None,
    };
    let merged = plan.format.shows_merges() && plan.index() % 4 == 1 && plan.layout != Layout::PerBatch;
    Ledger {
        name,
        title,
        sender: sender(plan),
        reported_on: Some(["2023年5月31日", "2023-05-31", "2023.5.31", "2023/5/31"][plan.index() % 4]),
        columns: petition_columns(plan.layout, &style),
        lines,
        form: style.form,
        totals,
        money: style.money,
        merge_divisions: merged,
    }
}

fn task_ledger(plan: &Plan, tasks: &[Task], rng: &mut Rng) -> Ledger<'static> {
    let county = index_of(plan.code);
    let form = if plan.code == "522622" { 0 } else { plan.index() };
    let mut lines = Vec::new();
    for task in tasks {
        for part in task.parts.iter().filter(|part| part.county == county) {
            lines.push((task.number, task_lines::county_line(task, part, form, rng)));
        }
    }
    task_lines::plant(plan.code, &mut lines);
    Ledger {
        name: "整改任务".to_owned(),
        title: format!("{}中央生态环境保护督察反馈问题整改任务台账", sender(plan)),
        sender: sender(plan),
        reported_on: (plan.code != "520524").then_some("2023年5月31日"),
        columns: task_columns(form),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        form,
        totals: Totals::None,
        money: MoneyStyle::Wan,
        merge_divisions: false,
    }
}

/// The sheets that stand beside a ledger in real workbooks: instructions, summaries, dictionaries, empty ones.
fn add_company(output: &mut Output, plan: &Plan) {
    let at = plan.index();
    if at.is_multiple_of(3) {
        let lines = [
            "填报说明",
            "一、受理编号按交办清单填写。",
            "二、没有的填“无”，不得空白。",
            "三、罚款按表头单位填写。",
        ];
        output.skip(0, Sheet::of_lines("填报说明", &lines));
    }
    if at % 4 == 2 {
        let last = output.sheets.len();
        output.skip(
            last,
            summary(output.petition_rows.rows - output.petition_rows.refused, sender(plan)),
        );
    }
    if at % 5 == 3 {
        let last = output.sheets.len();
        output.skip(last, dictionary());
    }
    if at % 6 == 1 {
        let last = output.sheets.len();
        output.skip(
            last,
            Sheet {
                name: "Sheet2".to_owned(),
                ..Sheet::default()
            },
        );
        output.skip(
            last + 1,
            Sheet {
                name: "Sheet3".to_owned(),
                ..Sheet::default()
            },
        );
    }
}

fn summary(rows: usize, name: &str) -> Sheet {
    let header = ["地区", "交办件数", "其中：重点件"].map(Cell::text).to_vec();
    let row = vec![Cell::text(name), Cell::Number(rows as f64), Cell::text("/")];
    let total = vec![Cell::text("合计"), Cell::Number(rows as f64), Cell::text("/")];
    Sheet {
        name: "汇总".to_owned(),
        rows: vec![vec![Cell::text("信访举报件办理情况汇总")], header, row, total],
        merges: vec![(0, 0, 0, 2)],
        head: 2,
        widths: vec![24.0, 14.0, 14.0],
        hidden: false,
    }
}

fn dictionary() -> Sheet {
    let words = [
        "属实",
        "基本属实",
        "部分属实",
        "不属实",
        "未办结",
        "阶段性办结",
        "已办结",
        "已销号",
    ];
    Sheet {
        hidden: true,
        ..Sheet::of_lines("字典", &words)
    }
}
