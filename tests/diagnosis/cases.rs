//! The case generator: every rule of the verdict as a scene with meters, tokens and the verdict that must follow.

use fastrand::Rng;
use serde_json::{Value, json};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use wattkey::sts::tid::TID_COUNT;
use wattkey::sts::{BaseDate, DecoderKey, Drn, Iin, KeyPart, MeterTest, TestForm, TestName, Token, TokenContent};

use crate::bench::{
    Place, credit, credit_content, key_change, make, neighbour, neighbours_key, stranger, sts, tid, vending_places,
};

/// One case and what must come of it.
pub struct Expectation {
    pub scene: &'static str,
    pub case: Value,
    pub verdict: &'static str,
    pub corrected: Option<Token>,
}

/// A meter, its key, and the time.
struct Meter {
    place: Place,
    drn: Drn,
    now: OffsetDateTime,
    sts: Value,
}

type Scene = fn(&mut Rng) -> Vec<Expectation>;

/// Every scene with its name.
const SCENES: &[(&str, Scene)] = &[
    ("fresh credit", fresh_credit),
    ("meter's own word", own_word),
    ("display", display),
    ("last result", last_result),
    ("reads yet refused", reads_yet_refused),
    ("mistyped", mistyped),
    ("damaged shape", damaged_shape),
    ("no token at all", no_token_at_all),
    ("another meter's token", other_meter),
    ("another key", other_key),
    ("two differences", two_differences),
    ("holes", holes),
    ("unknown key", unknown_key),
    ("nothing fits", nothing_fits),
    ("no readout", no_readout),
    ("state", state),
    ("default key", default_key),
    ("key type not allowed", key_type_not_allowed),
    ("test tokens", test_tokens),
    ("key change already applied", already_applied),
    ("key change of other content", other_content),
    ("key change unfinished", unfinished),
    ("roll-over between keys", rollover_between_keys),
    ("roll-over under the own key", rollover_under_own_key),
    ("base date alone", base_date_alone),
    ("algorithm", algorithm),
];

/// All scenes, `rounds` times with other numbers.
pub fn generate(rounds: u64) -> Vec<Expectation> {
    let mut all = Vec::new();
    for round in 0..rounds {
        for (index, (name, scene)) in SCENES.iter().enumerate() {
            let mut random = Rng::with_seed(round * 1000 + index as u64);
            for (number, mut expectation) in scene(&mut random).into_iter().enumerate() {
                expectation.scene = name;
                expectation.case["id"] = json!(format!("{name} {round}.{number}"));
                all.push(expectation);
            }
        }
    }
    all
}

fn random_drn(random: &mut Rng) -> Drn {
    let serial = random.u32(0..100_000_000);
    if random.u8(0..4) == 0 {
        Drn::from_parts(Iin::N0000, random.u16(1..10_000), serial).unwrap()
    } else {
        Drn::from_parts(Iin::N600727, random.u16(1..100), serial).unwrap()
    }
}

/// A time at which both base dates in use are good, with a year of TIDs behind it.
fn some_time(random: &mut Rng) -> OffsetDateTime {
    datetime!(2016-01-01 00:00 UTC) + Duration::minutes(i64::from(random.u32(0..4_000_000)))
}

fn meter_at(random: &mut Rng, place: Place) -> Meter {
    let drn = random_drn(random);
    let now = some_time(random);
    let sts = sts(&place, drn, now);
    Meter { place, drn, now, sts }
}

/// A meter in use, on key type 2.
fn meter(random: &mut Rng) -> Meter {
    let places: Vec<Place> = vending_places().into_iter().filter(|place| place.kt == 2).collect();
    let mut place = places[random.usize(0..places.len())].clone();
    place.ti = random.u32(0..100);
    meter_at(random, place)
}

impl Meter {
    /// A TID of the last days, not among those stored.
    fn fresh_tid(&self, random: &mut Rng) -> u32 {
        self.fresh_tid_at(&self.place, random)
    }

