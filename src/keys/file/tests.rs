use super::*;

const GOOD: &str = r#"{"schema":"wattkey/keys/1","sta_tables":"iec-sample","lab":true,
 "vending_keys":[{"sgc":"123456","krn":1,"kt":2,"dkga":"02","ea":"07","base_date":"1993","ken":255,"key":"ABABABABABABABAB"},
  {"sgc":"123456","krn":2,"kt":2,"dkga":"04","ea":"11","base_date":"2014","ken":17,
   "key":"000102030405060708090A0B0C0D0E0F10111213"}],
 "decoder_keys":[{"iin":"600727","drn":"01234567897","ea":"07","key":"0ABC12DEF3456789"}]}"#;

fn parse(text: &str) -> Result<KeyFile, String> {
    KeyFile::parse(Path::new("k.json"), text.as_bytes()).map_err(|error| {
        assert_eq!(error.code().exit().number(), 6, "{error}");
        error.to_string()
    })
}

#[test]
fn the_documented_file_is_read() {
    let file = parse(GOOD).unwrap();
    assert!(file.is_lab() && !file.is_sealed() && file.names_tables());
    assert_eq!((file.vending_keys().len(), file.decoder_keys().len()), (2, 1));
    let selector = VendingKeySelector { base_date: Some(BaseDate::Base2014), ..VendingKeySelector::default() };
    assert_eq!(file.select(selector).next().unwrap().id().krn.number(), 2);
    assert_eq!(file.decoder_keys_of("01234567897".parse().unwrap()).count(), 1);
    assert!(file.unknown_fields().is_empty());
}

#[test]
fn every_bad_field_is_named_with_its_problem() {
    for (from, to, field, problem) in [
        ("\"krn\":1", "\"krn\":0", "vending_keys[0].krn", "1 to 9"),
        ("\"ABABABABABABABAB\"", "\"AAABABABABABABAB\"", "vending_keys[0].key", "even parity"),
        ("\"ABABABABABABABAB\"", "\"ABABABABABABAB\"", "vending_keys[0].key", "14 hexadecimal digits"),
        ("\"ABABABABABABABAB\"", "\"ABABABABABABABAX\"", "vending_keys[0].key", "character 16"),
        ("\"ABABABABABABABAB\"", "17", "vending_keys[0].key", "not a text"),
        ("\"sgc\":\"123456\",\"krn\":1", "\"krn\":1", "vending_keys[0].sgc", "is missing"),
        ("\"kt\":2", "\"kt\":9", "vending_keys[0].kt", ""),
        ("\"1993\"", "\"1994\"", "vending_keys[0].base_date", "1993, 2014 or 2035"),
        ("\"ken\":255", "\"ken\":256", "vending_keys[0].ken", "0 to 255"),
        ("01234567897", "01234567890", "decoder_keys[0].drn", "check digit is 0"),
        ("\"iin\":\"600727\"", "\"iin\":\"0000\"", "decoder_keys[0].iin", "does not go with"),
        ("\"iin\":\"600727\"", "\"iin\":\"600728\"", "decoder_keys[0].iin", "600727 or 0000"),
        ("F3456789\"", "F345678\"", "decoder_keys[0].key", "15 hexadecimal digits"),
        ("\"lab\":true", "\"lab\":1", "lab", "neither true nor false"),
        ("\"iec-sample\"", "\"absent.json\"", "sta_tables", "absent.json"),
        (
            "\"krn\":2,\"kt\":2,\"dkga\":\"04\"",
            "\"krn\":2,\"kt\":2,\"dkga\":\"02\"",
            "vending_keys[1].ea",
            "only EA 07",
        ),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from}");
        let error = parse(&text).unwrap_err();
        assert!(error.starts_with(&format!("k.json: {field}: ")), "{from} → {to}: {error}");
        assert!(error.contains(problem), "{from} → {to}: {error}");
        assert!(!error.to_uppercase().contains("ABABABAB"), "a key stands in: {error}");
    }
}

#[test]
fn repeated_keys_are_refused_with_both_places() {
    let second = GOOD
        .replace(
            "\"krn\":2,\"kt\":2,\"dkga\":\"04\",\"ea\":\"11\",\"base_date\":\"2014\"",
            "\"krn\":1,\"kt\":2,\"dkga\":\"02\",\"ea\":\"07\",\"base_date\":\"1993\"",
        )
        .replace("000102030405060708090A0B0C0D0E0F10111213", "ABABABABABABABAB");
    let error = parse(&second).unwrap_err();
    assert!(error.contains("vending_keys[1]: repeats") && error.contains("vending_keys[0]"), "{error}");
}

#[test]
fn files_that_are_no_key_files_say_so() {
    for (text, part) in [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "one JSON object"),
        ("{}", "schema is missing"),
        ("{\"schema\":\"wattkey/sta-tables/1\"}", "schema is"),
        ("{\"schema\":\"wattkey/keys/1\",\"vending_keys\":{}}", "vending_keys: is not a list"),
        ("{\"schema\":\"wattkey/keys/1\",\"vending_keys\":[1]}", "vending_keys[0]: is not an object"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.contains(part), "{text}: {error}");
    }
}

#[test]
fn a_tables_file_beside_the_key_file_is_used_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let tables = |repeated: bool| {
        let mut first: Vec<u64> = (0..16).rev().collect();
        if repeated {
            first[3] = first[2];
        }
        let rest: Vec<u64> = (0..16).collect();
        let permutation: Vec<u64> = (0..64).collect();
        serde_json::json!({"schema": "wattkey/sta-tables/1", "encrypt_1": first, "encrypt_2": rest,
            "permutation": permutation})
        .to_string()
    };
    std::fs::write(folder.path().join("tables.json"), tables(false)).unwrap();
    let text = GOOD.replace("iec-sample", "tables.json");
    let path = folder.path().join("k.json");
    assert_eq!(KeyFile::parse(&path, text.as_bytes()).unwrap().tables().name(), "other");
    std::fs::write(folder.path().join("tables.json"), tables(true)).unwrap();
    let error = KeyFile::parse(&path, text.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("sta_tables: ") && error.contains("encrypt_1 entry 3 repeats"), "{error}");
}

#[test]
fn no_input_makes_the_reader_panic() {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..20_000 {
        let mut bytes = GOOD.as_bytes().to_vec();
        for _ in 0..random.usize(1..4) {
            if bytes.len() < 2 {
                break;
            }
            let place = random.usize(..bytes.len());
            match random.u8(..3) {
                0 => bytes[place] = random.u8(..),
                1 => drop(bytes.remove(place)),
                _ => bytes.truncate(place.max(1)),
            }
        }
        if let Err(error) = KeyFile::parse(Path::new("k"), &bytes) {
            assert!(!error.to_string().contains("ABABABABAB"), "{error}");
        }
    }
}

#[test]
fn nothing_secret_prints() {
    let shown = format!("{:?}", parse(GOOD).unwrap()).to_uppercase();
    assert!(!shown.contains("ABABAB") && !shown.contains("0ABC12DE"), "{shown}");
}
