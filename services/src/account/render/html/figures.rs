//! The list of figures at the end of a page.

use super::blocks::state;
use super::{Page, text};
use crate::account::render::words;

impl Page<'_> {
    pub(super) fn figures(&mut self) {
        let language = self.document.language;
        let (title, note) = (words::figures(language), words::figures_note(language));
        self.out.push_str(&format!(
            "<section class=\"figures\">\n<h2 id=\"figures\">{title}</h2>\n<p>{note}</p>\n"
        ));
        match self.document.figures.is_empty() {
            true => {
                let nothing = words::no_data(language);
                self.out.push_str(&format!("<p class=\"nothing\">{nothing}</p>\n"));
            }
            false => self.table_of_figures(title),
        }
        self.out.push_str("</section>\n");
    }

    fn table_of_figures(&mut self, title: &str) {
        let document = self.document;
        self.out.push_str(&format!(
            "<div class=\"wide\">\n<table>\n<caption class=\"unseen\">{title}</caption>\n<thead>\n<tr>"
        ));
        for (at, head) in words::figure_columns(document.language).iter().enumerate() {
            let class = if matches!(at, 1 | 4) { " class=\"number\"" } else { "" };
            self.out.push_str(&format!("<th scope=\"col\"{class}>{head}</th>"));
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for (number, figure) in (1..).zip(&document.figures) {
            let class = state(figure.millionths, figure.doubt());
            let [key, value, unit, label, records, gap] =
                words::figure_cells(document.language, figure).map(|cell| text(&cell));
            let back = self.back(number);
            self.out.push_str(&format!(
                "<tr id=\"figure-{number}\" class=\"row{class}\"><th scope=\"row\">{key}</th>\
                 <td class=\"number\">{value}</td><td class=\"unit\">{unit}</td><td>{label}{back}</td>\
                 <td class=\"number\">{records}</td><td>{gap}</td></tr>\n"
            ));
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    /// A link to where the figure stands first in the text.
    fn back(&self, number: usize) -> String {
        let title = self.document.language.pick("回到正文", "Back to the text");
        match self.used.get(number - 1) {
            Some(true) => format!(
                " <a class=\"back\" href=\"#use-{number}\" title=\"{title}\" aria-label=\"{title}\">\u{2191}</a>"
            ),
            _ => String::new(),
        }
    }
}
