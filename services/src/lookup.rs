//! Small questions that several services ask the records.

use std::collections::BTreeSet;

use diesel::QueryResult;
use ducha_records::inspections::{self, Inspection};
use ducha_records::{Db, Reach, divisions};

use crate::error::{CallError, Violation};
use crate::language::Text;

/// The inspection with this id, if it may be seen.
///
/// # Errors
/// [`CallError::NoInspection`] when there is none.
pub fn inspection(db: &mut Db, reach: &Reach, id: &str) -> Result<Inspection, CallError> {
    inspections::get(db, id)?
        .filter(|inspection| reach.has_inspection(&inspection.province))
        .ok_or_else(|| CallError::NoInspection(id.to_owned()))
}

/// Whether there is a division with this code, and it is in reach. The two are not told apart.
///
/// # Errors
/// The database's.
pub fn is_in_reach(db: &mut Db, reach: &Reach, code: &str) -> QueryResult<bool> {
    Ok(reach.has(code) && divisions::is_known(db, code)?)
}

/// The codes of a filter, and those of every division below them.
///
/// # Errors
/// [`CallError::Fields`] naming the codes that no division has.
pub fn below(db: &mut Db, codes: &[String]) -> Result<Vec<String>, CallError> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<String> = divisions::all(db)?.into_iter().map(|division| division.code).collect();
    let unknown: Vec<Violation> = codes
        .iter()
        .enumerate()
        .filter(|(_, code)| !known.contains(*code))
        .map(|(at, code)| Violation {
            field: format!("filter.divisions[{at}]"),
            wanted: Text::new("已有的行政区划代码", "the code of a division"),
            found: code.clone(),
        })
        .collect();
    if !unknown.is_empty() {
        return Err(CallError::Fields(unknown));
    }
    Ok(divisions::within(db, codes)?)
}
