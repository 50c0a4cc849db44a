//! HTML pages that stand alone: style inside, no script, nothing from outside.

use std::fmt::Write;

use maud::{Markup, PreEscaped};

use super::sanitize;

/// A whole page.
pub fn document(title: &str, style: &str, body: &Markup) -> String {
    let PreEscaped(body) = body;
    format!("{}{body}{FOOT}", head(title, style))
}

/// Text as HTML shows it, safe in elements and attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in sanitize(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The beginning of a page, up to and with the opening of its body.
pub fn head(title: &str, style: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{BASE}{style}</style>\n</head>\n<body>\n",
        escape(title)
    )
}

/// The end of a page.
pub const FOOT: &str = "</body>\n</html>\n";

const BASE: &str = "body{font:15px/1.45 system-ui,sans-serif;color:#1b1f24;background:#fff;margin:0 auto;max-width:60rem;padding:1.5rem}
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.1rem;margin:1.8rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #d8dee4}
th{font-weight:600;color:#57606a}td.number,th.number{text-align:right}.quiet{color:#57606a}
.mono{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
";

/// A table with a header; cells are escaped here.
pub fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = String::from("<table><thead><tr>");
    for name in header {
        let _ = write!(out, "<th>{}</th>", escape(name));
    }
    out.push_str("</tr></thead><tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td>{}</td>", escape(&cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_meter_stays_text() {
        assert_eq!(escape("<b a='1'>&\u{202e}\"\u{1b}"), "&lt;b a=&#39;1&#39;&gt;&amp;·&quot;·");
        let table = table(&["<x>"], std::iter::once(vec!["<script>".to_owned()]));
        assert!(!table.contains("<script>") && !table.contains("<x>"), "{table}");
    }
}
