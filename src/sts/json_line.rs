//! The document of a token as one line of JSON, written straight into memory: the stream writes one a line read, and
//! a serialiser takes longer over it than the cipher. The tests hold it to what the serialiser writes.

use serde::Serialize;

use super::content::TokenContent;
use super::decimal::plain_decimal;
use super::document::{Fields, SCHEMA, TidTime, TokenDocument};
use super::meter_parameters::MeterParameters;

impl TokenDocument {
    /// Adds the document with its schema to `line`, without a line feed. `id` is JSON and is written as it is.
    pub fn write_line(&self, id: Option<&str>, line: &mut Vec<u8>) {
        line.extend_from_slice(b"{\"schema\":\"");
        line.extend_from_slice(SCHEMA.as_bytes());
        line.push(b'"');
        if let Some(id) = id {
            line.extend_from_slice(b",\"id\":");
            line.extend_from_slice(id.as_bytes());
        }
        match self {
            TokenDocument::NotAToken { text, problem } => {
                line.extend_from_slice(b",\"token\":");
                serialized(line, text);
                put_text(line, ",\"kind\":\"", self.kind().word());
                line.extend_from_slice(b",\"problem\":");
                serialized(line, &problem.to_string());
            }
            TokenDocument::Token { reading, .. } => {
                line.extend_from_slice(b",\"token\":\"");
                line.extend_from_slice(&reading.token.to_ascii());
                line.push(b'"');
                put_number(line, ",\"class\":", reading.token.class().number());
                if let Some(content) = reading.content() {
                    put_number(line, ",\"subclass\":", content.subclass());
                }
                put_text(line, ",\"kind\":\"", self.kind().word());
                if let Some(crc) = self.crc() {
                    put_text(line, ",\"crc\":\"", crc);
                }
                if let Some(key) = &reading.key {
                    line.extend_from_slice(b",\"key\":");
                    write_key(key, line);
                }
                if let Some(fields) = self.fields() {
                    line.extend_from_slice(b",\"fields\":");
                    write_fields(&fields, line);
                }
            }
        }
        line.push(b'}');
    }
}

fn write_key(key: &MeterParameters, line: &mut Vec<u8>) {
    let MeterParameters { iin: None, drn: None, sgc, krn, kt, ti, ea, dkga, base_date } = key else {
        return serialized(line, key);
    };
    let start = line.len();
    if let Some(sgc) = sgc {
        put_digits::<6>(line, ",\"sgc\":\"", u64::from(sgc.number()));
        line.push(b'"');
    }
    if let Some(krn) = krn {
        put_number(line, ",\"krn\":", krn.number());
    }
    if let Some(kt) = kt {
        put_number(line, ",\"kt\":", kt.number());
    }
    if let Some(ti) = ti {
        put_number(line, ",\"ti\":", ti.number());
    }
    if let Some(ea) = ea {
        put_text(line, ",\"ea\":\"", ea.code());
    }
    if let Some(dkga) = dkga {
        put_text(line, ",\"dkga\":\"", dkga.code());
    }
    if let Some(base_date) = base_date {
        put_text(line, ",\"base_date\":\"", base_date.code());
    }
    close(line, start);
}

/// Credit, which nearly every token is, by hand; the rest serialised.
fn write_fields(fields: &Fields<'_>, line: &mut Vec<u8>) {
    let TokenContent::Credit { commodity, rnd, tid, amount } = fields.content else {
        return serialized(line, fields);
    };
    let start = line.len();
    put_number(line, ",\"rnd\":", rnd.number());
    put_number(line, ",\"tid\":", tid.minutes());
    if let Some(base) = fields.base_date {
        TidTime(*tid, base).with_text(|time| put_text(line, ",\"tid_time\":\"", time));
    }
    let tenths = amount.units();
    put_number(line, ",\"amount\":\"", tenths / 10);
    put_number(line, ".", tenths % 10);
    line.push(b'"');
    put_text(line, ",\"unit\":\"", commodity.unit());
    close(line, start);
}

/// Turns members, each behind a comma, into an object.
fn close(line: &mut Vec<u8>, start: usize) {
    match line.get_mut(start) {
        Some(comma) => *comma = b'{',
        None => line.push(b'{'),
    }
    line.push(b'}');
}

/// `before`, the text, which needs no escapes, and a closing quote.
fn put_text(line: &mut Vec<u8>, before: &str, text: &str) {
    line.extend_from_slice(before.as_bytes());
    line.extend_from_slice(text.as_bytes());
    line.push(b'"');
}

fn put_number(line: &mut Vec<u8>, before: &str, number: impl Into<u32>) {
    line.extend_from_slice(before.as_bytes());
    line.extend_from_slice(plain_decimal(&mut [0; 20], u64::from(number.into())).as_bytes());
}

