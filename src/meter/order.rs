//! What is to be changed at single objects, as the user names it: several orders given together.

use std::fmt;

use super::MeterError;
use super::driver::{Answer, Item};

/// A method of an object (DLMS), as the user names it: `[CLASS/]OBIS:mNUMBER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodName {
    /// Interface class, where the user gave it.
    pub class: Option<u16>,
    /// OBIS code, as written.
    pub object: String,
    /// Number of the method, from 1.
    pub method: u8,
}

impl fmt::Display for MethodName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(class) = self.class {
            write!(formatter, "{class}/")?;
        }
        write!(formatter, "{}:m{}", self.object, self.method)
    }
}

/// What a value is given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderTarget {
    /// A value that is written.
    Object(Item),
    /// A method that is called with it.
    Method(MethodName),
}

impl std::str::FromStr for OrderTarget {
    type Err = String;

    /// Reads what [`Item`] takes, and `[CLASS/]OBIS:mNUMBER`.
    fn from_str(text: &str) -> Result<Self, String> {
        let Some((object, number)) = text.rsplit_once(":m") else { return text.parse().map(OrderTarget::Object) };
        let wrong = || format!("{text:?} is not a method: write [CLASS/]OBIS:mNUMBER, its number from 1 to 127");
        let method = number.parse().ok().filter(|number| (1..=127).contains(number)).ok_or_else(wrong)?;
        let Item { class, object, attribute: None } = object.parse()? else { return Err(wrong()) };
        Ok(OrderTarget::Method(MethodName { class, object, method }))
    }
}

impl fmt::Display for OrderTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OrderTarget::Object(item) => item.fmt(formatter),
            OrderTarget::Method(method) => method.fmt(formatter),
        }
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// At what.
    pub target: OrderTarget,
    /// The new value, or the argument of the method, as the user gives it.
    pub value: String,
}

/// What became of orders given together: those at the front were answered, those behind them went out with the request
/// whose reply is missing, and the rest never left.
#[derive(Debug, Default)]
pub struct Carried {
    /// The meter's answers, in order.
    pub answers: Vec<Answer>,
    /// How many behind these may or may not have taken effect.
    pub in_doubt: usize,
    /// Why not every order has an answer.
    pub error: Option<MeterError>,
}

impl Carried {
    /// Nothing was sent.
    pub fn failed(error: MeterError) -> Self {
        Carried { error: Some(error), ..Carried::default() }
    }

    /// Takes what became of the next `count` orders. Whether to go on.
    pub fn take(&mut self, count: usize, outcome: Result<Vec<Answer>, MeterError>) -> bool {
        match outcome {
            Ok(answers) => self.answers.extend(answers),
            // A refusal with an exception is an answer.
            Err(MeterError::Refused { reason, .. }) if count == 1 => self.answers.push(Answer::Refused(reason)),
            Err(error) => {
                self.in_doubt = if error.leaves_doubt() { count } else { 0 };
                self.error = Some(error);
            }
        }
        self.error.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_told_from_attributes() {
        let method =
            |class, object: &str, method| OrderTarget::Method(MethodName { class, object: object.into(), method });
        assert_eq!("9/0.0.10.0.1.255:m1".parse(), Ok(method(Some(9), "0.0.10.0.1.255", 1)));
        assert_eq!("1-0:99.1.0:m2".parse(), Ok(method(None, "1-0:99.1.0", 2)));
        for text in ["3/1.0.1.8.0.255:2", "C.1.0", "holding:0x14:f32"] {
            assert!(matches!(text.parse(), Ok(OrderTarget::Object(_))), "{text}");
        }
        for bad in ["0.0.10.0.1.255:m", "0.0.10.0.1.255:m0", "0.0.10.0.1.255:2:m1", ":m1", "0.0.10.0.1.255:m128"] {
            assert!(bad.parse::<OrderTarget>().is_err(), "{bad}");
        }
        assert_eq!(method(Some(3), "1.0.1.8.0.255", 1).to_string(), "3/1.0.1.8.0.255:m1");
    }

    #[test]
    fn an_exception_to_one_is_an_answer_and_a_lost_reply_ends_it() {
        let mut carried = Carried::default();
        assert!(carried.take(2, Ok(vec![Answer::Done, Answer::Refused("no".into())])));
        let refused = MeterError::Refused { what: "the request".into(), reason: "service unknown".into() };
        assert!(carried.take(1, Err(refused)));
        assert!(!carried.take(3, Err(MeterError::Lost("cut".into()))));
        assert_eq!((carried.answers.len(), carried.in_doubt), (3, 3));
        assert!(carried.error.is_some());
        let mut unsent = Carried::default();
        assert!(!unsent.take(1, Err(MeterError::BadValue("too big".into()))));
        assert_eq!(unsent.in_doubt, 0);
    }
}
