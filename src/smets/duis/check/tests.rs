use std::collections::BTreeSet;

use time::macros::datetime;

use super::*;
use crate::smets::duis::stream::Messages;

/// A sound 8.11 Add.
const WHITELIST: &str = r#"<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1">
<sr:Header><sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A2:1002</sr:RequestID><sr:CommandVariant>1</sr:CommandVariant>
<sr:ServiceReference>8.11</sr:ServiceReference><sr:ServiceReferenceVariant>8.11</sr:ServiceReferenceVariant></sr:Header>
<sr:Body><sr:UpdateHANDeviceLog><sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID><sr:RequestType>Add</sr:RequestType>
<sr:AddDeviceToCHFWhitelist><sr:JoinTimePeriod>90</sr:JoinTimePeriod><sr:InstallCode>30313233343536373839414243444546</sr:InstallCode>
<sr:ImportMPxN>1312345678907</sr:ImportMPxN></sr:AddDeviceToCHFWhitelist></sr:UpdateHANDeviceLog></sr:Body></sr:Request>"#;

/// The same header with another request and body.
fn other(srv: &str, command_variant: &str, body: &str) -> String {
    let reference = Catalogue::shipped().find(srv).map_or(srv, |request| &request.service_reference);
    format!(
        r#"<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1"><sr:Header>
<sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A2:1002</sr:RequestID><sr:CommandVariant>{command_variant}</sr:CommandVariant>
<sr:ServiceReference>{reference}</sr:ServiceReference><sr:ServiceReferenceVariant>{srv}</sr:ServiceReferenceVariant></sr:Header>
<sr:Body>{body}</sr:Body></sr:Request>"#
    )
}

/// Commands for meter A0 with counter 1000: disable the supply, before and after it is signed, and enable it.
const PRE_COMMAND: &str = "3wkBAAAAAAAAA+gIkLPVHzABAAAIANsSNFZ4kKAAAgBQFdkgAAPoAAEDAAkAAAoAav8BARIANA==";
const SIGNED: &str = "3wkBAAAAAAAAA+gIkLPVHzABAAAIANsSNFZ4kKAAAgBQFdkgAAPoAAEDAAkAAAoAav8BARIANEABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIC\
    EiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9A";
const ENABLES: &str = "3wkBAAAAAAAAA+gIkLPVHzABAAAIANsSNFZ4kKAAAgBPFdkgAAPoAAEDAAkAAAoAav8BARIAM0ABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIC\
    EiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9A";

/// A request that carries a signed pre-command to meter A0, counter 1000.
fn signed(srv: &str, payload: &str) -> String {
    let body = format!("<sr:SignedPreCommand><sr:GBCSPayload>{payload}</sr:GBCSPayload></sr:SignedPreCommand>");
    other(srv, "5", &body).replace("90-A2:1002", "90-A0:1000")
}

fn parsed(xml: &str) -> Element {
    Messages::new(xml.as_bytes()).next().expect("a message").message.expect("well formed")
}

#[test]
fn a_signed_pre_command_for_its_request_breaks_nothing() {
    assert_eq!(check(&signed("7.2", SIGNED), &Circumstances::default()), []);
}