fn put_digits<const WIDTH: usize>(line: &mut Vec<u8>, before: &str, number: u64) {
    line.extend_from_slice(before.as_bytes());
    line.extend_from_slice(super::decimal::decimal_text(&mut [b'0'; WIDTH], number).as_bytes());
}

/// A value through the serialiser. Writing to memory does not fail.
fn serialized<T: Serialize + ?Sized>(line: &mut Vec<u8>, value: &T) {
    let _ = serde_json::to_writer(line, value);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::ser::{SerializeMap, Serializer};
    use serde_json::value::RawValue;

    use super::*;
    use crate::sts::{
        BaseDate, Check, Drn, Iin, KeyRevisionNumber, KeyType, Reading, SupplyGroupCode, TariffIndex, Token,
        TokenClass, crc,
    };

    /// The document through the serialiser.
    struct Whole<'a>(Option<&'a RawValue>, &'a TokenDocument);

    impl Serialize for Whole<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("schema", SCHEMA)?;
            if let Some(id) = self.0 {
                map.serialize_entry("id", id)?;
            }
            self.1.write_into(&mut map)?;
            map.end()
        }
    }

    fn assert_same(document: &TokenDocument, id: Option<&str>) {
        let raw = id.map(|id| serde_json::from_str(id).unwrap());
        let mut line = Vec::new();
        document.write_line(id, &mut line);
        assert_eq!(String::from_utf8(line).unwrap(), serde_json::to_string(&Whole(raw, document)).unwrap());
    }

    fn some<T>(random: &mut fastrand::Rng, value: T) -> Option<T> {
        (random.u8(..4) > 0).then_some(value)
    }

    fn parameters(random: &mut fastrand::Rng) -> MeterParameters {
        let drn = Drn::from_parts(Iin::N600727, 7, random.u32(..100_000_000)).unwrap();
        let with_meter = random.u8(..8) == 0;
        let sgc = SupplyGroupCode::new(random.u32(..1_000_000)).unwrap();
        let krn = KeyRevisionNumber::new(random.u32(1..10)).unwrap();
        let ti = TariffIndex::new(random.u32(..100)).unwrap();
        let kt = KeyType::from_bits(random.u64(..));
        let base = BaseDate::ALL[random.usize(..3)];
        MeterParameters {
            iin: with_meter.then(|| drn.iin()),
            drn: with_meter.then_some(drn),
            sgc: some(random, sgc),
            krn: some(random, krn),
            kt: some(random, kt),
            ti: some(random, ti),
            ea: some(random, "07".parse().unwrap()),
            dkga: some(random, "02".parse().unwrap()),
            base_date: some(random, base),
        }
    }

    #[test]
    fn tokens_of_every_kind_are_written_as_the_serialiser_writes_them() {
        let mut random = fastrand::Rng::with_seed(9);
        let mut kinds = BTreeSet::new();
        for turn in 0..20_000 {
            let token = Token::from_number(random.u128(..1 << 66)).unwrap();
            let fields = random.u64(..) & !0xFFFF;
            let class = TokenClass::from_bits(random.u64(..));
            let block = fields | u64::from(crc::block_crc(class, fields));
            let check = match random.u8(..6) {
                0 => Check::Bad,
                1 => Check::Unknown,
                2 => Check::None,
                _ => Check::Ok(TokenContent::parse(class, block).unwrap()),
            };
            let key = parameters(&mut random);
            let key = some(&mut random, key);
            let base_date = BaseDate::ALL[random.usize(..3)];
            let base_date = some(&mut random, base_date);
            let reading = Reading { token, check, key, base_date };
            let document = TokenDocument::Token { reading, reveal_keys: random.bool() };
            kinds.insert(document.kind());
            assert_same(&document, (turn % 3 > 0).then_some(if turn % 3 == 1 { "17" } else { "[null, \"a\\n\"]" }));
        }
        assert!(kinds.len() > 20, "{kinds:?}");
    }

    #[test]
    fn a_key_of_which_nothing_is_known_is_an_empty_object() {
        let token = Token::from_number(1).unwrap();
        let reading = Reading { token, check: Check::Bad, key: Some(MeterParameters::default()), base_date: None };
        assert_same(&TokenDocument::of(reading), None);
    }

    #[test]
    fn texts_that_are_no_token_are_escaped() {
        for text in ["12\"3\\4", "", "Zoë\u{1}", "5104346544342085621"] {
            assert_same(&TokenDocument::not_a_token(text, text.parse::<Token>().unwrap_err()), Some("\"x\""));
        }
    }
}
