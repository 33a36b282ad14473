//! The deliberate mistakes in the petition ledgers. What is refused stands in rows of its own, so that no total moves.

use chrono::Days;

use crate::divisions::{COUNTIES, index_of};
use crate::lines::county_line;
use crate::model::{Cell, Conclusion, Field, Handling, Line, Measures, Outcome, Petition, Role, Substantiated};
use crate::petitions::first_day;
use crate::plan::Plan;
use crate::rng::Rng;
use crate::texts::Writer;

use Outcome::{Note, Refused, Warning};

/// A mistake in a row that exists only to hold it.
type Extra = (&'static str, Field, fn() -> Cell, &'static str);

fn text(text: &str) -> Cell {
    Cell::text(text)
}

/// Rows that must be refused, by the sender that writes them.
const EXTRAS: [Extra; 24] = [
    ("522601", Field::Number, || Cell::Empty, "必填项为空：受理编号"),
    (
        "522601",
        Field::Complaint,
        || Cell::Empty,
        "必填项为空：交办问题基本情况",
    ),
    ("522601", Field::Substantiated, || Cell::Empty, "必填项为空：是否属实"),
    ("522601", Field::Number, || text("X2GZ2021121"), "编号残缺，清单中没有"),
    (
        "522601",
        Field::Number,
        || text("D2GZ202112109999"),
        "交办清单中没有这件信访",
    ),
    (
        "522601",
        Field::Handling,
        || text("已督促企业整改\u{fffd}\u{fffd}完成，群众满意。"),
        "文字含无法识别的替换符",
    ),
    (
        "522601",
        Field::Complaint,
        || Cell::text("反映废水直排问题。".repeat(1000)),
        "文字超过长度上限（8000 字）",
    ),
    (
        "520400",
        Field::Division,
        || Cell::Empty,
        "必填项为空：市级台账未写明县（市、区）",
    ),
    ("520281", Field::ConcludedOn, || text("去年腊月"), "日期无法识别"),
    (
        "520281",
        Field::ConcludedOn,
        || text("2202年1月15日"),
        "日期超出合理范围（2015 至 2035 年）",
    ),
    (
        "520281",
        Field::ConcludedOn,
        || Cell::Number(2022.1),
        "数字 2022.10 无法分辨是 1 月还是 10 月",
    ),
    ("520304", Field::Ordered, || text("三五家"), "数字无法识别"),
    ("520304", Field::Interviewed, || Cell::Number(-1.0), "人数为负数"),
    ("520304", Field::Penalised, || Cell::Number(1.5), "家数不是整数"),
    ("520304", Field::Fine, || text("2000美元"), "金额单位无法识别"),
    ("520102", Field::Division, || text("黔灵区"), "行政区域不存在"),
    ("520102", Field::Kinds, || text("光污染"), "不在词表内：污染类型"),
    ("520102", Field::Channel, || text("托梦"), "不在词表内：来源"),
    ("520102", Field::Conclusion, || text("大概完了"), "不在词表内：是否办结"),
    (
        "522301",
        Field::ConcludedOn,
        || text("2021年12月1日"),
        "办结时间早于受理时间",
    ),
    (
        "522301",
        Field::Substantiated,
        || text("无"),
        "“无”不是对是否属实的回答",
    ),
    ("522301", Field::Received, || text("2021年13月45日"), "日期不存在"),
    ("520204", Field::Penalised, || Cell::Error("#VALUE!"), "Excel 错误值"),
    (
        "520204",
        Field::Division,
        || text("盘州市、仁怀市"),
        "不属于报送单位的行政区域",
    ),
];

