//! The petitions of a division that are neither concluded nor closed.

use diesel::QueryResult;
use ducha_records::Db;
use ducha_records::codes::{Channel, Conclusion, PollutionKind, Substantiated};
use ducha_records::petitions::{self, Handling, HandlingContent, Petition, PetitionFilter, PetitionWording};
use strum::IntoEnumIterator;

use super::{BaseVersion, FilledRow, FilledValue, PAGE, Whose, label};
use crate::profile::{ColumnKind, Profile};

/// Fen in one 万元.
const FEN_OF_WAN_YUAN: i64 = 1_000_000;
/// Fen in one 元.
const FEN_OF_YUAN: i64 = 100;
/// Significant digits that any number of a spreadsheet keeps.
const EXACT: i64 = 1_000_000_000_000_000;

/// By rising number.
pub(super) fn rows(db: &mut Db, profile: &Profile, whose: &Whose<'_>) -> QueryResult<Vec<FilledRow>> {
    // A petition is as far as its least advanced part, so one with an open part is open.
    let filter = PetitionFilter {
        divisions: whose.codes(),
        conclusions: vec![Conclusion::Open.code(), Conclusion::Staged.code()],
        ..PetitionFilter::default()
    };
    let mut rows = Vec::new();
    let mut after = String::new();
    loop {
        let page = petitions::list(db, whose.reach, whose.inspection, &filter, &after, PAGE)?;
        for found in &page.rows {
            let open =
                |part: &&Handling| whose.has(&part.division) && part.content.conclusion < Conclusion::Concluded.code();
            rows.extend(
                found
                    .handlings
                    .iter()
                    .filter(open)
                    .map(|part| row(profile, whose, &found.petition, part)),
            );
        }
        match page.rows.last().filter(|_| page.more) {
            Some(last) => after.clone_from(&last.petition.number),
            None => return Ok(rows),
        }
    }
}

fn row(profile: &Profile, whose: &Whose<'_>, petition: &Petition, part: &Handling) -> FilledRow {
    let mut row = FilledRow::new(BaseVersion {
        record: petition.version,
        part: part.edition,
    });
    row.text("number", Some(&petition.number));
    row.text("division", Some(&whose.name(&part.division)));
    wording(&mut row, profile, &petition.wording);
    if part.reported {
        content(&mut row, profile, &part.content);
    }
    row
}

fn wording(row: &mut FilledRow, profile: &Profile, wording: &PetitionWording) {
    row.text("batch", wording.batch.map(|batch| format!("第{batch}批")).as_ref());
    row.word(
        profile,
        "channel",
        wording.channel.and_then(Channel::from_code).map(Channel::token),
    );
    row.day("received_on", wording.received_on);
    // A blank is no key case either, and says less.
    row.word(profile, "key_case", wording.key_case.then_some("yes"));
    row.text("merged_into", wording.merged_into.as_ref());
    row.text("duplicate_of", wording.duplicate_of.as_ref());
    row.text("complaint", Some(&wording.complaint));
    let kinds = PollutionKind::iter().filter(|kind| wording.pollution_kinds & kind.bit() != 0);
    let kinds: Vec<String> = kinds
        .filter_map(|kind| label(profile, "pollution_kinds", kind.token()))
        .collect();
    row.text("pollution_kinds", Some(&kinds.join("、")));
}

fn content(row: &mut FilledRow, profile: &Profile, content: &HandlingContent) {
    let substantiated = content.substantiated.and_then(Substantiated::from_code);
    row.word(profile, "substantiated", substantiated.map(Substantiated::token));
    let conclusion = Conclusion::from_code(content.conclusion);
    row.word(profile, "conclusion", conclusion.map(Conclusion::token));
    row.day("concluded_on", content.concluded_on);
    let texts = [
        ("investigation", &content.investigation),
        ("handling", &content.handling),
        ("measures", &content.measures),
        ("latest_progress", &content.latest_progress),
        ("units", &content.units),
        ("acceptance", &content.acceptance),
        ("accountability", &content.accountability),
        ("remarks", &content.remarks),
    ];
    for (field, text) in texts {
        row.text(field, text.as_ref());
    }
    let counts = [
        ("ordered", content.ordered),
        ("penalised", content.penalised),
        ("criminal_cases", content.criminal_cases),
        ("admin_detained", content.admin_detained),
        ("criminal_detained", content.criminal_detained),
        ("interviewed", content.interviewed),
        ("accountable", content.accountable),
    ];
    for (field, count) in counts {
        row.count(field, count);
    }
    if let Some(fen) = content.fine_fen {
        row.cells.insert("fine_fen".to_owned(), money(profile, fen));
    }
}

/// An amount in the unit that the header of the template names, exactly: as a number, or as a text where a number of a
/// spreadsheet would lose its last digits.
fn money(profile: &Profile, fen: i64) -> FilledValue {
    let column = profile.columns.iter().find(|column| column.kind == ColumnKind::Money);
    let yuan = column
        .and_then(|column| column.units.first())
        .is_some_and(|unit| unit == "元");
    let of_unit = if yuan { FEN_OF_YUAN } else { FEN_OF_WAN_YUAN };
    if (-EXACT..EXACT).contains(&fen) {
        return FilledValue::Number(fen as f64 / of_unit as f64);
    }
    FilledValue::Text(format!("{}.{:02}元", fen / FEN_OF_YUAN, fen % FEN_OF_YUAN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Value;
    use crate::profile::{LedgerKind, Profiles};
    use crate::values::number::{self, MoneyUnit};

    #[test]
    fn an_amount_is_read_back_to_the_fen() {
        let profiles = Profiles::embedded();
        let profile = profiles.get(LedgerKind::Petitions);
        for fen in [
            0,
            1,
            12_345,
            25_154_271,
            15_472_560_000,
            999_999_999_999,
            1_000_000_000_000,
        ] {
            let value = match money(profile, fen) {
                FilledValue::Number(number) => Value::Number(number),
                FilledValue::Text(text) => Value::Text(text),
                FilledValue::Day(_) => panic!("an amount is no day"),
            };
            assert_eq!(number::fen(&value, Some(MoneyUnit::WanYuan)), Ok(fen), "{value:?}");
        }
    }
}
