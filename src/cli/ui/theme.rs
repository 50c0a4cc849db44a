//! How questions are drawn: the library's plain form, without a colon behind a question mark.

use std::fmt;

use dialoguer::theme::Theme;

/// Plain text, no colour.
#[derive(Debug, Clone, Copy)]
pub struct PlainQuestions;

/// A question mark, or the answers in brackets behind it, end a question; a label wants a colon.
fn ended(prompt: &str) -> String {
    if prompt.ends_with(['?', ']']) { prompt.to_owned() } else { format!("{prompt}:") }
}

impl Theme for PlainQuestions {
    fn format_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        f.write_str(&ended(prompt))
    }

    fn format_input_prompt(&self, f: &mut dyn fmt::Write, prompt: &str, _default: Option<&str>) -> fmt::Result {
        write!(f, "{} ", ended(prompt))
    }

    fn format_input_prompt_selection(&self, f: &mut dyn fmt::Write, prompt: &str, sel: &str) -> fmt::Result {
        write!(f, "{} {sel}", ended(prompt))
    }

    fn format_password_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        write!(f, "{} ", ended(prompt))
    }

    fn format_password_prompt_selection(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        write!(f, "{} (not shown)", ended(prompt))
    }

    fn format_select_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        f.write_str(&ended(prompt))
    }

    fn format_select_prompt_selection(&self, f: &mut dyn fmt::Write, prompt: &str, sel: &str) -> fmt::Result {
        write!(f, "{} {sel}", ended(prompt))
    }
}
