//! Sags, swells and interruptions of all phases together, with depth, duration and their place in the tables of EN 50160.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::seconds;
use crate::monitor::{Cause, Event};

/// Limits of the rows of the table of sags, in percent of nominal (EN 50160:2010, table 2).
const SAG_ROWS: [(f64, char); 4] = [(80.0, 'A'), (70.0, 'B'), (40.0, 'C'), (5.0, 'D')];
/// Limits of its columns, in seconds.
const SAG_COLUMNS: [f64; 5] = [0.2, 0.5, 1.0, 5.0, 60.0];
/// The same of swells (table 3): at least 120 %, and the rest.
const SWELL_ROW: f64 = 120.0;
const SWELL_COLUMNS: [f64; 3] = [0.5, 5.0, 60.0];
/// An interruption up to this is a short one, in seconds.
const SHORT_S: f64 = 180.0;

/// What a phase has been through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct PhaseEvent {
    pub(super) kind: QualityEventKind,
    pub(super) phase: String,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) start: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) end: Option<OffsetDateTime>,
    /// Lowest or highest voltage seen.
    pub(super) extreme_v: Option<f64>,
}

impl PhaseEvent {
    /// Of an event of the watch, where it is one of the voltage.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let (kind, phase) = match &event.cause {
            Cause::Sag(phase) => (QualityEventKind::Sag, phase),
            Cause::Swell(phase) => (QualityEventKind::Swell, phase),
            Cause::Outage(phase) => (QualityEventKind::Interruption, phase),
            _ => return None,
        };
        Some(PhaseEvent { kind, phase: phase.clone(), start: event.start, end: event.end, extreme_v: event.extreme })
    }
}

/// What happened to the voltage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QualityEventKind {
    /// Below 90 % of nominal.
    Sag,
    /// Above 110 %.
    Swell,
    /// Below 5 % on all phases.
    Interruption,
}

impl QualityEventKind {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            QualityEventKind::Sag => "sag",
            QualityEventKind::Swell => "swell",
            QualityEventKind::Interruption => "interruption",
        }
    }
}

/// One event of all phases together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QualityEvent {
    /// What.
    pub kind: QualityEventKind,
    /// The phases it was seen on.
    pub phases: Vec<String>,
    /// When a poll first saw it.
    #[serde(with = "time::serde::rfc3339")]
    pub start: OffsetDateTime,
    /// When a poll first saw it gone; absent while it lasts.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub end: Option<OffsetDateTime>,
    /// From one to the other.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duration_s: Option<f64>,
    /// Lowest voltage of a sag or interruption, highest of a swell, in percent of nominal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub residual_percent: Option<f64>,
    /// Its cell in the tables of EN 50160: A1 to X5 of a sag, S1 to T3 of a swell, `short` or `long` of an interruption; empty
    /// while it lasts, and for what lasts longer than a minute.
    pub class: String,
}

/// Puts events of phases that overlap together. As long as all phases are without voltage there is an interruption; what else
/// belongs to it is a sag.
pub(super) fn together(events: &[PhaseEvent], phases: &[&str], nominal_v: f64) -> Vec<QualityEvent> {
    let mut sorted: Vec<&PhaseEvent> = events.iter().collect();
    sorted.sort_by_key(|event| event.start);
    let mut groups: Vec<Vec<&PhaseEvent>> = Vec::new();
    for event in sorted {
        let is_swell = event.kind == QualityEventKind::Swell;
        let joins = |group: &&mut Vec<&PhaseEvent>| {
            group.iter().any(|other| {
                (other.kind == QualityEventKind::Swell) == is_swell && other.end.is_none_or(|end| end >= event.start)
            })
        };
        match groups.iter_mut().find(joins) {
            Some(group) => group.push(event),
            None => groups.push(vec![event]),
        }
    }
    let mut found = Vec::new();
    for group in &groups {
        let Some(first) = group.first() else { continue };
        let is_over = group.iter().all(|event| event.end.is_some());
        let span = (first.start, if is_over { group.iter().filter_map(|event| event.end).max() } else { None });
        if first.kind == QualityEventKind::Swell {
            found.push(one_of(QualityEventKind::Swell, group, span, nominal_v));
            continue;
        }
        let interruption = all_out(group, phases);
        if interruption != Some(span) {
            found.push(one_of(QualityEventKind::Sag, group, span, nominal_v));
        }
        if let Some(span) = interruption {
            found.push(one_of(QualityEventKind::Interruption, group, span, nominal_v));
        }
    }
    found
}

