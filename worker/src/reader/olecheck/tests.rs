//! Promises of the check on a real xls; `tests/hostile.rs` of the whole system spoils everything else.

use crate::reader::limits::Limits;
use crate::reader::testing::{SMALL_XLS, file_of};
use crate::reader::view::FileView;

use super::{biff, check, container::Container};

fn checked(bytes: &[u8]) -> Result<(), String> {
    let file = file_of(bytes);
    let view = FileView::open(file.path(), &Limits::default()).unwrap();
    check(&view, &Limits::default()).map_err(|error| error.to_string())
}

fn stream() -> Vec<u8> {
    let file = file_of(SMALL_XLS);
    let view = FileView::open(file.path(), &Limits::default()).unwrap();
    Container::open(&view).unwrap().workbook().unwrap()
}

#[test]
fn a_real_xls_passes() {
    checked(SMALL_XLS).unwrap();
}

#[test]
fn a_workbook_that_stops_anywhere_before_the_end_of_its_last_sheet_is_refused() {
    let stream = stream();
    // The end of the last sheet: kind 10, no bytes.
    let end = stream.windows(4).rposition(|bytes| bytes == [10, 0, 0, 0]).unwrap() + 4;
    biff::check(&stream[..end], 100).unwrap();
    for length in 0..end {
        assert_eq!(
            biff::check(&stream[..length], 100).unwrap_err().code(),
            "F006",
            "{length}"
        );
    }
}

#[test]
fn a_password_is_told_even_where_its_kind_is_the_oldest() {
    let mut stream = stream();
    let behind_first = 4 + usize::from(stream[2]);
    stream.splice(behind_first..behind_first, [0x2F, 0, 6, 0, 0, 0, 1, 0, 1, 0]);
    assert_eq!(biff::check(&stream, 100).unwrap_err().code(), "F005");
}

#[test]
fn two_cells_far_apart_are_refused_before_all_between_them_is_laid_out() {
    let stream = stream();
    biff::check(&stream, 12).unwrap();
    assert_eq!(
        biff::check(&stream, 11).unwrap_err().code(),
        "F007",
        "four rows of three columns"
    );
}