    fn fresh_tid_at(&self, place: &Place, random: &mut Rng) -> u32 {
        let stored = self.sts["tids"].as_array().unwrap().clone();
        loop {
            let tid = tid(place.base_date, self.now - Duration::minutes(i64::from(random.u32(10..80_000))));
            if !stored.contains(&json!(tid)) {
                return tid;
            }
        }
    }

    fn case(&self, token: impl ToString, result: Option<&str>) -> Value {
        let now = self.now.format(&time::format_description::well_known::Rfc3339).unwrap();
        json!({"token": token.to_string(), "meter": {"sts": self.sts}, "result": result, "display": null, "now": now})
    }

    fn expect(&self, token: impl ToString, result: Option<&str>, verdict: &'static str) -> Expectation {
        Expectation { scene: "", case: self.case(token, result), verdict, corrected: None }
    }

    /// With and without the meter's check-sum error.
    fn both(&self, token: impl ToString, verdict: &'static str) -> Vec<Expectation> {
        let token = token.to_string();
        vec![self.expect(&token, None, verdict), self.expect(&token, Some("crc-error"), verdict)]
    }
}

fn fresh_credit(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
    let mut spaced = meter.expect(token.grouped(), None, "no-fault");
    spaced.case["previous_tokens"] = json!([credit(&meter.place, meter.drn, meter.fresh_tid(random)).to_string()]);
    vec![meter.expect(token, None, "no-fault"), spaced]
}

fn own_word(random: &mut Rng) -> Vec<Expectation> {
    let words = [
        ("accept", "no-fault"),
        ("first-kct", "key-change-incomplete"),
        ("second-kct", "key-change-incomplete"),
        ("third-kct", "key-change-incomplete"),
        ("fourth-kct", "key-change-incomplete"),
        ("overflow-error", "register-overflow"),
        ("key-type-error", "key-type-not-allowed"),
        ("format-error", "format-error"),
        ("range-error", "value-out-of-range"),
        ("function-error", "function-unsupported"),
        ("old-error", "token-old"),
        ("used-error", "token-used"),
        ("key-expired-error", "key-expired"),
        ("ddtk-error", "default-key"),
        ("mfr-code-error", "manufacturer-mismatch"),
        ("lockout", "lockout"),
        ("not-ready", "not-ready"),
    ];
    let meter = meter(random);
    let stored = meter.sts["tids"][3].as_u64().unwrap() as u32;
    let mut all: Vec<Expectation> = words
        .into_iter()
        .map(|(word, verdict)| {
            let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
            meter.expect(token, Some(word), verdict)
        })
        .collect();
    // It is among the stored ones because it was accepted.
    all.push(meter.expect(credit(&meter.place, meter.drn, stored), Some("accept"), "no-fault"));
    // The word stands also for a token nobody can read.
    all.push(meter.expect(credit(&stranger(), meter.drn, 5_000_000), Some("used-error"), "token-used"));
    all
}

fn display(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
    let mut all = Vec::new();
    for (vendor, text, verdict) in [
        ("MicroStar", "2004", "token-used"),
        ("Conlog", "AAAAA", "undetermined"),
        ("Conlog", "#078# -> 12", "default-key"),
        // One thing on one model, another on the next: no answer, and the token is good.
        ("Itron / Actaris", "EEEEE 02", "no-fault"),
        ("Nobody", "AAAAA", "no-fault"),
    ] {
        let mut expectation = meter.expect(token, None, verdict);
        expectation.case["display"] = json!({"vendor": vendor, "text": text});
        all.push(expectation);
    }
    all
}

fn last_result(random: &mut Rng) -> Vec<Expectation> {
    let mut meter = meter(random);
    let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
    meter.sts["last_result"] = json!("used-error");
    meter.sts["last_token"] = json!(token.last_four());
    let own = meter.expect(token, None, "token-used");
    meter.sts["last_token"] = json!(format!("{:04}", (token.number() + 1) % 10_000));
    let of_another = meter.expect(token, None, "no-fault");
    vec![own, of_another]
}

