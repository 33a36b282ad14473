//! What may be asked of the plain kinds, and that their pages miss and repeat nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::accountability::{self, AccountabilityFilter};
use ducha_records::activities::{self, ActivityFilter};
use ducha_records::alerts::{self, AlertFilter};
use ducha_records::codes::{CadreLevel, Penalty, Subject};
use ducha_records::indicators::{self, IndicatorFilter};
use ducha_records::page::DateSpan;
use ducha_records::plain::After;
use support::ledger::*;
use support::on_both;
use support::plain::{self, indicator};

const FIRST: After = After {
    division: String::new(),
    number: String::new(),
};

#[test]
fn pages_follow_divisions_and_numbers_without_a_gap() {
    on_both(|_, db| {
        inspect(db, ROUND);
        for division in [NANMING, YUNYAN] {
            let rows: Vec<_> = (0..7).map(|at| indicator(&format!("指标{at}"), "个", at)).collect();
            File::of("2022-05-31")
                .plain(plain::indicators(division, &rows))
                .import(db);
        }
        let (mut after, mut seen) = (FIRST, Vec::new());
        loop {
            let page = indicators::list(
                db,
                &ducha_records::Reach::All,
                ROUND,
                &IndicatorFilter::default(),
                &after,
                3,
            )
            .unwrap();
            let last = page.rows.last().unwrap();
            after = After {
                division: last.division.clone(),
                number: last.number.clone(),
            };
            seen.extend(page.rows.into_iter().map(|row| (row.division, row.content.name)));
            if !page.more {
                break;
            }
        }
        let mut wanted = seen.clone();
        wanted.sort();
        wanted.dedup();
        assert_eq!((seen.len(), &seen), (14, &wanted));
    });
}

#[test]
fn indicators_are_found_by_each_of_their_conditions() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut pipes = indicator("污水管网", "公里", 3);
        pipes.theme = Some("长江保护".to_owned());
        pipes.task = Some("12-3".to_owned());
        pipes.period = Some("2022年".to_owned());
        File::of("2022-05-31")
            .plain(plain::indicators(NANMING, &[pipes, indicator("矿山", "个", 1)]))
            .import(db);
        File::of("2022-05-31")
            .plain(plain::indicators(YUNYAN, &[indicator("矿山", "个", 2)]))
            .import(db);
        let mut ask = |filter: IndicatorFilter| -> Vec<String> {
            let page = indicators::list(db, &ducha_records::Reach::All, ROUND, &filter, &FIRST, 10).unwrap();
            page.rows
                .into_iter()
                .map(|row| format!("{} {}", row.division, row.content.name))
                .collect()
        };
        let none = IndicatorFilter::default;
        let one = |text: &str| vec![text.to_owned()];
        let pipes = ["520102 污水管网"];
        assert_eq!(
            ask(IndicatorFilter {
                themes: one("长江保护"),
                ..none()
            }),
            pipes
        );
        assert_eq!(
            ask(IndicatorFilter {
                tasks: one("12-3"),
                ..none()
            }),
            pipes
        );
        assert_eq!(
            ask(IndicatorFilter {
                units: one("公里"),
                ..none()
            }),
            pipes
        );
        assert_eq!(
            ask(IndicatorFilter {
                periods: one("2022年"),
                ..none()
            }),
            pipes
        );
        assert_eq!(
            ask(IndicatorFilter {
                names: one("矿山"),
                ..none()
            }),
            ["520102 矿山", "520103 矿山"]
        );
        assert_eq!(
            ask(IndicatorFilter {
                divisions: one(YUNYAN),
                ..none()
            }),
            ["520103 矿山"]
        );
    });
}

