//! Rows of the plain kinds as the worker would stage them.

use ducha_records::accountability::{AccountabilityContent, IssueContent, StagedAccountability, StagedIssue};
use ducha_records::activities::{ActivityContent, StagedActivity};
use ducha_records::alerts::{AlertContent, StagedAlert};
use ducha_records::codes::{AccountabilitySource, ActivityKind, Aggregation, AlertKind, Basis, Subject};
use ducha_records::content_hash::ContentHasher;
use ducha_records::importing::{RowPlace, StagedPlain};
use ducha_records::indicators::{IndicatorContent, StagedIndicator};
use serde::Serialize;

use super::ledger::{PROVINCE, day};

fn place(row_id: i64, number: &str, division: &str) -> RowPlace {
    RowPlace {
        row_id,
        sheet: "Sheet1".to_owned(),
        row_number: row_id + 3,
        number: number.to_owned(),
        division: division.to_owned(),
    }
}

pub fn hash(content: &impl Serialize) -> Vec<u8> {
    ContentHasher::default().content(content)
}

/// An indicator of whole units, of no period.
pub fn indicator(name: &str, unit: &str, done: i64) -> IndicatorContent {
    IndicatorContent {
        name: name.to_owned(),
        unit: unit.to_owned(),
        done_millionths: Some(done * 1_000_000),
        done_text: Some(done.to_string()),
        aggregation: Aggregation::Sum.code(),
        basis: Basis::Cumulative.code(),
        ..IndicatorContent::default()
    }
}

/// A decision on an organisation.
pub fn decision(unit: &str, issue: Option<&str>) -> AccountabilityContent {
    AccountabilityContent {
        issue: issue.map(str::to_owned),
        subject: Subject::Organisation.code(),
        unit: Some(unit.to_owned()),
        source: AccountabilitySource::HandedOver.code(),
        ..AccountabilityContent::default()
    }
}

/// A meeting.
pub fn meeting(topic: &str, on: &str) -> ActivityContent {
    ActivityContent {
        kind: ActivityKind::Meeting.code(),
        held_on: day(on),
        organiser: None,
        places: None,
        topic: topic.to_owned(),
        tasks: None,
        result: None,
        remarks: None,
    }
}

/// An open alert.
pub fn alert(station: &str, on: &str) -> AlertContent {
    AlertContent {
        station: station.to_owned(),
        raised_on: day(on),
        kind: AlertKind::Offline.code(),
        handling: None,
        settled_on: None,
        remarks: None,
    }
}

/// Ledger rows of one division, numbered from 1.
pub fn indicators(division: &str, rows: &[IndicatorContent]) -> StagedPlain {
    let staged = (1..).zip(rows).map(|(id, row)| {
        let number = format!(
            "{}|{}|{}",
            row.name,
            row.period.as_deref().unwrap_or_default(),
            row.task.as_deref().unwrap_or_default()
        );
        StagedIndicator::new(place(id, &number, division), row.clone(), hash(row))
    });
    StagedPlain {
        indicators: staged.collect(),
        ..StagedPlain::default()
    }
}

pub fn decisions(division: &str, rows: &[AccountabilityContent]) -> StagedPlain {
    let staged = (1..).zip(rows).map(|(id, row)| {
        let number = row.unit.clone().unwrap_or_default();
        StagedAccountability::new(place(id, &number, division), row.clone(), hash(row))
    });
    StagedPlain {
        accountabilities: staged.collect(),
        ..StagedPlain::default()
    }
}

/// The province's list: numbers and titles.
pub fn issues(rows: &[(&str, &str)]) -> StagedPlain {
    let staged = (1..).zip(rows).map(|(id, (number, title))| {
        let content = IssueContent {
            title: (*title).to_owned(),
            ..IssueContent::default()
        };
        StagedIssue::new(place(id, number, PROVINCE), content.clone(), hash(&content))
    });
    StagedPlain {
        issues: staged.collect(),
        ..StagedPlain::default()
    }
}

pub fn activities(division: &str, rows: &[ActivityContent]) -> StagedPlain {
    let staged = (1..)
        .zip(rows)
        .map(|(id, row)| StagedActivity::new(place(id, &row.topic, division), row.clone(), hash(row)));
    StagedPlain {
        activities: staged.collect(),
        ..StagedPlain::default()
    }
}

pub fn alerts(division: &str, rows: &[AlertContent]) -> StagedPlain {
    let staged = (1..)
        .zip(rows)
        .map(|(id, row)| StagedAlert::new(place(id, &row.station, division), row.clone(), hash(row)));
    StagedPlain {
        alerts: staged.collect(),
        ..StagedPlain::default()
    }
}
