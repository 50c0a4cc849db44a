use time::macros::datetime;

use super::*;
use crate::output::letterhead::Letterhead;
use crate::smets::base64;
use crate::smets::duis::decode::Decoder;
use crate::smets::duis::stream::Messages;
use crate::smets::gbcs::message_code;

const NOW: OffsetDateTime = datetime!(2026-11-21 10:00 UTC);
const METER: &str = "00-DB-12-34-56-78-90-A0";

fn site() -> Checklist {
    let devices = ["ESME=00-DB-12-34-56-78-90-A0", "PPMID"].map(|text| text.parse().expect("a device"));
    Checklist::new(devices.to_vec(), vec!["1312345678907".to_owned()])
}

fn keys(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.key.as_str()).collect()
}

fn step(checklist: &Checklist, key: &str) -> Step {
    checklist.all_steps().into_iter().find(|step| step.key == key).expect(key)
}

fn feed(checklist: &mut Checklist, header: &str, body: &str) -> Vec<feed::Change> {
    feed_at(checklist, header, body, "2026-11-21T10:00:00Z")
}

fn feed_at(checklist: &mut Checklist, header: &str, body: &str, time: &str) -> Vec<feed::Change> {
    let xml = format!(
        "<sr:Response xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\" schemaVersion=\"5.1\"><sr:Header>{header}\
         <sr:ResponseDateTime>{time}</sr:ResponseDateTime></sr:Header><sr:Body>{body}</sr:Body></sr:Response>"
    );
    let mut found = Messages::new(xml.as_bytes()).next().expect("a message");
    let message = Decoder::default().decode(&mut found);
    feed::apply(checklist, &message, NOW)
}

fn from_meter(code: &str) -> String {
    format!(
        "<sr:RequestID>90-B3-D5-1F-30-01-00-00:{METER}:7</sr:RequestID><sr:ResponseID>{METER}:90-B3-D5-1F-30-01-00-00:7</sr:ResponseID>\
         <sr:ResponseCode>{code}</sr:ResponseCode>"
    )
}

#[test]
fn a_fresh_site_begins_with_what_waits_for_nothing() {
    let site = site();
    assert_eq!(keys(&site.next()), ["coverage", "announce/CHF", "announce/ESME", "announce/PPMID", "meter/ESME"]);
    let join = step(&site, "join/ESME");
    assert_eq!(join.blocked_by, ["whitelist/ESME", "meter/ESME"]);
    assert_eq!(join.who, ["fitter"]);
    assert_eq!(step(&site, "commission/ESME").who, ["IS"]);
}

#[test]
fn a_step_is_done_after_those_before_it() {
    let mut site = site();
    let blocked = site.mark("hub", Status::Done, None, NOW, false);
    assert_eq!(blocked, Err(ChecklistError::Blocked { key: "hub".to_owned(), by: vec!["announce/CHF".to_owned()] }));
    site.mark("announce/CHF", Status::Done, Some("8.2 Pending".to_owned()), NOW, false).expect("ready");
    site.mark("HUB", Status::Done, None, NOW, false).expect("ready now");
    assert!(matches!(site.mark("roof", Status::Done, None, NOW, false), Err(ChecklistError::UnknownStep { .. })));
    assert!(keys(&site.next()).contains(&"hub-report"));
}

#[test]
fn without_wan_the_other_report_is_asked_for_and_commands_go_locally() {
    let mut site = site();
    assert!(site.all_steps().iter().all(|step| step.without_wan.is_none()));
    site.wan = Wan::None;
    let steps = site.all_steps();
    assert!(keys(&steps).contains(&"hub-report-no-wan") && !keys(&steps).contains(&"hub-report"));
    assert!(step(&site, "commission/ESME").without_wan.is_some_and(|text| text.contains("8.13")));
    assert_eq!(step(&site, "announce/ESME").without_wan, None);
}

#[test]
fn a_site_can_be_finished_in_the_order_it_offers() {
    for wan in [Wan::Up, Wan::None] {
        let mut site = site();
        site.wan = wan;
        let mut rounds = 0;
        while let Some(step) = site.next().first().cloned() {
            site.mark(&step.key, Status::Done, None, NOW, false).expect("a ready step");
            rounds += 1;
            assert!(rounds < 100);
        }
        assert!(site.is_finished());
        assert_eq!(rounds, site.all_steps().len());
    }
}

