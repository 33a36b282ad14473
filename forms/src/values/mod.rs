//! Single cells, read exactly or not at all: text, dates, deadlines, numbers, petition numbers, batches, divisions and
//! the words of a vocabulary. Nothing here knows a sheet, a profile or a rule; nothing here guesses. What cannot be read
//! is a typed fault, and the rules turn it into a finding.

pub mod base_version;
pub mod batch;
pub mod blank;
pub mod date;
pub mod deadline;
pub mod division;
pub mod number;
pub mod numeral;
pub mod period;
pub mod petition_no;
mod pieces;
mod similar;
pub mod task_no;
pub mod text;
pub mod vocabulary;
