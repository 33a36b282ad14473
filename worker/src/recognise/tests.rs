//! The layouts counties send, and the traps in them.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::labels::tests::row;
use super::*;
use crate::cell::{Cell, Merge, Value};

mod blocks;
mod layouts;
mod refusals;
mod row_kinds;
mod system;

/// Read once: the random cases below need them a few hundred times.
pub(super) static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::embedded);

/// Rows numbered from 1; a line without texts is an empty row, which a reader leaves out.
pub(super) fn grid(lines: &[&[&str]]) -> Vec<Row> {
    let rows = (1..).zip(lines).map(|(number, texts)| row(number, texts));
    rows.filter(|row| !row.cells.is_empty()).collect()
}

pub(super) fn merge(first_row: u32, first_column: u32, last_row: u32, last_column: u32) -> Merge {
    Merge {
        first_row,
        first_column,
        last_row,
        last_column,
    }
}

fn sheet(merges: Option<Vec<Merge>>) -> SheetInfo {
    SheetInfo {
        index: 0,
        name: "Sheet1".to_owned(),
        hidden: false,
        not_a_grid: false,
        merges,
    }
}

fn recognise(rows: &[Row], info: &SheetInfo) -> Result<(SheetLayout, Vec<Row>), NotALedger> {
    let mut recogniser = SheetRecogniser::new(&PROFILES, info);
    for (at, row) in rows.iter().enumerate() {
        match recogniser.push(row.clone()) {
            Progress::NeedMore => {}
            Progress::Found(layout, mut below) => {
                below.extend_from_slice(&rows[at + 1..]);
                return Ok((*layout, below));
            }
            Progress::NotALedger(refusal) => return Err(refusal),
        }
    }
    recogniser.finish()
}

pub(super) fn found(rows: &[Row], merges: Option<Vec<Merge>>) -> (SheetLayout, Vec<Row>) {
    recognise(rows, &sheet(merges)).unwrap_or_else(|refusal| panic!("not found: {refusal:?}"))
}

fn reason(rows: &[Row]) -> NotALedgerReason {
    recognise(rows, &sheet(None)).expect_err("a ledger").reason
}

/// Fields by rising column.
fn fields(layout: &SheetLayout) -> Vec<&str> {
    layout.columns.iter().map(|column| column.field.as_str()).collect()
}

fn any_value() -> impl Strategy<Value = Value> {
    let headers = [
        "受理编号",
        "举报内容",
        "是否属实",
        "行政区域",
        "反馈问题",
        "序号",
        "合计",
        "填报日期：2022年",
        "（万元）",
        "1",
        "2",
    ];
    prop_oneof![
        6 => proptest::sample::select(headers.to_vec()).prop_map(|text| Value::Text(text.to_owned())),
        2 => ".{0,12}".prop_map(Value::Text),
        1 => any::<f64>().prop_map(Value::Number),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => Just(Value::Error("#REF!".to_owned())),
    ]
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let cells = proptest::collection::btree_map(0_u32..9, any_value(), 0..7);
    let rows = proptest::collection::btree_map(1_u32..60, cells, 0..45);
    rows.prop_map(|rows| {
        let cells = |cells: std::collections::BTreeMap<u32, Value>| {
            cells
                .into_iter()
                .map(|(column, value)| Cell { column, value })
                .collect()
        };
        rows.into_iter()
            .map(|(number, row)| Row {
                number,
                cells: cells(row),
            })
            .collect()
    })
}

fn any_merges() -> impl Strategy<Value = Option<Vec<Merge>>> {
    let one =
        (1_u32..60, 0_u32..9, 0_u32..4, 0_u32..4).prop_map(|(r, c, down, right)| merge(r, c, r + down, c + right));
    proptest::option::of(proptest::collection::vec(one, 0..20))
}

proptest! {
    #[test]
    fn no_rows_and_merges_make_it_panic_or_lose_a_row(rows in any_rows(), merges in any_merges()) {
            if let Ok((layout, below)) = recognise(&rows, &sheet(merges.clone())) {
            let end = *layout.header_rows.end();
            let mut down = VerticalMerges::new(&merges.unwrap_or_default(), &layout, PROFILES.get(layout.kind));
            for row in &below {
                prop_assert!(row.number > end);
                down.filled(row);
                let _ = (row_kind(&layout, row), footer_date_text(row));
            }
            let wanted: Vec<_> = rows.iter().filter(|row| row.number > end && !is_blank(row)).collect();
            let given: Vec<_> = below.iter().filter(|row| !is_blank(row)).collect();
            prop_assert_eq!(given, wanted);
        }
    }

    #[test]
    fn a_row_with_a_petition_number_is_never_dropped(
        texts in proptest::collection::vec("合计|小计|填报人：甲|备注：乙|受理编号|1|2|", 6),
    ) {
        let (layout, _) = found(&grid(&[&["序号", "受理编号", "举报内容", "属地", "是否属实", "备注"]]), None);
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        texts[1] = "X2GZ202112070001";
        prop_assert_eq!(row_kind(&layout, &row(2, &texts)), RowKind::Data);
    }
}
