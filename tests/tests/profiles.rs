//! A form that nobody foresaw is read by a profile alone.

use std::path::Path;

use ducha_tests::ledger::{self, Ledgers};
use ducha_tests::{Backend, TestDatabase, program};

const BUILT_IN: &str = include_str!("../../forms/profiles/petitions.toml");

/// The petition form of a round to come: other headers, another list, another kind of number, a column of its own.
fn next_round() -> String {
    let mut profile = BUILT_IN.to_owned();
    for (from, to) in [
        (
            "version = \"1\"",
            "version = \"round-4\"\nrules_off = [\"R002\"]\nnumber_patterns = ['QX-\\d{4}-\\d{3}']",
        ),
        ("header = \"受理编号\"", "header = \"件号\""),
        ("header = \"交办问题基本情况\"", "header = \"诉求\""),
        ("header = \"是否属实\"", "header = \"查实程度\""),
        ("header = \"是否办结\"", "header = \"办理阶段\""),
        (
            "label = \"已办结\", label_en = \"concluded\", accepts = [",
            "label = \"已完结\", label_en = \"concluded\", accepts = [\"结案\", ",
        ),
        ("[vocabularies.channel]", OWN_COLUMN),
    ] {
        assert!(profile.contains(from), "{from} is not in the profile");
        profile = profile.replacen(from, to, 1);
    }
    let (columns, vocabularies) = profile.split_once("[vocabularies.pollution_kinds]").unwrap();
    let (before, own) = vocabularies.split_once("#OWN").unwrap();
    let (own, after) = own.split_once("#END").unwrap();
    format!("{columns}{own}\n[vocabularies.pollution_kinds]{before}{after}")
}

/// Columns stand before the vocabularies; the test moves it there.
const OWN_COLUMN: &str = r#"#OWN
[[columns]]
field = "x_satisfaction"
header = "群众满意度"
aliases = ["满意度"]
label_en = "Satisfaction"
example = "满意"
kind = "text"
max_chars = 100
#END
[vocabularies.channel]"#;

const HEADER: [&str; 8] = [
    "件号",
    "诉求",
    "行政区域",
    "查实程度",
    "办理阶段",
    "办结时间",
    "满意度",
    "备注",
];
const ROW: [&str; 8] = [
    "QX-2026-001",
    "养殖场排污。",
    "南明区",
    "属实",
    "结案",
    "",
    "比较满意",
    "复查过",
];

fn folder(profile: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("next.toml"), profile).unwrap();
    folder
}

#[test]
fn a_form_to_come_is_imported_with_a_profile_and_no_new_build() {
    let folder = folder(&next_round());
    let profiles = ["--profiles", folder.path().to_str().unwrap()];
    let ledgers = Ledgers::new();
    let path = ledgers.sheet("520102-台账.xlsx", &[HEADER, ROW]);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(&database.url(), &profiles, &path);
        assert!(told.findings.is_empty(), "{:?}", told.findings);
        assert_eq!(told.files[0]["inserted"], 1);
        assert_eq!(told.files[0]["rules_off"], serde_json::json!(["R002"]));
        let stored = ducha_records::petitions::get(
            &mut database.open(),
            &ducha_records::Reach::All,
            "gz-2021",
            "QX-2026-001",
        );
        let part = stored.unwrap().unwrap().handlings.remove(0);
        assert_eq!(part.content.conclusion, 2);
        let mut remarks: Vec<String> = part.content.remarks.unwrap().lines().map(str::to_owned).collect();
        remarks.sort();
        assert_eq!(remarks, ["复查过", "群众满意度：比较满意"]);
    }
    let without = ledger::check(&[], &path);
    assert_eq!(
        without.said.status,
        Some(1),
        "the built-in form does not know these headers"
    );
}

#[test]
fn a_rule_that_is_on_is_told_and_one_that_is_off_is_named_in_the_report() {
    let ledgers = Ledgers::new();
    let path = ledgers.sheet("520102-台账.xlsx", &[HEADER, ROW]);
    let on = folder(&next_round().replace("rules_off = [\"R002\"]", ""));
    let told = ledger::check(&["--profiles", on.path().to_str().unwrap()], &path);
    assert_eq!(told.faults(), [("R002".to_owned(), "F2".to_owned())]);
    let off = folder(&next_round());
    let mut command = program::command("ducha-worker");
    command.arg("check").arg(&path).arg("--profiles").arg(off.path());
    let said = program::run(&mut command);
    assert!(said.out.contains("配置文件关闭的规则：R002"), "{}", said.out);
}

#[test]
fn its_template_comes_with_the_new_headers_and_is_read_by_the_same_profile() {
    let folder = folder(&next_round());
    let out = folder.path().join("模板.xlsx");
    let mut command = program::command("ducha-worker");
    command
        .args(["template", "petitions", "-o"])
        .arg(&out)
        .arg("--profiles")
        .arg(folder.path());
    assert_eq!(program::run(&mut command).status, Some(0));
    let told = ledger::check(&["--profiles", folder.path().to_str().unwrap()], &out);
    let rules: Vec<_> = told.findings.iter().map(|finding| finding["rule"].clone()).collect();
    assert_eq!(rules, ["S023"]);
}

#[test]
fn a_profile_with_mistakes_is_refused_at_start_with_every_one_of_them_in_both_languages() {
    let broken = BUILT_IN
        .replacen(
            "version = \"1\"",
            "rules_off = [\"R404\", \"X001\"]\nnumber_patterns = ['QX-(']",
            1,
        )
        .replacen("aliases = [\"网格\"]", "aliases = [\"网格\", \"批次\"]", 1);
    let line = |part: &str| broken.lines().position(|line| line.contains(part)).unwrap() + 1;
    let (rules, pattern, header) = (line("R404"), line("QX-("), line("\"网格\", \"批次\""));
    let folder = folder(&broken);
    for (command, lang) in [("check", "zh"), ("check", "en"), ("template", "en"), ("import", "zh")] {
        let mut run = program::command("ducha-worker");
        match command {
            "template" => run.args(["template", "tasks", "-o", "never.xlsx"]),
            command => run
                .arg(command)
                .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("files/plain.xlsx")),
        };
        let said = program::run(run.arg("--profiles").arg(folder.path()).args(["--lang", lang]));
        assert_eq!(said.status, Some(2), "{command}: {}", said.out);
        let wanted = match lang {
            "zh" => [
                format!("next.toml 第 {rules} 行：没有规则“R404”"),
                format!("next.toml 第 {rules} 行：规则 X001 不能关闭"),
                format!("next.toml 第 {pattern} 行：编号格式“QX-(”无法识别"),
                format!("next.toml 第 {header} 行：表头“批次”已用于字段“batch”"),
            ],
            _ => [
                format!("next.toml, line {rules}: there is no rule \"R404\""),
                format!("next.toml, line {rules}: rule X001 cannot be switched off"),
                format!("next.toml, line {pattern}: the number pattern \"QX-(\" cannot be read"),
                format!("next.toml, line {header}: header \"批次\" stands for field \"batch\" already"),
            ],
        };
        for text in wanted {
            assert!(said.err.contains(&text), "{text} is not in:\n{}", said.err);
        }
    }
}
