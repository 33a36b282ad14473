//! Indicators, accountability, activities and alerts.

use ducha::v1::{Accountability, AccountabilityIssue, Activity, Alert, Indicator};
use ducha_records::accountability::{AccountabilityContent, IssueContent};
use ducha_records::activities::ActivityContent;
use ducha_records::alerts::AlertContent;
use ducha_records::codes::Penalty;
use ducha_records::indicators::{IndicatorContent, SCALE};
use ducha_records::plain::Recorded;

use super::mask::{mask_all, mask_fields, mask_name};
use super::shorten::{cut_all, cut_fields, note};
use super::{FileNames, etag, list, origin, shifted, timestamp};
use crate::pages::Record;
use crate::request::day_text;

/// An indicator.
#[must_use]
pub fn indicator(row: Recorded<IndicatorContent>, names: &FileNames) -> Indicator {
    let content = row.content;
    Indicator {
        inspection_id: row.inspection_id,
        division: row.division,
        key: row.number,
        name: content.name,
        period: content.period.unwrap_or_default(),
        task: content.task.unwrap_or_default(),
        theme: content.theme.unwrap_or_default(),
        topic: content.topic.unwrap_or_default(),
        unit: content.unit,
        done: content.done_millionths.map(decimal),
        total: content.total_millionths.map(decimal),
        done_as_written: content.done_text.unwrap_or_default(),
        total_as_written: content.total_text.unwrap_or_default(),
        stage: content.stage.unwrap_or(0).into(),
        approximate: content.approximate,
        aggregation: content.aggregation.into(),
        basis: content.basis.into(),
        remarks: content.remarks.unwrap_or_default(),
        reported_on: day_text(Some(row.reported_on)),
        origin: origin(row.import_id, row.sheet, row.row_number, names),
        etag: etag(row.version, row.updated_at_utc),
        version: row.version,
        updated_at: Some(timestamp(row.updated_at_utc)),
        shortened_fields: Vec::new(),
    }
}

/// An issue handed over.
#[must_use]
pub fn issue(row: Recorded<IssueContent>, names: &FileNames) -> AccountabilityIssue {
    let content = row.content;
    AccountabilityIssue {
        inspection_id: row.inspection_id,
        number: row.number,
        title: content.title,
        handed_over_on: day_text(content.handed_over_on),
        remarks: content.remarks.unwrap_or_default(),
        reported_on: day_text(Some(row.reported_on)),
        origin: origin(row.import_id, row.sheet, row.row_number, names),
        etag: etag(row.version, row.updated_at_utc),
        version: row.version,
        updated_at: Some(timestamp(row.updated_at_utc)),
        shortened_fields: Vec::new(),
    }
}

/// A decision.
#[must_use]
pub fn accountability(row: Recorded<AccountabilityContent>, names: &FileNames) -> Accountability {
    let content = row.content;
    Accountability {
        inspection_id: row.inspection_id,
        division: row.division,
        key: row.number,
        issue: content.issue.unwrap_or_default(),
        issue_title: content.issue_title.unwrap_or_default(),
        subject: content.subject.into(),
        unit: content.unit.unwrap_or_default(),
        name: content.name.unwrap_or_default(),
        post: content.post.unwrap_or_default(),
        level: content.level.unwrap_or(0).into(),
        penalties: penalties(content.kinds),
        source: content.source.into(),
        decided_on: day_text(content.decided_on),
        reason: content.reason.unwrap_or_default(),
        remarks: content.remarks.unwrap_or_default(),
        reported_on: day_text(Some(row.reported_on)),
        origin: origin(row.import_id, row.sheet, row.row_number, names),
        etag: etag(row.version, row.updated_at_utc),
        version: row.version,
        updated_at: Some(timestamp(row.updated_at_utc)),
        shortened_fields: Vec::new(),
    }
}

/// An activity.
#[must_use]
pub fn activity(row: Recorded<ActivityContent>, names: &FileNames) -> Activity {
    let content = row.content;
    Activity {
        inspection_id: row.inspection_id,
        division: row.division,
        key: row.number,
        kind: content.kind.into(),
        held_on: day_text(Some(content.held_on)),
        organiser: content.organiser.unwrap_or_default(),
        places: list(&content.places.unwrap_or_default(), '\n'),
        topic: content.topic,
        tasks: list(&content.tasks.unwrap_or_default(), '\n'),
        result: content.result.unwrap_or_default(),
        remarks: content.remarks.unwrap_or_default(),
        reported_on: day_text(Some(row.reported_on)),
        origin: origin(row.import_id, row.sheet, row.row_number, names),
        etag: etag(row.version, row.updated_at_utc),
        version: row.version,
        updated_at: Some(timestamp(row.updated_at_utc)),
        shortened_fields: Vec::new(),
    }
}

