//! The parts of a workbook's package, and how they point at each other. The file was vetted by the reader's child before;
//! still nothing is held in memory beyond a limit, and what a part declares of itself is not believed.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use quick_xml::events::Event;
use zip::ZipArchive;

use super::error::MarkError;
use super::xml::{attribute, scan};

/// Most bytes of a part that is held in memory: styles, comments, drawings of notes. Honest ones have a few hundred kB.
const MOST_HELD: u64 = 16 * 1024 * 1024;

/// An open package.
pub(super) struct Package {
    pub archive: ZipArchive<BufReader<File>>,
    /// Position by name in lower case, which is how Office compares names.
    positions: HashMap<String, usize>,
    /// Names as written, by position.
    pub names: Vec<String>,
}

/// One relationship of a part.
#[derive(Debug, Clone)]
pub(super) struct Relationship {
    pub id: String,
    /// Its type: a long URL whose end says it.
    pub kind: String,
    /// The part it points at, from the root of the package; as written where it points outside.
    pub target: String,
    pub external: bool,
}

impl Relationship {
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

impl Package {
    pub fn open(path: &Path) -> Result<Self, MarkError> {
        let mut archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let (mut positions, mut names) = (HashMap::new(), Vec::new());
        for position in 0..archive.len() {
            let name = archive.by_index_raw(position)?.name()?.into_owned();
            positions.insert(lower(&name), position);
            names.push(name);
        }
        Ok(Self {
            archive,
            positions,
            names,
        })
    }

    /// Position of a part in the package.
    pub fn position(&self, part: &str) -> Option<usize> {
        self.positions.get(&lower(part)).copied()
    }

    /// A part as text, without a byte order mark; `None` if there is no such part.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, MarkError> {
        let Some(position) = self.position(part) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let entry = self.archive.by_index(position)?;
        entry.take(MOST_HELD + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_HELD {
            return Err(MarkError::TooLarge {
                part: part.to_owned(),
                limit: MOST_HELD,
            });
        }
        let text = String::from_utf8(bytes).map_err(|error| MarkError::malformed(part, error))?;
        Ok(Some(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)))
    }

    /// A part that must be there.
    pub fn needed(&mut self, part: &str) -> Result<String, MarkError> {
        self.text(part)?
            .ok_or_else(|| MarkError::malformed(part, "it is missing"))
    }

    /// What a part points at; nothing where it has no relationships.
    pub fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, MarkError> {
        let relations = relations_of(part);
        let Some(text) = self.text(&relations)? else {
            return Ok(Vec::new());
        };
        let folder = part.rfind('/').map_or("", |at| &part[..at]);
        let mut found = Vec::new();
        scan(&relations, &text, |_, event, _| {
            if let Event::Start(tag) | Event::Empty(tag) = event
                && let (Some(id), Some(kind), Some(target)) =
                    (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
            {
                let external = attribute(tag, "TargetMode").is_some_and(|mode| mode == "External");
                let target = if external { target } else { resolved(folder, &target) };
                found.push(Relationship {
                    id,
                    kind,
                    target,
                    external,
                });
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// As names of parts are compared.
pub(super) fn lower(part: &str) -> String {
    part.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The part with the relationships of `part`; of the package itself for an empty one.
pub(super) fn relations_of(part: &str) -> String {
    let (folder, name) = part.rfind('/').map_or(("", part), |at| part.split_at(at + 1));
    format!("{folder}_rels/{name}.rels")
}

/// The part that `target` names, seen from `folder`.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|piece| !piece.is_empty()).collect(),
    };
    for piece in target.split('/') {
        match piece {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            piece => path.push(piece),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_the_folder_of_their_part() {
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("xl", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(relations_of("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(relations_of(""), "_rels/.rels");
    }
}
