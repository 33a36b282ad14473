//! What a template holds, read from the parts of its package.

use std::io::{Cursor, Read};

use super::*;
use crate::profile::{LedgerKind, Profiles};
use zip::ZipArchive;

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn empty(profile: &Profile, language: Language) -> Vec<u8> {
    write(&[Form::empty(profile)], language).unwrap()
}

#[test]
fn every_list_is_a_range_of_the_hidden_sheet_under_a_name() {
    for profile in Profiles::embedded().iter() {
        let bytes = empty(profile, Language::Zh);
        let book = part(&bytes, "xl/workbook.xml");
        let lists = columns::of(profile).iter().any(|column| column.vocabulary.is_some());
        assert_eq!(
            book.contains(&format!(
                "<sheet name=\"{DICTIONARY_SHEET}\" sheetId=\"3\" state=\"veryHidden\""
            )),
            lists,
            "{book}"
        );
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        for column in columns::of(profile).iter().filter(|column| column.vocabulary.is_some()) {
            let name = format!("list_{}_{}", profile.kind, column.column.vocabulary.as_deref().unwrap());
            assert!(
                book.contains(&format!("<definedName name=\"{name}\">'{DICTIONARY_SHEET}'!$")),
                "{name}"
            );
            assert!(sheet.contains(&format!("<formula1>{name}</formula1>")), "{name}");
        }
    }
}

#[test]
fn several_words_are_a_hint_and_one_word_is_a_must() {
    let profiles = Profiles::embedded();
    let sheet = part(
        &empty(profiles.get(LedgerKind::Petitions), Language::Zh),
        "xl/worksheets/sheet1.xml",
    );
    let validation = |list: &str| {
        let (before, _) = sheet
            .split_once(&format!("<formula1>list_petitions_{list}</formula1>"))
            .unwrap();
        before[before.rfind("<dataValidation ").unwrap()..].to_owned()
    };
    assert!(validation("pollution_kinds").contains("errorStyle=\"information\""));
    assert!(
        !validation("conclusion").contains("errorStyle"),
        "a stop, which is the default"
    );
    assert!(validation("conclusion").contains("请检查填写内容"));
}

#[test]
fn a_form_is_printed_whole_with_its_header_on_each_page_and_scrolls_under_it() {
    for profile in Profiles::embedded().iter() {
        let bytes = empty(profile, Language::Zh);
        let (book, sheet) = (
            part(&bytes, "xl/workbook.xml"),
            part(&bytes, "xl/worksheets/sheet1.xml"),
        );
        for wanted in ["_xlnm.Print_Titles", "_xlnm.Print_Area", "_xlnm._FilterDatabase"] {
            assert!(book.contains(wanted), "{wanted}");
        }
        for wanted in [
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "state=\"frozen\"",
            "<autoFilter ",
        ] {
            assert!(sheet.contains(wanted), "{wanted}");
        }
    }
}

#[test]
fn each_header_has_a_note_in_the_language_asked_for_and_names_rules_that_exist() {
    let profiles = Profiles::embedded();
    for profile in profiles.iter() {
        for (language, wanted) in [(Language::Zh, "填写要求："), (Language::En, "Wanted: ")] {
            let notes = part(&empty(profile, language), "xl/comments1.xml");
            let count = columns::of(profile).len();
            assert_eq!(notes.matches("<comment ").count(), count);
            assert_eq!(notes.matches(wanted).count(), count);
        }
        for column in columns::of(profile) {
            for code in wanted::codes(&column) {
                assert!(ducha_records::rules::find(code).is_some(), "{code}");
            }
        }
    }
}

#[test]
fn the_form_and_its_version_are_stamped() {
    let profiles = Profiles::embedded();
    let forms: Vec<Form<'_>> = profiles.iter().map(Form::empty).collect();
    let bytes = write(&forms, Language::En).unwrap();
    let custom = part(&bytes, "docProps/custom.xml");
    assert!(custom.contains("name=\"ducha-template\""), "{custom}");
    assert!(custom.contains("petitions 1, tasks 1"), "{custom}");
    let texts = part(&bytes, "xl/sharedStrings.xml");
    assert!(texts.contains("template: petitions  version: 1"), "visibly too");
}

#[test]
fn personal_data_is_not_asked_for_and_every_column_that_is_has_an_example() {
    for profile in Profiles::embedded().iter() {
        for column in columns::of(profile) {
            assert!(!column.column.personal, "{}", column.column.field);
            assert!(!example(profile, column.column).is_empty(), "{}", column.column.field);
        }
    }
}

#[test]
fn a_title_of_any_length_and_letters_makes_a_name_for_a_sheet() {
    assert_eq!(ledger::name("一览表[2022/1]: 第*批?"), "一览表20221 第批");
    assert_eq!(ledger::name(&"长".repeat(40)).chars().count(), 31);
}