/// An alert.
#[must_use]
pub fn alert(row: Recorded<AlertContent>, names: &FileNames) -> Alert {
    let content = row.content;
    Alert {
        inspection_id: row.inspection_id,
        division: row.division,
        key: row.number,
        station: content.station,
        raised_on: day_text(Some(content.raised_on)),
        kind: content.kind.into(),
        handling: content.handling.unwrap_or_default(),
        settled_on: day_text(content.settled_on),
        remarks: content.remarks.unwrap_or_default(),
        reported_on: day_text(Some(row.reported_on)),
        origin: origin(row.import_id, row.sheet, row.row_number, names),
        etag: etag(row.version, row.updated_at_utc),
        version: row.version,
        updated_at: Some(timestamp(row.updated_at_utc)),
        shortened_fields: Vec::new(),
    }
}

/// Plain digits of an amount in millionths, without zeros at the end: `1848.55`.
pub fn decimal(millionths: i64) -> String {
    let places = SCALE as usize;
    let digits = format!("{:0>width$}", millionths.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let fraction = fraction.trim_end_matches('0');
    let (sign, point) = (
        if millionths < 0 { "-" } else { "" },
        if fraction.is_empty() { "" } else { "." },
    );
    format!("{sign}{whole}{point}{fraction}")
}

/// The kinds of penalty whose bits are set.
fn penalties(bits: i32) -> Vec<i32> {
    let all = (0..).map_while(Penalty::from_code);
    all.filter(|penalty| bits & penalty.bit() != 0)
        .map(|penalty| shifted(penalty.code()))
        .collect()
}

impl Record for Indicator {
    fn shorten(&mut self) {
        cut_fields!(self, topic, remarks);
    }

    fn mask(&mut self) {
        mask_fields!(self, topic, remarks);
    }

    fn key(&self) -> &str {
        &self.key
    }
}

impl Record for AccountabilityIssue {
    fn shorten(&mut self) {
        cut_fields!(self, title, remarks);
    }

    fn mask(&mut self) {
        mask_fields!(self, title, remarks);
    }

    fn key(&self) -> &str {
        &self.number
    }
}

/// Masks the name of a decision's person wherever a text of the decision says it in full.
fn mask_mentions(record: &mut Accountability, name: &str) {
    let texts = [
        ("issue_title", &mut record.issue_title),
        ("post", &mut record.post),
        ("reason", &mut record.reason),
        ("remarks", &mut record.remarks),
    ];
    for (field, text) in texts {
        if text.contains(name) {
            *text = text.replace(name, &record.name);
            note(&mut record.shortened_fields, field);
        }
    }
}

impl Record for Accountability {
    fn shorten(&mut self) {
        if mask_name(&mut self.name) {
            note(&mut self.shortened_fields, "name");
        }
        cut_fields!(self, issue_title, unit, post, reason, remarks);
    }

    fn mask(&mut self) {
        let name = self.name.clone();
        if mask_name(&mut self.name) {
            note(&mut self.shortened_fields, "name");
            mask_mentions(self, &name);
        }
        mask_fields!(self, issue_title, unit, post, reason, remarks);
    }

    fn key(&self) -> &str {
        &self.key
    }
}

impl Record for Activity {
    fn shorten(&mut self) {
        cut_fields!(self, organiser, topic, result, remarks);
        if cut_all(&mut self.places) {
            note(&mut self.shortened_fields, "places");
        }
    }

    fn mask(&mut self) {
        mask_fields!(self, organiser, topic, result, remarks);
        if mask_all(&mut self.places) {
            note(&mut self.shortened_fields, "places");
        }
    }

    fn key(&self) -> &str {
        &self.key
    }
}

impl Record for Alert {
    fn shorten(&mut self) {
        cut_fields!(self, handling, remarks);
    }

    fn mask(&mut self) {
        mask_fields!(self, handling, remarks);
    }

    fn key(&self) -> &str {
        &self.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_in_plain_digits() {
        for (millionths, wanted) in [
            (248_500_000_000, "248500"),
            (1_848_550_000, "1848.55"),
            (-10_000_000, "-10"),
            (-50_000, "-0.05"),
            (1, "0.000001"),
            (0, "0"),
            (i64::MIN, "-9223372036854.775808"),
        ] {
            assert_eq!(decimal(millionths), wanted);
        }
    }

    #[test]
    fn every_bit_is_its_penalty() {
        assert!(penalties(0).is_empty());
        assert_eq!(penalties(0b1_0000_1001), [1, 4, 9]);
    }

    #[test]
    fn the_basic_view_leaves_the_first_character_of_a_name() {
        let masked = |name: &str| {
            let mut record = Accountability {
                name: name.to_owned(),
                ..Default::default()
            };
            record.shorten();
            (record.name, record.shortened_fields)
        };
        assert_eq!(masked("王某某"), ("王**".to_owned(), vec!["name".to_owned()]));
        assert_eq!(masked(""), (String::new(), vec![]));
    }

    #[test]
    fn a_masked_decision_names_its_person_nowhere() {
        let mut record = Accountability {
            name: "王某某".to_owned(),
            reason: "王某某审批把关不严，电话13812345678".to_owned(),
            remarks: "无".to_owned(),
            ..Default::default()
        };
        record.mask();
        assert_eq!(record.name, "王**");
        assert_eq!(record.reason, "王**审批把关不严，电话138********");
        assert_eq!(record.shortened_fields, ["name", "reason"]);
        record.shorten();
        assert_eq!(record.shortened_fields, ["name", "reason"]);
    }
}
