use proptest::prelude::*;

use super::*;
use crate::account::document::{Chart, ChartKind, Table};
use crate::account::text::one_line;

fn text(text: &str) -> Span {
    Span::Text(text.to_owned())
}

fn paragraph(spans: &[Span]) -> Vec<Block> {
    vec![Block::Paragraph(spans.to_vec())]
}

fn fault(markdown: &str) -> (usize, Fault) {
    let error = parse(markdown).unwrap_err();
    (error.line, error.fault)
}

#[test]
fn a_template_with_everything_becomes_these_blocks() {
    insta::assert_debug_snapshot!(parse(include_str!("tests/everything.md")).unwrap());
}

#[test]
fn strong_text_may_stand_beside_chinese_punctuation() {
    let strong = |text: &str| Span::Strong(text.to_owned());
    assert_eq!(
        parse("**一、总体情况。**全省**共**\u{E000}7\u{E001}件").unwrap(),
        paragraph(&[
            strong("一、总体情况。"),
            text("全省"),
            strong("共"),
            Span::Figure(7),
            text("件")
        ])
    );
    assert_eq!(
        parse("**共 \u{E000}0\u{E001} 件**").unwrap(),
        paragraph(&[strong("共 "), Span::Figure(0), strong(" 件")])
    );
    assert_eq!(parse("**a****b**").unwrap(), paragraph(&[strong("ab")]));
    assert_eq!(parse(r"\*\*a\*\*").unwrap(), paragraph(&[text("**a**")]));
    assert_eq!(fault("a\n\nb **c"), (3, Fault::UnclosedStrong));
}

#[test]
fn a_line_break_is_a_space_except_within_chinese() {
    for (markdown, wanted) in [
        ("全省共有\n贵阳市", "全省共有贵阳市"),
        ("全省，\n“贵阳市", "全省，“贵阳市"),
        ("the province\nhas", "the province has"),
        ("the city of\n贵阳市", "the city of 贵阳市"),
        ("the city  \nof", "the city of"),
    ] {
        assert_eq!(parse(markdown).unwrap(), paragraph(&[text(wanted)]), "{markdown}");
    }
    let figure = |before: &str, after: &str| paragraph(&[text(before), Span::Figure(3), text(after)]);
    assert_eq!(parse("全省\n\u{E000}3\u{E001}\n件").unwrap(), figure("全省", "件"));
    assert_eq!(
        parse("all\n\u{E000}3\u{E001}\npieces").unwrap(),
        figure("all ", " pieces")
    );
}

#[test]
fn raw_html_is_text() {
    assert_eq!(
        parse("<script>alert(\"**\")</script>").unwrap(),
        paragraph(&[text("<script>alert(\"**\")</script>")])
    );
    assert_eq!(
        parse("a <b onclick='x'>c</b> &lt;d&gt;").unwrap(),
        paragraph(&[text("a <b onclick='x'>c</b> <d>")])
    );
    assert_eq!(
        parse("<div>\n\u{E000}1\u{E001}").unwrap(),
        paragraph(&[text("<div> "), Span::Figure(1)])
    );
}

#[test]
fn links_and_images_are_reduced_to_their_text() {
    assert_eq!(
        parse("[a](http://b) ![c](d) <http://e> [f]").unwrap(),
        paragraph(&[text("a c http://e [f]")])
    );
}

#[test]
fn what_an_account_has_no_place_for_is_an_error_with_its_line() {
    for (markdown, line, found) in [
        ("a\n\n> b", 3, "a quotation (>)"),
        ("a `b`", 1, "code in backticks"),
        ("a\n\n```\nb\n```", 3, "a block of code that is no chart"),
        ("a\n\n    b", 3, "a block of code that is no chart"),
        ("a *b* c", 1, "emphasis with one star or underscore"),
        ("a\n\n---\n", 3, "a line across the page"),
        ("- a\n  - b", 2, "a list within a list"),
        ("- a\n\n  b", 3, "a second paragraph in a point of a list"),
        ("#### a", 1, "a heading of more than three levels"),
    ] {
        assert_eq!(fault(markdown), (line, Fault::Unknown(found)), "{markdown}");
    }
    assert_eq!(fault("a\n\n#"), (3, Fault::EmptyHeading));
    assert_eq!(fault("3. a"), (1, Fault::ListStart(3)));
    assert_eq!(fault("a\n\n[b]: c\n"), (3, Fault::LinkDefinition));
}

#[test]
fn a_damaged_mark_and_a_figure_where_only_text_may_stand_are_errors() {
    for (markdown, digits) in [
        ("\u{E000}1", "1"),
        ("\u{E000}\u{E001}", ""),
        ("\u{E001}", ""),
        ("\u{E000}1x\u{E001}", "1"),
        ("\u{E000}99999999999999999999999\u{E001}", "99999999999999999999999"),
    ] {
        assert_eq!(fault(markdown), (1, Fault::Mark(digits.to_owned())), "{markdown:?}");
    }
    let head = "the head of a table";
    assert_eq!(fault("| a\u{E000}1\u{E001} |\n|---|\n"), (1, Fault::PlacedFigure(head)));
    assert_eq!(
        fault("```chart\ntitle = \"\u{E000}1\u{E001}\"\n```"),
        (1, Fault::PlacedFigure("a chart"))
    );
}

