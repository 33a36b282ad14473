//! Notes on cells: the part with their texts. Those of the county stay; ours of an earlier copy go. Where the county has a
//! note on a cell already, ours is added below it, since a cell has only one.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::events::{BytesRef, BytesStart, Event};

use super::error::MarkError;
use super::place;
use super::said::NOTE_HEAD;
use super::xml::{DECLARATION, MAIN, attribute, escaped, prefix, scan, spliced};
use crate::cell::address;

/// Author of our notes.
const AUTHOR: &str = "系统核对";
/// Authors of threaded comments, whose text in this part is only a stand-in.
const THREAD: &str = "tc={";

/// A note to write.
#[derive(Debug)]
pub(super) struct Note {
    /// Row from 1, column from 0.
    pub at: (u32, u32),
    pub text: String,
}

/// The part with the notes, and which boxes are to go and to come.
#[derive(Debug)]
pub(super) struct Notes {
    pub part: String,
    pub gone: Vec<(u32, u32)>,
    pub new: Vec<(u32, u32)>,
}

/// One note that is there.
#[derive(Debug)]
struct Old {
    at: (u32, u32),
    author: usize,
    whole: Range<usize>,
    /// What stands in its text element.
    inner: Range<usize>,
    /// Its runs, or its plain text.
    runs: Vec<Range<usize>>,
    plain: bool,
    words: String,
}

/// Adds `notes` to the notes of a sheet, of which it may have none.
pub(super) fn write(part: &str, present: Option<String>, notes: &[Note]) -> Result<Notes, MarkError> {
    let empty =
        || format!("{DECLARATION}<comments xmlns=\"{MAIN}\"><authors></authors><commentList></commentList></comments>");
    let text = present.unwrap_or_else(empty);
    let read = Read::of(part, &text)?;
    let mut waiting: HashMap<(u32, u32), &Note> = notes.iter().map(|note| (note.at, note)).collect();
    let (mut edits, mut gone) = (Vec::new(), Vec::new());
    for old in &read.notes {
        if old.words.starts_with(NOTE_HEAD) {
            edits.push((old.whole.clone(), String::new()));
            gone.push(old.at);
            continue;
        }
        let thread = read
            .authors
            .get(old.author)
            .is_some_and(|author| author.starts_with(THREAD));
        let added = waiting.remove(&old.at).filter(|_| !thread);
        if let Some(edit) = read.joined(&text, old, added) {
            edits.push(edit);
        }
    }
    let left: Vec<&Note> = notes.iter().filter(|note| waiting.contains_key(&note.at)).collect();
    let known = read.authors.iter().position(|author| author == AUTHOR);
    let author = known.unwrap_or(read.authors.len());
    let p = &read.prefix;
    if known.is_none() && !left.is_empty() {
        edits.push((
            read.authors_end..read.authors_end,
            format!("<{p}author>{AUTHOR}</{p}author>"),
        ));
    }
    let written: String = left.iter().map(|note| read.element(note, author)).collect();
    edits.push((read.list_end..read.list_end, written));
    Ok(Notes {
        part: spliced(&text, edits),
        gone,
        new: left.iter().map(|note| note.at).collect(),
    })
}

#[derive(Debug, Default)]
struct Read {
    prefix: String,
    authors: Vec<String>,
    authors_end: usize,
    list_end: usize,
    notes: Vec<Old>,
}

