//! Which question to put next to somebody who has a slip, a label and a display, and no cable.
//!
//! Questions come in the order of the rules. One is put only while its answer can still change the verdict: none after
//! a verdict that is certain or strong, and none about the meter when there is nothing to compare the answer with.

use super::cause::Strength;
use super::display::Display;
use super::evidence::{Case, Readout, ShortCode};
use super::verdict::Diagnosis;
use crate::knowledge::{Fit, Kind, Knowledge, Query};
use crate::sts::{KeyType, MeterParameters, Token};

/// Readings of a display text that are told; more would run off the screen.
const TOLD: usize = 4;

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// What the display showed after the token.
    Display,
    /// Whose meter it is, of the makers that mean different things by the text.
    Maker,
    /// The meter number on the slip.
    SlipMeter,
    /// The meter number on label or display.
    OwnMeter,
    /// The supply group code on the slip.
    SlipSgc,
    /// The supply group code of the meter.
    OwnSgc,
    /// The key revision on the slip.
    SlipKrn,
    /// The key revision of the meter.
    OwnKrn,
    /// The key type of the meter.
    OwnKt,
    /// The tariff index on the slip.
    SlipTi,
    /// The tariff index of the meter.
    OwnTi,
}

impl Question {
    const ORDER: [Question; 11] = [
        Question::Display,
        Question::Maker,
        Question::SlipMeter,
        Question::OwnMeter,
        Question::SlipSgc,
        Question::OwnSgc,
        Question::SlipKrn,
        Question::OwnKrn,
        Question::OwnKt,
        Question::SlipTi,
        Question::OwnTi,
    ];

    /// The question in words.
    pub fn words(self) -> &'static str {
        match self {
            Question::Display => "What does the display show after the token? (Enter: nothing)",
            Question::Maker => "The meter's maker",
            Question::SlipMeter => "Meter number on the slip (Enter: not printed)",
            Question::OwnMeter => "Meter number on the label or display (Enter: not known)",
            Question::SlipSgc => "SGC on the slip, 6 digits (Enter: not printed)",
            Question::OwnSgc => "SGC that the meter shows (Enter: not known)",
            Question::SlipKrn => "KRN on the slip (Enter: not printed)",
            Question::OwnKrn => "KRN that the meter shows (Enter: not known)",
            Question::OwnKt => "KT that the meter shows (Enter: not known)",
            Question::SlipTi => "TI on the slip (Enter: not printed)",
            Question::OwnTi => "TI that the meter shows (Enter: not known)",
        }
    }

    /// The option that answers it without an interview.
    pub fn option(self) -> &'static str {
        match self {
            Question::Display => "--display",
            Question::Maker => "--vendor",
            Question::SlipMeter => "--slip-drn",
            Question::OwnMeter => "--drn",
            Question::SlipSgc => "--slip-sgc",
            Question::OwnSgc => "--sgc",
            Question::SlipKrn => "--slip-krn",
            Question::OwnKrn => "--krn",
            Question::OwnKt => "--kt",
            Question::SlipTi => "--slip-ti",
            Question::OwnTi => "--ti",
        }
    }
}

/// An interview under way.
#[derive(Debug, Clone)]
pub struct Interview {
    /// What is known so far.
    pub case: Case,
    /// Whether keys are at hand that may read the token once more is known of the meter.
    has_keys: bool,
    asked: Vec<Question>,
}

impl Interview {
    /// Begins with what is known already.
    pub fn new(case: Case, has_keys: bool) -> Self {
        Interview { case, has_keys, asked: Vec::new() }
    }

    /// The next question after this diagnosis of what is known; `None` when no answer can change it any more.
    pub fn next(&mut self, diagnosis: &Diagnosis) -> Option<Question> {
        let open = Question::ORDER.into_iter().find(|question| {
            !self.asked.contains(question) && self.is_open(*question) && can_change(*question, diagnosis)
        })?;
        self.asked.push(open);
        Some(open)
    }

    /// Whether the answer is not known yet, and would be compared with something.
    fn is_open(&self, question: Question) -> bool {
        let (slip, meter) = (&self.case.slip, self.case.meter.clone().unwrap_or_default());
        let compared = |on_slip: bool| self.has_keys || on_slip;
        match question {
            Question::Display => {
                self.case.display.is_none() && self.case.result.is_none() && self.case.token.parse::<Token>().is_ok()
            }
            Question::Maker => !self.makers().is_empty(),
            Question::SlipMeter => slip.drn.is_none(),
            Question::OwnMeter => meter.drn.is_none() && compared(slip.drn.is_some()),
            Question::SlipSgc => slip.sgc.is_none(),
            Question::OwnSgc => meter.sgc.is_none() && compared(slip.sgc.is_some()),
            Question::SlipKrn => slip.krn.is_none(),
            Question::OwnKrn => meter.krn.is_none() && compared(slip.krn.is_some()),
            // Key type 1 takes no credit, whatever is on the slip.
            Question::OwnKt => meter.kt.is_none() && self.case.token.parse::<Token>().is_ok(),
            Question::SlipTi => slip.ti.is_none(),
            Question::OwnTi => meter.ti.is_none() && compared(slip.ti.is_some()),
        }
    }

