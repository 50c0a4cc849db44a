//! From register places to values: fetched in few requests, scaled, and held against their limits.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Exchange;
use super::plan::{Span, requests};
use crate::meter::MeterError;
use crate::meter::profile::ModbusProfile;
use crate::meter::profile::modbus::{RegisterPlace, bit_of};
use crate::meter::value::Value;
use crate::protocol::modbus::{
    Answer, ExceptionCode, OctetOrder, RegisterType, Registers, Request, Table, WordOrder, decimal, four_digits_each,
    hex_digits, joined, text,
};

/// Registers and bits read from a meter, by the function that reads them.
#[derive(Debug, Clone, Default)]
pub struct Store {
    tables: BTreeMap<u8, Registers>,
    refused: Vec<(Span, ExceptionCode)>,
}

impl Store {
    /// The registers of `span`, or why the meter does not give them; `None` when they were not asked for.
    pub fn get(&self, span: Span) -> Option<Result<&[u16], ExceptionCode>> {
        if let Some(registers) = self.tables.get(&span.function).and_then(|table| table.get(span.first, span.count)) {
            return Some(Ok(registers));
        }
        self.refused.iter().find(|(refused, _)| refused.covers(span)).map(|(_, code)| Err(*code))
    }

    fn add(&mut self, span: Span, values: Vec<u16>) {
        self.tables.entry(span.function).or_default().add(span.first, values);
    }
}

/// Fetches spans from one unit, and remembers what this unit has shown of itself.
#[derive(Debug, Clone)]
pub struct Fetcher {
    longest: u16,
    bridge: u16,
    /// Longest request this unit has refused, and that was more than one value.
    refused: BTreeSet<Span>,
}

impl Fetcher {
    /// By the limits of a map.
    pub fn new(map: &ModbusProfile) -> Self {
        let longest = map.longest_read.unwrap_or(crate::protocol::modbus::MAXIMUM_READ);
        Fetcher { longest, bridge: map.bridge, refused: BTreeSet::new() }
    }

    /// Reads every span. A request over several values that is refused is taken apart: first at its holes, then
    /// value by value, and so from then on.
    ///
    /// # Errors
    /// Those of the line; refusals are in the store.
    pub fn fetch(&mut self, exchange: &mut Exchange, unit: u8, wanted: &[Span]) -> Result<Store, MeterError> {
        let mut store = Store::default();
        let within = |request: Span| wanted.iter().copied().filter(|span| request.covers(*span)).collect::<Vec<_>>();
        let (known_refused, to_ask): (Vec<_>, Vec<_>) = requests(wanted, self.longest, self.bridge)
            .into_iter()
            .map(|request| (request, within(request)))
            .partition(|(request, inside)| self.refuses(*request, inside));
        exchange.announce(unit, &reads(to_ask.iter().map(|(request, _)| request))?)?;
        let mut refused = known_refused;
        for (request, inside) in to_ask {
            if !self.read(exchange, unit, request, &inside, &mut store)? {
                refused.push((request, inside));
            }
        }
        for (request, inside) in refused {
            for part in requests(&inside, self.longest, 0) {
                let inside: Vec<Span> = inside.iter().copied().filter(|span| part.covers(*span)).collect();
                if part != request && self.read(exchange, unit, part, &inside, &mut store)? {
                    continue;
                }
                for value in inside {
                    self.read(exchange, unit, value, &[value], &mut store)?;
                }
            }
        }
        Ok(store)
    }

    /// Whether the unit has refused a request over several values before.
    fn refuses(&self, span: Span, inside: &[Span]) -> bool {
        inside != [span] && self.refused.contains(&span)
    }

