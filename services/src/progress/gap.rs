//! What figures lack, or are in doubt for.

use ducha::v1::Gap;
use ducha_records::inspections::Inspection;

use super::facts::Facts;
use crate::language::{Language, Text};

/// A gap of this kind.
#[must_use]
pub fn gap(kind: &str, figure: &str, records: i64, language: Language) -> Gap {
    Gap {
        kind: kind.to_owned(),
        figure: figure.to_owned(),
        message: text(kind, records).in_language(language).to_owned(),
        records,
    }
}

/// What all figures of a day lack.
#[must_use]
pub fn of_facts(inspection: &Inspection, facts: &Facts, language: Language) -> Vec<Gap> {
    let petitions: i64 = facts.petitions.iter().map(|cell| cell.petitions).sum();
    let contradictory = facts.petitions.iter().filter(|cell| cell.contradictory);
    let contradictory: i64 = contradictory.map(|cell| cell.petitions).sum();
    let silent: i64 = facts.measures.iter().map(|cell| cell.parts - cell.reported).sum();
    let nothing = petitions == 0
        && facts.tasks.is_empty()
        && facts.indicators.is_empty()
        && facts.decisions.is_empty()
        && facts.activities.is_empty();
    let found = [
        ("NO_RECORDS", "", nothing.then_some(0)),
        ("BEFORE_BEGIN", "", (facts.day < inspection.started_on).then_some(0)),
        (
            "CONTRADICTORY",
            "petitions.substantiated",
            Some(contradictory).filter(|count| *count > 0),
        ),
        ("NOT_REPORTED", "measures", Some(silent).filter(|count| *count > 0)),
    ];
    found
        .into_iter()
        .filter_map(|(kind, figure, records)| Some(gap(kind, figure, records?, language)))
        .collect()
}

fn text(kind: &str, records: i64) -> Text {
    match kind {
        "NO_RECORDS" => Text::new("截至该日没有任何记录", "there are no records as of this day"),
        "BEFORE_BEGIN" => Text::new("该日早于督察开始之日", "the day is before the inspection began"),
        "CONTRADICTORY" => Text::new(
            format!("{records} 件信访件各承办地对是否属实说法不一，未计入属实情况"),
            format!(
                "the parts of {records} petitions contradict each other on whether it is so; they are in none of the counts"
            ),
        ),
        "NOT_REPORTED" => Text::new(
            format!("{records} 个交办事项尚未填报，按未办结计"),
            format!("{records} parts are not reported yet and count as open"),
        ),
        "COUNTED_ABOVE" => Text::new(
            format!("上级已填报同一指标，其下级的 {records} 条未重复计入"),
            format!("a division above reports the same indicator: {records} records below it are not counted again"),
        ),
        "NO_SUM" => Text::new(
            format!("该指标不可加总，{records} 个地方的数值未汇总"),
            format!("the indicator does not add up: the amounts of {records} divisions make none"),
        ),
        "PART_WITHOUT_TOTAL" => Text::new(
            format!("{records} 个地方未填总数，总数缺失"),
            format!("{records} divisions give no total, so there is none"),
        ),
        "UNKNOWN_FIGURE" => Text::new("没有可计算该数的记录", "no record makes this figure"),
        _ => Text::new("数据存疑", "in doubt"),
    }
}
