//! The columns of a job list, and what one row holds before it is checked.

/// Every column that concerns the meter, in the order of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Name of the job within its list.
    Id,
    /// Serial number on the meter.
    Serial,
    /// STS meter number.
    Drn,
    /// Line to the meter.
    Link,
    /// Address on a shared line.
    Address,
    /// Protocol.
    Protocol,
    /// Meter profile.
    Profile,
    /// Commissioning plan.
    Plan,
    /// The customer's code for the handshake with the utility.
    VendCode,
}

impl Field {
    /// Every field, in the order of the contract.
    pub const ALL: [Field; 9] = [
        Field::Id,
        Field::Serial,
        Field::Drn,
        Field::Link,
        Field::Address,
        Field::Protocol,
        Field::Profile,
        Field::Plan,
        Field::VendCode,
    ];

    /// Name of the column.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Serial => "serial",
            Field::Drn => "drn",
            Field::Link => "link",
            Field::Address => "address",
            Field::Protocol => "protocol",
            Field::Profile => "profile",
            Field::Plan => "plan",
            Field::VendCode => "vend_code",
        }
    }
}

/// A column as the first line of a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// One that concerns the meter.
    Field(Field),
    /// One that is for the plan, under its whole name: `plan.KEY`, a value in place of the plan's, `answer.ID`, the
    /// answer to a question, or `credit_token`.
    Plan(String),
    /// One that whoever reads the list knows besides.
    Other(String),
}

impl Column {
    /// Reads a column's name, in any case; `is_known` tells of columns besides those of every list.
    ///
    /// # Errors
    /// One sentence that names the columns there are.
    pub fn parse(name: &str, is_known: &dyn Fn(&str) -> bool) -> Result<Self, String> {
        let small = name.trim().to_lowercase();
        let has_key = |prefix| small.strip_prefix(prefix).is_some_and(|key: &str| !key.is_empty());
        if has_key("plan.") || has_key("answer.") || small == "credit_token" {
            return Ok(Column::Plan(small));
        }
        let field = Field::ALL.into_iter().find(|field| field.name() == small).map(Column::Field);
        let other = || {
            let plain = small.replace([' ', '-'], "_");
            is_known(&plain).then_some(Column::Other(plain))
        };
        field.or_else(other).ok_or_else(|| {
            let names: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
            format!(
                "there is no column {name:?}: the columns are {}, credit_token, plan.KEY and answer.ID",
                names.join(", ")
            )
        })
    }
}

/// The values of one row; a field that is empty or not there is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    fields: [Option<String>; 9],
    /// Name and value of each column for the plan that is not empty.
    pub for_plan: Vec<(String, String)>,
    /// Name and value of each further column that is not empty.
    pub others: Vec<(String, String)>,
}

impl Cells {
    /// The value of a field.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.fields.get(field as usize).and_then(Option::as_deref)
    }

    /// Sets a column's value; an empty one counts as none.
    pub fn set(&mut self, column: &Column, value: &str) {
        let value = plain(value);
        if value.is_empty() {
            return;
        }
        match column {
            Column::Field(field) => {
                if let Some(slot) = self.fields.get_mut(*field as usize) {
                    *slot = Some(value.to_owned());
                }
            }
            Column::Plan(name) => self.for_plan.push((name.clone(), value.to_owned())),
            Column::Other(name) => self.others.push((name.clone(), value.to_owned())),
        }
    }

    /// The value of a further column.
    pub fn other(&self, name: &str) -> Option<&str> {
        self.others.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Sets a field that the row leaves open.
    pub fn default_to(&mut self, field: Field, value: Option<&str>) {
        if let (Some(slot @ None), Some(value)) = (self.fields.get_mut(field as usize), value) {
            *slot = Some(value.to_owned());
        }
    }
}

/// A cell without blanks around it and without what spreadsheets put before digits to keep them text: `="0123"` and
/// a leading apostrophe.
fn plain(value: &str) -> &str {
    let value = value.trim();
    let formula = value.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let guarded = value.strip_prefix('\'').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    formula.or(guarded).unwrap_or(value).trim()
}

/// What a spreadsheet has done to a number, in a sentence; `None` for a value that shows no damage.
pub fn spreadsheet_damage(value: &str) -> Option<String> {
    let shortened = value.split_once(['E', 'e']).is_some_and(|(mantissa, exponent)| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let whole = mantissa.split(['.', ',']).all(is_number) && mantissa.matches(['.', ',']).count() <= 1;
        whole && exponent.strip_prefix(['+', '-']).is_some_and(is_number)
    });
    if shortened {
        return Some(
            "a spreadsheet has shortened this number and its digits are lost; make the column text and export again \
             from where the numbers come from"
                .to_owned(),
        );
    }
    // A spreadsheet keeps fifteen digits of a number and writes zeros for the rest.
    let rounded = value.len() == 20 && value.bytes().all(|byte| byte.is_ascii_digit()) && value.ends_with("00000");
    rounded.then(|| {
        "a spreadsheet has rounded this to fifteen digits; make the column text and export again from where the \
         numbers come from"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_in_any_case() {
        let none = |_: &str| false;
        assert_eq!(Column::parse(" Serial ", &none), Ok(Column::Field(Field::Serial)));
        assert_eq!(Column::parse("plan.SGC", &none), Ok(Column::Plan("plan.sgc".into())));
        assert_eq!(Column::parse("Key-Change", &|name| name == "key_change"), Ok(Column::Other("key_change".into())));
        for wrong in ["", "plan.", "meter", "vend code"] {
            assert!(Column::parse(wrong, &none).unwrap_err().contains("vend_code"), "{wrong}");
        }
    }

    #[test]
    fn cells_lose_what_keeps_digits_text() {
        let mut cells = Cells::default();
        cells.set(&Column::Field(Field::Drn), " =\"01234567897\" ");
        cells.set(&Column::Field(Field::Serial), "'0017");
        cells.set(&Column::Field(Field::Id), "\u{a0}");
        assert_eq!(cells.get(Field::Drn), Some("01234567897"));
        assert_eq!(cells.get(Field::Serial), Some("0017"));
        assert_eq!(cells.get(Field::Id), None);
    }

    #[test]
    fn damaged_numbers_are_seen_and_sound_ones_left_alone() {
        for bad in ["1.2E+19", "1,2E+19", "5E+10", "5.10434654434209E+19", "51043465443420800000"] {
            assert!(spreadsheet_damage(bad).is_some(), "{bad}");
        }
        for good in ["12E5", "AB1E+5", "51043465443420856213", "E+19", "1.2", "", "0017", "1.2.3E+4", "1E+"] {
            assert!(spreadsheet_damage(good).is_none(), "{good}");
        }
    }
}
