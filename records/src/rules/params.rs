//! The named values of the rules' texts: what each of them is.

mod common;
mod form;
mod plain;
mod special;
mod tokens;

pub(super) use common::*;
pub(super) use form::*;
pub(super) use plain::*;
pub(super) use special::*;
pub(super) use tokens::*;
