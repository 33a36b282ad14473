//! The least an importer must do: read the file, write the rows.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx, open_workbook};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use ducha_records::Db;

use crate::import::settled;
use crate::{Failure, workbook};

diesel::table! {
    floor_rows (c2) {
        c1 -> Text,
        c2 -> Text,
        c3 -> Text,
        c4 -> Text,
        c5 -> Text,
        c6 -> Text,
        c7 -> Text,
        c8 -> Text,
        c9 -> Text,
        c10 -> Text,
        c11 -> Text,
        c12 -> Text,
    }
}

/// Twelve texts.
#[derive(Insertable)]
#[diesel(table_name = floor_rows, treat_none_as_default_value = false)]
struct FloorRow {
    c1: String,
    c2: String,
    c3: String,
    c4: String,
    c5: String,
    c6: String,
    c7: String,
    c8: String,
    c9: String,
    c10: String,
    c11: String,
    c12: String,
}

const TABLE: &str = "DROP TABLE IF EXISTS floor_rows;
    CREATE TABLE floor_rows (c1 TEXT, c2 TEXT PRIMARY KEY, c3 TEXT, c4 TEXT, c5 TEXT, c6 TEXT, c7 TEXT, c8 TEXT, c9 TEXT,
        c10 TEXT, c11 TEXT, c12 TEXT)";

/// Reads every cell with calamine's streaming reader, in this process.
pub fn read(path: &Path) -> Result<Duration, Failure> {
    let began = Instant::now();
    let mut book: Xlsx<BufReader<File>> = open_workbook(path)?;
    let mut cells = 0_u64;
    for sheet in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&sheet)?;
        while reader.next_cell()?.is_some() {
            cells += 1;
        }
    }
    if cells == 0 {
        return Err("the workbook has no cells".into());
    }
    Ok(began.elapsed())
}

/// Writes `rows` rows into one table with a primary key and commits: COPY on PostgreSQL, a prepared insert on SQLite. The
/// rows are made before the clock starts.
pub fn write(db: &mut Db, rows: u32) -> Result<Duration, Failure> {
    let rows: Vec<FloorRow> = (0..rows).map(|number| floor_row(workbook::row(number))).collect();
    db.batch_execute(TABLE)?;
    settled(db)?;
    let began = Instant::now();
    match db {
        Db::Postgres(pg) => {
            pg.transaction(|pg| diesel::copy_from(floor_rows::table).from_insertable(&rows).execute(pg))?;
        }
        Db::Sqlite(lite) => lite.immediate_transaction(|lite| {
            rows.iter().try_for_each(|row| {
                diesel::insert_into(floor_rows::table)
                    .values(row)
                    .execute(lite)
                    .map(drop)
            })
        })?,
    }
    let took = began.elapsed();
    db.batch_execute("DROP TABLE floor_rows")?;
    Ok(took)
}

fn floor_row([c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12]: [String; 12]) -> FloorRow {
    FloorRow {
        c1,
        c2,
        c3,
        c4,
        c5,
        c6,
        c7,
        c8,
        c9,
        c10,
        c11,
        c12,
    }
}
