//! A drawing while its elements are written.

use super::WIDTH;
use super::text;
use crate::account::render::palette::{self, EDGE, hex};
use crate::language::Language;

/// Where a text begins, ends or has its middle.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Size of text, in units of the drawing.
pub(super) const SIZE: f64 = 13.0;
const FONTS: &str = "'Source Han Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',SimHei,Arial,sans-serif";
const INK: &str = "1D2329";
const SOFT: &str = "56616B";
const GRID: &str = "D9DEE2";

/// A drawing.
pub(super) struct Drawing {
    /// What the names of its parts begin with.
    id: String,
    elements: String,
    /// The language of its numbers.
    pub language: Language,
    /// Series whose areas are hatched.
    hatched: Vec<usize>,
    /// Height so far.
    pub height: f64,
}

impl Drawing {
    /// An empty one, whose `id` no other of its page has.
    pub fn new(id: String, language: Language) -> Self {
        Self {
            id,
            language,
            elements: String::new(),
            hatched: Vec::new(),
            height: 0.0,
        }
    }

    /// Text whose middle line is at `y`. `full` is what is shown to whoever points at it, if it was shortened.
    pub fn text(&mut self, [x, y]: [f64; 2], anchor: Anchor, said: &str, full: Option<&str>) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let title = full.map_or_else(String::new, |full| format!("<title>{}</title>", text(full)));
        self.elements.push_str(&format!(
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{title}{}</text>\n",
            y + SIZE * 0.36,
            text(said)
        ));
    }

    /// Text on the area of a series.
    pub fn text_on(&mut self, [x, y]: [f64; 2], said: &str, series: usize) {
        // On stripes a text is read only with a rim.
        let (ink, rim) = match palette::is_hatched(series) {
            true => (
                INK.to_owned(),
                " stroke=\"#FFFFFF\" stroke-width=\"4\" paint-order=\"stroke\"",
            ),
            false => (hex(palette::ink(palette::fill(series))), ""),
        };
        self.elements.push_str(&format!(
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#{ink}\"{rim}>{}</text>\n",
            y + SIZE * 0.36,
            text(said)
        ));
    }

    /// A line of the grid; the one at zero is stronger.
    pub fn grid(&mut self, [x1, y1]: [f64; 2], [x2, y2]: [f64; 2], is_zero: bool) {
        let colour = if is_zero { SOFT } else { GRID };
        self.elements.push_str(&format!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#{colour}\" />\n"
        ));
    }

    /// An area of a series.
    pub fn area(&mut self, [x, y]: [f64; 2], [width, height]: [f64; 2], series: usize, said: &str) {
        let fill = self.fill(series);
        self.elements.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\" \
             stroke=\"#{}\" stroke-width=\"0.75\"><title>{}</title></rect>\n",
            hex(EDGE),
            text(said)
        ));
    }

    fn fill(&mut self, series: usize) -> String {
        if !palette::is_hatched(series) {
            return format!("#{}", hex(palette::fill(series)));
        }
        if !self.hatched.contains(&series) {
            self.hatched.push(series);
        }
        format!("url(#{}-hatch-{series})", self.id)
    }

    /// A line of a series through these points.
    pub fn line(&mut self, points: &[[f64; 2]], series: usize) {
        let points = points.iter().map(|[x, y]| format!("{x:.1},{y:.1}")).collect::<Vec<_>>();
        let dash = ["", "8 4", "2 4", "10 3 2 3"][series % 4];
        self.elements.push_str(&format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"#{}\" stroke-width=\"2.25\" stroke-dasharray=\"{}\" />\n",
            points.join(" "),
            hex(palette::line(series)),
            if dash.is_empty() { "none" } else { dash },
        ));
    }

    /// A point of a series.
    pub fn marker(&mut self, [x, y]: [f64; 2], series: usize, said: &str) {
        let r = 4.0;
        let (left, right, top, bottom) = (x - r, x + r, y - r, y + r);
        let shape = match series % 4 {
            0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\""),
            1 => format!("<path d=\"M{left:.1} {top:.1}H{right:.1}V{bottom:.1}H{left:.1}Z\""),
            2 => format!("<path d=\"M{x:.1} {top:.1}L{right:.1} {bottom:.1}H{left:.1}Z\""),
            _ => format!(
                "<path d=\"M{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}Z\"",
                top - 1.0,
                right + 1.0,
                bottom + 1.0,
                left - 1.0
            ),
        };
        self.elements.push_str(&format!(
            "{shape} fill=\"#{}\" stroke=\"#FFFFFF\" stroke-width=\"1\"><title>{}</title></{}>\n",
            hex(palette::line(series)),
            text(said),
            if series.is_multiple_of(4) { "circle" } else { "path" },
        ));
    }

    /// The element. Title and description are escaped already.
    pub fn finish(self, title: &str, description: &str) -> String {
        let id = &self.id;
        let patterns = self.hatched.iter().map(|series| {
            format!(
                "<pattern id=\"{id}-hatch-{series}\" width=\"6\" height=\"6\" \
                 patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
                 <rect width=\"6\" height=\"6\" fill=\"#FFFFFF\" /><rect width=\"3\" height=\"6\" fill=\"#{}\" /></pattern>\n",
                hex(palette::fill(*series))
            )
        });
        let definitions = match self.hatched.is_empty() {
            true => String::new(),
            false => format!("<defs>\n{}</defs>\n", patterns.collect::<String>()),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {:.0}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{FONTS}\" font-size=\"{SIZE}\" \
             fill=\"#{INK}\">\n<title id=\"{id}-title\">{title}</title>\n\
             <desc id=\"{id}-desc\">{description}</desc>\n{definitions}{}</svg>\n",
            self.height.ceil(),
            self.elements
        )
    }
}
