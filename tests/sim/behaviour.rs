//! Time, supply and what a meter keeps.

use time::Duration;
use wattkey::sim::events::EventKind;
use wattkey::sim::payment::CreditState;
use wattkey::sim::relay::OpenReason;
use wattkey::sim::state::{MeterFile, StateError};
use wattkey::sim::tamper::Tamper;
use wattkey::sim::{Meter, Model};
use wattkey::sts::{
    Amount, KeyExpiryNumber, KeyRevisionNumber, KeyType, MeterTest, NewKey, RandomNumber, StaTables, TariffIndex,
    TestForm, TestName, Tid, Token, TokenContent, TokenResult, key_change_tokens,
};

use crate::bench::{BEGIN, credit, enter, hundredths, key_change, meter, quiet_meter};

fn happened(meter: &Meter, kind: EventKind) -> bool {
    meter.events().entries().any(|event| event.kind == kind)
}

#[test]
fn the_steps_in_which_time_passes_do_not_matter() {
    for model in Model::names() {
        let mut at_once = meter(model, &[]);
        let mut in_steps = at_once.clone();
        at_once.advance(BEGIN + Duration::hours(50));
        let mut dice = fastrand::Rng::with_seed(1);
        while in_steps.now() < BEGIN + Duration::hours(50) {
            let step = Duration::milliseconds(dice.i64(1..4_000_000));
            in_steps.advance((in_steps.now() + step).min(BEGIN + Duration::hours(50)));
        }
        assert_eq!(at_once, in_steps, "{model}");
    }
}

#[test]
fn credit_falls_alarms_and_opens_the_switch() {
    let mut meter = meter("single-phase-keypad", &[("credit.initial", "600"), ("credit.emergency", "100")]);
    meter.advance(BEGIN + Duration::days(7));
    assert_eq!((meter.credit_state(), hundredths(meter.payment())), (CreditState::OutOfCredit, 0));
    assert_eq!(meter.open_reason(), Some(OpenReason::NoCredit));
    assert_eq!(meter.readings().total_power_w(), 0);
    for kind in [EventKind::LowCredit, EventKind::CreditExhausted, EventKind::RelayOpened] {
        assert!(happened(&meter, kind), "{kind:?}");
    }
    assert!(meter.choose_emergency_credit());
    assert!(meter.is_connected());
    meter.advance(BEGIN + Duration::days(14));
    assert_eq!(hundredths(meter.payment()), -100, "what was lent, to the last hundredth");
    assert_eq!(meter.open_reason(), Some(OpenReason::NoCredit));
    let key = meter.payment().register().key.clone();
    assert_eq!(enter(&mut meter, credit(&key, 6_700_000, 50)), TokenResult::Accept);
    assert_eq!(hundredths(meter.payment()), 400, "the token pays the debt first");
    assert!(meter.is_connected());
}

#[test]
fn the_power_limit_trips_and_closes_again() {
    let mut meter = meter("single-phase-keypad", &[("supply.base_load_w", "1000"), ("supply.peak_load_w", "1000")]);
    meter.set_power_limit(Some(500));
    assert_eq!(meter.open_reason(), Some(OpenReason::PowerLimit));
    meter.set_power_limit(Some(5000));
    meter.advance(BEGIN + Duration::minutes(2));
    assert!(meter.is_connected());
    assert!(happened(&meter, EventKind::PowerLimit));
}

#[test]
fn tamper_latches_and_refuses_credit_where_the_model_says_so() {
    let mut meter = meter("split-din-rail-ciu", &[("payment.processing_ms", "0")]);
    meter.tamper_with(Tamper::CoverOpen);
    assert_eq!(meter.open_reason(), Some(OpenReason::Tamper));
    let key = meter.payment().register().key.clone();
    assert_eq!(enter(&mut meter, credit(&key, 6_700_000, 50)), TokenResult::FunctionError);
    assert_eq!(meter.last_entry().unwrap().display, "rEJEct");
}

