//! Sending to an adaptor: one that answers, one that hangs up, and the signing hook.

use std::fs;
use std::net::TcpListener;
use std::thread::JoinHandle;

use serde_json::Value;

use crate::post::Post;
use crate::{HUB, Place, SUPPLIER};

/// Answers one POST with `answer`, in which `@ID@` stands for the ID of the request, or hangs up without one; gives the
/// path and the body it got.
fn adaptor(answer: Option<String>) -> (String, JoinHandle<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let handle = std::thread::spawn(move || {
        let mut post = Post::take(&listener);
        if let Some(answer) = answer {
            post.answer(&answer.replace("@ID@", post.request_id()));
        }
        (post.path, post.body)
    });
    (address, handle)
}

fn response(code: &str) -> String {
    format!(
        "<sr:Response xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\" schemaVersion=\"5.1\"><sr:Header><sr:RequestID>@ID@</sr:RequestID>\
         <sr:ResponseCode>{code}</sr:ResponseCode><sr:ResponseDateTime>2026-11-21T10:00:00Z</sr:ResponseDateTime></sr:Header><sr:Body><sr:ResponseMessage>\
         <sr:ServiceReference>8.11</sr:ServiceReference><sr:ServiceReferenceVariant>8.11</sr:ServiceReferenceVariant></sr:ResponseMessage></sr:Body></sr:Response>"
    )
}

#[test]
fn a_request_goes_to_its_service_once() {
    let place = Place::new();
    let file = place.whitelist_request();
    let (address, handle) = adaptor(Some(response("I99")));
    let (code, sent) = place.json(&["smets", "request", "send", file, "--adaptor", &address]);
    assert_eq!((code, &sent["response"]["response_code"]), (0, &Value::from("I99")), "{sent}");
    let (path, body) = handle.join().unwrap();
    assert_eq!((path.as_str(), body), ("/api/v1/serviceS", fs::read_to_string(place.path(file)).unwrap()));
    let (code, again) = place.json(&["smets", "request", "send", file, "--adaptor", &address]);
    assert_eq!((code, &again["error"]["code"]), (8, &Value::from("unsafe")));
    assert!(again["error"]["message"].as_str().unwrap().contains("counter"));
}

#[test]
fn a_refusal_is_an_answer() {
    let place = Place::new();
    let file = place.whitelist_request();
    let (address, handle) = adaptor(Some(response("E4")));
    assert_eq!(place.run(&["smets", "request", "send", file, "--adaptor", &address]).0, 1);
    handle.join().unwrap();
}

#[test]
fn a_reply_to_something_else_is_no_answer() {
    let alert = response("N1").replace("ResponseMessage", "DeviceAlertMessage");
    for reply in [
        response("I99").replace("@ID@", &format!("{SUPPLIER}:{HUB}:1")),
        response("I99").replace("8.11<", "8.12.1<"),
        alert,
    ] {
        let place = Place::new();
        let file = place.whitelist_request();
        let (address, handle) = adaptor(Some(reply));
        let (code, sent) = place.json(&["smets", "request", "send", file, "--adaptor", &address]);
        assert_eq!((code, &sent["error"]["code"]), (5, &Value::from("unexpected-reply")), "{sent}");
        handle.join().unwrap();
    }
}

#[test]
fn a_lost_answer_leaves_the_outcome_unknown_and_a_closed_port_sends_nothing() {
    let place = Place::new();
    let file = place.whitelist_request();
    let (address, handle) = adaptor(None);
    let (code, error) = place.json(&["smets", "request", "send", file, "--adaptor", &address]);
    assert_eq!((code, &error["error"]["code"]), (8, &Value::from("outcome-unknown")), "{error}");
    handle.join().unwrap();
    let file = place.whitelist_request();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (code, _) = place.json(&["smets", "request", "send", file, "--adaptor", &format!("http://{closed}")]);
    assert_eq!(code, 4);
}

#[cfg(unix)]
#[test]
fn the_signing_command_may_add_a_signature_and_nothing_else() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let script = |name: &str, sed: &str| {
        let path = place.path(name);
        fs::write(&path, format!("#!/bin/sh\nexec sed '{sed}'\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    };
    let file = place.whitelist_request();
    let changes = script("changes", "s/600/900/");
    let (code, error) =
        place.json(&["smets", "request", "send", file, "--adaptor", "http://127.0.0.1:1", "--sign-command", &changes]);
    assert_eq!((code, &error["error"]["code"]), (6, &Value::from("authentication")), "{error}");
    let signs = script("signs", "s|</sr:Request>|<ds:Signature/></sr:Request>|");
    let (address, handle) = adaptor(Some(response("I99")));
    let (code, sent) = place.json(&["smets", "request", "send", file, "--adaptor", &address, "--sign-command", &signs]);
    assert_eq!((code, &sent["signed"]), (0, &Value::from(true)), "{sent}");
    assert!(handle.join().unwrap().1.contains("<ds:Signature/>"));
}
