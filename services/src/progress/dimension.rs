//! What figures are told apart by: which dimension applies to what, and the values that a fact has of it.

use chrono::NaiveDate;
use ducha::v1::Dimension;
use ducha_records::codes::{
    ActivityKind, AlertKind, CadreLevel, Channel, Closure, Conclusion, Penalty, PollutionKind, Subject, Substantiated,
    TaskSource, TaskStatus,
};
use ducha_records::figures::{
    ActivityFact, AlertFact, DecisionFact, IndicatorFact, MeasureCell, PetitionCell, TaskFact,
};

/// A value of a dimension, behind what puts values in order.
pub type Key = (i64, String);

/// A kind of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Petitions.
    Petitions,
    /// What was done about them.
    Measures,
    /// Tasks.
    Tasks,
    /// Indicators.
    Indicators,
    /// Accountability.
    Accountability,
    /// Activities.
    Activities,
    /// Alerts.
    Alerts,
}

/// Whether figures of a kind can be told apart by a dimension.
#[must_use]
pub const fn applies(dimension: Dimension, kind: Kind) -> bool {
    use Dimension as D;
    match dimension {
        D::Unspecified => false,
        D::Area | D::Division => true,
        D::Batch | D::Channel | D::KeyCase | D::PollutionKind => matches!(kind, Kind::Petitions | Kind::Measures),
        D::Conclusion | D::Substantiated => matches!(kind, Kind::Petitions),
        D::Theme | D::Topic => matches!(kind, Kind::Tasks | Kind::Indicators),
        D::TaskSource | D::Case | D::PlanYear | D::TaskStatus | D::Closure | D::Overdue => matches!(kind, Kind::Tasks),
        D::Subject | D::Level | D::Penalty | D::Issue => matches!(kind, Kind::Accountability),
        D::ActivityKind => matches!(kind, Kind::Activities),
        D::AlertKind => matches!(kind, Kind::Alerts),
    }
}

fn text(value: &str) -> Vec<Key> {
    vec![(0, value.to_owned())]
}

fn maybe(value: Option<&String>) -> Vec<Key> {
    text(value.map_or("", String::as_str))
}

fn number(value: Option<i32>) -> Vec<Key> {
    value.map_or_else(
        || vec![(i64::MAX, String::new())],
        |value| vec![(value.into(), value.to_string())],
    )
}

/// A code as the token of the enum's value; codes that stand for none are as if not stated.
fn coded(code: Option<i32>, token: impl Fn(i16) -> Option<&'static str>) -> Vec<Key> {
    let known = code.and_then(|code| Some((code, token(i16::try_from(code).ok()?)?)));
    known.map_or_else(
        || vec![(i64::MAX, String::new())],
        |(code, token)| vec![(code.into(), token.to_owned())],
    )
}

/// The bits of a set of values; an empty set is as if not stated.
fn bits(set: i32, token: impl Fn(i16) -> Option<&'static str>) -> Vec<Key> {
    let values = (0..31_i16).filter(|bit| set & (1 << bit) != 0);
    let keys: Vec<_> = values.flat_map(|bit| coded(Some(bit.into()), &token)).collect();
    if keys.is_empty() { coded(None, token) } else { keys }
}

fn flag(value: bool) -> Vec<Key> {
    vec![(i64::from(!value), if value { "yes" } else { "no" }.to_owned())]
}

/// The values of a petition.
#[must_use]
pub fn of_petition(dimension: Dimension, cell: &PetitionCell) -> Vec<Key> {
    use Dimension as D;
    match dimension {
        D::Area | D::Division => text(&cell.area),
        D::Conclusion => coded(Some(cell.conclusion), |code| {
            Conclusion::from_code(code).map(Conclusion::token)
        }),
        D::Substantiated => coded(cell.substantiated, |code| {
            Substantiated::from_code(code).map(Substantiated::token)
        }),
        _ => handed_over(dimension, cell.batch, cell.channel, cell.key_case, cell.pollution_kinds),
    }
}

/// The values of parts of petitions.
#[must_use]
pub fn of_measure(dimension: Dimension, cell: &MeasureCell) -> Vec<Key> {
    match dimension {
        Dimension::Area | Dimension::Division => text(&cell.area),
        _ => handed_over(dimension, cell.batch, cell.channel, cell.key_case, cell.pollution_kinds),
    }
}

fn handed_over(dimension: Dimension, batch: Option<i32>, channel: Option<i16>, key_case: bool, kinds: i32) -> Vec<Key> {
    use Dimension as D;
    match dimension {
        D::Batch => number(batch),
        D::Channel => coded(channel.map(i32::from), |code| {
            Channel::from_code(code).map(Channel::token)
        }),
        D::KeyCase => flag(key_case),
        D::PollutionKind => bits(kinds, |code| PollutionKind::from_code(code).map(PollutionKind::token)),
        _ => Vec::new(),
    }
}