/// A change of an ordinary row that leaves it valid: the sender, how many rows, the change.
type Change = (&'static str, usize, fn(&mut Line));

const CHANGES: [Change; 10] = [
    ("520281", 2, |line| {
        line.spoil(Field::Division, text("盘县"), "行政区划旧名，现为盘州市", Warning)
    }),
    ("520281", 1, |line| {
        line.spoil(
            Field::Division,
            Cell::Number(520_222.0),
            "行政区划旧代码，现为 520281",
            Warning,
        )
    }),
    ("520304", 2, |line| {
        line.spoil(
            Field::Division,
            text("遵义市遵义县"),
            "行政区划旧名，现为播州区",
            Warning,
        )
    }),
    ("520204", 1, |line| {
        line.spoil(Field::Division, text("水城县"), "行政区划旧名，现为水城区", Warning)
    }),
    ("520602", 1, |line| {
        append(line, "如对结果有异议，可致电13800000000反映。")
    }),
    ("522601", 1, |line| append(line, "举报人（13800000000）表示满意。")),
    ("520602", 1, |line| {
        let wrong = line.batch + 3;
        line.spoil(
            Field::Batch,
            Cell::Number(f64::from(wrong)),
            "批次与编号中的日期不符",
            Warning,
        );
    }),
    ("522301", 1, |line| {
        line.spoil(Field::ConcludedOn, Cell::Empty, "已办结却没有办结时间", Warning)
    }),
    ("520502", 1, |line| with_letter(line, "2GZ20", "2GZ2O")),
    ("520502", 1, |line| with_letter(line, "GZ2021", "GZ2o21")),
];

fn append(line: &mut Line, sentence: &str) {
    if let Some(Cell::Text(handling)) = line.values.get_mut(&Field::Handling) {
        handling.push_str(sentence);
    }
    line.blame(Field::Handling, "拟公开文字含电话号码（虚构）", Warning);
}

fn with_letter(line: &mut Line, from: &str, to: &str) {
    if let Some(Cell::Text(number)) = line.values.get_mut(&Field::Number) {
        *number = number.replacen(from, to, 1);
    }
    line.blame(Field::Number, "编号中的数字 0 写成字母 O，按 0 读取", Note);
}

/// Puts a county's mistakes into its rows, which are those of its own petitions so far.
pub fn plant(plan: &Plan, lines: &mut Vec<Line>, petitions: &[Petition], rng: &mut Rng, writer: &mut Writer) {
    for (_, count, change) in CHANGES.iter().filter(|(code, ..)| *code == plan.code) {
        for line in lines.iter_mut().filter(|line| is_ordinary(line)).take(*count) {
            change(line);
        }
    }
    repeat_duplicates(lines, petitions, plan, rng);
    if plan.code == "520102" {
        let place = lines.len() / 2;
        lines.insert(place, of_another_county(plan, petitions, rng));
    }
    let extras = EXTRAS.iter().filter(|(code, ..)| *code == plan.code);
    for (turn, &(code, field, cell, what)) in extras.enumerate() {
        let county = if code == "520400" { "520422" } else { code };
        let invented = invent(index_of(county), turn, rng, writer);
        let mut line = county_line(&invented, &invented.parts[0], plan, rng);
        line.spoil(field, cell(), what, Refused);
        let place = (turn + 1) * lines.len() / 9;
        lines.insert(place.min(lines.len()), line);
    }
}

/// Free of mistakes, concluded on a day, with a number of the known form as the register writes it.
fn is_ordinary(line: &Line) -> bool {
    let number = matches!(line.values.get(&Field::Number), Some(Cell::Text(number)) if number.len() == 16 && number.contains("2GZ2021"));
    let dated = matches!(
        line.values.get(&Field::ConcludedOn),
        Some(Cell::Date(_) | Cell::Number(_))
    ) || matches!(line.values.get(&Field::ConcludedOn), Some(Cell::Text(date)) if date.chars().count() > 7);
    line.mistakes.is_empty() && number && dated && line.measures == Measures::default()
}

/// The second row of the petition that a file reports twice; the first is blamed where it is written.
fn repeat_duplicates(lines: &mut Vec<Line>, petitions: &[Petition], plan: &Plan, rng: &mut Rng) {
    let county = index_of_sender(plan);
    let twice = petitions
        .iter()
        .filter(|petition| petition.parts[0].role == Role::Twice);
    for petition in twice.filter(|petition| Some(petition.parts[0].county) == county) {
        lines.push(county_line(petition, &petition.parts[0], plan, rng));
    }
}

/// A prefecture is no county.
fn index_of_sender(plan: &Plan) -> Option<usize> {
    COUNTIES.iter().position(|county| county.code == plan.code)
}

/// A petition of 云岩区 in the ledger of 南明区.
fn of_another_county(plan: &Plan, petitions: &[Petition], rng: &mut Rng) -> Line {
    let neighbour = index_of("520103");
    let found = petitions
        .iter()
        .find(|petition| petition.parts.len() == 1 && petition.parts[0].county == neighbour);
    let Some(petition) = found else { return Line::default() };
    let mut line = county_line(petition, &petition.parts[0], plan, rng);
    line.measures = Measures::default();
    line.spoil(Field::Division, text("云岩区"), "不属于报送单位的行政区域", Refused);
    line
}

/// A petition that the inspection never handed over.
fn invent(county: usize, turn: usize, rng: &mut Rng, writer: &mut Writer) -> Petition {
    let batch = 1 + rng.below(28) as u32;
    let received_on = first_day() + Days::new(u64::from(batch) - 1);
    let kinds = vec![rng.below(8)];
    let scene = writer.scene(COUNTIES[county].name, kinds[0], received_on);
    let verdict = Substantiated::Yes;
    let part = Handling {
        role: Role::Plain,
        county,
        substantiated: verdict,
        conclusion: Conclusion::Concluded,
        concluded_on: Some(received_on + Days::new(20)),
        measures: Measures::default(),
        investigation: writer.investigation(&scene, &kinds, verdict),
        handling: writer.handling(&scene, &kinds, verdict, &Measures::default()),
        accountability: "无".to_owned(),
        unit: writer.unit(COUNTIES[county].name),
    };
    Petition {
        number: format!("D2GZ{}{:04}", received_on.format("%Y%m%d"), 9000 + county * 10 + turn),
        received_on,
        batch,
        by_phone: true,
        key: false,
        complaint: writer.complaint(&scene, &kinds),
        kinds,
        scene,
        parts: vec![part],
    }
}
