//! The driver against a server in the test, with replies of our own making: sloppy ones, faults, silence.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use time::OffsetDateTime;
use time::macros::datetime;

use super::*;
use crate::headend::outbox::Outbox;
use crate::headend::{ReportKind, TokenIssue};
use crate::keys::Exposure;

/// What the server does with a request.
enum Act {
    /// Answers with this HTTP status and body; `@ID@` is the MsgID of the request.
    Answer(u16, String),
    /// Takes the request and hangs up.
    HangUp,
    /// Takes the request and stays silent until the client goes.
    Silence,
    /// Answers with a head that promises more than comes.
    BreakOff,
}

struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
    folder: tempfile::TempDir,
}

fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if length.is_none_or(|length: usize| body.len() >= length) {
                return Some(text);
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

impl Server {
    /// Serves one request after another, each by the next act.
    fn with(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/xmlvend", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for act in acts {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let Some(request) = read_request(&mut stream) else { continue };
                let id = request
                    .split("<b:msgID ")
                    .nth(1)
                    .and_then(|rest| rest.split("/>").next())
                    .unwrap_or_default()
                    .to_owned();
                seen.lock().unwrap().push(request);
                match act {
                    Act::HangUp => {}
                    Act::Silence => drop(stream.read(&mut [0; 16])),
                    Act::BreakOff => drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<soap")),
                    Act::Answer(status, body) => {
                        let body = body.replace("@ID@", &id);
                        let head = format!(
                            "HTTP/1.1 {status} X\r\nContent-Type: text/xml\r\nContent-Length: {}\r\n\r\n",
                            body.len()
                        );
                        let _ = stream.write_all(format!("{head}{body}").as_bytes());
                    }
                }
            }
        });
        Server { url, requests, folder: tempfile::tempdir().unwrap() }
    }

    fn head_end_at(&self, now: fn() -> OffsetDateTime, more: &str) -> XmlvendHeadEnd {
        let text = format!(
            "url = \"{}\"\nplain_http = true\nclient_id = \"6004708001981\"\nterminal_id = \"T-1\"\ntimeout_s = 1.5\n{more}",
            self.url
        );
        let section: XmlvendSection = text.parse::<toml::Table>().unwrap().try_into().unwrap();
        let server = super::Server::new(section.settle("test", Exposure::Refuse).unwrap()).unwrap();
        XmlvendHeadEnd::new(&server, Outbox::open(self.folder.path()).unwrap(), now, None)
    }

    fn head_end(&self) -> XmlvendHeadEnd {
        self.head_end_at(|| datetime!(2026-11-21 08:00 UTC), "")
    }

    /// The roots of what was asked, without their prefix.
    fn asked(&self) -> Vec<String> {
        let root = |request: &String| {
            let body = request.split("<soap:Body><").nth(1).unwrap_or_default();
            let name = body.split([' ', '>']).next().unwrap_or_default();
            let kind = body.split('>').next().unwrap_or_default().split("xsi:type=\"").nth(1);
            let name = kind.and_then(|kind| kind.split('"').next()).unwrap_or(name);
            name.split(':').next_back().unwrap_or_default().to_owned()
        };
        self.requests.lock().unwrap().iter().map(root).collect()
    }
}

fn answer(body: &str) -> Act {
    Act::Answer(
        200,
        format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>{body}</e:Body></e:Envelope>"
        ),
    )
}

fn fault(kind: &str) -> Act {
    Act::Answer(
        500,
        format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><e:Fault><faultcode>e:Server</faultcode>\
             <faultstring>no</faultstring><detail><xmlvendFaultResp><fault type=\"q:{kind}\"><desc>because</desc></fault>\
             </xmlvendFaultResp></detail></e:Fault></e:Body></e:Envelope>"
        ),
    )
}

const CLEARED: &str = "<b:meterSpecificEngResp xmlns:b=\"http://www.nrs.eskom.co.za/xmlvend/base/2.1/schema\"><reqMsgID @ID@/>\
    <odd xmlns=\"urn:x\"><token/></odd><clearTamper><desc>Clear</desc><meterDetail msno=\"01425370010\" more=\"1\"/><token>\
    <stsCipher>5441 0140 4905 6797 8754</stsCipher></token></clearTamper></b:meterSpecificEngResp>";