#[test]
fn a_slow_meter_is_busy_until_its_verdict_and_forgets_it_with_the_power() {
    let mut meter = meter("split-din-rail-ciu", &[]);
    let token = credit(&meter.payment().register().key, 6_700_000, 50).to_ascii();
    meter.enter(&token).unwrap();
    assert_eq!(meter.gateway_status().unwrap().number(), 8);
    assert!(meter.enter(&token).is_err());
    meter.power_off();
    meter.power_on();
    assert_eq!(meter.gateway_status(), None);
    meter.enter(&token).unwrap();
    meter.advance(meter.now() + Duration::milliseconds(300));
    assert_eq!(meter.last_entry().unwrap().result, TokenResult::Accept);
}

/// The word a fresh meter with these values gives to each token, one after the other.
fn words(changes: &[(&str, &str)], tokens: impl Fn(&Meter) -> Vec<Token>) -> Vec<&'static str> {
    let mut meter = quiet_meter(changes);
    tokens(&meter).into_iter().map(|token| enter(&mut meter, token).word()).collect()
}

#[test]
fn every_result_there_is_can_be_had() {
    let own = |meter: &Meter| meter.payment().register().key.clone();
    let one = |tid: u32| move |meter: &Meter| vec![credit(&own(meter), tid, 10)];
    // Last section first, so that the first is told by the second of two, and the fourth at all.
    let set = |changes: &[(&str, &str)], sgc: &'static str, backwards: bool| {
        words(changes, |meter| {
            let (mut set, _) = key_change(meter.payment().register(), meter.identity().pan, sgc, 2, false);
            if backwards {
                set.reverse();
            }
            set
        })
    };
    let garbled = |_: &Meter| vec!["11111222223333344444".parse::<Token>().unwrap()];
    let foreign_test = |_: &Meter| vec![MeterTest::new(TestForm::FourDigit, TestName::All, 7777).unwrap().token()];
    let twice = |meter: &Meter| vec![credit(&own(meter), 6_700_000, 10); 2];
    let to_common_key = |meter: &Meter| {
        let new = NewKey {
            key: own(meter),
            krn: KeyRevisionNumber::new(2).unwrap(),
            kt: KeyType::new(3).unwrap(),
            ti: TariffIndex::new(1).unwrap(),
            ken: KeyExpiryNumber::NEVER,
            sgc: None,
            rollover: false,
        };
        key_change_tokens(&own(meter), &new, StaTables::iec_sample()).unwrap()
    };
    let limit = |meter: &Meter| {
        let content = TokenContent::SetMaximumPowerLimit {
            rnd: RandomNumber::from_bits(1),
            tid: Tid::new(6_700_000).unwrap(),
            limit: Amount::at_least(200_000).unwrap(),
        };
        vec![own(meter).make(&content, StaTables::iec_sample())]
    };
    let mut seen = vec![
        set(&[("key.ea", "11"), ("key.dkga", "04"), ("key.sgc", "123457")], "123457", true),
        set(&[], "123456", false),
        words(&[], twice),
        words(&[], one(5_000_000)),
        words(&[("credit.maximum", "4220")], one(6_700_000)),
        words(&[("key.ken", "50")], one(6_700_000)),
        words(&[("key.kt", "1")], one(6_700_000)),
        words(&[("payment.functions", "[]")], one(6_700_000)),
        words(&[], foreign_test),
        words(&[], garbled),
        words(&[], to_common_key),
        words(&[], limit),
        words(&[("lockout.after", "1")], |meter| {
            vec![credit(&own(&quiet_meter(&[("key.ti", "2")])), 6_700_000, 10), twice(meter)[0]]
        }),
    ]
    .concat();
    let mut starting = quiet_meter(&[("payment.ready_after_ms", "2000")]);
    starting.power_off();
    starting.power_on();
    let token = credit(&own(&starting), 6_700_000, 10);
    seen.push(enter(&mut starting, token).word());
    assert_eq!(starting.payment().wrong_entries(), 0);
    starting.advance(starting.now() + Duration::seconds(2));
    assert_eq!(enter(&mut starting, token), TokenResult::Accept, "it was not looked at");
    let mut bench = quiet_meter(&[]);
    bench.enter(b"12345").unwrap();
    seen.push(bench.last_entry().unwrap().result.word());
    let missing: Vec<_> = TokenResult::ALL.iter().filter(|result| !seen.contains(&result.word())).collect();
    assert!(missing.is_empty(), "{missing:?} of {seen:?}");
}

