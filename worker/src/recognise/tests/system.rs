//! What this program wrote into a workbook is known again when it comes back.

use super::{found, grid};
use crate::recognise::{RowKind, VERSION_HEADER, row_kind};

const HEADER: [&str; 5] = [
    "受理编号*",
    "交办问题基本情况*",
    "行政区域*",
    "是否办结*",
    VERSION_HEADER,
];

#[test]
fn the_column_of_base_versions_is_known_and_is_no_unknown_header() {
    let (layout, _) = found(&grid(&[&HEADER]), None);
    assert_eq!((layout.base_version, layout.unknown.len()), (Some(4), 0));
    let (layout, _) = found(&grid(&[&["受理编号", "交办问题基本情况", "行政区域", "版本"]]), None);
    assert_eq!(
        (layout.base_version, layout.unknown.len()),
        (None, 1),
        "a county's own column"
    );
}

#[test]
fn a_row_that_was_cleared_is_blank_though_its_hidden_version_stays() {
    let (layout, rows) = found(
        &grid(&[
            &HEADER,
            &["", "", "", "", "3.1"],
            &["X2GZ202112070001", "排污", "南明区", "已办结", "3.1"],
        ]),
        None,
    );
    let kinds: Vec<RowKind> = rows.iter().map(|row| row_kind(&layout, row)).collect();
    assert_eq!(kinds, [RowKind::Blank, RowKind::Data]);
}
