//! The keys of a profile file: explained, and refused where they make no sense.

use super::*;

#[test]
fn every_key_and_every_kind_of_column_is_explained_in_the_documentation_and_no_other() {
    let text = include_str!("../../../../docs/profiles.md");
    let explained: std::collections::BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |"))
        .map(|(key, _)| key)
        .collect();
    let keys: std::collections::BTreeSet<String> = file::keys().into_iter().flatten().collect();
    assert_eq!(explained, keys.iter().map(String::as_str).collect());
    for kind in <ColumnKind as strum::IntoEnumIterator>::iter() {
        assert!(text.contains(&format!("`{kind}`")), "{kind} is not explained");
    }
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once_by_rising_line() {
    let text = changed("header = \"归类\"", "header = \"（*）\"")
        .replacen("field = \"topic\"", "field = \"topics\"", 1)
        .replacen("vocabulary = \"closure\"", "vocabulary = \"closures\"", 1)
        .replacen("fallback = [\"验收情况\"]", "fallback = [\"任务编号\"]", 1);
    let errors = load_one(&text).unwrap_err();
    let faults: Vec<&ProfileFault> = errors.all().iter().map(|error| &error.fault).collect();
    use ProfileFault::{DeadFallback, EmptyHeader, NoSuchVocabulary, UnknownField};
    assert!(
        matches!(
            faults.as_slice(),
            [
                EmptyHeader(_),
                UnknownField { .. },
                DeadFallback { .. },
                NoSuchVocabulary(_)
            ]
        ),
        "{errors}"
    );
    assert!(errors.all().is_sorted_by_key(|error| error.line));
    assert_eq!(errors.render(Language::Zh).lines().count(), 4);
}

#[test]
fn what_a_row_says_together_may_be_judged_otherwise_and_what_cannot_be_read_may_not() {
    let off = |code: &str| {
        let rules = format!("version = \"1\"\nrules_off = [\"{code}\"]");
        load_one(&changed("version = \"1\"", &rules)).map(|profiles| profiles.get(LedgerKind::Tasks).is_off(code))
    };
    for code in ["R004", "R001", "C022", "C018", "H003", "X002"] {
        assert_eq!(off(code).ok(), Some(true), "{code}");
    }
    for code in ["C001", "C002", "C003", "X001", "H001", "D001", "D003", "F018"] {
        let errors = off(code).unwrap_err();
        assert!(
            matches!(
                errors.all(),
                [ProfileError {
                    fault: ProfileFault::RuleNeeded(_),
                    ..
                }]
            ),
            "{errors}"
        );
    }
}

#[test]
fn a_column_of_the_profiles_own_is_a_text() {
    let own = "[[columns]]\nfield = \"x_mood\"\nheader = \"满意度\"\nlabel_en = \"Mood\"\nkind = \"date\"\n\n[vocabularies.source]";
    let errors = load_one(&changed("[vocabularies.source]", own)).unwrap_err();
    assert!(
        matches!(
            errors.all(),
            [ProfileError {
                fault: ProfileFault::OwnFieldNotText(_),
                ..
            }]
        ),
        "{errors}"
    );
    let profiles = load_one(&changed("[vocabularies.source]", &own.replace("\"date\"", "\"text\""))).unwrap();
    assert!(
        profiles
            .get(LedgerKind::Tasks)
            .column("x_mood")
            .is_some_and(Column::is_own)
    );
}

#[test]
fn a_new_unit_is_a_line_of_a_profile_and_one_unit_for_two_measures_is_refused() {
    let indicators = EMBEDDED[2].1;
    let line = "{ unit = \"亩\" },";
    let own = indicators.replacen(line, "{ unit = \"亩\", accepts = [\"市亩\"] },", 1);
    let profiles = load_one(&own).unwrap();
    let units = &profiles.get(LedgerKind::Indicators).units;
    assert_eq!(units.read("万市亩"), Some((4, "亩".to_owned())));
    let twice = indicators.replacen(line, "{ unit = \"亩\", accepts = [\"公顷\"] },", 1);
    let error = load_one(&twice).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("unit \"公顷\" is blank or stands for another measure"),
        "{error}"
    );
    assert!(error.to_string().contains("own.toml, line "), "{error}");
}

#[test]
fn a_ledger_of_alerts_says_in_how_many_days_one_must_be_settled() {
    let alerts = EMBEDDED[6].1;
    let error = load_one(&alerts.replacen("open_days = 7\n", "", 1)).unwrap_err();
    assert!(
        matches!(
            error.all(),
            [ProfileError {
                fault: ProfileFault::NoLimit,
                ..
            }]
        ),
        "{error}"
    );
    let profiles = load_one(&alerts.replacen("open_days = 7", "open_days = 3", 1)).unwrap();
    assert_eq!(profiles.get(LedgerKind::Alerts).open_days, Some(3));
}
