//! The blocks of a page.

use super::{Page, svg, text};
use crate::account::document::{Block, Chart, Span, Table};
use crate::account::render::flow::{self, Piece, Value};
use crate::account::render::words;
use crate::account::text::one_line;

impl Page<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                self.sections += 1;
                // The title of the page is the heading of level 1.
                let (level, number) = (level + 1, self.sections);
                self.out.push_str(&format!("<h{level} id=\"section-{number}\">"));
                self.spans(text);
                self.out.push_str(&format!("</h{level}>\n"));
            }
            Block::Paragraph(spans) => {
                self.out.push_str("<p>");
                self.spans(spans);
                self.out.push_str("</p>\n");
            }
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
        }
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Span>]) {
        let tag = if ordered { "ol" } else { "ul" };
        self.out.push_str(&format!("<{tag}>\n"));
        for item in items {
            self.out.push_str("<li>");
            self.spans(item);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(&format!("</{tag}>\n"));
    }

    fn spans(&mut self, spans: &[Span]) {
        let pieces = flow::pieces(self.document, spans);
        self.pieces(&pieces);
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            let said = text(&piece.text);
            match (piece.figure, piece.strong) {
                (Some(index), false) => self.figure(index, &said),
                (Some(index), true) => {
                    self.out.push_str("<strong>");
                    self.figure(index, &said);
                    self.out.push_str("</strong>");
                }
                (None, true) => self.out.push_str(&format!("<strong>{said}</strong>")),
                (None, false) => self.out.push_str(&said),
            }
        }
    }

    /// A figure, as a link to its row.
    fn figure(&mut self, index: usize, said: &str) {
        let Some(figure) = self.document.figures.get(index) else {
            return;
        };
        let number = index + 1;
        let is_first = self
            .used
            .get_mut(index)
            .is_some_and(|used| !std::mem::replace(used, true));
        let id = if is_first {
            format!(" id=\"use-{number}\"")
        } else {
            String::new()
        };
        let gap = figure.doubt();
        let title = [figure.label.as_str(), gap].map(one_line);
        let title = text(title.join(" · ").trim_end_matches(" · "));
        let class = state(figure.millionths, gap);
        self.out.push_str(&format!(
            "<a class=\"figure{class}\"{id} href=\"#figure-{number}\" title=\"{title}\">{said}</a>"
        ));
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let title = text(&words::table(self.document.language, self.tables, &table.title));
        self.out.push_str(&format!(
            "<div class=\"wide\">\n<table>\n<caption>{title}</caption>\n<thead>\n<tr>"
        ));
        let numbers = flow::number_columns(self.document, table);
        for (head, is_number) in table.columns.iter().zip(numbers) {
            let head = text(&one_line(head));
            let class = if is_number { " class=\"number\"" } else { "" };
            self.out.push_str(&format!("<th scope=\"col\"{class}>{head}</th>"));
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                self.cell(at == 0, cell);
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    fn cell(&mut self, names_row: bool, cell: &[Span]) {
        let is_number = flow::value(self.document, cell) != Value::Words;
        self.out.push_str(match (names_row, is_number) {
            (true, _) => "<th scope=\"row\">",
            (false, true) => "<td class=\"number\">",
            (false, false) => "<td>",
        });
        let pieces = flow::pieces(self.document, cell);
        self.pieces(&pieces);
        self.out.push_str(if names_row { "</th>" } else { "</td>" });
    }

    fn chart(&mut self, chart: &Chart) {
        self.charts += 1;
        let (language, number) = (self.document.language, self.charts);
        let title = words::chart(language, number, chart);
        self.out.push_str(&format!(
            "<figure id=\"chart-{number}\">\n<figcaption>{}</figcaption>\n",
            text(&title)
        ));
        if words::is_empty(chart) {
            let nothing = words::no_data(language);
            self.out.push_str(&format!("<p class=\"nothing\">{nothing}</p>\n"));
        } else {
            self.out.push_str(&svg::svg(chart, number, &title, language));
            self.values(chart);
        }
        self.out.push_str("</figure>\n");
    }

    /// The values of a chart as a table, for whoever cannot see it or wants to copy them.
    fn values(&mut self, chart: &Chart) {
        let language = self.document.language;
        let (heads, rows) = words::chart_table(language, chart);
        let summary = language.pick("图中数值", "Values of the chart");
        self.out.push_str(&format!(
            "<details>\n<summary>{summary}</summary>\n<div class=\"wide\">\n<table>\n<thead>\n<tr>"
        ));
        for (at, head) in heads.iter().enumerate() {
            let class = if at > 0 { " class=\"number\"" } else { "" };
            self.out
                .push_str(&format!("<th scope=\"col\"{class}>{}</th>", text(head)));
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in rows {
            self.out.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let cell = text(cell);
                self.out.push_str(&match at {
                    0 => format!("<th scope=\"row\">{cell}</th>"),
                    _ => format!("<td class=\"number\">{cell}</td>"),
                });
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n</details>\n");
    }
}

/// Classes of a figure that is missing, or there and in doubt.
pub(super) const fn state(millionths: Option<i64>, gap: &str) -> &'static str {
    match (millionths, gap.is_empty()) {
        (None, _) => " missing",
        (Some(_), false) => " doubt",
        (Some(_), true) => "",
    }
}
