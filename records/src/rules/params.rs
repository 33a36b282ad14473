//! The named values of the rules' texts: what each of them is.

mod common;
mod special;
mod tokens;

pub(super) use common::*;
pub(super) use special::*;
pub(super) use tokens::*;
