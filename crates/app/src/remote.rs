//! The way to the province's server: HTTPS, or plain HTTP to this very machine.

use std::{sync::Arc, time::Duration};

use domain::Digest;
use reqwest::{
    StatusCode,
    blocking::{Body, Client, RequestBuilder, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use sync::{Cut, Messages};

use crate::{Code, Trouble, freight::Outgoing, pin::Pin};

/// What is known of the network, kept only while the book is open.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// What came of the last try.
    pub network: Network,
    /// Whether words are on their way.
    pub talking: bool,
    /// How far they have come, where that is known.
    pub progress: Option<Progress>,
    /// How far files on their way have come.
    pub files: Option<Progress>,
    pub trouble: Option<Trouble>,
    pub token: Option<String>,
}

impl Line {
    /// How the network stands.
    pub fn stands(&self) -> Network {
        if self.talking || self.files.is_some() { Network::Syncing } else { self.network }
    }

    /// Writes down what came of a try.
    pub fn tried(&mut self, trouble: Option<Trouble>) {
        let offline = trouble.as_ref().is_some_and(|trouble| trouble.code == Code::Offline);
        self.network = if offline { Network::Offline } else { Network::Idle };
        self.trouble = trouble;
    }
}

/// Whether the server could be reached, when last tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// Not tried yet.
    #[default]
    Unknown,
    /// It could not.
    Offline,
    /// It could.
    Idle,
    /// An exchange is under way.
    Syncing,
}

/// How far a sync has come.
#[derive(Debug, Clone, Copy, Default, Serialize, ts_rs::TS)]
pub struct Progress {
    /// Entries taken, or pieces of files given and taken.
    pub done: u64,
    /// How many in all, about.
    pub all: u64,
    /// Bytes to come, about.
    pub bytes_left: u64,
}

/// The server at one address.
pub(crate) struct Remote {
    base: String,
    client: Client,
    pin: Arc<Pin>,
}

impl Remote {
    /// The server at `base`, e.g. `https://sotay.example.vn` or `http://127.0.0.1:8080`, held to its root key.
    pub fn new(base: &str, root: Option<[u8; 32]>) -> Result<Self, Trouble> {
        let base = base.trim().trim_end_matches('/').to_owned();
        let base = if base.contains("://") { base } else { format!("https://{base}") };
        let url = reqwest::Url::parse(&base).map_err(|_| Trouble::invalid("server", "unreadable"))?;
        let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !(url.scheme() == "http" && here) {
            return Err(Trouble::new(Code::BadServer, "not https"));
        }
        let pin = Pin::new(root);
        let no_client = |_| Trouble::new(Code::Internal, "no HTTPS client");
        let client = Client::builder()
            .use_preconfigured_tls(pin.client().map_err(no_client)?)
            .connect_timeout(Duration::from_secs(15))
            .timeout(Duration::from_secs(120))
            .build()
            .map_err(|_| Trouble::new(Code::Internal, "no HTTP client"))?;
        Ok(Self { base, client, pin })
    }

    /// Whether what was spoken to is the holder of `root`; a plain connection to this machine proves nothing.
    pub fn is(&self, root: &[u8; 32]) -> bool {
        self.pin.key().is_none_or(|key| key == *root)
    }

    pub fn base(&self) -> String {
        self.base.clone()
    }

    /// Asks; an answer cut off on the way is `offline`, and asking again is safe.
    pub fn post<A: Serialize, R: DeserializeOwned>(
        &self,
        path: &str,
        ask: &A,
        token: Option<&str>,
    ) -> Result<R, Trouble> {
        let bytes = self.whole(self.send(self.to(path).body(packed(ask)?), token)?)?;
        sync::unpack(&bytes).map_err(|error| Trouble::new(Code::BadServer, error.to_string()))
    }

