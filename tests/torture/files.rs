//! G10 and G11: files made to harm their reader, and honest ones spoilt at random.

use ducha_tests::hostile::mutate;
use ducha_tests::hostile::runs::{self, Tally};

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

fn outcome(tally: Tally) -> Outcome {
    Outcome {
        count: tally.files,
        result: tally.to_string(),
        faults: tally.wrong,
    }
}
