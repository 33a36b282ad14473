//! What a marked copy carries of our own: two columns that we fill, one that the clerk fills, and a summary sheet. They
//! are known by fixed texts, taken out before anything else is looked at, and never count as the county's.

use crate::cell::{Row, Value};
use crate::profile::HeaderText;

/// Header of the column that says what became of a row.
pub const STATUS_HEADER: &str = "系统核对：结果";
/// Every status of a row that was imported begins with it.
pub const STATUS_TAKEN: &str = "已导入";
/// Header of the column that says what is wrong in a row.
pub const PROBLEM_HEADER: &str = "系统核对：问题";
/// Header of the column in which a clerk writes why a warning stands.
pub const REASON_HEADER: &str = "系统核对：理由（请填写）";
/// First cell of the summary sheet.
pub const SUMMARY_TITLE: &str = "系统核对汇总（回执）";

/// A longer text, in bytes, is none of our headers.
const MAX_HEADER_BYTES: usize = 120;

/// Our columns in a sheet, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct OwnColumns {
    /// What became of each row.
    pub status: Option<u32>,
    /// What is wrong in each row.
    pub problem: Option<u32>,
    /// Why a warning stands, in the clerk's words.
    pub reason: Option<u32>,
}

impl OwnColumns {
    /// Finds them among the first rows of a sheet.
    pub(super) fn find(rows: &[Row]) -> Self {
        let mut own = Self::default();
        for cell in rows.iter().flat_map(|row| &row.cells) {
            let Value::Text(text) = &cell.value else { continue };
            match own_header(text) {
                Some(STATUS_HEADER) => own.status = own.status.or(Some(cell.column)),
                Some(PROBLEM_HEADER) => own.problem = own.problem.or(Some(cell.column)),
                Some(_) => own.reason = own.reason.or(Some(cell.column)),
                None => {}
            }
        }
        own
    }

    /// Whether there is none of them.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.status.is_none() && self.problem.is_none() && self.reason.is_none()
    }

    /// Whether `column` is one of them.
    #[must_use]
    pub fn has(&self, column: u32) -> bool {
        [self.status, self.problem, self.reason].contains(&Some(column))
    }

    /// Whether our status says that the row was taken when its file came last.
    #[must_use]
    pub fn says_taken(&self, row: &Row) -> bool {
        let status = self.status.and_then(|column| row.get(column));
        matches!(status, Some(Value::Text(text)) if text.trim().starts_with(STATUS_TAKEN))
    }

    /// Takes our cells out of `row`; the clerk's reason, if there is one.
    pub fn take(&self, row: &mut Row) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let reason = self.reason.and_then(|column| row.get(column)).map(Value::as_written);
        row.cells.retain(|cell| !self.has(cell.column));
        reason
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty() && own_header(text).is_none())
    }

    /// The rows without our cells.
    pub(super) fn without(&self, rows: &[Row]) -> Vec<Row> {
        let mut rows = rows.to_vec();
        rows.iter_mut().for_each(|row| {
            self.take(row);
        });
        rows.retain(|row| !row.cells.is_empty());
        rows
    }
}

/// Which of our headers `text` is.
fn own_header(text: &str) -> Option<&'static str> {
    if text.len() > MAX_HEADER_BYTES || !text.contains("系统核对") {
        return None;
    }
    let written = HeaderText::read(text).short;
    [STATUS_HEADER, PROBLEM_HEADER, REASON_HEADER]
        .into_iter()
        .find(|header| HeaderText::read(header).short == written)
}

/// Whether the sheet that begins with `rows` is our summary.
pub(super) fn is_summary(rows: &[Row]) -> bool {
    let first = rows.first().and_then(|row| row.cells.first());
    first.is_some_and(|cell| matches!(&cell.value, Value::Text(text) if text.trim() == SUMMARY_TITLE))
}

#[cfg(test)]
mod tests {
    use super::super::labels::tests::row;
    use super::*;

    #[test]
    fn our_columns_are_found_by_their_headers_and_taken_out_of_a_row() {
        let rows = [
            row(1, &["受理编号", "举报内容", STATUS_HEADER, PROBLEM_HEADER, "备注"]),
            row(2, &["", "", "", "", "", " 系统核对：理由 "]),
        ];
        let own = OwnColumns::find(&rows);
        assert_eq!((own.status, own.problem, own.reason), (Some(2), Some(3), Some(5)));
        let mut data = row(3, &["X1", "噪声", "未导入", "G3 …", "见附件", " 已电话核实 "]);
        assert_eq!(own.take(&mut data).as_deref(), Some("已电话核实"));
        assert_eq!(data, row(3, &["X1", "噪声", "", "", "见附件"]));
    }

    #[test]
    fn only_the_status_of_an_imported_row_says_that_it_was_taken() {
        let own = OwnColumns {
            status: Some(0),
            ..OwnColumns::default()
        };
        for (status, taken) in [
            ("已导入", true),
            (" 已导入，有疑问", true),
            ("未导入", false),
            ("可以导入", false),
            ("", false),
        ] {
            assert_eq!(own.says_taken(&row(3, &[status, "X1"])), taken, "{status}");
        }
        assert!(!OwnColumns::default().says_taken(&row(3, &["已导入"])));
    }

    #[test]
    fn a_countys_own_columns_are_left_alone() {
        for header in ["核对结果", "系统核对", "理由", "系统核对结果说明", "问题"] {
            let rows = [row(1, &["受理编号", header])];
            assert!(OwnColumns::find(&rows).is_empty(), "{header}");
        }
    }
}
