use serde_json::{Value, json};

use super::*;
use crate::smets::duis::stream::Messages;

fn response(code: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><sr:Response xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1"><sr:Header>
<sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:77</sr:RequestID><sr:ResponseID>00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:77</sr:ResponseID>
<sr:ResponseCode>{code}</sr:ResponseCode><sr:ResponseDateTime>2026-11-21T10:00:00Z</sr:ResponseDateTime></sr:Header><sr:Body>{body}</sr:Body></sr:Response>"#
    )
}

fn decode(xml: &str) -> Value {
    let mut found = Messages::new(xml.as_bytes()).next().expect("a message");
    serde_json::to_value(Decoder::default().decode(&mut found)).expect("json")
}

/// A DLMS alert 8F36 of 2022-06-16 16:34:15 from the meter to the supplier, unsigned.
fn alert_payload() -> String {
    let mut bytes = vec![0xdf, 9, 3, 0, 0, 0, 0, 0, 0, 0, 9, 8, 0x00, 0xdb, 0x12, 0x34, 0x56, 0x78, 0x90, 0xa0, 8];
    bytes.extend([0x90, 0xb3, 0xd5, 0x1f, 0x30, 0x01, 0, 0, 0, 2, 0x00, 0x86, 25]);
    bytes.extend([
        0x0f, 0, 0, 0, 1, 0, 2, 2, 0x12, 0x8f, 0x36, 9, 12, 0x07, 0xe6, 6, 16, 4, 16, 34, 15, 0, 0x80, 0, 0, 0,
    ]);
    base64::encode(&bytes)
}

#[test]
fn an_acknowledgement() {
    let body = "<sr:ResponseMessage><sr:ServiceReference>11.2</sr:ServiceReference><sr:ServiceReferenceVariant>11.2</sr:ServiceReferenceVariant></sr:ResponseMessage>";
    let value = decode(&response("I99", body));
    assert_eq!(value["kind"], "response");
    assert_eq!(value["srv_name"], "Read Firmware Version");
    assert_eq!(
        value["request_id"],
        json!({"originator": "90-B3-D5-1F-30-01-00-00", "target": "00-DB-12-34-56-78-90-A0", "counter": 77})
    );
    assert!(value["response_meaning"].as_str().is_some_and(|meaning| meaning.starts_with("accepted")));
    assert_eq!((&value["signed"], value.get("problems")), (&json!(false), None));
}

#[test]
fn a_device_alert_with_its_payload() {
    let body = format!(
        "<sr:DeviceAlertMessage><sr:AlertCode>8f36</sr:AlertCode><sr:GBCSPayload>{}</sr:GBCSPayload></sr:DeviceAlertMessage>",
        alert_payload()
    );
    let value = decode(&response("I0", &body));
    assert_eq!(
        (&value["kind"], &value["alert_code"], &value["alert_class"]),
        (&json!("device-alert"), &json!("8F36"), &json!("critical"))
    );
    assert_eq!(value["gbcs"]["alert"], json!({"code": "8F36", "time": "2022-06-16T16:34:15Z"}));
    assert_eq!(value["gbcs"]["message_code"], "0086");
    assert_eq!(value["body"], json!({"AlertCode": "8f36"}));
    let other = decode(&response("I0", &body.replace("8f36", "8f12")));
    assert!(other["problems"][0].as_str().is_some_and(|problem| problem.contains("8F36")), "{other}");
    let damaged = decode(&response("I0", &body.replace("<sr:GBCSPayload>3", "<sr:GBCSPayload>?")));
    assert_eq!(damaged["problems"][0], "the payload is no base64: it holds a character that is not base64");
}

#[test]
fn a_dcc_alert_is_known_by_its_body_whatever_its_code() {
    let body = |code: &str| {
        format!(
            "<sr:DCCAlertMessage><sr:DCCAlertCode>{code}</sr:DCCAlertCode><sr:DCCAlert><sr:PowerOutageEvent><sr:CommsHubDeviceID>00-DB-12-34-56-78-90-A2</sr:CommsHubDeviceID><sr:StartDateTime>2026-11-21T09:00:00Z</sr:StartDateTime><sr:MPxN>1312345678907</sr:MPxN></sr:PowerOutageEvent></sr:DCCAlert></sr:DCCAlertMessage>"
        )
    };
    for code in ["AD1", "N65"] {
        let value = decode(&response("I0", &body(code)));
        assert_eq!(
            (&value["kind"], &value["dcc_alert_code"], &value["dcc_alert"]),
            (&json!("dcc-alert"), &json!(code), &json!("Power Outage Event"))
        );
        assert_eq!(value["body"]["DCCAlert"]["PowerOutageEvent"]["MPxN"], "1312345678907");
    }
}

#[test]
fn a_smets1_response_and_an_inventory() {
    let smets1 = "<sr:SMETS1ResponseMessage><sr:ServiceReference>4.1</sr:ServiceReference><sr:ServiceReferenceVariant>4.1.1</sr:ServiceReferenceVariant><sr:SMETS1SignedResponse schemaVersion=\"5.1\"><sr:SMETS1Response><sr:Header/></sr:SMETS1Response></sr:SMETS1SignedResponse></sr:SMETS1ResponseMessage>";
    let value = decode(&response("I0", smets1));
    assert_eq!((&value["kind"], &value["srv"]), (&json!("smets1-response"), &json!("4.1.1")));
    let inventory = "<sr:ResponseMessage><sr:ServiceReference>8.2</sr:ServiceReference><sr:ServiceReferenceVariant>8.2</sr:ServiceReferenceVariant><sr:DSPInventory><sr:Device><sr:DeviceID>a</sr:DeviceID></sr:Device><sr:Device><sr:DeviceID>b</sr:DeviceID></sr:Device></sr:DSPInventory></sr:ResponseMessage>";
    assert_eq!(decode(&response("I0", inventory))["body"]["DSPInventory"]["Device"][1]["DeviceID"], "b");
}

#[test]
fn a_request_and_what_is_no_message() {
    let request = response("I0", "<sr:ReadSupplyStatus/>")
        .replace("sr:Response xmlns", "sr:Request xmlns")
        .replace("</sr:Response>", "</sr:Request>");
    assert_eq!(decode(&request)["kind"], "request");
    let bomb = decode("<!DOCTYPE a [<!ENTITY b \"c\">]><Response>&b;</Response>");
    assert_eq!(
        (&bomb["kind"], &bomb["problems"][0]),
        (&json!("unreadable"), &json!("refused: a document type declaration is not accepted"))
    );
    assert_eq!(decode("<Response/>")["problems"][0], "the body is missing");
}
