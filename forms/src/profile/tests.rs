//! What a profile file promises, and what it may not say.

use ducha_records::rules::Language;

use super::*;

const TASKS: &str = EMBEDDED[1].1;

/// The embedded task profile with `from` replaced by `to` once.
mod keys;

fn changed(from: &str, to: &str) -> String {
    assert!(TASKS.contains(from), "{from:?} is not in the profile");
    TASKS.replacen(from, to, 1)
}

fn load_one(text: &str) -> Result<Profiles, ProfileErrors> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("own.toml"), text).unwrap();
    Profiles::load(dir.path())
}

#[test]
fn the_embedded_profiles_pass_their_own_checks() {
    let profiles = Profiles::embedded();
    let kinds: Vec<_> = profiles.iter().map(|profile| profile.kind).collect();
    assert_eq!(
        kinds,
        [
            LedgerKind::Petitions,
            LedgerKind::Tasks,
            LedgerKind::Indicators,
            LedgerKind::AccountabilityIssues,
            LedgerKind::Accountabilities,
            LedgerKind::Activities,
            LedgerKind::Alerts
        ]
    );
    let tasks = profiles.get(LedgerKind::Tasks);
    assert_eq!(
        tasks.column("number").map(|column| column.required),
        Some(Required::Always)
    );
    assert_eq!(
        tasks.column("status").map(|column| column.required),
        Some(Required::UnlessRegister)
    );
    assert_eq!(
        tasks.column("remarks").map(|column| column.required),
        Some(Required::No)
    );
    assert!(
        tasks
            .column("status")
            .and_then(|column| tasks.vocabulary(column))
            .is_some()
    );
    assert_eq!("petitions".parse(), Ok(LedgerKind::Petitions));
    assert_eq!(LedgerKind::Tasks.as_str(), "tasks");
}

#[test]
fn every_header_of_the_embedded_profiles_finds_its_own_column() {
    for profile in Profiles::embedded().iter() {
        for (index, column) in profile.columns.iter().enumerate() {
            for header in std::iter::once(&column.header).chain(&column.aliases) {
                let found = profile
                    .find(&HeaderText::read(header))
                    .and_then(|found| found.primary());
                assert_eq!(found, Some(index), "{header} of {}", column.field);
            }
        }
    }
}

#[test]
fn a_directory_replaces_the_kinds_it_has() {
    let profiles = load_one(&changed("header = \"整改时限\"", "header = \"最迟完成\"")).unwrap();
    assert_eq!(
        profiles.get(LedgerKind::Tasks).column("deadline").unwrap().header,
        "最迟完成"
    );
    let embedded = Profiles::embedded();
    assert_eq!(
        profiles.get(LedgerKind::Petitions).columns,
        embedded.get(LedgerKind::Petitions).columns
    );
}

#[test]
fn a_bad_profile_is_refused_with_file_line_and_reason() {
    let line_of = |text: &str, part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
    let cases = [
        (
            "kind = \"tasks\"",
            "kind = \"orders\"",
            "orders",
            "unknown variant `orders`",
        ),
        (
            "generic = true",
            "generics = true",
            "generics",
            "unknown field `generics`",
        ),
        (
            "header = \"归类\"",
            "header = \"项目\"",
            "header = \"项目\"",
            "stands for field \"theme\" already",
        ),
        (
            "\"专题\", ",
            "\"专题\", \"归 类\", ",
            "归 类",
            "\"归 类\" stands for field \"theme\" already",
        ),
        (
            "field = \"topic\"",
            "field = \"theme\"",
            "field = \"项目\"",
            "field \"theme\" has a column already",
        ),
        (
            "field = \"topic\"",
            "field = \"topics\"",
            "topics",
            "tasks has no field \"topics\", wanted one of: seq, number",
        ),
        (
            "vocabulary = \"source\"",
            "vocabulary = \"sources\"",
            "sources",
            "no vocabulary \"sources\" in this file",
        ),
        (
            "vocabulary = \"source\"",
            "",
            "kind = \"choice\"",
            "kind choice wants a vocabulary",
        ),
        (
            "identity = [\"number\", \"problem\"]",
            "identity = []",
            "identity",
            "identity names no field",
        ),
        (
            "fallback = [\"编号\", \"序号\"]",
            "fallback = [\"编号\", \"归类\"]",
            "归类",
            "can never be taken",
        ),
        (
            "header = \"归类\"",
            "header = \"（*）\"",
            "（*）",
            "neither letter nor digit",
        ),
        (
            "kind = \"deadline\"",
            "kind = \"date\"",
            "field = \"deadline\"",
            "field \"deadline\" has kind date, wanted deadline",
        ),
        (
            "value = \"behind\"",
            "value = \"late\"",
            "value = \"late\"",
            "field \"status\" has no value \"late\"",
        ),
        (
            "required = true",
            "required = \"sometimes\"",
            "sometimes",
            "required must be true, false",
        ),
    ];
    for (from, to, at, reason) in cases {
        let text = changed(from, to);
        let errors = load_one(&text).expect_err(to);
        let error = &errors.all()[0];
        assert!(error.to_string().contains(reason), "{to}: {error}");
        assert!(error.to_string().contains("own.toml, line "), "{to}: {error}");
        let line = if at == "field = \"项目\"" {
            line_of(&text, "header = \"项目\"") - 1
        } else {
            line_of(&text, at)
        };
        let first = text
            .lines()
            .skip(line)
            .position(|later| later.contains(at))
            .map(|more| line + more + 1);
        assert!(
            error.line == line || Some(error.line) == first,
            "{to}: line {}, wanted {line}",
            error.line
        );
    }
}

