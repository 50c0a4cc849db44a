//! No sequence of tokens, power cuts and clock jumps credits a token twice or leaves a half-changed key.

use std::collections::BTreeMap;

use proptest::prelude::*;
use time::Duration;
use wattkey::sim::Meter;
use wattkey::sts::{DecoderKey, Token, TokenResult};

use crate::bench::{credit, enter, hundredths, key_change, quiet_meter};

/// What may happen to a meter.
#[derive(Debug, Clone)]
enum Happening {
    /// A credit token of the key with this number.
    Credit {
        key: usize,
        tid: u32,
    },
    /// A section of the set that leads from the first key to the second, or back.
    Section {
        back: bool,
        number: usize,
    },
    /// Twenty digits.
    Guess(u128),
    PowerCut,
    Wait(u16),
    ClockJump(i32),
    /// The state goes to disk and comes back, as between two runs.
    Reload,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        4 => (0..2usize, 6_300_000..6_300_012u32).prop_map(|(key, tid)| Happening::Credit { key, tid }),
        4 => (any::<bool>(), 0..4usize).prop_map(|(back, number)| Happening::Section { back, number }),
        1 => (0..1u128 << 66).prop_map(Happening::Guess),
        1 => Just(Happening::PowerCut),
        1 => any::<u16>().prop_map(Happening::Wait),
        1 => any::<i32>().prop_map(Happening::ClockJump),
        1 => Just(Happening::Reload),
    ]
}

struct Bench {
    meter: Meter,
    keys: [DecoderKey; 2],
    there: Vec<Token>,
    back: Vec<Token>,
}

/// A meter, two keys it may hold, and the sets between them. `rollover` is the bit of both sets.
fn bench(changes: &[(&str, &str)], groups: (&str, u32), rollover: bool) -> Bench {
    let meter = quiet_meter(changes);
    let (pan, first) = (meter.identity().pan, meter.payment().register().clone());
    let (there, second_key) = key_change(&first, pan, groups.0, groups.1, rollover);
    let mut second = first.clone();
    second.key = second_key.clone();
    let (sgc, krn) = (first.sgc.unwrap().to_string(), u32::from(first.krn));
    let (back, first_key) = key_change(&second, pan, &sgc, krn, rollover);
    assert_eq!(first_key, first.key);
    Bench { meter, keys: [first_key, second_key], there, back }
}

fn ea11() -> [(&'static str, &'static str); 3] {
    [("key.ea", "11"), ("key.dkga", "04"), ("key.sgc", "123457")]
}

fn run(mut bench: Bench, happenings: &[Happening]) -> Result<(), TestCaseError> {
    const TENTHS: u32 = 10;
    let mut accepted: BTreeMap<Token, u32> = BTreeMap::new();
    let mut guessed = 0i64;
    let start = hundredths(bench.meter.payment());
    for happening in happenings {
        let meter = &mut bench.meter;
        let token = match happening {
            Happening::Credit { key, tid } => Some(credit(&bench.keys[*key], *tid, TENTHS)),
            Happening::Section { back, number } => {
                let set = if *back { &bench.back } else { &bench.there };
                set.get(*number).copied()
            }
            Happening::Guess(number) => Token::from_number(*number),
            _ => None,
        };
        match happening {
            Happening::PowerCut => {
                meter.power_off();
                meter.power_on();
            }
            Happening::Wait(seconds) => meter.advance(meter.now() + Duration::seconds(i64::from(*seconds))),
            Happening::ClockJump(seconds) => {
                meter.set_clock(meter.clock() + Duration::seconds(i64::from(*seconds / 64)))
            }
            Happening::Reload => {
                let text = serde_json::to_string(meter).unwrap();
                *meter = serde_json::from_str(&text).unwrap();
            }
            _ => {}
        }
        if let Some(token) = token {
            let before = hundredths(meter.payment());
            let result = enter(meter, token);
            let gained = hundredths(meter.payment()) - before;
            match happening {
                Happening::Credit { .. } if result == TokenResult::Accept => {
                    prop_assert_eq!(gained, i64::from(TENTHS) * 10);
                    *accepted.entry(token).or_default() += 1;
                }
                Happening::Guess(_) => guessed += gained,
                _ => prop_assert_eq!(gained, 0),
            }
        }
        let held = &bench.meter.payment().register().key;
        prop_assert!(bench.keys.contains(held), "a key that no whole set leads to");
    }
    prop_assert!(accepted.values().all(|times| *times == 1), "credited twice: {accepted:?}");
    let credited = i64::try_from(accepted.len()).unwrap() * i64::from(TENTHS) * 10;
    prop_assert_eq!(hundredths(bench.meter.payment()), start + credited + guessed);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn sets_of_two(happenings in proptest::collection::vec(happening(), 1..60)) {
        run(bench(&[("lockout.after", "0")], ("654321", 1), false), &happenings)?;
    }

    #[test]
    fn sets_of_four(happenings in proptest::collection::vec(happening(), 1..60)) {
        run(bench(&ea11(), ("123457", 2), false), &happenings)?;
    }
}

/// The one true exception, and the reason why a roll-over set back to a former key is dangerous: it empties the store
/// of identifiers, and the old tokens of that key count again.
#[test]
fn a_roll_over_back_to_a_former_key_credits_its_tokens_again() {
    let Bench { mut meter, keys, there, back } = bench(&[], ("654321", 1), true);
    let token = credit(&keys[0], 6_300_000, 10);
    assert_eq!(enter(&mut meter, token), TokenResult::Accept);
    assert_eq!(enter(&mut meter, token), TokenResult::UsedError);
    for section in there.into_iter().chain(back) {
        assert!(enter(&mut meter, section).is_taken());
    }
    assert_eq!(enter(&mut meter, token), TokenResult::Accept, "the exception that this test shows");
}