fn reads_yet_refused(random: &mut Rng) -> Vec<Expectation> {
    let mut meter = meter(random);
    let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
    let plain = meter.expect(token, Some("crc-error"), "undetermined");
    meter.sts["lockout_s"] = json!(40);
    vec![plain, meter.expect(token, Some("crc-error"), "undetermined"), meter.expect(token, None, "lockout")]
}

/// The digits with one changed, or two neighbours swapped; still a token.
fn slip(token: Token, random: &mut Rng) -> Token {
    loop {
        let mut digits = token.to_ascii();
        let place = random.usize(1..20);
        if random.bool() {
            digits[place] = b'0' + (digits[place] - b'0' + random.u8(1..10)) % 10;
        } else {
            digits.swap(place - 1, place);
        }
        match Token::from_ascii(&digits) {
            Ok(slipped) if slipped != token => return slipped,
            _ => {}
        }
    }
}

fn mistyped(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let mut all = Vec::new();
    for _ in 0..3 {
        let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
        for mut expectation in meter.both(slip(token, random), "mistyped") {
            expectation.corrected = Some(token);
            all.push(expectation);
        }
    }
    all
}

fn damaged_shape(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
    let digits = token.to_string();
    let place = random.usize(0..20);
    let mut short = digits.clone();
    short.remove(place);
    let mut long = digits.clone();
    long.insert(place, char::from(b'0' + random.u8(0..10)));
    let mut letter = digits.clone();
    letter.replace_range(place..=place, "O");
    [short, long, letter]
        .into_iter()
        .map(|text| Expectation { corrected: Some(token), ..meter.expect(text, Some("format-error"), "not-a-token") })
        .collect()
}

fn no_token_at_all(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    ["", "123", "1234567890123456789012345", "99999999999999999999", "abcd efgh ijkl mnop qrst"]
        .into_iter()
        .map(|text| meter.expect(text, None, "not-a-token"))
        .collect()
}

fn other_meter(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let token = make(&neighbours_key(), &credit_content(meter.fresh_tid(random)));
    let mut all = meter.both(token, "wrong-meter");
    for expectation in &mut all {
        expectation.case["previous_tokens"] =
            json!([credit(&meter.place, meter.drn, meter.fresh_tid(random)).to_string()]);
    }
    all
}

/// The meter's place with one thing changed to another vending key of the key file.
fn elsewhere(meter: &Meter, random: &mut Rng, wanted: impl Fn(&Place) -> bool) -> Option<Place> {
    let places: Vec<Place> = vending_places().into_iter().filter(|place| wanted(place)).collect();
    let mut place = places.get(random.usize(0..places.len().max(1)))?.clone();
    place.ti = meter.place.ti;
    Some(place)
}

fn other_key(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let own = meter.place.clone();
    let same =
        |place: &Place| (place.ea, place.dkga, place.base_date, place.kt) == (own.ea, own.dkga, own.base_date, own.kt);
    let mut all = Vec::new();
    let groups = elsewhere(&meter, random, |place| same(place) && place.sgc != own.sgc && place.krn == own.krn);
    let revisions = elsewhere(&meter, random, |place| same(place) && place.sgc == own.sgc && place.krn != own.krn);
    let types = elsewhere(&meter, random, |place| {
        (place.sgc == own.sgc && place.krn == own.krn && place.kt != own.kt)
            && (place.ea, place.dkga) == (own.ea, own.dkga)
    });
    let tariffs = Some(Place { ti: (own.ti + random.u32(1..100)) % 100, ..own.clone() });
    for (place, verdict) in
        [(groups, "sgc-mismatch"), (revisions, "krn-mismatch"), (types, "key-type-mismatch"), (tariffs, "ti-mismatch")]
    {
        if let Some(place) = place {
            all.extend(meter.both(credit(&place, meter.drn, meter.fresh_tid_at(&place, random)), verdict));
        }
    }
    all
}

fn two_differences(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let own = meter.place.clone();
    let Some(mut place) = elsewhere(&meter, random, |place| place.sgc != own.sgc && place.kt == 2) else {
        return Vec::new();
    };
    place.ti = (own.ti + 1) % 100;
    meter.both(credit(&place, meter.drn, meter.fresh_tid_at(&place, random)), "sgc-mismatch")
}

