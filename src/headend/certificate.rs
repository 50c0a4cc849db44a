//! Certificates and keys, checked before anything is connected: what TLS cannot use is said in a sentence here,
//! because the HTTP library would end the program over it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::pem::{PemObject, SectionKind};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, Error, InconsistentKeys, RootCertStore};
use zeroize::Zeroizing;

use crate::headend::HeadEndError;
use crate::keys::{Exposure, read_private};

/// Object identifier of RSA keys within PKCS #8.
const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// An RSA key of 2048 bits is longer than this in PKCS #1 and #8, one of 1024 bits shorter.
const SHORT_RSA: usize = 900;

/// A client's certificate chain and key. Debugging does not show the key.
pub struct Identity {
    /// The client's own certificate first.
    pub chain: Vec<CertificateDer<'static>>,
    /// Its key.
    pub key: PrivateKeyDer<'static>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Identity({} certificates, key [redacted])", self.chain.len())
    }
}

fn refused(path: &Path, problem: &str) -> HeadEndError {
    HeadEndError::Certificate { problem: format!("{}: {problem}; nothing was sent", path.display()) }
}

/// Loads certificate and key and makes sure TLS takes them.
///
/// # Errors
/// [`HeadEndError::Certificate`] with what is wrong and what to do; a key that others may read.
pub fn load_identity(certificate: &Path, key: &Path, exposure: Exposure) -> Result<Identity, HeadEndError> {
    let chain = certificates(certificate)?;
    let private = private_key(key, exposure)?;
    let signer = any_supported_type(&private).map_err(|_| refused(key, unusable(&private)))?;
    let certified = CertifiedKey::new(chain.clone(), signer);
    match certified.keys_match() {
        Err(Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) => {
            return Err(refused(
                key,
                "the key does not belong to the certificate; give the pair that was issued together",
            ));
        }
        Err(Error::InvalidCertificate(problem)) => {
            return Err(refused(
                certificate,
                &format!("the certificate cannot be used ({problem:?}); ask for a new one"),
            ));
        }
        _ => {}
    }
    let identity = Identity { chain, key: private };
    // The very steps of the HTTP library, so that none of them is left to fail there.
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(RootCertStore::empty()))
        .and_then(|builder| builder.with_client_auth_cert(identity.chain.clone(), identity.key.clone_key()))
        .map_err(|error| refused(certificate, &format!("TLS cannot use certificate and key ({error})")))?;
    Ok(identity)
}

/// Loads the authorities that may have signed a server's certificate.
///
/// # Errors
/// [`HeadEndError::Certificate`].
pub fn load_authorities(path: &Path) -> Result<Vec<CertificateDer<'static>>, HeadEndError> {
    let all = certificates(path)?;
    let (added, _) = RootCertStore::empty().add_parsable_certificates(all.iter().cloned());
    if added == 0 {
        return Err(refused(path, "no certificate in it can be used as an authority"));
    }
    Ok(all)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, HeadEndError> {
    let bytes = std::fs::read(path).map_err(|source| HeadEndError::File { path: path.to_owned(), source })?;
    let mut chain = Vec::new();
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(&bytes) {
        let (kind, der) = section.map_err(|_| refused(path, "the PEM form is damaged"))?;
        if kind == SectionKind::Certificate {
            chain.push(CertificateDer::from(der));
        }
    }
    if chain.is_empty() {
        return Err(refused(path, other_form(&bytes, "there is no certificate in it (\"BEGIN CERTIFICATE\")")));
    }
    Ok(chain)
}

fn private_key(path: &Path, exposure: Exposure) -> Result<PrivateKeyDer<'static>, HeadEndError> {
    let bytes = read_private(path, exposure)?;
    let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    if contains(b"BEGIN ENCRYPTED PRIVATE KEY") || contains(b"Proc-Type: 4,ENCRYPTED") {
        let problem = "the key is encrypted, and a passphrase cannot be asked for here; `openssl pkey -in KEY -out NEW` \
                       takes it off, and `chmod 600 NEW` keeps it private";
        return Err(refused(path, problem));
    }
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(&bytes) {
        let (kind, der) = section.map_err(|_| refused(path, "the PEM form is damaged"))?;
        let der = Zeroizing::new(der);
        let key = match kind {
            SectionKind::PrivateKey => PrivateKeyDer::Pkcs8(der.to_vec().into()),
            SectionKind::RsaPrivateKey => PrivateKeyDer::Pkcs1(der.to_vec().into()),
            SectionKind::EcPrivateKey => PrivateKeyDer::Sec1(der.to_vec().into()),
            _ => continue,
        };
        return Ok(key);
    }
    Err(refused(path, other_form(&bytes, "there is no private key in it (\"BEGIN PRIVATE KEY\")")))
}

/// What a file that is no PEM is, as far as its first bytes tell.
fn other_form(bytes: &[u8], otherwise: &'static str) -> &'static str {
    match bytes {
        [0xfe, 0xed, 0xfe, 0xed, ..] => {
            "this is a Java keystore; turn it into PKCS #12 with keytool, then into PEM with `openssl pkcs12 -nodes`"
        }
        [0x30, 0x80..=0x84, ..] => {
            "this is PKCS #12 (PFX) or DER, not PEM; `openssl pkcs12 -in FILE -nodes -out NEW.pem` takes certificate and \
             key out"
        }
        _ => otherwise,
    }
}

/// Why TLS does not take a key.
fn unusable(key: &PrivateKeyDer<'_>) -> &'static str {
    let der = key.secret_der();
    let is_rsa = matches!(key, PrivateKeyDer::Pkcs1(_))
        || der.iter().take(40).copied().collect::<Vec<_>>().windows(RSA.len()).any(|window| window == RSA);
    if is_rsa && der.len() < SHORT_RSA {
        "the RSA key is shorter than 2048 bits, which TLS no longer takes; ask the utility for a certificate with an \
         RSA key of 2048 bits or more, or an EC key (P-256, P-384)"
    } else {
        "the key is of a kind TLS cannot use here: RSA of 2048 bits or more, EC on P-256 or P-384, and Ed25519 are taken"
    }
}
