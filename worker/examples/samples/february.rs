//! The ledgers of the end of February 2022, which the prefectures sent: the petitions on which measures had been taken by
//! then, with the conclusions of that day. Figures as of that day come from them and not from the later ledgers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::divisions::COUNTIES;
use crate::files::Output;
use crate::layout::petition_columns;
use crate::ledger::{Ledger, Totals};
use crate::lines;
use crate::model::{Conclusion, Handling, Line, Measures, Petition};
use crate::plan::{Format, Layout, PLANS, Plan};
use crate::rng::Rng;
use crate::spell::MoneyStyle;

/// The folder they lie in.
pub const FOLDER: &str = "2022-02";

/// Code and name of each prefecture.
const PREFECTURES: [(&str, &str); 9] = [
    ("520100", "贵阳市"),
    ("520200", "六盘水市"),
    ("520300", "遵义市"),
    ("520400", "安顺市"),
    ("520500", "毕节市"),
    ("520600", "铜仁市"),
    ("522300", "黔西南州"),
    ("522600", "黔东南州"),
    ("522700", "黔南州"),
];

/// One workbook of each prefecture.
pub fn outputs(petitions: &[Petition], rng: &mut Rng) -> Vec<Output> {
    let mut of: BTreeMap<&str, Vec<(&Petition, Handling)>> = BTreeMap::new();
    for petition in petitions {
        for part in petition
            .parts
            .iter()
            .filter(|part| part.measures != Measures::default())
        {
            let prefecture = &COUNTIES[part.county].code[..4];
            of.entry(prefecture).or_default().push((petition, at_the_time(part)));
        }
    }
    PREFECTURES
        .iter()
        .filter_map(|(code, name)| Some(output(code, name, of.get(&code[..4])?, rng)))
        .collect()
}

/// The last day of that February.
fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 2, 28).unwrap_or_default()
}

/// What was said of a part on that day: it was concluded if it had been by then.
fn at_the_time(part: &Handling) -> Handling {
    let mut part = part.clone();
    if part.concluded_on.is_none_or(|concluded| concluded > day()) {
        part.conclusion = Conclusion::Open;
        part.concluded_on = None;
    } else if part.conclusion == Conclusion::Closed {
        part.conclusion = Conclusion::Concluded;
    }
    part
}

fn output(code: &'static str, name: &'static str, parts: &[(&Petition, Handling)], rng: &mut Rng) -> Output {
    let path = format!("{FOLDER}/{code}-{name}信访边督边改情况（2022年2月）");
    let mut output = Output::new(&path, code, Format::Xlsx);
    let plan = hand();
    let lines: Vec<Line> = parts
        .iter()
        .map(|(petition, part)| lines::county_line(petition, part, &plan, rng))
        .collect();
    let style = plan.style();
    output.add_petitions(&Ledger {
        name: "边督边改".to_owned(),
        title: format!("{name}中央生态环境保护督察群众信访举报件边督边改情况"),
        sender: name,
        reported_on: Some("2022年2月28日"),
        columns: petition_columns(plan.layout, &style),
        lines,
        form: style.form,
        totals: Totals::Right,
        money: MoneyStyle::Wan,
        merge_divisions: false,
    });
    output
}

/// The hand of the prefectures' clerks: columns for everything, and the county in every row.
fn hand() -> Plan {
    let donor = PLANS.iter().find(|plan| plan.code.ends_with("00"));
    Plan {
        code: donor.map_or("520400", |plan| plan.code),
        path: "",
        format: Format::Xlsx,
        layout: Layout::TwoRow,
        weight: 0,
        tasks: crate::plan::Tasks::None,
    }
}
