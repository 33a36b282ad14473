//! Writes the demonstration ledgers: `cargo run -p ducha-worker --example samples -- samples`.
//!
//! Every text is invented; only the sums are those of a public account. The same seed gives the same bytes. Files that
//! end in another format are written as xlsx masters under `target/sample-masters`, from which `samples/convert.sh`
//! makes them; a second argument names another folder for the masters.

mod account;
mod book;
mod divisions;
mod expected;
mod february;
mod files;
mod layout;
mod ledger;
mod lines;
mod measures;
mod mistakes;
mod model;
mod petitions;
mod plain;
mod plan;
mod pools;
mod rng;
mod spell;
mod task_lines;
mod task_pool;
mod tasks;
mod texts;
mod words;

use std::error::Error;
use std::path::{Path, PathBuf};

use files::Output;
use model::Measures;
use plan::Format;

/// Any number would do; another one gives other texts and the same sums.
const SEED: u64 = 20_211_205;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().unwrap_or_else(|| PathBuf::from("samples"));
    let masters = arguments
        .next()
        .unwrap_or_else(|| PathBuf::from("target/sample-masters"));
    let petitions = petitions::build(SEED);
    let tasks = tasks::build(SEED);
    let outputs = files::build(&petitions, &tasks, SEED);
    prove(&petitions, &tasks, &outputs)?;
    for output in &outputs {
        book::write(&place(output, &folder, &masters), &output.sheets)?;
    }
    let expected = expected::expected(&petitions, &tasks, &outputs);
    std::fs::write(
        folder.join("expected.json"),
        serde_json::to_string_pretty(&expected)? + "\n",
    )?;
    std::fs::write(folder.join("MISTAKES.md"), expected::mistakes(&outputs))?;
    std::fs::write(folder.join("inspection.toml"), inspection())?;
    println!(
        "{} files in {}; convert with samples/convert.sh",
        outputs.len(),
        folder.display()
    );
    Ok(())
}

/// Where a file is written: in the samples, or among the masters of the program that converts it.
fn place(output: &Output, folder: &Path, masters: &Path) -> PathBuf {
    match output.format {
        Format::Xlsx => folder.join(&output.path),
        Format::Xls | Format::Ods | Format::Et => masters.join("soffice").join(format!("{}.xlsx", output.path)),
        Format::Xlsb | Format::Biff => masters.join("sheetjs").join(format!("{}.xlsx", output.path)),
    }
}

/// Stops before anything is written if a sum is not what it should be.
fn prove(petitions: &[model::Petition], tasks: &[tasks::Task], outputs: &[Output]) -> Result<(), Box<dyn Error>> {
    let (early, late): (Vec<_>, Vec<_>) = outputs
        .iter()
        .partition(|output| output.path.starts_with(february::FOLDER));
    let sum = |outputs: Vec<&Output>| {
        let mut sum = Measures::default();
        outputs.iter().for_each(|output| sum.add(output.measures));
        sum
    };
    let (counted, in_february) = (sum(late), sum(early));
    let concluded = petitions.iter().filter(|petition| petition.is_concluded()).count();
    let completed = tasks.iter().filter(|task| task.is_completed()).count();
    let found = (petitions.len(), concluded, completed, counted, in_february);
    let wanted = (
        petitions::PETITIONS,
        petitions::CONCLUDED,
        30,
        measures::TOTALS,
        measures::TOTALS,
    );
    if found != wanted {
        return Err(format!("the samples hold {found:?}, wanted {wanted:?}").into());
    }
    Ok(())
}

fn inspection() -> String {
    let themes: Vec<String> = task_pool::THEMES
        .iter()
        .map(|theme| format!("    \"{theme}\",\n"))
        .collect();
    format!(
        "id = \"gz-2021\"\nname = \"中央第二生态环境保护督察组督察贵州省\"\nlevel = \"central\"\nround = 2\n\
         province = \"520000\"\nstarted_on = 2021-12-05\nended_on = 2022-01-05\nfeedback_on = 2022-03-18\n\
         first_received_on = {}\ngroup = \"中央第二生态环境保护督察组\"\nthemes = [\n{}]\n\n{}",
        petitions::first_day(),
        themes.concat(),
        account::settings()
    )
}
