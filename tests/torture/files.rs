//! G10 and G11: files made to harm their reader, and honest ones spoilt at random.

use std::path::Path;

use ducha_tests::hostile::{self, mutate, runs};

use crate::report::Outcome;
use crate::{Failure, number};

/// Mutants, unless `TORTURE_MUTANTS` says otherwise.
const MUTANTS: u64 = 10_000;
/// Where the random numbers begin, unless `TORTURE_SEED` says otherwise.
const SEED: u64 = 20_260_101;

/// Every hostile kind.
pub fn kinds() -> Result<Outcome, Failure> {
    Ok(outcome(runs::kinds()))
}

/// Mutants of the samples, as many of each format.
pub fn mutants() -> Result<Outcome, Failure> {
    let (seed, count) = (number("TORTURE_SEED", SEED)?, number("TORTURE_MUTANTS", MUTANTS)?);
    Ok(outcome(runs::mutants(&mutate::samples(), seed, count)))
}

/// Writes kinds or mutants into a folder, as the arguments of the program say.
pub fn write(arguments: &[String]) -> Result<(), Failure> {
    match arguments {
        [write, folder] if write == "write" => write_kinds(Path::new(folder)),
        [write, folder, seed, first, end] if write == "write" => {
            let (samples, folder) = (mutate::samples(), Path::new(folder));
            for number in first.parse()?..end.parse()? {
                let (extension, bytes) = samples.mutant(seed.parse()?, number);
                std::fs::write(folder.join(format!("{number:06}.{extension}")), bytes)?;
            }
            Ok(())
        }
        _ => Err("wanted no arguments, or: write FOLDER [SEED FIRST END]".into()),
    }
}

fn write_kinds(folder: &Path) -> Result<(), Failure> {
    for (number, kind) in hostile::all().into_iter().enumerate() {
        let path = folder.join(format!("{number:03}.{}", kind.extension));
        println!("{}  {}", path.display(), kind.name);
        std::fs::write(path, kind.bytes)?;
    }
    Ok(())
}

fn outcome(tally: runs::Tally) -> Outcome {
    Outcome {
        count: tally.files,
        result: tally.to_string(),
        faults: tally.wrong,
    }
}