fn last(content: &str) -> String {
    format!(
        "<adviceResp><reqMsgID @ID@/><adviceReqMsgID dateTime=\"20261121080000\" uniqueNumber=\"1\"/>\
         <lastResponse>{content}</lastResponse></adviceResp>"
    )
}

fn drn() -> Drn {
    "01425370010".parse().unwrap()
}

fn clear_tamper(head_end: &mut XmlvendHeadEnd) -> Result<TokenAnswer, HeadEndError> {
    head_end.engineering(&EngineeringRequest {
        drn: drn(),
        kind: EngineeringKind::ClearTamper,
        found: Found::default(),
    })
}

fn issued(answer: Result<TokenAnswer, HeadEndError>) -> TokenIssue {
    match answer.unwrap() {
        TokenAnswer::Issued(issue) => issue,
        TokenAnswer::Refused(refusal) => panic!("{refusal:?}"),
    }
}

fn refused(answer: Result<TokenAnswer, HeadEndError>) -> Verdict {
    match answer.unwrap() {
        TokenAnswer::Issued(issue) => panic!("{issue:?}"),
        TokenAnswer::Refused(refusal) => refusal.verdict,
    }
}

const CUSTOMER: &str = "<confirmCustomerResp xmlns=\"http://www.nrs.eskom.co.za/xmlvend/revenue/2.1/schema\"><new/><reqMsgID @ID@/>\
    <confirmCustResult><custVendDetail name=\"A\" address=\"B\" accNo=\"VC 1001\" extra=\"1\"/>\
    <custVendConfig><canVend>1</canVend></custVendConfig><meterDetail msno=\"01425370010\"/></confirmCustResult>\
    </confirmCustomerResp>";

const METER: &str = "<x:confirmMeterResp xmlns:x=\"http://www.nrs.eskom.co.za/xmlvend/meter/2.1/schema\"><x:operatorMsg>Mind the dog\
    </x:operatorMsg><x:reqMsgID @ID@/><x:confirmMeterResult><x:meterDetail msno=\"01425370010\" sgc=\"600400\" krn=\"2\" ti=\"1\">\
    <maxVendAmt value=\"1\"/><x:meterType at=\"07\" tt=\"02\"/></x:meterDetail></x:confirmMeterResult></x:confirmMeterResp>";

fn checked(customer: &str, meter: &str) -> Result<Handshake, HeadEndError> {
    let server = Server::with(vec![answer(customer), answer(meter)]);
    let query = Query { drn: drn(), code: Some("vc-1001".parse().unwrap()), found: Found::default() };
    server.head_end().check(&query)
}

#[test]
fn a_reply_that_does_not_prove_itself_is_never_a_yes() {
    assert_eq!(checked(CUSTOMER, METER).unwrap().verdict, Verdict::RegisteredActive);
    let customer = |from: &str, to: &str| checked(&CUSTOMER.replace(from, to), METER);
    let result = CUSTOMER.split("<confirmCustResult>").nth(1).unwrap().split("</confirmCustResult>").next().unwrap();
    let unproven = [
        customer(&format!("<confirmCustResult>{result}</confirmCustResult>"), ""),
        customer(result, ""),
        customer("<meterDetail msno=\"01425370010\"/>", ""),
        customer("<custVendConfig><canVend>1</canVend></custVendConfig>", ""),
        customer("<canVend>1</canVend>", "<canVend>perhaps</canVend>"),
        customer("<reqMsgID @ID@/>", ""),
        customer("<reqMsgID @ID@/>", "<reqMsgID/>"),
        customer("<reqMsgID @ID@/>", "<reqMsgID dateTime=\"20240101080000\" uniqueNumber=\"1\"/>"),
        checked(CUSTOMER, &METER.replace(" msno=\"01425370010\"", "")),
        checked(CUSTOMER, &METER.replace("<x:reqMsgID @ID@/>", "")),
        // The two answers contradict each other, or one does not read.
        customer("<meterDetail msno=\"01425370010\"/>", "<meterDetail msno=\"01425370010\" sgc=\"600401\"/>"),
        customer("<canVend>1</canVend>", "<canVend>1</canVend><canVend>0</canVend>"),
        checked(CUSTOMER, &METER.replace("krn=\"2\"", "krn=\"x\"")),
    ];
    for (number, answer) in unproven.into_iter().enumerate() {
        assert_eq!(answer.map_err(|error| error.code()), Err(crate::error::Code::HeadEndGarbled), "{number}");
    }
    for (verdict, answer) in [
        (Verdict::MeterMismatch, customer("01425370010", "01425370028")),
        (Verdict::MeterMismatch, checked(CUSTOMER, &METER.replace("01425370010", "01425370028"))),
        (Verdict::CodeMismatch, customer("VC 1001", "ZZ-9")),
        (Verdict::CodeMissing, customer(" accNo=\"VC 1001\"", "")),
        (Verdict::RegisteredInactive, customer("<canVend>1", "<canVend>0")),
    ] {
        assert_eq!(answer.map(|answer| answer.verdict).map_err(|error| error.to_string()), Ok(verdict));
    }
}