    /// Reads one request into the store; false when it is to be taken apart.
    fn read(
        &mut self,
        exchange: &mut Exchange,
        unit: u8,
        span: Span,
        inside: &[Span],
        store: &mut Store,
    ) -> Result<bool, MeterError> {
        if self.refuses(span, inside) {
            return Ok(false);
        }
        let is_one = inside == [span];
        match ask(exchange, unit, span)? {
            Ok(values) => store.add(span, values),
            Err(ExceptionCode::IllegalDataAddress | ExceptionCode::IllegalValue) if !is_one => {
                self.refused.insert(span);
                return Ok(false);
            }
            Err(code) => store.refused.push((span, code)),
        }
        Ok(true)
    }
}

/// Reads one span.
///
/// # Errors
/// Those of the line.
pub fn ask(exchange: &mut Exchange, unit: u8, span: Span) -> Result<Result<Vec<u16>, ExceptionCode>, MeterError> {
    let mut values = Vec::new();
    for read in reads([&span])? {
        match exchange.ask(unit, &read)? {
            Answer::Registers(more) => values.extend(more),
            Answer::Exception(code) => return Ok(Err(code)),
            Answer::Written | Answer::Objects(_) => {
                return Err(MeterError::Unexpected("the unit answered a read with something else".to_owned()));
            }
        }
    }
    Ok(Ok(values))
}

/// The requests that read spans, in their order: mostly one for each.
fn reads<'s>(spans: impl IntoIterator<Item = &'s Span>) -> Result<Vec<Request>, MeterError> {
    let mut requests = Vec::new();
    for Span { function, first, count } in spans.into_iter().copied() {
        let table = Table::read_by(function)
            .ok_or_else(|| MeterError::BadValue(format!("function {function} reads nothing: 1 to 4 do")))?;
        // An answer of three octets of bits has the form of a request for some: our own, handed back, could be taken
        // for it.
        let count_of_first = if table.holds_bits() && (17..=24).contains(&count) { 16 } else { count };
        requests.push(Request::Read { table, first, count: count_of_first });
        if let Some(count) = count.checked_sub(count_of_first).filter(|count| *count > 0) {
            requests.push(Request::Read { table, first: first.saturating_add(count_of_first), count });
        }
    }
    Ok(requests)
}

/// A number that is not shown.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unusable {
    /// The unit says that it has none.
    #[error("not measured")]
    Absent,
    /// What stands there cannot be meant.
    #[error("out of range: {0} is not {1}; the word order, the scale or the map may be wrong")]
    OutOfRange(String, String),
    /// Its amount is there, and what says whether it is negative is not.
    #[error("whether it is negative is not known: {name} {why}")]
    NoSign {
        /// The named value that says so.
        name: String,
        /// What is wrong with that, behind its name.
        why: String,
    },
}

/// Where a place stands.
pub fn span(place: &RegisterPlace) -> Span {
    Span { function: place.function, first: place.register, count: place.registers() }
}

/// The value in a place's registers, in its unit.
///
/// # Errors
/// [`Unusable`].
pub fn value(place: &RegisterPlace, map: &ModbusProfile, registers: &[u16]) -> Result<Value, Unusable> {
    let registers = in_octet_order(place, map, registers);
    let order = place.word_order.unwrap_or(map.word_order);
    if place.kind.is_text() || matches!(place.kind, RegisterType::Bit | RegisterType::Bcd) {
        return of_digits(place, order, &registers);
    }
    let integers = place.kind.integers(&registers, order);
    let raw = place.kind.decode(&registers, order).ok_or(Unusable::Absent)?;
    if integers.is_some_and(|(unsigned, signed)| place.is_absent(unsigned, signed)) {
        return Err(Unusable::Absent);
    }
    if let (Some(bits), Some((unsigned, _))) = (place.bits, integers) {
        return number(place, field(unsigned, bits) as f64, Some(i128::from(field(unsigned, bits))));
    }
    // A double holds 53 bits, the register up to 64.
    let is_signed = matches!(place.kind, RegisterType::I16 | RegisterType::I32 | RegisterType::I64);
    let whole = integers
        .filter(|_| !matches!(place.kind, RegisterType::F32 | RegisterType::F64))
        .map(|(unsigned, signed)| if is_signed { i128::from(signed) } else { i128::from(unsigned) });
    number(place, raw, whole)
}

