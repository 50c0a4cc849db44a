//! How far a long piece of work is: one line at the terminal that is written over, or nothing.

use std::io::{self, IsTerminal, Write};

/// Told how far work is.
pub trait StepLine {
    /// `done` of `of` steps of `what`.
    fn step(&mut self, what: &str, done: usize, of: usize);

    /// What is under way, where there is nothing to count.
    fn show(&mut self, what: &str);

    /// Takes the line away, before something else is written.
    fn clear(&mut self);
}

/// Says nothing: scripts and tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct SilentLine;

impl StepLine for SilentLine {
    fn step(&mut self, _what: &str, _done: usize, _of: usize) {}

    fn show(&mut self, _what: &str) {}

    fn clear(&mut self) {}
}

/// One line on standard error.
#[derive(Debug, Clone, Default)]
pub struct TerminalLine {
    shown: usize,
}

impl StepLine for TerminalLine {
    fn step(&mut self, what: &str, done: usize, of: usize) {
        self.show(&format!("{what}: {done} of {of}"));
    }

    fn show(&mut self, what: &str) {
        // A line that wraps could not be written over.
        let columns = usize::from(dialoguer::console::Term::stderr().size().1);
        let line: String = what.chars().take(columns.saturating_sub(1)).collect();
        let width = line.chars().count();
        let blanks = " ".repeat(self.shown.saturating_sub(width));
        let _ = write!(io::stderr(), "\r{line}{blanks}");
        let _ = io::stderr().flush();
        self.shown = width;
    }

    fn clear(&mut self) {
        if self.shown > 0 {
            let _ = write!(io::stderr(), "\r{}\r", " ".repeat(self.shown));
            let _ = io::stderr().flush();
            self.shown = 0;
        }
    }
}

/// The one that fits: a line when standard error is a terminal and quiet was not asked for.
pub fn step_line(quiet: bool) -> Box<dyn StepLine> {
    if !quiet && io::stderr().is_terminal() { Box::new(TerminalLine::default()) } else { Box::new(SilentLine) }
}
