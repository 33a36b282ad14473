//! The account: a province's public report, from figures and templates to files.
//!
//! A template is Markdown in which figures are called by name ([`engine`]); what a figure counts is an [`asked::Asked`], its
//! value comes from the facts of a day ([`evaluate`]). [`parse`] reads the rendered Markdown into the blocks of a [`document`],
//! and [`render`] writes the document as Markdown, HTML, DOCX or XLSX.

pub mod asked;
pub mod build;
pub mod document;
pub mod engine;
pub mod evaluate;
mod number;
pub mod parse;
pub mod records;
pub mod render;
mod text;
