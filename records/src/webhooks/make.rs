//! From verdicts to notices.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{SmallInt, Text};
use serde::Serialize;
use uuid::Uuid;

use super::{Webhook, list};
use crate::codes::{DeliveryState, ImportState};
use crate::db::Db;
use crate::dialect;
use crate::divisions;
use crate::imports::Import;
use crate::schema_webhooks::webhook_deliveries;

/// Verdicts that are looked at together.
const PIECE: usize = 100;
/// A notice that nobody takes is given up after this time.
const DAY: i64 = 24 * 3_600;

/// A notice as it is stored first.
#[derive(Debug, Insertable)]
#[diesel(table_name = webhook_deliveries, treat_none_as_default_value = false)]
struct New<'a> {
    id: String,
    webhook_id: &'a str,
    division: &'a str,
    import_id: &'a str,
    verdict: i16,
    body: String,
    state: i16,
    attempt: i32,
    next_at_utc: NaiveDateTime,
    give_up_at_utc: NaiveDateTime,
    created_at_utc: NaiveDateTime,
}

/// What a notice says, in this order.
#[derive(Debug, Serialize)]
struct Body<'a> {
    event: &'static str,
    delivery_id: &'a str,
    import_id: &'a str,
    inspection_id: &'a str,
    division: Option<&'a str>,
    file_name: &'a str,
    state: &'static str,
    counts: Counts,
    error_code: Option<&'a str>,
    finished_at: Option<String>,
}

#[derive(Debug, Serialize)]
struct Counts {
    rows_read: i64,
    inserted: i64,
    updated: i64,
    unchanged: i64,
    refused: i64,
    errors: i64,
    warnings: i64,
    notes: i64,
}

/// What a notice is about.
const EVENT: &str = "import.verdict";

/// Makes the notices of verdicts that nobody made notices of. How many.
///
/// # Errors
/// The database's; what was made before stands.
pub fn make(db: &mut Db) -> QueryResult<usize> {
    let mut made = 0;
    loop {
        let verdicts: Vec<Import> = diesel::sql_query(format!(
            "SELECT * FROM imports
             WHERE state IN (3, 4, 6, 7, 8, 9, 10, 11) AND told_state <> state AND NOT copies_due
             ORDER BY id LIMIT {PIECE}"
        ))
        .load(db)?;
        if verdicts.is_empty() {
            return Ok(made);
        }
        let webhooks = list(db)?;
        let above = if webhooks.is_empty() {
            HashMap::new()
        } else {
            parents(db)?
        };
        for verdict in &verdicts {
            let wanted = webhooks.iter().filter(|webhook| is_within(&above, verdict, webhook));
            let wanted: Vec<&Webhook> = wanted.collect();
            made += dialect::write(db, |db| told(db, verdict, &wanted))?;
        }
    }
}

fn parents(db: &mut Db) -> QueryResult<HashMap<String, Option<String>>> {
    let all = divisions::all(db)?.into_iter();
    Ok(all.map(|division| (division.code, division.parent)).collect())
}

/// Whether an import is of the webhook's division, or of one below it.
fn is_within(above: &HashMap<String, Option<String>>, import: &Import, webhook: &Webhook) -> bool {
    let mut code = import.division.as_deref();
    // A CSV could name two divisions as each other's parents; no country has so many levels.
    for _ in 0..16 {
        match code {
            Some(found) if found == webhook.division => return true,
            Some(found) => code = above.get(found).and_then(Option::as_deref),
            None => return false,
        }
    }
    false
}

/// Marks a verdict and writes its notices; none if another has done so, or the import has moved on.
fn told(db: &mut Db, import: &Import, webhooks: &[&Webhook]) -> QueryResult<usize> {
    let marked =
        diesel::sql_query("UPDATE imports SET told_state = $1 WHERE id = $2 AND state = $1 AND told_state <> $1")
            .bind::<SmallInt, _>(import.state)
            .bind::<Text, _>(&import.id)
            .execute(db)?;
    if marked == 0 {
        return Ok(0);
    }
    let now = dialect::clock::read(db)?;
    for webhook in webhooks {
        let id = Uuid::now_v7().to_string();
        let notice = New {
            body: body(&id, import),
            id,
            webhook_id: &webhook.id,
            division: &webhook.division,
            import_id: &import.id,
            verdict: import.state,
            state: DeliveryState::Waiting.code(),
            attempt: 0,
            next_at_utc: now,
            give_up_at_utc: now + chrono::TimeDelta::seconds(DAY),
            created_at_utc: now,
        };
        // An import may reach a state again, as when a plan is made anew. Then its last notice is sent again, as it is now.
        diesel::delete(
            webhook_deliveries::table
                .filter(webhook_deliveries::webhook_id.eq(&webhook.id))
                .filter(webhook_deliveries::import_id.eq(&import.id))
                .filter(webhook_deliveries::verdict.eq(import.state)),
        )
        .execute(db)?;
        diesel::insert_into(webhook_deliveries::table)
            .values(&notice)
            .execute(db)?;
    }
    Ok(webhooks.len())
}

fn body(id: &str, import: &Import) -> String {
    let state = ImportState::from_code(import.state).map_or("", ImportState::token);
    let body = Body {
        event: EVENT,
        delivery_id: id,
        import_id: &import.id,
        inspection_id: &import.inspection_id,
        division: import.division.as_deref(),
        file_name: &import.file_name,
        state,
        counts: Counts {
            rows_read: import.rows_read,
            inserted: import.inserted,
            updated: import.updated,
            unchanged: import.unchanged,
            refused: import.refused,
            errors: import.errors,
            warnings: import.warnings,
            notes: import.notes,
        },
        error_code: import.error_code.as_deref(),
        finished_at: import
            .finished_at_utc
            .map(|at| format!("{}Z", at.format("%Y-%m-%dT%H:%M:%S%.3f"))),
    };
    // Plain values; serialising them cannot fail.
    serde_json::to_string(&body).unwrap_or_default()
}
