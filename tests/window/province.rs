//! The made-up province, served on this machine.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use server::{Config, Demo, Limit, Outside, Running, Sqlite, day_of, demo, living, people, serve};

pub struct Province {
    /// `http://127.0.0.1:41234`
    pub address: String,
    data: PathBuf,
    made: Demo,
    config: Config,
    running: Option<Running>,
}

impl Province {
    pub async fn open(folder: &Path) -> Result<Self> {
        let (data, outside) = (folder.join("province"), Outside::real());
        let now = outside.now();
        let made = demo(&data, 1, day_of(now).parse()?, now, "http://127.0.0.1")?;
        Self::served(data, made, outside).await
    }

    /// The one that `province demo` makes: its first cell is at work.
    pub async fn at_work(folder: &Path) -> Result<Self> {
        let (data, outside) = (folder.join("province"), Outside::real());
        let now = outside.now();
        let made = living(&data, 1, day_of(now).parse()?, now, "http://127.0.0.1")?;
        Self::served(data, made, outside).await
    }

    async fn served(data: PathBuf, made: Demo, outside: Outside) -> Result<Self> {
        // All the devices of a test share one address.
        let limit = Limit { burst: 1000, per_second: 1000 };
        let listen = ([127, 0, 0, 1], 0).into();
        let config = Config { data: data.clone(), listen, tls: false, limit, outside };
        let running = serve(config.clone()).await?;
        let config = Config { listen: running.addr, ..config };
        Ok(Self { address: format!("http://{}", running.addr), data, made, config, running: Some(running) })
    }

    /// No signal: nobody answers at its address.
    pub async fn out_of_reach(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown().await;
        }
    }

    /// A signal again.
    pub async fn within_reach(&mut self) -> Result<()> {
        if self.running.is_none() {
            self.running = Some(serve(self.config.clone()).await?);
        }
        Ok(())
    }

    /// Confirms a device as an administrator at the server's machine does, who has its holder read the digits.
    pub fn confirm(&self, device: &str, digits: &str) -> Result<()> {
        let mut ledger = Sqlite::open(&self.data)?;
        let device = device.parse()?;
        Ok(ledger.transaction(Outside::real().now(), |ledger| people::confirm(ledger, device, digits))?)
    }

    /// The code of a person, `ABCDEF-GHJKMN-PQRSTV`.
    pub fn code(&self, role: &str) -> Result<&str> {
        let issued = self.made.codes.iter().find(|issued| issued.role == role);
        Ok(&issued.with_context(|| format!("no code for {role}"))?.code)
    }
}