#[test]
fn messages_settle_steps() {
    let mut site = site();
    let inventory = format!(
        "<sr:ResponseMessage><sr:ServiceReference>8.2</sr:ServiceReference><sr:ServiceReferenceVariant>8.2</sr:ServiceReferenceVariant>\
         <sr:DSPInventory><sr:Device><sr:DeviceID>{}</sr:DeviceID><sr:DeviceStatus>Whitelisted</sr:DeviceStatus></sr:Device></sr:DSPInventory></sr:ResponseMessage>",
        METER.to_lowercase()
    );
    let changes = feed(&mut site, &from_meter("I0"), &inventory);
    let steps: Vec<&str> = changes.iter().map(|change| change.step.as_str()).collect();
    assert_eq!(steps, ["announce/ESME", "whitelist/ESME"]);
    let alert =
        |code: &str| format!("<sr:DeviceAlertMessage><sr:AlertCode>{code}</sr:AlertCode></sr:DeviceAlertMessage>");
    assert_eq!(feed(&mut site, &from_meter("I0"), &alert("8F48"))[0].status, Status::Failed);
    assert_eq!(feed(&mut site, &from_meter("I0"), &alert("8183"))[0].step, "join/ESME");
    assert_eq!(step(&site, "join/ESME").status, Status::Done);
    let set_clock = |payload: &str| answer("8.1.1", payload);
    assert!(feed(&mut site, &from_meter("I99"), &set_clock("")).is_empty());
    assert!(feed(&mut site, &from_meter("I0"), &set_clock("")).is_empty(), "the device's answer is missing");
    assert_eq!(feed(&mut site, &from_meter("E21"), &set_clock(""))[0].status, Status::Failed);
    assert_eq!(feed(&mut site, &from_meter("I0"), &set_clock(CLOCK_SET))[0].status, Status::Done);
    assert!(feed(&mut site, &from_meter("I0"), &set_clock(CLOCK_SET)).is_empty());
}

/// Answers of the meter to 8.1.1: five parts carried out, and the last one refused.
const CLOCK_SET: &str = "3wkCAAAAAAAAAAcIANsSNFZ4kKAIkLPVHzABAAAAAgBiJtogAAPoAAAFAAAACQwH6gsVAggAAACAAP8RAAUCAAMAAwABAAEAQAECAwQFBgcICQoLDA0O\
    DxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A=";
const CLOCK_REFUSED: &str = "3wkCAAAAAAAAAAcIANsSNFZ4kKAIkLPVHzABAAAAAgBiGNogAAPqAAAFAAAAAAAFAgADAAMAAQEB+kABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhsc\
    HR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9A";

/// The same answer with the message code of another request.
fn with_code_of(srv: &str, payload: &str) -> String {
    let Some(code) = message_code::of_request(srv).first().copied() else { return payload.to_owned() };
    let mut bytes = base64::decode(payload).expect("base64");
    // Behind the transaction ID, the two parties, no date and the length of the other information.
    bytes[31..33].copy_from_slice(&code.to_be_bytes());
    base64::encode(&bytes)
}

fn answer(srv: &str, payload: &str) -> String {
    let payload =
        if payload.is_empty() { String::new() } else { format!("<sr:GBCSPayload>{payload}</sr:GBCSPayload>") };
    format!(
        "<sr:ResponseMessage><sr:ServiceReferenceVariant>{srv}</sr:ServiceReferenceVariant>{payload}</sr:ResponseMessage>"
    )
}

#[test]
fn a_devices_refusal_fails_the_step_and_reopens_one_that_was_done() {
    let mut site = site();
    let refused = |site: &mut Checklist| feed(site, &from_meter("I0"), &answer("8.1.1", CLOCK_REFUSED));
    assert_eq!(refused(&mut site)[0].status, Status::Failed);
    assert!(step(&site, "commission/ESME").evidence[0].contains("refused"));
    feed(&mut site, &from_meter("I0"), &answer("8.1.1", CLOCK_SET));
    assert_eq!(step(&site, "commission/ESME").status, Status::Done);
    let inventory = format!(
        "<sr:ResponseMessage><sr:ServiceReferenceVariant>8.2</sr:ServiceReferenceVariant><sr:DSPInventory><sr:Device>\
         <sr:DeviceID>{METER}</sr:DeviceID><sr:DeviceStatus>Pending</sr:DeviceStatus></sr:Device></sr:DSPInventory></sr:ResponseMessage>"
    );
    feed(&mut site, &from_meter("I0"), &inventory);
    let commission = step(&site, "commission/ESME");
    assert_eq!(commission.status, Status::Open);
    assert_eq!(commission.evidence.last().map(String::as_str), Some("inventory shows Pending"));
}