/// A raw number in the place's unit; whole where it stands for itself.
fn number(place: &RegisterPlace, raw: f64, whole: Option<i128>) -> Result<Value, Unusable> {
    let scaled = scale(place, raw);
    if !place.is_sane(scaled) {
        let unit = place.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        return Err(Unusable::OutOfRange(format!("{scaled:?}{unit}"), place.limits_in_words()));
    }
    Ok(match whole {
        Some(whole) if place.scale == 1.0 => Value::Integer(whole),
        _ => Value::Real(scaled),
    })
}

/// Texts, digits and bits.
fn of_digits(place: &RegisterPlace, order: WordOrder, registers: &[u16]) -> Result<Value, Unusable> {
    let mut registers = registers.to_vec();
    if order == WordOrder::Swapped && place.kind != RegisterType::Text {
        registers.reverse();
    }
    if joined(&registers).is_some_and(|raw| place.is_absent(raw, raw.cast_signed())) {
        return Err(Unusable::Absent);
    }
    let strange = |wanted: &str| Unusable::OutOfRange(format!("0x{}", hex_digits(&registers)), wanted.to_owned());
    match place.kind {
        RegisterType::Bit => {
            let register = registers.first().copied().ok_or(Unusable::Absent)?;
            let bit = place.bit.or((place.function > 2).then_some(0));
            Ok(Value::Boolean(bit_of(register, bit) != 0))
        }
        RegisterType::Bcd => {
            let raw = decimal(&registers).ok_or_else(|| strange("made of decimal digits"))?;
            number(place, raw as f64, Some(i128::from(raw)))
        }
        RegisterType::Hex => Ok(Value::Text(hex_digits(&registers))),
        RegisterType::Digits => {
            four_digits_each(&registers).map(Value::Text).ok_or_else(|| strange("four decimal digits a register"))
        }
        _ => text(&registers).map(Value::Text).ok_or(Unusable::Absent),
    }
}

/// The registers with the high octet first.
fn in_octet_order<'a>(place: &RegisterPlace, map: &ModbusProfile, registers: &'a [u16]) -> Cow<'a, [u16]> {
    match place.octet_order.unwrap_or(map.octet_order) {
        OctetOrder::Big => Cow::Borrowed(registers),
        OctetOrder::Swapped => registers.iter().map(|register| register.swap_bytes()).collect(),
    }
}

/// One register with the high octet first, by the order of the map; a bit is as it is.
pub fn turned(map: &ModbusProfile, function: u8, register: u16) -> u16 {
    if map.octet_order == OctetOrder::Swapped && function > 2 { register.swap_bytes() } else { register }
}

/// The registers of a code, in the orders of the map; `None` where it does not fit its type.
pub fn code(kind: RegisterType, map: &ModbusProfile, value: f64) -> Option<Vec<u16>> {
    let registers = kind.encode(value, map.word_order)?;
    Some(registers.into_iter().map(|register| turned(map, 3, register)).collect())
}

/// The bits of a number from the lowest to the highest named.
fn field(number: u64, [lowest, highest]: [u8; 2]) -> u64 {
    let width = u32::from(highest.saturating_sub(lowest)).saturating_add(1);
    let mask = u64::MAX.checked_shr(64u32.saturating_sub(width)).unwrap_or(u64::MAX);
    number.checked_shr(lowest.into()).unwrap_or_default() & mask
}

/// The value of a place among the registers read, multiplied by the ratio of the meter's transformers where the map says
/// so and [`ratio`] is known; `None` when it was not read.
pub fn primary(
    place: &RegisterPlace,
    map: &ModbusProfile,
    store: &Store,
) -> Option<Result<Result<Value, Unusable>, ExceptionCode>> {
    let registers = match store.get(span(place))? {
        Ok(registers) => registers,
        Err(code) => return Some(Err(code)),
    };
    let own = value(place, map, registers);
    let signed = own.and_then(|value| with_sign(value, place, map, store));
    let Some(Some(ratio)) = ratio(place, map, store) else { return Some(Ok(signed)) };
    Some(Ok(signed.map(|value| match value.as_number() {
        Some(number) => Value::Real(tidy(number * ratio)),
        None => value,
    })))
}