    /// The makers to choose from: those whose meters mean different things by the display's text.
    pub fn makers(&self) -> Vec<String> {
        let Some(display) = self.case.display.as_ref().filter(|display| display.vendor.is_none()) else {
            return Vec::new();
        };
        if display.is_of_one_result() {
            return Vec::new();
        }
        let mut makers: Vec<String> = Vec::new();
        for reading in &display.readings {
            let maker = reading.whose.split(',').next().unwrap_or_default().to_owned();
            if !makers.contains(&maker) {
                makers.push(maker);
            }
        }
        makers
    }

    /// Takes an answer; an empty one says that it is not known. Returns what there is to say about it.
    ///
    /// # Errors
    /// Why the answer cannot be, in words; the question is to be put again.
    pub fn answer(&mut self, question: Question, text: &str, knowledge: &Knowledge) -> Result<Vec<String>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let own = MeterParameters::default();
        match question {
            Question::Display => {
                let display = Display::look_up(knowledge, None, text);
                let told = told(&display);
                self.case.display = Some(display);
                return Ok(told);
            }
            Question::Maker => {
                let shown = self.case.display.as_ref().map(|display| display.text.clone()).unwrap_or_default();
                self.case.display = Some(Display::look_up(knowledge, Some(text), &shown));
                self.case.short_codes = ShortCode::of_maker(knowledge, text);
                let codes = self.case.short_codes.iter();
                return Ok(codes.map(|code| format!("{} shows: {}", code.code, code.shows)).collect());
            }
            Question::SlipMeter => self.case.slip.drn = Some(parsed(text)?),
            Question::SlipSgc => self.case.slip.sgc = Some(parsed(text)?),
            Question::SlipKrn => self.case.slip.krn = Some(parsed(text)?),
            Question::SlipTi => self.case.slip.ti = Some(parsed(text)?),
            Question::OwnMeter => self.add(MeterParameters { drn: Some(parsed(text)?), ..own }),
            Question::OwnSgc => self.add(MeterParameters { sgc: Some(parsed(text)?), ..own }),
            Question::OwnKrn => self.add(MeterParameters { krn: Some(parsed(text)?), ..own }),
            Question::OwnKt => self.add(MeterParameters { kt: Some(parsed::<KeyType>(text)?), ..own }),
            Question::OwnTi => self.add(MeterParameters { ti: Some(parsed(text)?), ..own }),
        }
        Ok(Vec::new())
    }

    fn add(&mut self, known: MeterParameters) {
        self.case.meter = Some(self.case.meter.take().unwrap_or_default().or(known));
    }
}

/// Whether an answer can still change what the diagnosis says. The display is asked for with every token that is one:
/// it goes before everything but the shape.
fn can_change(question: Question, diagnosis: &Diagnosis) -> bool {
    matches!(question, Question::Display) || diagnosis.strength == Strength::Possible
}

/// What the knowledge base makes of a text, a few sentences at most.
fn told(display: &Display) -> Vec<String> {
    let mut sentences = display.evidence();
    let more = sentences.len().saturating_sub(TOLD);
    sentences.truncate(TOLD);
    if more > 0 {
        sentences.push(format!("and {more} more"));
    }
    sentences
}

/// Display texts of the knowledge base that differ from this one by a slip, when it knows none that is the same.
pub fn near_texts(text: &str, knowledge: &Knowledge) -> Vec<String> {
    let query = Query { text: text.trim().to_owned(), ..Query::default() };
    let mut near: Vec<String> = Vec::new();
    for found in knowledge.lookup(&query) {
        if found.fit == Fit::Near && found.reading.kind == Kind::Display && !near.contains(&found.reading.text) {
            near.push(found.reading.text.clone());
        }
    }
    near.truncate(TOLD);
    near
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    let bare: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    bare.parse().map_err(|error: T::Err| error.to_string())
}