fn holes(random: &mut Rng) -> Vec<Expectation> {
    let mut meter = meter(random);
    let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
    let tariff = Place { ti: (meter.place.ti + 7) % 100, ..meter.place.clone() };
    let other = credit(&tariff, meter.drn, meter.fresh_tid(random));
    meter.sts["sgc"] = json!("000000");
    let mut all = vec![meter.expect(token, None, "no-fault"), meter.expect(token, Some("crc-error"), "undetermined")];
    all.extend(meter.both(other, "ti-mismatch"));
    meter.sts.as_object_mut().unwrap().remove("ti");
    all.push(meter.expect(other, None, "no-fault"));
    meter.sts["krn"] = Value::Null;
    meter.sts["base_date"] = Value::Null;
    all.push(meter.expect(token, None, "no-fault"));
    all
}

fn unknown_key(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter_at(random, stranger());
    meter.both(credit(&stranger(), meter.drn, meter.fresh_tid(random)), "unknown-key")
}

fn nothing_fits(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let mut all = meter.both(credit(&stranger(), meter.drn, meter.fresh_tid_at(&stranger(), random)), "undetermined");
    // A vending key at hand, for a meter whose decoder key is not: not tried unless asked for.
    let other = random_drn(random);
    all.extend(meter.both(credit(&meter.place, other, meter.fresh_tid(random)), "undetermined"));
    all
}

fn no_readout(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let token = credit(&meter.place, meter.drn, meter.fresh_tid(random));
    let mut all = meter.both(token, "undetermined");
    all.push(meter.expect(token, Some("old-error"), "token-old"));
    for expectation in &mut all {
        expectation.case["meter"] = Value::Null;
    }
    all
}

fn state(random: &mut Rng) -> Vec<Expectation> {
    let mut meter = meter(random);
    let stored = meter.sts["tids"][random.usize(0..20)].as_u64().unwrap() as u32;
    let oldest = meter.sts["tid_oldest"].as_u64().unwrap() as u32;
    let fresh = meter.fresh_tid(random);
    let mut all = vec![
        meter.expect(credit(&meter.place, meter.drn, stored), None, "token-used"),
        meter.expect(credit(&meter.place, meter.drn, oldest - random.u32(1..100_000)), None, "token-old"),
    ];
    meter.sts["ken"] = json!((fresh >> 16) - 1);
    all.push(meter.expect(credit(&meter.place, meter.drn, fresh), None, "key-expired"));
    meter.sts["ken"] = json!(fresh >> 16);
    all.push(meter.expect(credit(&meter.place, meter.drn, fresh), None, "no-fault"));
    for (unit, verdict) in [("kWh", "no-fault"), ("m3", "commodity-mismatch"), ("ZAR", "no-fault")] {
        let mut counted = meter.expect(credit(&meter.place, meter.drn, fresh), None, verdict);
        counted.case["meter"]["credit"] = json!({"available": 12.5, "unit": unit});
        all.push(counted);
    }
    all
}

fn default_key(random: &mut Rng) -> Vec<Expectation> {
    let places: Vec<Place> = vending_places().into_iter().filter(|place| place.kt == 1).collect();
    let mut place = places[random.usize(0..places.len())].clone();
    place.ti = random.u32(0..100);
    let unique = Place { kt: 2, ..place.clone() };
    let meter = meter_at(random, place);
    let mut all = vec![meter.expect(credit(&meter.place, meter.drn, meter.fresh_tid(random)), None, "default-key")];
    for section in key_change(&meter.place, &unique, meter.drn) {
        all.push(meter.expect(section, None, "no-fault"));
    }
    all
}

fn key_type_not_allowed(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let kt = if random.bool() { 0 } else { 3 };
    let first = TokenContent::KeyChange1 {
        ken_high: 15,
        krn: 2,
        rollover: false,
        three_tokens: false,
        kt: u32::try_into(kt).unwrap(),
        key_part: KeyPart::new(random.u32(..)),
    };
    vec![meter.expect(make(&meter.place.decoder_key(meter.drn), &first), None, "key-type-not-allowed")]
}