impl Read {
    fn of(part: &str, text: &str) -> Result<Self, MarkError> {
        let mut read = Self::default();
        let mut inside: Vec<String> = Vec::new();
        let mut run = 0;
        scan(part, text, |depth, event, range| {
            match event {
                Event::Start(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    if depth == 4 {
                        run = range.start;
                    }
                    read.begin(part, depth, &name, tag, range)?;
                    inside.push(name);
                }
                Event::End(_) => {
                    let name = inside.pop().unwrap_or_default();
                    read.end(depth, &name, run, range);
                }
                Event::Empty(tag) => match (depth, tag.local_name().as_ref()) {
                    (2, "author") => read.authors.push(String::new()),
                    (1, "authors" | "commentList") | (2, "comment") => {
                        return Err(MarkError::malformed(part, "its lists are not as they should be"));
                    }
                    _ => {}
                },
                Event::Text(words) => read.words(&inside, &words.xml10_content()),
                Event::CData(words) => read.words(&inside, &words.xml10_content()),
                Event::GeneralRef(reference) => {
                    if let Some(letter) = letter(reference) {
                        read.words(&inside, letter.encode_utf8(&mut [0; 4]));
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        if read.authors_end == 0 || read.list_end == 0 {
            return Err(MarkError::malformed(part, "it has no authors or no notes"));
        }
        Ok(read)
    }

    fn begin(
        &mut self,
        part: &str,
        depth: usize,
        name: &str,
        tag: &BytesStart<'_>,
        range: Range<usize>,
    ) -> Result<(), MarkError> {
        match (depth, name, self.notes.last_mut()) {
            (0, _, _) => self.prefix = prefix(tag),
            (2, "author", _) => self.authors.push(String::new()),
            (2, "comment", _) => {
                let at = attribute(tag, "ref").and_then(|at| place::parse(&at));
                let at = at.ok_or_else(|| MarkError::malformed(part, "a note without its cell"))?;
                self.notes.push(Old {
                    at,
                    author: attribute(tag, "authorId").and_then(|id| id.parse().ok()).unwrap_or(0),
                    inner: range.end..range.end,
                    whole: range,
                    runs: Vec::new(),
                    plain: false,
                    words: String::new(),
                });
            }
            (3, "text", Some(note)) => note.inner = range.end..range.end,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, depth: usize, name: &str, run: usize, range: Range<usize>) {
        match (depth, name, self.notes.last_mut()) {
            (1, "authors", _) => self.authors_end = range.start,
            (1, "commentList", _) => self.list_end = range.start,
            (2, "comment", Some(note)) => note.whole.end = range.end,
            (3, "text", Some(note)) => note.inner.end = range.start,
            (4, "r" | "t", Some(note)) => {
                note.plain |= name == "t";
                note.runs.push(run..range.end);
            }
            _ => {}
        }
    }

    fn words(&mut self, inside: &[String], words: &str) {
        let is = |depth: usize, name: &str| inside.get(depth).is_some_and(|own| own == name);
        if is(2, "author") {
            if let Some(author) = self.authors.last_mut() {
                author.push_str(words);
            }
        } else if is(3, "text")
            && inside.last().is_some_and(|own| own == "t")
            && !is(4, "rPh")
            && let Some(note) = self.notes.last_mut()
        {
            note.words.push_str(words);
        }
    }

    /// What becomes of a note of the county's: without what an earlier copy added, and with what is added now.
    fn joined(&self, text: &str, old: &Old, added: Option<&Note>) -> Option<(Range<usize>, String)> {
        let p = &self.prefix;
        let before = old
            .words
            .find(NOTE_HEAD)
            .map(|at| old.words[..at].trim_end().to_owned());
        if before.is_none() && added.is_none() {
            return None;
        }
        let run = |words: &str| {
            let words = escaped(words);
            format!("<{p}r><{p}t xml:space=\"preserve\">{words}</{p}t></{p}r>")
        };
        let mut inner = match before {
            // The looks of runs that ours may have been joined to are not worth a wrong text.
            Some(words) => match self.untouched(text, old) {
                Some(runs) => runs,
                None => run(&words),
            },
            None if old.plain => run(&old.words),
            None => text[old.inner.clone()].to_owned(),
        };
        if let Some(note) = added {
            inner.push_str(&run(&format!("\n\n{}", note.text)));
        }
        Some((old.inner.clone(), inner))
    }

    /// The runs before the one that we added, if that one still begins with our words.
    fn untouched(&self, text: &str, old: &Old) -> Option<String> {
        let (last, others) = old.runs.split_last()?;
        let ours = text[last.clone()].find(NOTE_HEAD)?;
        let lead = &text[last.start..last.start + ours];
        let only_blank = lead.rsplit('>').next().is_some_and(|lead| lead.trim().is_empty());
        let none_before = others.iter().all(|run| !text[run.clone()].contains(NOTE_HEAD));
        let runs = others.iter().map(|run| &text[run.clone()]).collect();
        (only_blank && none_before && !others.is_empty() && !old.plain).then_some(runs)
    }

    fn element(&self, note: &Note, author: usize) -> String {
        let (p, at, words) = (&self.prefix, address(note.at.0, note.at.1), escaped(&note.text));
        format!(
            "<{p}comment ref=\"{at}\" authorId=\"{author}\"><{p}text><{p}r><{p}rPr><{p}sz val=\"10\"/>\
             <{p}color indexed=\"81\"/><{p}rFont val=\"宋体\"/><{p}charset val=\"134\"/></{p}rPr>\
             <{p}t xml:space=\"preserve\">{words}</{p}t></{p}r></{p}text></{p}comment>"
        )
    }
}

/// The letter behind `&#20154;` or `&lt;`.
fn letter(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter);
    }
    match reference.xml10_content().as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEIRS: &str = "<comments xmlns=\"m\"><authors><author>张三</author><author>tc={1}</author></authors><commentList>\
        <comment ref=\"A1\" authorId=\"0\"><text><t>请核对 &amp; 签字</t></text></comment>\
        <comment ref=\"B2\" authorId=\"0\"><text><r><rPr><b/></rPr><t>要点</t></r></text></comment>\
        <comment ref=\"C3\" authorId=\"1\"><text><t>[会话]</t></text></comment></commentList></comments>";

    fn note(at: (u32, u32), text: &str) -> Note {
        Note {
            at,
            text: format!("{NOTE_HEAD}{text}"),
        }
    }

    fn write(present: &str, notes: &[Note]) -> Notes {
        super::write("comments", Some(present.to_owned()), notes).unwrap()
    }

    #[test]
    fn three_rounds_leave_the_countys_notes_and_only_the_newest_of_ours() {
        let once = write(
            THEIRS,
            &[note((1, 0), "一"), note((2, 1), "二"), note((9, 3), "三 <甲>")],
        );
        assert_eq!(
            (once.new.as_slice(), once.gone.as_slice()),
            ([(9, 3)].as_slice(), [].as_slice())
        );
        assert!(once.part.contains("请核对 &amp; 签字") && once.part.contains("三 &lt;甲&gt;"));
        assert!(once.part.contains("<r><rPr><b/></rPr><t>要点</t></r><r>"));
        let twice = write(&once.part, &[note((2, 1), "四")]);
        assert_eq!(
            (twice.new.as_slice(), twice.gone.as_slice()),
            ([].as_slice(), [(9, 3)].as_slice())
        );
        assert_eq!(twice.part.matches(NOTE_HEAD).count(), 1);
        let thrice = write(&twice.part, &[]);
        assert_eq!(thrice.part.matches(NOTE_HEAD).count(), 0);
        assert!(
            thrice.part.contains("<text><r><rPr><b/></rPr><t>要点</t></r></text>"),
            "{}",
            thrice.part
        );
        assert!(thrice.part.contains("请核对 &amp; 签字"));
    }

    #[test]
    fn a_thread_is_left_as_it_is_and_gets_no_second_note() {
        let once = write(THEIRS, &[note((3, 2), "五")]);
        assert_eq!(once.part, THEIRS);
        assert!(once.new.is_empty());
    }

    #[test]
    fn a_sheet_without_notes_gets_a_part_of_its_own() {
        let made = super::write("comments", None, &[note((1, 0), "一")]).unwrap();
        assert!(made.part.contains("<authors><author>系统核对</author></authors>"));
        assert_eq!(made.new, [(1, 0)]);
    }

    #[test]
    fn runs_that_a_program_joined_are_parted_again() {
        let joined = THEIRS.replace(
            "请核对 &amp; 签字",
            "请核对 &amp; 签字\n\n【系统核对】错误（C001）\n旧的",
        );
        let made = write(&joined, &[]);
        assert!(
            made.part.contains("请核对 &amp; 签字</t>") && !made.part.contains("旧的"),
            "{}",
            made.part
        );
    }
}
