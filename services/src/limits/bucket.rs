//! Allowances that are used up and fill up again.
//!
//! Of each key one moment is kept: when what was taken will have come back (the generic cell rate algorithm). That is all
//! there is to a token bucket, and a key that took nothing for a while need not be kept.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Keys that are kept at once before those that are full again are forgotten. A province has a few hundred.
const MANY: usize = 10_000;

/// What each key may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allowance {
    /// How long one takes to come back, in nanoseconds.
    nanos: f64,
    /// How many there are at most.
    burst: f64,
}

impl Allowance {
    /// So many in each `time`, and at most `burst` at once; `None` where `many` is 0, which is no limit.
    #[must_use]
    pub fn new(many: u64, time: Duration, burst: u64) -> Option<Self> {
        (many > 0).then(|| Self {
            nanos: time.as_nanos() as f64 / many as f64,
            burst: burst as f64,
        })
    }

    fn time_for(self, many: f64) -> Duration {
        Duration::from_nanos((self.nanos * many) as u64)
    }
}

/// The allowances of all keys.
#[derive(Debug)]
pub struct Buckets {
    allowance: Allowance,
    /// When each key has its whole allowance again.
    full: Mutex<HashMap<String, Instant>>,
}

impl Buckets {
    /// Each key begins with its whole allowance.
    #[must_use]
    pub fn new(allowance: Allowance) -> Self {
        Self {
            allowance,
            full: Mutex::default(),
        }
    }

    /// Takes so many of a key's allowance.
    ///
    /// # Errors
    /// How long it takes until there are so many, where there are not; nothing is taken then.
    pub fn take(&self, key: &str, many: u64, now: Instant) -> Result<(), Duration> {
        let mut full = self.full.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = full
            .get(key)
            .map_or(Duration::ZERO, |full| full.saturating_duration_since(now));
        let after = taken + self.allowance.time_for(many as f64);
        let whole = self.allowance.time_for(self.allowance.burst);
        if after > whole {
            return Err(after - whole);
        }
        if many > 0 {
            keep(&mut full, key, now + after, now);
        }
        Ok(())
    }

    /// Takes so many, whether there are or not: what is owed has to come back first.
    pub fn owe(&self, key: &str, many: u64, now: Instant) {
        let mut full = self.full.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = full
            .get(key)
            .map_or(Duration::ZERO, |full| full.saturating_duration_since(now));
        let after = taken + self.allowance.time_for(many as f64);
        keep(&mut full, key, now + after, now);
    }
}

fn keep(full: &mut HashMap<String, Instant>, key: &str, at: Instant, now: Instant) {
    match full.get_mut(key) {
        Some(known) => *known = at,
        None => {
            if full.len() >= MANY {
                full.retain(|_, full| *full > now);
            }
            full.insert(key.to_owned(), at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn buckets(many: u64, burst: u64) -> Buckets {
        Buckets::new(Allowance::new(many, Duration::from_secs(1), burst).unwrap())
    }

    #[test]
    fn a_burst_is_let_in_and_then_as_many_as_come_back() {
        let (buckets, begun) = (buckets(10, 5), Instant::now());
        for _ in 0..5 {
            assert_eq!(buckets.take("a", 1, begun), Ok(()));
        }
        assert_eq!(buckets.take("a", 1, begun), Err(Duration::from_millis(100)));
        assert_eq!(buckets.take("b", 1, begun), Ok(()), "another has its own");
        let later = begun + Duration::from_millis(100);
        assert_eq!(buckets.take("a", 1, later), Ok(()));
        assert_eq!(buckets.take("a", 1, later), Err(Duration::from_millis(100)));
        let rested = begun + Duration::from_secs(60);
        for _ in 0..5 {
            assert_eq!(buckets.take("a", 1, rested), Ok(()), "never more than the burst");
        }
        assert!(buckets.take("a", 1, rested).is_err());
    }

    #[test]
    fn what_is_owed_has_to_come_back_first() {
        let (buckets, begun) = (buckets(10, 10), Instant::now());
        buckets.owe("a", 25, begun);
        assert_eq!(buckets.take("a", 0, begun), Err(Duration::from_millis(1_500)));
        assert_eq!(buckets.take("a", 0, begun + Duration::from_millis(1_500)), Ok(()));
    }

    #[test]
    fn who_rests_is_forgotten_once_there_are_many() {
        let (buckets, begun) = (buckets(1_000, 10), Instant::now());
        for key in 0..MANY {
            buckets.owe(&key.to_string(), 1, begun);
        }
        buckets.owe("late", 1, begun + Duration::from_secs(1));
        assert_eq!(buckets.full.lock().unwrap().len(), 1);
    }

    #[test]
    fn no_rate_is_no_limit() {
        assert_eq!(Allowance::new(0, Duration::from_secs(1), 5), None);
    }

    proptest! {
        /// Whoever waits as long as it was told gets in, and nobody gets more than burst and rate allow.
        #[test]
        fn a_told_wait_is_enough_and_no_stretch_has_more_than_its_share(
            many in 1_u64..1_000, burst in 1_u64..100, steps in proptest::collection::vec(0_u64..50_000_000, 1..300),
        ) {
            let (buckets, begun) = (buckets(many, burst), Instant::now());
            let (mut now, mut let_in) = (begun, 0_u64);
            for step in steps {
                now += Duration::from_nanos(step);
                match buckets.take("a", 1, now) {
                    Ok(()) => let_in += 1,
                    Err(wait) => {
                        now += wait + Duration::from_nanos(2); // for what is lost in rounding
                        prop_assert_eq!(buckets.take("a", 1, now), Ok(()));
                        let_in += 1;
                    }
                }
            }
            let most = burst as f64 + (now - begun).as_secs_f64() * many as f64 + 1.0;
            prop_assert!(let_in as f64 <= most, "{} were let in, at most {}", let_in, most);
        }
    }
}
