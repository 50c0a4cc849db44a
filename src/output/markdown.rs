//! Pages in Markdown at a terminal: the marks our own pages use, no more.

use std::fmt::Write as _;

use super::{Style, grid, paragraph};

/// A page of ours without its marks: paragraphs, lists and tables broken at the width, commands as they are.
pub fn rendered(page: &str, style: Style) -> String {
    let (bold, reset) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut page_out = PageWriter { style, out: String::new(), words: String::new(), table: Vec::new() };
    let mut is_fenced = false;
    for line in page.lines() {
        if line.starts_with("```") {
            page_out.end_block();
            is_fenced = !is_fenced;
        } else if is_fenced || line.starts_with("    ") {
            page_out.end_block();
            let _ = writeln!(page_out.out, "    {}", line.strip_prefix("    ").unwrap_or(line));
        } else if let Some(row) = line.strip_prefix('|') {
            page_out.end_words();
            page_out.row(row);
        } else if line.is_empty() {
            page_out.end_block();
            page_out.out.push('\n');
        } else if line.starts_with('#') {
            page_out.end_block();
            let heading = line.trim_start_matches('#').trim().to_uppercase();
            let _ = writeln!(page_out.out, "{bold}{heading}{reset}");
        } else {
            if line.starts_with("- ") {
                page_out.end_words();
            }
            page_out.say(line);
        }
    }
    page_out.end_block();
    page_out.out
}

/// Gathers the lines of a paragraph or a table until it ends.
struct PageWriter {
    style: Style,
    out: String,
    words: String,
    table: Vec<Vec<String>>,
}

impl PageWriter {
    fn say(&mut self, line: &str) {
        if !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(without_marks(line).trim());
    }

    /// A row of a table; the line between head and body says nothing.
    fn row(&mut self, row: &str) {
        let cells: Vec<String> =
            row.trim_end_matches('|').split(" |").map(|cell| without_marks(cell).trim().to_owned()).collect();
        if !row.chars().all(|character| matches!(character, '-' | '|' | ':' | ' ')) {
            self.table.push(cells);
        }
    }

    fn end_words(&mut self) {
        let words = std::mem::take(&mut self.words);
        match words.strip_prefix("- ") {
            Some(item) => self.out.push_str(&paragraph(self.style, "-", 2, item)),
            None if words.is_empty() => {}
            None => self.out.push_str(&paragraph(self.style, "", 0, &words)),
        }
    }

    fn end_block(&mut self) {
        self.end_words();
        let table = std::mem::take(&mut self.table);
        if let Some((head, body)) = table.split_first() {
            let head: Vec<&str> = head.iter().map(String::as_str).collect();
            self.out.push_str(&grid(self.style, &head, body));
        }
    }
}

/// A line without marks of emphasis, and links by their text alone.
fn without_marks(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('[') {
        let link = behind.split_once("](").and_then(|(text, behind)| Some((text, behind.split_once(')')?.1)));
        let is_link = link.filter(|(text, _)| !text.contains(['[', ']']));
        out.push_str(before);
        match is_link {
            Some((text, behind)) => {
                out.push_str(text);
                rest = behind;
            }
            None => {
                out.push('[');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    // Between back quotes nothing is a mark.
    let parts = out.split('`').enumerate();
    let plain: Vec<String> =
        parts.map(|(at, part)| if at.is_multiple_of(2) { part.replace("**", "") } else { part.to_owned() }).collect();
    plain.join("`").replace("\\|", "|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_away() {
        assert_eq!(
            without_marks("see [the page](a.md), **now** [x] [headend.NAME]"),
            "see the page, now [x] [headend.NAME]"
        );
        let page = rendered(
            "# A\n\n| one | two |\n|---|---|\n| `a` | [b](c) |\n\n- item\n  goes on\n",
            Style { width: 60, color: false },
        );
        assert!(page.contains("`a`") && !page.contains("---") && !page.contains('|'), "{page}");
        assert!(page.ends_with("- item goes on\n"), "{page}");
    }
}
