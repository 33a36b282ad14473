//! The fuzzers' entries, driven by random bytes.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::*;
use crate::profile::LedgerKind;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::embedded);

/// Bytes of a sheet that looks like a ledger: a header, rows, and whatever else.
fn sheets() -> impl Strategy<Value = Vec<u8>> {
    let word = || (0_u8..62, 0_u8..10).prop_map(|(word, step)| word << 2 | step.saturating_sub(7));
    let row = proptest::collection::vec(word(), 1..12).prop_map(|mut row| {
        row.extend([u8::MAX, 0]);
        row
    });
    let head = (any::<u8>(), proptest::collection::vec(any::<u8>(), 0..45));
    (head, proptest::collection::vec(row, 0..45)).prop_map(|((flags, mut merges), rows)| {
        let wanted = usize::from(flags >> 4) * 3;
        merges.resize(wanted, 1);
        [&[flags][..], &merges, &rows.concat()].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_recogniser_keeps_its_promises_on_sheets_like_ledgers(bytes in sheets()) {
        prop_assert_eq!(recogniser(&PROFILES, &bytes).err(), None);
    }

    #[test]
    fn the_recogniser_keeps_its_promises_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(recogniser(&PROFILES, &bytes).err(), None);
    }

    #[test]
    fn the_frames_of_a_child_are_answered_whatever_they_hold(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let bytes = [&[1][..], &bytes].concat();
        prop_assert_eq!(frames(&bytes).err(), None);
    }
}

/// The bytes of a row: words by their place in the list of the grid, counted from 1.
fn row(words: &[u8]) -> Vec<u8> {
    let mut row: Vec<u8> = words.iter().map(|word| word << 2).collect();
    row.extend([u8::MAX, 0]);
    row
}

#[test]
fn bytes_can_make_a_ledger_with_every_kind_of_row() {
    let header = row(&[1, 2, 3, 5, 7, 13]);
    let data = row(&[54, 44, 4, 46, 48, 48]);
    let bytes = [&[0][..], &row(&[38]), &header, &data, &row(&[42, 57, 57]), &row(&[41])].concat();
    let found = recogniser(&PROFILES, &bytes).unwrap().unwrap();
    assert_eq!(found.layout.kind, LedgerKind::Petitions);
    let kinds: Vec<RowKind> = found.kinds.iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds, [RowKind::Data, RowKind::Total, RowKind::Footer]);
}

#[test]
fn most_sheets_that_look_like_ledgers_are_not_refused_at_once() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let found = (0..500).filter(|_| {
        let bytes = sheets().new_tree(&mut runner).unwrap().current();
        matches!(recogniser(&PROFILES, &bytes), Ok(Some(_)))
    });
    let found = found.count();
    assert!(found > 25, "{found} of 500 are ledgers: the cases are worth little");
}
