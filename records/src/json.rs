//! JSON as the database keeps it in texts.

use std::collections::BTreeSet;

use diesel::QueryResult;
use diesel::result::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A value that was stored as a text.
///
/// # Errors
/// [`Error::DeserializationError`] when it is not what was stored.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> QueryResult<T> {
    serde_json::from_str(text).map_err(|error| Error::DeserializationError(error.into()))
}

/// The names of a struct's fields, which for a content are those of its columns.
pub(crate) fn names(content: &impl Serialize) -> BTreeSet<String> {
    match serde_json::to_value(content) {
        Ok(Value::Object(fields)) => fields.into_iter().map(|(field, _)| field).collect(),
        _ => BTreeSet::new(),
    }
}

/// The fields of a struct that have a value.
pub(crate) fn fields(content: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(content) {
        Ok(Value::Object(fields)) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        _ => Map::new(),
    }
}