#[test]
fn a_reply_is_read_although_the_server_hung_up_on_the_request() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/xmlvend", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 403 no\r\nContent-Length: 6\r\n\r\nbecause").unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    let server = Server { url, requests: Arc::default(), folder };
    let head_end = server.head_end();
    // More than the socket holds, so that writing goes on until the connection is known to be cut.
    let message = "x".repeat(32 << 20);
    let reply =
        transport::post(&transport::agent(&head_end.exchange.settings).unwrap(), &head_end.exchange.settings, &message);
    assert_eq!(reply.map(|reply| reply.status).map_err(|lost| format!("{lost:?}")), Ok(403));
}

#[test]
fn replies_without_header_parts_and_with_strangers_are_read() {
    let (customer, meter) = (CUSTOMER, METER);
    let server = Server::with(vec![answer(customer), answer(meter)]);
    let query = Query { drn: drn(), code: Some("vc-1001".parse().unwrap()), found: Found::default() };
    let answer = server.head_end().check(&query).unwrap();
    assert_eq!((answer.verdict, answer.operator_message.as_deref()), (Verdict::RegisteredActive, Some("Mind the dog")));
    let record = answer.record.unwrap();
    assert_eq!((record.parameters.ti.unwrap().number(), record.tct.as_deref()), (1, Some("02")));
    assert_eq!(server.asked(), ["confirmCustomerReq", "confirmMeterReq"]);
    let request = server.requests.lock().unwrap()[0].clone();
    assert!(request.contains("soapaction: \"\"") || request.contains("SOAPAction: \"\""), "{request}");
    assert!(request.contains("gzip"), "{request}");
}

#[test]
fn a_token_is_read_and_its_request_numbered() {
    let server = Server::with(vec![answer(CLEARED), answer(CLEARED)]);
    let mut head_end = server.head_end();
    assert_eq!(issued(clear_tamper(&mut head_end)).tokens[0].to_string(), "54410140490567978754");
    clear_tamper(&mut head_end).unwrap();
    let requests = server.requests.lock().unwrap().clone();
    assert!(requests[0].contains("dateTime=\"20261121080000\" uniqueNumber=\"1\""), "{}", requests[0]);
    assert!(requests[1].contains("uniqueNumber=\"2\""));
}

#[test]
fn tokens_for_another_meter_or_message_are_not_taken() {
    let other = CLEARED.replace("01425370010", "01425370028");
    let server = Server::with(vec![answer(&other)]);
    let error = clear_tamper(&mut server.head_end()).unwrap_err();
    assert!(error.to_string().contains("for meter 01425370028"), "{error}");

    let stray = CLEARED.replace("@ID@", "dateTime=\"20200101000000\" uniqueNumber=\"77\"");
    let server = Server::with(vec![answer(&stray), fault("LastResponseEx")]);
    assert_eq!(refused(clear_tamper(&mut server.head_end())), Verdict::NeverDone);
}

#[test]
fn whatever_loses_a_reply_is_followed_by_advice_and_never_by_a_second_request() {
    let html = || Act::Answer(502, "<html>bad gateway</html>".to_owned());
    for lost in [Act::HangUp, Act::Silence, Act::BreakOff, html(), Act::Answer(200, String::new()), fault("SystemEx")] {
        let server = Server::with(vec![lost, answer(&last(CLEARED.replace("@ID@", "").as_str()))]);
        let mut head_end = server.head_end();
        let issue = issued(clear_tamper(&mut head_end));
        assert_eq!(issue.tokens[0].to_string(), "54410140490567978754");
        assert_eq!(server.asked(), ["ClearTamperReq", "LastRespAdviceReq"]);
        let advice = server.requests.lock().unwrap()[1].clone();
        assert!(advice.contains("<b:adviceReqMsgID dateTime=\"20261121080000\" uniqueNumber=\"1\"/>"), "{advice}");
    }
}

