//! AARQ, AARE, the handshake of high level security and the release.

use super::super::apdu::{
    AareApdu, AarqApdu, ActionOutcome, AssociationDiagnostic, ContextName, ExceptionResponse, GetResult,
    InitiateRequest, InitiateResponse, Mechanism, ReleaseResponse, SelectiveAccess, ServiceError, VariableAccess,
    apdu_name, tag,
};
use super::super::conformance::Conformance;
use super::super::data::Data;
use super::super::error::DlmsError;
use super::super::identifiers::{ClassId, MethodDescriptor, ObisCode};
use super::super::results::ActionResult;
use super::super::security::{
    Envelope, Hls, KeyKind, ManufacturerHls, Parties, Protection, SystemTitle, Wrapping, gmac, gmac_matches, protect,
};
use super::super::short_names;
use super::exchange::Operation;
use super::protection::Secret;
use super::{Authentication, DlmsClient, Outcome, Step, is_accepted};

/// Method 1 of the current association: reply to HLS authentication.
const REPLY_TO_HLS: MethodDescriptor = MethodDescriptor::new(ClassId::ASSOCIATION_LN, ObisCode::CURRENT_ASSOCIATION, 1);
/// The same by short names: base name of the association, offset of its methods, eighth method.
const SHORT_REPLY_TO_HLS: u16 = short_names::ASSOCIATION + 0x20 + 7 * short_names::STEP;
const NO_KEYS: DlmsError = DlmsError::Request("HLS-GMAC needs a system title and keys");
const NO_TITLE: DlmsError = DlmsError::Request("this mechanism of high level security needs a system title");
/// A proof of GMAC: security control, counter, tag.
type GmacProof<'a> = (u8, u32, &'a [u8]);

impl DlmsClient {
    pub(super) fn build_aarq(&mut self) -> Result<Vec<u8>, DlmsError> {
        let protection = self.settings.security.as_ref().and_then(|security| security.protection);
        let short = self.settings.short_names;
        let mut conformance = if short { Conformance::SHORT_NAMES } else { self.settings.conformance };
        if protection.is_some() && !short {
            conformance = conformance.with(Conformance::GENERAL_PROTECTION);
        }
        let dedicated_key = self.settings.security.as_ref().and_then(|security| security.dedicated.as_ref());
        let dedicated_key = dedicated_key.map(|key| key.octets().to_vec());
        if dedicated_key.is_some() && protection.is_none_or(|protection| protection == Protection::Authentication) {
            return Err(DlmsError::Request("a dedicated key would go out readable: it needs an encrypted association"));
        }
        let initiate = InitiateRequest { dedicated_key, conformance, max_pdu: self.settings.max_pdu }.to_bytes();
        let user_information = match (&mut self.settings.security, protection) {
            (Some(security), Some(protection)) => {
                let counter = security.counter.reserve().map_err(DlmsError::Counter)?;
                let content = protect(&security.keys, protection, security.title, counter, &initiate);
                let envelope = Envelope {
                    tag: Envelope::tag_for(Wrapping::ServiceSpecific, KeyKind::Global, tag::INITIATE_REQUEST),
                    title: None,
                    security_control: protection.security_control(security.keys.suite),
                    counter,
                    content: &content,
                };
                envelope.to_bytes()
            }
            _ => initiate,
        };
        let (mechanism, authentication_value) = match &self.settings.authentication {
            Authentication::None => (Mechanism::None, None),
            Authentication::Lls(password) => (Mechanism::Lls, Some(password.octets().to_vec())),
            Authentication::Hls { mechanism: Hls::Gmac, .. } if self.settings.security.is_none() => {
                return Err(NO_KEYS);
            }
            Authentication::Hls { mechanism, .. } if mechanism.needs_titles() && self.own_title().is_none() => {
                return Err(NO_TITLE);
            }
            Authentication::Hls { mechanism, challenge } => (mechanism.mechanism(), Some(challenge.clone())),
        };
        let context = match (self.settings.short_names, protection.is_some()) {
            (false, false) => ContextName::LogicalName,
            (false, true) => ContextName::LogicalNameCiphered,
            (true, false) => ContextName::ShortName,
            (true, true) => ContextName::ShortNameCiphered,
        };
        let calling_title = self.own_title().map(|title| title.0.to_vec());
        let aarq = AarqApdu { context, calling_title, mechanism, authentication_value, user_information };
        Ok(aarq.to_bytes())
    }

