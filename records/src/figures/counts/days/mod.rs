//! Counts of petitions by day: what each day changes, so that the figures of any day are a sum.
//!
//! A petition is counted from the day it came in, and in each state from the day it comes into it ([`timeline`]); both
//! follow from the records as they are. So its days are taken off before it changes and added afterwards, as the counts of the
//! present are. Most petitions have one part, which counts alike in all areas that its division belongs to: it is gathered once,
//! for its division, and told apart by area and by grain when it is stored. What several divisions share is gathered by area.

mod apply;
mod check;
mod load;
mod read;
mod timeline;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

pub(super) use apply::clear;
pub(crate) use apply::{MeasureDay, PetitionDay};
pub(super) use check::check;
pub(super) use load::{numbers, of};
pub(in crate::figures) use read::{measures, petitions};
pub(crate) use timeline::{Handed, Said};

use super::{CountArea, SUMS, WHOLE};
use timeline::{MEASURES, State};

/// Changes that are held in memory: some 20 MB.
const MOST: usize = 100_000;

/// A petition as its days follow from it.
#[derive(Debug, Clone)]
pub(crate) struct Petition {
    pub handed: Handed,
    /// The day from which on it counts.
    pub come_in: NaiveDate,
    pub parts: Vec<Part>,
}

/// What one division said of it, in the order of `since_on`; nothing: it is assigned only.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub division: String,
    pub said: Vec<Said>,
}

/// The place, the day, what is told apart.
type PetitionKey = (u32, NaiveDate, Handed, State);
type MeasureKey = (u32, NaiveDate, Handed);

/// Changes by day as they come together. Places are divisions, or areas as `place` names them.
#[derive(Debug, Default)]
pub(crate) struct DayCounts {
    places: Vec<String>,
    ids: HashMap<String, u32>,
    petitions: HashMap<PetitionKey, i64>,
    measures: HashMap<MeasureKey, [i64; SUMS.len()]>,
}

/// Which areas the parts of each division count for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    of: BTreeMap<String, Vec<String>>,
    /// Where petitions count that no division has a part in.
    province: String,
}

/// The name of an area as a place by itself.
pub(super) fn place(scope: i16, area: &str) -> String {
    format!("{scope} {area}")
}

impl Places {
    /// From the areas of all divisions, within a province.
    pub fn new(areas: &[CountArea], province: &str) -> Self {
        let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for area in areas {
            let place = place(area.scope, &area.area);
            of.entry(area.code.clone()).or_default().push(place);
        }
        Self {
            of,
            province: place(WHOLE, province),
        }
    }
}

impl DayCounts {
    /// Whether they had better be staged.
    pub fn are_many(&self) -> bool {
        self.petitions.len() + self.measures.len() > MOST
    }

    /// Counts a petition, `sign` times.
    pub fn count(&mut self, petition: &Petition, sign: i64, places: &Places) {
        let Petition { handed, come_in, parts } = petition;
        match parts.as_slice() {
            [] => {
                let province = self.place(&places.province);
                timeline::together(*come_in, &[], |state, day, n| {
                    self.petition((province, day, *handed, state), sign * n);
                });
            }
            [part] => return self.alone(*handed, *come_in, (&part.division, &part.said), sign),
            parts => {
                for (area, parts) in by_area(parts, places) {
                    let area = self.place(area);
                    timeline::together(*come_in, &parts, |state, day, n| {
                        self.petition((area, day, *handed, state), sign * n);
                    });
                }
            }
        }
        for part in parts {
            let division = self.place(&part.division);
            self.part((division, *handed), *come_in, &part.said, sign);
        }
    }

    /// Counts a petition that only one division has a part in.
    pub fn alone(&mut self, handed: Handed, come_in: NaiveDate, (division, said): (&str, &[Said]), sign: i64) {
        let place = self.place(division);
        timeline::alone(come_in, said, |state, day, n| {
            self.petition((place, day, handed, state), sign * n);
        });
        self.part((place, handed), come_in, said, sign);
    }

    fn part(&mut self, (place, handed): (u32, Handed), come_in: NaiveDate, said: &[Said], sign: i64) {
        let mut sums = [0; SUMS.len()];
        sums[0] = sign;
        self.measure((place, come_in, handed), &sums);
        timeline::measures(come_in, said, |measures, day, n| {
            let mut sums = [0; SUMS.len()];
            sums[1] = sign * n;
            for (sum, measure) in sums[2..].iter_mut().zip(measures) {
                *sum = sign * n * measure;
            }
            self.measure((place, day, handed), &sums);
        });
    }

    fn petition(&mut self, key: PetitionKey, petitions: i64) {
        *self.petitions.entry(key).or_default() += petitions;
    }

    fn measure(&mut self, key: MeasureKey, more: &[i64; SUMS.len()]) {
        let sums = self.measures.entry(key).or_default();
        for (sum, more) in sums.iter_mut().zip(more) {
            *sum += more;
        }
    }

    fn place(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = self.places.len() as u32;
        self.places.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        id
    }
}

/// What was said of a petition in each area that its parts count for.
fn by_area<'p>(parts: &'p [Part], places: &'p Places) -> BTreeMap<&'p str, Vec<&'p [Said]>> {
    let mut areas: BTreeMap<&str, Vec<&[Said]>> = BTreeMap::new();
    for part in parts {
        for area in places.of.get(&part.division).into_iter().flatten() {
            areas.entry(area).or_default().push(&part.said);
        }
    }
    areas
}

// What a part counts: itself, whether it is reported, and its measures.
const _: () = assert!(SUMS.len() == 2 + MEASURES);