#[test]
fn decisions_are_found_by_subject_level_kind_and_day() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut person = plain::decision("甲局", None);
        person.subject = Subject::Person.code();
        person.name = Some("张三".to_owned());
        person.level = Some(CadreLevel::County.code());
        person.kinds = Penalty::Admonition.bit() | Penalty::PartyDiscipline.bit();
        person.decided_on = Some(day("2022-08-01"));
        let rows = [plain::decision("乙局", Some("1")), person];
        File::of("2022-12-31")
            .plain(plain::decisions(NANMING, &rows))
            .import(db);
        let mut ask = |filter: AccountabilityFilter| -> Vec<String> {
            let page = accountability::list(db, &ducha_records::Reach::All, ROUND, &filter, &FIRST, 10).unwrap();
            page.rows.into_iter().filter_map(|row| row.content.unit).collect()
        };
        let none = AccountabilityFilter::default;
        assert_eq!(ask(none()).len(), 2);
        assert_eq!(
            ask(AccountabilityFilter {
                subjects: vec![Subject::Organisation.code()],
                ..none()
            }),
            ["乙局"]
        );
        assert_eq!(
            ask(AccountabilityFilter {
                issues: vec!["1".to_owned()],
                ..none()
            }),
            ["乙局"]
        );
        assert_eq!(
            ask(AccountabilityFilter {
                levels: vec![CadreLevel::County.code()],
                ..none()
            }),
            ["甲局"]
        );
        assert_eq!(
            ask(AccountabilityFilter {
                kinds: Penalty::PartyDiscipline.bit(),
                ..none()
            }),
            ["甲局"]
        );
        assert!(
            ask(AccountabilityFilter {
                kinds: Penalty::Judicial.bit(),
                ..none()
            })
            .is_empty()
        );
        let decided = |first: &str, last: &str| DateSpan {
            first: Some(day(first)),
            last: Some(day(last)),
        };
        assert_eq!(
            ask(AccountabilityFilter {
                decided: decided("2022-08-01", "2022-08-01"),
                ..none()
            }),
            ["甲局"]
        );
        assert!(
            ask(AccountabilityFilter {
                decided: decided("2022-08-02", "2022-12-31"),
                ..none()
            })
            .is_empty()
        );
    });
}

#[test]
fn activities_are_found_by_a_whole_number_of_a_task() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut about = plain::meeting("调度会", "2022-04-01");
        about.tasks = Some("1\n12-3".to_owned());
        let rows = [about, plain::meeting("常委会", "2022-05-01")];
        File::of("2022-12-31")
            .plain(plain::activities(NANMING, &rows))
            .import(db);
        let mut ask = |task: &str| -> Vec<String> {
            let filter = ActivityFilter {
                task: Some(task.to_owned()),
                ..ActivityFilter::default()
            };
            let page = activities::list(db, &ducha_records::Reach::All, ROUND, &filter, &FIRST, 10).unwrap();
            page.rows.into_iter().map(|row| row.content.topic).collect()
        };
        assert_eq!(ask("1"), ["调度会"]);
        assert_eq!(ask("12-3"), ["调度会"]);
        for other in ["12", "2-3", "%", "1_-3"] {
            assert!(ask(other).is_empty(), "{other}");
        }
    });
}

#[test]
fn an_alert_is_open_from_its_day_until_it_was_settled() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let mut settled = plain::alert("一级电站", "2022-05-01");
        settled.settled_on = Some(day("2022-05-05"));
        let rows = [settled, plain::alert("二级电站", "2022-05-03")];
        File::of("2022-12-31").plain(plain::alerts(NANMING, &rows)).import(db);
        let mut open = |on: &str| {
            let filter = AlertFilter {
                open_as_of: Some(day(on)),
                ..AlertFilter::default()
            };
            alerts::list(db, &ducha_records::Reach::All, ROUND, &filter, &FIRST, 10)
                .unwrap()
                .rows
                .len()
        };
        let days = ["2022-04-30", "2022-05-01", "2022-05-03", "2022-05-04", "2022-05-05"];
        assert_eq!(days.map(&mut open), [0, 1, 2, 2, 1]);
    });
}
