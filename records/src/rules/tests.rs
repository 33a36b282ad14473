use std::collections::BTreeSet;

use super::*;

fn names(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn params<const N: usize>(values: [(&str, &str); N]) -> Params {
    values.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

#[test]
fn codes_are_unique_and_begin_with_a_familys_letter() {
    let codes: BTreeSet<_> = all().iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), all().len());
    for rule in all() {
        assert!(rule.code.starts_with(rule.family().letter()), "{}", rule.code);
        assert!(
            rule.code.len() == 4 && rule.code[1..].bytes().all(|byte| byte.is_ascii_digit()),
            "{}",
            rule.code
        );
    }
}

#[test]
fn both_texts_name_the_same_values_and_every_value_is_explained() {
    for rule in all() {
        let named: BTreeSet<_> = rule.params.iter().map(|param| param.name).collect();
        assert_eq!(named.len(), rule.params.len(), "{}", rule.code);
        assert_eq!(names(rule.zh), names(rule.en), "{}", rule.code);
        assert!(names(rule.zh).is_subset(&named), "{}", rule.code);
        // `first` groups the rows of one finding for machines; texts do not need it.
        let told: BTreeSet<_> = named.into_iter().filter(|name| *name != "first").collect();
        assert!(
            told.is_subset(&names(rule.zh).union(&names(rule.hint_zh)).copied().collect()),
            "{}",
            rule.code
        );
        for hint in [rule.hint_zh, rule.hint_en] {
            assert!(names(hint).is_subset(&told), "{}", rule.code);
        }
    }
}

#[test]
fn every_hint_is_a_sentence_and_no_chinese_text_holds_a_field_name() {
    for rule in all() {
        assert!(
            rule.hint_zh.ends_with('。') && !rule.zh.ends_with('。'),
            "{}",
            rule.code
        );
        assert!(rule.hint_en.ends_with('.') && !rule.en.ends_with('.'), "{}", rule.code);
        for text in [rule.zh, rule.hint_zh] {
            let told: String = text
                .split('{')
                .map(|piece| piece.rsplit('}').next().unwrap_or(piece))
                .collect();
            assert!(!told.contains('_'), "{}: {told}", rule.code);
        }
    }
}

#[test]
fn a_text_is_rendered_with_its_values() {
    let values = params([("found", "基本办结"), ("wanted", "已办结")]);
    assert_eq!(
        NOT_IN_LIST.sentences(Language::En, &values),
        "\"基本办结\" is not one of the choices. Write one of: 已办结."
    );
}

#[test]
fn braces_in_a_value_are_not_taken_for_a_name() {
    let values = params([("found", "{wanted}"), ("wanted", "已办结")]);
    assert_eq!(NOT_IN_LIST.render(Language::Zh, &values), "“{wanted}”不是可选的内容");
    assert_eq!(
        NOT_IN_LIST.render(Language::Zh, &Params::new()),
        "“{found}”不是可选的内容"
    );
}

#[test]
fn a_token_is_worded_in_the_language_of_the_text() {
    let values = params([("found", "phone"), ("wanted", "letter")]);
    assert_eq!(
        CHANNEL_DISAGREES.render(Language::Zh, &values),
        "举报方式填的是来电，编号表示的是来信"
    );
    let values = params([("sheets", "Sheet1(no_header)、Sheet2(empty)")]);
    assert!(
        NO_LEDGER
            .render(Language::Zh, &values)
            .ends_with("Sheet1（没有找到台账表头）、Sheet2（空表）")
    );
}

#[test]
fn the_page_of_rules_is_the_catalogues() {
    let written = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rules.md")).unwrap();
    assert!(
        written == markdown(),
        "docs/rules.md is not what the catalogue says; run `cargo run -p ducha-records --example rules-doc > docs/rules.md`"
    );
}
