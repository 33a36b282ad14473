use std::collections::BTreeMap;

use super::*;
use crate::account::render::sample;
use crate::language::Language;

fn parts(document: &Document) -> BTreeMap<String, String> {
    sample::parts(&docx(document).unwrap())
}

fn documents() -> [Document; 5] {
    [
        sample::account(Language::Zh),
        sample::account(Language::En),
        sample::empty(),
        sample::hostile(),
        sample::long(),
    ]
}

#[test]
fn every_part_is_well_formed_and_every_relation_leads_to_a_part() {
    for document in documents() {
        let parts = parts(&document);
        for (name, part) in parts.iter().filter(|(name, _)| !name.ends_with(".xlsx")) {
            sample::xml_text(part);
            let Some(folder) = name.strip_suffix(".rels").and_then(|name| name.split("_rels/").next()) else {
                continue;
            };
            for target in part.split("Target=\"").skip(1) {
                let target = target.split('"').next().unwrap();
                let found = match target.strip_prefix("../") {
                    Some(up) => parts.contains_key(&format!("word/{up}")),
                    None => parts.contains_key(&format!("{folder}{target}")),
                };
                assert!(found, "{name} {target}");
            }
        }
    }
}

#[test]
fn headings_tables_lists_and_page_numbers_are_real_ones() {
    let parts = parts(&sample::account(Language::Zh));
    let text = &parts["word/document.xml"];
    for wanted in [
        "<w:pStyle w:val=\"Title\"/>",
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Heading3\"/>",
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>",
        "<w:rStyle w:val=\"Strong\"/>",
        "<c:chart r:id=\"rIdChart3\"/>",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    // One table of the text and the list of figures; both repeat their heads.
    assert_eq!(text.matches("<w:tbl>").count(), 2);
    assert_eq!(text.matches("<w:tblHeader/>").count(), 2);
    let footer = &parts["word/footer1.xml"];
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "));
    assert_eq!(sample::xml_text(footer).trim(), "第  PAGE 1 页，共  NUMPAGES 1 页");
    assert!(parts["word/styles.xml"].contains("w:eastAsia=\"黑体\""));
    assert!(parts["word/styles.xml"].contains("<w:outlineLvl w:val=\"2\"/>"));
}

#[test]
fn a_missing_figure_and_a_doubtful_one_have_styles_of_their_own() {
    let text = &parts(&sample::account(Language::Zh))["word/document.xml"];
    assert!(text.contains("<w:rStyle w:val=\"Missing\"/></w:rPr><w:t xml:space=\"preserve\">〔缺〕</w:t>"));
    assert!(text.contains("<w:rStyle w:val=\"Doubt\"/></w:rPr><w:t xml:space=\"preserve\">20</w:t>"));
}

#[test]
fn the_document_names_its_language_title_and_day() {
    for (language, tag, title) in [
        (Language::Zh, "zh-CN", "贵州省整改落实情况"),
        (Language::En, "en", "Rectification in Guizhou"),
    ] {
        let parts = parts(&sample::account(language));
        let core = &parts["docProps/core.xml"];
        assert!(core.contains(&format!("<dc:title>{title}</dc:title>")), "{core}");
        assert!(core.contains(&format!("<dc:language>{tag}</dc:language>")), "{core}");
        assert!(core.contains(">2023-05-31T00:00:00Z</dcterms:created>"), "{core}");
    }
}

#[test]
fn hostile_text_is_text_wherever_it_stands() {
    let parts = parts(&sample::hostile());
    let text = sample::xml_text(&parts["word/document.xml"]);
    for printed in sample::printed_hostile() {
        let count = text.matches(&printed).count();
        assert!(count >= 8, "{printed} {count}");
    }
    assert!(!text.contains('\u{1b}') && !text.contains('\u{E000}'));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for document in documents() {
        assert!(docx(&document).unwrap() == docx(&document).unwrap());
    }
}
