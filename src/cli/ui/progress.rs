//! How far many lines are: bars at a terminal, plain lines elsewhere, nothing for those who want quiet.

use std::fmt;
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, MultiProgress, ProgressBar, ProgressState, ProgressStyle};

/// Bars shown at a time besides that of all jobs: more do not fit a terminal.
const MOST_BARS: usize = 20;

/// Silence between two plain lines about all jobs.
const PLAIN_PAUSE: Duration = Duration::from_secs(30);

/// Sees lines of meters being worked on. Lines are numbered from 0.
pub trait LineProgress {
    /// A job begins.
    fn began(&mut self, line: usize, id: &str);

    /// A step of the job under way begins.
    fn step(&mut self, line: usize, step: &str);

    /// A job ended.
    fn ended(&mut self, line: usize, good: bool);

    /// A line has no more jobs; `left` were not begun.
    fn line_ended(&mut self, line: usize, left: usize);

    /// Lets something be written on the terminal without tearing what is shown.
    fn around(&mut self, write: &mut dyn FnMut());

    /// Takes away what is shown.
    fn finish(&mut self);
}

/// A line as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownLine {
    /// Its name.
    pub name: String,
    /// Jobs to be done on it.
    pub jobs: u64,
}

/// A bar a line, and one for all.
#[derive(Debug)]
pub struct LineBars {
    bars: MultiProgress,
    all: ProgressBar,
    lines: Vec<Option<ProgressBar>>,
    ids: Vec<String>,
    names: Vec<ShownLine>,
    shown: usize,
    failed: u64,
}

impl LineBars {
    /// Bars on standard error.
    pub fn new(lines: Vec<ShownLine>) -> Self {
        let bars = MultiProgress::new();
        let all = bars.add(ProgressBar::new(lines.iter().map(|line| line.jobs).sum()));
        // A line that is wider than the terminal would be torn: what matters least is left out there.
        let columns = dialoguer::console::Term::stderr().size().1;
        let words = match columns {
            ..60 => "{pos}/{len}{left}  {msg}",
            60..90 => "all {pos}/{len} jobs  {elapsed} gone{left}  {msg}",
            _ => "all {pos}/{len} jobs  {bar:20}  {elapsed} gone{left}  {msg}",
        };
        all.set_style(style(words).with_key("left", time_left));
        all.enable_steady_tick(Duration::from_secs(1));
        let count = lines.len();
        LineBars {
            bars,
            all,
            lines: vec![None; count],
            ids: vec![String::new(); count],
            names: lines,
            shown: 0,
            failed: 0,
        }
    }

    fn bar(&mut self, line: usize) -> Option<&ProgressBar> {
        let slot = self.lines.get_mut(line)?;
        if slot.is_none() && self.shown < MOST_BARS {
            let named = self.names.get(line)?;
            let bar = self.bars.insert_before(&self.all, ProgressBar::new(named.jobs));
            let narrow = dialoguer::console::Term::stderr().size().1 < 80;
            let words =
                if narrow { "{prefix} {pos}/{len} {wide_msg}" } else { "{prefix:>24} {pos}/{len} {bar:20} {wide_msg}" };
            bar.set_style(style(words));
            bar.set_prefix(named.name.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect::<String>());
            self.shown += 1;
            *slot = Some(bar);
        }
        slot.as_ref()
    }
}

/// How long the rest will take, once a job has shown how long one takes.
fn time_left(state: &ProgressState, out: &mut dyn fmt::Write) {
    if state.pos() > 0 {
        // Nobody reads what cannot be written.
        let _ = write!(out, ", {:#} to go", HumanDuration(state.eta()));
    }
}