#[test]
fn a_field_without_a_column_is_refused() {
    let (before, after) = TASKS.split_once("[[columns]]\nfield = \"theme\"").unwrap();
    let rest = &after[after.find("[[columns]]").unwrap()..];
    let error = load_one(&format!("{before}{rest}")).unwrap_err();
    assert!(
        matches!(error.all()[0].fault, ProfileFault::MissingField("theme")),
        "{error}"
    );
}

#[test]
fn a_directory_without_profiles_or_with_two_of_a_kind_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let error = Profiles::load(dir.path()).unwrap_err();
    assert!(matches!(error.all()[0].fault, ProfileFault::NoFiles), "{error}");
    std::fs::write(dir.path().join("a.toml"), TASKS).unwrap();
    std::fs::write(dir.path().join("b.toml"), TASKS).unwrap();
    let error = Profiles::load(dir.path()).unwrap_err();
    assert!(
        error.to_string().contains("b.toml, line 7: kind tasks stands in "),
        "{error}"
    );
    let error = Profiles::load(&dir.path().join("absent")).unwrap_err();
    assert!(matches!(error.all()[0].fault, ProfileFault::Unreadable(_)), "{error}");
}

#[test]
fn units_in_a_header_decide_what_its_column_can_be() {
    let profiles = Profiles::embedded();
    let petitions = profiles.get(LedgerKind::Petitions);
    let cases = [
        ("责令整改（家次）", Some("ordered"), Some("家次")),
        ("罚款金额（万元）", Some("fine_fen"), Some("万元")),
        ("罚款金额(单位：万元)", Some("fine_fen"), Some("万元")),
        ("罚款万元", Some("fine_fen"), Some("万元")),
        ("罚款（件）", None, None),
        ("立案处罚（万元）", None, None),
        ("立案处罚(家/件)", Some("penalised"), Some("家/件")),
        ("责令整改家数", Some("ordered"), Some("家")),
        ("约谈人次", Some("interviewed"), Some("人次")),
        ("约谈人", None, None),
        ("问责（人次）", Some("accountable"), Some("人次")),
        ("问责情况", Some("accountability"), None),
        ("问责情况（人次）", None, None),
        ("办结情况（件）", None, None),
        ("重点（件）", None, None),
        ("是否重复(件)", Some("duplicate"), None),
        ("县（市、区）", Some("division"), None),
        ("行政拘留（人次）", Some("admin_detained"), Some("人次")),
        ("刑事拘留（人次）", Some("criminal_detained"), Some("人次")),
    ];
    for (header, field, unit) in cases {
        let found = petitions.find(&HeaderText::read(header));
        let column = found
            .as_ref()
            .and_then(Match::primary)
            .map(|index| petitions.columns[index].field.as_str());
        assert_eq!(column, field, "{header}");
        if field.is_some_and(|field| field != "duplicate") {
            assert_eq!(found.and_then(|found| found.unit).as_deref(), unit, "{header}");
        }
    }
}

#[test]
fn a_misspelt_header_has_a_nearest_one_and_a_strange_one_has_none() {
    let profiles = Profiles::embedded();
    let petitions = profiles.get(LedgerKind::Petitions);
    let nearest = |header| {
        petitions
            .nearest(&HeaderText::read(header))
            .map(|near| (petitions.columns[near.column].field.as_str(), near.slip))
    };
    assert_eq!(nearest("受理编码"), Some(("number", true)));
    assert_eq!(nearest("网格圆"), Some(("grid_officer", true)));
    assert_eq!(nearest("督查期间调查核实情兄"), Some(("investigation", true)));
    assert_eq!(nearest("调查核实结论"), Some(("investigation", true)));
    assert_eq!(nearest("责任单位负责人"), Some(("units", false)));
    assert_eq!(nearest("天气"), None);
}
