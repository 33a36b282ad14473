//! The worker room: reads county ledgers, checks them and imports them.
//!
//! What may live here: everything that knows a workbook, a header or a rule about cells. What may not: SQL, which is in
//! `ducha-records`, and gRPC.

pub mod cell;
pub mod check;
pub mod profile;
pub mod reader;
pub mod recognise;
pub mod values;