    pub(super) fn receive_aare(&mut self, apdu: &[u8]) -> Result<Step, DlmsError> {
        match apdu.first() {
            Some(&tag::AARE) => {}
            Some(&tag::EXCEPTION_RESPONSE) => {
                let exception = ExceptionResponse::from_bytes(apdu).map_err(DlmsError::decode("an exception"))?;
                return Err(DlmsError::Exception(exception));
            }
            first => {
                let got = first.map_or("nothing", |&first| apdu_name(first)).to_owned();
                return Err(DlmsError::Unexpected { expected: "AARE", got });
            }
        }
        let aare = AareApdu::from_bytes(apdu).map_err(DlmsError::decode("an AARE"))?;
        let is_short = matches!(aare.context, ContextName::ShortName | ContextName::ShortNameCiphered);
        if is_short && !self.settings.short_names {
            return Err(DlmsError::ShortNames);
        }
        let title = aare.responding_title.as_deref().and_then(SystemTitle::from_octets);
        self.server_title = title.or(self.server_title);
        if !is_accepted(aare.result) {
            self.refused_context = aare.diagnostic == AssociationDiagnostic::CONTEXT_NOT_SUPPORTED;
            let information = aare.user_information.as_deref().unwrap_or(&[]);
            return Err(self.refusal(&aare, ServiceError::from_bytes(information).ok()));
        }
        self.negotiated = Some(self.read_initiate(aare.user_information.as_deref().unwrap_or(&[]))?);
        match self.settings.authentication {
            Authentication::Hls { .. } => self.send_proof(&aare),
            _ if aare.diagnostic == AssociationDiagnostic::AUTHENTICATION_REQUIRED => {
                self.negotiated = None;
                Err(self.refusal(&aare, None))
            }
            _ => self.associated(),
        }
    }

    /// Whether the meter knows no such association: objects named so, or ciphered or not as ours was to be.
    pub const fn is_context_refused(&self) -> bool {
        self.refused_context
    }

    fn refusal(&self, aare: &AareApdu, service_error: Option<ServiceError>) -> DlmsError {
        let ciphered = self.settings.security.as_ref().is_some_and(|security| security.protection.is_some());
        DlmsError::AssociationRefused { result: aare.result, diagnostic: aare.diagnostic, service_error, ciphered }
    }

    fn read_initiate(&mut self, information: &[u8]) -> Result<InitiateResponse, DlmsError> {
        let plain = self.open(information, "an initiate response")?;
        InitiateResponse::from_bytes(&plain).map_err(DlmsError::decode("an initiate response"))
    }

    fn associated(&mut self) -> Result<Step, DlmsError> {
        self.is_proved = true;
        self.info().map(|info| Step::Done(Outcome::Associated(info))).ok_or(NO_KEYS)
    }

    /// Answers the meter's challenge.
    fn send_proof(&mut self, aare: &AareApdu) -> Result<Step, DlmsError> {
        // A meter that grants the association without a challenge has not proved anything.
        let challenge = aare.authentication_value.as_deref().filter(|challenge| challenge.len() >= 8);
        let challenge = challenge.ok_or(DlmsError::ServerNotAuthentic)?;
        let Authentication::Hls { mechanism, challenge: own } = &self.settings.authentication else {
            return Err(DlmsError::Request("there is no handshake without high level security"));
        };
        if own == challenge {
            // Our own challenge handed back would make us prove ourselves in the meter's place.
            return Err(DlmsError::ServerNotAuthentic);
        }
        if mechanism.needs_titles() && self.server_title.is_none() {
            return Err(DlmsError::NoServerTitle);
        }
        self.server_challenge = challenge.to_vec();
        let mechanism = mechanism.clone();
        let proof = match self.parties().and_then(|parties| mechanism.prove(parties)) {
            Some(proof) => proof,
            None if mechanism != Hls::Gmac => return Err(DlmsError::Challenge(mechanism.mechanism())),
            None => {
                let security = self.settings.security.as_mut().ok_or(NO_KEYS)?;
                let counter = security.counter.reserve().map_err(DlmsError::Counter)?;
                let mut proof = vec![Protection::Authentication.security_control(security.keys.suite)];
                proof.extend_from_slice(&counter.to_be_bytes());
                proof.extend_from_slice(&gmac(&security.keys, security.title, counter, challenge));
                proof
            }
        };
        // Whoever sees challenge and answer of this one can take the secret from them.
        let tells = matches!(mechanism, Hls::Manufacturer(ManufacturerHls::DigitSum, _));
        if self.settings.short_names {
            // Method 8 of the association, with its argument: a WRITE would give no answer to check.
            let secret = Secret::tail(tells, proof.len());
            let access = SelectiveAccess { selector: 1, parameters: Data::OctetString(proof) };
            let reply = VariableAccess::Parameterized { name: SHORT_REPLY_TO_HLS, access };
            return self.start_read(vec![reply], true, secret);
        }
        let step = self.start_action(REPLY_TO_HLS, Some(Data::OctetString(proof)), tells.then_some(0))?;
        if let Operation::Action(action) = std::mem::replace(&mut self.operation, Operation::None) {
            self.operation = Operation::Handshake(action);
        }
        Ok(step)
    }

