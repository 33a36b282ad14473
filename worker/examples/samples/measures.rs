//! Spreads the published counts of measures over the handlings, so that their sums come out exactly.

use crate::divisions::COUNTIES;
use crate::model::{Conclusion, Measures, Petition, Role, Substantiated};
use crate::plan::{OF_THE_PREFECTURE, PLANS, Plan};
use crate::rng::Rng;

/// The sums over all handlings: 989.8 ten thousand yuan is 989,800,000 fen.
pub const TOTALS: Measures = Measures {
    ordered: 802,
    penalised: 344,
    fine_fen: 989_800_000,
    criminal_cases: 20,
    admin_detained: 14,
    criminal_detained: 9,
    interviewed: 161,
    accountable: 86,
};

/// One yuan in fen.
const YUAN: i64 = 100;

/// The plan that reports for a county.
pub fn plan_of(county: usize) -> &'static Plan {
    let code = COUNTIES[county].code;
    let sender = if OF_THE_PREFECTURE.contains(&code) {
        "520400"
    } else {
        code
    };
    match PLANS.iter().find(|plan| plan.code == sender) {
        Some(plan) => plan,
        None => panic!("{code} has no plan"),
    }
}

/// Puts counts into ordinary parts whose ledger has columns for them.
pub fn spread(petitions: &mut [Petition], rng: &mut Rng) {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, petition) in petitions.iter().enumerate() {
        for (which, part) in petition.parts.iter().enumerate() {
            let counts = part.role == Role::Plain && part.conclusion != Conclusion::Unreported;
            if counts && part.substantiated != Substantiated::No && plan_of(part.county).layout.has_measures() {
                places.push((at, which));
            }
        }
    }
    rng.shuffle(&mut places);
    let mut order: Vec<i64> = Vec::new();
    while order.iter().sum::<i64>() < TOTALS.ordered {
        let left = TOTALS.ordered - order.iter().sum::<i64>();
        order.push(rng.pick(&[1, 1, 1, 1, 2, 3]).min(left));
    }
    for (&(at, which), &ordered) in places.iter().zip(&order) {
        petitions[at].parts[which].measures.ordered = ordered;
    }
    let ordered: Vec<(usize, usize)> = places[..order.len()].to_vec();
    give(petitions, &ordered, TOTALS.penalised, |measures, one| {
        measures.penalised += one
    });
    fine(petitions, &ordered, rng);
    let late = &places[places.len() / 3..];
    give(petitions, &late[5..25], TOTALS.criminal_cases, |measures, one| {
        measures.criminal_cases += one
    });
    give(petitions, &late[5..17], TOTALS.admin_detained, |measures, one| {
        measures.admin_detained += one
    });
    give(petitions, &late[12..20], TOTALS.criminal_detained, |measures, one| {
        measures.criminal_detained += one
    });
    // One interview stands in the row that is not substantiated.
    give(petitions, &late[30..140], TOTALS.interviewed - 1, |measures, one| {
        measures.interviewed += one
    });
    give(petitions, &late[100..152], TOTALS.accountable, |measures, one| {
        measures.accountable += one
    });
}

/// Adds one to each place in turn until `total` is given.
fn give(petitions: &mut [Petition], places: &[(usize, usize)], total: i64, add: impl Fn(&mut Measures, i64)) {
    for turn in 0..total as usize {
        let (at, which) = places[turn % places.len()];
        add(&mut petitions[at].parts[which].measures, 1);
    }
}

/// Fines for nine of ten penalised places: 5,000 to 60,000 yuan, the last one makes the sum.
fn fine(petitions: &mut [Petition], places: &[(usize, usize)], rng: &mut Rng) {
    let penalised = places
        .iter()
        .copied()
        .filter(|&(at, which)| petitions[at].parts[which].measures.penalised > 0);
    let fined: Vec<(usize, usize)> = penalised
        .enumerate()
        .filter(|(turn, _)| turn % 10 != 9)
        .map(|(_, place)| place)
        .collect();
    let mut fines: Vec<i64> = fined
        .iter()
        .map(|_| {
            if rng.chance(15) {
                rng.between(520, 5900) * 10 * YUAN
            } else {
                rng.between(10, 116) * 500 * YUAN
            }
        })
        .collect();
    let step = 500 * YUAN;
    let mut left = TOTALS.fine_fen - fines.iter().sum::<i64>();
    let mut turn = 0;
    while left.abs() >= step {
        let change = left.signum() * step;
        let place = turn % fines.len();
        if fines[place] + change >= 2000 * YUAN {
            fines[place] += change;
            left -= change;
        }
        turn += 1;
    }
    fines[0] += left;
    let to_the_fen: Vec<usize> = (1..fined.len())
        .filter(|&at| {
            plan_of(petitions[fined[at].0].parts[fined[at].1].county)
                .style()
                .money
                .is_yuan()
        })
        .take(2)
        .collect();
    if let [more, less] = to_the_fen[..] {
        fines[more] += 71;
        fines[less] -= 71;
    }
    for (&(at, which), &fen) in fined.iter().zip(&fines) {
        petitions[at].parts[which].measures.fine_fen = fen;
    }
}
