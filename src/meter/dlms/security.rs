//! Security setup and association objects: what a meter tells of its keys, and how they are replaced.

use super::objects::ListedObject;
use super::{DlmsMeter, call_answer, convert, write_answer};
use crate::hex;
use crate::keys::{DlmsAuthentication, DlmsKey, DlmsSecurity, MeterSecrets};
use crate::meter::profile::Role;
use crate::meter::security::{
    AssociationSecurity, CertificateState, InvocationCounter, KeyedMeter, SecretCall, SecuritySetup, SecurityState,
};
use crate::meter::{Answer, MeterError};
use crate::protocol::dlms::{
    AttributeDescriptor, ClassId, Data, KeyId, MethodDescriptor, ObisCode, SecretKey, certificates, key_transfer,
    policy_words,
};

/// Method of a security setup that takes new keys.
const KEY_TRANSFER: i8 = 2;
/// Attribute of an association that is its password.
const SECRET: i8 = 7;
/// Method of an association that takes a new secret of high level security.
const CHANGE_HLS_SECRET: i8 = 2;
/// Attribute of an association that names its security setup.
const SETUP_REFERENCE: i8 = 9;

impl KeyedMeter for DlmsMeter {
    fn security(&mut self) -> Result<SecurityState, MeterError> {
        let objects = self.objects()?;
        let setups: Vec<ListedObject> =
            objects.0.iter().filter(|object| ClassId(object.class) == ClassId::SECURITY_SETUP).cloned().collect();
        if setups.is_empty() {
            return Err(MeterError::NotOffered("security setup to this client".to_owned()));
        }
        let setups = setups.iter().map(|setup| self.setup(setup)).collect::<Result<_, _>>()?;
        let mut counters = Vec::new();
        for object in objects.find_all(&self.profile, Role::InvocationCounter).into_iter().cloned().collect::<Vec<_>>()
        {
            if let Some(value) = self.session.get(object.attribute(2), None)?.ok().and_then(|data| data.as_u64()) {
                counters.push(InvocationCounter { object: ObisCode(object.name).to_string(), value });
            }
        }
        let association = self.session.security();
        Ok(SecurityState { association, setups, counters })
    }

    fn names(&mut self) -> Result<Vec<String>, MeterError> {
        self.session.close();
        self.session.names()
    }

    fn place(&mut self) -> String {
        self.session.place()
    }

    fn is_shown(&self, secret: &str) -> bool {
        let Some(source) = self.session.source() else { return false };
        let (mechanism, security) = (source.credentials.authentication, source.credentials.security);
        let is_gmac = mechanism == DlmsAuthentication::HlsGmac;
        match secret {
            "encryption-key" => is_gmac || security != DlmsSecurity::None,
            "authentication-key" => {
                is_gmac || matches!(security, DlmsSecurity::Authenticated | DlmsSecurity::AuthenticatedEncrypted)
            }
            "password" => mechanism.needs_password(),
            _ => false,
        }
    }

    fn secrets_of(&mut self, names: &[String]) -> Result<MeterSecrets, MeterError> {
        let missing =
            || MeterError::CredentialsMissing("changing keys needs the present ones: --credentials".to_owned());
        match self.session.secrets() {
            Some(secrets) => Ok(secrets),
            None => self.session.source().ok_or_else(missing)?.find(names),
        }
    }

    fn use_secrets(&mut self, secrets: MeterSecrets) -> Result<(), MeterError> {
        self.session.use_secrets(secrets)
    }

    fn prove(&mut self) -> Result<(), MeterError> {
        self.session.close();
        self.session.open()
    }

