//! Every address, asked badly.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "each test file uses its part")]
mod house;

use house::*;
use reqwest::{Client, Method};
use server::{Limit, people};
use sync::{Ask, BIGGEST_REQUEST, Opening, PROTO, pack};

/// Who may ask without a session, by hand: whoever has none yet, and a bundle, which says itself who wrote it.
const OPEN: [&str; 6] = ["/v1/bundle", "/v1/challenge", "/v1/enrol", "/v1/health", "/v1/look", "/v1/session"];

fn posts() -> Vec<&'static str> {
    server::addresses().into_iter().filter(|route| route.method == "POST").map(|route| route.path).collect()
}

async fn said(response: reqwest::Response) -> (u16, String) {
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn every_route_refuses_what_is_no_message() {
    let mut province = Province::start().await;
    let phone = province.phone("member").await;
    let token = Some(phone.token.as_str());
    let bomb = [vec![1], zstd_of_nothing()].concat();
    for path in posts() {
        for body in [Vec::new(), b"{}".to_vec(), vec![0; 3], vec![7; 500], vec![0xff; 2000], bomb.clone()] {
            assert_eq!(said(province.post(path, token, body).await).await, (400, "unreadable".into()), "{path}");
        }
        let body = vec![0; BIGGEST_REQUEST + 1];
        assert_eq!(said(province.post(path, token, body).await).await, (413, "too_large".into()), "{path}");
    }
    for route in server::addresses() {
        let url = format!("{}{}", province.url, route.path);
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            if method.as_str() != route.method {
                let response = Client::new().request(method.clone(), &url).send().await.unwrap();
                assert_eq!(response.status().as_u16(), 405, "{method} {}", route.path);
            }
        }
    }
    for path in ["/", "/v1", "/v1/sync/", "/v2/sync", "/v1/look?code=1", "/../ledger.db"] {
        let status = said(province.post(path, token, Vec::new()).await).await.0;
        assert!(matches!(status, 400 | 404), "{path} says {status}");
    }
    let health = Client::new().get(format!("{}/v1/health", province.url)).send().await.unwrap();
    assert_eq!(said(health).await, (200, "ok".into()));
}

// Planted: a route beside the list; one more in the list that asks for no session; the exchange without one → each caught.
#[tokio::test]
async fn every_route_but_those_for_getting_in_asks_for_a_session() {
    let mut province = Province::start().await;
    let [lost, late] = [province.phone("deputy").await, province.phone("member").await];
    let device = lost.device().uuid();
    province.admin(|ledger, _| people::revoke(ledger, device)).unwrap();
    // Both provinces draw the same tokens in turn, so one more than this one gave out.
    let mut stranger = Province::start().await;
    for role in ["secretary", "deputy"] {
        stranger.phone(role).await;
    }
    let other = stranger.phone("member").await;
    let mut open: Vec<&str> = Vec::new();
    for route in server::addresses() {
        let unasked = |token: Option<String>, body: Vec<u8>| {
            let url = format!("{}{}", province.url, route.path);
            let method: Method = route.method.parse().unwrap();
            let request = Client::new().request(method, url).body(body);
            let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
            async { said(request.send().await.unwrap()).await }
        };
        if unasked(None, Vec::new()).await.0 != 401 {
            assert!(!route.session, "{} says that it asks for a session", route.path);
            open.push(route.path);
            continue;
        }
        assert!(route.session, "{} says that it asks for none", route.path);
        let ask = pack(&Ask { proto: PROTO, ..Ask::default() }).unwrap();
        for body in [ask.clone(), vec![7; 9], vec![0; BIGGEST_REQUEST + 1]] {
            let refused = (401, "session".to_owned());
            assert_eq!(unasked(None, body.clone()).await, refused, "{} without a token", route.path);
            let theirs = Some(other.token.clone());
            assert_eq!(unasked(theirs, body.clone()).await, refused, "{} with another province's", route.path);
            let theirs = Some(lost.token.clone());
            assert_eq!(unasked(theirs, body).await, (403, "revoked".into()), "{} shut out", route.path);
        }
    }
    province.pass(24 * HOUR);
    for route in server::addresses().into_iter().filter(|route| route.session) {
        let url = format!("{}{}", province.url, route.path);
        let request = Client::new().request(route.method.parse().unwrap(), url).bearer_auth(&late.token);
        assert_eq!(said(request.send().await.unwrap()).await, (401, "session".into()), "{} too late", route.path);
    }
    open.sort_unstable();
    assert_eq!(open, OPEN);
    let laid: usize = include_str!("../src/routes.rs").matches(".route(").count()
        + include_str!("../src/serve.rs").matches(".route(").count();
    assert_eq!(laid, 1, "every route is in the list");
}

#[tokio::test]
async fn the_exchange_asks_for_a_session_before_anything_else() {
    let mut province = Province::start().await;
    let phone = province.phone("member").await;
    let ask = pack(&Ask { proto: PROTO, ..Ask::default() }).unwrap();
    let refused = (401, "session".to_owned());
    assert_eq!(said(province.post("/v1/sync", None, ask.clone()).await).await, refused);
    let other = "0".repeat(64);
    let cut = &phone.token[1..];
    for token in ["", "x", &other, cut, &phone.token.to_uppercase()] {
        assert_eq!(said(province.post("/v1/sync", Some(token), ask.clone()).await).await, refused, "{token:?}");
    }
    assert_eq!(said(province.post("/v1/sync", None, vec![7; 9]).await).await, refused, "before the body is judged");
    let newer = pack(&Ask { proto: PROTO + 1, ..Ask::default() }).unwrap();
    assert_eq!(said(province.post("/v1/sync", Some(&phone.token), newer).await).await.0, 400);
    assert_eq!(said(province.post("/v1/sync", Some(&phone.token), ask).await).await.0, 200);

    let unsigned = Opening { device: phone.device(), nonce: phone.nonce().await, signature: vec![0; 64] };
    assert_eq!(phone.say::<_, String>("/v1/session", &unsigned).await, Err(refused));
}

#[tokio::test]
async fn the_limiter_stands_before_every_route() {
    for path in ["/v1/nowhere"].into_iter().chain(server::addresses().into_iter().map(|route| route.path)) {
        let province = Province::limited(Limit { burst: 3, per_second: 1 }).await;
        for _ in 0..3 {
            assert_ne!(province.post(path, None, Vec::new()).await.status().as_u16(), 429, "{path}");
        }
        let last = province.post(path, None, Vec::new()).await;
        let wait = last.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.parse::<u64>().ok());
        assert!(wait.is_some_and(|wait| wait >= 1), "{path} says when to come again");
        assert_eq!(said(last).await, (429, "too_many".into()), "{path}");
    }
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_answers_no_more() {
    let mut province = Province::start().await;
    province.running.take().unwrap().shutdown().await;
    assert!(Client::new().get(format!("{}/v1/health", province.url)).send().await.is_err());
}

/// Five million zeros, as a compressed message: more than may be unpacked.
fn zstd_of_nothing() -> Vec<u8> {
    zstd::bulk::compress(&vec![0; 5_000_000], 3).unwrap()
}
