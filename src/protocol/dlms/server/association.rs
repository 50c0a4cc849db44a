//! AARQ, the handshake and the release, from the meter's side.

use super::super::apdu::{
    AareApdu, AarqApdu, ActionOutcome, AssociationDiagnostic, AssociationResult, ContextName, InitiateRequest,
    InitiateResponse, Mechanism, ReleaseResponse, tag,
};
use super::super::data::Data;
use super::super::identifiers::{ClassId, MethodDescriptor, ObisCode};
use super::super::results::ActionResult;
use super::super::security::{Hls, Parties, Protection, SecretKey, SystemTitle, Wrapping, gmac, gmac_matches};
use super::{Came, Phase, ServerAssociation, ServerAuthentication};

const CHALLENGE: usize = 16;
/// InitiateError "refused by the VDE handler", as user information of a refusal.
const INITIATE_REFUSED: [u8; 4] = [tag::CONFIRMED_SERVICE_ERROR, 1, 6, 4];

impl ServerAssociation {
    pub(super) fn receive_aarq(&mut self, apdu: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
        self.close();
        let Ok(aarq) = AarqApdu::from_bytes(apdu) else {
            return self.refuse(ContextName::LogicalName, AssociationDiagnostic::NO_REASON);
        };
        match self.accept(&aarq) {
            Ok(client) => self.grant(&aarq, client, random),
            Err(diagnostic) => self.refuse(aarq.context, diagnostic),
        }
    }

    fn accept(&mut self, aarq: &AarqApdu) -> Result<InitiateRequest, AssociationDiagnostic> {
        let is_known = match self.settings.short_names {
            None => matches!(aarq.context, ContextName::LogicalName | ContextName::LogicalNameCiphered),
            Some(_) => matches!(aarq.context, ContextName::ShortName | ContextName::ShortNameCiphered),
        };
        if !is_known {
            return Err(AssociationDiagnostic::CONTEXT_NOT_SUPPORTED);
        }
        self.client_title = aarq.calling_title.as_deref().and_then(SystemTitle::from_octets);
        match (&self.settings.authentication, aarq.mechanism) {
            (ServerAuthentication::None, Mechanism::None) => {}
            (ServerAuthentication::Lls(password), Mechanism::Lls) => {
                if !password.matches(aarq.authentication_value.as_deref().unwrap_or(&[])) {
                    return Err(AssociationDiagnostic::AUTHENTICATION_FAILED);
                }
            }
            (ServerAuthentication::Hls(hls), asked) if hls.mechanism() == asked => {
                let challenge = aarq.authentication_value.as_deref().unwrap_or(&[]);
                let keys = *hls != Hls::Gmac || self.settings.keys.is_some();
                let titled = !hls.needs_titles() || self.client_title.is_some();
                if !keys || !titled || !(8..=64).contains(&challenge.len()) {
                    return Err(AssociationDiagnostic::AUTHENTICATION_FAILED);
                }
            }
            (_, Mechanism::None) => return Err(AssociationDiagnostic::AUTHENTICATION_REQUIRED),
            _ => return Err(AssociationDiagnostic::MECHANISM_UNKNOWN),
        }
        let ciphered = matches!(aarq.context, ContextName::LogicalNameCiphered | ContextName::ShortNameCiphered);
        if self.settings.required.is_some() && !ciphered {
            return Err(AssociationDiagnostic::CONTEXT_NOT_SUPPORTED);
        }
        let initiate = match aarq.user_information.first() {
            Some(&tag::GLO_INITIATE_REQUEST) => {
                self.open_request(&aarq.user_information).map_err(|_| AssociationDiagnostic::AUTHENTICATION_FAILED)?
            }
            _ => aarq.user_information.clone(),
        };
        let initiate = InitiateRequest::from_bytes(&initiate).map_err(|_| AssociationDiagnostic::NO_REASON)?;
        self.dedicated = initiate.dedicated_key.as_deref().and_then(SecretKey::from_octets);
        Ok(initiate)
    }

