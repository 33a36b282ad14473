//! Rates. There is no such thing as "the" rate of conclusion: each says what it counts.

use ducha::v1::{PetitionFigures, Rate, TaskFigures};

/// The rates of petitions.
#[must_use]
pub fn of_petitions(figures: &PetitionFigures) -> Vec<Rate> {
    let concluded = figures.concluded + figures.closed;
    let rates = [
        ("concluded", concluded),
        ("concluded_or_staged", concluded + figures.staged),
    ];
    rates
        .into_iter()
        .filter_map(|(rule, count)| rate(rule, count, figures.petitions))
        .collect()
}

/// The rates of tasks.
#[must_use]
pub fn of_tasks(figures: &TaskFigures) -> Vec<Rate> {
    let rates = [("completed", figures.completed), ("closed", figures.closed)];
    rates
        .into_iter()
        .filter_map(|(rule, count)| rate(rule, count, figures.tasks))
        .collect()
}

/// A rate; none of nothing.
#[must_use]
pub fn rate(rule: &str, numerator: i64, denominator: i64) -> Option<Rate> {
    (denominator > 0).then(|| Rate {
        rule: rule.to_owned(),
        numerator,
        denominator,
        per_cent: per_cent(numerator, denominator),
    })
}

/// A share in per cent with two places, rounded half up. Both are counts, so 128 bits hold their products.
fn per_cent(numerator: i64, denominator: i64) -> String {
    let (numerator, denominator) = (i128::from(numerator), i128::from(denominator));
    let hundredths = (numerator * 20_000 + denominator).div_euclid(2 * denominator);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_half_up_to_two_places() {
        for (numerator, denominator, wanted) in [
            (2291, 2307, "99.31"),
            (783, 1427, "54.87"),
            (2750, 3411, "80.62"),
            (1, 3, "33.33"),
            (2, 3, "66.67"),
            (1, 8, "12.50"),
            (1, 32, "3.13"),
            (0, 5, "0.00"),
            (5, 5, "100.00"),
        ] {
            assert_eq!(per_cent(numerator, denominator), wanted);
        }
    }

    #[test]
    fn there_is_no_rate_of_nothing() {
        assert!(of_petitions(&PetitionFigures::default()).is_empty());
    }

    #[test]
    fn the_two_rates_of_conclusion_differ_by_what_is_concluded_in_stage() {
        let figures = PetitionFigures {
            petitions: 1427,
            concluded: 492,
            staged: 291,
            ..PetitionFigures::default()
        };
        let rates = of_petitions(&figures);
        assert_eq!(
            (rates[0].per_cent.as_str(), rates[1].per_cent.as_str()),
            ("34.48", "54.87")
        );
    }
}
