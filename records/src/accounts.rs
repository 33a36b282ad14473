//! What an administrator says about an inspection's account: its title, free paragraphs, and what terms of the ledgers are
//! called in English; and accounts that were published.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::rules::Language;
use crate::schema_accounts::{account_settings, published_accounts};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// zh-CN.
    pub zh: String,
    /// English; empty: as in Chinese.
    #[serde(default)]
    pub en: String,
}

/// The text in a language; in Chinese where there is no English.
#[must_use]
pub const fn spoken<'t>(zh: &'t str, en: &'t str, language: Language) -> &'t str {
    match language {
        Language::En if !en.is_empty() => en,
        _ => zh,
    }
}

/// A free paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// Where it stands: `introduction`, `responsibility`, `petitions`, `outlook`, or the text of a theme or a topic.
    pub section: String,
    /// zh-CN; may call figures as templates do.
    pub zh: String,
    /// English; empty: as in Chinese.
    #[serde(default)]
    pub en: String,
}

/// What an administrator says about an account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSettings {
    /// Title; absent: one made of the inspection's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Bilingual>,
    /// Paragraphs, in order.
    #[serde(default)]
    pub paragraphs: Vec<Paragraph>,
    /// English names of themes, topics, indicators and units.
    #[serde(default)]
    pub terms: BTreeMap<String, String>,
}

/// The settings of an inspection; those of none are empty.
///
/// # Errors
/// The database's; a deserialization error where what is stored is no settings.
pub fn settings(db: &mut Db, inspection: &str) -> QueryResult<AccountSettings> {
    let stored: Option<String> = account_settings::table
        .find(inspection)
        .select(account_settings::settings)
        .first(db)
        .optional()?;
    stored.map_or_else(
        || Ok(AccountSettings::default()),
        |text| serde_json::from_str(&text).map_err(|error| diesel::result::Error::DeserializationError(error.into())),
    )
}

/// Stores the settings of an inspection.
///
/// # Errors
/// The database's.
pub fn set(db: &mut Db, inspection: &str, settings: &AccountSettings) -> QueryResult<()> {
    let text =
        serde_json::to_string(settings).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    let known = diesel::update(account_settings::table.find(inspection))
        .set(account_settings::settings.eq(&text))
        .execute(db)?;
    if known == 0 {
        diesel::insert_into(account_settings::table)
            .values((
                account_settings::inspection_id.eq(inspection),
                account_settings::settings.eq(&text),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// An account that was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = published_accounts)]
pub struct Published {
    /// UUID, later ones greater.
    pub id: String,
    /// Its inspection.
    pub inspection_id: String,
    /// The day whose state it tells.
    pub as_of: NaiveDate,
    /// `zh-CN` or `en`.
    pub language: String,
    /// Title.
    pub title: String,
    /// SHA-256 of its content.
    pub content_sha256: String,
    /// The whole account: an encoded `ducha.v1.Account`.
    pub content: Vec<u8>,
    /// Records behind its figures: a JSON object with `records`, each of kind, number and division once, and `figures`, by key
    /// the places of theirs with what each adds.
    pub sources: String,
    /// Last revision of the inspection that it knew of.
    pub sequence: i64,
    /// What who published it says.
    pub note: String,
    /// Id that the caller made up.
    pub request_id: Option<String>,
    /// Who published it.
    pub published_by: String,
    /// When.
    pub published_at_utc: NaiveDateTime,
}

/// Stores a published account.
///
/// # Errors
/// The database's.
pub fn publish(db: &mut Db, account: &Published) -> QueryResult<()> {
    diesel::insert_into(published_accounts::table)
        .values(account)
        .execute(db)
        .map(drop)
}

/// A published account.
///
/// # Errors
/// The database's.
pub fn published(db: &mut Db, id: &str) -> QueryResult<Option<Published>> {
    published_accounts::table
        .find(id)
        .select(Published::as_select())
        .first(db)
        .optional()
}

/// The account that a call with this `request_id` published.
///
/// # Errors
/// The database's.
pub fn by_request(db: &mut Db, request_id: &str) -> QueryResult<Option<Published>> {
    published_accounts::table
        .filter(published_accounts::request_id.eq(request_id))
        .select(Published::as_select())
        .first(db)
        .optional()
}

/// Published accounts of all inspections behind an id, in the order of ids; at most `limit`.
///
/// # Errors
/// The database's.
pub fn behind(db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<Published>> {
    published_accounts::table
        .filter(published_accounts::id.gt(after))
        .order(published_accounts::id)
        .limit(limit)
        .select(Published::as_select())
        .load(db)
}

/// Published accounts of an inspection, latest first, before the one with the id `before`; at most `limit`.
///
/// # Errors
/// The database's.
pub fn list(db: &mut Db, inspection: &str, before: Option<&str>, limit: i64) -> QueryResult<Vec<Published>> {
    let mut query = published_accounts::table
        .filter(published_accounts::inspection_id.eq(inspection))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(published_accounts::id.lt(before));
    }
    query
        .order(published_accounts::id.desc())
        .limit(limit)
        .select(Published::as_select())
        .load(db)
}
