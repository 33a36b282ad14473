//! Who may call what, and whose records they see.
//!
//! Every call passes the [`gate`] before any handler, health checks alone excepted. The gate wants a credential, looks it up
//! in the [`keyring`], asks the [`policy`] whether its role may call this method, and hands the [`Caller`] on. A handler
//! gets it from [`crate::answer`]; without one nothing is answered. How far the caller reaches comes from the credential
//! alone: no request names it.

mod audit;
mod caller;
pub mod gate;
pub mod keyring;
pub mod policy;
pub mod secret;
pub mod service;
pub mod tokens;

pub use audit::{Change, event};
pub use caller::Caller;
