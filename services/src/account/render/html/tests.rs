use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::*;
use crate::account::render::sample;
use crate::language::Language;

/// What a page has, read as XML.
#[derive(Default)]
struct Read {
    ids: HashSet<String>,
    targets: Vec<String>,
    elements: Vec<String>,
    text: String,
}

fn written(document: &Document) -> String {
    String::from_utf8(html(document).unwrap()).unwrap()
}

fn read(page: &str) -> Read {
    let mut reader = Reader::from_str(page);
    let mut read = Read {
        text: sample::xml_text(page),
        ..Read::default()
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => element(&mut read, &tag),
            Event::Eof => return read,
            _ => {}
        }
    }
}

fn element(read: &mut Read, tag: &BytesStart<'_>) {
    read.elements.push(tag.name().as_ref().to_owned());
    for attribute in tag.attributes() {
        let attribute = attribute.unwrap();
        let value = attribute.value.to_string();
        match attribute.key.as_ref() {
            "id" => assert!(read.ids.insert(value.clone()), "{value} stands twice"),
            "href" => read.targets.push(value),
            name => assert!(!name.starts_with("on"), "{name}"),
        }
    }
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
fn every_page_is_well_formed_and_every_link_leads_somewhere() {
    for document in documents() {
        let read = read(&written(&document));
        for target in &read.targets {
            let id = target.strip_prefix('#').expect("a link within the page");
            assert!(read.ids.contains(id), "{target}");
        }
        for number in 1..=document.figures.len() {
            assert!(read.ids.contains(&format!("figure-{number}")));
        }
    }
}

#[test]
fn every_figure_in_the_text_links_to_its_row_and_the_row_back() {
    let read = read(&written(&sample::account(Language::Zh)));
    let count = |target: &str| read.targets.iter().filter(|known| *known == target).count();
    assert_eq!((count("#figure-2"), count("#use-2")), (3, 1));
    assert_eq!((count("#figure-6"), count("#use-6")), (2, 1));
}

#[test]
fn a_missing_figure_and_a_doubtful_one_are_marked() {
    let page = written(&sample::account(Language::Zh));
    assert!(
        page.contains("<a class=\"figure missing\" id=\"use-6\" href=\"#figure-6\" title=\"indicator.修复矿山.done · 没有一个市州填报（见 D012）\">〔缺〕</a>"),
        "{page}"
    );
    assert!(page.contains("<tr id=\"figure-6\" class=\"row missing\">"), "{page}");
    assert!(page.contains("<a class=\"figure doubt\" id=\"use-7\""), "{page}");
}

#[test]
fn the_page_names_its_language_and_needs_nothing_else() {
    for (language, tag) in [(Language::Zh, "zh-CN"), (Language::En, "en")] {
        let page = written(&sample::account(language));
        assert!(page.contains(&format!("<html lang=\"{tag}\"")));
        let read = read(&page);
        for foreign in ["script", "link", "img", "iframe", "object", "embed"] {
            assert!(!read.elements.iter().any(|element| element == foreign), "{foreign}");
        }
        assert!(!page.contains("url(http") && !page.contains("@import"));
    }
}

#[test]
fn tables_have_captions_and_scopes_and_charts_a_title_and_a_description() {
    let page = written(&sample::account(Language::Zh));
    let read = read(&page);
    let count = |name: &str| read.elements.iter().filter(|element| *element == name).count();
    assert_eq!((count("svg"), count("desc"), count("caption")), (3, 3, 2));
    assert!(page.contains("<caption>表1\u{2002}各市州信访件办结情况</caption>"));
    assert!(
        page.contains("<th scope=\"col\" class=\"number\">交办（件）</th>")
            && page.contains("<th scope=\"row\">贵阳市</th>")
    );
    assert!(
        page.contains("黔西南布依族苗族自治州：已办结 97，阶段性办结 缺，未办结 1；"),
        "{page}"
    );
}

#[test]
fn hostile_text_is_text_wherever_it_stands() {
    let page = written(&sample::hostile());
    let read = read(&page);
    assert!(!read.elements.iter().any(|element| element == "script"));
    for printed in sample::printed_hostile() {
        // Title, paragraph, point, heading, its place in the contents, caption, heads, cells and figures.
        let count = read.text.matches(&printed).count();
        assert!(count >= 8, "{printed} {count}");
    }
    assert!(!read.text.contains('\u{1b}') && !read.text.contains('\u{E000}'));
}

#[test]
fn the_same_document_gives_the_same_page() {
    for document in documents() {
        assert_eq!(html(&document).unwrap(), html(&document).unwrap());
    }
}

#[test]
fn a_title_cannot_leave_the_style() {
    assert_eq!(
        css("督察a1</style>\"\\"),
        "\"督察a1\\00003C \\00002F style\\00003E \\000022 \\00005C \""
    );
}
