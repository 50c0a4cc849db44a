use super::check::check;
use super::token::TokenEncoding;
use super::*;
use crate::protocol::modbus::RegisterType;

fn library() -> Library {
    Library::new(None)
}

#[test]
fn every_built_in_profile_is_sound_and_gives_its_sources() {
    for listed in library().list() {
        let profile = listed.profile.unwrap_or_else(|error| panic!("{}: {error}", listed.name));
        assert_eq!(profile.name, listed.name, "a profile is called as its file");
        let (text, _) = library().text(&listed.name).unwrap();
        assert_eq!(check(&text, &profile), Vec::<String>::new(), "{}", listed.name);
    }
}

#[test]
fn there_are_at_least_six_makers() {
    let makers: std::collections::BTreeSet<String> = library()
        .list()
        .into_iter()
        .filter(|listed| !listed.name.starts_with("bench-"))
        .filter_map(|listed| listed.profile.ok()?.maker)
        .collect();
    assert!(makers.len() >= 6, "{makers:?}");
}

#[test]
fn objects_of_test_meters_live_in_their_profiles_alone() {
    for listed in library().list() {
        let (text, _) = library().text(&listed.name).unwrap();
        let made_here = ["bench-gurux", "wattkey-sim"].contains(&listed.name.as_str());
        assert_eq!(text.contains("0.0.96.50."), made_here, "{}", listed.name);
    }
}

#[test]
fn a_child_holds_only_what_differs() {
    let generic = library().find("generic-dlms").unwrap();
    let hexing = library().find("hexing-hxe").unwrap();
    assert_eq!(hexing.line.opening, Opening::ModeE);
    assert_eq!(hexing.line.settings(), generic.line.settings());
    assert_eq!(hexing.objects, generic.objects);
    let sl7000 = library().find("itron-sl7000").unwrap();
    assert_eq!(sl7000.dlms.clients.len(), 4, "a list is replaced, not extended");
}

#[test]
fn a_profile_is_chosen_by_the_device_name() {
    assert_eq!(library().for_device_name("GRX88000017").unwrap().name, "bench-gurux");
    assert!(library().for_device_name("XYZ1").is_none());
}

#[test]
fn the_users_folder_comes_first_and_errors_name_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "ours.toml",
        "name=\"ours\"\ndescription=\"d\"\nprotocol=\"dlms\"\nextends=\"generic-dlms\"\n[dlms]\naddress=\"1/20\"\n",
    );
    write("broken.toml", "name = \n");
    let library = Library::new(Some(folder.path().to_owned()));
    assert_eq!(library.find("ours").unwrap().dlms.address.as_deref(), Some("1/20"));
    let error = library.find("broken").unwrap_err().to_string();
    assert!(error.contains("broken.toml") && error.contains("line 1"), "{error}");
    assert!(matches!(library.find("nothing"), Err(ProfileError::Unknown { .. })));
    let (text, _) = library.text("ours").unwrap();
    let findings = check(&text, &library.find("ours").unwrap());
    assert_eq!(findings, ["line 5: dlms has no source; say where it is from: \"dlms\" = \"…\" under [sources]"]);
}

/// A register map with one line more.
fn map(line: &str) -> String {
    format!(
        "name = \"own\"\ndescription = \"d\"\nprotocol = \"modbus\"\n[modbus]\nfunction = 3\ntype = \"u16\"\n\
         [modbus.registers]\nvoltage-l1 = {{ register = 0, scale = 0.1, unit = \"V\", limits = [0, 600] }}\n{line}\n\
         [sources]\n\"modbus\" = \"the paper\"\n"
    )
}