    fn grant(&mut self, aarq: &AarqApdu, client: InitiateRequest, random: &mut fastrand::Rng) -> Vec<u8> {
        let own = self.settings.max_pdu;
        let max_pdu = match (own, client.max_pdu) {
            (0, theirs) => theirs,
            (own, 0) => own,
            (own, theirs) => own.min(theirs),
        };
        self.negotiated =
            InitiateResponse { conformance: self.settings.conformance.common(client.conformance), max_pdu };
        let mechanism = match &self.settings.authentication {
            ServerAuthentication::Hls(hls) => hls.mechanism(),
            ServerAuthentication::None | ServerAuthentication::Lls(_) => Mechanism::None,
        };
        let hls = mechanism != Mechanism::None;
        let diagnostic = if hls { AssociationDiagnostic::AUTHENTICATION_REQUIRED } else { AssociationDiagnostic::NONE };
        self.phase = if hls { Phase::Handshake } else { Phase::Open };
        self.client_challenge = aarq.authentication_value.clone().unwrap_or_default();
        self.own_challenge = (0..CHALLENGE).map(|_| random.u8(..)).collect();
        // The meter states its own limit, not the agreed one.
        let response = InitiateResponse { max_pdu: own, ..self.negotiated }.to_bytes();
        self.came = self.came.map(|came| Came { wrapping: Wrapping::ServiceSpecific, ..came });
        let user_information = Some(self.seal(response));
        self.came = None;
        let titled = self.settings.keys.is_some() || self.client_title.is_some();
        AareApdu {
            context: aarq.context,
            result: AssociationResult::Accepted,
            diagnostic,
            responding_title: titled.then(|| self.settings.title.0.to_vec()),
            mechanism,
            authentication_value: hls.then(|| self.own_challenge.clone()),
            user_information,
        }
        .to_bytes()
    }

    fn refuse(&mut self, context: ContextName, diagnostic: AssociationDiagnostic) -> Vec<u8> {
        self.close();
        AareApdu {
            context,
            result: AssociationResult::RejectedPermanent,
            diagnostic,
            responding_title: None,
            mechanism: Mechanism::None,
            authentication_value: None,
            user_information: Some(INITIATE_REFUSED.to_vec()),
        }
        .to_bytes()
    }

    pub(super) fn receive_rlrq(&mut self) -> Vec<u8> {
        self.close();
        ReleaseResponse { reason: Some(0) }.to_bytes()
    }

    /// Whether a call is the client's half of the handshake.
    pub(super) fn is_handshake(method: MethodDescriptor) -> bool {
        (method.class, method.instance, method.method) == (ClassId::ASSOCIATION_LN, ObisCode::CURRENT_ASSOCIATION, 1)
    }

    /// Checks the client's proof and gives the meter's.
    pub(super) fn shake_hands(&mut self, argument: Option<&Data>) -> ActionOutcome {
        let proof = self.check_proof(argument);
        let Some(proof) = proof else {
            self.close();
            return ActionOutcome::bare(ActionResult::OtherReason);
        };
        self.phase = Phase::Open;
        ActionOutcome { result: ActionResult::Success, returned: Some(Ok(Data::OctetString(proof))) }
    }

    fn check_proof(&mut self, argument: Option<&Data>) -> Option<Vec<u8>> {
        let Some(Data::OctetString(octets)) = argument else { return None };
        let ServerAuthentication::Hls(hls) = &self.settings.authentication else { return None };
        let parties = Parties {
            own_title: &self.settings.title.0,
            other_title: self.client_title.as_ref().map_or(&[], |title| &title.0),
            own_challenge: &self.own_challenge,
            other_challenge: &self.client_challenge,
        };
        if *hls != Hls::Gmac {
            return hls.is_proved(parties, octets).then(|| hls.prove(parties))?;
        }
        let (&[control, a, b, c, d], tag) = octets.split_first_chunk::<5>()?;
        let counter = u32::from_be_bytes([a, b, c, d]);
        let keys = self.settings.keys.clone()?;
        if control != Protection::Authentication.security_control(keys.suite)
            || !gmac_matches(&keys, self.client_title?, counter, &self.own_challenge, tag)
        {
            return None;
        }
        // The counter inside the proof may stand on either side of that of the APDU around it.
        self.counters.client_last = Some(self.counters.client_last.map_or(counter, |last| last.max(counter)));
        let own = self.counters.own_next;
        self.counters.own_next = own.wrapping_add(1);
        let mut answer = vec![Protection::Authentication.security_control(keys.suite)];
        answer.extend_from_slice(&own.to_be_bytes());
        answer.extend_from_slice(&gmac(&keys, self.settings.title, own, &self.client_challenge));
        Some(answer)
    }
}
