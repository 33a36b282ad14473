//! Promises of the framing.

use proptest::prelude::*;

use super::*;
use crate::cell::{Cell, Merge, Value};
use crate::reader::error::{ReadError, one_of_each};
use crate::reader::sink::Sink;

fn decode_all(bytes: &[u8]) -> Result<Vec<Frame>, FrameError> {
    let mut reader = FrameReader::new(bytes);
    std::iter::from_fn(|| reader.next_frame().transpose()).collect()
}

fn send_row(writer: &mut FrameWriter<&mut Vec<u8>>, row: &Row) {
    let cells: Vec<_> = row
        .cells
        .iter()
        .map(|cell| (cell.column, (&cell.value).into()))
        .collect();
    writer.row(row.number, &cells).unwrap();
}

fn encode(rows: &[Row]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = FrameWriter::new(&mut bytes).unwrap();
    let merges = Some(vec![Merge {
        first_row: 1,
        first_column: 0,
        last_row: 2,
        last_column: 3,
    }]);
    writer
        .book(&Book {
            format: Format::Xlsx,
            date_1904: true,
            macros_ignored: false,
        })
        .unwrap();
    writer
        .sheet(&SheetInfo {
            index: 0,
            name: "台账".into(),
            hidden: false,
            not_a_grid: false,
            merges,
        })
        .unwrap();
    rows.iter().for_each(|row| send_row(&mut writer, row));
    writer.sheet_end().unwrap();
    writer
        .end(&Totals {
            sheets: 1,
            rows: rows.len() as u64,
            cells: 9,
        })
        .unwrap();
    bytes
}

fn rows_of(frames: &[Frame]) -> Vec<Row> {
    let rows = frames.iter().filter_map(|frame| {
        if let Frame::Rows(rows) = frame {
            Some(rows.clone())
        } else {
            None
        }
    });
    rows.flatten().collect()
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        ".+".prop_map(Value::Text),
        (-1e15..1e15).prop_map(Value::Number),
        (-9_000_000_000_i64..9_000_000_000)
            .prop_map(|at| { Value::DateTime(chrono::DateTime::from_timestamp(at, 5_000).unwrap().naive_utc()) }),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Error("#REF!".into())),
    ]
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let cells = proptest::collection::btree_map(0..16_384_u32, any_value(), 1..8);
    proptest::collection::btree_map(1..=1_048_576_u32, cells, 0..12).prop_map(|rows| {
        let row = |(number, cells): (u32, std::collections::BTreeMap<u32, Value>)| Row {
            number,
            cells: cells
                .into_iter()
                .map(|(column, value)| Cell { column, value })
                .collect(),
        };
        rows.into_iter().map(row).collect()
    })
}

proptest! {
    #[test]
    fn what_is_sent_arrives(rows in any_rows()) {
        let frames = decode_all(&encode(&rows)).unwrap();
        prop_assert_eq!(rows_of(&frames), rows);
        let book = Book { format: Format::Xlsx, date_1904: true, macros_ignored: false };
        prop_assert_eq!(&frames[0], &Frame::Book(book));
        prop_assert!(matches!(&frames[1], Frame::Sheet(sheet) if sheet.merges.as_ref().unwrap().len() == 1));
        prop_assert!(matches!(frames.last(), Some(Frame::End(_))));
    }

    #[test]
    fn any_bytes_are_answered_and_never_believed(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode_all(&bytes);
    }

    #[test]
    fn a_changed_byte_never_breaks_the_decoder(rows in any_rows(), at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = encode(&rows);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(frames) = decode_all(&bytes) {
            let rows = rows_of(&frames);
            prop_assert!(rows.iter().all(|row| row.cells.is_sorted_by_key(|cell| cell.column)));
        }
    }

    #[test]
    fn a_stream_cut_within_a_frame_says_so(rows in any_rows(), at in any::<prop::sample::Index>()) {
        let bytes = encode(&rows);
        let at = at.index(bytes.len());
        match decode_all(&bytes[..at]) {
            Ok(frames) => prop_assert!(!matches!(frames.last(), Some(Frame::End(_)))),
            Err(error) => prop_assert!(matches!(error, FrameError::CutShort), "{}", error),
        }
    }
}

#[test]
fn a_length_beyond_any_frame_is_refused_before_it_is_allocated() {
    assert!(matches!(
        decode_all(b"\x01\xFF\xFF\xFF\xFF"),
        Err(FrameError::TooLong(4_294_967_295))
    ));
}

#[test]
fn another_version_is_not_guessed_at() {
    assert!(matches!(decode_all(b"\x02"), Err(FrameError::Version(2))));
}

#[test]
fn a_row_number_that_comes_twice_is_refused_even_in_two_frames() {
    let mut bytes = Vec::new();
    let mut writer = FrameWriter::new(&mut bytes).unwrap();
    let row = Row {
        number: 7,
        cells: vec![Cell {
            column: 0,
            value: Value::Bool(true),
        }],
    };
    send_row(&mut writer, &row);
    writer.sheet_end().unwrap();
    send_row(&mut writer, &row);
    writer.sheet_end().unwrap();
    assert!(matches!(decode_all(&bytes), Err(FrameError::Malformed(why)) if why.contains("row out of order")));
}

#[test]
fn a_refusal_keeps_its_code_and_parameters() {
    for error in one_of_each() {
        let mut bytes = Vec::new();
        FrameWriter::new(&mut bytes).unwrap().refused(&error).unwrap();
        let frames = decode_all(&bytes).unwrap();
        let [Frame::Refused { code, params }] = frames.as_slice() else {
            panic!("{frames:?}")
        };
        assert_eq!(ReadError::from_parts(code, params), Some(error));
    }
}
