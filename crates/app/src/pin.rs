//! TLS to the province and to nobody else: its certificate is made of its root key, the same that signs heads and is
//! proved when a code is used. No public authority is asked, so none can be deceived.

use std::sync::{Arc, Mutex};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    version::TLS13,
};

use crate::session::hold;

/// An Ed25519 public key as a certificate writes it: this, then its 32 bytes.
const ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// Bytes of a TLS record: of one that was cut off on its way nothing is left.
const RECORD: usize = 4096;

/// The key a connection must be proved with; where none is known yet, the key it was proved with.
#[derive(Debug)]
pub(crate) struct Pin {
    key: Mutex<Option<[u8; 32]>>,
    provider: CryptoProvider,
}

impl Pin {
    /// Holds every connection to `key`; none takes the first key met, to be judged by what it proves later.
    pub fn new(key: Option<[u8; 32]>) -> Arc<Self> {
        Arc::new(Self { key: Mutex::new(key), provider: ring::default_provider() })
    }

    /// The key connections are held to.
    pub fn key(&self) -> Option<[u8; 32]> {
        *hold(&self.key)
    }

    /// A client that speaks to the holder of the key alone.
    pub fn client(self: &Arc<Self>) -> Result<ClientConfig, Error> {
        let mut config = ClientConfig::builder_with_provider(Arc::new(self.provider.clone()))
            .with_protocol_versions(&[&TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(self.clone())
            .with_no_client_auth();
        config.max_fragment_size = Some(RECORD);
        Ok(config)
    }
}

impl ServerCertVerifier for Pin {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let bad = |error| Error::InvalidCertificate(error);
        let read = webpki::EndEntityCert::try_from(certificate).map_err(|_| bad(CertificateError::BadEncoding))?;
        let spki = read.subject_public_key_info();
        let shown = spki.as_ref().strip_prefix(&ED25519).and_then(|key| <[u8; 32]>::try_from(key).ok());
        let shown = shown.ok_or(bad(CertificateError::ApplicationVerificationFailure))?;
        match hold(&self.key).get_or_insert(shown) {
            held if *held == shown => Ok(ServerCertVerified::assertion()),
            _ => Err(bad(CertificateError::ApplicationVerificationFailure)),
        }
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("TLS 1.3 only".to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}