#[test]
fn a_pre_command_is_compared_with_its_request() {
    let request = |srv: &str, body: &str| parsed(&other(srv, "4", body).replace("90-A2:1002", "90-A0:1000"));
    let reply = |srv: &str, payload: &str| {
        parsed(&format!(
            "<sr:Response xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\" schemaVersion=\"5.1\"><sr:Header/><sr:Body>\
             <sr:ResponseMessage><sr:ServiceReferenceVariant>{srv}</sr:ServiceReferenceVariant><sr:PreCommand><sr:GBCSPayload>{payload}\
             </sr:GBCSPayload></sr:PreCommand></sr:ResponseMessage></sr:Body></sr:Response>"
        ))
    };
    let disable = request("7.2", "<sr:DisableSupply/>");
    assert_eq!(pre_command(&disable, &reply("7.2", PRE_COMMAND)).findings, []);
    let problems = |request: &Element, reply: &Element| -> String {
        pre_command(request, reply).findings.into_iter().map(|finding| finding.problem + "\n").collect()
    };
    assert!(problems(&disable, &reply("7.2", SIGNED)).contains("signed already"));
    let enable = request("7.1", "<sr:EnableSupply/>");
    assert!(problems(&enable, &reply("7.1", PRE_COMMAND)).contains("is a command of 7.2 (ECS43)"));
    assert!(problems(&enable, &reply("7.2", PRE_COMMAND)).contains("comes with 7.2"));
    let join = request(
        "7.2",
        "<sr:DisableSupply><sr:OtherDeviceID>00-DB-12-34-56-78-90-A4</sr:OtherDeviceID></sr:DisableSupply>",
    );
    assert!(problems(&join, &reply("7.2", PRE_COMMAND)).contains("does not hold 00-DB-12-34-56-78-90-A4"));
    // The command holds 6AFF; small ones and words are left to a person.
    let body = "<sr:DisableSupply><sr:Held>27391</sr:Held><sr:Away>27392</sr:Away><sr:Small>7</sr:Small><sr:Word>Disable</sr:Word></sr:DisableSupply>";
    let compared = pre_command(&request("7.2", body), &reply("7.2", PRE_COMMAND));
    assert_eq!(compared.findings.len(), 1, "{compared:?}");
    assert!(compared.findings.iter().all(|finding| finding.problem.contains("27392")), "{compared:?}");
    assert_eq!(
        (compared.found, compared.not_compared),
        (1, vec!["DisableSupply.Small 7".to_owned(), "DisableSupply.Word Disable".to_owned()])
    );
    let nothing = reply("7.2", PRE_COMMAND);
    assert!(
        !problems(&disable, &parsed("<sr:Response xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\"/>"))
            .is_empty()
    );
    assert!(problems(&parsed(&other("7.2", "4", "<sr:DisableSupply/>")), &nothing).contains("target"));
}

fn swap(from: &str, to: &str) -> String {
    assert!(WHITELIST.contains(from), "{from}");
    WHITELIST.replace(from, to)
}

fn check(xml: &str, circumstances: &Circumstances<'_>) -> Vec<RequestFinding> {
    let message = Messages::new(xml.as_bytes()).next().expect("a message").message.expect("well formed");
    request(&message, circumstances)
}

fn rules(findings: &[RequestFinding]) -> BTreeSet<&'static str> {
    findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_sound_request_breaks_nothing() {
    let circumstances = Circumstances {
        role: Some(Role::Is),
        last_counter: Some(1001),
        now: Some(datetime!(2026-11-21 00:00 UTC)),
        examples_left: &[],
    };
    assert_eq!(check(WHITELIST, &circumstances), []);
}

