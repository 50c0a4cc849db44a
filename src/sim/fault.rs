//! Faults of the line and of the supply, drawn from a seed so that the same run fails the same way again.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::sim::line::LineAction;

/// A share of ten thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share(u32);

impl Share {
    const WHOLE: u32 = 10_000;

    fn drawn(self, dice: &mut fastrand::Rng) -> bool {
        self.0 > 0 && dice.u32(..Self::WHOLE) < self.0
    }
}

impl FromStr for Share {
    type Err = String;

    /// Reads `1%` or `0.25%`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a share: write 0% to 100%, such as 1% or 0.5%");
        let percent: f64 = text.strip_suffix('%').ok_or_else(wrong)?.parse().map_err(|_| wrong())?;
        if (0.0..=100.0).contains(&percent) { Ok(Share((percent * 100.0).round() as u32)) } else { Err(wrong()) }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}%", f64::from(self.0) / 100.0)
    }
}

/// How late an answer is where no delay is given.
const LATE: Duration = Duration::from_secs(3);

/// When the meter's supply goes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerCut {
    /// At this share of the requests.
    Share(Share),
    /// At the request with this number, counted from 1, once.
    AtRequest(u64),
}

/// Everything that is made to go wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FaultRule {
    /// Answers that are swallowed.
    pub drop: Share,
    /// Answers in which one bit is turned.
    pub corrupt: Share,
    /// Time every answer takes longer, or those that are late.
    pub delay: Duration,
    /// Answers that are late; without it all take the delay.
    pub late: Option<Share>,
    /// Whether the line hands back what was sent to it.
    pub echo: bool,
    /// Octets of answers after which a connection ends.
    pub cut_after: Option<u64>,
    /// Power cuts of the meter.
    pub power_cut: Option<PowerCut>,
}

impl FromStr for FaultRule {
    type Err = String;

    /// Reads `drop=1%,corrupt=1%,delay=200ms,late=1%,echo,cut-after=1000,power-cut=0.5%`; every part may be left out.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut rule = FaultRule::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name {
                "drop" => rule.drop = value.parse()?,
                "corrupt" => rule.corrupt = value.parse()?,
                "delay" => rule.delay = milliseconds(value)?,
                "late" => rule.late = Some(value.parse()?),
                "echo" if value.is_empty() => rule.echo = true,
                "cut-after" => rule.cut_after = Some(count(value)?),
                "power-cut" if value.ends_with('%') => rule.power_cut = Some(PowerCut::Share(value.parse()?)),
                "power-cut" => rule.power_cut = Some(PowerCut::AtRequest(count(value)?)),
                _ => {
                    return Err(format!(
                        "{part:?} is not a fault: use drop=1%, corrupt=1%, delay=200ms, late=1%, echo, \
                         cut-after=OCTETS, power-cut=1% or power-cut=REQUEST"
                    ));
                }
            }
        }
        if rule.late.is_some() && rule.delay.is_zero() {
            rule.delay = LATE;
        }
        Ok(rule)
    }
}

fn count(text: &str) -> Result<u64, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(|| format!("{text:?} is not a number from 1"))
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text:?} is not a delay: write a number and ms or s, such as 200ms");
    let (number, scale) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 1),
        (None, Some(number)) => (number, 1000),
        (None, None) => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    number.checked_mul(scale).filter(|ms| *ms <= 60_000).map(Duration::from_millis).ok_or_else(wrong)
}

/// Where a power cut falls in the work on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutPoint {
    /// Before anything of the request was done.
    BeforeWork,
    /// After the work, before a word of the answer.
    BeforeAnswer,
    /// In the middle of the answer.
    WithinAnswer,
}

/// The faults of one line, drawn one after the other.
#[derive(Debug, Clone)]
pub struct Faults {
    rule: FaultRule,
    dice: fastrand::Rng,
    requests: u64,
    answered: u64,
}

impl Faults {
    /// Faults by a rule and a seed.
    pub fn new(rule: FaultRule, seed: u64) -> Self {
        Faults { rule, dice: fastrand::Rng::with_seed(seed ^ 0xFA17), requests: 0, answered: 0 }
    }

    /// Whether the line hands back what was sent.
    pub fn echoes(&self) -> bool {
        self.rule.echo
    }

    /// A new connection begins.
    pub fn connected(&mut self) {
        self.answered = 0;
    }

