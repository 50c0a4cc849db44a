//! `wattkey token test`: the class 1 tokens that make any STS meter test itself or show a value.

use std::io::{self, IsTerminal};

use serde::Serialize;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::output::{Document, Style, grid};
use wattkey::sts::{Drn, FieldError, Iin, MeterTest, TestForm, TestName, Token};

/// Make a test or display token that needs no key
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/token/test.txt"))]
pub struct Arguments {
    /// Test by name or number, or `list` for all of them
    #[arg(value_name = "NAME")]
    pub name: String,

    /// Manufacturer code in 2 or 4 digits; its length chooses the form [default: any, in both forms]
    #[arg(long, value_name = "CODE")]
    pub manufacturer_code: Option<String>,

    /// Meter number, whose length chooses the form
    #[arg(long, value_name = "DRN", conflicts_with = "manufacturer_code")]
    pub drn: Option<Drn>,
}

/// Makes and prints the token.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let forms = forms(arguments)?;
    if arguments.name.eq_ignore_ascii_case("list") {
        let tests: Result<Vec<_>, _> = TestName::ALL.iter().map(|name| TestDocument::of(*name, &forms)).collect();
        context.print(&TestList { tests: tests? })?;
        return Ok(Exit::Done);
    }
    let name: TestName = arguments.name.parse()?;
    let document = TestDocument::of(name, &forms)?;
    if name.opens_load_switch() {
        confirm(name, context)?;
    }
    context.print(&document)?;
    Ok(Exit::Done)
}

/// The forms to make, with the manufacturer code of each.
fn forms(arguments: &Arguments) -> Result<Vec<(TestForm, u16)>, FieldError> {
    if let Some(drn) = arguments.drn {
        let form = if drn.iin() == Iin::N600727 { TestForm::TwoDigit } else { TestForm::FourDigit };
        return Ok(vec![(form, 0)]);
    }
    let Some(code) = &arguments.manufacturer_code else {
        return Ok(vec![(TestForm::TwoDigit, 0), (TestForm::FourDigit, 0)]);
    };
    let form = match code.len() {
        2 => TestForm::TwoDigit,
        4 => TestForm::FourDigit,
        _ => return Err(wrong_code(code)),
    };
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong_code(code));
    }
    Ok(vec![(form, code.parse().map_err(|_| wrong_code(code))?)])
}

fn wrong_code(code: &str) -> FieldError {
    FieldError::new(
        "manufacturer code",
        code,
        "it has 2 or 4 digits",
        "take the first 2 digits of an 11-digit DRN or the first 4 of a 13-digit one",
    )
}

/// Warns always, and asks where there is somebody to ask.
fn confirm(name: TestName, context: &Context) -> Result<(), CommandError> {
    context.note(format!("warning: the {name} test opens the load switch: the supply is cut while it runs"));
    let attended = io::stdin().is_terminal() && io::stderr().is_terminal() && !context.options.non_interactive;
    if !attended || context.confirm("Print the token all the same?")? {
        return Ok(());
    }
    Err(CommandError::new(Code::NotConfirmed, "the token was not printed"))
}

#[derive(Debug, Serialize)]
struct FormToken {
    form: &'static str,
    manufacturer_code: u16,
    control: String,
    token: Token,
}

#[derive(Debug, Serialize)]
struct TestDocument {
    test: &'static str,
    number: u8,
    shows: &'static str,
    opens_load_switch: bool,
    /// The first of `tokens`, for scripts that want just one.
    token: Option<Token>,
    tokens: Vec<FormToken>,
}

impl TestDocument {
    fn of(name: TestName, forms: &[(TestForm, u16)]) -> Result<Self, FieldError> {
        let tokens: Vec<FormToken> = forms
            .iter()
            .map(|(form, code)| {
                let test = MeterTest::new(*form, name, *code)?;
                let form = match form {
                    TestForm::TwoDigit => "2-digit",
                    TestForm::FourDigit => "4-digit",
                };
                Ok(FormToken { form, manufacturer_code: *code, control: test.control_hex(), token: test.token() })
            })
            .collect::<Result<_, FieldError>>()?;
        Ok(TestDocument {
            test: name.word(),
            number: name.number(),
            shows: name.shows(),
            opens_load_switch: name.opens_load_switch(),
            token: tokens.first().map(|first| first.token),
            tokens,
        })
    }

    fn rows(&self) -> impl Iterator<Item = Vec<String>> {
        self.tokens.iter().map(|token| {
            vec![
                self.test.to_owned(),
                self.number.to_string(),
                token.form.to_owned(),
                token.manufacturer_code.to_string(),
                token.token.to_string(),
                self.shows.to_owned(),
            ]
        })
    }
}

const COLUMNS: [&str; 6] = ["test", "number", "form", "manufacturer_code", "token", "shows"];

impl Document for TestDocument {
    const SCHEMA: &'static str = "wattkey/meter-test/1";

    fn table(&self, _style: Style) -> String {
        let mut table =
            format!("{:<16}{} (number {})\nThe meter       {}\n", "Test", self.test, self.number, self.shows);
        for token in &self.tokens {
            let maker = match token.manufacturer_code {
                0 => "any manufacturer".to_owned(),
                code => format!("manufacturer {code}"),
            };
            let meters = if token.form == "2-digit" { "11-digit meter numbers" } else { "13-digit meter numbers" };
            table.push_str(&format!("{:<16}{}   {meters}, {maker}\n", "Token", token.token.grouped()));
        }
        table
    }

    fn csv_header(&self) -> Vec<String> {
        COLUMNS.map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.rows().collect()
    }
}

#[derive(Debug, Serialize)]
struct TestList {
    tests: Vec<TestDocument>,
}

impl Document for TestList {
    const SCHEMA: &'static str = "wattkey/meter-tests/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .tests
            .iter()
            .map(|test| {
                let token = test.token.map(Token::grouped).unwrap_or_default();
                vec![test.number.to_string(), test.test.to_owned(), token, test.shows.to_owned()]
            })
            .collect();
        grid(style, &["No.", "Name", "Token", "The meter"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        COLUMNS.map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.tests.iter().flat_map(TestDocument::rows).collect()
    }
}
