//! The 2,307 petitions of the inspection, their assigned divisions and what each division made of them.

use chrono::{Days, NaiveDate};

use crate::divisions::{COUNTIES, index_of};
use crate::measures;
use crate::model::{Conclusion, Handling, KINDS, Measures, Petition, Role, Substantiated};
use crate::plan::{Layout, OF_THE_PREFECTURE, PLANS, SHEET_BATCHES};
use crate::rng::Rng;
use crate::texts::Writer;

/// Distinct petitions handed over.
pub const PETITIONS: usize = 2307;
/// Petitions of which every part is concluded.
pub const CONCLUDED: usize = 2291;
/// Batches, one a day.
const BATCHES: u32 = 30;
/// Petitions for which two divisions answer, beside the four that are planned by hand.
const SHARED: usize = 66;

/// The date in the numbers of batch 1.
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 12, 6).unwrap_or_default()
}

/// Parts that are open, staged or odd: the county, how far it is, and why. One petition each.
const SINGLE: [(&str, Conclusion, Role); 12] = [
    ("520102", Conclusion::Open, Role::Plain),
    ("520382", Conclusion::Open, Role::Plain),
    ("522601", Conclusion::Open, Role::Plain),
    ("522301", Conclusion::Open, Role::OpenWithDate),
    ("520502", Conclusion::Staged, Role::Plain),
    ("520103", Conclusion::Staged, Role::Plain),
    ("522702", Conclusion::Staged, Role::Plain),
    ("520281", Conclusion::Unreported, Role::LargelyDone),
    ("522301", Conclusion::Unreported, Role::LooselyTrue),
    ("520602", Conclusion::Unreported, Role::Twice),
    ("522301", Conclusion::Unreported, Role::NoYear),
    ("520304", Conclusion::Unreported, Role::ErrorValue),
];

/// Petitions that one county has concluded and the other has not.
const HALF_DONE: [(&str, Role, &str, Conclusion); 4] = [
    ("520281", Role::MonthOnly("2022.03"), "520204", Conclusion::Staged),
    ("520304", Role::MonthOnly("2022年3月"), "520302", Conclusion::Open),
    ("522301", Role::MonthOnly("2022年3月底"), "522302", Conclusion::Staged),
    ("520602", Role::Plain, "520603", Conclusion::Open),
];

/// The county that says the opposite of what the other says. Its ledger is imported second, so it gets the finding.
const CONTRADICTS: &str = "520603";

/// Numbers that follow no known form, in the register as in the ledger of 520602.
const FOREIGN_NUMBERS: [&str; 3] = ["GZXF20211215031", "GZXF20211219007", "ZDJ2021122402"];

/// Everything the inspection handed over.
pub fn build(seed: u64) -> Vec<Petition> {
    let mut rng = Rng::new(seed);
    let mut writer = Writer::new(seed ^ 0x5EED);
    let mut petitions = numbered(&mut rng, &mut writer);
    share(&mut petitions, &mut rng);
    set_apart(&mut petitions);
    measures::spread(&mut petitions, &mut rng);
    write_texts(&mut petitions, &mut writer);
    petitions
}

/// Petitions with number, day and one county each; as many for a county as its weight asks.
fn numbered(rng: &mut Rng, writer: &mut Writer) -> Vec<Petition> {
    let mut days: Vec<u32> = (0..PETITIONS as u32).map(|at| at % BATCHES + 1).collect();
    // Some days are busier than others.
    for _ in 0..220 {
        let at = rng.below(days.len());
        days[at] = 6 + rng.below(14) as u32;
    }
    days.sort_unstable();
    let counties = counties_by_weight(&days, rng);
    let mut serials = [[0_u32; 2]; BATCHES as usize + 1];
    let petitions = days.iter().zip(counties);
    petitions
        .map(|(&batch, county)| {
            let by_phone = rng.chance(58);
            let serial = &mut serials[batch as usize][usize::from(by_phone)];
            *serial += 1;
            let received_on = first_day() + Days::new(u64::from(batch) - 1);
            let letter = if by_phone { 'D' } else { 'X' };
            let kinds = some_kinds(rng);
            Petition {
                number: format!("{letter}2GZ{}{serial:04}", received_on.format("%Y%m%d")),
                received_on,
                batch,
                by_phone,
                key: rng.chance(6),
                scene: writer.scene(COUNTIES[county].name, kinds[0], received_on),
                kinds,
                complaint: String::new(),
                parts: vec![part(county, received_on, rng)],
            }
        })
        .collect()
}

fn some_kinds(rng: &mut Rng) -> Vec<usize> {
    let weighted = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11];
    let mut kinds = vec![rng.pick(&weighted)];
    if rng.chance(25) {
        kinds.push(rng.below(KINDS.len()));
    }
    if rng.chance(4) {
        kinds.push(rng.below(KINDS.len()));
    }
    let mut distinct = Vec::new();
    for kind in kinds {
        if !distinct.contains(&kind) {
            distinct.push(kind);
        }
    }
    distinct
}

