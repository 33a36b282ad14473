//! From a petition to the cells of its row, in the hand of one county's clerk.

use chrono::{Datelike, Days};

use crate::divisions::COUNTIES;
use crate::model::{Cell, Conclusion, Field, Handling, KINDS, Line, Outcome, Petition, Role, Values};
use crate::plan::{Layout, Plan, Style};
use crate::rng::Rng;
use crate::spell;

/// Where no column says which cases are key cases, a star on the number does.
fn has_key_column(layout: Layout) -> bool {
    matches!(layout, Layout::Municipal | Layout::Channel)
}

/// The row of the provincial handover list.
pub fn register_line(petition: &Petition, at: usize, rng: &mut Rng) -> Line {
    let divisions: Vec<String> = petition
        .parts
        .iter()
        .map(|part| {
            let style = [
                crate::divisions::DivisionStyle::Path,
                crate::divisions::DivisionStyle::Prefecture,
                crate::divisions::DivisionStyle::Name,
            ];
            COUNTIES[part.county].written(style[at % 3])
        })
        .collect();
    let mut values = Values::new();
    values.insert(Field::Seq, Cell::Number(at as f64 + 1.0));
    values.insert(Field::Number, Cell::text(&petition.number));
    values.insert(Field::Batch, spell::BatchStyle::Numeral.cell(petition.batch));
    values.insert(
        Field::Channel,
        Cell::text(if petition.by_phone { "来电" } else { "来信" }),
    );
    values.insert(Field::Complaint, Cell::text(&petition.complaint));
    values.insert(
        Field::Division,
        Cell::text(divisions.join(rng.pick(&["、", "；", "，"]))),
    );
    values.insert(Field::Kinds, kinds(petition, "、", false, rng));
    values.insert(Field::Key, Cell::text(if petition.key { "是" } else { "否" }));
    let mut line = Line {
        values,
        batch: petition.batch,
        ..Line::default()
    };
    blame_foreign(petition, &mut line);
    line
}

/// Whether the number follows the form that every other number has.
fn is_foreign(petition: &Petition) -> bool {
    !petition.number.contains("2GZ2021") && !petition.number.contains("2GZ2022")
}

fn blame_foreign(petition: &Petition, line: &mut Line) {
    if is_foreign(petition) {
        line.blame(
            Field::Number,
            "编号不合已知格式（交办清单与县级台账一致）",
            Outcome::Warning,
        );
    }
}

fn kinds(petition: &Petition, separator: &str, synonyms: bool, rng: &mut Rng) -> Cell {
    let names: Vec<&str> = petition
        .kinds
        .iter()
        .map(|&kind| {
            if synonyms {
                rng.pick(KINDS[kind].1)
            } else {
                KINDS[kind].0
            }
        })
        .collect();
    Cell::text(names.join(separator))
}

/// The row of a county's ledger, as it would be without any mistake.
pub fn county_line(petition: &Petition, part: &Handling, plan: &Plan, rng: &mut Rng) -> Line {
    let style = plan.style();
    let county = &COUNTIES[part.county];
    let mut values = Values::new();
    let starred = petition.key && !has_key_column(plan.layout);
    let number = match is_foreign(petition) {
        true => petition.number.clone(),
        false => spell::number(&petition.number, starred, rng),
    };
    values.insert(Field::Number, Cell::text(number));
    values.insert(Field::Batch, style.batch.cell(petition.batch));
    values.insert(Field::Received, style.date.cell(petition.received_on, rng));
    values.insert(Field::Channel, Cell::text(channel(petition.by_phone, style.synonyms)));
    values.insert(Field::Complaint, Cell::text(padded(&petition.complaint, rng)));
    values.insert(Field::Division, division_cell(county.written(style.division)));
    values.insert(Field::Kinds, kinds(petition, style.separator, style.synonyms, rng));
    values.insert(Field::Investigation, Cell::text(&part.investigation));
    values.insert(Field::Substantiated, Cell::text(part.substantiated.label()));
    // A row that will be refused says, but for its mistake, that the petition is concluded.
    let refused = part.conclusion == Conclusion::Unreported;
    let conclusion = if refused {
        Conclusion::Concluded
    } else {
        part.conclusion
    };
    values.insert(
        Field::Conclusion,
        Cell::text(spell::conclusion(conclusion, style.synonyms)),
    );
    let concluded_on = match part.concluded_on {
        Some(date) => style.date.cell(date, rng),
        None if refused => style.date.cell(petition.received_on + Days::new(40), rng),
        None => blank(style.blank),
    };
    values.insert(Field::ConcludedOn, concluded_on);
    let persons = if part.accountability.is_empty() {
        blank(style.blank)
    } else {
        Cell::text(&part.accountability)
    };
    values.insert(Field::Accountability, persons);
    values.insert(Field::Units, Cell::text(&part.unit));
    values.insert(
        Field::Key,
        Cell::text(if petition.key {
            rng.pick(&["是", "√", "重点件"])
        } else {
            rng.pick(&["否", "普通件", "否"])
        }),
    );
    values.insert(Field::Remarks, blank(style.blank));
    texts(&mut values, part, plan.layout);
    counts(&mut values, part, &style, rng);
    if plan.layout == Layout::Municipal {
        municipal_extras(&mut values, petition, rng);
    }
    let mut line = Line {
        values,
        batch: petition.batch,
        measures: part.measures,
        mistakes: Vec::new(),
    };
    blame_foreign(petition, &mut line);
    play(part.role, &mut line);
    line
}

/// A code is typed as a number by some, so that it arrives without being text.
fn division_cell(written: String) -> Cell {
    match written.parse::<u32>() {
        Ok(code) if code.is_multiple_of(2) => Cell::Number(f64::from(code)),
        _ => Cell::Text(written),
    }
}

