//! Messages of the DCC and of devices, made by hand: signatures are dummies.

/// Whether a message goes to the device or comes from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Flag {
    Command,
    Response,
}

/// A GBCS message that ends with its content, for the request with this ID.
pub fn gbcs(flag: Flag, id: &str, code: u16, content: &[u8]) -> Vec<u8> {
    let octets = |text: &str| text.split('-').map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect::<Vec<u8>>();
    let [first, second, counter] = id.split(':').collect::<Vec<_>>().try_into().unwrap();
    let counter = counter.parse::<u64>().unwrap().to_be_bytes();
    let (number, from, to) = match flag {
        Flag::Command => (1, first, second),
        Flag::Response => (2, second, first),
    };
    let [high, low] = code.to_be_bytes();
    [
        &[0xdf, 9, number][..],
        &counter,
        &[8],
        &octets(from),
        &[8],
        &octets(to),
        &[0, 2, high, low, u8::try_from(content.len()).unwrap()],
        content,
    ]
    .concat()
}

/// The message with a signature behind it.
pub fn signed(message: Vec<u8>) -> Vec<u8> {
    [message, vec![0x40], vec![0x53; 64]].concat()
}

pub fn payload(message: &[u8]) -> String {
    format!("<sr:GBCSPayload>{}</sr:GBCSPayload>", wattkey::smets::base64::encode(message))
}

pub fn response_message(srv: &str, inner: &str) -> String {
    let reference = srv.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
    format!(
        "<sr:ResponseMessage><sr:ServiceReference>{reference}</sr:ServiceReference>\
         <sr:ServiceReferenceVariant>{srv}</sr:ServiceReferenceVariant>{inner}</sr:ResponseMessage>"
    )
}

/// A whole response of the DCC.
pub fn envelope(id: &str, code: &str, inner: &str) -> String {
    envelope_at(id, code, inner, "2026-11-21T10:00:00Z")
}

pub fn envelope_at(id: &str, code: &str, inner: &str, time: &str) -> String {
    let ids = match id.rsplit_once(':').and_then(|(ids, counter)| Some((ids.rsplit_once(':')?, counter))) {
        Some(((from, to), counter)) => {
            format!("<sr:RequestID>{id}</sr:RequestID><sr:ResponseID>{to}:{from}:{counter}</sr:ResponseID>")
        }
        None => String::new(),
    };
    format!(
        "<sr:Response xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\" schemaVersion=\"5.1\"><sr:Header>\
         {ids}<sr:ResponseCode>{code}</sr:ResponseCode><sr:ResponseDateTime>{time}</sr:ResponseDateTime></sr:Header>\
         <sr:Body>{inner}</sr:Body></sr:Response>"
    )
}
