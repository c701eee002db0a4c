//! What comes from outside is read with care: garbage, cuts and bombs are refused, never a panic.

use domain::{Audience, Log, TABLES};
use proptest::prelude::*;
use sync::{Ask, BIGGEST_INFLATED, Code, Entry, LONGEST_ENTRY, Reply, Stamp, Ticket, pack, seal, unpack};
use tests::{CELL, Device, Province, name, set};

fn entry() -> (sync::VerifyingKey, Vec<u8>) {
    let device = Device::new(1);
    let change = |count| {
        let stamp = Stamp::new(5, count, device.id());
        set(stamp, "meeting", name(1), "place", format!("Nhà văn hóa {count}"))
    };
    let log = Log::of(CELL, Audience::Everyone);
    let sealed = seal(device.book.key(), log, 1, &[change(0), change(1)], TABLES).expect("a short entry");
    (device.book.key().verifying_key(), sealed.bytes)
}

fn reply() -> Vec<u8> {
    let mut province = Province::default();
    let device = Device::new(1);
    let reply = province.answer(device.id(), Ask { room: 1 << 20, ..Ask::default() });
    pack(&reply).expect("a reply packs")
}

proptest! {
    // Planted: the signature not verified → caught.
    #[test]
    fn garbage_is_refused_and_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), how in 0u8..3) {
        let framed = [&[how], bytes.as_slice()].concat();
        for bytes in [&bytes, &framed] {
            let _ = unpack::<Ask>(bytes);
            let _ = unpack::<Reply>(bytes);
            let _ = Entry::read(bytes, TABLES);
            let (key, _) = entry();
            prop_assert!(Entry::verify(bytes, &key).is_err(), "nobody signed garbage");
        }
    }

    // Planted: the signature not verified → caught.
    #[test]
    fn an_entry_with_one_bit_turned_is_nobodys(bit in any::<prop::sample::Index>()) {
        let (key, mut bytes) = entry();
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(Entry::verify(&bytes, &key).is_err());
        let _ = Entry::read(&bytes, TABLES);
    }

    // Planted: the signature not verified → caught.
    #[test]
    fn an_entry_cut_off_is_nobodys(length in any::<prop::sample::Index>()) {
        let (key, bytes) = entry();
        let cut = &bytes[..length.index(bytes.len())];
        prop_assert!(Entry::verify(cut, &key).is_err());
        let longer = [bytes.as_slice(), cut].concat();
        prop_assert!(cut.is_empty() || Entry::verify(&longer, &key).is_err());
    }

    // Planted: bytes left over after the message ignored → caught.
    #[test]
    fn a_reply_cut_off_or_spun_out_is_no_reply(length in any::<prop::sample::Index>()) {
        let bytes = reply();
        prop_assert!(unpack::<Reply>(&bytes[..length.index(bytes.len())]).is_err());
        prop_assert!(unpack::<Reply>(&[bytes.as_slice(), b"more"].concat()).is_err());
        let short = pack(&Ask::default()).expect("a question packs");
        prop_assert_eq!(unpack::<Ask>(&short), Ok(Ask::default()));
        prop_assert!(unpack::<Ask>(&[short.as_slice(), b"more"].concat()).is_err(), "nor one that travels uncompressed");
    }

    #[test]
    fn a_message_comes_out_as_it_went_in(sizes in proptest::collection::vec(0usize..5000, 0..8), fill in any::<u8>()) {
        let ask = Ask { entries: sizes.iter().map(|size| vec![fill; *size]).collect(), ..Ask::default() };
        prop_assert_eq!(unpack::<Ask>(&pack(&ask).expect("packs")), Ok(ask));
    }

    #[test]
    fn a_code_reads_however_it_is_typed(secret in any::<[u8; 10]>()) {
        let code = Code::new(secret);
        let bare = code.to_string().replace('-', "");
        for typed in [code.to_string(), bare.to_lowercase().replace('0', "o").replace('1', "l"), format!(" {} ", bare.replace('1', "I"))] {
            prop_assert_eq!(Code::parse(&typed), Ok(code));
        }
        prop_assert!(Code::parse(&bare[..17]).is_err(), "a letter too few");
        prop_assert!(Code::parse(&[bare.as_str(), "0"].concat()).is_err(), "a letter too many");
    }
}

