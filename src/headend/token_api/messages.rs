//! What goes over the line: structs of the interface by their field numbers. Fields that are not known are skipped.

use thrift::protocol::{TFieldIdentifier, TInputProtocol, TOutputProtocol, TStructIdentifier, TType};

/// A meter and the key it is on, as the server wants it (`MeterConfigIn`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterConfig {
    /// Meter number, 11 or 13 digits.
    pub drn: String,
    /// Encryption algorithm, 7 or 11.
    pub ea: i16,
    /// Token carrier technology; 2 is a keypad.
    pub tct: i16,
    /// Supply group code.
    pub sgc: i32,
    /// Key revision.
    pub krn: i16,
    /// Tariff index.
    pub ti: i16,
    /// Key expiry number.
    pub ken: i16,
    /// Whether the meter takes sets of three.
    pub three_tokens: bool,
}

/// The key that a key change leads to (`MeterConfigAmendment`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amendment {
    /// Supply group code.
    pub sgc: i32,
    /// Key revision.
    pub krn: i16,
    /// Tariff index.
    pub ti: i16,
}

/// Where a set leads, as the server says (`MeterConfigAdvice`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// Supply group code.
    pub sgc: Option<i32>,
    /// Key revision.
    pub krn: Option<i16>,
    /// Tariff index.
    pub ti: Option<i16>,
    /// Whether the set carries the roll-over bit.
    pub rollover: Option<bool>,
}

/// A token as it was issued or verified (`Token`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IssuedToken {
    /// Meter number.
    pub drn: Option<String>,
    /// Encryption algorithm.
    pub ea: Option<i16>,
    /// Supply group of the key it is under.
    pub sgc: Option<i32>,
    /// Key revision of that key.
    pub krn: Option<i16>,
    /// Tariff index of that key.
    pub ti: Option<i16>,
    /// Class.
    pub class: Option<i16>,
    /// Subclass.
    pub subclass: Option<i16>,
    /// Token identifier.
    pub tid: Option<i32>,
    /// Amount as people read it, and its unit.
    pub amount: Option<String>,
    /// Unit of the amount.
    pub unit: Option<String>,
    /// The server's description.
    pub description: Option<String>,
    /// The 20 digits.
    pub digits: Option<String>,
    /// Where a key change leads.
    pub advice: Option<Advice>,
}

/// What the server says of a token (`VerifyResult`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VerifyResult {
    /// `EVerify.Ok`, `EVerify.Crc`, …
    pub result: Option<String>,
    /// The token, when it reads.
    pub token: Option<IssuedToken>,
    /// A class 1 token: class and subclass and description alone.
    pub test: Option<IssuedToken>,
}

/// The server's no (`ApiException`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiFault {
    /// Its code, such as `EKeystore.NotFound`.
    pub code: String,
    /// In words.
    pub message: String,
}

/// Writes one field.
pub fn field<P: TOutputProtocol>(
    out: &mut P,
    kind: TType,
    id: i16,
    write: impl FnOnce(&mut P) -> thrift::Result<()>,
) -> thrift::Result<()> {
    out.write_field_begin(&TFieldIdentifier::new("", kind, id))?;
    write(out)?;
    out.write_field_end()
}

/// Writes a text field.
pub fn text<P: TOutputProtocol>(out: &mut P, id: i16, value: &str) -> thrift::Result<()> {
    field(out, TType::String, id, |out| out.write_string(value))
}

/// Writes a number field of 16 bits.
pub fn short<P: TOutputProtocol>(out: &mut P, id: i16, value: i16) -> thrift::Result<()> {
    field(out, TType::I16, id, |out| out.write_i16(value))
}

/// Writes a number field of 32 bits.
pub fn int<P: TOutputProtocol>(out: &mut P, id: i16, value: i32) -> thrift::Result<()> {
    field(out, TType::I32, id, |out| out.write_i32(value))
}

/// Writes a number field of 64 bits.
pub fn long<P: TOutputProtocol>(out: &mut P, id: i16, value: i64) -> thrift::Result<()> {
    field(out, TType::I64, id, |out| out.write_i64(value))
}

/// Writes a struct as a field.
pub fn structure<P: TOutputProtocol>(
    out: &mut P,
    id: i16,
    write: impl FnOnce(&mut P) -> thrift::Result<()>,
) -> thrift::Result<()> {
    field(out, TType::Struct, id, |out| whole(out, write))
}

/// Writes a struct.
pub fn whole<P: TOutputProtocol>(out: &mut P, write: impl FnOnce(&mut P) -> thrift::Result<()>) -> thrift::Result<()> {
    out.write_struct_begin(&TStructIdentifier::new(""))?;
    write(out)?;
    out.write_field_stop()?;
    out.write_struct_end()
}

impl MeterConfig {
    /// Its fields.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write<P: TOutputProtocol>(&self, out: &mut P) -> thrift::Result<()> {
        text(out, 1, &self.drn)?;
        short(out, 2, self.ea)?;
        short(out, 3, self.tct)?;
        int(out, 10, self.sgc)?;
        short(out, 11, self.krn)?;
        short(out, 12, self.ti)?;
        short(out, 30, self.ken)?;
        field(out, TType::Bool, 32, |out| out.write_bool(self.three_tokens))
    }
}