#[test]
fn places_take_function_and_type_of_their_map() {
    let text = map("frequency = { register = 2, type = \"f32\", function = 4, unit = \"Hz\", limits = [40, 70] }");
    let profile = Library::default().parse("own", &text).unwrap();
    let place = |role: &str| profile.modbus.registers[&Role::named(role).unwrap()].clone();
    assert_eq!((place("voltage-l1").function, place("voltage-l1").kind), (3, RegisterType::U16));
    assert_eq!((place("frequency").function, place("frequency").kind), (4, RegisterType::F32));
    assert_eq!(check(&text, &profile), Vec::<String>::new());
}

#[test]
fn each_mistake_of_a_register_map_has_its_line() {
    for (line, finding) in [
        ("current-l1 = { register = 1, unit = \"A\" }", "line 9: modbus.current-l1 has no limits"),
        ("serial = { register = 1, type = \"hex\" }", "line 9: serial: length belongs"),
        ("power = { register = 1, unit = \"W\", limits = [5, 1] }", "line 9: power has a minimum"),
        ("[modbus.named]\nx = { register = 1, negative_when = \"y\" }", "line 10: x has its sign from"),
        (
            "[modbus.named]\nx = { register = 1, negative_when = \"y\" }\ny = { register = 2, series = [1, 2] }",
            "line 10: x has its sign from \"y\", and modbus.named.y is a series of values",
        ),
        (
            "[modbus.named]\nx = { register = 1, scale_by = \"y\" }\ny = { register = 2, type = \"text\", length = 1 }",
            "line 10: x is scaled by \"y\", and modbus.named.y holds a text",
        ),
        (
            "[modbus.named]\nx = { register = 1, series = [1, 2] }\nx-2 = { register = 9 }",
            "line 11: modbus.named.x-2 has the name of a value of the series x",
        ),
        ("[modbus.named]\nx = { register = 1, series = [3, 2] }", "line 10: x: a series is"),
        ("[modbus.named]\nx = { register = 65530, series = [1, 9] }", "line 10: x: the series goes past"),
        (
            "[modbus.named]\nx = { register = 1, type = \"u32\", series = [1, 9], step = 1 }",
            "line 10: x: the values of",
        ),
        ("[modbus.named]\nx = { register = 1, bits = [9, 2] }", "line 10: x: bits are"),
        ("[modbus.named]\nx = { register = 1, type = \"u16\", bit = 2 }", "line 10: x: bit is 0 to 15"),
        ("power = { register = 1, unit = \"KW\", limits = [0, 5] }", "line 9: power has the unit"),
        ("credit = { register = 1, limits = [0, 5] }", "line 9: credit is nothing that a register map holds"),
        ("[modbus.clock]\nregister = 1\nform = \"registers\"\nparts = [\"hour\"]", "line 9: modbus.clock: year"),
        ("[[modbus.probe]]\nregister = 1\ntext = \"ACME\"", "line 9: the probe of register 0x0001 has a text"),
        (
            "[modbus.relay]\nregister = 40\nclosed = 1\nopen = 2\norder_register = 41\norder_function = 5",
            "line 9: modbus.relay is ordered by a coil",
        ),
        ("[modbus.named]\nx = { function = 1, register = 1, type = \"u16\" }", "line 10: x is a coil"),
        ("[modbus.named]\nx = { register = 1, scale_by = \"ct\" }", "line 10: x is scaled by"),
        ("[modbus.tamper]\nx = { register = 1, bit = 16 }", "line 10: modbus.tamper.x"),
        ("[modbus.relay]\nregister = 1\nclosed = 1\nopen = 0\nbit = 3", "line 9: modbus.relay is one bit"),
        ("[modbus.unlock]\nregister = 1\ntype = \"u16\"\nvalue = 70000", "line 9: modbus.unlock.value"),
    ] {
        let text = map(line);
        let found = check(&text, &Library::default().parse("own", &text).unwrap());
        assert!(found.iter().any(|found| found.starts_with(finding)), "{line}: {found:?}");
    }
    for (line, problem) in [
        ("serial = { regster = 1 }", "line 9: modbus.registers.serial: unknown field `regster`"),
        ("serial = { register = 1, type = \"bcdx\" }", "line 9: modbus.registers.serial.type: an unknown word"),
        ("serial = { register = }", "line 9: "),
    ] {
        let error = Library::default().parse("own", &map(line)).unwrap_err().to_string();
        assert!(error.contains(problem), "{line}: {error}");
    }
}

