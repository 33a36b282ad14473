//! The boxes in which notes are shown: a drawing in VML, which is often no proper XML, so it is passed on as bytes, with
//! boxes cut out and put in.

use super::error::MarkError;

/// Beginning of a drawing of ours.
const EMPTY: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" \
    data=\"1\"/></o:shapelayout></xml>";
/// The kind of shape that a note is.
const KIND: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
    path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
    o:connecttype=\"rect\"/></v:shapetype>";
/// Names of shapes begin with it and end with a number.
const NAME: &str = "_x0000_s";
/// First number of a drawing's shapes.
const FIRST: u64 = 1_025;

/// The drawing without the boxes of notes in `gone` and with one for each in `new` (row from 1, column from 0; lines of
/// text).
pub(super) fn write(
    part: &str,
    present: Option<String>,
    gone: &[(u32, u32)],
    new: &[((u32, u32), u32)],
) -> Result<String, MarkError> {
    let mut text = present.unwrap_or_else(|| EMPTY.to_owned());
    if !gone.is_empty() {
        text = without(part, &text, gone)?;
    }
    if new.is_empty() {
        return Ok(text);
    }
    let end = text
        .rfind("</xml>")
        .ok_or_else(|| MarkError::malformed(part, "it has no end"))?;
    if !text.contains("xmlns:v=") || !text.contains("xmlns:o=") || !text.contains("xmlns:x=") {
        return Err(MarkError::malformed(part, "it names its elements in another way"));
    }
    let mut added = String::new();
    if !text.contains("_x0000_t202\"") {
        added.push_str(KIND);
    }
    let mut number = last_number(&text).max(FIRST - 1);
    for (at, lines) in new {
        number += 1;
        added.push_str(&shape(number, *at, *lines));
    }
    text.insert_str(end, &added);
    Ok(text)
}

fn last_number(text: &str) -> u64 {
    let pieces = text.split(NAME).skip(1);
    let numbers = pieces.filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).take(9).collect();
        digits.parse().ok()
    });
    numbers.max().unwrap_or(0)
}

/// The drawing without the notes on some cells.
fn without(part: &str, text: &str, gone: &[(u32, u32)]) -> Result<String, MarkError> {
    let gone: std::collections::HashSet<(u32, u32)> = gone.iter().copied().collect();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = next_shape(rest) {
        let length = rest[start..]
            .find("</v:shape>")
            .ok_or_else(|| MarkError::malformed(part, "a shape without its end"))?;
        let end = start + length + "</v:shape>".len();
        let shape = &rest[start..end];
        let is_note = shape.contains("ObjectType=\"Note\"") || shape.contains("ObjectType='Note'");
        let at = value(shape, "Row").zip(value(shape, "Column"));
        let goes = is_note && at.is_some_and(|(row, column)| gone.contains(&(row + 1, column)));
        out.push_str(if goes { &rest[..start] } else { &rest[..end] });
        rest = &rest[end..];
    }
    out.push_str(rest);
    Ok(out)
}

/// Where the next `<v:shape` begins that is no `<v:shapetype`.
fn next_shape(text: &str) -> Option<usize> {
    let mut found = text.match_indices("<v:shape");
    let shape = found.find(|(at, name)| text[at + name.len()..].starts_with([' ', '\n', '\r', '\t', '>']));
    shape.map(|(at, _)| at)
}

/// The number in `<x:Row>`, counted from 0.
fn value(shape: &str, name: &str) -> Option<u32> {
    let (_, rest) = shape.split_once(&format!("<x:{name}>"))?;
    rest.split('<')
        .next()?
        .trim()
        .parse()
        .ok()
        .filter(|number| *number < u32::MAX)
}

fn shape(number: u64, (row, column): (u32, u32), lines: u32) -> String {
    let (row, top) = (row - 1, (row - 1).saturating_sub(1));
    let (left, right, bottom) = (column + 1, column + 4, top + 2 + lines);
    format!(
        "<v:shape id=\"{NAME}{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;\
         width:260pt;height:{height}pt;z-index:{number};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 12, {top}, 6, {right}, 12, {bottom}, 6\
         </x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        height = 20 + 15 * lines,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_come_and_go_and_others_stay() {
        let theirs = EMPTY.replace(
            "</xml>",
            "<v:shape id=\"_x0000_s2049\"><br><x:ClientData ObjectType=\"Note\"><x:Row>0</x:Row><x:Column>0</x:Column>\
             </x:ClientData></v:shape><v:shape id='b'><x:ClientData ObjectType=\"Button\"><x:Row>4</x:Row><x:Column>1</x:Column>\
             </x:ClientData></v:shape></xml>",
        );
        let once = write("vml", Some(theirs.clone()), &[], &[((5, 1), 3)]).unwrap();
        assert!(once.contains("_x0000_s2050\"") && once.contains("<v:shapetype id=\"_x0000_t202\""));
        let twice = write("vml", Some(once), &[(5, 1)], &[]).unwrap();
        assert_eq!(twice.replace(KIND, ""), theirs);
    }

    #[test]
    fn what_is_no_such_drawing_is_refused() {
        for bad in ["", "<xml>", "<w:xml></w:xml>", "<xml></xml>"] {
            assert!(
                write("vml", Some(bad.to_owned()), &[], &[((1, 0), 1)]).is_err(),
                "{bad}"
            );
        }
        assert!(write("vml", Some("<xml><v:shape ></xml>".into()), &[(1, 0)], &[]).is_err());
    }
}