/// The style, or the plain one should the words not be understood.
fn style(words: &str) -> ProgressStyle {
    ProgressStyle::with_template(words).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl LineProgress for LineBars {
    fn began(&mut self, line: usize, id: &str) {
        if let Some(slot) = self.ids.get_mut(line) {
            *slot = wattkey::output::sanitize(id);
        }
        let id = self.ids.get(line).cloned().unwrap_or_default();
        if let Some(bar) = self.bar(line) {
            bar.set_message(id);
        }
    }

    fn step(&mut self, line: usize, step: &str) {
        let id = self.ids.get(line).cloned().unwrap_or_default();
        if let Some(bar) = self.bar(line) {
            bar.set_message(format!("{id} {step}"));
        }
    }

    fn ended(&mut self, line: usize, good: bool) {
        if let Some(bar) = self.bar(line) {
            bar.inc(1);
        }
        self.all.inc(1);
        if !good {
            self.failed += 1;
            self.all.set_message(format!("{} not done", self.failed));
        }
    }

    fn line_ended(&mut self, line: usize, _left: usize) {
        if let Some(bar) = self.lines.get_mut(line).and_then(Option::take) {
            bar.finish_and_clear();
            self.bars.remove(&bar);
            self.shown = self.shown.saturating_sub(1);
        }
    }

    fn around(&mut self, write: &mut dyn FnMut()) {
        self.bars.suspend(write);
    }

    fn finish(&mut self) {
        for bar in self.lines.iter().flatten() {
            bar.finish_and_clear();
        }
        self.all.finish_and_clear();
    }
}

/// A plain line when a line of meters ends, and one about all jobs from time to time.
pub struct PlainProgress<'a> {
    lines: Vec<(ShownLine, u64, u64)>,
    done: u64,
    failed: u64,
    told: Instant,
    note: Box<dyn FnMut(&str) + 'a>,
}

impl fmt::Debug for PlainProgress<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PlainProgress").field("done", &self.done).finish_non_exhaustive()
    }
}

impl<'a> PlainProgress<'a> {
    /// Lines go to `note`.
    pub fn new(lines: Vec<ShownLine>, note: impl FnMut(&str) + 'a) -> Self {
        let lines = lines.into_iter().map(|line| (line, 0, 0)).collect();
        PlainProgress { lines, done: 0, failed: 0, told: Instant::now(), note: Box::new(note) }
    }
}

impl LineProgress for PlainProgress<'_> {
    fn began(&mut self, _line: usize, _id: &str) {}

    fn step(&mut self, _line: usize, _step: &str) {}

    fn ended(&mut self, line: usize, good: bool) {
        if let Some((_, done, failed)) = self.lines.get_mut(line) {
            *(if good { done } else { failed }) += 1;
        }
        *(if good { &mut self.done } else { &mut self.failed }) += 1;
        if self.told.elapsed() >= PLAIN_PAUSE {
            self.told = Instant::now();
            let all: u64 = self.lines.iter().map(|(line, ..)| line.jobs).sum();
            (self.note)(&format!("{} of {all} jobs done, {} not done", self.done, self.failed));
        }
    }

    fn line_ended(&mut self, line: usize, left: usize) {
        let Some((shown, done, failed)) = self.lines.get(line) else { return };
        let mut text = format!("{}: {done} of {} jobs done", shown.name, shown.jobs);
        if *failed > 0 {
            text.push_str(&format!(", {failed} not done"));
        }
        if left > 0 {
            text.push_str(&format!(", {left} not begun"));
        }
        (self.note)(&text);
    }

    fn around(&mut self, write: &mut dyn FnMut()) {
        write();
    }

    fn finish(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_lines_tell_how_each_line_ended() {
        let mut told = Vec::new();
        let lines = vec![ShownLine { name: "h:1".into(), jobs: 3 }, ShownLine { name: "h:2".into(), jobs: 1 }];
        let mut progress = PlainProgress::new(lines, |text: &str| told.push(text.to_owned()));
        progress.began(0, "a");
        progress.ended(0, true);
        progress.ended(0, false);
        progress.line_ended(0, 1);
        progress.ended(1, true);
        progress.line_ended(1, 0);
        drop(progress);
        assert_eq!(told, ["h:1: 1 of 3 jobs done, 1 not done, 1 not begun", "h:2: 1 of 1 jobs done"]);
    }
}
