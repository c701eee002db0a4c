//! A black and white picture as JBIG2, as scanners write it: one generic region under the arithmetic coder (T.88, annex E).

/// Of each state of the coder: the share of the less likely bit, the states after the likelier and the other, whether they
/// change places.
const STATES: [(u32, u8, u8, bool); 47] = [
    (0x5601, 1, 1, true),
    (0x3401, 2, 6, false),
    (0x1801, 3, 9, false),
    (0x0ac1, 4, 12, false),
    (0x0521, 5, 29, false),
    (0x0221, 38, 33, false),
    (0x5601, 7, 6, true),
    (0x5401, 8, 14, false),
    (0x4801, 9, 14, false),
    (0x3801, 10, 14, false),
    (0x3001, 11, 17, false),
    (0x2401, 12, 18, false),
    (0x1c01, 13, 20, false),
    (0x1601, 29, 21, false),
    (0x5601, 15, 14, true),
    (0x5401, 16, 14, false),
    (0x5101, 17, 15, false),
    (0x4801, 18, 16, false),
    (0x3801, 19, 17, false),
    (0x3401, 20, 18, false),
    (0x3001, 21, 19, false),
    (0x2801, 22, 19, false),
    (0x2401, 23, 20, false),
    (0x2201, 24, 21, false),
    (0x1c01, 25, 22, false),
    (0x1801, 26, 23, false),
    (0x1601, 27, 24, false),
    (0x1401, 28, 25, false),
    (0x1201, 29, 26, false),
    (0x1101, 30, 27, false),
    (0x0ac1, 31, 28, false),
    (0x09c1, 32, 29, false),
    (0x08a1, 33, 30, false),
    (0x0521, 34, 31, false),
    (0x0441, 35, 32, false),
    (0x02a1, 36, 33, false),
    (0x0221, 37, 34, false),
    (0x0141, 38, 35, false),
    (0x0111, 39, 36, false),
    (0x0085, 40, 37, false),
    (0x0049, 41, 38, false),
    (0x0025, 42, 39, false),
    (0x0015, 43, 40, false),
    (0x0009, 44, 41, false),
    (0x0005, 45, 42, false),
    (0x0001, 45, 43, false),
    (0x5601, 46, 46, false),
];
/// Where the points stand that tell what to expect of a point.
const AROUND: [(i32, i32); 16] = [
    (-2, -2),
    (-1, -2),
    (0, -2),
    (1, -2),
    (2, -2),
    (-3, -1),
    (-2, -1),
    (-1, -1),
    (0, -1),
    (1, -1),
    (2, -1),
    (3, -1),
    (-4, 0),
    (-3, 0),
    (-2, 0),
    (-1, 0),
];

struct Coder {
    out: Vec<u8>,
    a: u32,
    c: u32,
    left: u32,
}

impl Coder {
    fn code(&mut self, bit: bool, state: &mut (u8, bool)) {
        let (share, likely, other, turns) = STATES[state.0 as usize];
        self.a -= share;
        if bit == state.1 {
            if self.a & 0x8000 != 0 {
                self.c += share;
                return;
            }
            if self.a < share {
                self.a = share
            } else {
                self.c += share
            }
            state.0 = likely;
        } else {
            if self.a < share {
                self.c += share
            } else {
                self.a = share
            }
            *state = (other, state.1 ^ turns);
        }
        loop {
            (self.a, self.c, self.left) = (self.a << 1, self.c << 1, self.left - 1);
            if self.left == 0 {
                self.byte();
            }
            if self.a & 0x8000 != 0 {
                return;
            }
        }
    }

    fn byte(&mut self) {
        let last = self.out.last_mut().unwrap();
        // What is carried over is added to the byte before.
        if *last != 0xff && self.c >= 0x800_0000 {
            *last += 1;
            self.c &= 0x7ff_ffff;
        }
        let bits = if *last == 0xff { 20 } else { 19 };
        self.out.push((self.c >> bits) as u8);
        self.c &= (1 << bits) - 1;
        self.left = if bits == 20 { 7 } else { 8 };
    }

    fn end(mut self) -> Vec<u8> {
        let most = self.c + self.a;
        self.c |= 0xffff;
        if self.c >= most {
            self.c -= 0x8000;
        }
        for _ in 0..2 {
            self.c <<= self.left;
            self.byte();
        }
        if self.out.last() != Some(&0xff) {
            self.out.push(0xff);
        }
        self.out.push(0xac);
        self.out.split_off(1)
    }
}

/// The bytes that a PDF holds of it.
pub fn jbig2(width: u32, height: u32, black: impl Fn(u32, u32) -> bool) -> Vec<u8> {
    let at = |x: i32, y: i32| x >= 0 && y >= 0 && x < width as i32 && black(x as u32, y as u32);
    let mut coder = Coder { out: vec![0], a: 0x8000, c: 0, left: 12 };
    let mut states = vec![(0, false); 1 << AROUND.len()];
    for y in 0..height as i32 {
        for x in 0..width as i32 {
            let around = AROUND.iter().fold(0, |all, (dx, dy)| all << 1 | usize::from(at(x + dx, y + dy)));
            coder.code(at(x, y), &mut states[around]);
        }
    }
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let part = |number: u8, kind: u8, bytes: &[u8]| {
        [&[0, 0, 0, number, kind, 0, 1][..], &(bytes.len() as u32).to_be_bytes(), bytes].concat()
    };
    let page = part(0, 48, &[&size[..], &[0; 11]].concat());
    let apart = [3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe];
    let region = part(1, 38, &[&size[..], &[0; 9], &[0], &apart, &coder.end()].concat());
    [page, region].concat()
}
