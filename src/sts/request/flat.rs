//! The usual line read at one go: a flat object of plain texts and whole numbers. Anything else is left to the full
//! JSON parser, which takes several times as long.

use std::borrow::Cow;

use super::{Line, Scalar};

/// The line, or `None` where the full parser has to judge: nested values, `null`, escapes, signs, fractions, repeated
/// names, wrong syntax.
pub(super) fn scan(text: &str) -> Option<Line<'_>> {
    let mut scanner = Scanner { text, at: 0 };
    let mut line = Line::default();
    scanner.take(b'{')?;
    loop {
        scanner.skip_space();
        let name = scanner.text()?;
        scanner.skip_space();
        scanner.take(b':')?;
        scanner.skip_space();
        let start = scanner.at;
        let value = scanner.scalar()?;
        let slot = match name {
            "id" => {
                let raw = text.get(start..scanner.at)?;
                if line.id.replace(raw).is_some() {
                    return None;
                }
                None
            }
            "token" => Some(&mut line.token),
            "iin" => Some(&mut line.iin),
            "drn" => Some(&mut line.drn),
            "sgc" => Some(&mut line.sgc),
            "krn" => Some(&mut line.krn),
            "kt" => Some(&mut line.kt),
            "ti" => Some(&mut line.ti),
            "ea" => Some(&mut line.ea),
            "dkga" => Some(&mut line.dkga),
            "base_date" => Some(&mut line.base_date),
            "decoder_key" => return None,
            _ => None,
        };
        if slot.is_some_and(|slot| slot.replace(value).is_some()) {
            return None;
        }
        scanner.skip_space();
        match scanner.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    scanner.skip_space();
    (scanner.at == text.len()).then_some(line)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    #[inline]
    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    #[inline]
    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn scalar(&mut self) -> Option<Scalar<'a>> {
        match self.peek()? {
            b'"' => self.text().map(|text| Scalar::Text(Cow::Borrowed(text))),
            b'0'..=b'9' => self.number().map(Scalar::Number),
            _ => None,
        }
    }

    /// A text in quotes without escapes.
    #[inline]
    fn text(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            match self.next()? {
                b'"' => return self.text.get(start..self.at - 1),
                b'\\' | ..b' ' => return None,
                _ => {}
            }
        }
    }

    /// A whole number of at most 19 digits, so that it fits; what may follow it is for the caller to see.
    #[inline]
    fn number(&mut self) -> Option<u64> {
        let start = self.at;
        let mut number = 0u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let digits = self.at - start;
        let leading_zero = digits > 1 && self.text.as_bytes().get(start) == Some(&b'0');
        (digits <= 19 && !leading_zero).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the full parser makes of the line.
    fn full(text: &str) -> Option<Line<'_>> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn usual_lines_are_read_at_one_go() {
        for text in [
            r#"{"id":7,"token":"51043465443420856213","drn":"01234567897","sgc":"123456","krn":1,"kt":2,"ti":0}"#,
            r#"{ "token" : "5104 3465" , "customer" : "Zoë" , "id" : "a/b", "ti": 99 }"#,
        ] {
            assert!(scan(text).is_some(), "{text}");
            assert_eq!(scan(text), full(text), "{text}");
        }
    }

    #[test]
    fn unusual_lines_are_left_to_the_full_parser() {
        for text in [
            "{}",
            r#"{"id":1,"id":2}"#,
            r#"{"ti":1,"ti":2}"#,
            r#"{"ti":01}"#,
            r#"{"ti":-1}"#,
            r#"{"ti":1.0}"#,
            r#"{"ti":1e1}"#,
            r#"{"ti":12345678901234567890}"#,
            r#"{"ti":true}"#,
            r#"{"ti":1,}"#,
            r#"{"ti":1"#,
            r#"{"ti":1} x"#,
            r#"{"token":"\u0031"}"#,
            "{\"token\":\"a\tb\"}",
            r#"{"id":[1]}"#,
            r#"{"decoder_key":"00"}"#,
            r#"{"ti":null}"#,
        ] {
            assert_eq!(scan(text), None, "{text}");
        }
    }

    /// Whatever is read at one go, the full parser reads as the same.
    #[test]
    fn agrees_with_the_full_parser_on_damaged_lines() {
        const PIECES: &[&str] = &[
            "{",
            "}",
            "\"",
            ":",
            ",",
            " ",
            "id",
            "token",
            "\"ti\":",
            "\"krn\":1",
            "\"x\":\"é\"",
            "null",
            "0",
            "17",
            "-",
            ".5",
            "\\",
            "\u{1}",
            "[]",
            "\"drn\":\"01234567897\"",
            "\"kt\"",
            "\t",
            "99999999999999999999",
        ];
        let mut random = fastrand::Rng::with_seed(12);
        let whole =
            r#"{"id":7,"token":"51043465443420856213","drn":"01234567897","krn":1,"ti":0,"ea":"07","note":"é"}"#;
        let mut read = 0;
        for _ in 0..60_000 {
            let mut text = whole.to_owned();
            for _ in 0..random.usize(0..3) {
                let mut place = || loop {
                    let place = random.usize(..=text.len());
                    if text.is_char_boundary(place) {
                        return place;
                    }
                };
                let (from, to) = (place(), place());
                let (from, to) = if to.abs_diff(from) < 12 { (from.min(to), from.max(to)) } else { (from, from) };
                let piece = PIECES[random.usize(..PIECES.len())];
                text.replace_range(from..to, piece);
            }
            if let Some(line) = scan(&text) {
                assert_eq!(Some(line), full(&text), "{text}");
                read += 1;
            }
        }
        assert!(read > 10_000, "{read}");
    }
}
