use super::samples::{BY_PASSPHRASE, FOR_TWO, IDENTITY, OTHER_IDENTITY, PASSPHRASE, PLAIN, PUBLIC_KEY};
use super::*;

const WORK_FACTOR: u8 = 4;

fn identities(text: &str) -> Vec<Identity> {
    Identity::parse_file(text).unwrap()
}

fn read(file: &[u8]) -> Locked {
    Locked::read(file).unwrap()
}

fn binary() -> Vec<u8> {
    armor::decode(FOR_TWO.as_bytes()).unwrap()
}

#[test]
fn files_of_the_age_program_open_for_each_recipient() {
    for identity in [IDENTITY, OTHER_IDENTITY] {
        for file in [FOR_TWO.as_bytes(), &binary(), FOR_TWO.replace('\n', "\r\n").as_bytes()] {
            let locked = read(file);
            assert!(!locked.by_passphrase());
            assert_eq!(locked.open_by_identity(&identities(identity)).unwrap().as_slice(), PLAIN);
        }
    }
}

#[test]
fn a_passphrase_file_of_the_age_program_opens_by_its_passphrase_only() {
    let locked = read(BY_PASSPHRASE.as_bytes());
    assert!(locked.by_passphrase());
    assert_eq!(locked.open_by_passphrase(PASSPHRASE, 18).unwrap().as_slice(), PLAIN);
    assert_eq!(locked.open_by_passphrase("else", 18).unwrap_err(), AgeError::NoMatch("the passphrase"));
    let refused = locked.open_by_passphrase(PASSPHRASE, 17).unwrap_err();
    assert_eq!(refused, AgeError::ExcessiveWork { required: 18, limit: 17 });
}

#[test]
fn content_of_every_length_around_a_chunk_comes_back() {
    let key = [PUBLIC_KEY.parse().unwrap()];
    for length in [0, 1, 47, 48, 49, 65_535, 65_536, 65_537, 131_072, 131_073] {
        let plain: Vec<u8> = (0..length).map(|place| place as u8).collect();
        let file = seal(&plain, &Lock::PublicKeys(&key)).unwrap();
        assert_eq!(read(&file).open_by_identity(&identities(IDENTITY)).unwrap().as_slice(), plain, "{length}");
    }
    let file = seal(PLAIN, &Lock::Passphrase("word", WORK_FACTOR)).unwrap();
    assert_eq!(read(&file).open_by_passphrase("word", WORK_FACTOR).unwrap().as_slice(), PLAIN);
}

#[test]
fn one_wrong_bit_anywhere_opens_nothing() {
    let binary = binary();
    let mine = identities(IDENTITY);
    for place in 0..binary.len() {
        let mut damaged = binary.clone();
        damaged[place] ^= 1;
        let opened = Locked::read(&damaged).and_then(|locked| locked.open_by_identity(&mine));
        assert!(opened.is_err(), "bit of byte {place}");
    }
}

#[test]
fn content_that_ends_with_a_chunk_missing_or_a_byte_more_is_damaged() {
    let key = [PUBLIC_KEY.parse().unwrap()];
    let file = armor::decode(&seal(&vec![7; 3 * 65_536], &Lock::PublicKeys(&key)).unwrap()).unwrap();
    let open = |bytes: &[u8]| read(bytes).open_by_identity(&identities(IDENTITY)).unwrap_err();
    assert_eq!(open(&file[..file.len() - 65_552]), AgeError::Payload);
    assert_eq!(open(&[file.as_slice(), &[0]].concat()), AgeError::Payload);
}

#[test]
fn malformed_headers_are_refused() {
    let open = |text: &str| match Locked::read(text.as_bytes()) {
        Ok(locked) => locked.open_by_passphrase("word", 10).unwrap_err(),
        Err(error) => error,
    };
    let salt = "AAAAAAAAAAAAAAAAAAAAAA";
    let body = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let code = body;
    let whole = |stanzas: &str| format!("{VERSION}\n{stanzas}--- {code}\n");
    assert_eq!(open(&whole(&format!("-> scrypt {salt} 4\n{body}\n"))), AgeError::NoMatch("the passphrase"));
    for stanzas in [
        "",
        "-> \n\n",
        "-> scrypt\n\n",
        &format!("-> scrypt {salt} 04\n{body}\n"),
        &format!("-> scrypt {salt} +4\n{body}\n"),
        &format!("-> scrypt {salt} 4 5\n{body}\n"),
        &format!("-> scrypt {salt}== 4\n{body}\n"),
        &format!("-> scrypt {salt} 4\n{body}=\n"),
        &format!("-> scrypt {salt} 4\nAAAA\n"),
        &format!("-> scrypt {salt} 4\n{body}\n-> scrypt {salt} 4\n{body}\n"),
        &format!("-> scrypt  {salt} 4\n{body}\n"),
    ] {
        assert_eq!(open(&whole(stanzas)), AgeError::Header, "{stanzas}");
    }
    assert_eq!(
        open(&whole(&format!("-> scrypt {salt} 255\n{body}\n"))),
        AgeError::ExcessiveWork { required: 255, limit: 10 }
    );
    assert_eq!(open("age-encryption.org/v2\n"), AgeError::Header);
}

#[test]
fn identity_files_name_the_line_that_is_wrong() {
    assert_eq!(identities(&format!("# mine\n\n{IDENTITY}\n{OTHER_IDENTITY}\n")).len(), 2);
    let problem = Identity::parse_file(&format!("{IDENTITY}\n{PUBLIC_KEY}\n")).unwrap_err();
    assert!(problem.starts_with("line 2 "), "{problem}");
    assert!(Identity::parse_file("# none\n").unwrap_err().contains("no age identity"));
    let damaged = IDENTITY.replace("5LVAHZ", "5LVAHY");
    assert!(Identity::parse_file(&damaged).is_err());
    assert!(PUBLIC_KEY.to_uppercase().parse::<PublicKey>().is_ok());
}
