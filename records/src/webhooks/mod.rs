//! Webhooks: divisions that want to be told of verdicts on their imports, and the notices for them.
//!
//! ```text
//! verdict (a state of imports) ─make→ notice ─claim→ sent ─taken | failed→ … ─give up, after a day
//! ```
//!
//! A verdict is found by its state and a mark beside it, so that it does not matter who reached it, nor when somebody looks.
//! Notice and mark are written together: each verdict makes one notice for each webhook, which is sent at least once.

mod delivery;
mod make;
pub mod target;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;

pub use delivery::{Delivery, Failure, Pace, claim, failed, taken};
pub use make::make;

use crate::audit::{self, AuditEvent};
use crate::codes::DeliveryState;
use crate::db::Db;
use crate::dialect;
use crate::schema_webhooks::{webhook_deliveries, webhooks};

/// Where a division wants to be told. Times are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhooks)]
pub struct Webhook {
    /// uuid version 7.
    pub id: String,
    /// It is told of the imports of this division and of all below it.
    pub division: String,
    /// Where to.
    pub url: String,
    /// Where the secret is: [`target::SecretRef`].
    pub secret: String,
    /// Who wanted it.
    pub created_by: String,
    /// When.
    pub created_at_utc: NaiveDateTime,
    /// Since when nothing is sent any more.
    pub removed_at_utc: Option<NaiveDateTime>,
}

/// `[webhooks]` of a configuration file. Both programs read it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhooksTable {
    /// Whether notices may go to addresses that are not public.
    pub allow_private: Option<bool>,
}

/// How the notices of a webhook stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    /// Not taken yet.
    pub waiting: i64,
    /// Taken.
    pub taken: i64,
    /// Given up.
    pub given_up: i64,
    /// Why the last one that failed did.
    pub last_error: Option<String>,
}

/// Stores a webhook and its audit event.
///
/// # Errors
/// The database's: a foreign key violation when there is no such division.
pub fn add(db: &mut Db, webhook: &Webhook, event: &AuditEvent) -> QueryResult<()> {
    dialect::write(db, |db| {
        diesel::insert_into(webhooks::table).values(webhook).execute(db)?;
        audit::write(db, event)
    })
}

/// Ends a webhook, gives up what waits for it, and writes the audit event. `false`: there is none with this id, or it has
/// ended.
///
/// # Errors
/// The database's.
pub fn remove(db: &mut Db, id: &str, at_utc: NaiveDateTime, event: &AuditEvent) -> QueryResult<bool> {
    dialect::write(db, |db| {
        let removed = diesel::update(webhooks::table.find(id).filter(webhooks::removed_at_utc.is_null()))
            .set(webhooks::removed_at_utc.eq(at_utc))
            .execute(db)?;
        if removed == 0 {
            return Ok(false);
        }
        let waiting = webhook_deliveries::table
            .filter(webhook_deliveries::webhook_id.eq(id))
            .filter(webhook_deliveries::state.eq(DeliveryState::Waiting.code()));
        diesel::update(waiting)
            .set((
                webhook_deliveries::state.eq(DeliveryState::GivenUp.code()),
                webhook_deliveries::last_error.eq("the webhook was removed"),
                webhook_deliveries::ended_at_utc.eq(at_utc),
            ))
            .execute(db)?;
        audit::write(db, event)?;
        Ok(true)
    })
}

/// All that have not ended, in the order they were made.
///
/// # Errors
/// The database's.
pub fn list(db: &mut Db) -> QueryResult<Vec<Webhook>> {
    webhooks::table
        .filter(webhooks::removed_at_utc.is_null())
        .order(webhooks::id)
        .select(Webhook::as_select())
        .load(db)
}

/// How the notices of a webhook stand.
///
/// # Errors
/// The database's.
pub fn notices(db: &mut Db, id: &str) -> QueryResult<Notices> {
    let counted: Vec<(i16, i64)> = webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(id))
        .group_by(webhook_deliveries::state)
        .select((webhook_deliveries::state, diesel::dsl::count_star()))
        .load(db)?;
    let of = |state: DeliveryState| {
        let found = counted.iter().find(|(code, _)| *code == state.code());
        found.map_or(0, |(_, notices)| *notices)
    };
    let last_error: Option<Option<String>> = webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(id))
        .filter(webhook_deliveries::last_error.is_not_null())
        .order(webhook_deliveries::id.desc())
        .select(webhook_deliveries::last_error)
        .first(db)
        .optional()?;
    Ok(Notices {
        waiting: of(DeliveryState::Waiting),
        taken: of(DeliveryState::Taken),
        given_up: of(DeliveryState::GivenUp),
        last_error: last_error.flatten(),
    })
}
