//! A short interview for a technician without a cable: a slip, a label and a display.

use crate::cli::CommandError;
use crate::cli::ui::Prompter;
use wattkey::diagnosis::{Case, Display, Readout};
use wattkey::knowledge::Knowledge;
use wattkey::sts::MeterParameters;

/// Asks for the token and for what is known of the meter; every answer but the token may be left empty.
///
/// # Errors
/// When nobody can answer.
pub fn ask(prompter: &dyn Prompter, evidence: Case, knowledge: &Knowledge) -> Result<Case, CommandError> {
    let token = prompter.text("Token on the slip, 20 digits", "TOKEN")?;
    let mut case = Case { token, ..evidence };
    if case.display.is_none() {
        let vendor = prompter.text("Maker of the meter, or the utility (empty: not known)", "--vendor")?;
        if !vendor.trim().is_empty() {
            let text = prompter.text("What did the display show? (empty: nothing)", "--display")?;
            if !text.trim().is_empty() {
                case.display = Some(Display::look_up(knowledge, Some(&vendor), &text));
            }
            case.short_codes = super::short_codes(knowledge, vendor.trim());
        }
    }
    if case.meter.is_none() {
        let known = MeterParameters {
            drn: answer(prompter, "Meter number on the label, 11 or 13 digits (empty: not known)", "--drn")?,
            sgc: answer(prompter, "SGC of the meter, 6 digits (empty: not known)", "--sgc")?,
            krn: answer(prompter, "KRN of the meter (empty: not known)", "--krn")?,
            ti: answer(prompter, "TI of the meter (empty: not known)", "--ti")?,
            ..MeterParameters::default()
        };
        case.meter = (known != MeterParameters::default()).then(|| Readout::default().or(known));
    }
    Ok(case)
}

/// A field that may be left empty; what does not fit is asked again with the reason.
fn answer<T>(prompter: &dyn Prompter, question: &str, option: &'static str) -> Result<Option<T>, CommandError>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let mut question = question.to_owned();
    loop {
        let text = prompter.text(&question, option)?;
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse() {
            Ok(value) => return Ok(Some(value)),
            Err(error) => question = format!("{error}. Again (empty: not known)"),
        }
    }
}
