//! The table at the end.

use std::time::Duration;

/// What came of a goal.
pub struct Outcome {
    /// How many were tried.
    pub count: usize,
    /// What was found, in a line.
    pub result: String,
    /// What was not as promised; none where the goal is reached.
    pub faults: Vec<String>,
}

/// A goal and what came of it.
pub struct Line {
    /// Its number.
    pub goal: &'static str,
    /// What is promised.
    pub what: &'static str,
    /// What came of it.
    pub outcome: Outcome,
    /// How long it took.
    pub took: Duration,
}

/// All goals that were tried.
#[derive(Default)]
pub struct Report(Vec<Line>);

impl Report {
    /// Adds a goal, and tells at once what is wrong.
    pub fn push(&mut self, line: Line) {
        for fault in &line.outcome.faults {
            eprintln!("{}: {fault}", line.goal);
        }
        self.0.push(line);
    }

    /// Whether nothing was tried.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether no goal was missed.
    pub fn all_reached(&self) -> bool {
        self.0.iter().all(|line| line.outcome.faults.is_empty())
    }

    /// As a table.
    pub fn render(&self) -> String {
        let mut text = format!("\n{:<5} {:<66} {:>7} {:>8}  result\n", "goal", "what", "count", "time");
        for Line {
            goal,
            what,
            outcome,
            took,
        } in &self.0
        {
            let missed = if outcome.faults.is_empty() { "reached" } else { "MISSED" };
            let seconds = format!("{:.0} s", took.as_secs_f64());
            text.push_str(&format!(
                "{goal:<5} {what:<66} {:>7} {seconds:>8}  {missed}: {}\n",
                outcome.count, outcome.result
            ));
        }
        text
    }
}
