//! AARQ, AARE, the GMAC handshake and the release.

use super::super::apdu::{
    AareApdu, AarqApdu, ActionOutcome, AssociationDiagnostic, ContextName, ExceptionResponse, InitiateRequest,
    InitiateResponse, Mechanism, ReleaseResponse, ServiceError, apdu_name, tag,
};
use super::super::conformance::Conformance;
use super::super::data::Data;
use super::super::error::DlmsError;
use super::super::identifiers::{ClassId, MethodDescriptor, ObisCode};
use super::super::results::ActionResult;
use super::super::security::{Envelope, Protection, SystemTitle, Wrapping, gmac, gmac_matches, protect};
use super::exchange::Operation;
use super::{Authentication, DlmsClient, Outcome, Step, is_accepted};

/// Method 1 of the current association: reply to HLS authentication.
const REPLY_TO_HLS: MethodDescriptor = MethodDescriptor::new(ClassId::ASSOCIATION_LN, ObisCode::CURRENT_ASSOCIATION, 1);
const NO_KEYS: DlmsError = DlmsError::Request("HLS-GMAC needs a system title and keys");

impl DlmsClient {
    pub(super) fn build_aarq(&mut self) -> Result<Vec<u8>, DlmsError> {
        let protection = self.settings.security.as_ref().and_then(|security| security.protection);
        let mut conformance = self.settings.conformance;
        if protection.is_some() {
            conformance = conformance.with(Conformance::GENERAL_PROTECTION);
        }
        let initiate = InitiateRequest { dedicated_key: None, conformance, max_pdu: self.settings.max_pdu }.to_bytes();
        let user_information = match (&mut self.settings.security, protection) {
            (Some(security), Some(protection)) => {
                let counter = security.counter.reserve().map_err(DlmsError::Counter)?;
                let content = protect(&security.keys, protection, security.title, counter, &initiate);
                let (first, control) = (tag::INITIATE_REQUEST, protection.security_control());
                Envelope::build(Wrapping::ServiceSpecific, first, security.title, control, counter, &content)
            }
            _ => initiate,
        };
        let (mechanism, authentication_value) = match &self.settings.authentication {
            Authentication::None => (Mechanism::None, None),
            Authentication::Lls(password) => (Mechanism::Lls, Some(password.octets().to_vec())),
            Authentication::HlsGmac { .. } if self.settings.security.is_none() => return Err(NO_KEYS),
            Authentication::HlsGmac { challenge } => (Mechanism::HlsGmac, Some(challenge.clone())),
        };
        let context = if protection.is_some() { ContextName::LogicalNameCiphered } else { ContextName::LogicalName };
        let calling_title = self.settings.security.as_ref().map(|security| security.title.0.to_vec());
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
        if matches!(aare.context, ContextName::Other(2 | 4)) {
            return Err(DlmsError::ShortNames);
        }
        let title = aare.responding_title.as_deref().and_then(SystemTitle::from_octets);
        self.server_title = title.or(self.server_title);
        if !is_accepted(aare.result) {
            let information = aare.user_information.as_deref().unwrap_or(&[]);
            return Err(self.refusal(&aare, ServiceError::from_bytes(information).ok()));
        }
        self.negotiated = Some(self.read_initiate(aare.user_information.as_deref().unwrap_or(&[]))?);
        match self.settings.authentication {
            Authentication::HlsGmac { .. } => self.send_proof(&aare),
            _ if aare.diagnostic == AssociationDiagnostic::AUTHENTICATION_REQUIRED => {
                self.negotiated = None;
                Err(self.refusal(&aare, None))
            }
            _ => self.associated(),
        }
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
        self.info().map(|info| Step::Done(Outcome::Associated(info))).ok_or(NO_KEYS)
    }

    /// Answers the meter's challenge with our tag over it.
    fn send_proof(&mut self, aare: &AareApdu) -> Result<Step, DlmsError> {
        // A meter that grants the association without a challenge has not proved anything.
        let challenge = aare.authentication_value.as_deref().filter(|challenge| challenge.len() >= 8);
        let challenge = challenge.ok_or(DlmsError::ServerNotAuthentic)?;
        if matches!(&self.settings.authentication, Authentication::HlsGmac { challenge: own } if own == challenge) {
            // Our own challenge handed back would make us sign the meter's proof for it.
            return Err(DlmsError::ServerNotAuthentic);
        }
        let security = self.settings.security.as_mut().ok_or(NO_KEYS)?;
        let counter = security.counter.reserve().map_err(DlmsError::Counter)?;
        let mut proof = vec![Protection::Authentication.security_control()];
        proof.extend_from_slice(&counter.to_be_bytes());
        proof.extend_from_slice(&gmac(&security.keys, security.title, counter, challenge));
        let step = self.start_action(REPLY_TO_HLS, Some(Data::OctetString(proof)), None)?;
        if let Operation::Action(action) = std::mem::replace(&mut self.operation, Operation::None) {
            self.operation = Operation::Handshake(action);
        }
        Ok(step)
    }

    /// Checks the meter's tag over our challenge.
    pub(super) fn finish_handshake(&mut self, outcome: ActionOutcome) -> Result<Step, DlmsError> {
        let verdict = self.check_proof(outcome);
        if verdict.is_err() {
            self.negotiated = None;
        }
        verdict.and_then(|()| self.associated())
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
        let (Some(security), Some(title), Authentication::HlsGmac { challenge }) =
            (&self.settings.security, self.server_title, &self.settings.authentication)
        else {
            return Err(DlmsError::ServerNotAuthentic);
        };
        let Some((&[control, a, b, c, d], tag)) = proof.split_first_chunk::<5>() else {
            return Err(DlmsError::ServerNotAuthentic);
        };
        let counter = u32::from_be_bytes([a, b, c, d]);
        let right_control = control == Protection::Authentication.security_control();
        if right_control && gmac_matches(&security.keys, title, counter, challenge, tag) {
            Ok(())
        } else {
            Err(DlmsError::ServerNotAuthentic)
        }
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
