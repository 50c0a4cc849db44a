//! From a vending key to the key of one meter: PANBlock, CONTROLBlock, DKGA02 and DKGA04
//! (IEC 62055-41 clauses 6.5.3.1 to 6.5.3.6).

use std::fmt;

use zeroize::Zeroizing;

use super::cipher::search_des::SearchDes;
use super::identifiers::{Iin, Pan};
use super::key::{DecoderKey, MacSchedule, VendingKey, VendingSecret, des_encrypt};
use super::parameters::{BaseDate, EncryptionAlgorithm, KeyRevisionNumber, KeyType, SupplyGroupCode, TariffIndex};

/// PANBlock: 16 decimal digits, read as hexadecimal. The last 5 digits of IIN 600727 and the 11-digit DRN, or the
/// last 3 of IIN 0000 and the 13-digit DRN; for key type 3 the DRN digits are zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PanBlock(pub u64);

impl PanBlock {
    /// The block of a meter under a key type.
    pub const fn new(pan: Pan, key_type: KeyType) -> Self {
        let drn = match key_type {
            KeyType::Common => 0,
            _ => as_hex_digits(pan.drn().number()),
        };
        let issuer = match pan.iin() {
            Iin::N600727 => 0x00727 << 44,
            Iin::N0000 => 0,
        };
        PanBlock(issuer | drn)
    }
}

/// CONTROLBlock: KT (1 digit), SGC (6), TI (2), KRN (1) and FFFFFF, as 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlBlock(pub u64);

impl ControlBlock {
    /// The block of a set of key parameters. The tariff index stands as two decimal digits.
    pub const fn new(kt: KeyType, sgc: SupplyGroupCode, ti: TariffIndex, krn: KeyRevisionNumber) -> Self {
        ControlBlock(
            (kt.number() as u64) << 60
                | as_hex_digits(sgc.number() as u64) << 36
                | Self::tariff_digits(ti)
                | (krn.number() as u64) << 24
                | 0xFF_FFFF,
        )
    }

    /// The digits of a tariff index in their place.
    const fn tariff_digits(ti: TariffIndex) -> u64 {
        as_hex_digits(ti.number() as u64) << 28
    }
}

impl fmt::Display for PanBlock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016X}", self.0)
    }
}

impl fmt::Display for ControlBlock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016X}", self.0)
    }
}

/// Decimal digits of a number put into the nibbles of another.
const fn as_hex_digits(mut number: u64) -> u64 {
    let mut digits = 0;
    let mut shift = 0;
    while number > 0 {
        digits |= (number % 10) << shift;
        number /= 10;
        shift += 4;
    }
    digits
}

impl VendingKey {
    /// The decoder key of a meter on a tariff index.
    pub fn decoder_key(&self, pan: Pan, ti: TariffIndex) -> DecoderKey {
        Derivation::new(self, pan).key(ti)
    }

    /// The decoder keys of a meter on every tariff index, from 00 to 99. What does not depend on the index is worked out
    /// once.
    pub fn decoder_keys(&self, pan: Pan) -> impl Iterator<Item = DecoderKey> {
        let mut derivation = Derivation::new(self, pan);
        if let Derivation::Des { key, des: des @ DesSchedule::Single(_), .. } = &mut derivation {
            *des = DesSchedule::Own(SearchDes::new(**key));
        }
        TariffIndex::all().map(move |ti| derivation.key(ti))
    }
}

/// DES under a vending key.
enum DesSchedule<'k> {
    /// For a key at a time.
    Single(&'k des::Des),
    /// For many, kept with the vending key.
    Kept(&'k SearchDes),
    /// For many, made for this derivation.
    Own(SearchDes),
}

impl DesSchedule<'_> {
    fn encrypt(&self, block: u64) -> u64 {
        match self {
            DesSchedule::Single(cipher) => des_encrypt(cipher, block),
            DesSchedule::Kept(schedule) => schedule.encrypt(block),
            DesSchedule::Own(schedule) => schedule.encrypt(block),
        }
    }
}

/// The making of one meter's keys, ready but for the tariff index.
enum Derivation<'k> {
    /// DKGA02. X = PANBlock xor CONTROLBlock; the key is DES(X) xor X xor vending key. Sources differ on whether the
    /// last xor takes the vending key as given or with odd parity; only odd-parity keys are let in.
    Des {
        key: &'k u64,
        des: DesSchedule<'k>,
        /// X on tariff index 00.
        x: u64,
    },
    /// DKGA04.
    Hmac { mac: &'k MacSchedule, message: Dkga04Message, output: Zeroizing<[u8; 32]>, ea: EncryptionAlgorithm },
}

impl<'k> Derivation<'k> {
    fn new(vending: &'k VendingKey, pan: Pan) -> Self {
        let id = vending.id();
        let first = TariffIndex::ZERO;
        // A common key serves every meter of the issuer, so nothing of the DRN may enter it, under either algorithm.
        let pan = if id.kt == KeyType::Common { pan.of_common_key() } else { pan };
        match vending.secret() {
            VendingSecret::Des { key, cipher, search } => {
                let des = search.as_ref().map_or(DesSchedule::Single(cipher), DesSchedule::Kept);
                let x = PanBlock::new(pan, id.kt).0 ^ ControlBlock::new(id.kt, id.sgc, first, id.krn).0;
                Derivation::Des { key, des, x }
            }
            VendingSecret::Hmac(mac) => {
                let message = Dkga04Message::new(pan, first, id.sgc, id.kt, id.krn, id.ea, id.base_date);
                Derivation::Hmac { mac, message, output: Zeroizing::default(), ea: id.ea }
            }
        }
    }

