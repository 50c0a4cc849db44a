use super::*;

fn keys() -> SuiteKeys {
    SuiteKeys {
        encryption: SecretKey::new(std::array::from_fn(|n| n as u8)),
        authentication: SecretKey::new(std::array::from_fn(|n| 0xD0 + n as u8)),
    }
}

const PLAIN: [u8; 13] = [0xC0, 1, 0xC1, 0, 1, 0, 0, 0x2A, 0, 0, 0xFF, 2, 0];

fn title() -> SystemTitle {
    "5445434830303031".parse().unwrap()
}

#[test]
fn ciphertext_and_gmac_agree_with_an_independent_program() {
    let sealed = protect(&keys(), Protection::AuthenticatedEncryption, title(), 1000, &PLAIN);
    let expected = [
        0x66, 0xb7, 0x94, 0x80, 0x12, 0x75, 0x71, 0xa0, 0x50, 0x2c, 0xcc, 0x71, 0xda, 0xad, 0x1f, 0x21, 0xea, 0x51,
        0x78, 0x0f, 0x63, 0xdd, 0xe1, 0x8c, 0x4d,
    ];
    assert_eq!(sealed, expected);
    let tag = gmac(&keys(), title(), 1000, b"challenge1234567");
    assert_eq!(tag, [0x1d, 0xef, 0x45, 0x32, 0x27, 0xfa, 0x4f, 0xa0, 0x43, 0x86, 0x21, 0x3c]);
    assert!(gmac_matches(&keys(), title(), 1000, b"challenge1234567", &tag));
    assert!(!gmac_matches(&keys(), title(), 1001, b"challenge1234567", &tag));
}

#[test]
fn every_protection_opens_again_and_notices_changes() {
    for protection in [Protection::Authentication, Protection::Encryption, Protection::AuthenticatedEncryption] {
        let sealed = protect(&keys(), protection, title(), 7, &PLAIN);
        assert_eq!(Protection::from_security_control(protection.security_control()), Some(protection));
        assert_eq!(unprotect(&keys(), protection, title(), 7, &sealed).unwrap(), PLAIN);
        if protection == Protection::Encryption {
            assert_eq!(sealed.len(), PLAIN.len());
            continue;
        }
        assert_eq!(unprotect(&keys(), protection, title(), 8, &sealed), Err(CipherFault::Tag));
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(unprotect(&keys(), protection, title(), 7, &changed), Err(CipherFault::Tag));
        }
        assert_eq!(unprotect(&keys(), protection, title(), 7, &sealed[..11]), Err(CipherFault::TooShort));
    }
}

#[test]
fn encryption_alone_uses_the_same_key_stream() {
    let both = protect(&keys(), Protection::AuthenticatedEncryption, title(), 1000, &PLAIN);
    let one = protect(&keys(), Protection::Encryption, title(), 1000, &PLAIN);
    assert_eq!(one, both[..PLAIN.len()]);
}

#[test]
fn envelopes_round_trip() {
    for (wrapping, first) in [(Wrapping::ServiceSpecific, 0xC8), (Wrapping::GeneralGlo, 0xDB)] {
        let bytes = Envelope::build(wrapping, 0xC0, title(), 0x30, 1000, &[9; 200]);
        assert_eq!(bytes[0], first);
        assert!(bytes.len() <= 200 + Envelope::OVERHEAD);
        let envelope = Envelope::from_bytes(&bytes).unwrap();
        assert_eq!((envelope.security_control, envelope.counter, envelope.content), (0x30, 1000, &[9; 200][..]));
        assert_eq!(envelope.title.is_some(), wrapping == Wrapping::GeneralGlo);
        for length in 0..bytes.len() {
            assert!(Envelope::from_bytes(&bytes[..length]).is_err());
        }
    }
}

#[test]
fn secrets_are_not_printed() {
    let text = format!("{:?} {:?}", keys(), Password::new(*b"12345678"));
    assert!(!text.contains("208") && !text.contains("1234") && text.contains("[redacted]"));
    assert!("544543483030303".parse::<SystemTitle>().is_err());
}