// Planted: the two check letters not compared → caught.
#[test]
fn a_slip_of_the_finger_in_a_code_is_noticed() {
    let (mut slips, mut missed) = (0, 0);
    for secret in 0..40u8 {
        let typed: Vec<char> = Code::new([secret; 10]).to_string().replace('-', "").chars().collect();
        for at in 0..typed.len() {
            for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|letter| *letter != typed[at]) {
                let mut slipped = typed.clone();
                slipped[at] = letter;
                slips += 1;
                missed += u32::from(Code::parse(&slipped.iter().collect::<String>()).is_ok());
            }
        }
    }
    assert!(missed * 300 < slips, "ten bits of check miss about one slip in a thousand: {missed} of {slips}");
}

// Planted: no limit on what unpacks; none on how much more it becomes → each caught.
#[test]
fn a_bomb_is_refused_before_it_unpacks() {
    let unpacked = |noise: usize, zeros: usize| unpack::<Vec<u8>>(&zstd(noise, zeros)).map(|bytes| bytes.len());
    assert_eq!(unpacked(100, 60_000), Ok(60_100), "what this writes is what others read");
    assert!(unpacked(100, 64 * 1024).is_err(), "a few bytes do not become many");
    assert!(unpacked(100, 64 * BIGGEST_INFLATED).is_err(), "least of all very many");
    assert_eq!(unpacked(300_000, 1_000_000), Ok(1_300_000), "a long message may become longer");
    assert!(unpacked(300_000, BIGGEST_INFLATED).is_err(), "but none becomes longer than the longest");
    let plain = [vec![0], vec![0; BIGGEST_INFLATED + 1]].concat();
    assert!(unpack::<Vec<u8>>(&plain).is_err(), "nor may it be so without compression");
}

/// A message of that many bytes that do not compress and that many that do, as the packer of a bomb would write it.
fn zstd(noise: usize, zeros: usize) -> Vec<u8> {
    const BLOCK: usize = 128 * 1024;
    let said = postcard_length(noise + zeros);
    let raw = [said, (0..noise).map(|at| (at * 31 + at / 251) as u8).collect()].concat();
    // A frame without a content size; each block says its kind, its length, and its bytes or the one to repeat.
    let mut bytes = vec![1, 0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    let mut block = |last: bool, kind: u32, length: usize, body: &[u8]| {
        let head = u32::from(last) | kind << 1 | (length as u32) << 3;
        bytes.extend(&head.to_le_bytes()[..3]);
        bytes.extend(body);
    };
    raw.chunks(BLOCK).for_each(|part| block(false, 0, part.len(), part));
    (0..zeros / BLOCK).for_each(|_| block(false, 1, BLOCK, &[0]));
    block(true, 1, zeros % BLOCK, &[0]);
    bytes
}

/// A length as postcard writes it: seven bits a byte, the least first.
fn postcard_length(mut length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while length > 127 {
        bytes.push(length as u8 | 128);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes
}

// Planted: the length not looked at when written; when read → each caught.
#[test]
fn an_entry_is_never_longer_than_the_longest() {
    let device = Device::new(1);
    let words = "đ".repeat(LONGEST_ENTRY / 2);
    let change = set(Stamp::new(5, 0, device.id()), "meeting", name(1), "place", words);
    let log = Log::of(CELL, Audience::Everyone);
    assert_eq!(
        seal(device.book.key(), log, 1, &[change], TABLES),
        Err(sync::Broken::TooLong),
        "it is not even written"
    );
    assert_eq!(Entry::read(&vec![1; LONGEST_ENTRY + 1], TABLES), Err(sync::Broken::TooLong), "nor read");
}

#[test]
fn a_ticket_that_is_not_one_is_refused() {
    let code = Code::new([7; 10]).to_string();
    for bad in
        ["", "sotay:", "sotay:@", &format!("sotay:{code}"), "sotay:x@http://127.0.0.1", "\u{202e}", &"9".repeat(10_000)]
    {
        assert!(Ticket::parse(bad).is_err(), "{bad:.40}");
    }
    let full =
        Ticket::parse(&format!("sotay:{code}@http://127.0.0.1:7070#{}", "a".repeat(64))).expect("a whole ticket");
    assert_eq!(Ticket::parse(&full.to_string()), Ok(full), "and prints as it reads");
}
