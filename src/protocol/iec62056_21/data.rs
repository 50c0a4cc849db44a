//! Data sets, `address(value*unit)`, and the addresses in them.

use std::fmt;

/// One address with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSet {
    /// As the meter wrote it; empty where an answer leaves it out.
    pub address: String,
    /// What stood in each pair of brackets.
    pub values: Vec<DataValue>,
}

/// What stands in one pair of brackets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataValue {
    /// The text before the `*`.
    pub text: String,
    /// The unit after it; none is ever guessed.
    pub unit: Option<String>,
}

impl DataValue {
    /// The parts of a value that some meters set apart with `#` or `&`.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.text.split(['#', '&'])
    }
}

impl DataSet {
    /// The first value.
    pub fn first(&self) -> Option<&DataValue> {
        self.values.first()
    }

    /// The meter's error message, when this is one: a value without address that begins with `ER`.
    pub fn error_text(&self) -> Option<&str> {
        let text = self.first()?.text.as_str();
        let begins = text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("ER"));
        (self.address.is_empty() && begins).then_some(text)
    }
}

/// What a readout or an answer holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataBlock {
    /// The data sets in order.
    pub sets: Vec<DataSet>,
    /// Lines that hold no data set.
    pub malformed: Vec<String>,
}

impl DataBlock {
    /// Reads a block: lines with one or more data sets each, a line `!` at the end where there is one. Any text gives
    /// some block.
    pub fn parse(text: &[u8]) -> Self {
        let text: String = text.iter().map(|byte| char::from(byte & 0x7F)).collect();
        let mut block = DataBlock::default();
        let lines = text.split(['\r', '\n']).map(|line| line.trim_matches(|c: char| c == '\0' || c == ' '));
        for line in lines.filter(|line| !line.is_empty()) {
            if line.starts_with('!') {
                break;
            }
            block.line(line);
        }
        block
    }

    fn line(&mut self, line: &str) {
        let before = self.sets.len();
        let mut rest = line;
        while let Some((address, behind)) = rest.split_once('(') {
            let (inside, behind, closed) = match behind.split_once(')') {
                Some((inside, behind)) => (inside, behind, true),
                None => (behind, "", false),
            };
            // The line after the last bracket, such as a `!` on the same line, is no address.
            if !closed {
                self.malformed.push(line.to_owned());
                self.sets.truncate(before);
                return;
            }
            let value = value(inside);
            let continues = address.is_empty() && self.sets.len() > before;
            match self.sets.last_mut() {
                Some(last) if continues => last.values.push(value),
                _ => self.sets.push(DataSet { address: address.to_owned(), values: vec![value] }),
            }
            rest = behind;
        }
        let rest = rest.trim();
        if self.sets.len() == before || !(rest.is_empty() || rest == "!") {
            self.malformed.push(line.to_owned());
        }
    }

    /// The data set of `address`, where parts that one side leaves out match any.
    pub fn find(&self, address: &str) -> Option<&DataSet> {
        let exact = self.sets.iter().find(|set| set.address == address);
        exact.or_else(|| {
            let wanted = ObisAddress::parse(address)?;
            // An address without a tariff means the total, which is tariff 0: never one of the others.
            let is_total = |found: &ObisAddress| {
                let total = |tariff: &Option<String>| {
                    tariff.as_deref().is_none_or(|tariff| tariff.trim_matches('0').is_empty())
                };
                wanted.e.is_some() || total(&found.e)
            };
            self.sets.iter().find(|set| {
                ObisAddress::parse(&set.address).is_some_and(|found| found.matches(&wanted) && is_total(&found))
            })
        })
    }

    /// The meter's error message, when the block is one.
    pub fn error_text(&self) -> Option<&str> {
        match self.sets.as_slice() {
            [only] => only.error_text(),
            _ => None,
        }
    }
}

fn value(inside: &str) -> DataValue {
    match inside.split_once('*') {
        Some((text, unit)) => DataValue { text: text.to_owned(), unit: Some(unit.to_owned()) },
        None => DataValue { text: inside.to_owned(), unit: None },
    }
}

/// An OBIS address `A-B:C.D.E*F`, every part but C and D optional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObisAddress {
    /// Medium.
    pub a: Option<u8>,
    /// Channel.
    pub b: Option<u8>,
    /// Quantity: a number, or a letter such as C (identification), F (error), L (list), P (profile).
    pub c: String,
    /// Kind of value.
    pub d: String,
    /// Tariff.
    pub e: Option<String>,
    /// Storage number.
    pub f: Option<String>,
}

