//! Notices on their way.

use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text};
use uuid::Uuid;

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

/// The longest pause between two sendings, in seconds.
const LONGEST_PAUSE: u32 = 3_600;

/// How long what is about a sending takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Seconds that a notice which was taken up is left to who took it up: longer than a sending takes. Then another may try.
    pub claim: u32,
    /// Seconds of the pause after the first sending that failed; each further one is twice as long, up to an hour.
    pub first_pause: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            claim: 60,
            first_pause: 2,
        }
    }
}

/// Takes up notices that are due, at most `most`, and one of each webhook but those in `left`.
///
/// # Errors
/// The database's.
pub fn claim(db: &mut Db, most: usize, left: &[String], pace: Pace) -> QueryResult<Vec<Delivery>> {
    let (now, until) = (
        dialect::clock::now(db),
        dialect::clock::in_seconds(db, pace.claim.into()),
    );
    // Ids that this program made; others are not looked for.
    let known = left.iter().filter(|id| id.parse::<Uuid>().is_ok());
    let left: String = known.map(|id| format!(" AND webhook_id <> '{id}'")).collect();
    let due = format!("state = 1 AND next_at_utc <= {now}{left}");
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

/// How a sending failed.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    /// Of HTTP, if there was an answer.
    pub status: Option<u16>,
    /// For who operates this.
    pub why: &'a str,
}

/// A sending failed: the notice is sent again after a pause, or given up. Where it stands now; `None`: another has it.
///
/// # Errors
/// The database's.
pub fn failed(
    db: &mut Db,
    delivery: &Delivery,
    failure: Failure<'_>,
    pace: Pace,
) -> QueryResult<Option<DeliveryState>> {
    let now = dialect::clock::now(db);
    let next = dialect::clock::in_seconds(db, pause(delivery.attempt, pace.first_pause));
    let sql = format!(
        "UPDATE webhook_deliveries SET
            state = CASE WHEN give_up_at_utc <= {next} THEN 3 ELSE 1 END,
            ended_at_utc = CASE WHEN give_up_at_utc <= {next} THEN {now} END,
            next_at_utc = {next}, last_status = $1, last_error = $2
         WHERE id = $3 AND attempt = $4 AND state = 1"
    );
    let kept = diesel::sql_query(sql)
        .bind::<Nullable<Integer>, _>(failure.status.map(i32::from))
        .bind::<Text, _>(failure.why)
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
fn pause(attempt: i32, first: u32) -> i64 {
    let doublings = attempt.clamp(1, 13).unsigned_abs() - 1; // a second doubled 12 times is more than an hour
    i64::from(first.saturating_mul(1 << doublings).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let pauses = |first: u32| [1, 2, 3, 11, 12, 13, i32::MAX].map(|attempt| pause(attempt, first));
        assert_eq!(pauses(2), [2, 4, 8, 2_048, 3_600, 3_600, 3_600]);
        assert_eq!(pauses(1), [1, 2, 4, 1_024, 2_048, 3_600, 3_600]);
        assert_eq!(pauses(0), [0; 7]);
        assert_eq!(pauses(u32::MAX), [3_600; 7]);
    }
}