#[test]
fn a_step_of_several_requests_is_done_when_each_was_carried_out() {
    let mut site = site();
    // What the meter answers here fits any of them: a list of five parts, all done.
    for (srv, status) in [
        ("1.1.1", Status::Open),
        ("1.6", Status::Open),
        ("6.8", Status::Open),
        ("1.6", Status::Open),
        ("6.22", Status::Done),
    ] {
        feed(&mut site, &from_meter("I0"), &answer(srv, &with_code_of(srv, CLOCK_SET)));
        assert_eq!(step(&site, "tariff/ESME").status, status, "{srv}");
    }
    assert_eq!(step(&site, "tariff/ESME").evidence.len(), 4);
    feed(&mut site, &from_meter("I0"), &answer("6.24.1", &with_code_of("6.24.1", CLOCK_SET)));
    assert_eq!(step(&site, "credentials/ESME").status, Status::Open, "reading credentials replaces none");
}

#[test]
fn the_last_answer_to_a_request_counts() {
    let mut site = site();
    let tell = |site: &mut Checklist, srv: &str, payload: &str| {
        feed(site, &from_meter("I0"), &answer(srv, &with_code_of(srv, payload)));
    };
    for (payload, status) in [
        (CLOCK_SET, Status::Done),
        (CLOCK_REFUSED, Status::Failed),
        (CLOCK_SET, Status::Done),
        (CLOCK_SET, Status::Done),
    ] {
        tell(&mut site, "8.1.1", payload);
        assert_eq!(step(&site, "commission/ESME").status, status);
    }
    // A refusal withdraws what the same request proved before, and stays while the others succeed.
    for (srv, payload, status) in [
        ("1.1.1", CLOCK_SET, Status::Open),
        ("1.1.1", CLOCK_REFUSED, Status::Failed),
        ("1.6", CLOCK_SET, Status::Failed),
        ("6.8", CLOCK_SET, Status::Failed),
        ("6.22", CLOCK_SET, Status::Failed),
        ("1.1.1", CLOCK_SET, Status::Done),
    ] {
        tell(&mut site, srv, payload);
        assert_eq!(step(&site, "tariff/ESME").status, status, "{srv}");
    }
    // An answer from before the newest one comes late.
    let late = |site: &mut Checklist, payload: &str, time: &str| {
        let xml = answer("8.1.1", &with_code_of("8.1.1", payload));
        feed_at(site, &from_meter("I0"), &xml, time)
    };
    assert_eq!(late(&mut site, CLOCK_REFUSED, "2026-11-21T11:00:00Z").len(), 1);
    assert!(late(&mut site, CLOCK_SET, "2026-11-21T10:30:00Z").is_empty());
    assert_eq!(late(&mut site, CLOCK_SET, "2026-11-21T12:00:00Z").len(), 1);
    assert!(late(&mut site, CLOCK_SET, "2026-11-21T14:00:00Z").is_empty(), "the same once more");
    assert!(late(&mut site, CLOCK_REFUSED, "2026-11-21T13:00:00Z").is_empty(), "older than the one told again");
}

#[test]
fn a_payload_that_does_not_belong_to_its_envelope_settles_nothing() {
    let mut site = site();
    let counter = from_meter("I0").replace(":7<", ":8<");
    let mut foreign = base64::decode(CLOCK_SET).expect("base64");
    foreign[19] ^= 1;
    for (header, body) in [
        (counter, answer("8.1.1", CLOCK_SET)),
        (from_meter("I0"), answer("6.20.1", CLOCK_SET)),
        (from_meter("I0"), answer("8.1.1", &base64::encode(&foreign))),
        (
            from_meter("I0"),
            format!(
                "<sr:DeviceAlertMessage><sr:AlertCode>8F69</sr:AlertCode><sr:GBCSPayload>{CLOCK_SET}</sr:GBCSPayload>\
                 </sr:DeviceAlertMessage>"
            ),
        ),
    ] {
        assert!(feed(&mut site, &header, &body).is_empty(), "{body}");
    }
}

