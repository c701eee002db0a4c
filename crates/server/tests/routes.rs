//! Every address, asked badly.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "each test file uses its part")]
mod house;

use house::*;
use reqwest::{Client, Method};
use server::Limit;
use sync::{Ask, BIGGEST_REQUEST, Opening, PROTO, pack};

const POSTS: [&str; 5] = ["/v1/look", "/v1/enrol", "/v1/challenge", "/v1/session", "/v1/sync"];

async fn said(response: reqwest::Response) -> (u16, String) {
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn every_route_refuses_what_is_no_message() {
    let mut province = Province::start().await;
    let phone = province.phone("member").await;
    let token = Some(phone.token.as_str());
    let bomb = [vec![1], zstd_of_nothing()].concat();
    for path in POSTS {
        for body in [Vec::new(), b"{}".to_vec(), vec![0; 3], vec![7; 500], vec![0xff; 2000], bomb.clone()] {
            assert_eq!(said(province.post(path, token, body).await).await, (400, "unreadable".into()), "{path}");
        }
        let body = vec![0; BIGGEST_REQUEST + 1];
        assert_eq!(said(province.post(path, token, body).await).await, (413, "too_large".into()), "{path}");
        let url = format!("{}{path}", province.url);
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            let response = Client::new().request(method, &url).send().await.unwrap();
            assert_eq!(response.status().as_u16(), 405, "{path}");
        }
    }
    assert_eq!(said(province.post("/v1/health", None, Vec::new()).await).await.0, 405);
    for path in ["/", "/v1", "/v1/sync/", "/v2/sync", "/v1/look?code=1", "/../ledger.db"] {
        let status = said(province.post(path, token, Vec::new()).await).await.0;
        assert!(matches!(status, 400 | 404), "{path} says {status}");
    }
    let health = Client::new().get(format!("{}/v1/health", province.url)).send().await.unwrap();
    assert_eq!(said(health).await, (200, "ok".into()));
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
    for path in ["/v1/health", "/v1/nowhere"].into_iter().chain(POSTS) {
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
