//! When the inbox is looked through.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use croner::Cron;

/// A cron schedule in a time zone.
#[derive(Debug, Clone)]
pub struct Schedule {
    cron: Cron,
    zone: Tz,
}

/// The zone of a schedule that names none.
pub const ZONE: Tz = chrono_tz::Asia::Shanghai;

impl Schedule {
    /// A schedule of five fields: minute, hour, day, month and weekday.
    ///
    /// # Errors
    /// What is wrong with it, and what was wanted.
    pub fn new(cron: &str, zone: Tz) -> Result<Self, String> {
        let wanted = "wanted five fields (minute, hour, day, month, weekday), such as \"0 2 * * *\" for two at night";
        let parsed: Cron = cron.parse().map_err(|error| format!("{error}; {wanted}"))?;
        let schedule = Self { cron: parsed, zone };
        match schedule.next(Utc::now()) {
            Some(_) => Ok(schedule),
            None => Err(format!("it never comes; {wanted}")),
        }
    }

    /// The first moment of the schedule behind `after`.
    #[must_use]
    pub fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let after = after.with_timezone(&self.zone);
        let next = self.cron.find_next_occurrence(&after, false).ok()?;
        Some(next.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(cron: &str, after: &str) -> String {
        let schedule = Schedule::new(cron, ZONE).unwrap();
        schedule.next(after.parse().unwrap()).unwrap().to_rfc3339()
    }

    #[test]
    fn two_at_night_is_so_in_china() {
        assert_eq!(next("0 2 * * *", "2026-11-26T00:00:00Z"), "2026-11-26T18:00:00+00:00");
        assert_eq!(next("0 2 * * *", "2026-11-26T18:00:00Z"), "2026-11-27T18:00:00+00:00");
    }

    #[test]
    fn what_is_no_schedule_is_refused_with_an_example() {
        for wrong in ["", "2 o'clock", "61 2 * * *", "0 0 30 2 *"] {
            let refused = Schedule::new(wrong, ZONE).unwrap_err();
            assert!(refused.contains("0 2 * * *"), "{wrong}: {refused}");
        }
    }
}
