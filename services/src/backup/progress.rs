//! What people see while they wait: a bar on standard error, where that is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::Lang;

/// How often it is drawn.
const TICK: Duration = Duration::from_millis(200);

/// A bar that is gone once this is dropped.
pub struct Progress {
    bar: ProgressBar,
    lang: Lang,
}

impl Progress {
    /// One that does not know yet how much there is to do.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(TICK);
        Self { bar, lang }
    }

    /// Says what is done now.
    pub fn say(&self, zh: &str, en: &str) {
        self.bar.set_message(self.lang.pick(zh, en).to_owned());
    }

    /// Says what is done now, and how many bytes there are to it.
    pub fn bytes(&self, zh: &str, en: &str, bytes: u64) {
        self.say(zh, en);
        self.bar.reset();
        self.bar.set_length(bytes);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {msg}  {elapsed}") {
            self.bar.set_style(style);
        }
    }

    /// Runs `print` while the bar is out of its way.
    pub fn aside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Takes the bar away before something else is told.
    pub fn hide(&self) {
        self.bar.finish_and_clear();
    }

    /// So many bytes more are done.
    pub fn add(&self, bytes: u64) {
        self.bar.inc(bytes);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
