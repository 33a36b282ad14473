//! The parts beside the text.

use std::io::Result;

use super::xml::{Out, element, empty, part, run, text, value};
use crate::account::document::Document;
use crate::account::text::one_line;
use crate::language::{self, Language};

/// Where the package begins.
pub(super) const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;

/// What wrote the document.
pub(super) const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>ducha</Application></Properties>"#;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// What each part is.
pub(super) fn content_types(charts: usize) -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut types = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"xlsx\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{word}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{word}.styles+xml\"/>\
         <Override PartName=\"/word/settings.xml\" ContentType=\"{word}.settings+xml\"/>\
         <Override PartName=\"/word/numbering.xml\" ContentType=\"{word}.numbering+xml\"/>\
         <Override PartName=\"/word/footer1.xml\" ContentType=\"{word}.footer+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
    );
    for number in 1..=charts {
        types.push_str(&format!(
            "<Override PartName=\"/word/charts/chart{number}.xml\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.drawingml.chart+xml\"/>"
        ));
    }
    types + "</Types>"
}

/// What the text refers to.
pub(super) fn relations(charts: usize) -> String {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let one = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{kinds}/{kind}\" Target=\"{target}\"/>")
    };
    let mut all = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}{}{}{}",
        one("rIdStyles", "styles", "styles.xml"),
        one("rIdSettings", "settings", "settings.xml"),
        one("rIdNumbering", "numbering", "numbering.xml"),
        one("rIdFooter", "footer", "footer1.xml"),
    );
    for number in 1..=charts {
        all.push_str(&one(
            &format!("rIdChart{number}"),
            "chart",
            &format!("charts/chart{number}.xml"),
        ));
    }
    all + "</Relationships>"
}

/// Title, language and time of the document.
pub(super) fn core(document: &Document) -> Result<Vec<u8>> {
    let namespaces = [
        (
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        ),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let time = document.as_of.format("%Y-%m-%dT00:00:00Z").to_string();
    part(|out| {
        element(out, "cp:coreProperties", &namespaces, |out| {
            text(out, "dc:title", &[], &one_line(&document.title))?;
            text(out, "dc:creator", &[], "ducha")?;
            text(out, "dc:language", &[], language::tag(document.language))?;
            let kind = [("xsi:type", "dcterms:W3CDTF")];
            text(out, "dcterms:created", &kind, &time)?;
            text(out, "dcterms:modified", &kind, &time)
        })
    })
}

/// Settings: the languages of the fonts, and how East Asian lines break.
pub(super) fn settings(language: Language) -> String {
    let latin = language.pick("en-US", "en");
    format!(
        "{HEAD}<w:settings xmlns:w=\"{WORD}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{latin}\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

/// Points without numbers, and one numbering for each numbered list, so that each begins with 1.
pub(super) fn numbering(ordered: usize) -> String {
    let level = |id: u8, format: &str, said: &str| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"singleLevel\"/>\
             <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{said}\"/>\
             <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"840\" w:hanging=\"420\"/></w:pPr></w:lvl></w:abstractNum>"
        )
    };
    let mut all = format!(
        "{HEAD}<w:numbering xmlns:w=\"{WORD}\">{}{}<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level(0, "bullet", "•"),
        level(1, "decimal", "%1.")
    );
    for number in 2..2 + ordered {
        all.push_str(&format!(
            "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"1\"/>\
             <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>"
        ));
    }
    all + "</w:numbering>"
}

/// The number of the page and of all pages.
pub(super) fn footer(language: Language) -> Result<Vec<u8>> {
    let (before, between, behind) = match language {
        Language::Zh => ("第 ", " 页，共 ", " 页"),
        Language::En => ("Page ", " of ", ""),
    };
    part(|out| {
        element(out, "w:ftr", &[("xmlns:w", WORD)], |out| {
            element(out, "w:p", &[], |out| {
                element(out, "w:pPr", &[], |out| value(out, "w:pStyle", "Footer"))?;
                run(out, None, before)?;
                field(out, " PAGE ")?;
                run(out, None, between)?;
                field(out, " NUMPAGES ")?;
                run(out, None, behind)
            })
        })
    })
}

/// A field that the word processor fills.
fn field(out: &mut Out, instruction: &str) -> Result<()> {
    let mark = |out: &mut Out, kind: &str| {
        element(out, "w:r", &[], |out| {
            empty(out, "w:fldChar", &[("w:fldCharType", kind)])
        })
    };
    mark(out, "begin")?;
    element(out, "w:r", &[], |out| {
        text(out, "w:instrText", &[("xml:space", "preserve")], instruction)
    })?;
    mark(out, "separate")?;
    run(out, None, "1")?;
    mark(out, "end")
}
