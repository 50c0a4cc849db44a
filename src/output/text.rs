//! Text for people: columns and paragraphs that fit the terminal.

use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::{Style, sanitize};
use crate::meter::MeterRef;

/// A stable word as people read it: hyphens between two letters become blanks; the sign of a number, a date and a code
/// such as `KT-2` stay as they are.
///
/// ```
/// assert_eq!(wattkey::output::in_words("out-of-range: -286.0 W on 2026-11-29"), "out of range: -286.0 W on 2026-11-29");
/// ```
pub fn in_words(word: &str) -> String {
    let octets = word.as_bytes();
    let is_letter = |at: Option<usize>| at.and_then(|at| octets.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let blank = |(at, c): (usize, char)| match c {
        '-' if is_letter(at.checked_sub(1)) && is_letter(at.checked_add(1)) => ' ',
        other => other,
    };
    word.char_indices().map(blank).collect()
}

/// Blanks between two columns.
const GAP: usize = 2;

/// Columns under a header, no lines around them, cells wrapped between words to the width of the terminal. Where not even
/// the longest words fit side by side, each row becomes a block of lines, a label and a value each. Ends in a line feed.
pub fn grid(style: Style, header: &[&str], rows: &[Vec<String>]) -> String {
    let header: Vec<String> = header.iter().map(|name| heading(name)).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| sanitize(cell)).collect()).collect();
    let least: Vec<usize> = header
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let cells = rows.iter().filter_map(|row| row.get(at)).chain([name]);
            cells.map(|cell| longest_word(cell)).max().unwrap_or_default()
        })
        .collect();
    let needed = least.iter().map(|width| width.saturating_add(GAP)).sum::<usize>().saturating_sub(GAP);
    if needed > usize::from(style.width) {
        return blocks(style, &header, &rows);
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        // What follows the last column is no column.
        .set_width(style.width.saturating_add(u16::try_from(GAP).unwrap_or_default()))
        .set_header(header.iter().map(Cell::new));
    for row in &rows {
        table.add_row(row.iter().map(Cell::new));
    }
    for (column, least) in table.column_iter_mut().zip(&least) {
        column.set_padding((0, u16::try_from(GAP).unwrap_or_default()));
        let least = u16::try_from(least.saturating_add(GAP)).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
    }
    let mut text = String::new();
    for line in table.to_string().lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A heading in capitals; a unit at its end stays as it is written.
fn heading(name: &str) -> String {
    const UNITS: [&str; 17] = [
        "V", "A", "W", "VA", "var", "Hz", "kW", "kVA", "kvar", "Wh", "VAh", "varh", "kWh", "kVAh", "kvarh", "m3", "min",
    ];
    match name.rsplit_once(' ') {
        Some((what, unit)) if UNITS.contains(&unit) => format!("{} {unit}", what.to_uppercase()),
        _ if UNITS.contains(&name) => name.to_owned(),
        _ => name.to_uppercase(),
    }
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(columns).max().unwrap_or_default()
}

/// Each row as lines of label and value; what is empty is left out.
fn blocks(style: Style, header: &[String], rows: &[Vec<String>]) -> String {
    let widest = header.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    // On a narrow screen the label must leave room for the value.
    let indent = widest.saturating_add(GAP).min(usize::from(style.width) / 2);
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        for (name, cell) in header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            let label = if name.chars().count() < indent { name.clone() } else { format!("{name}  ") };
            text.push_str(&paragraph(style, &label, indent, cell));
        }
    }
    text
}

/// The line of a table that says which meter it is about; nothing where no number is known.
pub fn meter_line(meter: &MeterRef) -> String {
    let drn = meter.drn.map(|drn| format!("DRN {}", drn.grouped()));
    let numbers: Vec<String> = meter.serial.as_deref().map(sanitize).into_iter().chain(drn).collect();
    if numbers.is_empty() { String::new() } else { format!("METER     {}\n", numbers.join("   ")) }
}

/// A paragraph broken between words to the width of the terminal, every line after the first indented by
/// `indent` columns; `first` opens the first line in place of the indent. Ends in a line feed.
pub fn paragraph(style: Style, first: &str, indent: usize, text: &str) -> String {
    let width = usize::from(style.width).max(indent.saturating_add(20));
    let mut out = format!("{first:<indent$}");
    let mut column = out.chars().count();
    let mut fresh = true;
    for word in sanitize(text).split_whitespace() {
        let length = word.chars().count();
        if !fresh && column.saturating_add(length).saturating_add(1) > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            column = column.saturating_add(1);
        }
        out.push_str(word);
        column = column.saturating_add(length);
        fresh = false;
    }
    let mut out = out.trim_end().to_owned();
    out.push('\n');
    out
}

