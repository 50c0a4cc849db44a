//! A critical request through transform, comparison, signature, sending and answer, against a DCC that misbehaves.
#![cfg(unix)]

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::{Receiver, channel};

use serde_json::Value;

use crate::messages::{Flag, envelope, gbcs, payload, response_message, signed};
use crate::post::{Post, id_of};
use crate::{METER, Place, SUPPLIER};

const HUB_OF_OTHERS: &str = "00-DB-12-34-56-78-90-AF";

/// How the DCC answers one request.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Behaviour {
    /// The pre-command, ending with its content or in a signature of no length.
    PreCommand { null_signature: bool },
    /// A pre-command with another message code.
    OtherCommand,
    /// I99.
    Acknowledge,
    /// An error code.
    Refuse,
    /// Hangs up.
    HangUp,
}

/// A DCC that answers as many requests as there are behaviours, and tells path and body of each.
fn dcc(behaviours: &'static [Behaviour]) -> (String, Receiver<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for behaviour in behaviours {
            let mut post = Post::take(&listener);
            if *behaviour != Behaviour::HangUp {
                post.answer(&answer(*behaviour, &post.body));
            }
            tell.send((post.path, post.body)).unwrap();
        }
    });
    (address, told)
}

fn answer(behaviour: Behaviour, request: &str) -> String {
    let command = |code: u16, end: &[u8]| {
        let message = [command(id_of(request), code), end.to_vec()].concat();
        response_message("7.2", &format!("<sr:PreCommand>{}</sr:PreCommand>", payload(&message)))
    };
    let (code, inner) = match behaviour {
        Behaviour::PreCommand { null_signature: false } => ("I0", command(0x50, &[])),
        Behaviour::PreCommand { null_signature: true } => ("I0", command(0x50, &[0])),
        Behaviour::OtherCommand => ("I0", command(0x4f, &[])),
        Behaviour::Acknowledge | Behaviour::HangUp => ("I99", String::new()),
        Behaviour::Refuse => ("E4", String::new()),
    };
    envelope(id_of(request), code, &inner)
}

/// The command with this message code for the originator, target and counter of an ID.
fn command(id: &str, code: u16) -> Vec<u8> {
    gbcs(Flag::Command, id, code, &[0xd9, 0x20, 0, 0, 0, 0, 0])
}

/// Scripts that sign a request and a pre-command, and one that signs another command.
struct Signers {
    xml: String,
    command: String,
    forger: String,
}

fn signers(place: &Place) -> Signers {
    let script = |name: &str, body: &str| {
        let path = place.path(name);
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    };
    let signature = "printf '\\100'; head -c 64 /dev/zero | tr '\\0' S;";
    Signers {
        xml: script("sign-xml", "exec sed 's|</sr:Request>|<ds:Signature/></sr:Request>|'"),
        command: script("sign-gbcs", &format!("{{ base64 -d | head -c 41; {signature} }} | base64 -w 0")),
        forger: script(
            "forge",
            &format!("{{ base64 -d | head -c 41 | tr '\\331' '\\330'; {signature} }} | base64 -w 0"),
        ),
    }
}

/// A request to disable the supply, of command variant 4.
fn disable(place: &Place) {
    let ids = ["--originator", SUPPLIER, "--target", METER, "-o", "disable.xml"];
    let (code, _, err) = place.run(&[&["smets", "request", "build", "7.2"], ids.as_slice()].concat());
    assert_eq!(code, 0, "{err}");
}

fn critical(place: &Place, more: &[&str]) -> (i32, Value) {
    place.json(&[&["smets", "request", "critical", "it"], more].concat())
}

#[test]
fn a_critical_request_goes_from_the_dcc_through_the_signature_to_the_device() {
    for null_signature in [false, true] {
        let place = Place::new();
        disable(&place);
        let signers = signers(&place);
        let (address, told) = if null_signature {
            dcc(&[Behaviour::PreCommand { null_signature: true }, Behaviour::Acknowledge])
        } else {
            dcc(&[Behaviour::PreCommand { null_signature: false }, Behaviour::Acknowledge])
        };
        let programs = ["--sign-command", signers.xml.as_str(), "--sign-precommand", signers.command.as_str()];
        let (code, at) =
            critical(&place, &[&["--request", "disable.xml", "--adaptor", &address], programs.as_slice()].concat());
        assert_eq!((code, &at["stage"]), (0, &Value::from("acknowledged")), "{at}");
        let (path, transform) = told.recv().unwrap();
        assert_eq!(path, "/api/v1/serviceT");
        let (path, sent) = told.recv().unwrap();
        assert_eq!(path, "/api/v1/serviceS");
        assert_eq!(id_of(&sent), id_of(&transform));
        assert!(
            sent.contains("CommandVariant>5<") && sent.contains("SignedPreCommand") && sent.contains("<ds:Signature/>")
        );
        // A device that refuses is the answer; one of another meter is not.
        let id = id_of(&sent).to_owned();
        let foreign = id.replace(METER, HUB_OF_OTHERS);
        let response = |id: &str, result: u8| {
            let content = [0xda, 0x20, 0, 0, 0, 0, 0, 1, 0, 1, 3, result];
            let answer = signed(gbcs(Flag::Response, id, 0x50, &content));
            envelope(id, "I0", &response_message("7.2", &payload(&answer)))
        };
        fs::write(place.path("foreign.xml"), response(&foreign, 0)).unwrap();
        let (code, error) = critical(&place, &["--response", "foreign.xml"]);
        assert_eq!((code, &error["error"]["code"]), (8, &Value::from("unsafe")), "{error}");
        let (result, exit, word) = if null_signature { (3, 1, "refused") } else { (0, 0, "done") };
        fs::write(place.path("response.xml"), response(&id, result)).unwrap();
        let (code, at) = critical(&place, &["--response", "response.xml"]);
        assert_eq!((code, &at["stage"], &at["outcome"]), (exit, &"answered".into(), &word.into()), "{at}");
        assert_eq!(at["files"].as_array().unwrap().len(), 7);
        // What is done stays done.
        let (code, at) = critical(&place, &["--adaptor", "http://127.0.0.1:1"]);
        assert_eq!((code, &at["stage"]), (exit, &"answered".into()), "{at}");
    }
}