#[test]
fn each_rule_has_a_message_that_breaks_only_it() {
    let plain = Circumstances::default();
    let tariff = |start: &str, end: &str| {
        let body = format!(
            "<sr:ReadEventOrSecurityLog><sr:ReadLogPeriod><sr:StartDateTime>{start}</sr:StartDateTime><sr:EndDateTime>{end}</sr:EndDateTime>\
             </sr:ReadLogPeriod><sr:LogToRead>Event</sr:LogToRead></sr:ReadEventOrSecurityLog>"
        );
        other("6.13", "1", &body)
    };
    let examples = ["JoinTimePeriod".to_owned()];
    let cases: Vec<(&str, String, Circumstances<'_>)> = vec![
        ("root", swap(" schemaVersion=\"5.1\"", ""), plain),
        (
            "root",
            swap("ServiceUserGateway", "Elsewhere")
                .replace("sr:UpdateHAN", "d:UpdateHAN")
                .replace("<sr:Body>", "<sr:Body xmlns:d=\"http://www.dccinterface.co.uk/ServiceUserGateway\">"),
            plain,
        ),
        (
            "structure",
            swap("<sr:CommandVariant>1</sr:CommandVariant>", "").replace(
                "<sr:ServiceReference>8.11</sr:ServiceReference>",
                "<sr:ServiceReference>8.11</sr:ServiceReference><sr:CommandVariant>1</sr:CommandVariant>",
            ),
            plain,
        ),
        ("structure", swap("</sr:UpdateHANDeviceLog>", "</sr:UpdateHANDeviceLog><sr:DeviceID/>"), plain),
        ("request-id", swap(":1002", ":01002"), plain),
        ("same-party", swap("90-B3-D5-1F-30-01-00-00:", "00-DB-12-34-56-78-90-A2:"), plain),
        ("counter", WHITELIST.to_owned(), Circumstances { last_counter: Some(1002), ..plain }),
        ("srv", swap("Variant>8.11<", "Variant>8.10<"), plain),
        ("reference", swap("Reference>8.11<", "Reference>8.1<"), plain),
        ("command-variant", swap("Variant>1<", "Variant>8<"), plain),
        ("role", WHITELIST.to_owned(), Circumstances { role: Some(Role::Rsa), ..plain }),
        ("body-element", other("4.18", "1", "<sr:ReadActivePowerImport/>"), plain),
        ("body-element", other("1.7", "5", "<sr:ResetTariffBlockCounterMatrix/>"), plain),
        ("field-missing", swap("<sr:RequestType>Add</sr:RequestType>", ""), plain),
        ("field-missing", other("12.1", "8", "<sr:RequestWANMatrix/>"), plain),
        (
            "field-order",
            swap(
                "<sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID><sr:RequestType>Add</sr:RequestType>",
                "<sr:RequestType>Add</sr:RequestType><sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID>",
            ),
            plain,
        ),
        ("field-unexpected", swap("<sr:RequestType>", "<sr:Colour>red</sr:Colour><sr:RequestType>"), plain),
        ("field-value", swap("<sr:DeviceID>00-DB", "<sr:DeviceID>00DB"), plain),
        ("join-time", swap(">90<", ">3601<"), plain),
        ("install-code", swap("30313233343536373839414243444546", "3031323334"), plain),
        ("mpxn", swap("1312345678907", "1312345678111"), plain),
        ("mpxn", swap("1312345678907", "3938424404"), plain),
        ("utrn", other("2.2", "1", "<sr:TopUpDevice><sr:UTRN>73947252416745201638</sr:UTRN></sr:TopUpDevice>"), plain),
        ("period", tariff("2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z"), plain),
        (
            "execution-time",
            other(
                "3.2",
                "1",
                "<sr:RestrictAccessForChangeOfTenancy><sr:ExecutionDateTime>2020-01-01T00:00:00Z</sr:ExecutionDateTime><sr:RestrictionDateTime>2026-11-01T00:00:00Z</sr:RestrictionDateTime></sr:RestrictAccessForChangeOfTenancy>",
            ),
            Circumstances { now: Some(datetime!(2026-11-21 00:00 UTC)), ..plain },
        ),
        ("whitelist", swap(">Add<", ">Remove<"), plain),
        ("whitelist", swap("<sr:DeviceID>00-DB-12-34-56-78-90-A0", "<sr:DeviceID>00-DB-12-34-56-78-90-A2"), plain),
        (
            "device",
            other(
                "8.7.2",
                "1",
                "<sr:JoinServiceNonCritical><sr:OtherDeviceID>00-db-12-34-56-78-90-a2</sr:OtherDeviceID></sr:JoinServiceNonCritical>",
            ),
            plain,
        ),
        ("time-zone", tariff("2026-11-01T00:00:00", "2026-11-02T00:00:00Z"), plain),
        ("response", swap("sr:Request ", "sr:Response ").replace("</sr:Request>", "</sr:Response>"), plain),
        ("command", signed("7.2", PRE_COMMAND), plain),
        ("command", signed("7.2", ENABLES), plain),
        ("command", signed("7.1", SIGNED), plain),
        ("command", signed("7.2", SIGNED).replace(":1000<", ":1001<"), plain),
        ("command", signed("7.2", SIGNED).replace("78-90-A0", "78-90-A1"), plain),
        ("command", signed("7.2", "AAAA"), plain),
        ("example", WHITELIST.to_owned(), Circumstances { examples_left: &examples, ..plain }),
    ];
    for (rule, xml, circumstances) in &cases {
        let findings = check(xml, circumstances);
        assert_eq!(rules(&findings), BTreeSet::from([*rule]), "{findings:#?}\n{xml}");
    }
    let covered: BTreeSet<&str> = cases.iter().map(|(rule, ..)| *rule).collect();
    assert_eq!(covered, RULES.iter().map(|(rule, _)| *rule).collect());
}

#[test]
fn refusals_carry_the_code_the_dcc_would_send() {
    let circumstances = Circumstances { role: Some(Role::Rsa), ..Circumstances::default() };
    let findings = check(&swap("Variant>1<", "Variant>8<"), &circumstances);
    let codes: Vec<Option<&str>> = findings.iter().map(|finding| finding.refusal).collect();
    assert_eq!(codes, [Some("E2"), Some("E12")]);
}
