//! The document of `wattkey headend tokens`.

use serde::Serialize;

use crate::error::Exit;
use crate::headend::{Refusal, TokenAnswer, TokenIssue};
use crate::output::{Document, Style, paragraph};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// Tokens, or why there are none.
#[derive(Debug, Serialize)]
pub struct TokenDocument {
    pub drn: String,
    pub head_end: String,
    pub offline: bool,
    /// `issued`, or the word of the verdict.
    pub verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<TokenIssue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<&'static str>,
}

impl TokenDocument {
    /// The answer of a head-end.
    pub fn new(drn: String, head_end: &dyn crate::headend::HeadEnd, answer: TokenAnswer) -> Self {
        let (head_end, offline) = (head_end.name().to_owned(), head_end.is_offline());
        let plain = TokenDocument {
            drn,
            head_end,
            offline,
            verdict: "issued",
            issue: None,
            refusal: None,
            cause: None,
            act: None,
        };
        match answer {
            TokenAnswer::Issued(issue) => TokenDocument { issue: Some(issue), ..plain },
            TokenAnswer::Refused(refusal) => TokenDocument {
                verdict: refusal.verdict.word(),
                cause: Some(refusal.verdict.cause()),
                act: Some(refusal.verdict.act()),
                refusal: Some(refusal),
                ..plain
            },
        }
    }

    /// The exit code of the answer.
    pub fn exit(&self) -> Exit {
        self.refusal.as_ref().map_or(Exit::Done, |refusal| refusal.verdict.exit())
    }
}

impl Document for TokenDocument {
    const SCHEMA: &'static str = "wattkey/head-end-tokens/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        let mut line = |label: &str, text: &str| out.push_str(&paragraph(style, label, INDENT, text));
        line("Meter", &self.drn);
        line("Head-end", &self.head_end);
        if let Some(issue) = &self.issue {
            line("Kind", &issue.kind);
            for token in &issue.tokens {
                line("Token", &token.grouped());
            }
            for (label, key) in [("From", &issue.from), ("To", &issue.to)] {
                let words = super::key_in_words(key);
                if !words.is_empty() {
                    line(label, &words);
                }
            }
            if let Some(limit) = &issue.power_limit {
                line("Then", &format!("{}, a power limit", limit.grouped()));
            }
            for (label, text) in [("Says", &issue.description), ("Operator", &issue.operator_message)] {
                if let Some(text) = text {
                    line(label, text);
                }
            }
            issue.warnings.iter().for_each(|warning| line("Warning", warning));
        }
        if let Some(refusal) = &self.refusal {
            line("Verdict", &refusal.verdict.word().to_uppercase());
            line("", refusal.verdict.cause());
            if let Some(fault) = &refusal.fault {
                let code = fault.code.as_ref().map(|code| format!(" [{code}]")).unwrap_or_default();
                line("It says", &format!("{} {}{code}", fault.kind, fault.description));
            }
            if let Some(message) = &refusal.operator_message {
                line("Operator", message);
            }
            line("Do", refusal.verdict.act());
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["drn", "verdict", "kind", "token", "cause", "act"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |kind: &str, token: String| {
            vec![
                self.drn.clone(),
                self.verdict.to_owned(),
                kind.to_owned(),
                token,
                self.cause.unwrap_or_default().to_owned(),
                self.act.unwrap_or_default().to_owned(),
            ]
        };
        match &self.issue {
            Some(issue) => issue.tokens.iter().map(|token| row(&issue.kind, token.to_string())).collect(),
            None => vec![row("", String::new())],
        }
    }
}
