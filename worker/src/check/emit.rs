//! Turns a row that was read into a staged one, with its hashes.

use ducha_records::accountability::{StagedAccountability, StagedIssue};
use ducha_records::activities::StagedActivity;
use ducha_records::alerts::StagedAlert;
use ducha_records::content_hash::ContentHasher;
use ducha_records::importing::{RowPlace, StagedAssignment, StagedPetition, StagedTask};
use ducha_records::indicators::StagedIndicator;

use super::Piece;
use super::across::RowId;
use super::petition::PetitionRow;
use super::plain::{Content, PlainRow};
use super::task::TaskRow;
use super::whose::Whose;

/// Puts a petition's row into the piece. Nothing is put where the number or the division is missing: such a row was
/// refused.
pub(super) fn petition(
    piece: &mut Piece,
    hasher: &mut ContentHasher,
    id: RowId,
    sheet: &str,
    mut row: PetitionRow,
    register: bool,
) {
    let (Some(number), Some(place)) = (row.number, row.whose.division.clone()) else {
        return;
    };
    let place = place_of(id, sheet, number.number, place);
    in_order(&mut row.whose.others);
    let wording_hash = hasher.wording(&row.wording, register.then_some(&row.whose.others[..]));
    let content_hash = hasher.content(&row.content);
    assign(piece, id, &place.number, row.whose);
    piece.petitions.push(StagedPetition::new(
        place,
        row.wording,
        wording_hash,
        row.content,
        content_hash,
    ));
}

/// The same for a task's row.
pub(super) fn task(
    piece: &mut Piece,
    hasher: &mut ContentHasher,
    id: RowId,
    sheet: &str,
    mut row: TaskRow,
    register: bool,
) {
    let (Some(number), Some(place)) = (row.number, row.whose.division.clone()) else {
        return;
    };
    let place = place_of(id, sheet, number, place);
    in_order(&mut row.whose.others);
    let wording_hash = hasher.wording(&row.wording, register.then_some(&row.whose.others[..]));
    let content_hash = hasher.content(&row.content);
    assign(piece, id, &place.number, row.whose);
    piece.tasks.push(StagedTask::new(
        place,
        row.wording,
        wording_hash,
        row.content,
        content_hash,
    ));
}

/// The same for a row of a plain kind.
pub(super) fn plain(piece: &mut Piece, hasher: &mut ContentHasher, id: RowId, sheet: &str, row: PlainRow) {
    let (Some(number), Some(division)) = (row.key, row.division) else {
        return;
    };
    let place = place_of(id, sheet, number, division);
    let plain = &mut piece.plain;
    match row.content {
        Content::Indicator(content) => {
            let hash = hasher.content(&content);
            plain.indicators.push(StagedIndicator::new(place, content, hash));
        }
        Content::Issue(content) => {
            let hash = hasher.content(&content);
            plain.issues.push(StagedIssue::new(place, content, hash));
        }
        Content::Accountability(content) => {
            let hash = hasher.content(&content);
            plain
                .accountabilities
                .push(StagedAccountability::new(place, content, hash));
        }
        Content::Activity(content) => {
            let hash = hasher.content(&content);
            plain.activities.push(StagedActivity::new(place, content, hash));
        }
        Content::Alert(content) => {
            let hash = hasher.content(&content);
            plain.alerts.push(StagedAlert::new(place, content, hash));
        }
    }
}

fn place_of(id: RowId, sheet: &str, number: String, division: String) -> RowPlace {
    RowPlace {
        row_id: id.get(),
        sheet: sheet.to_owned(),
        row_number: i64::from(id.row()),
        number,
        division,
    }
}

/// Whose parts there are, however the cell names them.
fn in_order(divisions: &mut Vec<String>) {
    divisions.sort_unstable();
    divisions.dedup();
}

fn assign(piece: &mut Piece, id: RowId, number: &str, whose: Whose) {
    piece
        .assigned
        .extend(whose.others.into_iter().map(|division| StagedAssignment {
            row_id: id.get(),
            number: number.to_owned(),
            division,
        }));
}
