//! Counties side by side: each with records of every kind, and with parts in records that they share.
//!
//! Every text of a county holds its code, so that an answer in which another's code stands has let something out.

use chrono::NaiveDate;
use ducha_records::accountability::{AccountabilityContent, StagedAccountability};
use ducha_records::activities::{ActivityContent, StagedActivity};
use ducha_records::alerts::{AlertContent, StagedAlert};
use ducha_records::findings::NewFinding;
use ducha_records::importing::{RowPlace, StagedPlain};
use ducha_records::indicators::{IndicatorContent, StagedIndicator};

use crate::seed::{Seed, hash, petition, task};

/// Two counties of one city, and one of another.
pub const COUNTIES: [&str; 3] = ["520102", "520103", "520302"];
/// Number of the petition and of the task in which all counties have a part.
pub const SHARED: &str = "S-000000";

/// Number of the record that is a county's own.
#[must_use]
pub fn own(county: &str) -> String {
    format!("N-{county}")
}

/// What stands in every text of a county.
#[must_use]
pub fn text(county: &str) -> String {
    format!("{county}查明")
}

/// A county's ledger.
#[must_use]
pub fn ledger(county: &str) -> Seed {
    let mut seed = Seed::of(county);
    for number in [own(county), SHARED.to_owned()] {
        let (mut wording, mut content) = petition();
        let (mut duty, mut progress) = task();
        if number != SHARED {
            wording.complaint = text(county);
            duty.problem = text(county);
        }
        content.investigation = Some(text(county));
        content.units = Some(text(county));
        progress.progress = Some(text(county));
        seed.petitions.push((number.clone(), wording, content));
        seed.tasks.push((number, duty, progress));
    }
    seed.findings.push(NewFinding {
        sheet: "台账".to_owned(),
        rule: ducha_records::rules::NOT_IN_LIST.code.to_owned(),
        severity: 3,
        value: text(county),
        params: "{}".to_owned(),
        ..NewFinding::default()
    });
    seed.plain = plain(county);
    seed
}

fn place(county: &str, row_id: i64) -> RowPlace {
    RowPlace {
        row_id,
        sheet: "台账".to_owned(),
        row_number: row_id + 3,
        number: own(county),
        division: county.to_owned(),
    }
}

/// The decision of a county's ledger, changed.
#[must_use]
pub fn decision(county: &str, change: impl FnOnce(&mut AccountabilityContent)) -> Vec<StagedAccountability> {
    let mut decision = AccountabilityContent {
        issue: Some(own(county)),
        issue_title: Some(text(county)),
        subject: 2,
        name: Some("王某某".to_owned()),
        kinds: 1,
        source: 1,
        ..AccountabilityContent::default()
    };
    change(&mut decision);
    let hash = hash(&decision);
    vec![StagedAccountability::new(place(county, 12), decision, hash)]
}

fn plain(county: &str) -> StagedPlain {
    let place = |row_id: i64| place(county, row_id);
    let on = NaiveDate::from_ymd_opt(2022, 4, 8).unwrap_or_default();
    let indicator = IndicatorContent {
        name: text(county),
        unit: "个".to_owned(),
        done_millionths: Some(1_000_000),
        aggregation: 1,
        basis: 1,
        ..IndicatorContent::default()
    };
    let activity = ActivityContent {
        kind: 1,
        held_on: on,
        topic: text(county),
        ..ActivityContent::default()
    };
    let alert = AlertContent {
        station: text(county),
        raised_on: on,
        kind: 1,
        ..AlertContent::default()
    };
    let (indicator_hash, activity_hash, alert_hash) = (hash(&indicator), hash(&activity), hash(&alert));
    StagedPlain {
        // Behind two petitions and two tasks.
        indicators: vec![StagedIndicator::new(place(11), indicator, indicator_hash)],
        accountabilities: decision(county, |_| ()),
        activities: vec![StagedActivity::new(place(13), activity, activity_hash)],
        alerts: vec![StagedAlert::new(place(14), alert, alert_hash)],
        ..StagedPlain::default()
    }
}