#[test]
fn a_pre_command_that_does_not_fit_is_never_signed() {
    let place = Place::new();
    disable(&place);
    let signers = signers(&place);
    let (address, told) = dcc(&[Behaviour::OtherCommand]);
    let programs = ["--sign-command", signers.xml.as_str(), "--sign-precommand", signers.command.as_str()];
    let (code, error) =
        critical(&place, &[&["--request", "disable.xml", "--adaptor", &address], programs.as_slice()].concat());
    assert_eq!((code, &error["error"]["code"]), (8, &Value::from("unsafe")), "{error}");
    told.recv().unwrap();
    let (_, at) = critical(&place, &programs);
    assert_eq!(at["stage"], "transform-sent", "{at}");
    assert!(!place.path("it/signed-command.b64").exists());
}

#[test]
fn a_signed_command_that_is_another_one_is_never_sent() {
    let place = Place::new();
    disable(&place);
    let signers = signers(&place);
    let (address, _told) = dcc(&[Behaviour::PreCommand { null_signature: false }]);
    let (code, error) = critical(
        &place,
        &[
            "--request",
            "disable.xml",
            "--adaptor",
            &address,
            "--sign-command",
            &signers.xml,
            "--sign-precommand",
            &signers.forger,
        ],
    );
    assert_eq!((code, &error["error"]["code"]), (8, &Value::from("unsafe")), "{error}");
    assert!(error["error"]["message"].as_str().unwrap().contains("another command"), "{error}");
    let unsigned = command(id_of(&fs::read_to_string(place.path("it/request.xml")).unwrap()), 0x50);
    fs::write(place.path("unsigned"), wattkey::smets::base64::encode(&unsigned)).unwrap();
    let (code, error) = critical(&place, &["--signed", "unsigned"]);
    assert!(code == 8 && error["error"]["message"].as_str().unwrap().contains("no signature"), "{error}");
    let (code, at) = critical(&place, &[]);
    assert_eq!((code, &at["stage"]), (0, &"pre-command".into()), "{at}");
}

#[test]
fn a_lost_pre_command_is_asked_for_again_and_a_lost_command_is_not_sent_again() {
    let place = Place::new();
    disable(&place);
    let signers = signers(&place);
    let (address, told) = dcc(&[
        Behaviour::HangUp,
        Behaviour::PreCommand { null_signature: false },
        Behaviour::HangUp,
        Behaviour::Acknowledge,
    ]);
    let programs = [
        "--adaptor",
        address.as_str(),
        "--sign-command",
        signers.xml.as_str(),
        "--sign-precommand",
        signers.command.as_str(),
    ];
    let (code, error) = critical(&place, &[&["--request", "disable.xml"], programs.as_slice()].concat());
    assert_eq!((code, &error["error"]["code"]), (8, &"outcome-unknown".into()), "{error}");
    let (code, error) = critical(&place, &programs);
    assert_eq!((code, &error["error"]["code"]), (8, &"outcome-unknown".into()), "{error}");
    let bodies: Vec<String> = (0..3).map(|_| told.recv().unwrap().1).collect();
    assert_ne!(id_of(&bodies[0]), id_of(&bodies[1]), "the request was transformed again under its old counter");
    assert_eq!(id_of(&bodies[1]), id_of(&bodies[2]));
    let (code, at) = critical(&place, &programs);
    assert_eq!((code, &at["stage"]), (8, &"command-sent".into()), "{at}");
    assert!(told.try_recv().is_err(), "a command whose answer was lost went out again");
}

#[test]
fn an_adaptor_that_is_away_loses_nothing_and_a_refusal_ends_it() {
    let place = Place::new();
    disable(&place);
    let signers = signers(&place);
    let (address, _told) = dcc(&[Behaviour::PreCommand { null_signature: false }]);
    let (code, _) =
        critical(&place, &["--request", "disable.xml", "--adaptor", &address, "--sign-command", &signers.xml]);
    assert_eq!(code, 0);
    let signing = ["--sign-command", signers.xml.as_str(), "--sign-precommand", signers.command.as_str()];
    let (code, error) = critical(&place, &[&["--adaptor", "http://127.0.0.1:1"], signing.as_slice()].concat());
    assert_eq!((code, &error["error"]["code"]), (4, &"no-reply".into()), "{error}");
    let (address, _told) = dcc(&[Behaviour::Refuse]);
    let (code, at) = critical(&place, &[&["--adaptor", &address], signing.as_slice()].concat());
    assert_eq!((code, &at["stage"], &at["outcome"]), (1, &"answered".into(), &"failed".into()), "{at}");
    // The same request again resumes it; another one does not take its place.
    assert_eq!(critical(&place, &["--request", "disable.xml"]).0, 1);
    let text = fs::read_to_string(place.path("disable.xml")).unwrap();
    fs::write(place.path("other.xml"), text.replace(METER, HUB_OF_OTHERS)).unwrap();
    let (code, error) = critical(&place, &["--request", "other.xml"]);
    assert!(code == 8 && error["error"]["message"].as_str().unwrap().contains("another critical request"), "{error}");
}
