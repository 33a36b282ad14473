//! Petitions and handlings as they are read: everything but the hashes, which only the merge compares.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{HandlingContent, PetitionWording};

/// One petition. Its state is derived from its parts.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Petition {
    /// The inspection it belongs to.
    pub inspection_id: String,
    /// Number the inspection gave it.
    pub number: String,
    /// What it is about.
    pub wording: PetitionWording,
    /// The province's list has it.
    pub registered: bool,
    /// Division whose ledger the wording is from.
    pub owner: String,
    /// [`crate::codes::Conclusion`] of the part that has come least far.
    pub conclusion: i16,
    /// [`crate::codes::Substantiated`]; absent if unknown or contradictory.
    pub substantiated: Option<i16>,
    /// One part says that it is not so, another that it is.
    pub contradictory: bool,
    /// Day the last part was concluded, once every part is concluded and dated.
    pub concluded_on: Option<NaiveDate>,
    /// Reporting date of the ledger the wording is from.
    pub reported_on: NaiveDate,
    /// Counted from 1, raised whenever it or a part of it changes.
    pub version: i64,
    /// Import the wording is from; empty where that is out of reach.
    pub import_id: String,
    /// Sheet of that import.
    pub sheet: String,
    /// Row of that sheet, counted from 1.
    pub row_number: i64,
    /// When it or a part of it last changed, UTC.
    pub updated_at_utc: NaiveDateTime,
}

/// One division's part in one petition.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Handling {
    /// The petition.
    pub number: String,
    /// Code of the division.
    pub division: String,
    /// Given to it by the province's list, or named by another division.
    pub assigned: bool,
    /// The division has reported; without that the content is empty.
    pub reported: bool,
    /// What it reports.
    pub content: HandlingContent,
    /// Reporting date of the ledger it is from.
    pub reported_on: NaiveDate,
    /// Counted from 1.
    pub version: i64,
    /// The version at which its content was written: an undo brings the old one back, while the version rises.
    pub edition: i64,
    /// Import it is from.
    pub import_id: String,
    /// Sheet of that import.
    pub sheet: String,
    /// Row of that sheet, counted from 1.
    pub row_number: i64,
}

/// A petition and all its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PetitionWithParts {
    /// The petition.
    pub petition: Petition,
    /// Its parts, by division code.
    pub handlings: Vec<Handling>,
}

/// The columns of [`Petition`], in its order.
macro_rules! petition_row {
    () => {
        (
            petitions::inspection_id,
            petitions::number,
            wording_columns!(petitions),
            petitions::registered,
            petitions::owner,
            petitions::conclusion,
            petitions::substantiated,
            petitions::contradictory,
            petitions::concluded_on,
            petitions::reported_on,
            petitions::version,
            petitions::import_id,
            petitions::sheet,
            petitions::row_number,
            petitions::updated_at_utc,
        )
    };
}

/// The columns of [`Handling`], in its order.
macro_rules! handling_row {
    () => {
        (
            handlings::number,
            handlings::division,
            handlings::assigned,
            handlings::reported,
            handling_columns!(handlings),
            handlings::reported_on,
            handlings::version,
            handlings::edition,
            handlings::import_id,
            handlings::sheet,
            handlings::row_number,
        )
    };
}

pub(super) use {handling_row, petition_row};
