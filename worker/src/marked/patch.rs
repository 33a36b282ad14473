//! The county's own package with marks in it. Parts that are not marked are copied as they are packed, byte for byte; the
//! others are: the marked sheets with their relationships and notes, the styles, the workbook with its relationships, the
//! list of content types, and the summary.

mod sheets;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use self::sheets::Ready;
use super::book::Book;
use super::error::MarkError;
use super::marks::Marks;
use super::package::{Package, lower, relations_of};
use super::receipt::{Receipt, Remarks};
use super::styles::Styles;
use super::summary::{self, Summary};
use super::types::Types;
use super::xml::{RELATIONS, appended};
use crate::check::LedgerSheet;

/// Deflate's level. 1 doubles the size of a sheet, with which a copy might be too large to be sent back; 6 takes three
/// times as long for a tenth less.
const LEVEL: i64 = 3;
/// Folder of digital signatures, which no longer hold.
const SIGNATURES: &str = "_xmlsignatures/";

/// What a marked copy is made of.
pub(super) struct Source<'a> {
    pub original: &'a Path,
    pub marks: &'a Marks,
    pub ledgers: &'a [LedgerSheet],
    /// Our summaries of an earlier copy.
    pub summaries: &'a [Arc<str>],
    pub receipt: &'a Receipt<'a>,
    pub remarks: Remarks,
    /// Names that sheets have in the package, where they differ from those in the marks.
    pub names: &'a HashMap<String, String>,
    /// Merged blocks to add, by sheet.
    pub merges: &'a HashMap<String, Vec<String>>,
}

impl Source<'_> {
    fn name<'n>(&'n self, sheet: &'n str) -> &'n str {
        self.names.get(sheet).map_or(sheet, String::as_str)
    }
}

/// Writes the marked copy to `out`.
pub(super) fn write(source: &Source<'_>, out: &File) -> Result<(), MarkError> {
    let mut package = Package::open(source.original)?;
    let book = Book::read(&mut package)?;
    let related = |kind| book.related(kind).map(|relation| relation.target.clone());
    let styles_part = related("styles").ok_or_else(|| MarkError::malformed(&book.part, "it names no styles"))?;
    let styles = Styles::read(&styles_part, package.needed(&styles_part)?)?;
    let types = Types::read(package.needed(Types::PART)?)?;
    let calc_chain = related("calcChain");
    let copy = Copy {
        source,
        zip: ZipWriter::new(BufWriter::new(out.try_clone()?)).set_auto_large_file(),
        done: HashSet::new(),
        reserved: HashSet::new(),
        styles,
        types,
        remarks: source.remarks.clone(),
        package,
        book,
        calc_chain,
    };
    copy.all(&styles_part)
}

/// Where the summary goes.
struct SummaryPart {
    part: String,
    /// Name and relationship, if it is new.
    new: Option<(String, String)>,
}

type Out = ZipWriter<BufWriter<File>>;

struct Copy<'s, 'a> {
    source: &'s Source<'a>,
    package: Package,
    book: Book,
    styles: Styles,
    types: Types,
    zip: Out,
    /// Parts, in lower case, that are written already or are not to be written.
    done: HashSet<String>,
    /// Names given to new parts.
    reserved: HashSet<String>,
    remarks: Remarks,
    calc_chain: Option<String>,
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
}

impl Copy<'_, '_> {
    fn all(mut self, styles_part: &str) -> Result<(), MarkError> {
        let old = self.old_summary()?;
        let ready = self.ready()?;
        self.relate_nothing_twice(&ready)?;
        // The list of types stands first, where programs that look at a file's first bytes want it.
        self.unsign()?;
        if ready.iter().any(Ready::loses_cells) {
            self.drop_calc_chain();
        }
        let summary = self.summary_part(old)?;
        let types = self.types.finish()?;
        self.text(Types::PART, &types)?;
        let mut filters = Vec::new();
        for one in &ready {
            let outcome = self.sheet(one)?;
            filters.extend(outcome.filter.clone().map(|block| (one.name.clone(), block)));
            self.notes(one, &outcome)?;
        }
        self.workbook(&summary, &filters)?;
        let styles = self.styles.finish();
        self.text(styles_part, &styles)?;
        self.others()?;
        self.zip.finish()?.flush()?;
        Ok(())
    }

    /// The part of an earlier summary, whose traces are read. It is written anew, and what it points at is left out.
    fn old_summary(&mut self) -> Result<Option<String>, MarkError> {
        let names = self.source.summaries.iter();
        let parts: Vec<String> = names
            .filter_map(|name| self.book.part_of(name).map(str::to_owned))
            .collect();
        for part in &parts {
            let Some(position) = self.package.position(part) else {
                continue;
            };
            let entry = self.package.archive.by_index(position)?;
            let pairs = summary::traced(part, BufReader::new(entry))?;
            self.styles.trace(pairs);
        }
        Ok(parts.into_iter().next())
    }

