use super::*;
use crate::protocol::dlms::DecodeError;

fn every_kind() -> Data {
    Data::Structure(vec![
        Data::Null,
        Data::Array(vec![Data::UInt8(1), Data::UInt8(2)]),
        Data::Boolean(true),
        Data::BitString(BitString::from_bits(&[true, false, true, true, false, false, false, false, true])),
        Data::Int32(-5),
        Data::UInt32(u32::MAX),
        Data::OctetString(vec![0; 200]),
        Data::VisibleString(b"ELECTRICITY".to_vec()),
        Data::Utf8String("Zähler".as_bytes().to_vec()),
        Data::Bcd(0x42),
        Data::Int8(-1),
        Data::Int16(i16::MIN),
        Data::UInt8(255),
        Data::UInt16(65535),
        Data::CompactArray {
            description: TypeDescription::Structure(vec![
                TypeDescription::Simple(18),
                TypeDescription::Simple(9),
                TypeDescription::Array(2, Box::new(TypeDescription::Simple(15))),
            ]),
            rows: (0..3)
                .map(|n| {
                    Data::Structure(vec![
                        Data::UInt16(n),
                        Data::OctetString(b"row".to_vec()),
                        Data::Array(vec![Data::Int8(-1), Data::Int8(1)]),
                    ])
                })
                .collect(),
        },
        Data::Int64(i64::MIN),
        Data::UInt64(u64::MAX),
        Data::Enum(30),
        Data::Float32(1.5),
        Data::Float64(-2.25),
        Data::DateTime([7, 0xE8, 1, 1, 0xFF, 0, 0, 0, 0, 0x80, 0, 0]),
        Data::Date([7, 0xE8, 1, 1, 0xFF]),
        Data::Time([12, 0, 0, 0]),
        Data::DontCare,
    ])
}

#[test]
fn every_type_round_trips() {
    let data = every_kind();
    assert_eq!(Data::from_bytes(&data.to_bytes()).unwrap(), data);
}

#[test]
fn every_shortening_is_an_error() {
    let bytes = every_kind().to_bytes();
    for length in 0..bytes.len() {
        assert!(Data::from_bytes(&bytes[..length]).is_err(), "{length}");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(matches!(Data::from_bytes(&longer), Err(DecodeError::Trailing { count: 1, .. })));
}

#[test]
fn depth_and_number_are_limited() {
    let deep = [2u8, 1].repeat(40);
    assert!(matches!(Data::from_bytes(&deep), Err(DecodeError::TooDeep { .. })));
    assert!(Data::from_bytes(&[1, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0]).is_err());
    // A compact array of 65535 × 65535 nulls, then of one octet a row behind so many nulls.
    let nulls = [19, 1, 0xFF, 0xFF, 1, 0xFF, 0xFF, 0, 1, 0];
    assert!(matches!(Data::from_bytes(&nulls), Err(DecodeError::TooMany { .. })));
    let empty_rows = [19, 0, 1, 0];
    assert!(matches!(Data::from_bytes(&empty_rows), Err(DecodeError::TooMany { .. })));
}

#[test]
fn random_octets_are_read_or_refused() {
    let mut random = fastrand::Rng::with_seed(3);
    let tags = [0u8, 1, 2, 3, 4, 5, 9, 10, 19, 22, 255];
    for _ in 0..20_000 {
        let bytes: Vec<u8> = (0..random.usize(0..60))
            .map(|_| if random.bool() { tags[random.usize(..tags.len())] } else { random.u8(..) })
            .collect();
        if let Ok(data) = Data::from_bytes(&bytes) {
            assert_eq!(Data::from_bytes(&data.to_bytes()).map(|d| d.to_bytes()), Ok(data.to_bytes()));
        }
    }
}

#[test]
fn bits_are_counted_from_the_first_on_the_line() {
    let Data::BitString(bits) = Data::from_bytes(&[4, 9, 0b1010_0000, 0xFF]).unwrap() else { panic!() };
    assert_eq!(bits.to_string(), "101000001");
    assert_eq!((bits.get(0), bits.get(1), bits.get(8), bits.get(9)), (Some(true), Some(false), Some(true), None));
    assert_eq!(bits.to_u64(), Some(0b1_0100_0001));
}

#[test]
fn nulls_of_a_profile_mean_the_row_before() {
    let row = |time: Data, value: Data| Data::Structure(vec![time, value]);
    let mut rows =
        vec![row(Data::UInt8(1), Data::UInt8(9)), row(Data::Null, Data::UInt8(8)), row(Data::Null, Data::Null)];
    fill_repeated(&mut rows);
    assert_eq!(rows[2], row(Data::UInt8(1), Data::UInt8(8)));
}
