//! The day as a page: what it comes to, its course, its events.

use maud::{Markup, html};
use time::OffsetDateTime;

use super::day::{Day, METHOD, Share, Spread, Summary};
use super::events::QualityEvent;
use crate::output::charts::{Course, course};
use crate::output::html::{document, table};
use crate::output::sanitize;

/// Colours of the phases, after IEC 60445 as far as a screen shows them.
const COLORS: [&str; 4] = ["#8b5a2b", "#24292f", "#8c959f", "#0969da"];

/// The page of a day.
pub fn page(day: &Day) -> String {
    let (summary, events) = (day.summary(), day.document_events());
    let title = format!("Power quality of {}, {}", day.meter, day.date);
    let body = html! {
        h1 { (sanitize(&title)) }
        p.quiet { "Nominal " (day.basis.nominal_v) " V, " (day.basis.nominal_hz) " Hz; " (METHOD) "." }
        (figures(&summary))
        h2 { "Voltage, means of ten minutes" }
        (voltages(day))
        @if let Some(frequency) = frequencies(day) { h2 { "Frequency, means of ten minutes" } (frequency) }
        h2 { "Sags, swells and interruptions" }
        @if events.is_empty() { p { "None was seen." } } @else { (event_table(day, &events)) }
    };
    document(&title, "@media print{svg,tr{break-inside:avoid}}", &body)
}

/// Quantities over the day, and how many ten-minute values lie within the limits.
fn figures(summary: &Summary) -> Markup {
    let spread = |name: String, unit: &str, spread: &Spread, shares: [Option<&Share>; 2]| {
        let figure = |value: f64| format!("{value:.2} {unit}");
        let within = shares.map(|share| share.map_or_else(String::new, |share| format!("{} %", share.percent)));
        let [usual, all] = within;
        vec![name, figure(spread.minimum), figure(spread.mean), figure(spread.maximum), usual, all]
    };
    let mut rows = Vec::new();
    for (phase, voltage) in &summary.voltage {
        let shares = [summary.voltage_within.get(phase), summary.voltage_within_all.get(phase)];
        rows.push(spread(format!("voltage {phase}"), "V", voltage, shares));
    }
    if let Some(frequency) = &summary.frequency {
        rows.push(spread("frequency".to_owned(), "Hz", frequency, [summary.frequency_within.as_ref(), None]));
    }
    if let Some(unbalance) = &summary.unbalance {
        rows.push(spread("unbalance".to_owned(), "%", unbalance, [None, None]));
    }
    for (phase, distortion) in &summary.distortion {
        let share = summary.distortion_within.get(phase);
        rows.push(spread(format!("THD of voltage {phase}"), "%", distortion, [share, None]));
    }
    html! {
        p {
            (summary.intervals) " of 144 ten minutes have values"
            @if summary.silent_polls > 0 { "; " (summary.silent_polls) " polls were not answered" }
            "."
        }
        (table(&["", "lowest", "mean", "highest", "within limits", "within -15/+10 %"], rows.into_iter()))
        p.quiet {
            "Limits of EN 50160: voltage ±10 % for 95 % of a week's ten-minute values and -15/+10 % for all, frequency ±1 % for 99.5 % of \
             a year, THD up to 8 % for 95 % of a week. One day alone neither keeps nor breaks them."
        }
    }
}

fn voltages(day: &Day) -> Markup {
    let phases = day.phases();
    let courses: Vec<Course> = phases
        .iter()
        .zip(COLORS.into_iter().cycle())
        .map(|(phase, color)| Course {
            name: (*phase).to_owned(),
            color,
            points: points(day, |begin| voltage(day, begin, phase)),
        })
        .collect();
    let nominal = day.basis.nominal_v;
    course("Voltage in V", &courses, &[0.9 * nominal, nominal, 1.1 * nominal])
}

fn voltage(day: &Day, begin: i64, phase: &str) -> Option<f64> {
    day.ten_minutes.get(&begin)?.voltage.get(phase).map(|spread| spread.mean)
}

fn frequencies(day: &Day) -> Option<Markup> {
    let points = points(day, |begin| day.ten_minutes.get(&begin)?.frequency.map(|spread| spread.mean));
    let nominal = day.basis.nominal_hz;
    let limits = [0.99 * nominal, nominal, 1.01 * nominal];
    (!points.is_empty()).then(|| {
        course("Frequency in Hz", &[Course { name: "frequency".to_owned(), color: COLORS[3], points }], &limits)
    })
}

/// Hours of the day and values.
fn points(day: &Day, value: impl Fn(i64) -> Option<f64>) -> Vec<(f64, f64)> {
    let hour = |begin: i64| {
        let local = OffsetDateTime::from_unix_timestamp(begin).ok().map(|moment| day.local(moment))?;
        Some(f64::from(local.hour()) + f64::from(local.minute()) / 60.0)
    };
    day.ten_minutes.keys().filter_map(|begin| Some((hour(*begin)?, value(*begin)?))).collect()
}

fn event_table(day: &Day, events: &[QualityEvent]) -> Markup {
    let time = |moment: OffsetDateTime| {
        let local = day.local(moment);
        format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
    };
    let rows = events.iter().map(|event| {
        vec![
            time(event.start),
            event.kind.word().to_owned(),
            event.phases.join(", "),
            event.duration_s.map_or_else(|| "lasts".to_owned(), |seconds| format!("{seconds:.1} s")),
            event.residual_percent.map_or_else(String::new, |percent| format!("{percent} %")),
            event.class.clone(),
        ]
    });
    html! {
        (table(&["begun", "what", "phases", "duration", "voltage", "class of EN 50160"], rows))
    }
}
