//! Numbers that point at other rows: the petition one was merged into or repeats, the task one is part of.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::across::RowId;
use super::plan::Field;

/// Numbers of a path that a message names.
const MOST_SHOWN: usize = 8;

/// Rows that point. Few do, so the numbers themselves are kept.
#[derive(Debug, Default)]
pub(super) struct Pointers(Vec<Pointer>);

/// A row and the number it points at.
#[derive(Debug, Clone)]
pub(super) struct Pointer {
    pub id: RowId,
    pub field: Field,
    pub from: String,
    pub to: String,
}

/// A row that leads back to itself.
pub(super) struct Circle {
    pub pointer: Pointer,
    /// The numbers on the way, the row's own first and last.
    pub path: String,
}

impl Pointers {
    pub fn add(&mut self, id: RowId, field: Field, from: &str, to: Option<&str>) {
        if let Some(to) = to {
            self.0.push(Pointer {
                id,
                field,
                from: from.to_owned(),
                to: to.to_owned(),
            });
        }
    }

    /// Every row that can be reached again from itself, each once, in the order of the file.
    pub fn circles(&self) -> Vec<Circle> {
        let mut found = Vec::new();
        for field in [Field::MergedInto, Field::DuplicateOf, Field::Parent] {
            let pointers: Vec<&Pointer> = self.0.iter().filter(|pointer| pointer.field == field).collect();
            let next: HashMap<&str, &str> = pointers
                .iter()
                .map(|pointer| (pointer.from.as_str(), pointer.to.as_str()))
                .collect();
            let round = on_circles(&next);
            let mut told = HashSet::new();
            for pointer in pointers {
                if round.contains(pointer.from.as_str()) && told.insert(pointer.from.as_str()) {
                    found.push(Circle {
                        pointer: pointer.clone(),
                        path: path(&next, &pointer.from),
                    });
                }
            }
        }
        found.sort_by_key(|circle| circle.pointer.id);
        found
    }

    /// Rows that point at a number which is not `known`.
    pub fn nowhere(self, known: impl Fn(&str) -> bool) -> impl Iterator<Item = Pointer> {
        let petitions = |pointer: &Pointer| pointer.field != Field::Parent;
        self.0
            .into_iter()
            .filter(move |pointer| petitions(pointer) && !known(&pointer.to))
    }
}

/// Numbers on a circle. Each number is walked over once, so that long chains cost no more than their length.
fn on_circles<'a>(next: &HashMap<&'a str, &'a str>) -> BTreeSet<&'a str> {
    let (mut done, mut round) = (HashSet::new(), BTreeSet::new());
    for start in next.keys() {
        let (mut way, mut at) = (Vec::new(), *start);
        let mut here = HashSet::new();
        while !done.contains(at) && here.insert(at) {
            way.push(at);
            match next.get(at) {
                Some(to) => at = to,
                None => break,
            }
        }
        if here.contains(at)
            && next.contains_key(at)
            && let Some(from) = way.iter().position(|number| *number == at)
        {
            round.extend(&way[from..]);
        }
        done.extend(here);
    }
    round
}

fn path(next: &HashMap<&str, &str>, start: &str) -> String {
    let (mut shown, mut at) = (vec![start], start);
    while let Some(to) = next.get(at) {
        if shown.len() == MOST_SHOWN {
            shown.push("…");
            shown.push(start);
            break;
        }
        shown.push(to);
        at = to;
        if at == start {
            break;
        }
    }
    shown.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(pairs: &[(&str, &str)]) -> Vec<(u32, String)> {
        let mut pointers = Pointers::default();
        for (row, (from, to)) in (1..).zip(pairs) {
            pointers.add(RowId::new(0, row), Field::Parent, from, Some(to));
        }
        let told = pointers.circles().into_iter();
        told.map(|circle| (circle.pointer.id.row(), circle.path)).collect()
    }

    #[test]
    fn rows_on_a_circle_are_told_and_rows_that_lead_into_one_are_not() {
        assert_eq!(circles(&[("a", "b"), ("b", "c"), ("d", "e")]), []);
        assert_eq!(circles(&[("a", "a")]), [(1, "a → a".to_owned())]);
        assert_eq!(
            circles(&[("x", "a"), ("a", "b"), ("b", "a")]),
            [(2, "a → b → a".to_owned()), (3, "b → a → b".to_owned())]
        );
    }

    #[test]
    fn a_long_circle_is_shortened() {
        let names: Vec<String> = (0..20).map(|number| number.to_string()).collect();
        let pairs: Vec<(&str, &str)> = (0..20)
            .map(|at| (names[at].as_str(), names[(at + 1) % 20].as_str()))
            .collect();
        let told = circles(&pairs);
        assert_eq!(
            (told.len(), told[0].1.as_str()),
            (20, "0 → 1 → 2 → 3 → 4 → 5 → 6 → 7 → … → 0")
        );
    }
}
