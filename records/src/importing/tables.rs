//! The tables of the numbered kinds, by the names that statements for both are filled with.

use crate::codes::RecordKind;

/// The tables of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables {
    /// The records.
    pub records: &'static str,
    /// The divisions' parts of them.
    pub parts: &'static str,
    /// Their rows as staged.
    pub stage: &'static str,
}

impl Tables {
    /// Those of a kind.
    pub const fn of(kind: RecordKind) -> Self {
        match kind {
            RecordKind::Petition => Self {
                records: "petitions",
                parts: "handlings",
                stage: "stage_petitions",
            },
            RecordKind::Task => Self {
                records: "tasks",
                parts: "task_progress",
                stage: "stage_tasks",
            },
        }
    }

    /// A statement with their names in it.
    pub fn fill(self, sql: &str) -> String {
        [
            ("{records}", self.records),
            ("{parts}", self.parts),
            ("{stage}", self.stage),
        ]
        .into_iter()
        .fold(sql.to_owned(), |sql, (name, table)| sql.replace(name, table))
    }
}
