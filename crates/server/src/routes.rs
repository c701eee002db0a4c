//! What the server answers over HTTP. Bodies are [`sync::pack`]ed; a refusal is a status and a word.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, MatchedPath, RawQuery, Request, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use domain::{Device, Id};
use serde::{Serialize, de::DeserializeOwned};
use sync::{Ask, BIGGEST_REQUEST, Enrol, Held, Look, Opening, PROTO, Reply, answer, pack, pack_all, unpack};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    Door, LedgerError, Outside, Refused, Sqlite,
    accounts::{self, Answer},
    bundles, carry,
    pieces::Pieces,
    session::{self, Nonces},
};

/// How many requests may wait for the ledger before the next are sent away.
const MOST_WAITING: usize = 64;
/// No answer carries more bytes of entries than this, whatever its asker has room for.
const MOST_ROOM: u32 = 8 * 1024 * 1024;
/// Bytes of entries in one part of an answer.
const PART: usize = 32 * 1024;

/// The running server's state.
pub struct Province {
    ledger: Mutex<Sqlite>,
    nonces: Mutex<Nonces>,
    outside: Outside,
    waiting: Semaphore,
    pieces: Pieces,
}

type Shared = State<Arc<Province>>;
/// The body of a question that is one message.
pub(crate) type Asked = Result<Bytes, BytesRejection>;

impl Province {
    /// Serves a ledger, and the pieces of files beside it.
    pub fn new(ledger: Sqlite, pieces: Pieces, outside: Outside) -> Self {
        let nonces = Mutex::new(Nonces::new(&outside));
        Self { ledger: Mutex::new(ledger), nonces, outside, waiting: Semaphore::new(MOST_WAITING), pieces }
    }

    /// The bytes of files.
    pub(crate) fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// A place among those who wait; sent away where there is none.
    pub(crate) fn place(&self) -> Result<SemaphorePermit<'_>, Refused> {
        self.waiting.try_acquire().map_err(|_| Refused::Busy)
    }

    /// Does `work` in one transaction; what it says is on disk.
    pub(crate) fn at_ledger<T>(&self, work: impl FnOnce(&mut Sqlite, &Outside) -> Answer<T>) -> Result<T, Refused> {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.transaction(self.outside.now(), |ledger| work(ledger, &self.outside))?
    }

    /// Does the same off the threads that serve the network. It is finished even if the asker hangs up.
    pub(crate) async fn transact<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Sqlite, &Outside) -> Answer<T> + Send + 'static,
    ) -> Result<T, Refused> {
        let _place = self.place()?;
        let province = Arc::clone(self);
        tokio::task::spawn_blocking(move || province.at_ledger(work)).await.map_err(|_| Refused::Busy)?
    }
}

/// One address, and how it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The path.
    pub path: &'static str,
    /// The one method it answers to.
    pub method: &'static str,
    /// Whether only a device with a session is answered.
    pub session: bool,
}

/// Every route there is. The router is made of this list and of nothing else, so that a test that walks it forgets none.
fn listed() -> Vec<(Route, MethodRouter<Arc<Province>>)> {
    let open = |path, method| Route { path, method, session: false };
    let guarded = |path, method| Route { path, method, session: true };
    vec![
        (open("/v1/health", "GET"), get(health)),
        (open("/v1/look", "POST"), post(look)),
        (open("/v1/enrol", "POST"), post(enrol)),
        (open("/v1/challenge", "POST"), post(challenge)),
        (open("/v1/session", "POST"), post(self::open)),
        (open("/v1/bundle", "POST"), post(carried)),
        (guarded("/v1/sync", "POST"), post(sync)),
        (guarded("/v1/aside", "GET"), get(aside)),
        (guarded("/v1/pieces/offer", "POST"), post(carry::offer)),
        (guarded("/v1/pieces/give", "POST"), post(carry::give)),
        (guarded("/v1/pieces/take", "POST"), post(carry::take)),
    ]
}

/// Every address there is.
pub fn addresses() -> Vec<Route> {
    listed().into_iter().map(|(route, _)| route).collect()
}

/// Every route. Limits are laid around all of them by [`crate::serve`].
pub fn routes(province: Arc<Province>) -> Router {
    let router = listed().into_iter().fold(Router::new(), |router, (at, answer)| router.route(at.path, answer));
    router
        .fallback(async || Refused::Nowhere)
        .layer(DefaultBodyLimit::max(BIGGEST_REQUEST))
        .layer(from_fn(note))
        .with_state(province)
}

async fn health(State(province): Shared) -> Result<&'static str, Refused> {
    province.transact(|_, _| Ok(Ok("ok"))).await
}

async fn look(State(province): Shared, body: Asked) -> Result<Response, Refused> {
    let asked: Held<Look> = read(body)?;
    said(&province.transact(move |ledger, _| accounts::look(ledger, &asked)).await?)
}

