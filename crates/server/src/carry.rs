//! Giving and taking the pieces of files: which are wanted, from which byte on, and the bytes, as they come.

use std::{
    io::{self, Read},
    sync::Arc,
};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use domain::{Actor, Device, Digest, Id};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use sync::{BIGGEST_REQUEST, Cut, MOST_PIECES, Slice};
use tokio_util::io::{StreamReader, SyncIoBridge};

use crate::{
    LedgerError, Refused,
    accounts::Answer,
    ledger::Standing,
    pieces::{Came, Pieces},
    routes::{Asked, Province, bearer, binary, read, said},
    session,
};

/// Bytes that are written at once.
const PART: usize = 16 * 1024;

/// How many bytes of each piece need not be given: all of it, or what came before; none where it may not be given.
pub(crate) async fn offer(
    State(province): State<Arc<Province>>,
    headers: HeaderMap,
    body: Asked,
) -> Result<Response, Refused> {
    let (device, stands) = stands(&province, &headers, read(body), |piece: &Digest| *piece).await?;
    let kept = province.pieces();
    let had = stands.iter().map(|(piece, standing)| {
        let whole = kept.length(piece).filter(|_| standing.take);
        let may = standing.owes || standing.take;
        may.then(|| whole.unwrap_or_else(|| kept.begun(piece, device)))
    });
    said(&had.collect::<Vec<Option<u64>>>())
}

/// The pieces asked for, each from one of its bytes on, in the order asked; one that is not there, or not for this
/// reader, is left out.
pub(crate) async fn take(
    State(province): State<Arc<Province>>,
    headers: HeaderMap,
    body: Asked,
) -> Result<Response, Refused> {
    let (_, stands) = stands(&province, &headers, read(body), |(piece, _): &(Digest, u32)| *piece).await?;
    let wanted: Vec<(Digest, u32)> =
        stands.into_iter().filter(|(_, standing)| standing.take).map(|(wanted, _)| wanted).collect();
    let kept = province.pieces().clone();
    let slices = stream::iter(wanted).then(move |(piece, from)| {
        let kept = kept.clone();
        async move {
            let read = tokio::task::spawn_blocking(move || slice(&kept, piece, from));
            read.await.map_err(io::Error::other)?
        }
    });
    Ok(axum::response::IntoResponse::into_response(Body::from_stream(slices)))
}

/// A slice as it travels; nothing where there is none.
fn slice(kept: &Pieces, piece: Digest, from: u32) -> io::Result<Bytes> {
    let Some(bytes) = kept.read(&piece, from)?.filter(|bytes| !bytes.is_empty()) else { return Ok(Bytes::new()) };
    let head = Slice { piece, from, length: bytes.len() as u32 }.head();
    Ok([head, bytes].concat().into())
}

/// Takes in slices as they come. What came before the line broke is kept.
pub(crate) async fn give(
    State(province): State<Arc<Province>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let (device, actor) = who(&province, &headers).await?;
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > BIGGEST_REQUEST) {
        return Err(Refused::TooLarge);
    }
    let _place = province.place()?;
    let giving = Arc::clone(&province);
    let stream = body.into_data_stream().map_err(io::Error::other);
    // It is finished even where the giver hangs up.
    let done = tokio::task::spawn_blocking(move || {
        let mut body = SyncIoBridge::new(StreamReader::new(stream)).take(BIGGEST_REQUEST as u64);
        let mut taken = 0;
        while receive(&giving, device, &actor, &mut body)? {
            taken += 1;
        }
        if taken == 0 { Err(Refused::Unreadable) } else { Ok(()) }
    });
    done.await.map_err(|_| Refused::Busy)??;
    Ok(binary(Vec::new()))
}

/// Takes in one slice, and says whether there may be more.
fn receive(province: &Province, device: Id<Device>, actor: &Actor, body: &mut impl Read) -> Result<bool, Refused> {
    let slice = match Slice::read(body) {
        Ok(Some(slice)) => slice,
        Ok(None) | Err(Cut::Line(_)) => return Ok(false),
        Err(Cut::Unreadable(_)) => return Err(Refused::Unreadable),
    };
    let done = receive_slice(province, device, actor, &slice, body);
    province.at_ledger(|ledger, _| ledger.let_fall_unnamed(&slice.piece).map(Ok))?;
    done
}

fn receive_slice(
    province: &Province,
    device: Id<Device>,
    actor: &Actor,
    slice: &Slice,
    body: &mut impl Read,
) -> Result<bool, Refused> {
    let piece = slice.piece;
    let standing = province.at_ledger(|ledger, _| ledger.standing(device, actor, &piece).map(Ok))?;
    if !(standing.owes || standing.take) {
        return Err(Refused::Nowhere);
    }
    let unkept = |_| Refused::from(LedgerError::Place("a piece cannot be written"));
    let (mut at, end) = (slice.from, slice.from + slice.length);
    let mut part = vec![0; PART];
    while at < end {
        let room = part.get_mut(..PART.min((end - at) as usize)).unwrap_or_default();
        let Ok(had @ 1..) = body.read(room) else { return Ok(false) };
        let bytes = room.get(..had).unwrap_or_default();
        // Each part at once: whoever was cut off is told, and begins with the next byte.
        match province.pieces().take(&piece, device, standing.size, at, bytes).map_err(unkept)? {
            Came::Part => {}
            Came::Whole => province.at_ledger(|ledger, _| ledger.given(device, &piece).map(Ok))?,
            Came::Spoilt => return Err(Refused::Unreadable),
        }
        at += had as u32;
    }
    Ok(true)
}

async fn who(province: &Arc<Province>, headers: &HeaderMap) -> Result<(Id<Device>, Actor), Refused> {
    let token = bearer(headers)?;
    province.transact(move |ledger, _| session::of_token(ledger, &token)).await
}

/// What this device may do with each piece that is asked about.
async fn stands<T: Send + 'static>(
    province: &Arc<Province>,
    headers: &HeaderMap,
    asked: Result<Vec<T>, Refused>,
    piece: impl Fn(&T) -> Digest + Send + 'static,
) -> Result<(Id<Device>, Vec<(T, Standing)>), Refused> {
    let token = bearer(headers)?;
    let all = province.transact(move |ledger, _| -> Answer<_> {
        let (device, actor) = match session::of_token(ledger, &token)? {
            Ok(who) => who,
            Err(refused) => return Ok(Err(refused)),
        };
        let asked = match asked {
            Ok(asked) if asked.len() <= MOST_PIECES => asked,
            Ok(_) => return Ok(Err(Refused::TooLarge)),
            Err(refused) => return Ok(Err(refused)),
        };
        let stands = asked.into_iter().map(|one| {
            let standing = ledger.standing(device, &actor, &piece(&one))?;
            Ok((one, standing))
        });
        Ok(Ok((device, stands.collect::<Result<_, LedgerError>>()?)))
    });
    all.await
}