/// The values of a task as of a day.
#[must_use]
pub fn of_task(dimension: Dimension, task: &TaskFact, day: NaiveDate) -> Vec<Key> {
    use Dimension as D;
    match dimension {
        D::Area | D::Division => text(&task.area),
        D::Theme => maybe(task.theme.as_ref()),
        D::Topic => maybe(task.topic.as_ref()),
        D::Case => maybe(task.case_name.as_ref()),
        D::TaskSource => coded(task.source.map(i32::from), |code| {
            TaskSource::from_code(code).map(TaskSource::token)
        }),
        D::PlanYear => years(task.plan_years.as_deref().unwrap_or_default()),
        D::TaskStatus => coded(Some(task.status), |code| {
            TaskStatus::from_code(code).map(TaskStatus::token)
        }),
        D::Closure => coded(Some(task.closure), |code| Closure::from_code(code).map(Closure::token)),
        D::Overdue => flag(task.is_overdue(day)),
        _ => Vec::new(),
    }
}

/// The years of a plan's text, such as 2022、2023; both ends and what lies between them of `2022-2024`. A text without
/// years is a value itself.
fn years(written: &str) -> Vec<Key> {
    let mut years: Vec<i64> = Vec::new();
    let mut range = false;
    let mut digits = String::new();
    for letter in written.chars().chain([' ']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if let Some(year) = digits.parse().ok().filter(|year| (1900..2200).contains(year)) {
            let first = years
                .last()
                .filter(|last| range && **last < year)
                .map_or(year, |last| last + 1);
            years.extend(first..=year);
            range = false;
        }
        digits.clear();
        range |= matches!(letter, '-' | '—' | '–' | '至' | '~' | '～');
    }
    years.sort_unstable();
    years.dedup();
    if years.is_empty() {
        return text(written);
    }
    years.into_iter().map(|year| (year, year.to_string())).collect()
}

/// The values of an indicator.
#[must_use]
pub fn of_indicator(dimension: Dimension, area: &str, indicator: &IndicatorFact) -> Vec<Key> {
    match dimension {
        Dimension::Area | Dimension::Division => text(area),
        Dimension::Theme => maybe(indicator.theme.as_ref()),
        Dimension::Topic => maybe(indicator.topic.as_ref()),
        _ => Vec::new(),
    }
}

/// The values of a decision.
#[must_use]
pub fn of_decision(dimension: Dimension, area: &str, decision: &DecisionFact) -> Vec<Key> {
    use Dimension as D;
    match dimension {
        D::Area | D::Division => text(area),
        D::Subject => coded(Some(decision.subject.into()), |code| {
            Subject::from_code(code).map(Subject::token)
        }),
        D::Level => coded(decision.level.map(i32::from), |code| {
            CadreLevel::from_code(code).map(CadreLevel::token)
        }),
        D::Penalty => bits(decision.kinds, |code| Penalty::from_code(code).map(Penalty::token)),
        D::Issue => maybe(decision.issue.as_ref()),
        _ => Vec::new(),
    }
}

/// The values of an activity.
#[must_use]
pub fn of_activity(dimension: Dimension, area: &str, activity: &ActivityFact) -> Vec<Key> {
    match dimension {
        Dimension::Area | Dimension::Division => text(area),
        Dimension::ActivityKind => coded(Some(activity.kind.into()), |code| {
            ActivityKind::from_code(code).map(ActivityKind::token)
        }),
        _ => Vec::new(),
    }
}

/// The values of an alert.
#[must_use]
pub fn of_alert(dimension: Dimension, area: &str, alert: &AlertFact) -> Vec<Key> {
    match dimension {
        Dimension::Area | Dimension::Division => text(area),
        Dimension::AlertKind => coded(Some(alert.kind.into()), |code| {
            AlertKind::from_code(code).map(AlertKind::token)
        }),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_years_of_a_plan_are_told_one_by_one() {
        let told = |text: &str| {
            let keys = years(text).into_iter();
            keys.map(|(_, value)| value).collect::<Vec<_>>().join(" ")
        };
        for (text, wanted) in [
            ("2022", "2022"),
            ("2022年、2023年", "2022 2023"),
            ("2022-2024年", "2022 2023 2024"),
            ("2022年至2023年，2025年", "2022 2023 2025"),
            ("2024-2022", "2022 2024"),
            ("长期", "长期"),
            ("", ""),
            ("第12期", "第12期"),
        ] {
            assert_eq!(told(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_petition_of_two_kinds_has_both_values() {
        let kinds = PollutionKind::Water.bit() | PollutionKind::Noise.bit();
        let keys = handed_over(Dimension::PollutionKind, None, None, false, kinds);
        assert_eq!(keys, [(0, "water".to_owned()), (3, "noise".to_owned())]);
    }
}