    /// The handshake as we see it; `None` without high level security.
    fn parties(&self) -> Option<Parties<'_>> {
        let Authentication::Hls { challenge, .. } = &self.settings.authentication else { return None };
        Some(Parties {
            own_title: self.own_title_octets(),
            other_title: self.server_title.as_ref().map_or(&[], |title| &title.0),
            own_challenge: challenge,
            other_challenge: &self.server_challenge,
        })
    }

    fn own_title_octets(&self) -> &[u8] {
        let title = self.settings.security.as_ref().map(|security| &security.title).or(self.settings.title.as_ref());
        title.map_or(&[], |title| &title.0)
    }

    /// Checks the meter's answer to our challenge.
    pub(super) fn finish_handshake(&mut self, outcome: ActionOutcome) -> Result<Step, DlmsError> {
        let verdict = self.check_proof(outcome);
        if verdict.is_err() {
            self.negotiated = None;
        }
        verdict.and_then(|()| self.associated())
    }

    /// As [`DlmsClient::finish_handshake`], for the answer by short names.
    pub(super) fn finish_short_handshake(&mut self, answer: Option<GetResult>) -> Result<Step, DlmsError> {
        let outcome = match answer {
            Some(Err(reason)) => {
                self.negotiated = None;
                return Err(DlmsError::HandshakeRejected(reason.to_string()));
            }
            Some(Ok(data)) => ActionOutcome { result: ActionResult::Success, returned: Some(Ok(data)) },
            None => ActionOutcome::bare(ActionResult::Success),
        };
        self.finish_handshake(outcome)
    }

    fn check_proof(&self, outcome: ActionOutcome) -> Result<(), DlmsError> {
        if outcome.result != ActionResult::Success {
            return Err(DlmsError::HandshakeRejected(outcome.result.to_string()));
        }
        let proof = match outcome.returned {
            Some(Ok(Data::OctetString(proof))) => proof,
            Some(Err(reason)) => return Err(DlmsError::HandshakeRejected(reason.to_string())),
            _ => return Err(DlmsError::ServerNotAuthentic),
        };
        let Authentication::Hls { mechanism, challenge } = &self.settings.authentication else {
            return Err(DlmsError::ServerNotAuthentic);
        };
        let is_proved = match (mechanism, &self.settings.security, self.server_title) {
            (Hls::Gmac, Some(security), Some(title)) => gmac_proof(&proof).is_some_and(|(control, counter, tag)| {
                control == Protection::Authentication.security_control(security.keys.suite)
                    && gmac_matches(&security.keys, title, counter, challenge, tag)
            }),
            _ => self.parties().is_some_and(|parties| mechanism.is_proved(parties, &proof)),
        };
        if is_proved { Ok(()) } else { Err(DlmsError::ServerNotAuthentic) }
    }

    pub(super) fn receive_rlre(&mut self, apdu: &[u8]) -> Result<Step, DlmsError> {
        self.negotiated = None;
        if apdu.first() == Some(&tag::RLRE) {
            ReleaseResponse::from_bytes(apdu).map_err(DlmsError::decode("an RLRE"))?;
            return Ok(Step::Done(Outcome::Released));
        }
        let got = apdu_name(self.open(apdu, "an RLRE")?.first().copied().unwrap_or(0)).to_owned();
        Err(DlmsError::Unexpected { expected: "RLRE", got })
    }
}

/// Takes a proof of GMAC apart.
fn gmac_proof(proof: &[u8]) -> Option<GmacProof<'_>> {
    let (&[control, a, b, c, d], tag) = proof.split_first_chunk::<5>()?;
    Some((control, u32::from_be_bytes([a, b, c, d]), tag))
}
