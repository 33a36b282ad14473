//! Another province gets its account from ledgers, templates and its `inspection.toml` alone: nothing of the first one
//! stands in the program.

use ducha::v1::{GetAccountRequest, account_block::Block, account_span::Span};
use ducha_records::divisions;
use ducha_tests::ledger::{self, HEADER};
use ducha_tests::{Backend, TestApp, TestDatabase, serving};
use rust_xlsxwriter::Workbook;

use super::client;

const DIVISIONS: &str =
    "code,name,parent\n650000,云中省,\n650100,雾都市,650000\n650102,东湖区,650100\n650103,西山区,650100\n";

const INSPECTION: &str = r#"
id = "yz-2030"
name = "云中省督察"
level = "provincial"
round = 1
province = "650000"
started_on = 2030-03-01
ended_on = 2030-03-31
feedback_on = 2030-05-01
first_received_on = 2030-03-02
themes = ["湖泊治理", "噪声扰民"]

[account.title]
zh = "云中省整改报告"
en = "Yunzhong: rectification"

[[account.paragraphs]]
section = "湖泊治理"
zh = '湖泊治理累计清淤{{ indicator(name="清淤长度", value="done") }}米。'

[account.terms]
"湖泊治理" = "Lakes"
"#;

const TEMPLATE: &str =
    "{{ name }}截至{{ date(as_of) }}：信访{{ petitions() }}件，办结{{ petitions(concluded=\"yes\") }}件。

{% for theme in themes() %}
# {{ theme }}

{% for paragraph in paragraphs(theme) %}
{{ paragraph }}

{% endfor %}
{% endfor %}
罚款{{ measure(what=\"fine\") }}元，指标{{ indicator(name=\"没有的指标\") }}，植树{{ indicator(name=\"植树面积\") }}亩。
";

fn sheet(path: &std::path::Path, rows: &[&[&str]]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            sheet.write(at as u32, column as u16, *text).unwrap();
        }
    }
    book.save(path).unwrap();
}

/// The text of an account with its figures.
fn text(account: &ducha::v1::Account) -> Vec<String> {
    let figure = |key: &str| {
        account
            .figures
            .iter()
            .find(|figure| figure.key == key)
            .unwrap()
            .text
            .clone()
    };
    let of_spans = |text: &ducha::v1::AccountText| {
        let span = |span: &ducha::v1::AccountSpan| match span.span.as_ref().unwrap() {
            Span::Text(text) | Span::Strong(text) => text.clone(),
            Span::Figure(key) => figure(key),
        };
        text.spans.iter().map(span).collect::<String>()
    };
    let blocks = account.blocks.iter().filter_map(|block| match block.block.as_ref()? {
        Block::Heading(heading) => Some(format!("# {}", of_spans(heading.text.as_ref()?))),
        Block::Paragraph(text) => Some(of_spans(text)),
        _ => None,
    });
    blocks.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_province_has_its_account_from_data_alone() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        divisions::load(&mut database.open(), &divisions::parse_csv(DIVISIONS).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("inspection.toml"), INSPECTION).unwrap();
        let row = |number: &'static str, division: &'static str, state: &'static str| {
            [
                number,
                "湖边施工噪声很大。",
                division,
                "噪声",
                "属实",
                "已责令整改。",
                state,
            ]
        };
        sheet(
            &folder.path().join("650102-台账.xlsx"),
            &[
                &HEADER,
                &row("A-1", "东湖区", "已办结"),
                &row("A-2", "东湖区", "未办结"),
            ],
        );
        sheet(
            &folder.path().join("650103-指标台账.xlsx"),
            &[
                &["指标名称", "单位", "完成数", "归类"],
                &["清淤长度", "米", "1250.5", "湖泊治理"],
                &["植树面积", "亩", "120", "湖泊治理"],
            ],
        );
        sheet(
            &folder.path().join("650100-指标台账.xlsx"),
            &[
                &["指标名称", "单位", "完成数", "归类"],
                &["植树面积", "亩", "300", "湖泊治理"],
            ],
        );
        let (url, path) = (database.url().to_owned(), folder.path().to_owned());
        let told = tokio::task::spawn_blocking(move || ledger::import(&url, &[], &path))
            .await
            .unwrap();
        assert!(told.said.status.is_some_and(|status| status < 2), "{}", told.said.err);

        let templates = tempfile::tempdir().unwrap();
        std::fs::create_dir(templates.path().join("yz-2030")).unwrap();
        std::fs::write(templates.path().join("yz-2030/account.zh-CN.md"), TEMPLATE).unwrap();
        let app = TestApp::over(database, |settings| {
            settings.templates = Some(templates.path().to_owned())
        })
        .await;
        serving(&app.channel).await;
        let request = GetAccountRequest {
            inspection_id: "yz-2030".into(),
            as_of: "2099-12-31".into(),
        };
        let account = client(&app)
            .get_account(request.clone())
            .await
            .unwrap()
            .into_inner()
            .account
            .unwrap();
        assert_eq!(account.title, "云中省整改报告");
        assert_eq!(
            text(&account),
            [
                "云中省督察截至2099年12月31日：信访2件，办结1件。",
                "# 湖泊治理",
                "湖泊治理累计清淤1250.5米。",
                "# 噪声扰民",
                "罚款0元，指标〔缺〕，植树300亩。"
            ]
        );
        for (figure, kind, records) in [
            ("没有的指标", "UNKNOWN_FIGURE", 0), // missing, and not zero
            ("植树面积", "COUNTED_ABOVE", 1),    // the city's, in which the district's is
        ] {
            let gap = account.gaps.iter().find(|gap| gap.figure.contains(figure)).unwrap();
            assert_eq!((gap.kind.as_str(), gap.records), (kind, records), "{figure}");
            let stated = account.figures.iter().find(|one| one.key.contains(figure)).unwrap();
            assert_eq!(stated.gap.as_ref(), Some(gap));
        }

        // The built-in template in the other language.
        let mut english = tonic::Request::new(request);
        english.metadata_mut().insert("accept-language", "en".parse().unwrap());
        let account = client(&app)
            .get_account(english)
            .await
            .unwrap()
            .into_inner()
            .account
            .unwrap();
        let told = text(&account).join("\n");
        assert!(
            told.contains("(1) Lakes") && told.contains("of the 2 petitions"),
            "{told}"
        );

        // A template with a mistake names its line, and the server lives.
        std::fs::write(
            templates.path().join("yz-2030/account.zh-CN.md"),
            "一\n\n{{ petitions(colour=\"red\") }}",
        )
        .unwrap();
        let request = GetAccountRequest {
            inspection_id: "yz-2030".into(),
            as_of: String::new(),
        };
        let refused = client(&app).get_account(request).await.unwrap_err();
        assert_eq!(refused.code(), tonic::Code::FailedPrecondition);
        assert!(
            refused.message().contains("account:3") && refused.message().contains("colour"),
            "{refused}"
        );
    }
}