#[test]
fn a_device_log_result_is_for_the_hub_that_was_asked() {
    let result = |hub: &str| {
        format!(
            "<sr:DCCAlertMessage><sr:DCCAlertCode>N24</sr:DCCAlertCode><sr:DCCAlert><sr:UpdateHANDeviceLogResult>\
             <sr:UpdateHANDeviceLogServiceRequestID>90-B3-D5-1F-30-01-00-00:{hub}:9</sr:UpdateHANDeviceLogServiceRequestID>\
             </sr:UpdateHANDeviceLogResult></sr:DCCAlert></sr:DCCAlertMessage>"
        )
    };
    let devices = ["CHF=00-DB-12-34-56-78-90-A2", "ESME=00-DB-12-34-56-78-90-A0"];
    let mut site = Checklist::new(devices.map(|text| text.parse().expect("a device")).to_vec(), Vec::new());
    assert!(feed(&mut site, "", &result("00-DB-12-34-56-78-90-B2")).is_empty());
    assert_eq!(feed(&mut site, "", &result("00-DB-12-34-56-78-90-A2"))[0].status, Status::Done);
}

#[test]
fn commands_that_came_back_settle_nothing() {
    let mut site = site();
    for wrap in ["PreCommand", "LocalCommand"] {
        let body = answer("8.1.1", CLOCK_SET)
            .replace("<sr:GBCSPayload>", &format!("<sr:{wrap}><sr:GBCSPayload>"))
            .replace("</sr:GBCSPayload>", &format!("</sr:GBCSPayload></sr:{wrap}>"));
        assert!(feed(&mut site, &from_meter("I0"), &body).is_empty(), "{wrap}");
    }
}

#[test]
fn gas_has_its_own_steps() {
    let devices = ["CHF", "GPF", "GSME", "PPMID"].map(|text| text.parse().expect("a device"));
    let mut site = Checklist::new(devices.to_vec(), Vec::new());
    assert_eq!(step(&site, "gas-proxy/GSME").srv, ["8.7.2"]);
    assert!(!step(&site, "meter/GSME").title.contains("polarity"));
    let all = site.all_steps();
    let steps = keys(&all);
    assert!(steps.contains(&"bind-gas/PPMID") && !steps.contains(&"bind/PPMID") && !steps.contains(&"restore-log"));
    site.hub_swap = true;
    let all = site.all_steps();
    assert!(["hub-return", "restore-log", "restore-gas-log"].iter().all(|key| keys(&all).contains(key)));
}

#[test]
fn messages_of_another_site_settle_nothing() {
    let mut site = site();
    let header = from_meter("I0").replace("78-90-A0", "78-90-FF");
    let alert = "<sr:DeviceAlertMessage><sr:AlertCode>8183</sr:AlertCode></sr:DeviceAlertMessage>";
    assert!(feed(&mut site, &header, alert).is_empty());
}

#[test]
fn the_file_reads_back_and_another_is_refused() {
    let mut site = site();
    site.mark("announce/CHF", Status::Done, Some("seen".to_owned()), NOW, false).expect("ready");
    let text = serde_json::to_string(&site).expect("json");
    assert_eq!(Checklist::parse(&text), Ok(site));
    assert!(Checklist::parse("{}").is_err());
    assert!(Checklist::parse(&text.replace("smets-install", "other")).is_err());
}

#[test]
fn the_page_holds_every_step_and_nothing_live() {
    let mut site = site();
    site.meter_points.push("<script>".to_owned());
    let page = page::html(&site, &lights::parse(lights::shipped_text()).expect("lights"), &Letterhead::default());
    for step in site.all_steps() {
        assert!(page.contains(&quick_xml::escape::escape(step.title).into_owned()), "{}", step.key);
    }
    assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
    assert!(page.contains("(unverified)"));
}

#[test]
fn a_device_is_asked_for_nothing_that_only_the_other_fuel_may_send() {
    let gas = Device { kind: DeviceType::Gsme, id: None };
    let electricity = Device { kind: DeviceType::Esme, id: None };
    let steps = Checklist::new(vec![electricity, gas], Vec::new()).all_steps();
    let asked = |key: &str| steps.iter().find(|step| step.key == key).map(|step| step.srv.clone());
    assert_eq!(asked("meter-point/ESME"), Some(vec!["6.20.1", "6.20.2"]));
    assert_eq!(asked("meter-point/GSME"), Some(vec!["6.20.1"]));
}