    /// Whether and where the supply goes off during the request that has just come.
    pub fn power_cut(&mut self) -> Option<CutPoint> {
        self.requests = self.requests.saturating_add(1);
        let cut = match self.rule.power_cut? {
            PowerCut::Share(share) => share.drawn(&mut self.dice),
            PowerCut::AtRequest(number) => number == self.requests,
        };
        cut.then(|| match self.dice.u8(..3) {
            0 => CutPoint::BeforeWork,
            1 => CutPoint::BeforeAnswer,
            _ => CutPoint::WithinAnswer,
        })
    }

    /// What the line makes of an answer.
    pub fn spoil(&mut self, actions: Vec<LineAction>, cut: Option<CutPoint>) -> Vec<LineAction> {
        let mut spoilt = Vec::with_capacity(actions.len());
        for action in actions {
            match action {
                LineAction::Send(bytes) => self.spoil_bytes(bytes, cut, &mut spoilt),
                other => spoilt.push(other),
            }
        }
        if cut.is_some() {
            spoilt.push(LineAction::HangUp);
        }
        spoilt
    }

    fn spoil_bytes(&mut self, mut bytes: Vec<u8>, cut: Option<CutPoint>, spoilt: &mut Vec<LineAction>) {
        match cut {
            Some(CutPoint::BeforeWork | CutPoint::BeforeAnswer) => return,
            Some(CutPoint::WithinAnswer) => bytes.truncate(self.dice.usize(..=bytes.len())),
            None => {}
        }
        if self.rule.drop.drawn(&mut self.dice) {
            return;
        }
        if self.rule.corrupt.drawn(&mut self.dice)
            && let Some(place) = (!bytes.is_empty()).then(|| self.dice.usize(..bytes.len()))
            && let Some(byte) = bytes.get_mut(place)
        {
            *byte ^= 1 << self.dice.u8(..8);
        }
        let late = self.rule.late.is_none_or(|share| share.drawn(&mut self.dice));
        if late && !self.rule.delay.is_zero() {
            spoilt.push(LineAction::Pause(self.rule.delay));
        }
        let left = self.rule.cut_after.map_or(u64::MAX, |limit| limit.saturating_sub(self.answered));
        let ends = bytes.len() as u64 >= left;
        bytes.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        self.answered = self.answered.saturating_add(bytes.len() as u64);
        spoilt.push(LineAction::Send(bytes));
        if ends {
            spoilt.push(LineAction::HangUp);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_in_parts() {
        let rule: FaultRule = "drop=1%,corrupt=0.5%,delay=200ms,echo,cut-after=10,power-cut=3".parse().unwrap();
        assert_eq!((rule.drop, rule.corrupt), (Share(100), Share(50)));
        assert_eq!(rule.delay, Duration::from_millis(200));
        assert!(rule.echo);
        assert_eq!((rule.cut_after, rule.power_cut), (Some(10), Some(PowerCut::AtRequest(3))));
        for wrong in ["drop=1", "drop=101%", "cut-after=0", "noise", "delay=5", "echo=1"] {
            assert!(wrong.parse::<FaultRule>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn some_answers_are_late_and_the_others_are_not() {
        let mut faults = Faults::new("late=30%,delay=2s".parse().unwrap(), 1);
        let mut late = 0;
        for _ in 0..100 {
            let actions = faults.spoil(vec![LineAction::Send(vec![1])], None);
            late += usize::from(actions.first() == Some(&LineAction::Pause(Duration::from_secs(2))));
        }
        assert!((10..=50).contains(&late), "{late}");
        assert_eq!("late=1%".parse::<FaultRule>().unwrap().delay, LATE);
    }

    #[test]
    fn the_same_seed_fails_the_same_way() {
        let run = |seed| {
            let mut faults = Faults::new("drop=30%,corrupt=30%,power-cut=5%".parse().unwrap(), seed);
            let one = |faults: &mut Faults| {
                let cut = faults.power_cut();
                faults.spoil(vec![LineAction::Send(vec![0; 8])], cut)
            };
            (0..200).map(|_| one(&mut faults)).collect::<Vec<_>>()
        };
        assert_eq!(run(3), run(3));
        assert_ne!(run(3), run(4));
    }

    #[test]
    fn a_connection_ends_after_its_octets() {
        let mut faults = Faults::new("cut-after=5".parse().unwrap(), 1);
        let first = faults.spoil(vec![LineAction::Send(vec![1; 3])], None);
        assert_eq!(first, [LineAction::Send(vec![1; 3])]);
        let second = faults.spoil(vec![LineAction::Send(vec![2; 3])], None);
        assert_eq!(second, [LineAction::Send(vec![2; 2]), LineAction::HangUp]);
        faults.connected();
        assert_eq!(faults.spoil(vec![LineAction::Send(vec![3; 4])], None), [LineAction::Send(vec![3; 4])]);
    }
}
