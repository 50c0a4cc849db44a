use super::*;

fn keys() -> SuiteKeys {
    SuiteKeys {
        suite: Suite::Zero,
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
        let control = SecurityControl::from_octet(protection.security_control(Suite::Zero)).unwrap();
        assert_eq!(control, SecurityControl { suite: Suite::Zero, protection, broadcast: false });
        assert_eq!(unprotect(&keys(), control, title(), 7, &sealed).unwrap(), PLAIN);
        if protection == Protection::Encryption {
            assert_eq!(sealed.len(), PLAIN.len());
            continue;
        }
        assert_eq!(unprotect(&keys(), control, title(), 8, &sealed), Err(CipherFault::Tag));
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(unprotect(&keys(), control, title(), 7, &changed), Err(CipherFault::Tag));
        }
        assert_eq!(unprotect(&keys(), control, title(), 7, &sealed[..11]), Err(CipherFault::TooShort));
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
    for (wrapping, key, first) in [
        (Wrapping::ServiceSpecific, KeyKind::Global, 0xC8),
        (Wrapping::General, KeyKind::Global, 0xDB),
        (Wrapping::ServiceSpecific, KeyKind::Dedicated, 0xD0),
        (Wrapping::General, KeyKind::Dedicated, 0xDC),
    ] {
        let tag = Envelope::tag_for(wrapping, key, 0xC0);
        let content = [9; 200];
        let envelope = Envelope { tag, title: Some(title()), security_control: 0x30, counter: 1000, content: &content };
        let bytes = envelope.to_bytes();
        assert_eq!(bytes[0], first);
        assert!(bytes.len() <= 200 + Envelope::OVERHEAD);
        let envelope = Envelope::from_bytes(&bytes).unwrap();
        assert_eq!((envelope.security_control, envelope.counter, envelope.content), (0x30, 1000, &content[..]));
        assert_eq!(envelope.key(), key);
        assert_eq!(envelope.title.is_some(), wrapping == Wrapping::General);
        for length in 0..bytes.len() {
            assert!(Envelope::from_bytes(&bytes[..length]).is_err());
        }
    }
}

/// RFC 6979, appendices A.2.5 and A.2.6: the keys, and the signatures over "sample" with SHA-256 and SHA-384.
#[test]
fn signatures_are_those_of_the_published_examples() {
    for (suite, private, public, signature) in [
        (
            Suite::One,
            "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
            "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6\
             7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716\
             F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        ),
        (
            Suite::Two,
            "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D8\
             96D5724E4C70A825F872C9EA60D2EDF5",
            "EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64\
             DEF8F0EA9055866064A254515480BC13\
             8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1\
             288B231C3AE0D4FE7344FD2533264720",
            "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C\
             81A648152E44ACF96E36DD1E80FABE46\
             99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94F\
             A329C145786E679E7B82C71A38628AC8",
        ),
    ] {
        let octets = |text: &str| crate::hex::decode(text).unwrap();
        let private = PrivateKey::from_octets(suite, &octets(private)).unwrap();
        assert_eq!(private.public().to_octets(), octets(public));
        assert_eq!(private.sign(b"sample"), octets(signature));
        let public = PublicKey::from_octets(suite, &octets(public)).unwrap();
        assert!(public.verifies(b"sample", &octets(signature)) && !public.verifies(b"Sample", &octets(signature)));
        assert_eq!(PublicKey::from_octets(suite, &[4; 65]), None);
        assert!(PrivateKey::from_octets(suite, &[0; 32]).is_none());
    }
}

#[test]
fn secrets_are_not_printed() {
    let text = format!("{:?} {:?}", keys(), Password::new(*b"12345678"));
    assert!(!text.contains("208") && !text.contains("1234") && text.contains("[redacted]"));
    assert!("544543483030303".parse::<SystemTitle>().is_err());
}
