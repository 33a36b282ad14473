//! The fills, borders and fonts that marks bring along.

use crate::marked::looks::Look;

pub(super) fn solid(prefix: &str, colour: u32) -> String {
    format!(
        "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"FF{colour:06X}\"/>\
         <{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
    )
}

pub(super) fn thin(prefix: &str) -> String {
    let side =
        |name: &str| format!("<{prefix}{name} style=\"thin\"><{prefix}color rgb=\"FFBFBFBF\"/></{prefix}{name}>");
    let sides = ["left", "right", "top", "bottom"].map(side).concat();
    format!("<{prefix}border>{sides}<{prefix}diagonal/></{prefix}border>")
}

/// The fonts of the summary; cells in the ledger keep the font of their row.
pub(super) fn font(prefix: &str, look: Look) -> Option<String> {
    let (before, size, colour) = match look {
        Look::Title => ("<{p}b/>", 16, "FF1F3864"),
        Look::Heading => ("<{p}b/>", 11, "FF000000"),
        Look::Body | Look::BodyFound(_) | Look::Count => ("", 11, "FF000000"),
        Look::Link => ("<{p}u/>", 11, "FF0563C1"),
        _ => return None,
    };
    let font = format!(
        "<{{p}}font>{before}<{{p}}sz val=\"{size}\"/><{{p}}color rgb=\"{colour}\"/><{{p}}name val=\"宋体\"/>\
         <{{p}}charset val=\"134\"/></{{p}}font>"
    );
    Some(font.replace("{p}", prefix))
}
