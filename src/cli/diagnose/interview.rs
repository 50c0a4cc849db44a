//! The interview for a technician without a cable: a slip, a label and a display.

use crate::cli::ui::say;
use crate::cli::{CommandError, Context};
use wattkey::diagnosis::interview::{Interview, Question, line_for_the_office, near_texts};
use wattkey::diagnosis::{Case, Diagnosis, DiagnosisDocument, Searcher, diagnose};
use wattkey::knowledge::Knowledge;
use wattkey::sts::Token;

/// Puts the questions of an interview and takes the answers.
#[derive(Debug, Clone, Copy)]
pub struct Interviewer<'a> {
    pub context: &'a Context,
    pub knowledge: &'a Knowledge,
    /// Whether there are keys that may read the token.
    pub has_keys: bool,
}

impl Interviewer<'_> {
    /// Asks until no answer can change the verdict, and gives the diagnosis with a line for the office.
    pub fn ask(&self, evidence: Case, searcher: &mut Searcher) -> Result<DiagnosisDocument, CommandError> {
        let token = self.token()?;
        let mut interview = Interview::new(Case { token, ..evidence }, self.has_keys);
        let mut diagnosis = diagnose(&interview.case, searcher);
        while let Some(question) = interview.next(&diagnosis) {
            self.put(&mut interview, question)?;
            diagnosis = diagnose(&interview.case, searcher);
        }
        Ok(self.concluded(&interview.case, diagnosis))
    }

    fn concluded(&self, case: &Case, diagnosis: Diagnosis) -> DiagnosisDocument {
        let office = line_for_the_office(case, &diagnosis);
        DiagnosisDocument { office: Some(office), ..DiagnosisDocument::new(case, diagnosis) }
    }

    /// The token; what is none is asked for once more, for a slip may be as wrong as a finger.
    pub fn token(&self) -> Result<String, CommandError> {
        let first = self.text("Token on the slip, 20 digits", "TOKEN")?;
        let Err(problem) = first.parse::<Token>() else { return Ok(first) };
        say(&format!("{problem}. Type it again; if the slip really has it so, press Enter."));
        loop {
            let second = self.text("Token on the slip", "TOKEN")?;
            let token = if second.trim().is_empty() { &first } else { &second };
            if !token.trim().is_empty() {
                return Ok(token.clone());
            }
        }
    }

    /// Puts one question until its answer can be.
    fn put(&self, interview: &mut Interview, question: Question) -> Result<(), CommandError> {
        loop {
            let text = match question {
                Question::Maker => self.maker(&interview.makers())?,
                Question::Display => self.display()?,
                _ => self.text(question.words(), question.option())?,
            };
            match interview.answer(question, &text, self.knowledge) {
                Ok(told) => {
                    told.iter().for_each(|sentence| say(sentence));
                    return Ok(());
                }
                Err(problem) => say(&format!("{problem}. Again, or Enter to leave it out.")),
            }
        }
    }

    /// The display's text; one that is not known and near to others is asked about.
    fn display(&self) -> Result<String, CommandError> {
        let text = self.text(Question::Display.words(), Question::Display.option())?;
        let near = near_texts(&text, self.knowledge);
        if near.is_empty() {
            return Ok(text);
        }
        let mut items = vec![format!("{} just as typed", text.trim())];
        items.extend_from_slice(&near);
        let chosen = self.context.prompter.choose("One of these", &items, Question::Display.option())?;
        Ok(chosen.checked_sub(1).and_then(|chosen| near.into_iter().nth(chosen)).unwrap_or(text))
    }

    fn maker(&self, makers: &[String]) -> Result<String, CommandError> {
        // First, for Enter alone says that it is not known, here as elsewhere.
        let mut items = vec!["another, or not known".to_owned()];
        items.extend_from_slice(makers);
        let chosen = self.context.prompter.choose(Question::Maker.words(), &items, Question::Maker.option())?;
        Ok(chosen.checked_sub(1).and_then(|chosen| makers.get(chosen)).cloned().unwrap_or_default())
    }

    fn text(&self, question: &str, option: &'static str) -> Result<String, CommandError> {
        Ok(self.context.prompter.text(question, option)?)
    }
}