#[test]
fn strict_order_and_a_lost_half_set() {
    let mut meter =
        quiet_meter(&[("payment.key_change_order", "strict"), ("payment.key_change_survives_power_cut", "false")]);
    let (set, new) = key_change(meter.payment().register(), meter.identity().pan, "654321", 1, false);
    assert_eq!(enter(&mut meter, set[1]), TokenResult::FormatError);
    assert_eq!(enter(&mut meter, set[0]), TokenResult::FirstKct);
    assert_eq!(meter.last_entry().unwrap().display, "PLS_2nd");
    meter.power_off();
    meter.power_on();
    assert_eq!(meter.payment().pending_sections(), [0u8; 0]);
    assert_eq!(enter(&mut meter, set[0]), TokenResult::FirstKct);
    meter.advance(meter.now() + Duration::minutes(11));
    assert!(happened(&meter, EventKind::KeyChangeTimedOut));
    assert_eq!(enter(&mut meter, set[0]), TokenResult::FirstKct);
    assert_eq!(enter(&mut meter, set[1]), TokenResult::Accept);
    assert_eq!(meter.payment().register().key, new);
    assert!(happened(&meter, EventKind::KeyChanged));
}

#[test]
fn sags_and_the_load_profile_fill_as_time_passes() {
    let mut meter = meter("three-phase-ct", &[("supply.sags_a_year", "365"), ("event_log_entries", "500")]);
    let rows = meter.load_profile().rows().len();
    meter.advance(BEGIN + Duration::days(2));
    assert_eq!(meter.load_profile().rows().len(), rows + 2 * 96);
    assert!(happened(&meter, EventKind::Sag) && happened(&meter, EventKind::VoltageNormal));
    let wh: Vec<u32> = meter.load_profile().rows().map(|row| row.import_wh).collect();
    assert!(wh.windows(2).all(|pair| pair[0] <= pair[1]) && wh.last() > wh.first());
}

#[test]
fn a_kept_meter_comes_back_as_it_was_and_is_open_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut meter = meter("three-phase-ct", &[]);
    meter.advance(BEGIN + Duration::hours(3));
    let file = MeterFile::open(folder.path(), "m1").unwrap();
    assert!(file.load().unwrap().is_none());
    file.save(&meter).unwrap();
    assert!(matches!(MeterFile::open(folder.path(), "m1"), Err(StateError::Busy(_))));
    let back = file.load().unwrap().unwrap();
    assert_eq!(serde_json::to_value(&back).unwrap(), serde_json::to_value(&meter).unwrap());
    assert!(matches!(MeterFile::open(folder.path(), "../m1"), Err(StateError::BadName(_))));
}

#[test]
fn what_is_wrong_in_a_model_is_named() {
    let wrong =
        |name: &str, value: &str| Model::with_changes("single-phase-keypad", [(name, value)]).unwrap_err().to_string();
    assert!(Model::named("x").unwrap_err().to_string().contains("split-din-rail-ciu"));
    assert!(wrong("lockout.often", "1").contains("no such value"));
    assert!(wrong("supply.phases", "2").contains("1 or 3"));
    assert!(wrong("payment.key_change_order", "late").contains("payment.key_change_order"));
}