async fn enrol(State(province): Shared, body: Asked) -> Result<Response, Refused> {
    let asked: Held<Enrol> = read(body)?;
    said(&province.transact(move |ledger, outside| accounts::enrol(ledger, outside, &asked)).await?)
}

async fn challenge(State(province): Shared, body: Asked) -> Result<Response, Refused> {
    let device: Id<Device> = read(body)?;
    let nonces = province.nonces.lock().unwrap_or_else(PoisonError::into_inner);
    said(&nonces.give(device, &province.outside))
}

async fn open(State(province): Shared, body: Asked) -> Result<Response, Refused> {
    let asked: Opening = read(body)?;
    let now = province.outside.now();
    if !province.nonces.lock().unwrap_or_else(PoisonError::into_inner).take(asked.device, &asked.nonce, now) {
        return Err(Refused::Session);
    }
    said(&province.transact(move |ledger, outside| session::open(ledger, outside, &asked)).await?)
}

async fn sync(State(province): Shared, headers: HeaderMap, body: Asked) -> Result<Response, Refused> {
    let token = bearer(&headers)?;
    let asked: Result<Ask, Refused> = read(body);
    let reply = province.transact(move |ledger, _| match session::of_token(ledger, &token)? {
        Ok((device, _)) => match asked {
            Ok(ask) => exchange(ledger, device, ask),
            Err(refused) => Ok(Err(refused)),
        },
        Err(refused) => Ok(Err(refused)),
    });
    let packed = pack_all(&reply.await?.in_parts(PART)).map_err(|_| LedgerError::Damaged("an answer"))?;
    Ok(binary(packed))
}

/// What was set aside after the number in `?after=`, for whoever may decide about it.
async fn aside(State(province): Shared, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    let token = bearer(&headers)?;
    let after = match query.as_deref() {
        None => Ok(0),
        Some(query) => query.strip_prefix("after=").and_then(|no| no.parse().ok()).ok_or(Refused::Unreadable),
    };
    let asides = province.transact(move |ledger, _| match (session::of_token(ledger, &token)?, after) {
        (Ok((_, actor)), Ok(after)) => ledger.aside_for(&actor, after).map(Ok),
        (Err(refused), _) | (_, Err(refused)) => Ok(Err(refused)),
    });
    said(&asides.await?)
}

/// The token of a session.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<String, Refused> {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    Ok(token.and_then(|value| value.strip_prefix("Bearer ")).ok_or(Refused::Session)?.to_owned())
}

/// A bundle says by itself who wrote it: whoever brings it needs no session.
async fn carried(State(province): Shared, body: Asked) -> Result<Response, Refused> {
    let brought = whole(body)?;
    let answer = province.transact(move |ledger, outside| bundles::answer(ledger, outside, &brought)).await?;
    Ok(binary(answer))
}

/// Bytes, and no word about them: a device knows what it asked for.
pub(crate) fn binary(bytes: Vec<u8>) -> Response {
    axum::body::Body::from(bytes).into_response()
}

/// Answers what a device says and asks, within the caller's transaction.
pub fn exchange(ledger: &mut Sqlite, device: Id<Device>, ask: Ask) -> Answer<Reply> {
    if ask.proto > PROTO {
        return Ok(Err(Refused::Unreadable));
    }
    if let Door::Shut | Door::Unknown = ledger.door(device) {
        return Ok(Err(Refused::Revoked));
    }
    let key = ledger.root().clone();
    let ask = Ask { room: ask.room.min(MOST_ROOM), ..ask };
    let now = ledger.now();
    // Asked after the entries are judged: one of them may have changed what its author may read.
    let readable = |ledger: &mut Sqlite| match ledger.door(device) {
        Door::Open(actor) => ledger.readable(&actor),
        Door::Unknown | Door::Shut => Ok(Vec::new()),
    };
    answer(ledger, &key, device, ask, now, readable).map(Ok)
}

pub(crate) fn read<T: DeserializeOwned>(body: Asked) -> Result<T, Refused> {
    unpack(&whole(body)?).map_err(|_| Refused::Unreadable)
}

fn whole(body: Asked) -> Result<Bytes, Refused> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::TooLarge,
        _ => Refused::Unreadable,
    })
}

pub(crate) fn said<T: Serialize>(message: &T) -> Result<Response, Refused> {
    let packed = pack(message).map_err(|_| LedgerError::Damaged("an answer"))?;
    Ok(binary(packed))
}

/// Notes what was asked and how it went: the route and the status, nothing of who or what.
async fn note(request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let began = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed().as_millis());
    tracing::info!(path = path.as_deref().unwrap_or("-"), status, took, "answered");
    response
}