fn test_tokens(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let own = meter.drn.manufacturer_code();
    let form = if own > 99 { TestForm::FourDigit } else { TestForm::TwoDigit };
    let highest = if own > 99 { 9999 } else { 99 };
    let test = |name, code| MeterTest::new(form, name, code).unwrap().token();
    let krn = test(TestName::KeyRevision, 0);
    let other = if own == highest { 1 } else { own + 1 };
    let mut all = vec![
        meter.expect(krn, None, "no-fault"),
        meter.expect(test(TestName::TariffIndex, own), None, "no-fault"),
        meter.expect(test(TestName::TariffIndex, other), None, "manufacturer-mismatch"),
        meter.expect(krn, Some("crc-error"), "undetermined"),
        meter.expect(krn, Some("function-error"), "function-unsupported"),
    ];
    let mut unknown = meter.expect(krn, None, "no-fault");
    unknown.case["meter"] = Value::Null;
    all.push(unknown);
    let slipped = slip(krn, random);
    if !slipped.class().is_encrypted() {
        all.extend(meter.both(slipped, "mistyped").into_iter().map(|e| Expectation { corrected: Some(krn), ..e }));
    }
    all
}

/// A place a meter may come from: another key of the same algorithm, and not another base date of the same one.
fn former(meter: &Meter, random: &mut Rng) -> Option<Place> {
    let own = meter.place.clone();
    elsewhere(meter, random, |place| {
        place.ea == own.ea && place.dkga == own.dkga && (place.krn != own.krn || place.sgc != own.sgc)
    })
}

fn already_applied(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let Some(former) = former(&meter, random) else { return Vec::new() };
    key_change(&former, &meter.place, meter.drn)
        .into_iter()
        .flat_map(|section| meter.both(section, "key-change-already-applied"))
        .collect()
}

fn other_content(random: &mut Rng) -> Vec<Expectation> {
    let meter = meter(random);
    let own = meter.place.clone();
    let Some(former) = elsewhere(&meter, random, |place| {
        (place.ea, place.dkga, place.kt, &place.sgc) == (own.ea, own.dkga, own.kt, &own.sgc)
            && place.krn != own.krn
            && place.base_date == own.base_date
    }) else {
        return Vec::new();
    };
    // To another tariff than the meter's: same revision and type, another key.
    let target = Place { ti: (own.ti + 1) % 100, ..own };
    key_change(&former, &target, meter.drn)
        .into_iter()
        .flat_map(|section| meter.both(section, "krn-mismatch"))
        .collect()
}

fn unfinished(random: &mut Rng) -> Vec<Expectation> {
    let mut meter = meter(random);
    let own = meter.place.clone();
    let Some(next) = elsewhere(&meter, random, |place| {
        (place.ea, place.dkga, place.kt, &place.sgc) == (own.ea, own.dkga, own.kt, &own.sgc) && place.krn > own.krn
    }) else {
        return Vec::new();
    };
    meter.sts["kct_pending"] = json!([1]);
    let waiting = credit(&next, meter.drn, meter.fresh_tid_at(&next, random));
    let mut all = meter.both(waiting, "key-change-incomplete");
    // Credit on the present key is still good, and so is the next section.
    all.push(meter.expect(credit(&own, meter.drn, meter.fresh_tid(random)), None, "no-fault"));
    all.push(meter.expect(key_change(&own, &next, meter.drn)[1], None, "no-fault"));
    all
}

