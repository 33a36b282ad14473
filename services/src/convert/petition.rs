//! Petitions and their handlings.

use ducha::v1::{Handling, Petition};
use ducha_records::petitions::{Handling as HandlingRow, PetitionWithParts};

use super::mask::{mask_all, mask_fields};
use super::shorten::{cut_all, cut_fields, note};
use super::{FileNames, count, etag, list, origin, shifted, timestamp};
use crate::pages::Record;
use crate::request::day_text;

/// The imports that a petition and its handlings were read from.
pub fn petition_imports(row: &PetitionWithParts) -> impl Iterator<Item = &String> {
    let parts = row.handlings.iter().filter(|part| part.reported);
    std::iter::once(&row.petition.import_id).chain(parts.map(|part| &part.import_id))
}

/// A petition with all its parts.
#[must_use]
pub fn petition(row: PetitionWithParts, names: &FileNames) -> Petition {
    let PetitionWithParts { petition, handlings } = row;
    let wording = petition.wording;
    Petition {
        inspection_id: petition.inspection_id,
        number: petition.number,
        batch: count(wording.batch),
        channel: wording.channel.unwrap_or(0).into(),
        received_on: day_text(wording.received_on),
        key_case: wording.key_case,
        merged_into: wording.merged_into.unwrap_or_default(),
        duplicate_of: wording.duplicate_of.unwrap_or_default(),
        complaint: wording.complaint,
        pollution_kinds: pollution_kinds(wording.pollution_kinds),
        assigned_divisions: handlings.iter().map(|part| part.division.clone()).collect(),
        unreported_divisions: handlings
            .iter()
            .filter(|part| !part.reported)
            .map(|part| part.division.clone())
            .collect(),
        conclusion: shifted(petition.conclusion),
        substantiated: petition.substantiated.map_or(0, shifted),
        contradictory: petition.contradictory,
        concluded_on: day_text(petition.concluded_on),
        handlings: handlings
            .into_iter()
            .filter(|part| part.reported)
            .map(|part| handling(part, names))
            .collect(),
        origin: origin(petition.import_id, petition.sheet, petition.row_number, names),
        etag: etag(petition.version, petition.updated_at_utc),
        version: petition.version,
        updated_at: Some(timestamp(petition.updated_at_utc)),
        shortened_fields: Vec::new(),
    }
}

fn handling(row: HandlingRow, names: &FileNames) -> Handling {
    let content = row.content;
    Handling {
        division: row.division,
        investigation: content.investigation.unwrap_or_default(),
        substantiated: content.substantiated.map_or(0, shifted),
        handling: content.handling.unwrap_or_default(),
        measures: content.measures.unwrap_or_default(),
        latest_progress: content.latest_progress.unwrap_or_default(),
        conclusion: shifted(content.conclusion),
        concluded_on: day_text(content.concluded_on),
        units: list(&content.units.unwrap_or_default(), '\n'),
        acceptance: content.acceptance.unwrap_or_default(),
        accountability: content.accountability.unwrap_or_default(),
        remarks: content.remarks.unwrap_or_default(),
        ordered: count(content.ordered),
        penalised: count(content.penalised),
        fine_fen: content.fine_fen,
        criminal_cases: count(content.criminal_cases),
        admin_detained: count(content.admin_detained),
        criminal_detained: count(content.criminal_detained),
        interviewed: count(content.interviewed),
        accountable: count(content.accountable),
        origin: origin(row.import_id, row.sheet, row.row_number, names),
        reported_on: day_text(Some(row.reported_on)),
        shortened_fields: Vec::new(),
    }
}

/// The kinds whose bits are set, in the order of the enum.
fn pollution_kinds(mask: i32) -> Vec<i32> {
    (0..i32::BITS as i16)
        .filter(|bit| mask >> bit & 1 == 1)
        .map(shifted)
        .collect()
}

impl Record for Petition {
    fn shorten(&mut self) {
        cut_fields!(self, complaint);
        for part in &mut self.handlings {
            cut_fields!(
                part,
                investigation,
                handling,
                measures,
                latest_progress,
                acceptance,
                accountability,
                remarks
            );
            if cut_all(&mut part.units) {
                note(&mut part.shortened_fields, "units");
            }
        }
    }

    fn mask(&mut self) {
        mask_fields!(self, complaint);
        for part in &mut self.handlings {
            mask_fields!(
                part,
                investigation,
                handling,
                measures,
                latest_progress,
                acceptance,
                accountability,
                remarks
            );
            if mask_all(&mut part.units) {
                note(&mut part.shortened_fields, "units");
            }
        }
    }

    fn key(&self) -> &str {
        &self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pollution_kinds_come_in_the_order_of_the_enum() {
        assert_eq!(pollution_kinds(0b100_0000_0000_0101), [1, 3, 15]);
        assert_eq!(pollution_kinds(0), [0i32; 0]);
    }

    #[test]
    fn the_basic_view_names_what_it_cut() {
        let mut petition = Petition {
            complaint: "长".repeat(201),
            handlings: vec![Handling {
                investigation: "短".into(),
                measures: "长".repeat(300),
                units: vec!["长".repeat(300), "局".into()],
                ..Default::default()
            }],
            ..Default::default()
        };
        petition.shorten();
        assert_eq!(petition.shortened_fields, ["complaint"]);
        let part = &petition.handlings[0];
        assert_eq!(part.shortened_fields, ["measures", "units"]);
        assert_eq!((part.measures.chars().count(), part.units[1].as_str()), (200, "局"));
    }
}
