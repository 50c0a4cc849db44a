//! Charts as inline SVG: bars with their numbers written beside them, readable without colour.

use maud::{Markup, html};

use super::sanitize;

/// Colour of what is done.
pub const GOOD: &str = "#2da44e";
/// Colour of what failed.
pub const BAD: &str = "#cf222e";
/// Colour of what was stopped for safety.
pub const SAFE: &str = "#bc4c00";
/// Colour of outcomes that are not known.
pub const DOUBT: &str = "#8250df";
/// Colour of what was not begun.
pub const OPEN: &str = "#8c959f";
/// Colour of figures that are neither good nor bad.
pub const PLAIN: &str = "#0969da";

/// Width of a chart, in its own units.
const WIDTH: f64 = 720.0;
/// Where bars begin.
const LABELS: f64 = 190.0;
/// Where the longest bar ends.
const END: f64 = 640.0;
/// Height of a bar with the space below it.
const ROW: f64 = 26.0;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How many.
    pub count: u64,
    /// Colour, as CSS writes it.
    pub color: &'static str,
}

/// Bars below one another, the longest as wide as the chart.
pub fn bars(title: &str, bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1) as f64;
    let drawn = html! {
        @for (index, bar) in bars.iter().enumerate() {
            @let top = ROW * index as f64;
            @let length = (END - LABELS) * bar.count as f64 / most;
            @let label = bar.label.chars().take(28).collect::<String>();
            text x=(short(LABELS - 8.0)) y=(short(top + 15.0)) text-anchor="end" { (sanitize(&label)) }
            rect x=(short(LABELS)) y=(short(top + 2.0)) width=(short(length)) height="18" rx="2" fill=(bar.color) {}
            text x=(short(LABELS + length + 6.0)) y=(short(top + 15.0)) { (bar.count) }
        }
    };
    drawing(title, ROW * bars.len() as f64 + 4.0, &drawn)
}

/// Most columns of a histogram.
const COLUMNS: usize = 24;

/// How often which duration came, in columns of a round width.
pub fn histogram(title: &str, seconds: &[f64], color: &str) -> Markup {
    const HEIGHT: f64 = 200.0;
    const BASE: f64 = 170.0;
    const LEFT: f64 = 40.0;
    let longest = seconds.iter().copied().fold(0.0, f64::max);
    let step = round_step(longest);
    let columns = ((longest / step) as usize + 1).min(COLUMNS + 1);
    let mut counts = vec![0u64; columns];
    for value in seconds {
        if let Some(count) = counts.get_mut(((value / step) as usize).min(columns - 1)) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let width = (WIDTH - LEFT) / columns as f64;
    let every = columns.div_ceil(12);
    let drawn = html! {
        @for (index, count) in counts.iter().enumerate() {
            @let height = (BASE - 20.0) * *count as f64 / most;
            @let left = LEFT + width * index as f64;
            rect x=(short(left + 1.0)) y=(short(BASE - height)) width=(short((width - 2.0).max(0.5))) height=(short(height)) fill=(color) {}
            @if *count > 0 {
                text x=(short(left + width / 2.0)) y=(short(BASE - height - 4.0)) text-anchor="middle" { (count) }
            }
            @if index.is_multiple_of(every) {
                text x=(short(left)) y=(short(BASE + 18.0)) { (shown(step * index as f64)) }
            }
        }
        text x="0" y=(short(BASE + 18.0)) { "s" }
    };
    drawing(title, HEIGHT, &drawn)
}

/// A quantity over the hours of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What it is, for the legend.
    pub name: String,
    /// Colour, as CSS writes it.
    pub color: &'static str,
    /// Hour of the day and value, in order.
    pub points: Vec<(f64, f64)>,
}

/// Hours from one point to the next above which a course is broken.
const BROKEN: f64 = 0.3;

