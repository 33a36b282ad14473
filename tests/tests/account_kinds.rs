//! The figures of a public account that no petition and no task gives: who was held to account, and what was held.

use ducha::v1::{
    AccountabilityFilter, AccountabilitySource, AccountabilitySubject, ActivityFilter, ActivityKind, CadreLevel,
    ListAccountabilitiesRequest, ListAccountabilityIssuesRequest, ListActivitiesRequest,
};
use ducha_tests::ledger::{self, Ledgers};
use ducha_tests::{INSPECTION, TestApp, on_both};

/// Organisations by level: 42.
const ORGANISATIONS: [(&str, usize); 3] = [("厅局级", 3), ("县处级", 30), ("乡科级", 9)];
/// Persons by level: 142.
const PERSONS: [(&str, usize); 3] = [("厅局级", 15), ("县处级", 60), ("乡科级及以下", 67)];

/// Rows of decisions on five issues, and one found on the spot that belongs to none of these figures.
fn decisions() -> Vec<[String; 8]> {
    let header = [
        "移交问题编号",
        "处理对象",
        "姓名",
        "单位",
        "级别",
        "处理方式",
        "处理时间",
        "问题来源",
    ];
    let mut rows = vec![header.map(str::to_owned)];
    let mut push = |issue: usize, person: bool, level: &str, source: &str| {
        let number = rows.len();
        let (subject, name, penalty) = if person {
            ("个人", format!("某{number}"), "诫勉、党纪处分")
        } else {
            ("单位", String::new(), "通报")
        };
        let issue = if issue == 0 { String::new() } else { issue.to_string() };
        let texts = [
            subject,
            &name,
            &format!("单位{number}"),
            level,
            penalty,
            "2022-09-01",
            source,
        ]
        .map(str::to_owned);
        let [subject, name, unit, level, penalty, day, source] = texts;
        rows.push([issue, subject, name, unit, level, penalty, day, source]);
    };
    for (person, figures) in [(false, ORGANISATIONS), (true, PERSONS)] {
        for (level, count) in figures {
            (0..count).for_each(|at| push(1 + at % 5, person, level, "移交"));
        }
    }
    push(0, true, "科员", "边督边改");
    rows
}

fn activities() -> Vec<[String; 5]> {
    let mut rows = vec![["活动类型", "时间", "组织单位", "地点", "主题"].map(str::to_owned)];
    let kinds =
        std::iter::repeat_n(("常委会会议", ""), 20).chain(std::iter::repeat_n(("调研督导", "乌江、赤水河"), 16));
    for (at, (kind, place)) in kinds.enumerate() {
        rows.push([kind, "2022年7月1日", "省委", place, &format!("第{}次", at + 1)].map(str::to_owned));
    }
    rows
}

async fn decided(app: &TestApp, filter: AccountabilityFilter) -> usize {
    let request = ListAccountabilitiesRequest {
        inspection_id: INSPECTION.into(),
        filter: Some(filter),
        page_size: 1000,
        ..Default::default()
    };
    let answer = app.accountabilities().list_accountabilities(request).await.unwrap();
    answer.into_inner().accountabilities.len()
}

async fn held(app: &TestApp, kind: ActivityKind) -> usize {
    let request = ListActivitiesRequest {
        inspection_id: INSPECTION.into(),
        filter: Some(ActivityFilter {
            kinds: vec![kind.into()],
            ..Default::default()
        }),
        ..Default::default()
    };
    let answer = app.accountabilities().list_activities(request).await.unwrap();
    answer.into_inner().activities.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn organisations_and_persons_are_counted_by_level_and_what_was_found_on_the_spot_apart() {
    let ledgers = Ledgers::new();
    ledgers.sheet("520000-责任追究台账.xlsx", &decisions());
    ledgers.sheet("520000-活动台账.xlsx", &activities());
    on_both(async |app| {
        let (url, path) = (app.database().url(), ledgers.path().to_owned());
        let run = move || ledger::import(&url, &["--inspection", INSPECTION], &path);
        let told = tokio::task::spawn_blocking(run).await.unwrap();
        assert_eq!(told.faults(), []);
        let of =
            |subject: AccountabilitySubject, levels: Vec<i32>, source: AccountabilitySource| AccountabilityFilter {
                subjects: vec![subject.into()],
                levels,
                sources: vec![source.into()],
                ..Default::default()
            };
        let (organisation, person) = (AccountabilitySubject::Organisation, AccountabilitySubject::Person);
        let handed_over = AccountabilitySource::HandedOver;
        for (subject, figures, all) in [(organisation, [3, 30, 9], 42), (person, [15, 60, 67], 142)] {
            assert_eq!(decided(&app, of(subject, vec![], handed_over)).await, all);
            let levels = [CadreLevel::Department, CadreLevel::County, CadreLevel::Township];
            for (level, figure) in levels.into_iter().zip(figures) {
                let filter = of(subject, vec![level.into()], handed_over);
                assert_eq!(decided(&app, filter).await, figure, "{subject:?} {level:?}");
            }
        }
        assert_eq!(
            decided(&app, of(person, vec![], AccountabilitySource::OnTheSpot)).await,
            1
        );
        let issues = ListAccountabilityIssuesRequest {
            inspection_id: INSPECTION.into(),
            ..Default::default()
        };
        let issues = app.accountabilities().list_accountability_issues(issues).await.unwrap();
        assert_eq!(issues.into_inner().issues.len(), 5);
        assert_eq!(
            (
                held(&app, ActivityKind::Meeting).await,
                held(&app, ActivityKind::FieldVisit).await
            ),
            (20, 16)
        );
    })
    .await;
}
