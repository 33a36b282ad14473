//! Everything that the tables of records hold of an inspection, as texts that can be compared.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Text;
use ducha_records::Db;
use ducha_records::db::Backend;

/// The tables, and what an import leaves beside them.
const TABLES: [&str; 18] = [
    "petitions",
    "handlings",
    "tasks",
    "task_progress",
    "indicators",
    "accountability_issues",
    "accountabilities",
    "activities",
    "alerts",
    "reasons",
    "forms",
    "former_handlings",
    "former_progress",
    "former_indicators",
    "petition_counts",
    "measure_counts",
    "petition_count_days",
    "measure_count_days",
];
/// Versions, and when rows were written, go on; the inspection is what is asked for.
const LEFT_OUT: [&str; 5] = ["inspection_id", "version", "edition", "updated_at_utc", "given_at_utc"];

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(db: &mut Db, sql: &str) -> Vec<String> {
    let lines: Vec<Line> = diesel::sql_query(sql).load(db).expect(sql);
    lines.into_iter().map(|line| line.line).collect()
}

/// The columns of a table, in order.
pub fn columns(db: &mut Db, table: &str) -> Vec<String> {
    let sql = match db.backend() {
        Backend::Sqlite => format!("SELECT name AS line FROM pragma_table_info('{table}') ORDER BY cid"),
        Backend::Postgres => format!(
            "SELECT CAST(column_name AS TEXT) AS line FROM information_schema.columns
             WHERE table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    lines(db, &sql)
}

/// The rows of every table of records, with imports by these labels.
pub fn dump(db: &mut Db, inspection: &str, labels: &BTreeMap<String, String>) -> Vec<String> {
    let hex = match db.backend() {
        Backend::Sqlite => "HEX({})",
        Backend::Postgres => "ENCODE({}, 'hex')",
    };
    let mut all = Vec::new();
    for table in TABLES {
        let kept = columns(db, table);
        let kept = kept.iter().filter(|name| !LEFT_OUT.contains(&name.as_str()));
        let texts: Vec<String> = kept
            .map(|name| {
                let text = match name.as_str() {
                    hash if hash.ends_with("_hash") => hex.replace("{}", hash),
                    // What is said since its own reporting date need not say so.
                    "since_on" if !table.starts_with("former_") => {
                        "CAST(CASE WHEN since_on < reported_on THEN since_on END AS TEXT)".to_owned()
                    }
                    name => format!("CAST({name} AS TEXT)"),
                };
                format!("'{name}=' || COALESCE({text}, '-')")
            })
            .collect();
        // Issues that no list has follow from the decisions that name them: which of those did so first is not told.
        let whole = texts.join(" || ' ' || ");
        let (line, named) = match table {
            "accountability_issues" => (
                format!("CASE WHEN registered THEN {whole} ELSE number END"),
                "AND (registered OR EXISTS (
                    SELECT 1 FROM accountabilities a
                    WHERE a.inspection_id = accountability_issues.inspection_id AND a.issue = accountability_issues.number
                ))",
            ),
            _ => (whole, ""),
        };
        let sql = format!("SELECT {line} AS line FROM {table} WHERE inspection_id = '{inspection}' {named} ORDER BY 1");
        all.extend(lines(db, &sql).into_iter().map(|line| format!("{table}: {line}")));
    }
    let registers = format!(
        "SELECT 'registers: ' || CAST(petition_register AS TEXT) || CAST(task_register AS TEXT) AS line
         FROM inspections WHERE id = '{inspection}'"
    );
    all.extend(lines(db, &registers));
    for line in &mut all {
        // Which of several ledgers assigned a part that nobody has reported does not matter.
        if let Some(from) = line
            .find(" reported_on=")
            .filter(|_| line.contains(" reported=0 ") || line.contains(" reported=false "))
        {
            line.truncate(from);
        }
        for (id, label) in labels {
            *line = line.replace(id, label);
        }
    }
    all.sort();
    all
}
