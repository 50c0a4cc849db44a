//! Faults of XMLVend 2.1 and of its Eskom extension, and the verdict each is.

use super::tree::Node;
use crate::headend::verdict::{Refusal, ServerFault, Verdict};

/// Fault types by name. The type is the reason; descriptions are free text.
const TABLE: &[(&str, Verdict)] = &[
    ("UnknownMeterEx", Verdict::NotRegistered),
    ("InsufficientMeterDataEx", Verdict::IncompleteRecord),
    ("MSNOCheckDigitEx", Verdict::BadSerial),
    ("STSDataEx", Verdict::BadConfig),
    ("BlockedMeterEx", Verdict::Blocked),
    ("ConfirmCustomerEx", Verdict::CodeNotFound),
    ("SGCAuthorisationEx", Verdict::WrongUtility),
    ("RequestAuthorisationEx", Verdict::NotAllowed),
    ("ClientIDAuthorisationEx", Verdict::NotAllowed),
    ("ClientIDSSLEx", Verdict::ClientMisconfigured),
    ("LatestKRNEx", Verdict::KeyChangeNeeded),
    ("UpdateMtrKeySameEx", Verdict::KeyAlreadyRight),
    ("UnknownMeterUpdateMtrKeyEx", Verdict::NotRegistered),
    ("RequireMeterCardEx", Verdict::CardNeeded),
    ("VerifyTokenEx", Verdict::TokenUnverified),
    ("UseCaseSupportEx", Verdict::Unsupported),
    ("XMLVendSchemaEx", Verdict::Bug),
    ("LastResponseEx", Verdict::NeverDone),
    ("ReversalEx", Verdict::NeverDone),
    ("ConfirmationEx", Verdict::NeverDone),
    ("SystemEx", Verdict::ServerError),
    ("VendorCreditEx", Verdict::BillingRefused),
    ("DebtEx", Verdict::BillingRefused),
    ("FBEEx", Verdict::BillingRefused),
    ("ServiceChrgEx", Verdict::BillingRefused),
    ("CancelEx", Verdict::BillingRefused),
    ("ReprintEx", Verdict::BillingRefused),
    ("BusinessRuleEx", Verdict::Refused),
    // Eskom, base-ext 2.1.1
    ("DuplicateMsgIDEx", Verdict::DuplicateMessage),
    ("ExpiredMessageEx", Verdict::MessageExpired),
    ("ServeryBusyEx", Verdict::Busy),
    ("IndeterminantLastResponseEx", Verdict::Indeterminate),
    ("MeterDataMisMatchEx", Verdict::MeterMismatch),
    ("EngParameterEx", Verdict::BadParameter),
    ("AccNumMeterLinkEx", Verdict::CodeMismatch),
    ("AccNumEx", Verdict::CodeNotFound),
    ("AccTypeEx", Verdict::CodeNotFound),
    ("GracePurchaseEx", Verdict::BillingRefused),
    ("OtherDataEx", Verdict::Refused),
    ("UnknownMeterFBEEx", Verdict::NotRegistered),
];

/// The verdict of a fault type, whatever its prefix was.
pub fn verdict_of(kind: &str) -> Verdict {
    TABLE.iter().find(|(name, _)| *name == kind).map_or(Verdict::Refused, |(_, verdict)| *verdict)
}

/// Reads a SOAP fault, with or without the details XMLVend puts in.
pub fn read(fault: &Node) -> Refusal {
    let detail = fault.child("detail").or_else(|| fault.child("Detail"));
    let response = detail.and_then(|detail| detail.find("xmlvendFaultResp")).unwrap_or(fault);
    let reason = response.find("fault").filter(|_| detail.is_some());
    let words = |node: &Node, name: &str| node.told_at(&[name]).map(str::to_owned);
    let fault_text = words(fault, "faultstring");
    let Some(reason) = reason else {
        // `soap:Client` and `soap:VersionMismatch` say that our message is wrong, all else that the server failed.
        let code = words(fault, "faultcode").unwrap_or_default();
        let ours = ["Client", "VersionMismatch", "MustUnderstand"].iter().any(|word| code.ends_with(word));
        let verdict = if ours { Verdict::Bug } else { Verdict::ServerError };
        let description = fault_text.unwrap_or_else(|| "a fault without a reason".to_owned());
        let server = ServerFault { kind: String::new(), description, code: Some(code).filter(|code| !code.is_empty()) };
        return Refusal { fault: Some(server), ..Refusal::plain(verdict) };
    };
    let kind = reason.kind().unwrap_or_default().to_owned();
    let description = words(reason, "desc").or(fault_text).unwrap_or_default();
    Refusal {
        verdict: verdict_of(&kind),
        fault: Some(ServerFault { kind, description, code: words(reason, "faultCode") }),
        operator_message: words(response, "operatorMsg"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn every_name_is_there_once() {
        let names: std::collections::HashSet<_> = TABLE.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), TABLE.len());
    }

    #[test]
    fn faults_are_read_with_and_without_details() {
        let full = parse(
            r#"<Fault><faultcode>soap:Server</faultcode><faultstring>010038 no</faultstring><detail>
            <x:xmlvendFaultResp xmlns:x="http://www.nrs.eskom.co.za/xmlvend/base/2.1/schema"><x:operatorMsg>Go</x:operatorMsg>
            <x:fault xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="odd:UnknownMeterEx"><x:desc>unknown</x:desc>
            <x:faultCode>VD.17</x:faultCode></x:fault></x:xmlvendFaultResp></detail></Fault>"#,
        );
        let refusal = read(&full.unwrap());
        assert_eq!((refusal.verdict, refusal.operator_message.as_deref()), (Verdict::NotRegistered, Some("Go")));
        let fault = refusal.fault.unwrap();
        assert_eq!((fault.description.as_str(), fault.code.as_deref()), ("unknown", Some("VD.17")));

        let bare =
            read(&parse("<Fault><faultcode>s:Server</faultcode><faultstring>broken</faultstring></Fault>").unwrap());
        assert_eq!((bare.verdict, bare.fault.unwrap().description.as_str()), (Verdict::ServerError, "broken"));
        let ours = read(&parse("<Fault><faultcode>s:Client</faultcode></Fault>").unwrap());
        assert_eq!(ours.verdict, Verdict::Bug);
        let strange = read(&parse("<Fault><detail><fault type=\"a:NewEx\"/></detail></Fault>").unwrap());
        assert_eq!((strange.verdict, strange.fault.unwrap().kind.as_str()), (Verdict::Refused, "NewEx"));
    }
}
