//! Indicators of several divisions as one figure.

use ducha::v1::Dimension;
use ducha_records::indicators::{IndicatorContent, StagedIndicator};
use ducha_tests::{Seed, on_both};

use super::{asked, progress};

fn indicator(row: i64, division: &str, done: i64, total: Option<i64>, aggregation: i16) -> Seed {
    let content = IndicatorContent {
        name: "污水管网".into(),
        unit: "公里".into(),
        done_millionths: Some(done),
        total_millionths: total,
        aggregation,
        basis: 1,
        ..IndicatorContent::default()
    };
    let mut seed = Seed::of(division);
    seed.plain.indicators.push(StagedIndicator::new(
        ducha_records::importing::RowPlace {
            row_id: row,
            sheet: "指标".into(),
            row_number: row + 3,
            number: "污水管网||".into(),
            division: division.into(),
        },
        content,
        format!("{division}{done}{total:?}{aggregation}").into_bytes(),
    ));
    seed
}

#[tokio::test(flavor = "multi_thread")]
async fn an_indicator_is_summed_exactly_and_never_twice() {
    on_both(async |app| {
        app.import(indicator(1, "520102", 100_100_000, Some(200_000_000), 1))
            .await;
        app.import(indicator(1, "520103", 200_200_000, None, 1)).await;
        let response = progress(&app, asked("2022-12-31", &[])).await;
        let figure = &response.rows[0].indicators[0];
        assert_eq!(
            (figure.done.as_deref(), figure.total.as_deref(), figure.divisions),
            (Some("300.3"), None, 2)
        );
        let kinds: Vec<&str> = response.gaps.iter().map(|gap| gap.kind.as_str()).collect();
        assert_eq!(kinds, ["PART_WITHOUT_TOTAL"], "{response:?}");
        // The prefecture reports the same: what lies below it is in there.
        app.import(indicator(1, "520100", 310_000_000, Some(400_000_000), 1))
            .await;
        let response = progress(&app, asked("2022-12-31", &[])).await;
        let figure = &response.rows[0].indicators[0];
        assert_eq!(
            (figure.done.as_deref(), figure.total.as_deref()),
            (Some("310"), Some("400"))
        );
        assert_eq!(
            (response.gaps[0].kind.as_str(), response.gaps[0].records),
            ("COUNTED_ABOVE", 2)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn percentages_of_two_divisions_make_none() {
    on_both(async |app| {
        for division in ["520102", "520302"] {
            app.import(indicator(1, division, -10_000_000, None, 3)).await;
        }
        let response = progress(&app, asked("2022-12-31", &[])).await;
        assert_eq!(response.rows[0].indicators[0].done, None);
        assert_eq!(
            (response.gaps[0].kind.as_str(), response.gaps[0].records),
            ("NO_SUM", 2)
        );
        let areas = progress(&app, asked("2022-12-31", &[Dimension::Area])).await;
        assert_eq!(
            areas.rows[0].indicators[0].done.as_deref(),
            Some("-10"),
            "one division has one"
        );
    })
    .await;
}
