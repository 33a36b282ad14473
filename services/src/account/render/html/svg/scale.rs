//! The scale of an axis: round numbers around the values.

/// How many steps an axis has, about.
const STEPS: i128 = 5;

/// A scale from values to places.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    low: i128,
    high: i128,
    step: i128,
    from: f64,
    to: f64,
}

impl Scale {
    /// A scale that holds zero and all of `values`; its ends lie at `from` and `to`.
    pub fn new(values: impl IntoIterator<Item = i128>, from: f64, to: f64) -> Self {
        let (low, high) = values
            .into_iter()
            .fold((0, 0), |(low, high), value| (value.min(low), value.max(high)));
        let step = round_step((high - low).div_euclid(STEPS) + 1);
        let low = low.div_euclid(step) * step;
        let high = (high + step - 1).div_euclid(step) * step;
        Self {
            low,
            // An axis of nothing but zeros has a length all the same.
            high: if high == low { low + step } else { high },
            step,
            from,
            to,
        }
    }

    /// Where a value lies.
    pub fn place(&self, value: i128) -> f64 {
        // Drawn to a tenth of a unit: what an `f64` loses is far below that.
        let share = (value - self.low) as f64 / (self.high - self.low) as f64;
        self.from + share * (self.to - self.from)
    }

    /// The values that are written beside the axis.
    pub fn ticks(&self) -> impl Iterator<Item = i128> + use<> {
        let (low, high, step) = (self.low, self.high, self.step);
        let count = usize::try_from((high - low) / step).unwrap_or_default();
        (0..=count).map(move |at| low + at as i128 * step)
    }
}

/// 1, 2 or 5 with zeros, and no less than `least`.
fn round_step(least: i128) -> i128 {
    let mut unit = 1;
    loop {
        for step in [unit, 2 * unit, 5 * unit] {
            if step >= least {
                return step;
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ticks(values: &[i128]) -> Vec<i128> {
        Scale::new(values.iter().copied(), 0.0, 100.0).ticks().collect()
    }

    #[test]
    fn ticks_are_round_and_hold_all_values() {
        assert_eq!(ticks(&[2291]), [0, 500, 1000, 1500, 2000, 2500]);
        assert_eq!(ticks(&[3]), [0, 1, 2, 3]);
        assert_eq!(ticks(&[]), [0, 1]);
        assert_eq!(ticks(&[-3, 12]), [-5, 0, 5, 10, 15]);
    }

    proptest! {
        #[test]
        fn every_value_lies_between_the_ends(values in proptest::collection::vec(any::<i64>(), 0..5)) {
            let values = values.into_iter().map(i128::from).collect::<Vec<_>>();
            let scale = Scale::new(values.iter().copied(), 10.0, 110.0);
            prop_assert!(scale.ticks().count() <= 8);
            for value in values {
                prop_assert!((9.99..=110.01).contains(&scale.place(value)));
            }
        }
    }
}
