//! `province`: the province's server, and what its administrators do at its machine.

#![allow(missing_docs, reason = "the help texts are the documentation")]

mod admin;

use std::{
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use chrono::{NaiveDate, NaiveTime};
use clap::{Parser, Subcommand};
use server::{Checked, Config, Limit, Outside, Sqlite, answer_bundle, day_of, init, living, millis_of, serve};
use sync::{Rescue, recovery_of, rescue, six_digits, unpack};

#[derive(Parser)]
#[command(version, about = "Máy chủ Sổ tay Đảng viên của tỉnh")]
struct Cli {
    #[command(subcommand)]
    what: What,
    /// Put the clock to 08:00 of this day: for demonstrations
    #[arg(long, global = true)]
    today: Option<NaiveDate>,
}

#[derive(Subcommand)]
enum What {
    /// Begin a province's ledger
    Init {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        /// What the province's Party organisation is called
        #[arg(long)]
        name: String,
        /// `99.000.000.000.000`
        #[arg(long)]
        code: Option<String>,
    },
    /// Serve a ledger until told to stop
    Serve {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        /// Where to listen; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
        /// Speak TLS to this machine too; beyond it, TLS is always spoken
        #[arg(long, conflicts_with = "plain")]
        tls: bool,
        /// Speak plain HTTP beyond this machine: on a closed network, for tests
        #[arg(long)]
        plain: bool,
        /// Requests an address may make at once
        #[arg(long, default_value_t = Limit::default().burst)]
        burst: u32,
        /// Requests an address may make a second in the long run
        #[arg(long, default_value_t = Limit::default().per_second)]
        per_second: u32,
    },
    /// Units, people, offices, codes, devices
    Admin {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        #[command(subcommand)]
        deed: admin::Deed,
    },
    /// Make the province's recovery key: the secret goes to a file to be printed and locked away, the ledger learns whom
    /// devices seal their envelopes for
    Recovery {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        /// The file to write; there may be none of that name
        #[arg(long)]
        to: PathBuf,
    },
    /// Open the envelope of a device whose keys are lost, far from any network. Hear the six digits from its holder first
    Rescue {
        /// The file with the secret
        #[arg(long)]
        key: PathBuf,
        /// The file that was brought
        #[arg(long)]
        from: PathBuf,
        /// The file to write
        #[arg(long)]
        to: PathBuf,
        /// The six digits that the holder read from the device
        #[arg(long)]
        digits: String,
    },
    /// Answer a bundle that was carried here by hand with one to carry back
    Bundle {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        /// The file that was brought
        #[arg(long)]
        from: PathBuf,
        /// The file to write
        #[arg(long)]
        to: PathBuf,
    },
    /// Copy a ledger to one file, also while it is served; a script runs this every night
    Backup {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        /// The file to write; there may be none of that name
        #[arg(long)]
        to: PathBuf,
    },
    /// Check a copy from its first entry to its last: hashes, signatures, chains, counters
    VerifyBackup {
        /// The copy
        #[arg(long)]
        file: PathBuf,
    },
    /// Go on from a copy. Stop the server first; devices then hand back what the copy does not have
    Restore {
        /// Folder of the ledger; one that stands there is kept beside
        #[arg(long)]
        data: PathBuf,
        /// The copy
        #[arg(long)]
        from: PathBuf,
    },
    /// Make a made-up province
    Demo {
        /// Folder of the ledger
        #[arg(long)]
        data: PathBuf,
        /// The same seed makes the same people, keys and codes
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The server's address in the tickets
        #[arg(long, default_value = "http://127.0.0.1:8787")]
        server: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line, without the trace that `Debug` would print.
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(Cli { what, today }: Cli) -> Result<()> {
    let outside = today.map_or_else(Outside::real, |day| Outside::starting_at(morning(day)));
    match what {
        What::Init { data, name, code } => {
            let unit = init(&data, &outside, &name, code)?;
            writeln!(std::io::stdout(), "{unit}")?;
        }
        What::Admin { data, deed } => admin::run(&data, &outside, deed)?,
        What::Recovery { data, to } => {
            let mut ledger = Sqlite::open(&data)?;
            let (secret, recipient) = recovery_of(outside.bytes()).context("no key was made")?;
            // The secret is safe before the first device seals anything for it.
            secret_file(&to, secret.as_bytes()).with_context(|| format!("{} cannot be written", to.display()))?;
            ledger.transaction(outside.now(), |ledger| ledger.set_recovery(&recipient))?;
            writeln!(std::io::stdout(), "print {} and lock it away, then delete it: {recipient}", to.display())?;
        }
        What::Rescue { key, from, to, digits } => {
            let secret = std::fs::read_to_string(&key).with_context(|| format!("{} cannot be read", key.display()))?;
            let asked: Rescue = unpack(&brought(&from)?).context("the file asks for no rescue")?;
            if six_digits(&[0; 32], &asked.key) != digits.replace(' ', "") {
                anyhow::bail!("these are not the digits of the device that wrote this file: it is somebody else's");
            }
            let answer = rescue(&secret, &asked).context("the envelope does not open with this key")?;
            secret_file(&to, &answer).with_context(|| format!("{} cannot be written", to.display()))?;
        }
        What::Bundle { data, from, to } => {
            let brought = brought(&from)?;
            let mut ledger = Sqlite::open(&data)?;
            let answered = ledger.transaction(outside.now(), |ledger| answer_bundle(ledger, &outside, &brought))?;
            let answer = answered.map_err(|refused| anyhow::anyhow!("not taken: {}", refused.said().1))?;
            std::fs::write(&to, answer).with_context(|| format!("{} cannot be written", to.display()))?;
        }
        What::Backup { data, to } => {
            Sqlite::open(&data)?.back_up(&to)?;
            writeln!(std::io::stdout(), "{}", told(&Sqlite::check(&to)?))?;
        }
        What::VerifyBackup { file } => writeln!(std::io::stdout(), "{}", told(&Sqlite::check(&file)?))?,
        What::Restore { data, from } => {
            let checked = Sqlite::restore(&data, &from, &outside)?;
            writeln!(std::io::stdout(), "{}", told(&checked))?;
        }
        What::Serve { data, listen, tls, plain, burst, per_second } => {
            let tls = tls || !plain && !listen.ip().is_loopback();
            let scheme = if tls { "https" } else { "http" };
            let limit = Limit { burst, per_second };
            let running = serve(Config { data, listen, tls, limit, outside }).await?;
            writeln!(std::io::stdout(), "listening on {scheme}://{}", running.addr)?;
            told_to_stop().await?;
            running.shutdown().await;
        }
        What::Demo { data, seed, server, json } => {
            let now = Outside::real().now();
            let day = match today {
                Some(day) => day,
                None => day_of(now).parse().context("the machine's clock")?,
            };
            let made = living(&data, seed, day, now.max(morning(day)), &server)?;
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

fn brought(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// A new file that only its owner reads.
fn secret_file(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(bytes)
}

fn told(checked: &Checked) -> String {
    let Checked { logs, entries, aside, missing, last } = checked;
    let files =
        if *missing == 0 { "every file is there".into() } else { format!("{missing} pieces of files are missing") };
    format!(
        "{entries} entries in {logs} logs are whole, {aside} set aside, {files}; the last is of {}",
        server::moment_of(*last)
    )
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