/// From when to when, if it is over.
type Span = (OffsetDateTime, Option<OffsetDateTime>);

/// For how long all phases were without voltage at once: the first such time of the group.
fn all_out(group: &[&PhaseEvent], phases: &[&str]) -> Option<Span> {
    let (first, others) = phases.split_first()?;
    let spans = out(group, first).map(|event| (event.start, event.end));
    let narrowed = |span: Span, event: &PhaseEvent| {
        let start = span.0.max(event.start);
        let end = match (span.1, event.end) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        end.is_none_or(|end| end > start).then_some((start, end))
    };
    spans
        .filter_map(|span| {
            others.iter().try_fold(span, |span, phase| out(group, phase).find_map(|event| narrowed(span, event)))
        })
        .min_by_key(|(start, _)| *start)
}

/// When a phase was without voltage.
fn out<'g>(group: &'g [&PhaseEvent], phase: &'g str) -> impl Iterator<Item = &'g PhaseEvent> {
    let is_out = move |event: &&PhaseEvent| event.kind == QualityEventKind::Interruption && event.phase == phase;
    group.iter().copied().filter(is_out)
}

fn one_of(kind: QualityEventKind, group: &[&PhaseEvent], (start, end): Span, nominal_v: f64) -> QualityEvent {
    let of_kind = |event: &&&PhaseEvent| kind != QualityEventKind::Interruption || event.kind == kind;
    let mut names: Vec<String> = group.iter().filter(of_kind).map(|event| event.phase.clone()).collect();
    names.sort();
    names.dedup();
    let extremes = group.iter().filter(of_kind).filter_map(|event| event.extreme_v);
    let extreme = match kind {
        QualityEventKind::Swell => extremes.reduce(f64::max),
        _ => extremes.reduce(f64::min),
    };
    let residual = extreme.map(|volts| (volts / nominal_v * 1_000.0).round() / 10.0);
    let duration = end.map(|end| seconds(start, end));
    let class = match (duration, residual) {
        (Some(duration), Some(residual)) => class_of(kind, duration, residual),
        _ => String::new(),
    };
    QualityEvent { kind, phases: names, start, end, duration_s: duration, residual_percent: residual, class }
}

fn class_of(kind: QualityEventKind, duration_s: f64, percent: f64) -> String {
    let column =
        |limits: &[f64]| limits.iter().position(|limit| duration_s <= *limit).map(|place| place.saturating_add(1));
    match kind {
        QualityEventKind::Interruption if duration_s <= SHORT_S => "short".to_owned(),
        QualityEventKind::Interruption => "long".to_owned(),
        QualityEventKind::Sag => {
            let row = SAG_ROWS.iter().find(|(limit, _)| percent >= *limit).map_or('X', |(_, row)| *row);
            column(&SAG_COLUMNS).map_or_else(String::new, |column| format!("{row}{column}"))
        }
        QualityEventKind::Swell => {
            let row = if percent >= SWELL_ROW { 'S' } else { 'T' };
            column(&SWELL_COLUMNS).map_or_else(String::new, |column| format!("{row}{column}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_the_tables() {
        let sag = |duration, percent| class_of(QualityEventKind::Sag, duration, percent);
        assert_eq!([sag(0.1, 85.0), sag(0.2, 80.0), sag(0.21, 79.9), sag(60.0, 40.0)], ["A1", "A1", "B2", "C5"]);
        assert_eq!([sag(3.0, 5.0), sag(3.0, 4.9), sag(61.0, 60.0)], ["D4", "X4", ""]);
        let swell = |duration, percent| class_of(QualityEventKind::Swell, duration, percent);
        assert_eq!([swell(0.5, 120.0), swell(4.0, 112.0)], ["S1", "T2"]);
        assert_eq!(class_of(QualityEventKind::Interruption, 180.0, 0.0), "short");
    }
}
