use super::*;
use crate::smets::catalogue::Catalogue;
use crate::smets::duis::check;
use crate::smets::duis::stream::Messages;

fn id() -> RequestId {
    RequestId::parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1002").expect("a request ID")
}

fn values(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn filled(srv: &str, pairs: &[(&str, &str)]) -> Result<Element, BuildError> {
    fill(body::find(srv).expect("a body"), &values(pairs), Missing::Refused)
}

#[test]
fn a_whitelist_request_reads_back_as_built() {
    let body = filled(
        "8.11",
        &[
            ("DeviceID", "00-DB-12-34-56-78-90-A1"),
            ("InstallCode", "30313233343536373839414243444546"),
            ("JoinTimePeriod", "600"),
            ("RequestType", "Add"),
            ("AddDeviceToCHFWhitelist.ImportMPxN", "1312345678907"),
        ],
    );
    let request_ = Catalogue::shipped().find("8.11").expect("8.11");
    let header = Header { request_id: id(), request: request_, command_variant: 1, schema_version: "5.1" };
    let built = request(&header, body.expect("a body")).expect("a request");
    let xml = to_xml(&built);
    let read = Messages::new(xml.as_bytes()).next().expect("a message").message.expect("well formed");
    assert_eq!(read, built);
    let names: Vec<&str> =
        read.at(&["Body", "UpdateHANDeviceLog"]).expect("body").children.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["DeviceID", "RequestType", "AddDeviceToCHFWhitelist"]);
}

#[test]
fn what_is_missing_is_listed_whole() {
    let Err(BuildError::MissingFields { fields }) = filled("8.14.2", &[("DeviceID", "00-DB-12-34-56-78-90-A1")]) else {
        panic!("fields are missing")
    };
    assert_eq!(fields.len(), 8);
    assert!(fields[0].starts_with("CHFInstallType (New CHF Install | "), "{}", fields[0]);
    let Err(BuildError::MissingFields { fields }) = filled("12.1", &[]) else { panic!("a choice is missing") };
    assert_eq!(fields, ["one of UPRN or PartialAddress"]);
}

#[test]
fn wrong_input_is_named() {
    assert!(matches!(filled("8.3", &[("Device", "x")]), Err(BuildError::UnknownField { .. })));
    assert!(matches!(filled("8.3", &[("DeviceID", "x")]), Err(BuildError::Value { .. })));
    let twice = [("DeviceID", "00-DB-12-34-56-78-90-A1"), ("DeviceID", "00-DB-12-34-56-78-90-A1")];
    assert!(matches!(filled("8.3", &twice), Err(BuildError::TooMany { .. })));
    assert!(matches!(filled("12.1", &[("UPRN", "1"), ("PostCode", "AB1 2CD")]), Err(BuildError::Choice { .. })));
    assert!(matches!(filled("2.3", &[("DebtRecoveryRate", "1")]), Err(BuildError::AmbiguousField { .. })));
    assert!(matches!(filled("6.20.2", &[("ExportMPAN", "1312345678111")]), Err(BuildError::Value { .. })));
    let days = [("DayProfile.DayName", "1"), ("DayProfile.DayName", "2"), ("StartTime", "00:00:00Z")];
    assert!(matches!(filled("1.1.2", &days), Err(BuildError::NeedsBody { .. })));
    let request_ = Catalogue::shipped().find("8.11").expect("8.11");
    let header = Header { request_id: id(), request: request_, command_variant: 8, schema_version: "5.1" };
    let error = request(&header, Element::new("UpdateHANDeviceLog")).expect_err("8.11 is no DCC-only request");
    assert_eq!(error.to_string(), "8.11 takes command variant 1 or 2 or 3, not 8");
}

#[test]
fn repeated_and_indexed_fields_keep_their_order() {
    let pairs = [
        ("AddToBoostButton", "true"),
        ("AddToBoostButton@index", "1"),
        ("AddToBoostButton", "false"),
        ("AddToBoostButton@index", "2"),
    ];
    let more = [
        ("AddToBoostButton", "true"),
        ("AddToBoostButton@index", "3"),
        ("AddToBoostButton", "true"),
        ("AddToBoostButton@index", "4"),
    ];
    let last = [("AddToBoostButton", "true"), ("AddToBoostButton@index", "5")];
    let body = filled("7.9", &[pairs.as_slice(), &more, &last].concat()).expect("a body");
    let indexes: Vec<Option<&str>> = body.children.iter().map(|child| child.attribute("index")).collect();
    assert_eq!(indexes, [Some("1"), Some("2"), Some("3"), Some("4"), Some("5")]);
    assert!(filled("7.9", &pairs).is_err());
}

#[test]
fn a_skeleton_of_every_request_has_the_right_shape_and_its_examples_are_noticed() {
    for request_ in Catalogue::shipped().all() {
        let table = table(request_, request_.usual_command_variant()).expect("a table");
        let body = fill(table, &[], Missing::Example).expect("a skeleton");
        let command_variant = request_.usual_command_variant();
        let header = Header { request_id: id(), request: request_, command_variant, schema_version: "5.1" };
        let xml = to_xml(&request(&header, body).expect("a request"));
        let read = Messages::new(xml.as_bytes()).next().expect("a message").message.expect("well formed");
        let findings = check::request(&read, &check::Circumstances::default());
        let errors = findings.iter().filter(|finding| finding.severity == check::Severity::Error);
        assert_eq!(errors.collect::<Vec<_>>(), Vec::<&check::RequestFinding>::new(), "{}", request_.srv);
        let examples = examples_left(&xml);
        assert_eq!(examples.is_empty(), !xml.contains(EXAMPLE_REMARK), "{}", request_.srv);
        let with_examples = check::Circumstances { examples_left: &examples, ..check::Circumstances::default() };
        let noticed = check::request(&read, &with_examples).iter().any(|finding| finding.rule == "example");
        assert_eq!(noticed, !examples.is_empty(), "{}", request_.srv);
    }
}

#[test]
fn text_is_escaped() {
    let body = filled("3.1", &[("SupplierMessage", "Fish & chips <now> \"hot\"")]).expect("a body");
    let mut root = Element::new("Request");
    root.children.push(body);
    let xml = to_xml(&root);
    assert!(xml.contains("Fish &amp; chips &lt;now&gt;"), "{xml}");
    let read = Messages::new(xml.as_bytes()).next().expect("a message").message.expect("well formed");
    assert_eq!(read.text_at(&["DisplayMessage", "SupplierMessage"]), Some("Fish & chips <now> \"hot\""));
}