    fn key(&mut self, ti: TariffIndex) -> DecoderKey {
        match self {
            Derivation::Des { key, des, x } => {
                let x = *x ^ ControlBlock::tariff_digits(ti);
                DecoderKey::sta(des.encrypt(x) ^ x ^ **key)
            }
            Derivation::Hmac { mac, message, output, ea } => {
                message.set_tariff(ti);
                mac.sign(&message.0, output);
                let leftmost = u128::from_be_bytes(*output.first_chunk::<16>().unwrap_or(&[0; 16]));
                match ea {
                    EncryptionAlgorithm::Ea11 => DecoderKey::misty1(leftmost),
                    EncryptionAlgorithm::Ea07 | EncryptionAlgorithm::Ea09 => DecoderKey::sta((leftmost >> 64) as u64),
                }
            }
        }
    }
}

/// Input of DKGA04: the key derivation of NIST SP 800-108 in feedback mode with one block, HMAC-SHA-256 as its
/// function. Items are preceded by their length, groups of items by their count.
///
/// The count octets (04 before label and context) are in one of the two public descriptions and not in the other;
/// the vectors said to be of the STS Association's compliance test are made with them, so they are here.
struct Dkga04Message([u8; Dkga04Message::LENGTH]);

impl Dkga04Message {
    const LENGTH: usize = 49;

    /// Where the two digits of the tariff index stand.
    const TARIFF_AT: usize = 11;

    fn new(
        pan: Pan,
        ti: TariffIndex,
        sgc: SupplyGroupCode,
        kt: KeyType,
        krn: KeyRevisionNumber,
        ea: EncryptionAlgorithm,
        base_date: BaseDate,
    ) -> Self {
        let mut writer = Writer { bytes: [0; Self::LENGTH], at: 0 };
        writer.put(&[4, 2]);
        writer.put(b"04");
        writer.put(&[2]);
        writer.put(base_date.two_digits().as_bytes());
        writer.put(&[2]);
        writer.put(ea.code().as_bytes());
        writer.put(&[2]);
        writer.put_decimal(u64::from(ti.number()), 2);
        writer.put(&[0, 4, 6]);
        writer.put_decimal(u64::from(sgc.number()), 6);
        writer.put(&[1]);
        writer.put_decimal(u64::from(kt.number()), 1);
        writer.put(&[1]);
        writer.put_decimal(u64::from(krn.number()), 1);
        writer.put(&[18]);
        writer.put_decimal(pan.body(), 17);
        writer.put_decimal(u64::from(pan.check_digit()), 1);
        let bits: u32 = if ea == EncryptionAlgorithm::Ea11 { 128 } else { 64 };
        writer.put(&bits.to_be_bytes());
        Dkga04Message(writer.bytes)
    }

    fn set_tariff(&mut self, ti: TariffIndex) {
        let digits = [b'0' + ti.number() / 10, b'0' + ti.number() % 10];
        if let Some(place) = self.0.get_mut(Self::TARIFF_AT..Self::TARIFF_AT + 2) {
            place.copy_from_slice(&digits);
        }
    }
}

struct Writer {
    bytes: [u8; Dkga04Message::LENGTH],
    at: usize,
}

impl Writer {
    fn put(&mut self, bytes: &[u8]) {
        let places = self.bytes.iter_mut().skip(self.at);
        places.zip(bytes).for_each(|(place, byte)| *place = *byte);
        self.at += bytes.len();
    }

    fn put_decimal(&mut self, mut number: u64, width: usize) {
        let places = self.bytes.iter_mut().skip(self.at).take(width);
        for place in places.rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.at += width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sts::VendingKeyId;

    #[test]
    fn blocks_of_the_standard() {
        let pan = |drn: &str| Pan::of(drn.parse().unwrap());
        assert_eq!(PanBlock::new(pan("12345678903"), KeyType::Unique).to_string(), "0072712345678903");
        assert_eq!(PanBlock::new(pan("0100000000008"), KeyType::Unique).to_string(), "0000100000000008");
        assert_eq!(PanBlock::new(pan("47500123451"), KeyType::Common).to_string(), "0072700000000000");
        let control =
            ControlBlock::new(KeyType::Default, "123456".parse().unwrap(), "01".parse().unwrap(), "1".parse().unwrap());
        assert_eq!(control.to_string(), "1123456011FFFFFF");
    }

    #[test]
    fn a_common_key_is_the_same_for_every_meter() {
        let ti = "01".parse().unwrap();
        for (dkga, secret) in [("02", "0123456789abcdef"), ("04", "000102030405060708090a0b0c0d0e0f10111213")] {
            let id = VendingKeyId {
                sgc: "100200".parse().unwrap(),
                krn: "1".parse().unwrap(),
                kt: KeyType::Common,
                dkga: dkga.parse().unwrap(),
                ea: EncryptionAlgorithm::Ea07,
                base_date: BaseDate::Base1993,
                ken: "255".parse().unwrap(),
            };
            let key = VendingKey::from_hex(id, secret).unwrap();
            let of = |drn: &str| key.decoder_key(Pan::of(drn.parse().unwrap()), ti).reveal();
            assert_eq!(of("01234567897"), of("12345678903"), "DKGA{dkga}");
        }
    }

    #[test]
    fn message_has_its_framing() {
        let mut message = Dkga04Message::new(
            "600727012345678977".parse().unwrap(),
            "00".parse().unwrap(),
            "100200".parse().unwrap(),
            KeyType::Unique,
            "2".parse().unwrap(),
            EncryptionAlgorithm::Ea11,
            BaseDate::Base2014,
        );
        message.set_tariff("42".parse().unwrap());
        let mut expected = b"\x04\x0204\x0214\x0211\x0242\x00\x04\x06100200\x012\x012\x12600727012345678977".to_vec();
        expected.extend([0, 0, 0, 128]);
        assert_eq!(message.0.to_vec(), expected);
    }
}
