//! Notices on their way.

use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text};

use crate::codes::DeliveryState;
use crate::db::Db;
use crate::dialect;
use crate::schema_webhooks::webhook_deliveries;

/// A notice that is to be sent, with where to.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Delivery {
    /// The receiver knows a repetition by it.
    #[diesel(sql_type = Text)]
    pub id: String,
    /// The webhook.
    #[diesel(sql_type = Text)]
    pub webhook_id: String,
    /// Where to.
    #[diesel(sql_type = Text)]
    pub url: String,
    /// Where the secret is.
    #[diesel(sql_type = Text)]
    pub secret: String,
    /// What to send.
    #[diesel(sql_type = Text)]
    pub body: String,
    /// Which sending this is, counted from 1.
    #[diesel(sql_type = Integer)]
    pub attempt: i32,
}

/// Seconds that a sending takes at most, with what is around it: then another may try.
const SENDING: i64 = 60;
/// The pause after the first sending that failed, in seconds; each further one is twice as long, up to an hour.
const FIRST_PAUSE: i64 = 2;
const LONGEST_PAUSE: i64 = 3_600;

/// Takes up notices that are due, at most `most` and one of each webhook: one that answers slowly does not hold up the others.
///
/// # Errors
/// The database's.
pub fn claim(db: &mut Db, most: usize) -> QueryResult<Vec<Delivery>> {
    let (now, until) = (dialect::clock::now(db), dialect::clock::in_seconds(db, SENDING));
    let due = format!("state = 1 AND next_at_utc <= {now}");
    // What another worker took up in the meantime is not due any more, which the outer condition finds.
    let sql = format!(
        "UPDATE webhook_deliveries SET attempt = attempt + 1, next_at_utc = {until}
         WHERE {due} AND id IN (
            SELECT MIN(id) FROM webhook_deliveries WHERE {due} GROUP BY webhook_id ORDER BY MIN(id) LIMIT {most}
         )
         RETURNING id, webhook_id, body, attempt,
            (SELECT w.url FROM webhooks w WHERE w.id = webhook_deliveries.webhook_id) AS url,
            (SELECT w.secret FROM webhooks w WHERE w.id = webhook_deliveries.webhook_id) AS secret"
    );
    dialect::write(db, |db| diesel::sql_query(sql).load(db))
}

/// A notice was taken.
///
/// # Errors
/// The database's.
pub fn taken(db: &mut Db, delivery: &Delivery, status: u16) -> QueryResult<()> {
    let now = dialect::clock::read(db)?;
    diesel::update(webhook_deliveries::table.find(&delivery.id))
        .set((
            webhook_deliveries::state.eq(DeliveryState::Taken.code()),
            webhook_deliveries::last_status.eq(i32::from(status)),
            webhook_deliveries::last_error.eq(None::<String>),
            webhook_deliveries::ended_at_utc.eq(now),
        ))
        .execute(db)
        .map(drop)
}

/// A sending failed: the notice is sent again after a pause, or given up. Where it stands now; `None`: another has it.
///
/// # Errors
/// The database's.
pub fn failed(db: &mut Db, delivery: &Delivery, status: Option<u16>, why: &str) -> QueryResult<Option<DeliveryState>> {
    let now = dialect::clock::now(db);
    let next = dialect::clock::in_seconds(db, pause(delivery.attempt));
    let sql = format!(
        "UPDATE webhook_deliveries SET
            state = CASE WHEN give_up_at_utc <= {next} THEN 3 ELSE 1 END,
            ended_at_utc = CASE WHEN give_up_at_utc <= {next} THEN {now} END,
            next_at_utc = {next}, last_status = $1, last_error = $2
         WHERE id = $3 AND attempt = $4 AND state = 1"
    );
    let kept = diesel::sql_query(sql)
        .bind::<Nullable<Integer>, _>(status.map(i32::from))
        .bind::<Text, _>(why)
        .bind::<Text, _>(&delivery.id)
        .bind::<Integer, _>(delivery.attempt)
        .execute(db)?;
    if kept == 0 {
        return Ok(None);
    }
    let state: i16 = webhook_deliveries::table
        .find(&delivery.id)
        .select(webhook_deliveries::state)
        .first(db)?;
    Ok(DeliveryState::from_code(state))
}

/// Seconds until the next sending after this one.
fn pause(attempt: i32) -> i64 {
    let doublings = attempt.clamp(1, 12) - 1; // 2 s doubled 11 times is more than an hour
    (FIRST_PAUSE << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let pauses: Vec<i64> = [1, 2, 3, 11, 12, 13, i32::MAX].into_iter().map(pause).collect();
        assert_eq!(pauses, [2, 4, 8, 2_048, 3_600, 3_600, 3_600]);
    }
}