/// Breaks lines that are wider than the terminal: best where a gap parts two things, else between words, never inside
/// one. What is broken off stands under the text, `indent` columns in (less on a narrow terminal).
pub fn fit(style: Style, text: &str, indent: usize) -> String {
    let width = usize::from(style.width).max(20);
    let indent = indent.min(width / 3);
    let mut out = String::new();
    for line in text.lines() {
        if columns(line) <= width {
            out.push_str(line);
        } else {
            break_line(line, width, indent, &mut out);
        }
        out.push('\n');
    }
    out
}

fn break_line(line: &str, width: usize, indent: usize, out: &mut String) {
    let mut column = 0usize;
    for (gap, thing) in parts(line, "  ") {
        // What is too long for a line of its own is broken between its words, and begins where it stands.
        let takes = columns(thing);
        let moves = indent.saturating_add(takes) <= width;
        if column > 0 && moves && column.saturating_add(gap).saturating_add(takes) > width {
            next_line(indent, &mut column, out);
        } else {
            out.push_str(&" ".repeat(gap));
            column = column.saturating_add(gap);
        }
        for (gap, word) in parts(thing, " ") {
            if column > indent && column.saturating_add(gap).saturating_add(columns(word)) > width {
                next_line(indent, &mut column, out);
            } else {
                out.push_str(&" ".repeat(gap));
                column = column.saturating_add(gap);
            }
            out.push_str(word);
            column = column.saturating_add(columns(word));
        }
    }
}

fn next_line(indent: usize, column: &mut usize, out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    *column = indent;
}

/// The parts of a line between gaps of at least `gap`, each with the width of the gap before it.
fn parts<'t>(line: &'t str, gap: &str) -> Vec<(usize, &'t str)> {
    let mut parts = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let thing = rest.trim_start_matches(' ');
        let before = rest.len().saturating_sub(thing.len());
        let end = thing.find(gap).unwrap_or(thing.len());
        let (part, behind) = thing.split_at(end);
        parts.push((before, part));
        rest = behind;
    }
    parts
}

/// Columns of a text on the terminal; colours take none.
fn columns(text: &str) -> usize {
    let mut inside_escape = false;
    let visible = |c: &char| match (*c, inside_escape) {
        ('\u{1b}', _) => {
            inside_escape = true;
            false
        }
        (c, true) => {
            inside_escape = !c.is_ascii_alphabetic();
            false
        }
        _ => true,
    };
    text.chars().filter(visible).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_break_between_words_and_indent() {
        let style = Style { color: false, width: 30 };
        let text = paragraph(style, "why", 6, "one two three four five six seven");
        assert_eq!(text, "why   one two three four five\n      six seven\n");
    }

    #[test]
    fn lines_break_at_gaps_first_and_never_inside_a_word() {
        let at = |width: u16, text: &str| fit(Style { color: false, width }, text, 10);
        let supply = "SUPPLY    L1   230.1 V    4.57 A    1031 W   PF 0.98\n";
        assert_eq!(at(80, supply), supply);
        assert_eq!(at(50, supply), "SUPPLY    L1   230.1 V    4.57 A    1031 W\n          PF 0.98\n");
        assert_eq!(at(24, "A         one two three four"), "A         one two three\n        four\n");
        let long = "NOT READ  3/1.0.32.7.0.255:2: 0123456789012345678901234567890123456789\n";
        assert!(at(40, long).lines().any(|line| line.trim() == "0123456789012345678901234567890123456789"));
        let red = "CREDIT    \u{1b}[1;31m0.00 kWh   out of credit !\u{1b}[0m\n";
        assert_eq!(at(40, red), red);
    }

    #[test]
    fn a_grid_that_does_not_fit_becomes_blocks_and_no_word_is_split() {
        let rows = [
            vec!["1.0.1.8.0.255:2".into(), "1234567.89".into(), "kWh".into()],
            vec!["1.0.2.8.0.255:2".into(), String::new(), "kWh".into()],
        ];
        let at = |width| grid(Style { color: false, width }, &["object", "value", "unit"], &rows);
        assert!(at(40).starts_with("OBJECT           VALUE       UNIT\n"), "{}", at(40));
        let narrow =
            "OBJECT  1.0.1.8.0.255:2\nVALUE   1234567.89\nUNIT    kWh\n\nOBJECT  1.0.2.8.0.255:2\nUNIT    kWh\n";
        assert_eq!(at(30), narrow);
        for width in 10..80 {
            for word in ["1.0.1.8.0.255:2", "1234567.89"] {
                assert!(at(width).contains(word), "{width}: {}", at(width));
            }
        }
    }

    #[test]
    fn units_in_headings_stay_as_they_are() {
        let heads = grid(Style::default(), &["energy kWh", "W", "time"], &[vec!["1".into(), "2".into(), "3".into()]]);
        assert!(heads.starts_with("ENERGY kWh  W  TIME"), "{heads}");
    }

    #[test]
    fn grids_have_no_trailing_blanks() {
        let text = grid(Style::default(), &["a", "b"], &[vec!["1".into(), "x\u{7}y".into()]]);
        assert_eq!(text, "A  B\n1  x·y\n");
    }
}