/// The value, negative where the map keeps that in a place of its own and it is so.
fn with_sign(amount: Value, place: &RegisterPlace, map: &ModbusProfile, store: &Store) -> Result<Value, Unusable> {
    let Some(name) = &place.negative_when else { return Ok(amount) };
    let is_negative = says_so(name, map, store).map_err(|why| Unusable::NoSign { name: name.clone(), why })?;
    match (is_negative, amount) {
        (true, Value::Integer(amount)) => Ok(Value::Integer(amount.saturating_neg())),
        (true, Value::Real(amount)) if amount != 0.0 => Ok(Value::Real(-amount)),
        (_, amount) => Ok(amount),
    }
}

/// Whether a named value is true, or a number other than 0; else what is wrong with it, behind its name.
fn says_so(name: &str, map: &ModbusProfile, store: &Store) -> Result<bool, String> {
    let place = map.named.get(name).ok_or("is not in the map")?;
    let registers = store.get(span(place)).ok_or("was not read")?.map_err(|code| format!("is refused ({code})"))?;
    match value(place, map, registers).map_err(|unusable| format!("is {unusable}"))? {
        Value::Boolean(is_true) => Ok(is_true),
        other => other.as_number().map(|number| number != 0.0).ok_or_else(|| "is no number".to_owned()),
    }
}

/// The ratio by which the value of a place is multiplied: `None` without one, `Some(None)` when the meter does not give
/// it, so that the value is the secondary one.
pub fn ratio(place: &RegisterPlace, map: &ModbusProfile, store: &Store) -> Option<Option<f64>> {
    let name = place.scale_by.as_ref()?;
    Some(ratios(name, map).try_fold(1.0, |product, ratio| {
        let registers = store.get(span(ratio?))?.ok()?;
        let ratio = value(ratio?, map, registers).ok()?.as_number().filter(|ratio| *ratio > 0.0)?;
        Some(product * ratio)
    }))
}

/// The registers whose product `scale_by` names; `None` for a name the map does not have.
fn ratios<'a>(name: &'a str, map: &'a ModbusProfile) -> impl Iterator<Item = Option<&'a RegisterPlace>> {
    name.split('*').map(|one| map.named.get(one.trim()))
}

/// Without the noise of binary fractions: a single has 7 digits, and so has what is made of it.
fn tidy(number: f64) -> f64 {
    format!("{number:.9e}").parse().unwrap_or(number)
}

/// What is read beside a place: its ratios and its sign, where it has any.
pub fn spans_beside<'a>(place: &'a RegisterPlace, map: &'a ModbusProfile) -> impl Iterator<Item = Span> {
    let ratios = place.scale_by.iter().flat_map(|name| ratios(name, map)).flatten();
    ratios.chain(place.negative_when.iter().filter_map(|name| map.named.get(name))).map(span)
}

/// Scaled without the noise of binary fractions: a scale below 1 divides.
fn scale(place: &RegisterPlace, raw: f64) -> f64 {
    // A single has 7 digits; what a double shows beyond them was never measured.
    let raw = if place.kind == RegisterType::F32 { shortest(raw) } else { raw };
    let inverse = 1.0 / place.scale;
    if place.scale < 1.0 && (inverse - inverse.round()).abs() < 1e-6 {
        raw / inverse.round()
    } else {
        raw * place.scale
    }
}

/// The double that prints like the single it came from.
fn shortest(single: f64) -> f64 {
    (single as f32).to_string().parse().unwrap_or(single)
}

