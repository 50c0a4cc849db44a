//! HTML pages that stand alone: style inside, no script, nothing from outside.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::sanitize;

/// A whole page.
pub fn document(title: &str, style: &str, body: &Markup) -> String {
    let PreEscaped(body) = body;
    format!("{}{body}{FOOT}", head(title, style))
}

/// The beginning of a page, up to and with the opening of its body.
pub fn head(title: &str, style: &str) -> String {
    let head = html! {
        (DOCTYPE)
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
            title { (sanitize(title)) }
            style { (PreEscaped(BASE)) (PreEscaped(style)) }
        }
    };
    let PreEscaped(head) = head;
    // The elements around it end with the page.
    head.replacen("<head>", "<html lang=\"en\"><head>", 1) + "<body>\n"
}

/// The end of a page.
pub const FOOT: &str = "</body>\n</html>\n";

const BASE: &str = "body{font:15px/1.45 system-ui,sans-serif;color:#1b1f24;background:#fff;margin:0 auto;max-width:60rem;padding:1.5rem}
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.1rem;margin:1.8rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #d8dee4}
th{font-weight:600;color:#57606a}td.number,th.number{text-align:right}.quiet{color:#57606a}
.mono{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
";

/// A table with a header. Cells lose control characters and are escaped here.
pub fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Markup {
    html! {
        table {
            thead { tr { @for name in header { th { (sanitize(name)) } } } }
            tbody { @for row in rows { tr { @for cell in row { td { (sanitize(&cell)) } } } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_meter_stays_text() {
        let cell = "<script>&\u{202e}\"\u{1b}".to_owned();
        let PreEscaped(table) = table(&["<x>"], std::iter::once(vec![cell]));
        assert!(table.contains("<td>&lt;script&gt;&amp;·&quot;·</td>") && !table.contains("<x>"), "{table}");
        let page = document("<a>", "", &html! { p { "b" } });
        assert!(
            page.starts_with("<!DOCTYPE html><html lang=\"en\"><head>") && page.contains("<title>&lt;a&gt;</title>")
        );
        assert!(page.ends_with("<p>b</p></body>\n</html>\n"), "{page}");
    }
}
