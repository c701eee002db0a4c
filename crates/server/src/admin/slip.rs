//! What hands a code over: the words, the QR code in a terminal, and the slip of paper that an office prints.

use chrono::NaiveDateTime;
use domain::{Id, Member, Record, Unit};
use qrcode::{
    QrCode,
    render::{svg, unicode::Dense1x2},
    types::QrError,
};
use serde_json::json;
use server::{LedgerError, Outside, Sqlite};
use sync::Ticket;

/// The paper, A5. An editor of pictures shows it as it is; what stands in braces is filled in.
const PAPER: &str = include_str!("slip.svg");
/// Ink on paper, whatever colours the terminal has: a camera reads no code that is light on dark.
const INK: (&str, &str) = ("\u{1b}[30;107m", "\u{1b}[0m");

/// A code, and what its holder needs to know of it.
pub struct Slip {
    member: Id<Member>,
    name: String,
    unit: String,
    code: String,
    ticket: String,
    server: String,
    expires: u64,
}

impl Slip {
    /// Makes a code for a member.
    pub fn issue(ledger: &Sqlite, outside: &Outside, member: Id<Member>, server: String) -> Result<Self, LedgerError> {
        let (code, expires) = server::issue(ledger, outside, member)?;
        let root: String = ledger.root().verifying_key().as_bytes().iter().map(|b| format!("{b:02x}")).collect();
        let ticket = Ticket { code, server: Some(server.clone()), root: Some(root) }.to_string();
        let said = |table, id| ledger.register().text(table, id, "name").unwrap_or_default().to_owned();
        let cell = ledger.register().get(&Member::TABLE, member.uuid()).map(|(log, _)| log.unit.uuid());
        let name = said(&Member::TABLE, member.uuid());
        let unit = cell.map(|cell| said(&Unit::TABLE, cell)).unwrap_or_default();
        Ok(Self { member, name, unit, code: code.to_string(), ticket, server, expires })
    }

    /// For another program.
    pub fn json(&self) -> String {
        let Self { member, code, ticket, expires, .. } = self;
        json!({ "member": member, "code": code, "ticket": ticket, "expires": expires }).to_string()
    }

    /// For a person: the code, the ticket, until when.
    pub fn words(&self) -> [String; 3] {
        [self.code.clone(), self.ticket.clone(), server::moment_of(self.expires)]
    }

    /// The ticket as a QR code in a terminal.
    pub fn blocks(&self) -> Result<String, QrError> {
        let drawn = QrCode::new(&self.ticket)?.render::<Dense1x2>().module_dimensions(1, 1).build();
        let (ink, end) = INK;
        Ok(drawn.lines().map(|line| format!("{ink}{line}{end}\n")).collect())
    }

    /// The paper.
    pub fn paper(&self) -> Result<String, QrError> {
        let qr = QrCode::new(&self.ticket)?;
        let drawn = qr.render::<svg::Color>().module_dimensions(1, 1).build();
        let drawn = drawn.split_once("?>").map_or(drawn.as_str(), |(_, picture)| picture);
        let until = server::moment_of(self.expires);
        let until = NaiveDateTime::parse_from_str(&until, "%Y-%m-%dT%H:%M")
            .map_or(until, |until| until.format("%H:%M ngày %d/%m/%Y").to_string());
        let size = (qr.width() + 2 * QUIET).to_string();
        let fill = [
            ("qr", drawn),
            ("size", &size),
            ("code", &self.code),
            ("until", &until),
            ("name", &escape(&self.name)),
            ("unit", &escape(&self.unit)),
            ("server", &escape(&self.server)),
        ];
        Ok(fill.iter().fold(PAPER.to_owned(), |paper, (what, with)| paper.replace(&format!("{{{what}}}"), with)))
    }
}

/// How many modules stay white around a code.
const QUIET: usize = 4;

fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn slip() -> Slip {
        Slip {
            member: Id::new(Uuid::nil()),
            name: "Đặng Thị Cúc <A & B>".to_owned(),
            unit: "Chi bộ thôn Đông".to_owned(),
            code: "ABCDEF-GHJKMN-PQRSTV".to_owned(),
            ticket: format!("sotay:ABCDEF-GHJKMN-PQRSTV@https://sotay.quangtri.example:8443#{}", "5f".repeat(32)),
            server: "https://sotay.quangtri.example:8443".to_owned(),
            expires: 1_795_676_700_000,
        }
    }

    /// What a camera reads where these modules are dark.
    fn read(dark: &[Vec<bool>]) -> String {
        const DOT: usize = 4;
        let grey = |x: usize, y: usize| if dark[y / DOT][x / DOT] { 20 } else { 230 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(dark[0].len() * DOT, dark.len() * DOT, grey);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code is found");
        grids[0].decode().unwrap().1
    }

    // Planted: dark and light changed about; a line of the blocks left out → caught.
    #[test]
    fn the_terminal_shows_the_ticket() {
        let slip = slip();
        let blocks = slip.blocks().unwrap();
        let mut dark = Vec::new();
        for line in blocks.lines() {
            let line = line.strip_prefix(INK.0).and_then(|line| line.strip_suffix(INK.1)).unwrap();
            dark.push(line.chars().map(|c| matches!(c, '▀' | '█')).collect());
            dark.push(line.chars().map(|c| matches!(c, '▄' | '█')).collect());
        }
        assert_eq!(read(&dark), slip.ticket);
    }

    // Planted: the code drawn instead of the ticket; the frame narrower than the picture → caught.
    #[test]
    fn the_paper_shows_the_ticket_and_what_is_to_be_known() {
        let slip = slip();
        let paper = slip.paper().unwrap();
        let (_, rest) = paper.split_once("<path fill=\"#000\" d=\"M").unwrap();
        // Of the paper, of the frame on it, and of the picture in that.
        let sizes: Vec<&str> =
            paper.split("viewBox=\"0 0 ").skip(1).map(|rest| rest.split_once(' ').unwrap().0).collect();
        assert_eq!(sizes[1], sizes[2], "the picture fills its frame");
        let size: usize = sizes[1].parse().unwrap();
        let mut dark = vec![vec![false; size]; size];
        for run in rest.split_once('"').unwrap().0.split('M') {
            let (left, run) = run.split_once(' ').unwrap();
            let (top, run) = run.split_once('h').unwrap();
            let width = run.split_once('v').unwrap().0;
            let (left, top, width): (usize, usize, usize) =
                (left.parse().unwrap(), top.parse().unwrap(), width.parse().unwrap());
            dark[top][left..left + width].fill(true);
        }
        assert_eq!(read(&dark), slip.ticket);
        let said = ["ABCDEF-GHJKMN-PQRSTV", "Đặng Thị Cúc &lt;A &amp; B>", "Chi bộ thôn Đông", &slip.server];
        assert!(said.iter().all(|words| paper.contains(words)));
        assert!(paper.contains("đến 14:05 ngày 26/11/2026"));
        assert!(!paper.contains('{'), "every place is filled in");
    }
}