    /// A part under two sheets, or under another role as well, cannot be marked for one of them.
    fn relate_nothing_twice(&self, ready: &[Ready<'_>]) -> Result<(), MarkError> {
        for one in ready {
            if self.book.uses(&one.part) > 1 {
                return Err(MarkError::Unsupported {
                    part: one.part.clone(),
                    what: "a part that two sheets share",
                });
            }
        }
        Ok(())
    }

    fn start(&mut self, part: &str) -> Result<(), MarkError> {
        self.done.insert(lower(part));
        let name = match self.package.position(part) {
            Some(position) => self.package.names[position].clone(),
            None => part.to_owned(),
        };
        Ok(self.zip.start_file(name, options())?)
    }

    fn text(&mut self, part: &str, text: &str) -> Result<(), MarkError> {
        self.start(part)?;
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    /// The part of the summary, with a name and a relationship if it is new.
    fn summary_part(&mut self, old: Option<String>) -> Result<SummaryPart, MarkError> {
        if let Some(part) = old {
            return Ok(SummaryPart { part, new: None });
        }
        let part = self.free_part("xl/worksheets/sheet", ".xml");
        self.types.add(&part, super::types::WORKSHEET);
        Ok(SummaryPart {
            part,
            new: Some((self.book.free_name(), self.free_relation())),
        })
    }

    fn workbook(&mut self, summary: &SummaryPart, filters: &[(String, String)]) -> Result<(), MarkError> {
        let relations = relations_of(&self.book.part);
        let SummaryPart { part, new } = summary;
        let dropped = self
            .calc_chain
            .as_ref()
            .is_some_and(|chain| self.done.contains(&lower(chain)));
        if new.is_some() || dropped {
            let mut related = self.package.needed(&relations)?;
            if dropped {
                related = super::types::without_target(&relations, &related, "/calcChain")?;
            }
            if let Some((_, id)) = new {
                let item =
                    format!("<{{p}}Relationship Id=\"{id}\" Type=\"{RELATIONS}/worksheet\" Target=\"/{part}\"/>");
                related = appended(&relations, &related, &item)?;
            }
            self.text(&relations, &related)?;
        }
        let new = new.as_ref().map(|(name, id)| (name.as_str(), id.as_str()));
        let written = self.book.written(new, filters);
        let workbook = self.book.part.clone();
        self.text(&workbook, &written)?;
        self.done.insert(lower(&relations_of(part)));
        self.start(part)?;
        let summary = Summary {
            receipt: self.source.receipt,
            remarks: &self.remarks,
            marks: self.source.marks,
            ledgers: self.source.ledgers,
        };
        let mut out = BufWriter::new(&mut self.zip);
        summary::write(&mut out, &summary, &mut self.styles)?;
        Ok(out.flush()?)
    }

    fn free_part(&mut self, before: &str, after: &str) -> String {
        let names = (1_u32..).map(|number| format!("{before}{number}{after}"));
        let free = |name: &String| self.package.position(name).is_none() && !self.reserved.contains(name);
        let name = names.into_iter().find(free).unwrap_or_default();
        self.reserved.insert(name.clone());
        name
    }

    fn free_relation(&self) -> String {
        let names = (1_u32..).map(|number| format!("rIdDucha{number}"));
        let free = |name: &String| self.book.relations.iter().all(|relation| relation.id != *name);
        names.into_iter().find(free).unwrap_or_default()
    }

    fn drop_calc_chain(&mut self) {
        // A list of the cells with formulas; spreadsheet programs make it again.
        if let Some(chain) = &self.calc_chain {
            self.done.insert(lower(chain));
            self.types.remove(chain);
        }
    }

    /// Signatures hold for the file that was signed and for no other.
    fn unsign(&mut self) -> Result<(), MarkError> {
        let signed = |name: &&String| lower(name).starts_with(SIGNATURES);
        let parts: Vec<String> = self.package.names.iter().filter(signed).cloned().collect();
        if parts.is_empty() {
            return Ok(());
        }
        for part in parts {
            self.types.remove(&part);
            self.done.insert(lower(&part));
        }
        let root = relations_of("");
        let related = self.package.needed(&root)?;
        let related = super::types::without_target(&root, &related, "/digital-signature/origin")?;
        self.text(&root, &related)?;
        self.remarks.add(
            "原文件带有数字签名。加了批注后签名不再有效，已从本表中去掉；原文件未作改动。",
            "The file was signed. A marked copy is another file, so the signature was left out of it.",
        );
        Ok(())
    }

    /// Everything that is not written yet goes over as it is packed.
    fn others(&mut self) -> Result<(), MarkError> {
        for position in 0..self.package.archive.len() {
            let name = lower(&self.package.names[position]);
            if self.done.insert(name) {
                let entry = self.package.archive.by_index_raw(position)?;
                self.zip.raw_copy_file(entry)?;
            }
        }
        Ok(())
    }
}
