//! Styles.

use crate::language::Language;

/// Fonts of the text and of headings: Latin letters, and Chinese characters.
const TEXT: [&str; 2] = ["Times New Roman", "宋体"];
const HEADINGS: [&str; 2] = ["Arial", "黑体"];

/// The part with the styles. What a county's office has installed is used: Word brings no others.
pub(super) fn styles(language: Language) -> String {
    let (latin, indent) = match language {
        Language::Zh => ("en-US", " w:firstLineChars=\"200\" w:firstLine=\"480\""),
        Language::En => ("en", ""),
    };
    let mut all = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults>\
         <w:rPrDefault><w:rPr>{}<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>\
         <w:lang w:val=\"{latin}\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
         <w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
         <w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        fonts(TEXT)
    );
    let body = format!("<w:spacing w:line=\"360\" w:lineRule=\"auto\"/><w:ind{indent}/><w:jc w:val=\"both\"/>");
    all.push_str(&paragraph("BodyText", "Body Text", &body, ""));
    all.push_str(&heading(
        "Title",
        "Title",
        None,
        44,
        "<w:spacing w:before=\"240\" w:after=\"120\"/><w:jc w:val=\"center\"/>",
    ));
    let small = "<w:spacing w:after=\"240\"/><w:jc w:val=\"center\"/>";
    all.push_str(&paragraph(
        "Subtitle",
        "Subtitle",
        small,
        "<w:color w:val=\"56616B\"/><w:sz w:val=\"21\"/>",
    ));
    for (level, size) in [(1, 32), (2, 28), (3, 24)] {
        let space = "<w:spacing w:before=\"300\" w:after=\"120\" w:line=\"360\" w:lineRule=\"auto\"/>";
        let (id, name) = (format!("Heading{level}"), format!("heading {level}"));
        all.push_str(&heading(&id, &name, Some(level), size, space));
    }
    all.push_str(&paragraph(
        "ListParagraph",
        "List Paragraph",
        "<w:spacing w:line=\"360\" w:lineRule=\"auto\"/>",
        "",
    ));
    let caption = "<w:keepNext/><w:spacing w:before=\"180\" w:after=\"80\"/><w:jc w:val=\"center\"/>";
    let bold = format!("{}<w:b/><w:sz w:val=\"21\"/>", fonts(HEADINGS));
    all.push_str(&paragraph("Caption", "caption", caption, &bold));
    all.push_str(&small_styles());
    all + "</w:styles>"
}

/// What stands in tables, around drawings and in the margin, and the styles of characters.
fn small_styles() -> String {
    let (size, smaller) = ("<w:sz w:val=\"20\"/>", "<w:sz w:val=\"16\"/>");
    let (right, centre) = ("<w:jc w:val=\"right\"/>", "<w:jc w:val=\"center\"/>");
    let mut all = String::new();
    let apart = "<w:spacing w:before=\"40\" w:after=\"40\"/>";
    let right_apart = format!("{apart}{right}");
    all.push_str(&paragraph("TableText", "Table Text", apart, size));
    all.push_str(&paragraph("TableNumber", "Table Number", &right_apart, size));
    all.push_str(&paragraph("SmallText", "Small Text", "", smaller));
    all.push_str(&paragraph("SmallNumber", "Small Number", right, smaller));
    let head = format!("<w:keepNext/>{apart}{centre}");
    for (id, name, size) in [("TableHead", "Table Head", size), ("SmallHead", "Small Head", smaller)] {
        let bold = format!("{}<w:b/>{size}", fonts(HEADINGS));
        all.push_str(&paragraph(id, name, &head, &bold));
    }
    all.push_str(&paragraph("Drawing", "Drawing", centre, ""));
    all.push_str(&paragraph("Nothing", "Nothing", centre, "<w:color w:val=\"56616B\"/>"));
    all.push_str(&paragraph("Behind", "Behind Table", "", smaller));
    all.push_str(&paragraph("Footer", "footer", centre, "<w:sz w:val=\"18\"/>"));
    all.push_str(&characters("Strong", "Strong", "<w:b/><w:bCs/>"));
    all.push_str(&characters(
        "Missing",
        "Missing Figure",
        "<w:b/><w:u w:val=\"dash\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF3C4\"/>",
    ));
    all.push_str(&characters("Doubt", "Doubtful Figure", "<w:u w:val=\"wave\"/>"));
    let line =
        |side: &str, size: u8| format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"56616B\"/>");
    all + &format!(
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"AccountTable\"><w:name w:val=\"Account Table\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{}{}{}</w:tblBorders></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:tcBorders>{}</w:tcBorders>\
         <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F3F5F7\"/><w:vAlign w:val=\"center\"/></w:tcPr></w:tblStylePr></w:style>",
        line("top", 12),
        line("bottom", 12),
        line("insideH", 4),
        line("bottom", 8)
    )
}

fn fonts([latin, chinese]: [&str; 2]) -> String {
    format!("<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{chinese}\" w:cs=\"{latin}\"/>")
}

fn paragraph(id: &str, name: &str, paragraph: &str, characters: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
         <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
    )
}

/// A heading, whose outline level counts from 0 where its style counts from 1.
fn heading(id: &str, name: &str, level: Option<u8>, size: u8, paragraph: &str) -> String {
    let outline = level.map_or_else(String::new, |level| format!("<w:outlineLvl w:val=\"{}\"/>", level - 1));
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
         <w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>{paragraph}{outline}</w:pPr>\
         <w:rPr>{}<w:b/><w:bCs/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
        fonts(HEADINGS)
    )
}

fn characters(id: &str, name: &str, characters: &str) -> String {
    format!(
        "<w:style w:type=\"character\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:qFormat/>\
         <w:rPr>{characters}</w:rPr></w:style>"
    )
}