fn blank(written: &str) -> Cell {
    if written.is_empty() {
        Cell::Empty
    } else {
        Cell::text(written)
    }
}

fn channel(by_phone: bool, synonyms: bool) -> &'static str {
    match (by_phone, synonyms) {
        (true, false) => "来电",
        (true, true) => "电话",
        (false, false) => "来信",
        (false, true) => "信件",
    }
}

/// Blanks and line breaks around a text, which mean nothing.
fn padded(text: &str, rng: &mut Rng) -> String {
    match rng.below(25) {
        0 => format!("\u{3000}\u{3000}{text}"),
        1 => format!("{text} "),
        2 => format!("{text}\n"),
        3 => format!("\u{a0}{text}"),
        _ => text.to_owned(),
    }
}

/// The municipal table splits the handling over three columns.
fn texts(values: &mut Values, part: &Handling, layout: Layout) {
    if layout != Layout::Municipal {
        values.insert(Field::Handling, Cell::text(&part.handling));
        return;
    }
    // The first two sentences are what was done during the inspection, the last is where it stands now.
    let mut sentences: Vec<&str> = part.handling.split_inclusive('。').collect();
    let latest = if sentences.len() > 3 { sentences.pop() } else { None };
    let planned = sentences.split_off(sentences.len().min(2)).concat();
    values.insert(Field::Handling, Cell::text(sentences.concat()));
    values.insert(
        Field::Measures,
        if planned.is_empty() {
            Cell::Empty
        } else {
            Cell::text(planned)
        },
    );
    values.insert(Field::Latest, Cell::text(latest.unwrap_or("已落实。")));
}

fn counts(values: &mut Values, part: &Handling, style: &Style, rng: &mut Rng) {
    let measures = &part.measures;
    let list = [
        (Field::Ordered, measures.ordered, "家"),
        (Field::Penalised, measures.penalised, "家"),
        (Field::Criminal, measures.criminal_cases, "件"),
        (Field::AdminDetained, measures.admin_detained, "人"),
        (Field::CriminalDetained, measures.criminal_detained, "人"),
        (Field::Interviewed, measures.interviewed, "人"),
        (Field::Accountable, measures.accountable, "人"),
    ];
    for (field, number, unit) in list {
        values.insert(field, spell::count(number, unit, style.blank, rng));
    }
    let fine = if measures.fine_fen == 0 && rng.chance(60) {
        blank(style.blank)
    } else {
        style.money.cell(measures.fine_fen, rng)
    };
    values.insert(Field::Fine, fine);
}

/// The columns that only the municipal table has; persons and phones are made up and must not be stored.
fn municipal_extras(values: &mut Values, petition: &Petition, rng: &mut Rng) {
    let person = format!("人员{:03}", rng.between(1, 180));
    let officer = format!("人员{:03}", rng.between(1, 180));
    values.insert(Field::Leaders, Cell::text(format!("县级领导{person}")));
    values.insert(Field::Contact, Cell::text(person));
    values.insert(Field::Phone, Cell::text("13800000000"));
    values.insert(Field::Grid, Cell::text(format!("第{}网格", rng.between(1, 60))));
    values.insert(Field::GridOfficer, Cell::text(officer));
    values.insert(Field::GridPhone, Cell::Number(13_800_000_000.0));
    values.insert(Field::Round, Cell::text("第二轮"));
    values.insert(Field::Duplicate, Cell::text("否"));
    values.insert(
        Field::Acceptance,
        Cell::text(rng.pick(&["已验收", "县级验收通过", "资料归档"])),
    );
    values.insert(
        Field::Longitude,
        Cell::Number(f64::from(104_000 + rng.below(5000) as u32) / 1000.0),
    );
    let day = petition.received_on.day();
    values.insert(
        Field::Latitude,
        Cell::Number(f64::from(25_000 + day * 100 + rng.below(99) as u32) / 1000.0),
    );
}

/// Writes what is odd about a part into its row.
fn play(role: Role, line: &mut Line) {
    use Outcome::{Refused, Warning};
    match role {
        Role::Plain => {}
        Role::Twice => line.blame(Field::Number, "同一编号在同一文件中出现两次，两行都退回", Refused),
        Role::LargelyDone => {
            line.spoil(
                Field::Conclusion,
                Cell::text("基本办结"),
                "不在词表内，最接近“已办结”",
                Refused,
            );
        }
        Role::LooselyTrue => line.spoil(
            Field::Substantiated,
            Cell::text("大体属实"),
            "不在词表内，最接近“基本属实”",
            Refused,
        ),
        Role::NoYear => line.spoil(Field::ConcludedOn, Cell::text("3月18日"), "日期没有年份", Refused),
        Role::ErrorValue => line.spoil(Field::Ordered, Cell::Error("#REF!"), "Excel 错误值", Refused),
        Role::OpenWithDate => {
            line.spoil(
                Field::ConcludedOn,
                Cell::text("2022年3月1日"),
                "未办结却有办结时间",
                Warning,
            );
        }
        // Readable, and counted nowhere: the other division is not finished.
        Role::MonthOnly(text) => {
            line.values.insert(Field::ConcludedOn, Cell::text(text));
        }
        Role::Contradicts => line.blame(Field::Substantiated, "与另一承办地区的属实结论相反", Warning),
        Role::Pasted => line.blame(Field::Handling, "同一段处理情况粘贴在多件信访中", Warning),
        Role::DespiteNo => line.blame(Field::Substantiated, "不属实却填有约谈人数", Warning),
    }
    if role == Role::OpenWithDate {
        line.values.insert(
            Field::Conclusion,
            Cell::text(spell::conclusion(Conclusion::Open, false)),
        );
    }
}
