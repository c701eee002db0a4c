//! The line between phones and server: it loses, doubles, delays and cuts, and questions overtake each other.

use domain::TABLES;
use rand::Rng;
use server::Refused;
use sync::{Ask, Reply};

use crate::deeds::Life;

/// A message on its way.
pub struct Letter {
    pub at: u64,
    pub phone: usize,
    /// Which of its questions this is, or answers.
    pub turn: u32,
    pub ask: Ask,
    /// The bytes as they travel: the question, or its answer.
    pub bytes: Vec<u8>,
    pub is_answer: bool,
}

impl Life {
    pub fn send(&mut self, at: usize, ask: Ask) {
        let Ok(bytes) = sync::pack(&ask) else { return self.wrong.push("a question that cannot be packed".to_owned()) };
        self.world.note(format!("phone {at} asks, {} entries", ask.entries.len()));
        let phone = &mut self.world.phones[at];
        phone.turn += 1;
        let turn = phone.turn;
        self.mail(Letter { at: 0, phone: at, turn, ask, bytes, is_answer: false });
    }

    /// Hands a message to the line: it may be lost, doubled, late, cut, and overtake others.
    pub fn mail(&mut self, mut letter: Letter) {
        let w = &mut self.world;
        if w.flip(6) {
            return;
        }
        if w.flip(8) {
            let length = w.pick(letter.bytes.len() + 1);
            letter.bytes.truncate(length);
        }
        let copies = if w.flip(10) { 2 } else { 1 };
        for _ in 0..copies {
            let at = w.now + w.chance.random_range(0..400_000);
            let Letter { phone, turn, is_answer, .. } = letter;
            self.post.push(Letter { at, phone, turn, ask: letter.ask.clone(), bytes: letter.bytes.clone(), is_answer });
        }
    }

    /// Messages that are due arrive; or all of them.
    pub fn deliver(&mut self, all: bool) {
        loop {
            let due = self.post.iter().enumerate().filter(|(_, letter)| all || letter.at <= self.world.now);
            let Some(first) = due.min_by_key(|(_, letter)| letter.at).map(|(at, _)| at) else { return };
            let letter = self.post.swap_remove(first);
            if letter.is_answer { self.hear(letter) } else { self.serve(letter) }
        }
    }

    pub fn serve(&mut self, letter: Letter) {
        let now = self.world.now;
        let device = self.world.phones[letter.phone].id();
        let Ok(ask) = sync::unpack::<Ask>(&letter.bytes) else { return };
        let answer = self.world.server.answer(device, ask, now);
        self.world.server.power();
        match answer {
            Some(Ok(reply)) => {
                self.watch(letter.phone, &reply);
                let Ok(bytes) = sync::pack(&reply) else {
                    return self.wrong.push("an answer that cannot be packed".to_owned());
                };
                self.mail(Letter { bytes, is_answer: true, ..letter });
            }
            Some(Err(Refused::Revoked)) | None => {}
            Some(Err(refused)) => self.wrong.push(format!("an honest question was refused: {refused:?}")),
        }
    }

    /// Nothing is served to who may not read it, nor to a phone that was shut out.
    pub fn watch(&mut self, at: usize, reply: &Reply) {
        let holder = self.world.phones[at].holder;
        let carried = reply.parts.iter().flat_map(|part| &part.entries).chain(&reply.backfill);
        for one in carried {
            let Ok(entry) = sync::Entry::read(&one.bytes, TABLES) else { continue };
            if !self.restored && !self.world.may_read(holder, &entry.log) {
                self.wrong.push(format!("phone {at} was served an entry of a log that its holder may not read"));
            }
        }
        if self.world.phones[at].revoked && !self.restored {
            self.wrong.push(format!("phone {at} was served after it was shut out"));
        }
    }

    pub fn hear(&mut self, letter: Letter) {
        let now = self.world.now;
        let at = letter.phone;
        // A question may arrive late or twice, but nobody listens any more on a line that was given up or has answered.
        let phone = &mut self.world.phones[at];
        if letter.turn != phone.turn {
            return;
        }
        phone.turn += 1;
        let Ok(reply) = sync::unpack::<Reply>(&letter.bytes) else { return };
        let taken = self.world.phones[at].take(&letter.ask, &reply, now);
        self.after_power(at);
        if let Some(taken) = &taken
            && taken.misfit.is_some()
            && !self.world.phones[at].copied
        {
            self.world.note(format!("phone {at} MISFIT"));
            self.wrong.push(format!("phone {at} does not find an honest history to fit"));
        }
        self.world.note(format!("phone {at} hears {:?}", taken.map(|taken| (taken.entries, taken.more))));
    }
}