#[test]
fn a_circle_of_profiles_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), "name=\"a\"\ndescription=\"\"\nprotocol=\"dlms\"\nextends=\"a\"\n")
        .unwrap();
    assert!(Library::new(Some(folder.path().to_owned())).find("a").unwrap_err().to_string().contains("circle"));
}

#[test]
fn tokens_go_out_as_digits_or_as_nine_octets() {
    let token: crate::sts::Token = "51043465443420856213".parse().unwrap();
    assert_eq!(TokenEncoding::Digits.encode(token), b"51043465443420856213");
    let binary = TokenEncoding::Binary.encode(token);
    assert_eq!(binary.len(), 9);
    for encoding in [TokenEncoding::Digits, TokenEncoding::Binary] {
        assert_eq!(encoding.decode(&encoding.encode(token)), Some(token));
    }
    assert_eq!(TokenEncoding::Digits.decode(b"99999999999999999999"), None, "2^66 and above is no token");
    assert_eq!(TokenEncoding::Digits.decode(b"123"), None);
}

#[test]
fn patterns_match_with_wildcards() {
    let pattern: ObjectPattern = "7/0.*.99.98.*.255".parse().unwrap();
    assert!(pattern.fits(7, [0, 1, 99, 98, 4, 255]));
    assert!(!pattern.fits(7, [1, 1, 99, 98, 4, 255]));
    assert!(!pattern.fits(1, [0, 1, 99, 98, 4, 255]));
    assert_eq!(pattern.to_string(), "7/0.*.99.98.*.255");
    for bad in ["7", "7/1.2.3", "x/0.0.0.0.0.0", "7/0.0.0.0.0.0.0", "7/0.0.0.0.0.256"] {
        assert!(bad.parse::<ObjectPattern>().is_err(), "{bad}");
    }
}

#[test]
fn every_number_wants_limits_and_absent_what_the_register_can_hold() {
    let folder = tempfile::tempdir().unwrap();
    let whole = |name: &str, text: &str| {
        std::fs::write(folder.path().join(format!("{name}.toml")), text).unwrap();
        let library = Library::new(Some(folder.path().to_owned()));
        check(&library.text(name).unwrap().0, &library.find(name).unwrap()).join("\n")
    };
    let modbus = "name = \"map\"\ndescription = \"d\"\nprotocol = \"modbus\"\n[modbus.registers.voltage-l1]\n\
                  function = 4\nregister = 0\ntype = \"u16\"\n";
    let findings = whole("map", &format!("{modbus}absent = [65536, \"0xFFFF\"]\n[sources]\n\"modbus\" = \"manual\"\n"));
    assert!(findings.contains("voltage-l1 has no limits"), "{findings}");
    assert!(findings.contains("absent at 65536") && !findings.contains("65535"), "{findings}");
    let good = format!("{modbus}absent = [\"0xFFFF\"]\nlimits = [0, 600]\n[sources]\n\"modbus\" = \"manual\"\n");
    assert_eq!(whole("map", &good), "");

    let items = "name = \"own\"\ndescription = \"d\"\nprotocol = \"dlt645\"\n[dlt645.items.voltage-l1]\n\
                 at = \"02010100\"\noctets = 2\n";
    let sources = "[sources]\n\"dlt645\" = \"manual\"\n";
    assert!(whole("own", &format!("{items}{sources}")).contains("items.voltage-l1 has no limits"));
    assert!(whole("own", &format!("{items}limits = [5, 5]\n{sources}")).contains("not below"));
    assert_eq!(whole("own", &format!("{items}limits = [0, 600]\n{sources}")), "");
}