impl ObisAddress {
    /// Reads an address; `None` when it is the maker's own form.
    pub fn parse(text: &str) -> Option<Self> {
        let (medium, rest) = match text.split_once('-') {
            Some((a, rest)) => (Some(a.parse().ok()?), rest),
            None => (None, text),
        };
        let (channel, rest) = match rest.split_once(':') {
            Some((b, rest)) => (Some(b.parse().ok()?), rest),
            None => (None, rest),
        };
        let (codes, storage) = match rest.split_once(['*', '&']) {
            Some((codes, storage)) => (codes, Some(storage)),
            None => (rest, None),
        };
        let mut parts = codes.split('.');
        let (c, d, e) = (parts.next()?, parts.next()?, parts.next());
        let is_part = |part: &str| {
            let numeric = part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() <= 3;
            !part.is_empty() && (numeric || (part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_uppercase())))
        };
        let valid = parts.next().is_none() && [Some(c), Some(d), e, storage].into_iter().flatten().all(is_part);
        valid.then(|| ObisAddress {
            a: medium,
            b: channel,
            c: c.to_owned(),
            d: d.to_owned(),
            e: e.map(str::to_owned),
            f: storage.map(str::to_owned),
        })
    }

    /// Whether both name the same register: parts that are present on both sides are equal, by value.
    pub fn matches(&self, other: &Self) -> bool {
        fn same(left: &str, right: &str) -> bool {
            match (left.parse::<u16>(), right.parse::<u16>()) {
                (Ok(left), Ok(right)) => left == right,
                _ => left == right,
            }
        }
        fn compatible<T>(left: Option<&T>, right: Option<&T>, equal: impl Fn(&T, &T) -> bool) -> bool {
            left.zip(right).is_none_or(|(left, right)| equal(left, right))
        }
        compatible(self.a.as_ref(), other.a.as_ref(), |l, r| l == r)
            && compatible(self.b.as_ref(), other.b.as_ref(), |l, r| l == r)
            && same(&self.c, &other.c)
            && same(&self.d, &other.d)
            && compatible(self.e.as_ref(), other.e.as_ref(), |l, r| same(l, r))
            // 255 is the current value, which is also what no storage number means.
            && same(self.f.as_deref().unwrap_or("255"), other.f.as_deref().unwrap_or("255"))
    }
}

impl fmt::Display for ObisAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(a) = self.a {
            write!(formatter, "{a}-")?;
        }
        if let Some(b) = self.b {
            write!(formatter, "{b}:")?;
        }
        write!(formatter, "{}.{}", self.c, self.d)?;
        if let Some(e) = &self.e {
            write!(formatter, ".{e}")?;
        }
        if let Some(f) = &self.f {
            write!(formatter, "*{f}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(address: &str, values: &[(&str, Option<&str>)]) -> DataSet {
        let values = values
            .iter()
            .map(|(text, unit)| DataValue { text: (*text).into(), unit: unit.map(str::to_owned) })
            .collect();
        DataSet { address: address.into(), values }
    }

    #[test]
    fn every_form_of_a_data_set_is_read() {
        let block = DataBlock::parse(
            b"F.F(00000000)\r\n1.8.0(012345.67*kWh)\r\n1.6.0(01.5*kW)(2611211015)\r\n1.8.1*01(1*kWh)1.8.1*02(2*kWh)\r\n\
              C.52.0()\r\n(01.031*kW)\r\n13.7.0(0.98#0.97)\r\n!\r\nrubbish",
        );
        assert_eq!(
            block.sets,
            [
                set("F.F", &[("00000000", None)]),
                set("1.8.0", &[("012345.67", Some("kWh"))]),
                set("1.6.0", &[("01.5", Some("kW")), ("2611211015", None)]),
                set("1.8.1*01", &[("1", Some("kWh"))]),
                set("1.8.1*02", &[("2", Some("kWh"))]),
                set("C.52.0", &[("", None)]),
                set("", &[("01.031", Some("kW"))]),
                set("13.7.0", &[("0.98#0.97", None)]),
            ]
        );
        assert!(block.malformed.is_empty());
        assert_eq!(block.sets[7].first().unwrap().parts().collect::<Vec<_>>(), ["0.98", "0.97"]);
    }

    #[test]
    fn damaged_lines_are_kept_apart() {
        let block = DataBlock::parse(b"1.8.0(1\r\nnothing here\r\n1.8.1(2)tail\r\n1.8.2(3)!\r\n");
        assert_eq!(block.malformed, ["1.8.0(1", "nothing here", "1.8.1(2)tail"]);
        assert_eq!(block.sets.len(), 2);
    }

    #[test]
    fn errors_are_told_from_values() {
        for (text, error) in [
            (&b"(ER10)"[..], Some("ER10")),
            (b"(ERROR)\r\n", Some("ERROR")),
            (b"(er01)", Some("er01")),
            (b"(12)", None),
            (b"C.1(ER10)", None),
            (b"", None),
        ] {
            assert_eq!(DataBlock::parse(text).error_text(), error);
        }
    }

    #[test]
    fn addresses_match_on_what_both_name() {
        let block = DataBlock::parse(b"1-0:1.8.0*255(7*kWh)\r\n1-0:1.8.0*01(6*kWh)\r\n0.9.1(101530)\r\nC.1.0(88)\r\n");
        assert_eq!(block.find("1.8.0").unwrap().first().unwrap().text, "7");
        assert_eq!(block.find("1.8.0*1").unwrap().first().unwrap().text, "6");
        assert_eq!(block.find("C.1.0").unwrap().first().unwrap().text, "88");
        assert!(block.find("2.8.0").is_none() && block.find("not an address").is_none());
        for text in ["1-0:1.8.0*255", "C.1.0", "F.F", "0.9.1", "L.1.0*126"] {
            assert_eq!(ObisAddress::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "1", "1.8.0.0", "x.y", "1234.1", "1.", "300-0:1.8.0"] {
            assert!(ObisAddress::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_block(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let block = DataBlock::parse(&bytes);
            prop_assert!(block.sets.len() <= bytes.len());
        }

        #[test]
        fn what_is_written_is_read(
            address in "[0-9A-Z.:*-]{1,12}",
            text in "[ -'+-~&&[^()!*\r\n]]{0,20}",
            unit in proptest::option::of("[A-Za-z]{1,5}"),
        ) {
            prop_assume!(!text.contains('*'));
            let unit_text = unit.as_ref().map(|unit| format!("*{unit}")).unwrap_or_default();
            let block = DataBlock::parse(format!("{address}({text}{unit_text})\r\n!\r\n").as_bytes());
            prop_assert_eq!(&block.sets, &[set(&address, &[(text.as_str(), unit.as_deref())])]);
        }
    }
}