#[test]
fn an_open_request_is_asked_about_by_a_later_run() {
    let silent = || Act::HangUp;
    let acts = vec![silent(), silent(), silent(), silent(), answer(&last(CLEARED.replace("@ID@", "").as_str()))];
    let server = Server::with(acts);
    let error = clear_tamper(&mut server.head_end()).unwrap_err();
    assert_eq!(error.code(), crate::error::Code::OutcomeUnknown);
    // Another process.
    let issue = issued(clear_tamper(&mut server.head_end()));
    assert!(issue.warnings[0].contains("earlier request"));
    assert_eq!(server.asked().iter().filter(|kind| *kind == "ClearTamperReq").count(), 1);
    assert_eq!(server.asked().last().map(String::as_str), Some("LastRespAdviceReq"));
}

#[test]
fn what_a_server_did_not_do_may_be_asked_again_and_what_it_cannot_tell_may_not() {
    let server = Server::with(vec![Act::HangUp, fault("LastResponseEx"), answer(CLEARED)]);
    assert_eq!(refused(clear_tamper(&mut server.head_end())), Verdict::NeverDone);
    issued(clear_tamper(&mut server.head_end()));
    assert_eq!(server.asked(), ["ClearTamperReq", "LastRespAdviceReq", "ClearTamperReq"]);

    for kind in ["IndeterminantLastResponseEx", "UseCaseSupportEx"] {
        let server = Server::with(vec![Act::HangUp, fault(kind), fault(kind)]);
        for _ in 0..2 {
            let error = clear_tamper(&mut server.head_end()).unwrap_err();
            assert_eq!(error.code(), crate::error::Code::OutcomeUnknown, "{error}");
        }
        assert_eq!(server.asked(), ["ClearTamperReq", "LastRespAdviceReq", "LastRespAdviceReq"]);
    }
}

#[test]
fn the_answer_told_again_may_be_a_fault() {
    let again =
        last("<x:fault xmlns:x=\"http://www.nrs.eskom.co.za/xmlvend/base/2.1/schema\" x:type=\"q:BlockedMeterEx\"/>");
    let server = Server::with(vec![Act::HangUp, answer(&again)]);
    assert_eq!(refused(clear_tamper(&mut server.head_end())), Verdict::Blocked);
}

#[test]
fn nobody_there_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut server = Server::with(Vec::new());
    server.url = format!("http://{}/x", listener.local_addr().unwrap());
    drop(listener);
    let error = clear_tamper(&mut server.head_end()).unwrap_err();
    assert_eq!(error.code(), crate::error::Code::HeadEndSilent);
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    // And nothing is left open: the next run asks anew.
    let sender = crate::headend::message_id::Sender { client: "6004708001981".into(), terminal: "T-1".into() };
    let what = intent(&UseCase::Engineering(Identifier::Number(drn()), EngineeringKind::ClearTamper), Some(drn()));
    assert_eq!(Outbox::open(server.folder.path()).unwrap().open_message(&sender, &what).unwrap(), None);
}

#[test]
fn a_question_that_makes_nothing_is_simply_unanswered() {
    let query = Query { drn: drn(), code: None, found: Found::default() };
    let server = Server::with(vec![Act::HangUp]);
    let error = server.head_end().check(&query).unwrap_err();
    assert_eq!(error.code(), crate::error::Code::HeadEndSilent);
    for body in ["", "hello", "<a/>", "<!DOCTYPE a []><a/>", "{\"error\":1}"] {
        let server = Server::with(vec![Act::Answer(404, body.to_owned())]);
        let error = server.head_end().check(&query).unwrap_err();
        assert_eq!(error.code(), crate::error::Code::HeadEndGarbled, "{body}");
        assert!(error.to_string().contains("HTTP 404"), "{error}");
    }
    assert_eq!(server.asked(), ["confirmCustomerReq"]);
}

#[test]
fn a_reply_without_end_is_cut_off() {
    let server = Server::with(vec![Act::Answer(200, format!("<a>{}</a>", " ".repeat(3_000_000)))]);
    let error = server.head_end().check(&Query { drn: drn(), code: None, found: Found::default() }).unwrap_err();
    assert!(error.to_string().contains("longer than"), "{error}");
}

