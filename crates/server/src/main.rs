//! `province`: the province's server, and what its administrators do at its machine.

use std::{io::Write, net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result};
use chrono::{NaiveDate, NaiveTime};
use clap::{Parser, Subcommand};
use server::{Config, Limit, Outside, day_of, demo, millis_of, serve};

#[derive(Parser)]
#[command(version, about = "Máy chủ Sổ tay Đảng viên của tỉnh")]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Serve a ledger until told to stop
    Serve {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        /// Where to listen; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
        /// Certificate chain (PEM)
        #[arg(long, requires = "tls_key")]
        tls_cert: Option<PathBuf>,
        /// Private key (PEM)
        #[arg(long, requires = "tls_cert")]
        tls_key: Option<PathBuf>,
        /// Speak plain HTTP beyond this machine
        #[arg(long)]
        plain: bool,
        /// Requests an address may make at once
        #[arg(long, default_value_t = Limit::default().burst)]
        burst: u32,
        /// Requests an address may make a second in the long run
        #[arg(long, default_value_t = Limit::default().per_second)]
        per_second: u32,
        /// Start the clock at 08:00 of this day instead of now: for demonstrations
        #[arg(long)]
        today: Option<NaiveDate>,
    },
    /// Make a made-up province
    Demo {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        /// The same seed makes the same people, keys and codes
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The day it is made for; today if not said
        #[arg(long)]
        today: Option<NaiveDate>,
        /// The server's address in the tickets
        #[arg(long, default_value = "http://127.0.0.1:8787")]
        server: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match Cli::parse().what {
        What::Serve { data, listen, tls_cert, tls_key, plain, burst, per_second, today } => {
            let tls = tls_cert.zip(tls_key);
            let scheme = if tls.is_some() { "https" } else { "http" };
            let outside = today.map_or_else(Outside::real, |day| Outside::starting_at(morning(day)));
            let limit = Limit { burst, per_second };
            let running = serve(Config { data, listen, tls, plain, limit, outside }).await?;
            writeln!(std::io::stdout(), "listening on {scheme}://{}", running.addr)?;
            told_to_stop().await?;
            running.shutdown().await;
        }
        What::Demo { data, seed, today, server, json } => {
            let now = Outside::real().now();
            let day = match today {
                Some(day) => day,
                None => day_of(now).parse().context("the machine's clock")?,
            };
            let made = demo(&data, seed, day, now.max(morning(day)), &server)?;
            let mut out = std::io::stdout();
            if json {
                writeln!(out, "{}", serde_json::to_string_pretty(&made)?)?;
            } else {
                for code in &made.codes {
                    writeln!(out, "{:<10} {:<24} {}", code.role, code.name, code.ticket)?;
                }
            }
        }
    }
    Ok(())
}

fn morning(day: NaiveDate) -> u64 {
    millis_of(day.and_time(NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default()))
}

async fn told_to_stop() -> Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        stopped = tokio::signal::ctrl_c() => stopped?,
    }
    Ok(())
}