/// One county for each petition. Counties with a sheet for each batch take from a few batches only, so they choose first.
fn counties_by_weight(days: &[u32], rng: &mut Rng) -> Vec<usize> {
    let total: usize = PLANS.iter().map(|plan| plan.weight).sum();
    let mut quotas: Vec<usize> = PLANS.iter().map(|plan| plan.weight * PETITIONS / total).collect();
    let missing = PETITIONS - quotas.iter().sum::<usize>();
    for at in 0..missing {
        quotas[at % PLANS.len()] += 1;
    }
    let mut chosen: Vec<Option<usize>> = vec![None; days.len()];
    let mut rest = Vec::new();
    for (plan, &quota) in PLANS.iter().zip(&quotas) {
        if plan.layout == Layout::PerBatch {
            let county = index_of(plan.code);
            for turn in 0..quota {
                let batch = SHEET_BATCHES[turn % SHEET_BATCHES.len()];
                if let Some(at) = (0..days.len()).find(|&at| days[at] == batch && chosen[at].is_none()) {
                    chosen[at] = Some(county);
                }
            }
        } else if plan.code == "520400" {
            rest.extend((0..quota).map(|turn| index_of(OF_THE_PREFECTURE[turn % OF_THE_PREFECTURE.len()])));
        } else {
            rest.extend(std::iter::repeat_n(index_of(plan.code), quota));
        }
    }
    rng.shuffle(&mut rest);
    let mut rest = rest.into_iter();
    chosen
        .into_iter()
        .map(|county| county.or_else(|| rest.next()).unwrap_or_default())
        .collect()
}

/// A part that is concluded like nearly all of them; the texts come last.
fn part(county: usize, received_on: NaiveDate, rng: &mut Rng) -> Handling {
    let verdicts = [
        Substantiated::Yes,
        Substantiated::Largely,
        Substantiated::Partly,
        Substantiated::No,
    ];
    let substantiated = verdicts[rng.pick(&[0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3])];
    let days = if rng.chance(80) {
        rng.between(6, 75)
    } else {
        rng.between(76, 480)
    };
    Handling {
        role: Role::Plain,
        county,
        substantiated,
        conclusion: if rng.chance(18) {
            Conclusion::Closed
        } else {
            Conclusion::Concluded
        },
        concluded_on: Some(received_on + Days::new(days as u64)),
        measures: Measures::default(),
        investigation: String::new(),
        handling: String::new(),
        accountability: String::new(),
        unit: String::new(),
    }
}

/// Gives some petitions a second division, which agrees on the verdict.
fn share(petitions: &mut [Petition], rng: &mut Rng) {
    let takers: Vec<usize> = PLANS
        .iter()
        .filter(|plan| plan.layout != Layout::PerBatch && plan.code != "520400")
        .map(|p| index_of(p.code))
        .collect();
    let mut shared = 0;
    while shared < SHARED {
        let (at, county) = (rng.below(petitions.len()), rng.pick(&takers));
        let petition = &mut petitions[at];
        if petition.parts.len() == 1 && petition.parts[0].county != county {
            let mut second = part(county, petition.received_on, rng);
            second.substantiated = petition.parts[0].substantiated;
            petition.parts.push(second);
            shared += 1;
        }
    }
}

/// The first petition from this batch on that only this county answers for and that is ordinary.
fn ordinary<'a>(
    petitions: &'a mut [Petition],
    code: &str,
    from: usize,
    wanted: impl Fn(&Petition) -> bool,
) -> &'a mut Petition {
    let county = index_of(code);
    let found = petitions
        .iter_mut()
        .filter(|petition| petition.batch as usize >= from)
        .find(|petition| {
            let part = &petition.parts[0];
            let plain =
                part.role == Role::Plain && part.conclusion.is_concluded() && part.measures == Measures::default();
            petition.parts.len() == 1 && part.county == county && plain && !petition.key && wanted(petition)
        });
    match found {
        Some(petition) => petition,
        None => panic!("no ordinary petition is left for {code}"),
    }
}

/// Makes exactly sixteen petitions open, and gives others the roles that their ledgers need.
fn set_apart(petitions: &mut [Petition]) {
    let proven = |petition: &Petition| petition.parts[0].substantiated == Substantiated::Yes;
    for (at, (code, conclusion, role)) in SINGLE.into_iter().enumerate() {
        let part = &mut ordinary(petitions, code, 2 + at * 2, proven).parts[0];
        (part.conclusion, part.role) = (conclusion, role);
        part.concluded_on = None;
    }
    for (at, (first, role, second, conclusion)) in HALF_DONE.into_iter().enumerate() {
        let petition = ordinary(petitions, first, 5 + at * 5, proven);
        petition.parts[0].role = role;
        let mut other = petition.parts[0].clone();
        (other.county, other.role, other.conclusion, other.concluded_on) =
            (index_of(second), Role::Plain, conclusion, None);
        if second == CONTRADICTS {
            (other.role, other.substantiated) = (Role::Contradicts, Substantiated::No);
        }
        petition.parts.push(other);
    }
    for at in 0..6 {
        ordinary(petitions, "520602", 1 + at * 3, proven).parts[0].role = Role::Pasted;
    }
    let part = &mut ordinary(petitions, "522301", 12, |petition| {
        petition.parts[0].substantiated == Substantiated::No
    })
    .parts[0];
    part.role = Role::DespiteNo;
    part.measures.interviewed = 1;
    for (number, batch) in FOREIGN_NUMBERS.iter().zip([10, 14, 19]) {
        ordinary(petitions, "520602", batch, |petition| {
            petition.number.starts_with(['D', 'X'])
        })
        .number = (*number).to_owned();
    }
}

fn write_texts(petitions: &mut [Petition], writer: &mut Writer) {
    let mut pasted: Option<String> = None;
    for petition in petitions {
        let (scene, kinds) = (petition.scene.clone(), petition.kinds.clone());
        petition.complaint = writer.complaint(&scene, &kinds);
        for part in &mut petition.parts {
            part.investigation = writer.investigation(&scene, &kinds, part.substantiated);
            part.handling = writer.handling(&scene, &kinds, part.substantiated, &part.measures);
            if part.role == Role::Pasted {
                part.handling = pasted.get_or_insert_with(|| part.handling.clone()).clone();
            }
            part.accountability = writer.accountability(part.measures.accountable);
            part.unit = writer.unit(COUNTIES[part.county].name);
        }
    }
}