/// Courses over a day, with lines at the limits; the scale holds all of both.
pub fn course(title: &str, courses: &[Course], limits: &[f64]) -> Markup {
    const HEIGHT: f64 = 220.0;
    const TOP: f64 = 24.0;
    const BASE: f64 = 190.0;
    const LEFT: f64 = 56.0;
    let values = courses.iter().flat_map(|course| course.points.iter().map(|(_, value)| *value));
    let (low, high) = values
        .chain(limits.iter().copied())
        .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let span = (high - low).max(f64::EPSILON);
    let across = |hour: f64| LEFT + (WIDTH - LEFT) * hour / 24.0;
    let up = |value: f64| BASE - (BASE - TOP) * (value - low) / span;
    let line = |course: &Course| {
        let mut path = String::new();
        let mut before: Option<f64> = None;
        for (hour, value) in &course.points {
            let joins = before.is_some_and(|before| hour - before <= BROKEN);
            let letter = if joins { 'L' } else { 'M' };
            path.push_str(&format!("{letter}{} {} ", short(across(*hour)), short(up(*value))));
            // A point alone is a dot.
            if !joins {
                path.push_str("h1 ");
            }
            before = Some(*hour);
        }
        path
    };
    let drawn = html! {
        @for limit in limits {
            line x1=(short(LEFT)) x2=(short(WIDTH)) y1=(short(up(*limit))) y2=(short(up(*limit))) stroke="#d0d7de" stroke-dasharray="4 3" {}
            text x=(short(LEFT - 6.0)) y=(short(up(*limit) + 4.0)) text-anchor="end" { (shown(*limit)) }
        }
        @for hour in [0.0, 6.0, 12.0, 18.0, 24.0] {
            text x=(short(across(hour))) y=(short(BASE + 20.0)) text-anchor=(if hour < 24.0 { "middle" } else { "end" }) { (shown(hour)) " h" }
        }
        @for (index, course) in courses.iter().enumerate() {
            path d=(line(course)) fill="none" stroke=(course.color) stroke-width="1.5" {}
            text x=(short(LEFT + 90.0 * index as f64)) y="14" fill=(course.color) { (sanitize(&course.name)) }
        }
    };
    drawing(title, HEIGHT, &drawn)
}

/// A width of 1, 2 or 5 times a power of ten that gives at most [`COLUMNS`] columns.
fn round_step(longest: f64) -> f64 {
    let mut step = 0.001;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(60) {
        if longest / step <= COLUMNS as f64 {
            break;
        }
        step *= factor;
    }
    step
}

fn shown(seconds: f64) -> String {
    let text = format!("{seconds:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A length with one decimal, as the drawing has it.
fn short(length: f64) -> String {
    format!("{length:.1}")
}

fn drawing(title: &str, height: f64, drawn: &Markup) -> Markup {
    let (title, view) = (sanitize(title), format!("0 0 {WIDTH} {height:.0}"));
    html! {
        svg role="img" aria-label=(title) viewBox=(view) width="100%" xmlns="http://www.w3.org/2000/svg" font-size="13" fill="#1b1f24" {
            title { (title) }
            (drawn)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::PreEscaped;

    #[test]
    fn bars_grow_with_their_count_and_carry_it() {
        let bar = |label: &str, count| Bar { label: label.to_owned(), count, color: "#000" };
        let PreEscaped(svg) = bars("x", &[bar("a<b", 10), bar("c", 5), bar("d", 0)]);
        assert!(svg.contains("width=\"450.0\"") && svg.contains("width=\"225.0\"") && svg.contains("width=\"0.0\""));
        assert!(svg.contains(">10<") && svg.contains("a&lt;b"));
    }

    #[test]
    fn every_duration_is_in_one_column() {
        for longest in [0.004, 0.9, 12.0, 3600.0] {
            let step = round_step(longest);
            assert!(longest / step <= COLUMNS as f64 && longest / step > 4.0 || step == 0.001, "{longest} {step}");
        }
        let PreEscaped(svg) = histogram("t", &[0.5, 1.5, 1.6, 30.0], "#000");
        let counted: u64 = svg
            .split("text-anchor=\"middle\">")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap().parse::<u64>().unwrap())
            .sum();
        assert_eq!(counted, 4);
        assert!(histogram("none", &[], "#000").into_string().contains("</svg>"));
    }
}
