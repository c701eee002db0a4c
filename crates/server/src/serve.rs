//! The server on its socket: TLS, time limits, a limiter around every route, and a quiet end.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo, response::IntoResponse};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use sync::SigningKey;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    sync::{Semaphore, watch},
    task::JoinHandle,
    time::{interval, timeout},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivatePkcs8KeyDer, version::TLS13},
};
use tower_governor::{GovernorError, GovernorLayer, governor::GovernorConfigBuilder};

use crate::{
    LedgerError, Outside, Refused, Sqlite,
    idle::Idle,
    pieces::Pieces,
    routes::{Province, routes},
};

/// A header must have come, and a kept connection be used again, within this.
const HEADER: Duration = Duration::from_secs(30);
/// Nothing moving either way for this long ends a connection.
const IDLE: Duration = Duration::from_secs(30);
/// A TLS handshake must be over within this.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long an end waits for answers under way.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// Bytes of a TLS record: of one that was cut off on its way nothing is left.
const RECORD: usize = 4096;
const MOST_CONNECTIONS: usize = 1024;

/// How to serve.
#[derive(Clone)]
pub struct Config {
    /// The folder of the ledger.
    pub data: PathBuf,
    /// Where to listen; port 0 for a free one.
    pub listen: SocketAddr,
    /// Whether to speak TLS, with a certificate made of the root key; plain HTTP is for this machine alone, or for
    /// behind a proxy that speaks it.
    pub tls: bool,
    /// How many requests one address may make.
    pub limit: Limit,
    /// Clock and chance.
    pub outside: Outside,
}

/// How many requests one address may make. Many phones share one behind a mobile network.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// At once.
    pub burst: u32,
    /// A second, in the long run, 1 to 1000.
    pub per_second: u32,
}

impl Default for Limit {
    fn default() -> Self {
        Self { burst: 120, per_second: 20 }
    }
}

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The ledger does not open.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The address cannot be had.
    #[error("cannot listen there: {0}")]
    Listen(#[from] std::io::Error),
    /// No certificate can be made of the root key.
    #[error("no certificate can be made of the root key")]
    Tls,
}

/// A server that is running.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    stop: watch::Sender<()>,
    done: JoinHandle<()>,
}

impl Running {
    /// Stops taking requests, answers those under way, and ends.
    pub async fn shutdown(self) {
        let _ = self.stop.send(());
        let _ = self.done.await;
    }
}

/// Opens the ledger and serves it.
pub async fn serve(config: Config) -> Result<Running, StartError> {
    let mut ledger = Sqlite::open(&config.data)?;
    let tls = if config.tls { Some(acceptor(ledger.root()).ok_or(StartError::Tls)?) } else { None };
    ledger.transaction(config.outside.now(), |_| Ok(()))?;
    let listener = TcpListener::bind(config.listen).await?;
    let addr = listener.local_addr()?;
    let router =
        limited(routes(Arc::new(Province::new(ledger, Pieces::beside(&config.data), config.outside))), config.limit);
    let (stop, stopped) = watch::channel(());
    let done = tokio::spawn(accept(listener, tls, router, stopped));
    Ok(Running { addr, stop, done })
}

fn limited(router: Router, limit: Limit) -> Router {
    let each = Duration::from_secs(1) / limit.per_second.clamp(1, 1000);
    let Some(governor) = GovernorConfigBuilder::default().period(each).burst_size(limit.burst.max(1)).finish() else {
        return router;
    };
    let governor = Arc::new(governor);
    let kept = Arc::downgrade(governor.limiter());
    tokio::spawn(async move {
        let mut minute = interval(Duration::from_secs(60));
        while let Some(limiter) = kept.upgrade() {
            limiter.retain_recent();
            drop(limiter);
            minute.tick().await;
        }
    });
    router.layer(GovernorLayer::new(governor).error_handler(|error| match error {
        GovernorError::TooManyRequests { wait_time, .. } => Refused::TooMany { wait: wait_time }.into_response(),
        _ => Refused::Busy.into_response(),
    }))
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router, mut stopped: watch::Receiver<()>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            _ = stopped.changed() => break,
        };
        // A descriptor short, or a peer gone: the next one may fare better.
        let Ok((stream, peer)) = accepted else {
            tokio::task::yield_now().await;
            continue;
        };
        let (tls, router, watcher) = (tls.clone(), router.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _place = place;
            let _ = stream.set_nodelay(true);
            let stream = Idle::new(stream, IDLE);
            match tls {
                None => converse(stream, peer, router, watcher).await,
                Some(tls) => {
                    if let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(stream)).await {
                        converse(stream, peer, router, watcher).await;
                    }
                }
            }
        });
    }
    drop(listener);
    let _ = timeout(LAST_WORDS, graceful.shutdown()).await;
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    peer: SocketAddr,
    router: Router,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let service = TowerToHyperService::new(router.layer(Extension(ConnectInfo(peer))));
    let mut http = hyper::server::conn::http1::Builder::new();
    // A weak link carries no header that nobody reads.
    http.timer(TokioTimer::new()).header_read_timeout(HEADER).max_buf_size(64 * 1024).auto_date_header(false);
    // A peer that hangs up has lost its answer, nothing else.
    let _ = watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await;
}

/// An Ed25519 seed as PKCS #8 writes it: this, then its 32 bytes.
const ED25519: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// TLS with a certificate that the root key signs for itself: a device knows the key from its code, so no authority
/// stands between them.
fn acceptor(root: &SigningKey) -> Option<TlsAcceptor> {
    let key = PrivatePkcs8KeyDer::from([ED25519.as_slice(), &root.to_bytes()].concat());
    let pair = rcgen::KeyPair::try_from(&key).ok()?;
    let certificate = rcgen::CertificateParams::new([]).ok()?.self_signed(&pair).ok()?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13])
        .ok()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .ok()?;
    config.max_fragment_size = Some(RECORD);
    Some(TlsAcceptor::from(Arc::new(config)))
}
