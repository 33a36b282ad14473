//! Which petitions are asked for.

use diesel::Connection;
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};

use crate::db::Db;
use crate::page::DateSpan;
use crate::reach::Reach;
use crate::schema::{handlings, petitions};

/// A city has up to 20 divisions.
const FEW_DIVISIONS: usize = 32;

/// Which petitions are asked for. Conditions are joined by "and"; an empty one asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PetitionFilter {
    /// A part is one of these divisions'. Codes match exactly: the caller names every division below as well.
    pub divisions: Vec<String>,
    /// Batches of the handover, counted from 1.
    pub batches: Vec<i32>,
    /// [`crate::codes::Channel`]s.
    pub channels: Vec<i16>,
    /// Bits of [`crate::codes::PollutionKind`]s: the petition names any of them. 0 asks for all.
    pub pollution_kinds: i32,
    /// [`crate::codes::Conclusion`]s of the whole.
    pub conclusions: Vec<i16>,
    /// [`crate::codes::Substantiated`]s of the whole.
    pub substantiated: Vec<i16>,
    /// Marked as a key case, or not.
    pub key_case: Option<bool>,
    /// Day the inspection received it.
    pub received: DateSpan,
    /// Day the last part was concluded.
    pub concluded: DateSpan,
    /// Stands in the complaint, or in a part's investigation, handling, measures or latest progress; see
    /// [`crate::search`].
    pub text: Option<String>,
}

pub(super) type Query<'a> = petitions::BoxedQuery<'a, <Db as Connection>::Backend>;

impl PetitionFilter {
    /// Narrows `query` to what is in reach and asked for, all but the text.
    ///
    /// `inspection` and `after` are the query's own. A stored part is assigned or reported, so that every row of a division counts.
    pub(super) fn narrow<'a>(
        &'a self,
        mut query: Query<'a>,
        reach: &'a Reach,
        inspection: &'a str,
        after: &'a str,
    ) -> Query<'a> {
        query = self.of_divisions(query, reach, inspection, after);
        if !self.batches.is_empty() {
            query = query.filter(petitions::batch.eq_any(&self.batches));
        }
        if !self.channels.is_empty() {
            query = query.filter(petitions::channel.eq_any(&self.channels));
        }
        if self.pollution_kinds != 0 {
            // Diesel has no bit operator for the multi type; both databases write it like this.
            query = query.filter(
                sql::<Bool>("(petitions.pollution_kinds & ")
                    .bind::<Integer, _>(self.pollution_kinds)
                    .sql(") <> 0"),
            );
        }
        if !self.conclusions.is_empty() {
            query = query.filter(petitions::conclusion.eq_any(&self.conclusions));
        }
        if !self.substantiated.is_empty() {
            query = query.filter(petitions::substantiated.eq_any(&self.substantiated));
        }
        if let Some(key_case) = self.key_case {
            query = query.filter(petitions::key_case.eq(key_case));
        }
        self.between_dates(query)
    }

    /// Few divisions: their parts, which are a short range of the index. Many, so that most records have a part of one:
    /// record by record, until the page is full.
    fn of_divisions<'a>(
        &'a self,
        query: Query<'a>,
        reach: &'a Reach,
        inspection: &'a str,
        after: &'a str,
    ) -> Query<'a> {
        let Some(wanted) = reach.narrowed(&self.divisions) else {
            return query;
        };
        let few = wanted.len() <= FEW_DIVISIONS;
        let parts = handlings::table
            .filter(handlings::inspection_id.eq(inspection))
            .filter(handlings::division.eq_any(wanted.clone()));
        if self.divisions.is_empty() && reach.is_provincial() {
            // What the province's list assigns to nobody yet is the province's.
            let assigned = exists(parts.filter(handlings::number.eq(petitions::number)));
            return query.filter(petitions::owner.eq_any(wanted).or(assigned));
        }
        if few {
            query.filter(petitions::number.eq_any(parts.filter(handlings::number.gt(after)).select(handlings::number)))
        } else {
            query.filter(exists(parts.filter(handlings::number.eq(petitions::number))))
        }
    }

    fn between_dates<'a>(&'a self, mut query: Query<'a>) -> Query<'a> {
        if let Some(first) = self.received.first {
            query = query.filter(petitions::received_on.ge(first));
        }
        if let Some(last) = self.received.last {
            query = query.filter(petitions::received_on.le(last));
        }
        if let Some(first) = self.concluded.first {
            query = query.filter(petitions::concluded_on.ge(first));
        }
        if let Some(last) = self.concluded.last {
            query = query.filter(petitions::concluded_on.le(last));
        }
        query
    }
}