    fn change(&mut self, call: &SecretCall) -> Result<Answer, MeterError> {
        match call {
            SecretCall::Keys { master, encryption, authentication, new_master } => {
                let key = |key: &DlmsKey| {
                    let wrong = || MeterError::BadValue("a key has 16 octets, or 32 in suite 2".to_owned());
                    SecretKey::from_octets(key.reveal()).ok_or_else(wrong)
                };
                let mut keys = Vec::new();
                for (id, new) in [
                    (KeyId::Encryption, encryption),
                    (KeyId::Authentication, authentication),
                    (KeyId::Master, new_master),
                ] {
                    if let Some(new) = new {
                        keys.push((id, key(new)?));
                    }
                }
                let setup = self.setup_in_use()?;
                let method = MethodDescriptor::new(ClassId::SECURITY_SETUP, setup, KEY_TRANSFER);
                let argument = key_transfer(&key(master)?, &keys);
                Ok(call_answer(self.session.action_secret(method, argument, 0)?.result))
            }
            SecretCall::Password(password) => {
                let secret = Data::OctetString(password.reveal().to_vec());
                let (class, association) = (ClassId::ASSOCIATION_LN, ObisCode::CURRENT_ASSOCIATION);
                if self.session.mechanism() == DlmsAuthentication::Lls {
                    let attribute = AttributeDescriptor::new(class, association, SECRET);
                    return Ok(write_answer(self.session.set(attribute, secret)?));
                }
                let method = MethodDescriptor::new(class, association, CHANGE_HLS_SECRET);
                Ok(call_answer(self.session.action_secret(method, secret, 0)?.result))
            }
        }
    }
}

impl DlmsMeter {
    /// The security setup of the association in use: the one it names, else the first of the list, else the usual one.
    fn setup_in_use(&mut self) -> Result<ObisCode, MeterError> {
        let reference =
            AttributeDescriptor::new(ClassId::ASSOCIATION_LN, ObisCode::CURRENT_ASSOCIATION, SETUP_REFERENCE);
        let named = self.session.get(reference, None)?.ok().as_ref().and_then(ObisCode::from_data);
        if let Some(named) = named.filter(|name| name.0 != [0; 6]) {
            return Ok(named);
        }
        let listed = self.objects().ok().and_then(|objects| {
            let setup = objects.0.iter().find(|object| ClassId(object.class) == ClassId::SECURITY_SETUP)?;
            Some(ObisCode(setup.name))
        });
        Ok(listed.unwrap_or(ObisCode::SECURITY_SETUP))
    }

    fn setup(&mut self, object: &ListedObject) -> Result<SecuritySetup, MeterError> {
        let wanted: Vec<_> = (2..=5).chain((object.version > 0).then_some(6)).map(|n| object.attribute(n)).collect();
        let mut values = self.session.get_list(&wanted)?.into_iter().map(Result::ok);
        let mut next = || values.next().flatten();
        let number = |data: Option<Data>| data.and_then(|data| data.as_u64());
        let title = |data: Option<Data>| {
            let octets = data.as_ref().and_then(Data::as_octets).map(<[u8]>::to_vec);
            octets.filter(|octets| !octets.is_empty()).map(|octets| hex::encode(&octets).to_ascii_uppercase())
        };
        let policy =
            number(next()).map(|policy| policy_words(object.version, policy).into_iter().map(str::to_owned).collect());
        let suite = number(next()).and_then(|suite| u8::try_from(suite).ok());
        let (client, server) = (title(next()), title(next()));
        let listed = next().map(|data| certificates(&data)).unwrap_or_default();
        Ok(SecuritySetup {
            object: ObisCode(object.name).to_string(),
            policy,
            suite,
            client_system_title: client,
            server_system_title: server,
            certificates: listed
                .iter()
                .map(|certificate| CertificateState {
                    entity: certificate.entity_word().to_owned(),
                    purpose: certificate.purpose_word().to_owned(),
                    serial: hex::encode(&certificate.serial),
                    issuer: text(&certificate.issuer),
                    subject: text(&certificate.subject),
                })
                .collect(),
        })
    }
}

/// A name as text, or in hex where it is none.
fn text(octets: &[u8]) -> String {
    convert::value(&Data::OctetString(octets.to_vec())).as_text().unwrap_or_else(|| hex::encode(octets))
}

impl super::Session {
    /// The mechanism of the credentials.
    pub fn mechanism(&self) -> DlmsAuthentication {
        self.source().map_or(DlmsAuthentication::None, |source| source.credentials.authentication)
    }

    /// How the association is proved and protected.
    pub fn security(&self) -> AssociationSecurity {
        let title = self.server_title().map(|title| title.to_string());
        let client = u16::from(self.client().number());
        match self.source() {
            None => AssociationSecurity {
                client,
                authentication: DlmsAuthentication::None.word().to_owned(),
                security: DlmsSecurity::None.word().to_owned(),
                suite: 0,
                meter_system_title: title,
            },
            Some(source) => AssociationSecurity {
                client,
                authentication: source.credentials.authentication.word().to_owned(),
                security: source.credentials.security.word().to_owned(),
                suite: source.credentials.suite.number(),
                meter_system_title: title,
            },
        }
    }
}