/// One line that can be sent or read out to the office: what is known, and the verdict.
pub fn line_for_the_office(case: &Case, diagnosis: &Diagnosis) -> String {
    let mut parts = vec![match case.token.parse::<Token>() {
        Ok(token) => format!("token {}", token.grouped()),
        Err(_) => format!("token as typed {}", case.token.trim()),
    }];
    let none = Readout::default();
    let meter = case.meter.as_ref().unwrap_or(&none);
    parts.extend(meter.drn.map(|drn| format!("meter {drn}")));
    if let Some(display) = &case.display {
        let vendor = display.vendor.as_ref().map(|vendor| format!(" ({vendor})")).unwrap_or_default();
        parts.push(format!("display \"{}\"{vendor}", display.text));
    }
    let slip = &case.slip;
    let key = |sgc, krn, kt, ti| MeterParameters { sgc, krn, kt, ti, ..Default::default() }.key_facts();
    let mut on_slip: Vec<String> = slip.drn.map(|drn| format!("meter {drn}")).into_iter().collect();
    on_slip.extend(key(slip.sgc, slip.krn, slip.kt, slip.ti));
    on_slip.extend(slip.date.map(|date| format!("of {date}")));
    let in_meter = key(meter.sgc, meter.krn, meter.kt, meter.ti);
    for (whose, facts) in [("slip", on_slip), ("meter shows", in_meter)] {
        if !facts.is_empty() {
            parts.push(format!("{whose} {}", facts.join(" ")));
        }
    }
    let verdict = diagnosis.verdict.map_or(super::document::UNDETERMINED, super::cause::Cause::word);
    format!("{}: {verdict} ({})", parts.join(", "), diagnosis.strength.word())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnosis::{Reach, Searcher, diagnose};
    use crate::sts::keyring::Keyring;
    use time::macros::datetime;

    const TOKEN: &str = "37682660688266424614";

    /// Holds the interview with these answers and gives the questions put, and the verdict.
    fn hold(has_keys: bool, answers: &[(Question, &str)]) -> (Vec<Question>, String) {
        let knowledge = Knowledge::of_the_field().unwrap();
        let mut searcher = Searcher::new(Arc::new(Keyring::default()), Reach::default());
        let mut interview = Interview::new(Case::of_token(TOKEN, datetime!(2026-11-21 8:00 UTC)), has_keys);
        let mut put = Vec::new();
        let mut diagnosis = diagnose(&interview.case, &mut searcher);
        while let Some(question) = interview.next(&diagnosis) {
            put.push(question);
            let answer = answers.iter().find(|(asked, _)| *asked == question).map_or("", |(_, answer)| answer);
            interview.answer(question, answer, &knowledge).unwrap();
            diagnosis = diagnose(&interview.case, &mut searcher);
        }
        (put, line_for_the_office(&interview.case, &diagnosis))
    }

    #[test]
    fn nothing_is_asked_whose_answer_changes_nothing() {
        let (put, office) = hold(false, &[(Question::Display, "10"), (Question::Maker, "Conlog")]);
        assert_eq!(put, [Question::Display, Question::Maker]);
        assert!(office.ends_with("display \"10\" (Conlog): token-used (certain)"), "{office}");
        // Without keys the meter's own facts are only compared with the slip's.
        let (put, _) = hold(false, &[]);
        let slip = [Question::SlipMeter, Question::SlipSgc, Question::SlipKrn, Question::OwnKt, Question::SlipTi];
        assert_eq!(put[0], Question::Display);
        assert_eq!(put[1..], slip);
        let (put, _) = hold(true, &[]);
        assert!(put.contains(&Question::OwnMeter) && put.contains(&Question::OwnTi));
    }

    #[test]
    fn the_first_difference_ends_it() {
        let answers = [
            (Question::SlipSgc, "123456"),
            (Question::OwnSgc, "123456"),
            (Question::SlipKrn, "2"),
            (Question::OwnKrn, "1"),
        ];
        let (put, office) = hold(false, &answers);
        assert_eq!(put.last(), Some(&Question::OwnKrn));
        assert!(office.ends_with("slip SGC 123456 KRN 2, meter shows SGC 123456 KRN 1: krn-mismatch (strong)"));
        let (put, office) = hold(false, &[(Question::OwnKt, "1")]);
        assert_eq!(put.last(), Some(&Question::OwnKt));
        assert!(office.contains("default-key"), "{office}");
    }

    #[test]
    fn an_answer_that_cannot_be_is_told_at_once_and_a_near_display_is_offered() {
        let knowledge = Knowledge::of_the_field().unwrap();
        let mut interview = Interview::new(Case::of_token(TOKEN, datetime!(2026-11-21 8:00 UTC)), false);
        for (question, wrong) in
            [(Question::SlipMeter, "01234567898"), (Question::SlipSgc, "12345"), (Question::OwnKrn, "12")]
        {
            assert!(interview.answer(question, wrong, &knowledge).is_err(), "{question:?} {wrong}");
        }
        let told = interview.answer(Question::Display, "zz zz 99", &knowledge).unwrap();
        assert_eq!(told, ["the display text \"zz zz 99\" is not known"]);
        assert!(!near_texts("REJCT", &knowledge).is_empty());
        assert!(near_texts("AAAAA", &knowledge).is_empty(), "it is known");
    }
}
