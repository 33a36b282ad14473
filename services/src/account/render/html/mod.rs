//! HTML: one page that needs nothing else, for the screen and for paper.
//!
//! It has no script. Every figure is a link to its row in the list of figures at the end, and from there back to where it
//! stands first. The page is well-formed XML as well, so that any reader can take it apart.

mod blocks;
mod figures;
mod svg;
#[cfg(test)]
mod tests;

use quick_xml::escape::escape;

use super::check::check;
use super::error::RenderError;
use super::flow;
use super::words;
use crate::account::document::{Block, Document};
use crate::account::text::{one_line, printable};
use crate::language;

const STYLE: &str = include_str!("style.css");
/// Nothing is loaded and nothing runs, whatever a text says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes a document as a web page.
///
/// # Errors
/// A document that contradicts itself.
pub fn html(document: &Document) -> Result<Vec<u8>, RenderError> {
    check(document)?;
    let mut page = Page {
        document,
        out: String::new(),
        sections: 0,
        tables: 0,
        charts: 0,
        used: vec![false; document.figures.len()],
    };
    page.head();
    page.contents();
    page.out.push_str("<main>\n");
    for block in &document.blocks {
        page.block(block);
    }
    page.figures();
    page.out.push_str("</main>\n</body>\n</html>\n");
    Ok(page.out.into_bytes())
}

/// A page while it is written.
struct Page<'d> {
    document: &'d Document,
    out: String,
    /// Headings, tables and charts so far.
    sections: usize,
    tables: usize,
    charts: usize,
    /// Which figures stood in the text already.
    used: Vec<bool>,
}

impl Page<'_> {
    fn head(&mut self) {
        let document = self.document;
        let (tag, title) = (language::tag(document.language), text(&one_line(&document.title)));
        let (style, as_of) = (print_style(document), text(&words::as_of(document)));
        let day = document.as_of;
        self.out.push_str(&format!(
            "<!DOCTYPE html>\n<html lang=\"{tag}\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n\
             <meta charset=\"utf-8\" />\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
             <title>{title}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n\
             <header>\n<h1>{title}</h1>\n<p><time datetime=\"{day}\">{as_of}</time></p>\n</header>\n"
        ));
    }

    fn contents(&mut self) {
        let language = self.document.language;
        let title = words::contents(language);
        self.out
            .push_str(&format!("<nav aria-label=\"{title}\">\n<h2>{title}</h2>\n<ol>\n"));
        let headings = self.document.blocks.iter().filter_map(|block| match block {
            Block::Heading { level, text } => Some((*level, flow::plain(self.document, text))),
            _ => None,
        });
        for (number, (level, heading)) in (1..).zip(headings) {
            let heading = text(&heading);
            self.out.push_str(&format!(
                "<li class=\"level{level}\"><a href=\"#section-{number}\">{heading}</a></li>\n"
            ));
        }
        let title = words::figures(language);
        self.out.push_str(&format!(
            "<li class=\"level1\"><a href=\"#figures\">{title}</a></li>\n</ol>\n</nav>\n"
        ));
    }
}

/// What the style says on paper: title and page numbers in the margins.
fn print_style(document: &Document) -> String {
    let (before, between, behind) = match document.language {
        language::Language::Zh => ("第 ", " 页，共 ", " 页"),
        language::Language::En => ("Page ", " of ", ""),
    };
    let title = css(&one_line(&document.title));
    format!(
        "@page {{\n  @top-center {{ content: {title}; }}\n  \
         @bottom-center {{ content: \"{before}\" counter(page) \"{between}\" counter(pages) \"{behind}\"; }}\n}}\n"
    )
}

/// Text as it stands in an element or an attribute.
fn text(text: &str) -> String {
    escape(printable(text)).into_owned()
}

/// Text as a string of CSS. Letters and digits stand as they are; everything else is written by its number, so that no
/// text can end the string, the rule or the element.
fn css(text: &str) -> String {
    let mut string = String::from("\"");
    for letter in printable(text).chars() {
        match letter {
            _ if letter.is_alphanumeric() => string.push(letter),
            _ => string.push_str(&format!("\\{:06X} ", u32::from(letter))),
        }
    }
    string + "\""
}
