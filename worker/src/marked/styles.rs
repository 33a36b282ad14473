//! `styles.xml` with more looks: each is a copy of the style that the cell has, with a fill or an alignment of its own.
//! Nothing that is there is changed, so the numbers of the county's styles stay. What is there already in the very same
//! words is used again, so that a copy of a copy does not grow.

mod pieces;
mod xf;

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::events::Event;

use self::pieces::{font, solid, thin};
use self::xf::Xf;
use super::error::MarkError;
use super::looks::{Look, is_found_colour};
use super::xml::{prefix, scan, spliced, with_attributes};

/// Excel admits 65,490 styles of cells; more are refused.
const MOST_STYLES: usize = 65_000;

/// A list of `styles.xml`: fonts, fills, borders or styles of cells.
#[derive(Debug, Default)]
struct List {
    /// Its opening tag, and where its end tag begins.
    tag: Range<usize>,
    end: usize,
    /// Its name and attributes but the count.
    opening: String,
    items: Vec<Range<usize>>,
    numbers: HashMap<String, u32>,
    new: Vec<String>,
}

impl List {
    fn len(&self) -> u32 {
        (self.items.len() + self.new.len()) as u32 // below MOST_STYLES
    }

    /// The number of `item`, which is added unless it is there.
    fn number(&mut self, item: String) -> u32 {
        if let Some(number) = self.numbers.get(&item) {
            return *number;
        }
        let number = self.len();
        self.numbers.insert(item.clone(), number);
        self.new.push(item);
        number
    }

    fn edits(&self) -> Vec<(Range<usize>, String)> {
        if self.new.is_empty() {
            return Vec::new();
        }
        let opening = format!("<{} count=\"{}\">", self.opening, self.len());
        vec![(self.tag.clone(), opening), (self.end..self.end, self.new.concat())]
    }
}

/// The styles of a workbook.
#[derive(Debug)]
pub(super) struct Styles {
    text: String,
    prefix: String,
    fonts: List,
    fills: List,
    borders: List,
    cells: List,
    /// Fills with the colour of a mark.
    ours: Vec<bool>,
    made: HashMap<(u32, Look), u32>,
    /// Marked styles of an earlier copy, and what they were made of.
    origins: HashMap<u32, u32>,
    /// Marked styles of this copy, and what they were made of.
    traced: Vec<(u32, u32)>,
}

impl Styles {
    /// Reads the part.
    pub fn read(part: &str, text: String) -> Result<Self, MarkError> {
        let mut styles = Self {
            prefix: String::new(),
            fonts: List::default(),
            fills: List::default(),
            borders: List::default(),
            cells: List::default(),
            ours: Vec::new(),
            made: HashMap::new(),
            origins: HashMap::new(),
            traced: Vec::new(),
            text: String::new(),
        };
        let mut list = String::new();
        let mut start = 0;
        scan(part, &text, |depth, event, range| {
            match (depth, event) {
                (0, Event::Start(root)) => styles.prefix = prefix(root),
                (1, Event::Start(tag)) => {
                    list = tag.local_name().as_ref().to_owned();
                    if let Some(known) = styles.list(&list) {
                        known.opening = with_attributes(tag, &[("count", None)]);
                        known.tag = range;
                    }
                }
                (1, Event::End(_)) => {
                    if let Some(known) = styles.list(&list) {
                        known.end = range.start;
                    }
                    list.clear();
                }
                (2, Event::Start(_)) => start = range.start,
                (2, Event::End(_)) => styles.item(&list, &text, start..range.end),
                (2, Event::Empty(_)) => styles.item(&list, &text, range),
                _ => {}
            }
            Ok(())
        })?;
        let lists = [&styles.fonts, &styles.fills, &styles.borders, &styles.cells];
        if lists.into_iter().any(|list| list.items.is_empty()) || styles.cells.items.len() > MOST_STYLES {
            return Err(MarkError::malformed(
                part,
                "its lists of styles are not as they should be",
            ));
        }
        styles.text = text;
        Ok(styles)
    }

    fn list(&mut self, name: &str) -> Option<&mut List> {
        match name {
            "fonts" => Some(&mut self.fonts),
            "fills" => Some(&mut self.fills),
            "borders" => Some(&mut self.borders),
            "cellXfs" => Some(&mut self.cells),
            _ => None,
        }
    }

    fn item(&mut self, name: &str, text: &str, range: Range<usize>) {
        let written = text[range.clone()].to_owned();
        if name == "fills" {
            let colours = written.split("rgb=").skip(1);
            let ours = colours.filter_map(|rest| rest.get(1..9)).any(is_found_colour);
            self.ours.push(ours);
        }
        if let Some(list) = self.list(name) {
            let number = list.items.len() as u32; // a part of 16 MiB holds fewer
            list.numbers.entry(written).or_insert(number);
            list.items.push(range);
        }
    }

    /// Says which styles an earlier copy made, and of what.
    pub fn trace(&mut self, pairs: impl IntoIterator<Item = (u32, u32)>) {
        let known = self.cells.items.len() as u32;
        let inside = pairs.into_iter().filter(|(made, of)| *made < known && *of < known);
        self.origins.extend(inside.collect::<Vec<_>>());
    }

    /// Whether an earlier copy left marks.
    pub fn has_old(&self) -> bool {
        !self.origins.is_empty() || self.ours.contains(&true)
    }

    /// The style that a cell had before an earlier copy marked it.
    pub fn before(&mut self, style: u32) -> u32 {
        if let Some(origin) = self.origins.get(&style) {
            return *origin;
        }
        let origin = if self.is_ours(style) {
            self.look(style, Look::Plain)
        } else {
            style
        };
        self.origins.insert(style, origin);
        origin
    }

