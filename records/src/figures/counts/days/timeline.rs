//! What one petition counts from which day on: that follows from what divisions have said of it.
//!
//! As to its state, what was said last holds of what had come true by then: a conclusion comes true on its own day, anything
//! else when it is first said. As to what was done, what was said last holds.

use std::collections::BTreeSet;

use chrono::NaiveDate;

/// The counts of measures, in the order of `counts::SUMS` behind `parts` and `reported`.
pub(super) const MEASURES: usize = 8;

/// What petitions are told apart by, whatever is said of them; values as in `petition_counts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Handed {
    pub batch: i32,
    pub channel: i16,
    pub key_case: bool,
    pub pollution_kinds: i32,
}

impl Handed {
    /// What is not said has a value of its own in keys.
    pub fn of(batch: Option<i32>, channel: Option<i16>, key_case: bool, pollution_kinds: i32) -> Self {
        Self {
            batch: batch.unwrap_or(-1),
            channel: channel.unwrap_or(0),
            key_case,
            pollution_kinds,
        }
    }
}

/// The state of a petition in an area; values as in `petition_count_days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct State {
    pub conclusion: i16,
    pub substantiated: i16,
    pub contradictory: bool,
}

/// What a petition counts as that came in, whatever is said of it.
pub(super) const COME_IN: State = State::plain(-1, -1);
/// Its state before anything is said. It is not kept: what came in and is in no other state is in this one.
const OPEN: State = State::plain(0, -1);

impl State {
    const fn plain(conclusion: i16, substantiated: i16) -> Self {
        Self {
            conclusion,
            substantiated,
            contradictory: false,
        }
    }

    /// The state that follows from parts, as in `petition_states.sql`.
    fn of(parts: impl Iterator<Item = (i16, Option<i16>)> + Clone) -> Self {
        let conclusion = parts.clone().map(|(conclusion, _)| conclusion).min();
        let verdicts = parts.filter_map(|(_, substantiated)| substantiated);
        let (least, most) = (verdicts.clone().min(), verdicts.max());
        let contradictory = least.is_some_and(|least| least < NOT) && most == Some(NOT);
        Self {
            conclusion: conclusion.unwrap_or(OPEN.conclusion),
            substantiated: most.filter(|_| !contradictory).unwrap_or(-1),
            contradictory,
        }
    }
}

/// `codes::Substantiated::No`.
const NOT: i16 = 3;

/// What a division said of its part.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// Reporting date of the ledger that said it first.
    pub since_on: NaiveDate,
    pub conclusion: i16,
    pub concluded_on: Option<NaiveDate>,
    pub substantiated: Option<i16>,
    pub measures: [i64; MEASURES],
}

impl Said {
    /// The day from which on the state is what it says.
    fn true_on(&self) -> NaiveDate {
        self.concluded_on
            .filter(|_| self.conclusion >= CONCLUDED)
            .unwrap_or(self.since_on)
    }
}

/// `codes::Conclusion::Concluded`.
const CONCLUDED: i16 = 2;

/// From when until when a part was in a state; before the first one nothing is said.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: NaiveDate,
    until: Option<NaiveDate>,
    state: (i16, Option<i16>),
}

/// The states of a part that said this, in the order of `since_on`.
fn spans(said: &[Said]) -> impl Iterator<Item = Span> + '_ {
    let mut until = None;
    said.iter().rev().filter_map(move |said| {
        let from = said.true_on();
        let ends = until;
        ends.is_none_or(|ends| from < ends).then(|| {
            until = Some(from);
            Span {
                from,
                until: ends,
                state: (said.conclusion, said.substantiated),
            }
        })
    })
}

/// Tells from which day on how many petitions more or less are in a state: of a petition with one part, that came in on
/// this day.
pub(super) fn alone(come_in: NaiveDate, said: &[Said], mut tell: impl FnMut(State, NaiveDate, i64)) {
    tell(COME_IN, come_in, 1);
    for span in spans(said) {
        let span = Span {
            from: span.from.max(come_in),
            ..span
        };
        told(span.from, span.until, State::of(std::iter::once(span.state)), &mut tell);
    }
}

/// The same of a petition that has these parts in an area.
pub(super) fn together(come_in: NaiveDate, parts: &[&[Said]], mut tell: impl FnMut(State, NaiveDate, i64)) {
    tell(COME_IN, come_in, 1);
    let parts: Vec<Vec<Span>> = parts.iter().map(|said| spans(said).collect()).collect();
    let days: BTreeSet<NaiveDate> = parts
        .iter()
        .flatten()
        .map(|span| span.from.max(come_in))
        .chain([come_in])
        .collect();
    let until = days.iter().skip(1).copied().map(Some).chain([None]);
    for (from, until) in days.iter().copied().zip(until) {
        let of_part = |spans: &Vec<Span>| {
            let then = |span: &&Span| span.from <= from && span.until.is_none_or(|until| from < until);
            spans
                .iter()
                .find(then)
                .map_or((OPEN.conclusion, None), |span| span.state)
        };
        told(from, until, State::of(parts.iter().map(of_part)), &mut tell);
    }
}

fn told(from: NaiveDate, until: Option<NaiveDate>, state: State, tell: &mut impl FnMut(State, NaiveDate, i64)) {
    if state == OPEN || until.is_some_and(|until| until <= from) {
        return;
    }
    tell(state, from, 1);
    if let Some(until) = until {
        tell(state, until, -1);
    }
}

/// Tells from which day on a part counts what was done, and from which day on no more (-1).
pub(super) fn measures(come_in: NaiveDate, said: &[Said], mut tell: impl FnMut(&[i64; MEASURES], NaiveDate, i64)) {
    let until = said.iter().skip(1).map(|next| Some(next.since_on)).chain([None]);
    for (said, until) in said.iter().zip(until) {
        let from = said.since_on.max(come_in);
        if until.is_some_and(|until| until <= from) {
            continue;
        }
        tell(&said.measures, from, 1);
        if let Some(until) = until {
            tell(&said.measures, until, -1);
        }
    }
}
