//! Importing a large ledger.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use ducha_records::{Db, migrate};

use crate::memory::{child_memory, resident};
use crate::report::Report;
use crate::{Failure, Place, floors, workbook};

const INSPECTION: &str = r#"id = "bench"
name = "bench"
level = "central"
round = 2
province = "520000"
started_on = 2021-12-05
ended_on = 2022-01-05
feedback_on = 2022-03-18
first_received_on = 2021-12-06
"#;
/// Each time is the best of so many.
const TIMES: usize = 3;

/// Measures imports of `rows` and of `large` rows.
pub fn measure(place: &Place, rows: u32, large: u32, report: &mut Report) -> Result<(), Failure> {
    let folder = place.folder.path().join("ledgers");
    std::fs::create_dir(&folder)?;
    std::fs::write(folder.join("inspection.toml"), INSPECTION)?;
    let file = folder.join("520100-ledger.xlsx");
    workbook::write(&file, rows)?;
    let read = best(|| floors::read(&file))?;
    report.told(
        format!("floor: calamine streams {rows} rows"),
        format!("{:.3} s", read.as_secs_f64()),
    );
    let databases = [
        ("SQLite", place.sqlite("bench.db")),
        ("PostgreSQL", place.postgres.clone()),
    ];
    for (name, url) in &databases {
        let write = best(|| floors::write(&mut Db::open(url)?, rows))?;
        let floor = read + write;
        report.told(
            format!("floor: {name} writes {rows} rows"),
            format!("{:.3} s", write.as_secs_f64()),
        );
        let first = best_import(|| {
            reset(url)?;
            import(place, &folder, url)
        })?;
        report.slower(
            format!("{name}: {rows} rows checked and committed"),
            first.committed,
            floor,
            2.0,
        );
        report.memory(format!("{name}: worker, resident at most"), first.worker_mib, 100.0);
        report.told(
            format!("{name}: and in the search index"),
            format!("{:.3} s", first.ended.as_secs_f64()),
        );
        let again = best_import(|| import(place, &folder, url))?;
        report.slower(
            format!("{name}: the same again, unchanged"),
            again.committed,
            floor,
            1.0,
        );
    }
    report.memory(
        format!("reading child, resident at most at {rows} rows"),
        child_memory(place, &file)?,
        300.0,
    );
    if large > 0 {
        std::fs::remove_file(&file)?;
        workbook::write(&file, large)?;
        grow(place, &file, large, &databases[0].1, report)?;
    }
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// A ledger of `large` rows costs no more for each row, and no more memory.
fn grow(place: &Place, file: &Path, large: u32, url: &str, report: &mut Report) -> Result<(), Failure> {
    let read = floors::read(file)?;
    let write = floors::write(&mut Db::open(url)?, large)?;
    reset(url)?;
    let folder = file.parent().ok_or("the ledger has no folder")?;
    let import = import(place, folder, url)?;
    report.slower(
        format!("SQLite: {large} rows checked and committed"),
        import.committed,
        read + write,
        2.0,
    );
    report.memory(
        format!("SQLite: worker, resident at most at {large} rows"),
        import.worker_mib,
        100.0,
    );
    let child = child_memory(place, file)?;
    report.told(
        format!("reading child, resident at most at {large} rows"),
        format!("{child:.0} MiB"),
    );
    Ok(())
}

/// What one import took.
struct Imported {
    committed: Duration,
    ended: Duration,
    worker_mib: f64,
}

/// An empty database of the newest schema.
fn reset(url: &str) -> Result<(), Failure> {
    let mut db = Db::open(url)?;
    migrate::down(&mut db)?;
    migrate::up(&mut db)?;
    settled(&mut db)
}

/// Nothing of what was done before is left to do: the logs are copied, and PostgreSQL has segments to write again.
pub fn settled(db: &mut Db) -> Result<(), Failure> {
    match db {
        Db::Sqlite(lite) => lite.batch_execute("PRAGMA wal_checkpoint(TRUNCATE); VACUUM")?,
        Db::Postgres(pg) => pg.batch_execute("CHECKPOINT")?,
    }
    Ok(())
}

/// Runs the real worker. The file's line comes when its transaction is committed; the index follows.
fn import(place: &Place, folder: &Path, url: &str) -> Result<Imported, Failure> {
    let began = Instant::now();
    let mut worker = Command::new(&place.worker)
        .args(["import", "--output", "json", "--max-file-mib", "128", "--database", url]) // a million rows
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()?;
    let lines = BufReader::new(worker.stdout.take().ok_or("no standard output")?).lines();
    let mut committed = None;
    for line in lines {
        let line = line?;
        if line.contains("\"type\":\"file\"") {
            if !line.contains("\"refused\":0") {
                return Err(format!("rows were refused: {line}").into());
            }
            committed = Some((began.elapsed(), resident(worker.id()).unwrap_or_default())); // it may have ended already
        }
    }
    let status = worker.wait()?;
    let (committed, worker_mib) = committed.ok_or("the worker told of no file")?;
    if !status.success() {
        return Err(format!("the worker ended with {status}").into());
    }
    Ok(Imported {
        committed,
        ended: began.elapsed(),
        worker_mib,
    })
}

fn best(mut measure: impl FnMut() -> Result<Duration, Failure>) -> Result<Duration, Failure> {
    let mut least = measure()?;
    for _ in 1..TIMES {
        least = least.min(measure()?);
    }
    Ok(least)
}

fn best_import(mut measure: impl FnMut() -> Result<Imported, Failure>) -> Result<Imported, Failure> {
    let mut least = measure()?;
    for _ in 1..TIMES {
        let next = measure()?;
        if next.committed < least.committed {
            least = next;
        }
    }
    Ok(least)
}
