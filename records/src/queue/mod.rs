//! The queue of imports, which is their table.
//!
//! ```text
//! received ─claim→ checking ─settle→ checked, planned, applied, rejected …
//!    ↑  give back, fail │                      │ commit_plan
//!    └──────────────────┘      applying ←──────┘
//! ```
//!
//! A claim is one short transaction that counts the attempt, raises the lease's token and says until when the claim
//! holds, by the database's clock. Whatever ends an import asserts the token in the transaction that ends it: a worker
//! that was taken for lost changes nothing any more. A worker that dies leaves its claim to run out; the next to look
//! claims the import again, or, when the attempts are used up, ends it as failed.

mod claim;
mod forget;
mod receive;
mod settle;
mod standing;
mod steer;

pub use claim::{Lease, claim, give_back, reap, renew};
pub use forget::{CHECKS_KEPT_DAYS, forget_checks};
pub use receive::{ReceiveError, Received, receive};
pub use settle::{Failure, copies_done, end, fail, settle};
pub use standing::{Standing, standing, waiting_of};
pub use steer::{SteerError, cancel, commit_plan};

use diesel::QueryResult;

use crate::db::Db;
use crate::dialect;

/// Has this connection hear when something is put into the queue. Only PostgreSQL tells.
///
/// # Errors
/// The database's.
pub fn listen(db: &mut Db) -> QueryResult<()> {
    dialect::listen(db)
}

/// Whether something was put into the queue since the last time. No database is asked: what it told lies at the socket.
///
/// # Errors
/// The database's.
pub fn heard(db: &mut Db) -> QueryResult<bool> {
    dialect::heard(db)
}