    fn is_ours(&self, style: u32) -> bool {
        let fill = Xf::read(self.written(style)).and_then(|xf| xf.number("fillId"));
        fill.is_some_and(|fill| self.ours.get(fill as usize) == Some(&true))
    }

    fn written(&self, style: u32) -> &str {
        let range = self.cells.items.get(style as usize).or(self.cells.items.first());
        range.and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    /// The style that is `style` with `look`.
    pub fn look(&mut self, style: u32, look: Look) -> u32 {
        if let Some(made) = self.made.get(&(style, look)) {
            return *made;
        }
        let mut xf = Xf::read(self.written(style)).unwrap_or_default();
        let fill = xf.number("fillId").unwrap_or(0);
        if let Some(colour) = look.colour(fill) {
            let number = self.fills.number(solid(&self.prefix, colour));
            xf.set("fillId", &number.to_string());
            xf.set("applyFill", "1");
        } else if look == Look::Plain || look.is_text() || look == Look::Count {
            xf.set("fillId", "0");
        }
        if let Some(font) = font(&self.prefix, look) {
            let number = self.fonts.number(font);
            xf.set("fontId", &number.to_string());
            xf.set("applyFont", "1");
        }
        if matches!(
            look,
            Look::Heading | Look::Body | Look::BodyFound(_) | Look::Count | Look::Link
        ) {
            let number = self.borders.number(thin(&self.prefix));
            xf.set("borderId", &number.to_string());
            xf.set("applyBorder", "1");
        }
        if look.is_text() {
            xf.set("numFmtId", "49");
            xf.set("applyNumberFormat", "1");
            xf.set("quotePrefix", if look == Look::Reason { "0" } else { "1" });
        }
        if let Some(alignment) = look.alignment() {
            xf.alignment = Some(format!("<{}alignment {alignment}/>", self.prefix));
            xf.set("applyAlignment", "1");
        }
        if look == Look::Reason {
            xf.protection = Some(format!("<{}protection locked=\"0\"/>", self.prefix));
            xf.set("applyProtection", "1");
        }
        let number = if self.cells.len() as usize >= MOST_STYLES {
            style
        } else {
            self.cells.number(xf.written(&self.prefix))
        };
        self.made.insert((style, look), number);
        if matches!(look, Look::Found(_)) && number != style {
            self.traced.push((number, style));
        }
        number
    }

    /// The marked styles of this copy, and what they were made of.
    pub fn traced(&self) -> &[(u32, u32)] {
        &self.traced
    }

    /// The part with what was added.
    pub fn finish(&self) -> String {
        let lists = [&self.fonts, &self.fills, &self.borders, &self.cells];
        spliced(&self.text, lists.into_iter().flat_map(List::edits).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ducha_records::codes::Severity::{Error, Warning};

    const PLAIN: &str = "<styleSheet><fonts count=\"1\"><font/></fonts><fills count=\"2\"><fill/><fill a=\"1\"/></fills>\
        <borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs count=\"2\"><xf fillId=\"0\"/>\
        <xf numFmtId=\"14\" fillId=\"1\" xfId=\"3\"><alignment wrapText=\"1\"/></xf></cellXfs></styleSheet>";

    fn read(text: &str) -> Styles {
        Styles::read("styles", text.to_owned()).unwrap()
    }

    #[test]
    fn a_marked_style_is_the_cells_own_with_a_fill() {
        let mut styles = read(PLAIN);
        assert_eq!(styles.look(1, Look::Found(Error)), 2);
        assert_eq!(styles.look(1, Look::Found(Error)), 2);
        assert_eq!(styles.look(0, Look::Found(Error)), 3);
        assert_eq!(styles.traced(), [(2, 1), (3, 0)]);
        let text = styles.finish();
        assert!(text.contains("<cellXfs count=\"4\">"), "{text}");
        assert!(text.contains("<fills count=\"4\">"), "{text}");
        assert!(
            text.contains(
                "<xf numFmtId=\"14\" fillId=\"2\" xfId=\"3\" applyFill=\"1\"><alignment wrapText=\"1\"/></xf>"
            )
        );
        assert!(text.starts_with("<styleSheet><fonts count=\"1\"><font/></fonts><fills count=\"4\"><fill/>"));
    }

    #[test]
    fn an_old_mark_goes_back_to_what_it_was_made_of_and_nothing_grows() {
        let mut first = read(PLAIN);
        let made = first.look(1, Look::Found(Warning));
        let (text, pairs) = (first.finish(), first.traced().to_vec());
        let mut second = read(&text);
        second.trace(pairs);
        assert_eq!(second.before(made), 1);
        assert_eq!(second.before(0), 0);
        assert_eq!(second.look(1, Look::Found(Warning)), made);
        assert_eq!(second.finish(), text);
    }

    #[test]
    fn an_old_mark_without_a_trace_loses_its_colour() {
        let mut first = read(PLAIN);
        let made = first.look(1, Look::Found(Warning));
        let mut second = read(&first.finish());
        let before = second.before(made);
        assert_ne!(before, made);
        assert!(
            second
                .finish()
                .contains("<xf numFmtId=\"14\" fillId=\"0\" xfId=\"3\" applyFill=\"1\">")
        );
    }

    #[test]
    fn styles_without_their_lists_are_refused() {
        assert!(Styles::read("styles", "<styleSheet/>".into()).is_err());
        assert!(Styles::read("styles", "<styleSheet><fonts>".into()).is_err());
    }
}
