//! One field before and after, as plans and the history tell it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One field that differs. `Null`: it has no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// Its old value: what is stored, or was.
    pub before: Value,
    /// Its new value.
    pub after: Value,
}

/// The fields of `after`, each with what it was in `before`, by name.
pub(crate) fn changes(mut before: Map<String, Value>, after: Map<String, Value>) -> Vec<FieldChange> {
    let change = |(field, after): (String, Value)| FieldChange {
        before: before.remove(&field).unwrap_or(Value::Null),
        field,
        after,
    };
    after.into_iter().map(change).collect()
}
