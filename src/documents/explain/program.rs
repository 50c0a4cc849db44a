//! The program's own words as readings: token results, causes, error codes, exit codes.

use time::OffsetDateTime;

use crate::diagnosis::{Case, Cause, Readout, Situation, UNDETERMINED};
use crate::error::{Code, Exit};
use crate::headend::Verdict;
use crate::knowledge::{Kind, KnowledgeEntry, MapsTo};
use crate::sts::TokenResult;

/// Every token result, by word and by the number of the standard's list.
pub fn token_results() -> Vec<KnowledgeEntry> {
    TokenResult::ALL
        .iter()
        .map(|result| {
            let mut reading = KnowledgeEntry::new(Kind::TokenResult, result.word(), result.meaning());
            reading.maps_to = Some(MapsTo::Result(*result));
            reading.also.extend(result.number().map(|number| number.to_string()));
            reading
        })
        .collect()
}

/// Every code word of an error, with its remedy.
pub fn error_codes() -> Vec<KnowledgeEntry> {
    Code::ALL
        .iter()
        .map(|code| {
            let meaning = format!("{} (exit code {})", code.meaning(), code.exit().number());
            KnowledgeEntry::new(Kind::ErrorCode, code.word(), meaning).step(code.remedy())
        })
        .collect()
}

/// Every verdict of a head-end, with what to do on site.
pub fn verdicts() -> Vec<KnowledgeEntry> {
    Verdict::ALL
        .iter()
        .map(|verdict| KnowledgeEntry::new(Kind::Verdict, verdict.word(), verdict.cause()).step(verdict.act()))
        .collect()
}

/// Every exit code.
pub fn exit_codes() -> Vec<KnowledgeEntry> {
    Exit::ALL
        .iter()
        .map(|exit| {
            let number = exit.number();
            KnowledgeEntry::new(Kind::ExitCode, number.to_string(), exit.meaning())
                .also(format!("exit {number}"))
                .also(format!("exit code {number}"))
        })
        .collect()
}

/// Every cause of a diagnosis, with what to do in general, and the verdict `undetermined`.
pub fn causes() -> Vec<KnowledgeEntry> {
    let case = Case::of_token("", OffsetDateTime::UNIX_EPOCH);
    let situation = Situation { case: &case, meter: &Readout::default(), fit: None };
    let reading = |word: &'static str, meaning: &'static str, steps: Vec<String>| {
        steps.into_iter().fold(KnowledgeEntry::new(Kind::Cause, word, meaning), KnowledgeEntry::step)
    };
    let mut readings: Vec<KnowledgeEntry> =
        Cause::ALL.iter().map(|cause| reading(cause.word(), cause.meaning(), cause.steps(&situation))).collect();
    let (word, meaning, steps) = UNDETERMINED;
    readings.push(reading(word, meaning, steps.iter().map(|step| (*step).to_owned()).collect()));
    readings
}