fn rollover_between_keys(random: &mut Rng) -> Vec<Expectation> {
    let first = Place { ti: random.u32(0..100), ..vending_places()[random.usize(0..3) * 8 + 1].clone() };
    assert_eq!((first.krn, first.kt, first.base_date), (1, 2, BaseDate::Base1993));
    let second = Place { krn: 2, base_date: BaseDate::Base2014, ..first.clone() };
    let before = meter_at(random, first.clone());
    let mut all = before.both(credit(&second, before.drn, before.fresh_tid_at(&second, random)), "tid-rollover");
    let after = meter_at(random, second.clone());
    all.extend(after.both(credit(&first, after.drn, after.fresh_tid_at(&first, random)), "tid-rollover"));
    // The set that brought it over is a plain thing of the past.
    let set = key_change(&first, &second, after.drn);
    all.extend(after.both(set[0], "key-change-already-applied"));
    let elsewhere = Place { sgc: if first.sgc == "100200" { "100201" } else { "100200" }.into(), ..second };
    all.extend(before.both(credit(&elsewhere, before.drn, before.fresh_tid_at(&elsewhere, random)), "sgc-mismatch"));
    all
}

fn rollover_under_own_key(random: &mut Rng) -> Vec<Expectation> {
    let place = Place { ti: random.u32(0..100), ..vending_places()[1].clone() };
    let mut meter = meter_at(random, place);
    let end = BaseDate::Base1993.start() + Duration::minutes(i64::from(TID_COUNT));
    meter.now = end + Duration::days(i64::from(random.u16(10..190)));
    let oldest = TID_COUNT - 1 - random.u32(100_000..200_000);
    meter.sts["tids"] = json!([oldest, oldest + 5, TID_COUNT - 10]);
    meter.sts["tid_oldest"] = json!(oldest);
    meter.sts["tid_newest"] = json!(TID_COUNT - 10);
    let age = Duration::minutes(i64::from(random.u16(10..10_000)));
    let ran_over = u32::try_from((meter.now - age - end).whole_minutes()).unwrap();
    let next_base = tid(BaseDate::Base2014, meter.now - age);
    let mut all = Vec::new();
    for tid in [ran_over, next_base] {
        let token = credit(&meter.place, meter.drn, tid);
        all.push(meter.expect(token, None, "tid-rollover"));
        all.push(meter.expect(token, Some("old-error"), "tid-rollover"));
        all.push(meter.expect(token, Some("crc-error"), "undetermined"));
    }
    // Too long ago, or not yet: simply old.
    let stale = tid(BaseDate::Base2014, meter.now - Duration::days(250));
    all.push(meter.expect(credit(&meter.place, meter.drn, stale), None, "token-old"));
    let future = tid(BaseDate::Base2014, meter.now + Duration::days(2));
    all.push(meter.expect(credit(&meter.place, meter.drn, future), Some("old-error"), "token-old"));
    all
}

fn base_date_alone(random: &mut Rng) -> Vec<Expectation> {
    let newer = Place {
        sgc: "345678".into(),
        krn: 3,
        kt: 2,
        ti: random.u32(0..100),
        ea: "11",
        dkga: "04",
        base_date: BaseDate::Base2014,
    };
    let older = Place { base_date: BaseDate::Base1993, ..newer.clone() };
    let meter = meter_at(random, newer);
    meter.both(credit(&older, meter.drn, meter.fresh_tid_at(&older, random)), "base-date-mismatch")
}

fn algorithm(random: &mut Rng) -> Vec<Expectation> {
    let (sgc, ea) = if random.bool() { ("345678", "11") } else { ("100201", "07") };
    let plain = Place {
        sgc: sgc.into(),
        krn: random.u32(2..4),
        kt: 2,
        ti: random.u32(0..100),
        ea: "07",
        dkga: "02",
        base_date: BaseDate::Base2014,
    };
    let other = Place { ea, dkga: "04", ..plain.clone() };
    let meter = meter_at(random, plain);
    meter.both(credit(&other, meter.drn, meter.fresh_tid_at(&other, random)), "algorithm-mismatch")
}

/// A decoder key alone, without any vending key of it.
pub fn neighbour_at_home(now: OffsetDateTime) -> (Value, DecoderKey) {
    let status = json!({"sts": {"drn": neighbour().to_string(), "ea": "07"}});
    (
        json!({"token": "", "meter": status, "now": now.format(&time::format_description::well_known::Rfc3339).unwrap()}),
        neighbours_key(),
    )
}
