//! The named values of the rules' texts: what each of them is.

mod common;
mod plain;
mod special;
mod tokens;

pub(super) use common::*;
pub(super) use plain::*;
pub(super) use special::*;
pub(super) use tokens::*;
