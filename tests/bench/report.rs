//! The table at the end.

use std::time::Duration;

/// One measurement.
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
        self.push(what.into(), seconds(took), seconds(floor), format!("{ratio:.2}"), format!("≤ {goal:.2}"), ratio <= goal);
    }

    /// A rate beside its ceiling; at least `goal` of it.
    pub fn rate(&mut self, what: impl Into<String>, per_second: f64, ceiling: f64, goal: f64) {
        let ratio = per_second / ceiling;
        let shown = |rate: f64| format!("{rate:.0}/s");
        let goal_text = format!("≥ {goal:.2}");
        self.push(what.into(), shown(per_second), shown(ceiling), format!("{ratio:.2}"), goal_text, ratio >= goal);
    }

    /// An amount of memory in MiB; at most `goal`.
    pub fn memory(&mut self, what: impl Into<String>, mib: f64, goal: f64) {
        let value = format!("{mib:.0} MiB");
        self.push(what.into(), value, String::new(), String::new(), format!("< {goal:.0} MiB"), mib < goal);
    }

    /// A figure that is told and not judged.
    pub fn told(&mut self, what: impl Into<String>, value: String) {
        self.push(what.into(), value, String::new(), String::new(), String::new(), true);
    }

    fn push(&mut self, what: String, value: String, floor: String, ratio: String, goal: String, met: bool) {
        eprintln!("{what}: {value} {floor} {ratio}");
        self.lines.push(Line { what, value, floor, ratio, goal, met });
    }

    /// Whether no goal was missed.
    pub fn all_met(&self) -> bool {
        self.lines.iter().all(|line| line.met)
    }

    /// As a table.
    pub fn render(&self) -> String {
        let mut text = format!("\n{:<66} {:>12} {:>12} {:>7} {:>10}\n", "what", "measured", "floor", "ratio", "goal");
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
