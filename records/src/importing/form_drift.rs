//! What changed in the columns of a form.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// A column as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column<'c> {
    /// Name of the field it feeds; empty for none.
    pub field: &'c str,
    /// Header as written.
    pub header: &'c str,
}

/// One change; columns by their positions in the old and in the new form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Drift {
    /// The old column is not there any more.
    Gone(usize),
    /// The new column was not there.
    Added(usize),
    /// The old column has another header.
    Renamed(usize, usize),
    /// The old column stands elsewhere among the others.
    Moved(usize, usize),
}

/// What changed from `old` to `new`. A column that no field takes is told of by its header alone, so here it only says
/// what became of the column that stood in its place.
pub(super) fn drift(old: &[Column<'_>], new: &[Column<'_>]) -> Vec<Drift> {
    let mut partner = vec![None; old.len()];
    let headers: [Vec<String>; 2] = [old, new].map(|form| form.iter().map(|column| folded(column.header)).collect());
    let same_header = |from: usize, to: usize| !headers[0][from].is_empty() && headers[0][from] == headers[1][to];
    let same_field = |from: usize, to: usize| !old[from].field.is_empty() && old[from].field == new[to].field;
    pair(&mut partner, new.len(), |from, to| {
        same_field(from, to) && same_header(from, to)
    });
    pair(&mut partner, new.len(), same_header);
    pair(&mut partner, new.len(), same_field);
    let moved = moved(&partner);
    let back = turned(&partner, new.len());
    let (left_then, left_now) = (lefts(&partner), lefts(&back));
    pair(&mut partner, new.len(), |from, to| {
        let unknown = old[from].field.is_empty() || new[to].field.is_empty();
        unknown && left_then[from] == left_now[to].and_then(|left| back[left])
    });
    let mut told = Vec::new();
    for (from, to) in partner.iter().enumerate() {
        match to {
            None if !old[from].field.is_empty() => told.push(Drift::Gone(from)),
            Some(to) if new[*to].field.is_empty() => {}
            Some(to) if headers[0][from] != headers[1][*to] => told.push(Drift::Renamed(from, *to)),
            Some(to) if moved.contains(to) => told.push(Drift::Moved(from, *to)),
            _ => {}
        }
    }
    let fresh = |to: &usize| !partner.contains(&Some(*to)) && !new[*to].field.is_empty();
    told.extend((0..new.len()).filter(fresh).map(Drift::Added));
    told
}

/// Pairs the columns that have no partner yet, from left to right.
fn pair(partner: &mut [Option<usize>], new: usize, is_same: impl Fn(usize, usize) -> bool) {
    let mut taken = vec![false; new];
    partner.iter().flatten().for_each(|to| taken[*to] = true);
    for (from, partner) in partner.iter_mut().enumerate().filter(|(_, partner)| partner.is_none()) {
        *partner = (0..new).find(|to| !taken[*to] && is_same(from, *to));
        partner.iter().for_each(|to| taken[*to] = true);
    }
}

fn turned(partner: &[Option<usize>], new: usize) -> Vec<Option<usize>> {
    let mut turned = vec![None; new];
    for (from, to) in partner.iter().enumerate() {
        to.iter().for_each(|to| turned[*to] = Some(from));
    }
    turned
}

/// The nearest column with a partner to the left of each.
fn lefts(partner: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut last = None;
    let left = |(at, partner): (usize, &Option<usize>)| {
        let before = last;
        if partner.is_some() {
            last = Some(at);
        }
        before
    };
    partner.iter().enumerate().map(left).collect()
}

/// The new columns that must be taken out so that the others stand in their old order: as few as can be.
fn moved(partner: &[Option<usize>]) -> Vec<usize> {
    let order: Vec<usize> = partner.iter().flatten().copied().collect();
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(order.len());
    for at in 0..order.len() {
        let before = (0..at).filter(|before| order[*before] < order[at]);
        let longest = before.max_by_key(|before| best[*before].0);
        best.push((longest.map_or(1, |before| best[before].0 + 1), longest));
    }
    let mut stays = vec![false; order.len()];
    let mut at = (0..best.len()).max_by_key(|at| best[*at].0);
    while let Some(here) = at {
        stays[here] = true;
        at = best[here].1;
    }
    let kept: HashMap<usize, bool> = order.iter().copied().zip(stays).collect();
    order.into_iter().filter(|to| !kept[to]).collect()
}

/// A header by its letters and digits: widths, case, blanks, stars and punctuation are no change.
pub(super) fn folded(header: &str) -> String {
    header
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Drift::{Added, Gone, Moved, Renamed};
    use super::*;

    type Form<'f> = &'f [(&'f str, &'f str)];

    const FORM: Form<'_> = &[
        ("number", "编号"),
        ("complaint", "内容"),
        ("units", "单位"),
        ("", "经办人"),
    ];

    fn told(old: Form<'_>, new: Form<'_>) -> Vec<Drift> {
        let [old, new] = [old, new].map(|form| {
            let columns = form.iter().map(|(field, header)| Column { field, header });
            columns.collect::<Vec<_>>()
        });
        drift(&old, &new)
    }

    #[test]
    fn a_form_that_is_only_spaced_otherwise_is_the_same() {
        let spaced = &[
            ("number", "＊编 号"),
            ("complaint", "内容："),
            ("units", "单位"),
            ("", "经办人"),
        ];
        assert_eq!((told(FORM, FORM), told(FORM, spaced)), (Vec::new(), Vec::new()));
    }

    #[test]
    fn what_came_went_and_has_another_name_is_told() {
        let new = &[
            ("number", "受理编号"),
            ("division", "区县"),
            ("complaint", "内容"),
            ("", "经办人"),
        ];
        assert_eq!(told(FORM, new), [Renamed(0, 0), Gone(2), Added(1)]);
    }

    #[test]
    fn as_few_columns_as_can_be_have_moved_and_those_that_make_room_have_not() {
        let new = &[
            ("batch", "批次"),
            ("units", "单位"),
            ("number", "编号"),
            ("complaint", "内容"),
        ];
        assert_eq!(told(FORM, new), [Moved(2, 1), Added(0)]);
    }

    #[test]
    fn a_header_that_no_field_takes_is_told_of_by_its_own_rule_alone() {
        let misspelt = &[("number", "编号"), ("", "内荣"), ("units", "单位"), ("", "电话")];
        assert_eq!(told(FORM, misspelt), []);
        let understood = &[
            ("number", "编号"),
            ("complaint", "内容"),
            ("units", "单位"),
            ("remarks", "备注"),
        ];
        assert_eq!(told(FORM, understood), [Renamed(3, 3)]);
    }

    #[test]
    fn several_columns_of_one_field_are_told_apart_by_their_headers() {
        let old = &[("measures", "整改措施"), ("measures", "整改目标")];
        let new = &[("measures", "整改目标"), ("measures", "整改措施（二）")];
        assert_eq!(told(old, new), [Renamed(0, 1)]);
    }
}