    /// Fetches what stands at an address.
    pub fn get<R: DeserializeOwned>(&self, path: &str, token: &str) -> Result<R, Trouble> {
        let bytes = self.whole(self.send(self.client.get(format!("{}{path}", self.base)), Some(token))?)?;
        sync::unpack(&bytes).map_err(|error| Trouble::new(Code::BadServer, error.to_string()))
    }

    /// Asks, and gives the parts of the answer to whoever reads them, as they come.
    pub fn post_parts<A: Serialize>(&self, path: &str, ask: &A, token: &str) -> Result<Parts, Trouble> {
        let answer = self.send(self.to(path).body(packed(ask)?), Some(token))?;
        Messages::new(answer).map(Parts).map_err(cut_off)
    }

    /// Gives slices of pieces, one behind the other.
    pub fn give(&self, slices: Outgoing, token: &str) -> Result<(), Trouble> {
        let length = slices.length();
        self.whole(self.send(self.to("/v1/pieces/give").body(Body::sized(slices, length)), Some(token))?).map(drop)
    }

    /// Asks for pieces, each from one of its bytes on: slices, as they come.
    pub fn take(&self, wanted: &[(Digest, u32)], token: &str) -> Result<Response, Trouble> {
        self.send(self.to("/v1/pieces/take").body(packed(&wanted)?), Some(token))
    }

    /// Brings a bundle, and gives the one to carry back.
    pub fn carry(&self, bundle: Vec<u8>) -> Result<Vec<u8>, Trouble> {
        self.whole(self.send(self.to("/v1/bundle").body(bundle), None)?)
    }

    fn to(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base))
    }

    fn send(&self, mut request: RequestBuilder, token: Option<&str>) -> Result<Response, Trouble> {
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().map_err(broke)?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let bytes = self.whole(answer)?;
        Err(refused(status, std::str::from_utf8(&bytes).unwrap_or_default().trim()))
    }

    fn whole(&self, answer: Response) -> Result<Vec<u8>, Trouble> {
        Ok(answer.bytes().map_err(broke)?.into())
    }
}

/// The parts of an answer that is still coming.
pub(crate) struct Parts(Messages<Response>);

impl Parts {
    /// The next; none after the last.
    pub fn next<R: DeserializeOwned>(&mut self) -> Result<Option<R>, Trouble> {
        self.0.read().map_err(cut_off)
    }
}

fn packed<A: Serialize>(ask: &A) -> Result<Vec<u8>, Trouble> {
    sync::pack(ask).map_err(|error| Trouble::new(Code::Internal, error.to_string()))
}

pub(crate) fn cut_off(cut: Cut) -> Trouble {
    match cut {
        Cut::Line(_) => Trouble::new(Code::Offline, "the answer was cut off"),
        Cut::Unreadable(error) => Trouble::new(Code::BadServer, error.to_string()),
    }
}

fn broke(error: reqwest::Error) -> Trouble {
    match stranger(&error) {
        true => Trouble::new(Code::BadServer, "another key"),
        false => Trouble::new(Code::Offline, error.without_url().to_string()),
    }
}

fn refused(status: StatusCode, word: &str) -> Trouble {
    let code = match (status.as_u16(), word) {
        (401, _) => Code::Locked,
        (_, "revoked") => Code::Revoked,
        (_, "code_unknown") => Code::CodeUnknown,
        (_, "code_used") => Code::CodeUsed,
        (_, "code_expired") => Code::CodeExpired,
        (_, "code_spent") => Code::CodeSpent,
        (_, "bundle_foreign") => Code::BundleForeign,
        (_, "bundle_expired") => Code::BundleExpired,
        (429 | 500..=599, _) => Code::ServerBusy,
        _ => Code::BadServer,
    };
    Trouble::new(code, format!("the server answered {status}"))
}

/// Whether a connection failed because whoever answered has another key than the province.
fn stranger(error: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.is::<rustls::Error>() {
            return true;
        }
        // An I/O error wraps what TLS said without naming it as its source.
        cause = match error.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref()) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}