impl Amendment {
    /// Its fields.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write<P: TOutputProtocol>(&self, out: &mut P) -> thrift::Result<()> {
        int(out, 1, self.sgc)?;
        short(out, 2, self.krn)?;
        short(out, 3, self.ti)
    }
}

/// Reads a struct field by field; `take` reads the fields it knows and says so, the others are skipped.
///
/// # Errors
/// A form that is no struct.
pub fn read_fields<P: TInputProtocol>(
    input: &mut P,
    mut take: impl FnMut(&mut P, i16, TType) -> thrift::Result<bool>,
) -> thrift::Result<()> {
    input.read_struct_begin()?;
    loop {
        let found = input.read_field_begin()?;
        let Some(id) = found.id.filter(|_| found.field_type != TType::Stop) else { break };
        if !take(input, id, found.field_type)? {
            input.skip(found.field_type)?;
        }
        input.read_field_end()?;
    }
    input.read_struct_end()
}

impl ApiFault {
    /// Reads one.
    ///
    /// # Errors
    /// A form that is none.
    pub fn read<P: TInputProtocol>(input: &mut P) -> thrift::Result<Self> {
        let mut fault = ApiFault::default();
        read_fields(input, |input, id, kind| {
            match (id, kind) {
                (1, TType::String) => fault.code = input.read_string()?,
                (2, TType::String) => fault.message = input.read_string()?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(fault)
    }
}

impl Advice {
    fn read<P: TInputProtocol>(input: &mut P) -> thrift::Result<Self> {
        let mut advice = Advice::default();
        read_fields(input, |input, id, kind| {
            match (id, kind) {
                (1, TType::I32) => advice.sgc = Some(input.read_i32()?),
                (2, TType::I16) => advice.krn = Some(input.read_i16()?),
                (3, TType::I16) => advice.ti = Some(input.read_i16()?),
                (20, TType::Bool) => advice.rollover = Some(input.read_bool()?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(advice)
    }
}

impl IssuedToken {
    /// Reads one (`Token`).
    ///
    /// # Errors
    /// A form that is none.
    pub fn read<P: TInputProtocol>(input: &mut P) -> thrift::Result<Self> {
        let mut token = IssuedToken::default();
        read_fields(input, |input, id, kind| {
            match (id, kind) {
                (1, TType::String) => token.drn = Some(input.read_string()?),
                (3, TType::I16) => token.ea = Some(input.read_i16()?),
                (5, TType::I32) => token.sgc = Some(input.read_i32()?),
                (6, TType::I16) => token.krn = Some(input.read_i16()?),
                (7, TType::I16) => token.ti = Some(input.read_i16()?),
                (10, TType::I16) => token.class = Some(input.read_i16()?),
                (11, TType::I16) => token.subclass = Some(input.read_i16()?),
                (12, TType::I32) => token.tid = Some(input.read_i32()?),
                (15, TType::Struct) => token.advice = Some(Advice::read(input)?),
                (20, TType::String) => token.description = Some(input.read_string()?),
                (22, TType::String) => token.amount = Some(input.read_string()?),
                (23, TType::String) => token.unit = Some(input.read_string()?),
                (30, TType::String) => token.digits = Some(input.read_string()?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(token)
    }

    /// Reads a class 1 token (`MeterTestToken`), whose digits stand in the same place.
    ///
    /// # Errors
    /// A form that is none.
    pub fn read_test<P: TInputProtocol>(input: &mut P) -> thrift::Result<Self> {
        let mut token = IssuedToken::default();
        read_fields(input, |input, id, kind| {
            match (id, kind) {
                (10, TType::I16) => token.class = Some(input.read_i16()?),
                (11, TType::I16) => token.subclass = Some(input.read_i16()?),
                (20, TType::String) => token.description = Some(input.read_string()?),
                (30, TType::String) => token.digits = Some(input.read_string()?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(token)
    }

    /// Reads a list of tokens.
    ///
    /// # Errors
    /// A form that is none.
    pub fn read_list<P: TInputProtocol>(input: &mut P) -> thrift::Result<Vec<Self>> {
        let list = input.read_list_begin()?;
        if list.element_type != TType::Struct {
            return Err(thrift::Error::from("a list of something else than tokens"));
        }
        let tokens = (0..list.size).map(|_| IssuedToken::read(input)).collect::<thrift::Result<_>>()?;
        input.read_list_end()?;
        Ok(tokens)
    }
}

impl VerifyResult {
    /// Reads one.
    ///
    /// # Errors
    /// A form that is none.
    pub fn read<P: TInputProtocol>(input: &mut P) -> thrift::Result<Self> {
        let mut verified = VerifyResult::default();
        read_fields(input, |input, id, kind| {
            match (id, kind) {
                (1, TType::String) => verified.result = Some(input.read_string()?),
                (2, TType::Struct) => verified.token = Some(IssuedToken::read(input)?),
                (3, TType::Struct) => verified.test = Some(IssuedToken::read_test(input)?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(verified)
    }
}
