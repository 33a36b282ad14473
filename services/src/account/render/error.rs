//! Why a document cannot be written.

use thiserror::Error;

/// Why a document cannot be written.
#[derive(Debug, Error)]
pub enum RenderError {
    /// A block names a figure that is not there.
    #[error("block {block} (from 1) names figure {index} (from 0), the document has {figures}")]
    NoFigure {
        /// Place of the block, counted from 1.
        block: usize,
        /// Place of the figure, counted from 0.
        index: usize,
        /// Figures of the document.
        figures: usize,
    },
    /// A heading of a level that there is not.
    #[error("block {block} (from 1) is a heading of level {level}, there are levels 1 to 3")]
    Level {
        /// Place of the block, counted from 1.
        block: usize,
        /// The level.
        level: u8,
    },
    /// A row of a table does not fit its head.
    #[error("block {block} (from 1) is a table of {wanted} columns with a row of {found} cells")]
    Cells {
        /// Place of the block, counted from 1.
        block: usize,
        /// Cells of the row.
        found: usize,
        /// Columns of the table.
        wanted: usize,
    },
    /// A series does not fit its chart.
    #[error("block {block} (from 1) is a chart of {wanted} categories with a series of {found} values")]
    Values {
        /// Place of the block, counted from 1.
        block: usize,
        /// Values of the series.
        found: usize,
        /// Categories of the chart.
        wanted: usize,
    },
    /// The library for workbooks refused.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A part of a package cannot be written or read back.
    #[error("the package cannot be written: {0}")]
    Package(#[from] zip::result::ZipError),
    /// Memory refused; nothing else is written to.
    #[error("the file cannot be written: {0}")]
    Io(#[from] std::io::Error),
}
