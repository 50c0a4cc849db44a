//! A slip for the customer: tokens that could not be entered over the line, to be keyed in by hand.

use maud::{Markup, html};

use super::html::document;
use super::letterhead::{self, Letterhead};
use super::sanitize;

/// What a slip is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A roll of 58 mm, as pocket printers have it.
    #[default]
    Roll58,
    /// A sheet.
    A4,
}

impl Paper {
    /// Every kind.
    pub const ALL: &'static [Paper] = &[Paper::Roll58, Paper::A4];

    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Paper::Roll58 => "58mm",
            Paper::A4 => "a4",
        }
    }

    /// What it is, for the help.
    pub const fn meaning(self) -> &'static str {
        match self {
            Paper::Roll58 => "a roll of 58 mm",
            Paper::A4 => "a sheet",
        }
    }

    const fn style(self) -> &'static str {
        match self {
            Paper::Roll58 => {
                "@page{size:58mm 150mm;margin:2mm}body{max-width:54mm;padding:0;font-size:11px}.digits{font-size:13px}"
            }
            Paper::A4 => "@page{size:A4;margin:18mm}.digits{font-size:1.6rem}",
        }
    }
}

/// One token of a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipToken {
    /// Twenty digits in groups of four.
    pub digits: String,
    /// What it is, in a few words.
    pub what: String,
}

/// A slip.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slip {
    /// Whom the tokens are for: the meter's number, where it is known.
    pub meter: Option<String>,
    /// In the order in which they are entered.
    pub tokens: Vec<SlipToken>,
    /// What to mind, each a sentence.
    pub notes: Vec<String>,
}

const STYLE: &str =
    ".digits{font-family:ui-monospace,monospace;font-weight:700;margin:.1rem 0 .5rem;white-space:pre-line}
ol{padding-left:1.2rem;margin:.4rem 0}h1{font-size:1.1rem}
@media print{body{max-width:none}}
";

impl Slip {
    /// The slip as a page of its own.
    pub fn page(&self, letterhead: &Letterhead, paper: Paper) -> String {
        let style = format!("{STYLE}{}{}", letterhead::STYLE, paper.style());
        document("Token slip", &style, &self.body(letterhead, paper))
    }

    fn body(&self, letterhead: &Letterhead, paper: Paper) -> Markup {
        let several = self.tokens.len() > 1;
        // A roll has room for three groups of four.
        let broken = |digits: &str| match paper {
            Paper::Roll58 => {
                let groups: Vec<&str> = digits.split(' ').collect();
                groups.chunks(3).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n")
            }
            Paper::A4 => digits.to_owned(),
        };
        html! {
            (letterhead.drawn())
            h1 { @if several { "Tokens for the meter" } @else { "Token for the meter" } }
            @if let Some(meter) = &self.meter { p { "Meter " b { (sanitize(meter)) } } }
            ol {
                @for token in &self.tokens {
                    li { (sanitize(&token.what)) p.digits { (broken(&token.digits)) } }
                }
            }
            @if several { p { "Key them in one after the other, in this order. Wait until the meter has answered each." } }
            @for note in &self.notes { p.quiet { (sanitize(note)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stand_in_their_order_with_all_digits() {
        let token = |digits: &str| SlipToken { digits: digits.into(), what: "key change".into() };
        let slip = Slip {
            meter: Some("0123 4567 897".into()),
            tokens: vec![token("1111 2222 3333 4444 5555"), token("6666 7777 8888 9999 0000")],
            notes: vec!["Use up old credit first.".into()],
        };
        let sheet = slip.page(&Letterhead::default(), Paper::A4);
        let (first, second) = (sheet.find("1111 2222 3333 4444 5555"), sheet.find("6666 7777 8888 9999 0000"));
        assert!(first.is_some() && first < second && sheet.contains("in this order"), "{sheet}");
        let roll = slip.page(&Letterhead::default(), Paper::Roll58);
        assert!(roll.contains("1111 2222 3333\n4444 5555") && roll.contains("58mm"), "{roll}");
    }
}