#[test]
fn a_table_that_is_none_and_a_row_that_does_not_fit_are_errors() {
    assert_eq!(fault("a\n\n| b | c |\n|---|\n| d | e |"), (3, Fault::BrokenTable));
    assert_eq!(fault("Table: a\n\nb"), (1, Fault::TitleWithoutTable));
    assert_eq!(fault("Table: a"), (1, Fault::TitleWithoutTable));
    for (row, found) in [("| c |", 1), ("| c | d | e |", 3)] {
        let wanted = 2;
        assert_eq!(
            fault(&format!("| a | b |\n|---|---|\n| c | d |\n{row}")),
            (4, Fault::Cells { found, wanted })
        );
    }
}

#[test]
fn a_chart_that_cannot_be_read_says_in_which_line() {
    let chart = |lines: &str| {
        format!("a\n\n```chart\ntitle = \"t\"\nkind = \"stacked_bars\"\ncategories = [\"a\"]\n{lines}\n```")
    };
    let (line, found) = fault(&chart("units = \"x\""));
    assert_eq!(line, 7);
    assert!(matches!(&found, Fault::Chart(why) if why.contains("units")), "{found}");
    let (line, found) = fault(&chart("[[series]]\nname = \"s\"\nvalues = [1.5]"));
    assert_eq!(line, 9);
    assert!(
        matches!(&found, Fault::Chart(why) if why.contains("whole number")),
        "{found}"
    );
    assert_eq!(
        fault(&chart("[[series]]\nname = \"s\"\nvalues = [1, 2]")).1,
        Fault::Values {
            series: "s".to_owned(),
            found: 2,
            wanted: 1
        }
    );
    assert_eq!(
        fault(&chart("[[series]]\nname = \"s\"\nvalues = [-1]")).1,
        Fault::NegativePart {
            series: "s".to_owned(),
            value: -1
        }
    );
}

#[test]
fn hostile_text_of_a_ledger_stays_text() {
    for hostile in [
        "# 标题",
        "- 一",
        "1. 一",
        "| a | b |",
        "|---|---|",
        "a\n===",
        "<script>alert(1)</script>",
        "[a](javascript:b)",
        "[a]: b",
        "![a](b)",
        "> a",
        "```chart\ntitle=1\n```",
        "Table: a",
        "**a** __b__ *c* `d` ~~e~~",
        "&lt;b&gt; &#42;",
        "\\",
        "=cmd|' /C calc'!A0",
    ] {
        let said = parse(&escape(hostile)).unwrap();
        assert_eq!(said, paragraph(&[text(&one_line(hostile))]), "{hostile}");
    }
    assert_eq!(
        parse(&escape("\u{E000}5\u{E001}\u{E002}")).unwrap(),
        paragraph(&[text("\u{FFFD}5\u{FFFD}\u{FFFD}")])
    );
}

/// Characters that Markdown reads in its own way, more often than others.
fn letters() -> impl Strategy<Value = String> {
    let special =
        "\\`*_{}[]()#+-.!|<>&;:=~\"'$@^ \t\n\r0123456789ab\u{A0}\u{3000}\u{2028}\u{FEFF}\u{E000}\u{E001}\u{E002}督";
    let letter = prop_oneof![
        3 => proptest::sample::select(special.chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    proptest::collection::vec(letter, 0..40).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn escaped_text_comes_back_as_it_was_wherever_it_stands(foreign in letters()) {
        let line = one_line(&foreign);
        prop_assume!(!line.is_empty());
        let escaped = escape(&foreign);
        let said = vec![text(&line)];

        prop_assert_eq!(parse(&escaped).unwrap(), paragraph(&said));
        prop_assert_eq!(parse(&format!("## {escaped}")).unwrap(), vec![Block::Heading { level: 2, text: said.clone() }]);
        for (marker, ordered) in [("-", false), ("1.", true)] {
            let items = vec![said.clone(), said.clone()];
            let list = format!("{marker} {escaped}\n{marker} {escaped}\n");
            prop_assert_eq!(parse(&list).unwrap(), vec![Block::List { ordered, items }]);
        }
        prop_assert_eq!(parse(&format!("**{escaped}**")).unwrap(), paragraph(&[Span::Strong(line.clone())]));
        let within = parse(&format!("前{escaped}{}后", mark(4))).unwrap();
        prop_assert_eq!(within, paragraph(&[text(&format!("前{line}")), Span::Figure(4), text("后")]));

        let table = Table { title: line.clone(), columns: vec![line.clone(); 2], rows: vec![vec![said.clone(), said]] };
        let written = format!("Table: {escaped}\n\n| {escaped} | {escaped} |\n|---|---|\n| {escaped} | {escaped} |\n");
        prop_assert_eq!(parse(&written).unwrap(), vec![Block::Table(table)]);
    }

    #[test]
    fn quoted_text_comes_back_as_it_was_in_a_chart(foreign in letters()) {
        let quoted = quote(&foreign);
        let written = format!("```chart\ntitle = {quoted}\nkind = \"lines\"\ncategories = [\n{quoted},\n]\n```\n");
        let title = one_line(&foreign);
        let categories = vec![title.clone()];
        let (series, unit) = (Vec::new(), String::new());
        let chart = Chart { title, kind: ChartKind::Lines, categories, series, unit };
        prop_assert_eq!(parse(&written).unwrap(), vec![Block::Chart(chart)]);
    }

    #[test]
    fn no_text_makes_the_reader_fall(markdown in letters()) {
        let lines = markdown.lines().count().max(1);
        if let Err(error) = parse(&markdown) {
            prop_assert!(error.line <= lines + 1, "{}", error);
        }
    }
}