/// The registers of a number given in the place's unit.
///
/// # Errors
/// [`MeterError::BadValue`] when it does not fit.
pub fn registers(place: &RegisterPlace, map: &ModbusProfile, number: f64) -> Result<Vec<u16>, MeterError> {
    if !number.is_finite() || !place.is_sane(number) {
        return Err(MeterError::BadValue(format!(
            "{number} is outside what the register may hold: {}",
            place.limits_in_words()
        )));
    }
    if place.bits.is_some() || place.kind == RegisterType::Bit {
        return Err(MeterError::BadValue(
            "the value is part of a register whose other bits a write would change".to_owned(),
        ));
    }
    let order = place.word_order.unwrap_or(map.word_order);
    let raw = number / place.scale;
    let made = place.kind.encode(raw, order);
    let stands = made.as_ref().and_then(|made| place.kind.decode(made, order));
    match (made, stands) {
        // A fraction that the type cannot hold is not rounded away in silence.
        (Some(made), Some(stands)) if (stands - raw).abs() <= raw.abs().max(1.0) * 1e-6 => {
            Ok(in_octet_order(place, map, &made).into_owned())
        }
        _ => Err(MeterError::BadValue(format!("{number} does not fit a register of type {:?}", place.kind))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::profile::modbus::RawNumber;
    use crate::protocol::modbus::WordOrder;

    fn place(kind: RegisterType, scale: f64) -> RegisterPlace {
        RegisterPlace {
            function: 3,
            register: 0,
            kind,
            length: None,
            word_order: None,
            octet_order: None,
            bit: None,
            bits: None,
            show: false,
            scale,
            unit: Some("V".into()),
            minimum: Some(0.0),
            maximum: Some(600.0),
            limits: None,
            absent: Vec::new(),
            scale_by: None,
            negative_when: None,
            series: None,
            step: None,
        }
    }

    #[test]
    fn numbers_are_scaled_and_held_against_their_limits() {
        let map = ModbusProfile::default();
        assert_eq!(value(&place(RegisterType::U16, 0.1), &map, &[2_301]), Ok(Value::Real(230.1)));
        assert_eq!(value(&place(RegisterType::F32, 1.0), &map, &[0x4366, 0x3333]), Ok(Value::Real(230.2)));
        // 230.5 with its words swapped.
        let swapped = value(&place(RegisterType::F32, 1.0), &map, &[0x8000, 0x4366]).unwrap_err();
        assert!(swapped.to_string().contains("is not 0 to 600 V"), "{swapped}");
        let wild = value(&place(RegisterType::F32, 1.0), &map, &[0x7149, 0xF2CA]).unwrap_err();
        assert!(wild.to_string().contains("0 to 600 V"), "{wild}");
        assert_eq!(value(&place(RegisterType::F32, 1.0), &map, &[0x7FC0, 0]), Err(Unusable::Absent));
        let other = RegisterPlace { word_order: Some(WordOrder::Swapped), ..place(RegisterType::F32, 1.0) };
        assert_eq!(value(&other, &map, &[0x8000, 0x4366]), Ok(Value::Real(230.5)));
    }

    #[test]
    fn octets_bits_and_digits_stand_as_the_map_says() {
        let map = ModbusProfile::default();
        let wide = |kind, length| RegisterPlace { length, maximum: None, ..place(kind, 1.0) };
        let swapped = RegisterPlace { octet_order: Some(OctetOrder::Swapped), ..wide(RegisterType::U32, None) };
        assert_eq!(value(&swapped, &map, &[0x3412, 0x7856]), Ok(Value::Integer(0x1234_5678)));
        let both = RegisterPlace { word_order: Some(WordOrder::Swapped), ..swapped.clone() };
        assert_eq!(value(&both, &map, &[0x7856, 0x3412]), Ok(Value::Integer(0x1234_5678)));
        assert_eq!(registers(&both, &map, 305_419_896.0).unwrap(), [0x7856, 0x3412]);
        let bcd = RegisterPlace { scale: 0.01, ..wide(RegisterType::Bcd, Some(2)) };
        assert_eq!(value(&bcd, &map, &[0x0012, 0x3456]), Ok(Value::Real(1_234.56)));
        assert!(matches!(value(&bcd, &map, &[0x0012, 0x345A]), Err(Unusable::OutOfRange(..))));
        assert_eq!(
            value(&wide(RegisterType::Hex, Some(2)), &map, &[0x0012, 0x89AB]),
            Ok(Value::Text("001289AB".into()))
        );
        let low_first = RegisterPlace { word_order: Some(WordOrder::Swapped), ..wide(RegisterType::Digits, Some(2)) };
        assert_eq!(value(&low_first, &map, &[3_456, 12]), Ok(Value::Text("00123456".into())));
        let bit = RegisterPlace { bit: Some(3), ..wide(RegisterType::Bit, None) };
        assert_eq!(value(&bit, &map, &[0b1000]), Ok(Value::Boolean(true)));
        assert_eq!(value(&bit, &map, &[0b0111]), Ok(Value::Boolean(false)));
        let part = RegisterPlace { bits: Some([4, 7]), ..wide(RegisterType::U16, None) };
        assert_eq!(value(&part, &map, &[0xABCD]), Ok(Value::Integer(0xC)));
        assert!(registers(&part, &map, 1.0).is_err() && registers(&bit, &map, 1.0).is_err());
        let none = RegisterPlace { absent: vec![RawNumber(0xFFFF_FFFF)], ..wide(RegisterType::Hex, Some(2)) };
        assert_eq!(value(&none, &map, &[0xFFFF, 0xFFFF]), Err(Unusable::Absent));
        assert_eq!(field(u64::MAX, [0, 63]), u64::MAX);
    }

    #[test]
    fn what_is_not_available_is_told_by_its_raw_number() {
        let map = ModbusProfile::default();
        let with = |kind, absent: &[i128]| {
            let absent = absent.iter().copied().map(RawNumber).collect();
            RegisterPlace { absent, maximum: None, ..place(kind, 0.1) }
        };
        for (kind, absent, registers) in [
            (RegisterType::U32, 0xFFFF_FFFF, &[0xFFFF, 0xFFFF][..]),
            (RegisterType::U32, -1, &[0xFFFF, 0xFFFF]),
            (RegisterType::I32, 0x7FFF_FFFF, &[0x7FFF, 0xFFFF]),
            (RegisterType::I16, -32_768, &[0x8000]),
            (RegisterType::I16, 0x8000, &[0x8000]),
            (RegisterType::U64, -1, &[0xFFFF; 4]),
            (RegisterType::U64, i128::from(u64::MAX), &[0xFFFF; 4]),
            (RegisterType::F32, 0x7F7F_FFFF, &[0x7F7F, 0xFFFF]),
        ] {
            assert_eq!(value(&with(kind, &[absent]), &map, registers), Err(Unusable::Absent), "{kind:?}");
            assert_ne!(value(&with(kind, &[]), &map, registers), Err(Unusable::Absent), "{kind:?}");
        }
    }

    #[test]
    fn whole_numbers_of_64_bits_are_exact() {
        let place = RegisterPlace { maximum: None, ..place(RegisterType::U64, 1.0) };
        let found = value(&place, &ModbusProfile::default(), &[0x0020, 0, 0, 1]);
        assert_eq!(found, Ok(Value::Integer(9_007_199_254_740_993)));
    }

    #[test]
    fn what_does_not_fit_is_not_written() {
        let map = ModbusProfile::default();
        assert_eq!(registers(&place(RegisterType::U16, 0.1), &map, 230.1).unwrap(), [2_301]);
        assert_eq!(registers(&place(RegisterType::F32, 1.0), &map, 5.0).unwrap(), [0x40A0, 0]);
        for (kind, number) in [(RegisterType::U16, 1.5), (RegisterType::U16, 700.0), (RegisterType::I16, f64::NAN)] {
            assert!(registers(&place(kind, 1.0), &map, number).is_err(), "{kind:?} {number}");
        }
    }
}