#[test]
fn sets_of_more_than_two_are_left_to_the_pack_without_asking() {
    let server = Server::with(Vec::new());
    let mut found = Found::default();
    found.parameters.ea = Some("11".parse().unwrap());
    let four = KeyChangeRequest { drn: drn(), found, to: None, sections: None };
    assert_eq!(refused(server.head_end().key_change(&four)), Verdict::SetNotCarried);
    let three = KeyChangeRequest { sections: Some(3), found: Found::default(), ..four };
    assert_eq!(refused(server.head_end().key_change(&three)), Verdict::SetNotCarried);
    assert!(server.asked().is_empty());
}

#[test]
fn a_clock_that_is_off_is_told() {
    let dated = CLEARED.replace("<odd", "<respDateTime>2026-11-21T10:00:00+02:00</respDateTime><odd");
    let server = Server::with(vec![answer(&dated), answer(&dated)]);
    let issue = issued(clear_tamper(&mut server.head_end_at(|| datetime!(2026-11-21 09:30 UTC), "")));
    assert_eq!(issue.warnings, ["this computer's clock is 90 min ahead of the server's: set it"]);
    assert!(issued(clear_tamper(&mut server.head_end())).warnings.is_empty());
}

#[test]
fn markup_in_texts_does_not_break_out() {
    let done = "<custReportFaultResp><reqMsgID @ID@/><custFaultLog refNo=\"F1\"/></custReportFaultResp>";
    let server = Server::with(vec![answer(done)]);
    let report = JobReport {
        id: "j\"1".to_owned(),
        drn: drn(),
        serial: None,
        vend_code: Some("<&\">".to_owned()),
        kind: ReportKind::MeterDead,
        at: String::new(),
        text: "</m:desc><evil/>\u{0} & \u{1b}".repeat(100),
        ledger_head: None,
        details: serde_json::Value::Null,
    };
    let mut head_end = server.head_end_at(|| datetime!(2026-11-21 08:00 UTC), "profile = \"eskom\"");
    assert_eq!(head_end.report(&report).unwrap(), Delivery::Delivered { reference: Some("F1".to_owned()) });
    assert_eq!(head_end.report(&report).unwrap(), Delivery::Delivered { reference: Some("F1".to_owned()) });
    assert_eq!(server.asked().len(), 1, "a job is reported once");
    let request = server.requests.lock().unwrap()[0].clone();
    let root = tree::parse(request.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    let told = root.find("custFaultReport").unwrap();
    assert_eq!(
        (told.kind(), told.told_at(&["desc"]).map(|text| text.chars().count() <= 500)),
        (Some("MeterDead"), Some(true))
    );
    assert!(root.find("evil").is_none());
    assert_eq!(root.find("custDetail").unwrap().told("accNo"), Some("<&\">"));
}

#[test]
fn a_report_that_is_refused_is_left_for_a_person_and_one_that_is_lost_is_settled_first() {
    let mut report = JobReport {
        id: "j1".to_owned(),
        drn: drn(),
        serial: None,
        vend_code: None,
        kind: ReportKind::NewInstallation,
        at: String::new(),
        text: String::new(),
        ledger_head: None,
        details: serde_json::Value::Null,
    };
    let states = |server: &Server| {
        let items = Outbox::open(server.folder.path()).unwrap().items(true).unwrap();
        items.iter().map(|item| item.state).collect::<Vec<_>>()
    };
    let server = Server::with(vec![fault("UseCaseSupportEx")]);
    assert!(matches!(server.head_end().report(&report).unwrap(), Delivery::Queued { reason: Some(_), .. }));
    assert_eq!(states(&server), [ItemState::Refused]);

    report.id = "j2".to_owned();
    let acts = vec![Act::HangUp, Act::HangUp, Act::HangUp, Act::HangUp, answer(&last("<custFaultLog refNo=\"F2\"/>"))];
    let server = Server::with(acts);
    assert!(matches!(server.head_end().report(&report).unwrap(), Delivery::Queued { .. }));
    assert_eq!(states(&server), [ItemState::Sent]);
    assert_eq!(server.head_end().report(&report).unwrap(), Delivery::Delivered { reference: Some("F2".to_owned()) });
    assert_eq!(server.asked().iter().filter(|kind| *kind == "custReportFaultReq").count(), 1);
}
