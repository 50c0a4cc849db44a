//! Text for people: columns and paragraphs that fit the terminal.

use comfy_table::{Cell, ContentArrangement, Table, presets};

use super::{Style, sanitize};

/// Columns under a header, no lines around them, cells wrapped to the width of the terminal. Ends in a line feed.
pub fn grid(style: Style, header: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(style.width)
        .set_header(header.iter().map(|name| Cell::new(name.to_uppercase())));
    for row in rows {
        table.add_row(row.iter().map(|cell| Cell::new(sanitize(cell))));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut text = String::new();
    for line in table.to_string().lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
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
    fn grids_have_no_trailing_blanks() {
        let text = grid(Style::default(), &["a", "b"], &[vec!["1".into(), "x\u{7}y".into()]]);
        assert_eq!(text, "A  B\n1  x·y\n");
    }
}
