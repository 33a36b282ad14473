//! The table at the end.

use std::time::Duration;

/// One measurement.
#[derive(Default)]
struct Line {
    what: String,
    value: String,
    floor: String,
    ratio: String,
    goal: String,
    met: bool,
}

/// All measurements.
#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
}

impl Report {
    /// A time beside its floor; at most `goal` times as long.
    pub fn slower(&mut self, what: impl Into<String>, took: Duration, floor: Duration, goal: f64) {
        let ratio = took.as_secs_f64() / floor.as_secs_f64();
        self.push(Line {
            what: what.into(),
            value: seconds(took),
            floor: seconds(floor),
            ratio: format!("{ratio:.2}"),
            goal: format!("≤ {goal:.2}"),
            met: ratio <= goal,
        });
    }

    /// A time; at most `goal` seconds.
    pub fn within(&mut self, what: impl Into<String>, took: Duration, goal: f64) {
        self.push(Line {
            what: what.into(),
            value: seconds(took),
            goal: format!("≤ {goal:.2} s"),
            met: took.as_secs_f64() <= goal,
            ..Line::default()
        });
    }

    /// A rate beside its ceiling; at least `goal` of it.
    pub fn rate(&mut self, what: impl Into<String>, per_second: f64, ceiling: f64, goal: f64) {
        let ratio = per_second / ceiling;
        self.push(Line {
            what: what.into(),
            value: format!("{per_second:.0}/s"),
            floor: format!("{ceiling:.0}/s"),
            ratio: format!("{ratio:.2}"),
            goal: format!("≥ {goal:.2}"),
            met: ratio >= goal,
        });
    }

    /// An amount of memory in MiB; less than `goal`.
    pub fn memory(&mut self, what: impl Into<String>, mib: f64, goal: f64) {
        self.push(Line {
            what: what.into(),
            value: format!("{mib:.0} MiB"),
            goal: format!("< {goal:.0} MiB"),
            met: mib < goal,
            ..Line::default()
        });
    }

    /// A figure that is told and not judged.
    pub fn told(&mut self, what: impl Into<String>, value: String) {
        self.push(Line {
            what: what.into(),
            value,
            met: true,
            ..Line::default()
        });
    }

    fn push(&mut self, line: Line) {
        eprintln!("{}: {} {} {}", line.what, line.value, line.floor, line.ratio);
        self.lines.push(line);
    }

    /// Whether no goal was missed.
    pub fn all_met(&self) -> bool {
        self.lines.iter().all(|line| line.met)
    }

    /// As a table.
    pub fn render(&self) -> String {
        let mut text = format!(
            "\n{:<66} {:>12} {:>12} {:>7} {:>10}\n",
            "what", "measured", "floor", "ratio", "goal"
        );
        for line in &self.lines {
            let missed = if line.met { "" } else { "  MISSED" };
            text.push_str(&format!(
                "{:<66} {:>12} {:>12} {:>7} {:>10}{missed}\n",
                line.what, line.value, line.floor, line.ratio, line.goal
            ));
        }
        text
    }
}

/// Seconds with milliseconds.
fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}
