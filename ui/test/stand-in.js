// A made-up book for tests and `npm run dev`: chi bộ thôn Đông, xã Tân Hòa, 30 people, Monday 23/11/2026.
// It answers the same questions as the router in Rust. All people and figures are invented.
const people = [
  ['Lê Văn An', 1958],
  ['Trần Thị Ánh', 1971],
  ['Nguyễn Quốc Bảo', 1990],
  ['Hoàng Thị Bích', 1966],
  ['Phạm Văn Bình', 1949],
  ['Vũ Đình Chiến', 1952],
  ['Đặng Thị Cúc', 1963],
  ['Nguyễn Mạnh Cường', 1979, 'secretary'],
  ['Bùi Thị Dung', 1985],
  ['Trần Tiến Dũng', 1974],
  ['Lý A Dình', 1988],
  ['Đỗ Thị Hà', 1992, null, 'probationary'],
  ['Nguyễn Thị Hải', 1955],
  ['Phan Văn Hậu', 1968],
  ['Nguyễn Thị Thanh Hiền', 1981, 'deputy'],
  ['Trịnh Đức Hòa', 1947],
  ['Lê Thị Hồng', 1970],
  ['Giàng Thị Mai', 1995, null, 'probationary'],
  ['Ngô Văn Minh', 1961, 'committee'],
  ['Đinh Thị Nga', 1977],
  ['Trần Hữu Nghĩa', 1953],
  ['Vương Thị Oanh', 1983],
  ['Hồ Sỹ Phúc', 1959],
  ['Đặng Hữu Phước', 1987],
  ['Lương Văn Quang', 1972],
  ['Nguyễn Thị Sen', 1950],
  ['Mai Xuân Thắng', 1969],
  ['Phạm Thị Thu', 1993],
  ['Tạ Quang Trung', 1965],
  ['Nguyễn Thị Xuân', 1957],
].map(([name, born, post = null, standing = 'official'], i) => ({
  member: String(i + 1),
  no: i + 1,
  name,
  born,
  post,
  standing,
  counts: standing === 'official',
}));

const rights = (all) => ({ mark: all, plan_meeting: all, edit_roster: all, edit_person: all, decide: all, publish: all });
const source42 = 'Hướng dẫn 42-HD/BTCTW';
const figures = [83, 87, 90, 80, 87, 93, 90, 77, 87, 90, 93, 93];
// A tone is not a letter: Ánh stands under A, but Ân under Â and Đình under Đ.
const letter = (name) => name.split(' ').at(-1)[0].toUpperCase().normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '').normalize('NFC'); // prettier-ignore

/** @param {Partial<{stage: string, who: 'secretary'|'member'|'commune', roll: 'fresh'|'mid'|'rest'|'closed', network: string, digits: string, language: string, look: string, scale: number, clash: boolean, empty: boolean}>} wish */
export function open(wish = {}) {
  globalThis.__hand = async () => 'chosen:1';
  // A plain sheet: letterhead, lines, a stamp; the page's number at its foot.
  globalThis.__picture = async (of, page) => {
    const lines = Array.from({ length: 30 }, (_, i) => `<rect x="70" y="${230 + i * 16}" width="${i % 6 === 5 ? 260 : 455}" height="6" fill="#555"/>`).join('');
    const stamp = page === 1 ? '<circle cx="400" cy="745" r="48" fill="none" stroke="#c0392b" stroke-width="5"/>' : '';
    const head =
      '<rect x="70" y="70" width="170" height="8" fill="#222"/><rect x="330" y="70" width="195" height="8" fill="#222"/><rect x="170" y="150" width="255" height="14" fill="#222"/>';
    const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/>${page === 1 ? head : ''}${lines}${stamp}<text x="297" y="820" font-size="13" text-anchor="middle">${page}</text></svg>`;
    return new Blob([sheet], { type: 'image/svg+xml' });
  };
  const chief = (wish.who ?? 'secretary') === 'secretary';
  const me = chief ? people[14] : people[0];
  const may = rights(chief);
  const settings = { language: wish.language ?? 'vi', look: wish.look ?? 'light', scale: wish.scale ?? 100, lock_minutes: 5, spelling: 'u' };
  const status = {
    stage: wish.stage ?? 'open',
    holder: wish.stage === 'new' ? null : { name: me.name, unit: 'Chi bộ thôn Đông' },
    pin_digits: 6,
    tries_left: 5,
    wait_seconds: 0,
    settings,
    keystore: 'system',
    resume: null,
    version: '0.1.0',
    largest_file: 48 * 1024 * 1024,
  };
  const changed = (...tables) => setTimeout(() => globalThis.dispatchEvent(new CustomEvent('book-changed', { detail: tables })), 0);
  const fail = (code, faults = [], params = {}) => {
    throw { code, faults, params, detail: `stand-in: ${code}` };
  };

  const past = (y, m, d, here, extra = {}) => ({
    id: `m${y}${m}`,
    kind: 'regular',
    topic: null,
    planned_at: `${y}-${m}-${d}T14:00`,
    started_at: `${y}-${m}-${d}T14:05`,
    ended_at: `${y}-${m}-${d}T15:45`,
    place: 'Nhà văn hóa thôn Đông',
    status: 'ended',
    days_left: -20,
    here,
    all: 30,
    percent: Math.round((100 * here) / 30),
    attendance_closed: true,
    my_mark: 'present',
    my_reason: null,
    chair: 'Nguyễn Mạnh Cường',
    minute_taker: 'Nguyễn Thị Thanh Hiền',
    deadlines: [],
    warnings: [],
    not_held: null,
    unplanned: false,
    ...extra,
  });
  let meetings = [
    past('2026', '12', '03', 0, {
      id: 'next',
      started_at: null,
      ended_at: null,
      status: 'planned',
      days_left: 10,
      percent: null,
      attendance_closed: false,
      my_mark: null,
    }),
    past('2026', '11', '03', 28, {
      days_left: -20,
      warnings: [{ why: 'duration_short', params: { minutes: 60, needed: 90 }, source: source42 }],
      ended_at: '2026-11-03T15:05',
    }),
    past('2026', '10', '05', 28, { my_mark: 'late' }),
    past('2026', '09', '03', 27, { kind: 'thematic', topic: 'Xây dựng nông thôn mới nâng cao' }),
    past('2026', '08', '04', 26, { my_mark: 'absent_excused' }),
    past('2026', '07', '03', 23, { warnings: [{ why: 'before_day', params: { days: 2 }, source: source42 }] }),
    past('2026', '06', '03', 27),
    past('2026', '05', '05', 28),
  ];
  const cancelled = new Map();
  let silent = [4, 3];
  const shown = (set, ...words) => ({ set, words });
  const signer = (name, mine, signed) => ({ name, mine, at: signed ? '2026-12-03T16:00' : null, device: signed ? 'Nguyễn Thị Thanh Hiền' : '' });
  let minutes = {
    state: { locked: 'locked', one: 'acknowledged' }[wish.minutes] ?? 'draft',
    gaps:
      wish.minutes === 'gaps'
        ? [
            { why: 'minute_taker', step: 'invitation', item: null, blocks: true },
            { why: 'roll', step: 'roll', item: null, blocks: true },
            { why: 'conclusion', step: 'conclusion', item: 'i2', blocks: false },
            { why: 'end', step: 'conclusion', item: null, blocks: true },
          ]
        : [],
    lines: [
      shown('paragraph', 'Thời gian bắt đầu: 14 giờ 00, ngày 03 tháng 12 năm 2026'),
      shown('paragraph', 'Địa điểm: Nhà văn hóa thôn Đông'),
      shown('section', 'Thành phần'),
      shown('item', 'Tổng số đảng viên của chi bộ: 30 đồng chí (chính thức 29, dự bị 1, sinh hoạt tạm thời 0)'),
      shown('item', 'Có mặt: 28 đồng chí (chính thức 27, dự bị 1, sinh hoạt tạm thời 0), trong đó 27 đồng chí có quyền biểu quyết'),
      shown('section', 'Diễn biến và kết luận từng nội dung'),
      shown('point', 'Làm đường bê tông ngõ 3'),
      shown('paragraph', 'Đ/c Bình: hộ bà Lan xin lùi mốc giới, đã đo lại hôm qua.'),
      shown(
        'paragraph',
        'Biểu quyết (giơ tay): huy động ngày công. Tán thành 26, không tán thành 0, ý kiến khác 1, trên tổng số 29 đảng viên được triệu tập có quyền biểu quyết, đạt 89,66%',
      ),
      shown('paragraph', 'Kết luận: khởi công ngày 10/12/2026.'),
      shown('columns', 'Việc', 'Người thực hiện', 'Thời hạn'),
      shown('row', 'Vận động 12 hộ hiến đất', 'Phạm Văn Bình', '08/12/2026'),
    ],
    hash: '9f2c41d07be8a6530f1d2b4c6a7e8d90112233445566778899aabbccddeeff00',
    altered: wish.minutes === 'altered',
    unsaid: wish.late ? [{ step: 'discussion', words: 'Đ/c Bình: xin ghi thêm ý kiến về mốc giới.' }, { step: 'roll', words: 'Lê Văn An' }] : [], // prettier-ignore
    changed_since: wish.minutes === 'altered',
    chair: signer('Nguyễn Mạnh Cường', true, wish.minutes === 'locked'),
    taker: signer('Nguyễn Thị Thanh Hiền', false, ['locked', 'one'].includes(wish.minutes)),
    annexes: wish.minutes === 'locked' ? [{ text: 'Sửa: “ngõ 3” thành “ngõ 5”.', by: 'Nguyễn Thị Thanh Hiền', at: '2026-12-05T08:30' }] : [],
    may_sign: true,
  };
  const points = wish.minutes === 'locked' ? { prepared: 19, attended: 18, contents: 19, discussed: 17, concluded: 18 } : { prepared: 19, attended: 18 };
  const quality = () => {
    const names = { prepared: 'Chuẩn bị: nội dung, tài liệu gửi trước, thông báo đủ', attended: 'Đảng viên dự đủ, đúng giờ', contents: 'Nội dung sát nhiệm vụ, có đánh giá việc tháng trước', discussed: 'Thảo luận, tự phê bình và phê bình', concluded: 'Kết luận rõ việc, rõ người, rõ thời hạn' }; // prettier-ignore
    const criteria = Object.entries(names).map(([criterion, name]) => ({ criterion, name, most: 20, points: points[criterion] ?? null, asks: false }));
    const sum = criteria.reduce((all, line) => all + (line.points ?? 0), 0);
    return {
      criteria,
      sum,
      of: 100,
      class: criteria.every((line) => line.points !== null) ? 'good' : null,
      source: 'Hướng dẫn 42-HD/BTCTW ngày 28/10/2025',
      may_score: true,
    };
  };
  const formLines = (lines) => lines.split('\n').map((line) => ({ most: Number.parseInt(line) || 0, name: line.replace(/^\d+ /, '') }));
  const typedForm = '5 Thời gian sinh hoạt\n5 Tỷ lệ đảng viên dự sinh hoạt\n10 Chuẩn bị nội dung\n30 Tổ chức buổi sinh hoạt\n10 Điều hành của người chủ trì\n5 Thực hiện nguyên tắc\n30 Kết quả thực hiện nghị quyết\n5 Kết thúc buổi sinh hoạt'; // prettier-ignore
  const forms = [{ from: '2026-01', source: 'Hướng dẫn số 12-HD/ĐU ngày 15/12/2025 của Đảng ủy xã', lines: formLines(typedForm), sum: 100, state: 'in_force', own: true }, { from: '2025-10-28', source: 'Hướng dẫn 42-HD/BTCTW ngày 28/10/2025', lines: formLines(typedForm), sum: 100, state: 'replaced', own: false }]; // prettier-ignore
  const formSum = ({ source, lines }) => {
    const sum = formLines(lines).reduce((all, line) => all + line.most, 0);
    const faults = [
      ...(source ? [] : [{ field: 'source', why: 'empty', params: {} }]),
      ...(sum === 100 ? [] : [{ field: 'lines', why: 'not_a_hundred', params: { sum } }]),
    ];
    return { sum, faults };
  };
  if (wish.empty) meetings = [];
  const line = (id) => meetings.find((m) => m.id === id) ?? fail('not_found');

  const blank = (p) => ({ ...p, mark: 'unmarked', arrived_at: null, reason: null, other: [] });
  let openRows = people.map(blank);
  const notified = (i, reason) => (openRows[i] = { ...openRows[i], mark: 'absent_excused', reason });
  let closedAt = null;
  const steps = [];
  if (wish.roll !== 'fresh') {
    notified(3, 'health');
    notified(20, 'work');
  }
  if (['mid', 'rest', 'closed'].includes(wish.roll ?? '')) {
    const open = new Set([15, 17, 25, 27, 28, 29]);
    openRows = openRows.map((r, i) => (r.mark !== 'unmarked' || (open.has(i) && wish.roll === 'mid') ? r : { ...r, mark: 'present' }));
    openRows[2] = { ...openRows[2], mark: 'late', arrived_at: '14:12' };
    openRows[5] = { ...openRows[5], mark: 'absent' };
    steps.push({ what: 'Vũ Đình Chiến', was: openRows.map((r) => ({ ...r, mark: r.no === 6 ? 'unmarked' : r.mark })), closed: null });
    if (wish.roll === 'closed') closedAt = '2026-12-03T14:30';
    Object.assign(meetings[0] ?? {}, { status: 'open', started_at: '2026-12-03T14:02', days_left: 0 });
  }
  if (wish.clash) openRows[4] = { ...openRows[4], mark: 'present', other: [{ mark: 'absent', device: 'Máy của Bí thư', at: '2026-12-03T14:06' }] };

  function sheet(id) {
    const m = line(id);
    const rows =
      m.id === 'next'
        ? openRows
        : people.map((p, i) => ({ ...blank(p), mark: i < m.here ? 'present' : 'absent_excused', reason: i < m.here ? null : 'travel' }));
    const closed = m.id === 'next' ? closedAt : `${m.planned_at.slice(0, 10)}T14:20`;
    const n = (...marks) => rows.filter((r) => marks.includes(r.mark)).length;
    const here = n('present', 'late');
    const voters = rows.filter((r) => r.counts && ['present', 'late'].includes(r.mark)).length;
    const need = 20;
    const tally = {
      all: rows.length,
      here,
      present: n('present'),
      late: n('late'),
      absent: n('absent', 'absent_excused', 'absent_unexcused'),
      excused: n('absent_excused'),
      unexcused: n('absent_unexcused'),
      unclear: n('absent'),
      unmarked: n('unmarked'),
      away: n('away'),
      exempt: n('exempt'),
    };
    Object.assign(m, { here, percent: m.status === 'planned' ? null : Math.round((100 * here) / 30), attendance_closed: closed !== null });
    return {
      meeting: m,
      rows,
      tally,
      quorum: {
        base: 28,
        need,
        voters_here: wish.clash ? voters : here,
        reached: here >= need,
        short: Math.max(0, need - here),
        source: 'Điều lệ Đảng, Điều 24',
      },
      undo: steps.length ? { what: steps.at(-1).what, steps: steps.length } : null,
      closed_at: closed,
      may_mark: may.mark,
    };
  }
  function step(id, what, next) {
    if (!may.mark) fail('not_allowed');
    steps.push({ what, was: openRows, closed: closedAt });
    next();
    const m = line(id);
    if (m.status === 'planned') Object.assign(m, { status: 'open', started_at: '2026-12-03T14:02' });
    changed('attendance', 'meeting');
    return sheet(id);
  }

  const rosterRow = (p, i) => ({
    member: p.member,
    name: p.name,
    born: p.born,
    post: p.post,
    standing: p.standing,
    activity: p.activity ?? 'active',
    attended: i === 9 ? null : 70 + ((i * 7) % 31),
    letter: letter(p.name),
  });
  const bare = (s) =>
    s
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/đ/g, 'd')
      .replace(/Đ/g, 'D')
      .toLowerCase();
  const field = (name, value, extra = {}) => ({ name, value, kind: 'text', choices: [], masked: false, once: false, others: [], ...extra });
  const personal = new Map();
  function person(id) {
    if (!personal.has(id))
      personal.set(id, [
        field('birth_date', '1958-03-15', { kind: 'date' }),
        field('gender', 'male', { kind: 'choice', choices: ['male', 'female'] }),
        field('personal_id', '0450••••••18', { masked: true }),
        field('phone', '0912 555 018', { others: wish.clash ? [{ value: '0912 555 081', device: 'Máy của Bí thư', at: '2026-11-22T08:15' }] : [] }),
        field('admitted_on', '1984-05-19', { kind: 'date' }),
        field('card_no', '45.00•••17', { masked: true, others: wish.clash ? [{ value: '45.00•••71', device: 'Máy của Bí thư', at: '2026-11-22T08:15' }] : [] }),
        field('official_on', null, { kind: 'date' }),
      ]);
    return { id: `p${id}`, fields: personal.get(id), lists: ['rating', 'badge'].map((table) => list(table, id)), dues: dues(id) };
  }
  const asked = {
    rating: (year, good, others = []) => [
      field('year', year, { kind: 'number', once: true }),
      field('class', good, { kind: 'choice', choices: ['excellent', 'good', 'fair', 'failed'], others }),
    ],
    badge: (years, day) => [field('years', years, { kind: 'number', once: true }), field('given_on', day, { kind: 'date' })],
  };
  const lines = new Map();
  function linesOf(table, id) {
    const begun = {
      rating: () => [
        ['r2025', asked.rating('2025', 'good', wish.clash ? [{ value: 'excellent', device: 'Máy của Bí thư', at: '2026-11-22T08:15' }] : [])],
        ['r2024', asked.rating('2024', 'excellent')],
        ['r2023', asked.rating('2023', 'good')],
      ],
      badge: () => [
        ['b40', asked.badge('40', '2024-09-02')],
        ['b30', asked.badge('30', '2014-11-07')],
      ],
    };
    const at = `${table} ${id}`;
    if (!lines.has(at)) lines.set(at, wish.empty ? [] : begun[table]().map(([id, fields]) => ({ id, fields })));
    return lines.get(at);
  }
  const list = (table, id) => ({ table, blank: asked[table](null, null), lines: linesOf(table, id).filter((line) => !line.removed) });
  const line_of = (id) => [...lines.values()].flat().find((line) => line.id === id) ?? fail('not_found');
  const paid = new Set(wish.empty ? [] : ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'].map((m) => `2026-${m}`));
  function dues() {
    const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`);
    const state = (m) => (paid.has(m) ? 'paid' : m <= '2026-11' ? 'unpaid' : 'to_come');
    const begun = months.filter((m) => m <= '2026-11');
    return {
      year: '2026',
      paid: begun.filter((m) => paid.has(m)).length,
      begun: begun.length,
      months: months.map((month) => ({ month, state: state(month) })),
    };
  }
  const page = (id) => {
    const i = people.findIndex((p) => p.member === id);
    const p = people[i] ?? fail('not_found');
    const months = meetings.filter((m) => m.status === 'ended').map((m) => ({ meeting: m.id, planned_at: m.planned_at, mark: m.my_mark }));
    return { row: rosterRow(p, i), person: chief || p === me ? person(id) : null, months, rights: may };
  };

  const storage = { texts: 1_240_000, originals: 38_700_000, waiting: 0, most: 500 * 1024 * 1024, fetched: 'ask', knows_network: true };
  const network = wish.network ?? 'idle';
  const sync = {
    network: { offline: 'offline', syncing: 'syncing', files: 'syncing' }[network] ?? 'idle',
    waiting: network === 'idle' ? 0 : 2,
    waits: network === 'idle' ? [] : [{ what: 'attendance', title: 'Sinh hoạt thường kỳ, 03/12', changes: 2 }],
    saved_at: '2026-11-23T08:40',
    sent_at: '2026-11-23T08:42',
    received_at: '2026-11-23T08:42',
    progress: network === 'syncing' ? { done: 14, all: 36, bytes_left: 1_100_000 } : null,
    files: network === 'files' ? { done: 21, all: 80, bytes_left: 15_400_000 } : null,
    paused: network === 'paused',
    stale_days: network === 'stale' ? 9 : 0,
    clock_off_seconds: network === 'trouble' ? 5400 : 0,
    quarantined:
      network === 'trouble'
        ? [
            { what: 'meeting', why: 'newer', decided: null },
            { what: 'attendance meeting', why: 'notallowed', decided: { taken: true, by: 'Nguyễn Mạnh Cường', at: '2026-11-22T19:30', reason: null } },
            {
              what: 'member',
              why: 'notallowed',
              decided: { taken: false, by: 'Nguyễn Mạnh Cường', at: '2026-11-22T19:31', reason: 'Đã hỏi lại, đồng chí ấy vẫn sinh hoạt ở chi bộ' },
            },
          ]
        : [],
    held: { logs: 9, entries: 1234 },
    misfit: network === 'trouble' ? { unit: 'Đảng bộ xã Tân Hòa', at: '2026-11-22T19:04', last: 1287 } : null,
    server: 'https://sotay.quangtri.example',
    trouble: network === 'trouble' ? { code: 'server_busy', faults: [], params: {}, detail: '' } : null,
    devices: [
      {
        id: 'd4',
        holder: 'Trần Tiến Dũng',
        name: 'Vivo Y03',
        enrolled_at: '2026-11-23T08:10',
        waits: true,
        revoked_at: null,
        this_one: false,
        may_confirm: chief,
        may_revoke: chief,
      },
      {
        id: 'd1',
        holder: me.name,
        name: 'Samsung A05',
        enrolled_at: '2026-09-01T09:00',
        waits: !!wish.digits,
        revoked_at: null,
        this_one: true,
        may_revoke: false,
      },
      {
        id: 'd2',
        holder: 'Nguyễn Mạnh Cường',
        name: 'Máy tính nhà văn hóa',
        enrolled_at: '2026-09-02T09:30',
        revoked_at: null,
        this_one: false,
        may_revoke: chief,
      },
      {
        id: 'd3',
        holder: 'Ngô Văn Minh',
        name: 'Oppo A18',
        enrolled_at: '2026-09-02T10:00',
        revoked_at: '2026-10-11T07:15',
        this_one: false,
        may_revoke: false,
      },
    ],
    checked_at: '2026-11-23T08:42',
  };

  const set = (name, value, kind = 'choice', passed = false) => ({ name, value, kind, passed });
  const marked = (i, mark, passed) => ({ what: 'attendance', title: people[i].name, fields: [set('meeting', '2026-11-03T14:00', 'text', passed), set('mark', mark, 'choice', passed)] }); // prettier-ignore
  const line_aside = (entry, records, decided = null) => ({ entry, why: 'notallowed', at: '2026-11-22T19:04', author: 'Ngô Văn Minh', unit: 'Chi bộ thôn Đông', records, decided }); // prettier-ignore
  const aside = wish.aside
    ? [
        line_aside('a1', [
          marked(0, 'present'),
          marked(1, 'late'),
          marked(2, 'absent_excused', true),
          { what: 'meeting', title: '2026-11-03T14:00', fields: [set('status', 'open')] },
        ]),
        line_aside(
          'a2',
          people.slice(3, 12).map((_, i) => marked(i + 3, 'present')),
        ),
        line_aside('a3', [{ what: 'spell', title: '', fields: [set('mood', 'asleep', 'text', true)] }]),
        line_aside('a4', [marked(13, 'present')], {
          taken: false,
          by: 'Nguyễn Mạnh Cường',
          at: '2026-11-22T20:00',
          reason: 'Đồng chí ấy vắng, tôi đã hỏi lại',
        }),
      ]
    : [];

  // Votes and resolutions: what one needs, what was counted, and papers at every stage of their road.
  const taken = 'Điều lệ Đảng (2011); Quy định 208-QĐ/TW ngày 26/7/2026: Quá nửa số đảng viên được triệu tập có quyền biểu quyết, không phải của số có mặt';
  const voteSheet = (decides) => {
    const official = ['admission', 'recognition', 'expulsion'].includes(decides);
    return {
      decides,
      base: 29,
      here: 27,
      of: official ? 'official' : 'base',
      whole: 29,
      needed: official ? 20 : 15,
      secret: ['expulsion', 'reprimand', 'election'].includes(decides),
      source: taken,
      barred: people.filter((p) => !p.counts).map((p) => ({ name: p.name, why: 'probationary' })),
      may_record: chief,
    };
  };
  const counted = (id, subject, votes_for, passed, extra = {}) => ({
    id,
    meeting: 'm202611',
    planned_at: '2026-11-03T14:00',
    item: null,
    subject,
    decides: 'resolution',
    ballot: 'hand',
    base: 29,
    here: 27,
    of: 'base',
    whole: 29,
    votes_for,
    votes_against: 27 - votes_for,
    votes_other: 0,
    percent: `${((100 * votes_for) / 29).toFixed(2).replace('.', ',')}%`,
    needed: 15,
    passed,
    why: passed ? 'passed' : 'not_over_half',
    source: taken,
    ...extra,
  });
  const votes = wish.empty || !chief ? [] : [counted('v1', 'Nghị quyết tháng 11', 26, true), counted('v2', 'Đóng góp xây dựng nhà văn hóa thôn', 14, false)];
  const words = 'Vận động nhân dân dọn mương nội đồng trước ngày 15 hằng tháng.\nTrồng 200 cây xanh dọc đường thôn trước Tết.\nGiao đồng chí phó bí thư theo dõi, báo cáo ở buổi sinh hoạt tới.'; // prettier-ignore
  const paper = (id, title, status, outcome, number, { line: extra = {}, ...more } = {}) => ({
    line: {
      id,
      kind: 'resolution',
      title,
      status,
      outcome,
      adopted_on: outcome === 'adopted' ? '2026-11-03' : null,
      number,
      round: 1,
      cancelled: null,
      ...extra,
    },
    body: words,
    meeting: 'm202611',
    met_at: '2026-11-03T14:00',
    vote: chief && outcome ? (outcome === 'adopted' ? votes[0] : votes[1]) : null,
    votes: [],
    unvoted: false,
    seal: { state: 'unsealed', by: null, at: null, hash: null },
    waits: null,
    differs: false,
    tasks: [],
    people: chief && outcome === 'adopted' ? people.map((p) => ({ member: p.member, name: p.name, opens: '', here: false })) : [],
    due_on: '2027-01-02',
    ...more,
    may: chief ? (more.may ?? []) : [],
  });
  const sealed = { by: 'Nguyễn Mạnh Cường', at: '2026-11-04T08:10', hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' };
  const resolutions = wish.empty
    ? []
    : [
        paper('r1', 'Về thu gom rác thải ở đồng ruộng', 'draft', null, null, { may: ['edit', 'propose'], meeting: null, met_at: null }),
        paper('r2', 'Về chỉnh trang đường thôn', 'proposed', null, null, {
          may: ['edit', 'decide'],
          votes,
          unvoted: true,
          line: { kind: 'conclusion', round: 2 },
        }),
        paper('r3', 'Nhiệm vụ tháng 11 năm 2026', 'decided', 'adopted', 'Số      -NQ/CB', { waits: 'server' }),
        paper('r4', 'Về vệ sinh đường làng', 'decided', 'adopted', 'Số 04-NQ/CB', { may: ['seal', 'cancel'] }),
        paper('r5', 'Nhiệm vụ tháng 10 năm 2026', 'decided', 'adopted', 'Số 03-NQ/CB', { seal: { state: 'true', ...sealed }, may: ['cancel'] }),
        paper('r6', 'Về quỹ khuyến học', 'decided', 'adopted', 'Số 02-NQ/CB', { seal: { state: 'differs', ...sealed }, may: ['cancel'] }),
        paper('r7', 'Về xây cổng làng', 'decided', 'adopted', 'Số 01-KL/CB', { line: { kind: 'conclusion', cancelled: 'Ghi nhầm buổi họp' } }),
        paper('r8', 'Đóng góp xây dựng nhà văn hóa thôn', 'decided', 'rejected', null),
      ];
  const withdrawn = new Map();
  const filed = new Map();
  const resolution = (id) => resolutions.find((r) => r.line.id === id) ?? fail('not_found');
  const moved = (id, line, rest) => {
    const r = resolution(id);
    Object.assign(r.line, line);
    changed('resolution');
    return Object.assign(r, rest);
  };

  // The day of the next meeting: four items, tasks of last month, answers; on an empty book nothing of it.
  const said = (value, other) => ({ value, others: other && wish.clash ? [{ value: other, device: 'Nguyễn Mạnh Cường', at: '2026-12-03T14:40' }] : [] });
  const task = (id, what, who, due_on, days_left, extra = {}) => ({
    id,
    item: null,
    meeting: 'm202611',
    resolution: null,
    given_on: '2026-11-03T14:00',
    what: said(what),
    assignee: people[who].member,
    name: people[who].name,
    gone: false,
    instead: extra.gone ? people[7].member : null,
    due_on,
    days_left,
    state: days_left === null || days_left > 7 ? 'later' : days_left < 0 ? 'overdue' : 'this_week',
    status: 'in_progress',
    progress: 0,
    result: said(null),
    done_on: null,
    report: null,
    mine: people[who] === me,
    ...extra,
  });
  let tasks = [
    task('t1', 'Lập danh sách hộ cần hỗ trợ nhà ở', 13, '2026-11-20', -3, { resolution: 'r5', report: { progress: 50, done: false, result: 'Đã xong xóm 1, xóm 2', said_at: '2026-11-18T19:20' } }), // prettier-ignore
    task('t2', 'Nạo vét mương nội đồng, đoạn cầu Đá', 0, '2026-11-25', 2, { report: { progress: 100, done: true, result: 'Xong 300 m', said_at: '2026-11-22T07:05' } }), // prettier-ignore
    task('t3', 'Tổ giúp đảng viên cao tuổi dùng Sổ tay', 11, '2026-12-10', 17, { gone: true, resolution: 'r5' }),
    task('t4', 'Kèm cặp 2 quần chúng ưu tú', 0, null, null),
    task('t5', 'Góp ý dự thảo quy ước thôn', 0, '2026-11-15', -8, { state: 'done', status: 'done', progress: 100, done_on: '2026-11-14', result: said('Đã gửi 12 ý kiến') }), // prettier-ignore
  ];
  const item = (place, title, papers, words, conclusion) => ({ id: `i${place}`, discussion: `s${place}`, place, title: said(title), papers: said(papers), documents: [], words, conclusion, tasks: [] }); // prettier-ignore
  let items = [
    item(1, 'Đánh giá công tác tháng 11', 'Báo cáo số 21-BC/CB\nThông báo số 7-TB/ĐU', said('Đ/c An: Mương đã nạo vét xong đoạn cầu Đá.\nĐ/c Hải: Cần nhắc các hộ đổ rác đúng giờ.'), said('Thống nhất kết quả tháng 11, nhắc hai hộ chậm đổ rác.', 'Thống nhất kết quả tháng 11, chưa nhắc tên hộ nào.')), // prettier-ignore
    item(2, 'Phương hướng, nhiệm vụ tháng 12', 'Dự thảo nghị quyết tháng 12', said(null), said(null)),
    item(3, 'Học tập và làm theo Bác: chuyên đề năm 2026', null, said(null), said(null)),
    item(4, 'Ý kiến khác', null, said(null), said(null)),
  ];
  if (wish.empty) [tasks, items] = [[], []];
  const daily = { supervisor: 'Lê Minh Tuấn', guests: said('Đoàn TNCS xã\nHội Nông dân thôn'), invited_at: wish.roll ? '2026-11-30T08:00' : null, from_paper: false, says_short_notice: false, posted: {}, dues: null, mine: null }; // prettier-ignore
  const given = people.map((p) => p.name.split(' ').at(-1));
  const deadline = (what, by, days_left) => ({ what, by, days_left, done_on: daily.posted[what] ?? null, late: days_left < 0, source: source42 });
  const deadlines = (m) => [deadline('papers', '2026-12-02', wish.late ? -1 : 9), ...(m.status === 'planned' ? [] : [deadline('finished', '2026-12-05', 2)])];
  const idOf = (name) => people.find((p) => p.name === name)?.member ?? null;
  const facts = (m) => ({ topic: m.topic, day: m.planned_at.slice(8, 10), month: m.planned_at.slice(5, 7), year: m.planned_at.slice(0, 4), at: m.planned_at.slice(11), until: null, place: m.place, chair: idOf(m.chair), minute_taker: idOf(m.minute_taker) }); // prettier-ignore
  function day(id) {
    const m = { ...sheet(id).meeting };
    if (id === 'next') m.deadlines = deadlines(m);
    const words = (k) => items.filter((i) => i[k].value).length;
    const all = items.length;
    const step = (step, done, count = null, of = null) => ({ step, done, count, of });
    const leave = openRows.filter((r) => r.reason).map((r) => ({ member: r.member, name: r.name, comes: 'leave', reason: r.reason, said_at: '2026-11-21T19:30', late: false })); // prettier-ignore
    const lead = may.plan_meeting;
    return {
      meeting: m,
      steps: [
        step('invitation', daily.invited_at !== null, ...(lead ? [12, 30] : [])),
        step('papers', !!daily.posted.papers, all, all),
        step('roll', m.attendance_closed),
        step('discussion', false, words('words'), all),
        step('conclusion', false, words('conclusion'), all),
        step('minutes', !!wish.locked),
      ],
      now: m.status === 'ended' ? 'minutes' : m.attendance_closed ? 'discussion' : m.status === 'open' ? 'roll' : 'invitation',
      ...daily,
      short_notice: !!wish.late,
      differs: false,
      facts: facts(m),
      resolutions: id === 'next' && !wish.empty ? resolutions.filter((r) => ['r1', 'r2'].includes(r.line.id)).map((r) => r.line) : [],
      last_tasks: tasks.filter((x) => !x.removed && x.meeting !== id),
      items: items.filter((i) => !i.removed).map((i) => ({ ...i, tasks: tasks.filter((x) => !x.removed && x.item === i.id) })),
      tasks: [],
      dues: lead ? { month: '2026-12', paid: 26, of: 30, stated_at: daily.dues } : null,
      answers: { mine: daily.mine, all: lead ? leave : null, comes: lead ? 10 : 0, leave: lead ? leave.length : 0, silent: lead ? people.slice(12).map((p) => ({ id: p.member, name: p.name })) : [] }, // prettier-ignore
      people: people
        .map((p, i) => ({
          member: p.member,
          name: p.name,
          opens: `Đ/c ${given.filter((g) => g === given[i]).length > 1 ? p.name : given[i]}:`,
          here: ['present', 'late'].includes(openRows[i].mark),
        })) // prettier-ignore
        .sort((a, b) => b.here - a.here),
      due_on: '2027-01-02',
      longest: [12000, 4000],
      may_lead: lead,
    };
  }
  // What differs in a record, as the review shows it.
  function differing(table, id) {
    if (table === 'person')
      return person(id.slice(1))
        .fields.filter((f) => f.others.length)
        .map((f) => ({ ...f, of: f }));
    if (table === 'rating') return [...lines.values()].flat().filter((l) => l.id === id).flatMap((l) => l.fields.filter((f) => f.others.length).map((f) => ({ ...f, of: f }))); // prettier-ignore
    const of = items.find((i) => i.discussion === id) ?? fail('not_found');
    return ['words', 'conclusion'].filter((k) => of[k].others.length).map((name) => ({ ...of[name], name, kind: 'text', choices: [], joins: true, of: of[name] })); // prettier-ignore
  }
  const clashing = ({ name, kind, choices, joins = false, value, others }) => ({ name, kind, choices, joins, values: [{ value, device: me.name, this_one: true, at: '2026-11-21T19:40' }, ...others.map((o) => ({ ...o, this_one: false }))] }); // prettier-ignore
  const grouped = (rows) => ['overdue', 'this_week', 'later', 'done'].map((state) => ({ state, rows: rows.filter((x) => !x.removed && x.state === state) })).filter((g) => g.rows.length); // prettier-ignore
  const told = (...tables) => {
    changed(...tables);
    return null;
  };
  const change = (list, id, with_, table) => {
    Object.assign(list.find((x) => x.id === id) ?? fail('not_found'), with_);
    return told(table);
  };
  const asking = ({ what, assignee, day, month, year }) => {
    if (!what.trim()) fail('invalid', [{ field: 'what', why: 'empty', params: {} }]);
    const due_on = day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
    if (due_on && due_on < '2026-12-03') fail('invalid', [{ field: 'due_on', why: 'before_meeting', params: {} }]);
    return { what: said(what), assignee, name: people.find((p) => p.member === assignee)?.name ?? null, gone: false, due_on };
  };

  // The library: texts at every stage of their reading.
  const here = (size, had = size) => ({ file: '9f2c'.repeat(16), size, had, asked: false, waits: false });
  const document = (id, name, title, more = {}) => ({ id, name, form: name.split(' ').slice(0, 2).join(' '), number: name.split(' ')[2] ?? null, title, issuer: 'Đảng ủy xã Tân Hòa', issued_on: '2026-11-05', place: 'Tân Hòa', level: 'commune', unit: 'Đảng bộ xã Tân Hòa', for_me: true, minutes: 9, progress: null, ribbon: false, must_confirm: false, confirmed_at: null, reminded_at: null, recognised: false, body: here(21_400), original: here(1_200_000), original_kind: 'pdf', shown_from: '2026-11-05', comes: false, withdrawn: null, wiped_at: null, reported_at: null, answered_at: wish.answered ?? null, snippet: [], ...more }); // prettier-ignore
  const documents = wish.empty
    ? []
    : [
        document('d1', 'Nghị quyết 12-NQ/ĐU', 'Về nâng cao chất lượng sinh hoạt chi bộ thôn, xóm giai đoạn 2026–2030', {
          progress: 38,
          ribbon: true,
          must_confirm: true,
        }),
        document('d2', 'Hướng dẫn 08-HD/ĐU', 'Góp ý dự thảo quy ước thôn, bản sửa sau góp ý', { minutes: 4, original: here(310_000), original_kind: 'docx', must_confirm: true, reminded_at: '2026-11-22T08:00' }), // prettier-ignore
        document('d3', 'Kết luận 41-KL/TU', 'Về chuyển đổi số trong công tác đảng', { issuer: 'Tỉnh ủy', level: 'province', place: 'Quảng Trị', issued_on: '2026-10-12', progress: 100, confirmed_at: '2026-10-20T19:32', original: here(1_100_000, 0) }), // prettier-ignore
        document('d4', 'Thông báo 77-TB/ĐU', 'Lịch học chuyên đề quý IV', { issued_on: '2026-10-02', minutes: 2, body: here(1_100_000, 0), original: null, original_kind: null }), // prettier-ignore
        document('d5', 'Công văn 19-CV/ĐU', 'Chuẩn bị Đại hội nhiệm kỳ', { recognised: true, original_kind: 'jpg', original: here(2_400_000, 900_000), withdrawn: chief ? 'Ban hành nhầm bản' : null }), // prettier-ignore
        document('d6', 'Công văn 21-CV/ĐU', 'Danh sách đoàn viên dự hội thao', { minutes: null, body: null, original: here(640_000, wish.away ? 0 : 640_000) }), // prettier-ignore
        ...(wish.comes ? [document('d7', 'Nghị quyết 14-NQ/ĐU', 'Về công tác cán bộ nhiệm kỳ 2026–2031', { for_me: false, shown_from: '2026-12-01', comes: true })] : []), // prettier-ignore
        ...Array.from({ length: wish.many ?? 0 }, (_, i) =>
          document(`n${i}`, `Thông báo ${i + 100}-TB/ĐU`, `Lịch tuần ${i + 1}`, { minutes: 1, progress: 100 }),
        ),
      ];
  const heading = (words, level = 1) => ({ kind: 'heading', level, text: words });
  const para = (lead, words) => ({ kind: 'paragraph', lead, text: words });
  const point = (words, mark = null) => ({ kind: 'item', mark, text: words });
  const chapter = [
    para(null, 'Sau ba năm thực hiện sắp xếp lại các chi bộ thôn, xóm, nền nếp sinh hoạt của các chi bộ trong xã đã có chuyển biến rõ. Tỷ lệ đảng viên dự sinh hoạt thường kỳ đạt bình quân 86%; nội dung sinh hoạt bám sát việc của thôn, xóm hơn trước.'),
    heading('I. Mục tiêu'),
    para(null, 'Đến hết năm 2027, mọi chi bộ gửi tài liệu đến đảng viên ít nhất ba ngày trước buổi sinh hoạt. Đến năm 2030:'),
    point('Tỷ lệ đảng viên dự sinh hoạt thường kỳ đạt từ 92% trở lên.'),
    point('Mọi kết luận của chi bộ có người phụ trách, có thời hạn và được báo cáo lại ở kỳ sau.'),
    point('Mỗi quý, mỗi chi bộ có ít nhất một buổi sinh hoạt chuyên đề gắn với việc cụ thể ở thôn, xóm.'),
    heading('II. Nhiệm vụ và giải pháp'),
    para('1. Chuẩn bị nội dung.', 'Bí thư chi bộ dự thảo nội dung, trao đổi trong chi ủy trước ngày 25 hằng tháng; gửi tài liệu và câu hỏi thảo luận cho đảng viên qua Sổ tay. Nghị quyết của cấp trên được tóm tắt không quá một trang, nêu rõ việc chi bộ phải làm.'),
    para('2. Điều hành buổi sinh hoạt.', 'Mỗi buổi không quá 90 phút. Người chủ trì gợi mở để đảng viên phát biểu, ưu tiên ý kiến của đảng viên ở thôn xa, đảng viên trẻ. Thư ký ghi ngay ý kiến và kết luận; biên bản được đọc lại và thông qua trước khi bế mạc.'),
    point('Chi bộ dưới 15 đảng viên họp chung với chi bộ liền kề khi học nghị quyết.', 'a)'),
    { kind: 'table', rows: [['Năm', 'Tỷ lệ dự họp', 'Sinh hoạt chuyên đề'], ['2026', '88%', '2 buổi'], ['2027', '90%', '4 buổi'], ['2030', '92%', '4 buổi']] },
    heading('III. Tổ chức thực hiện'),
    para(null, 'Các chi bộ quán triệt nghị quyết này trong kỳ sinh hoạt gần nhất. Văn phòng Đảng ủy theo dõi, báo cáo kết quả thực hiện nghị quyết hằng quý.'),
  ]; // prettier-ignore
  const blocks = wish.long ? Array.from({ length: 3900 }, (_, i) => (i % 13 === 1 ? heading(`Điều ${(i - 1) / 13 + 1}. Nội dung`) : chapter[i % 13])) : chapter;
  const flat = (words) => words.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase(); // prettier-ignore
  const runsOf = (b) => (b.kind === 'table' ? b.rows.flat() : (b.lead ?? b.mark) ? [b.lead ?? b.mark, b.text] : [b.text]);
  const wanted = (id) => documents.find((d) => d.id === id) ?? fail('not_found');
  const readersOf = (id) => {
    const office = wish.who === 'commune';
    const units = office ? ['Chi bộ thôn Đông', 'Chi bộ thôn Đoài', 'Chi bộ Trạm y tế'].map((name, i) => ({ unit: `u${i}`, name, counts: i < 2 ? { members: 30 - i * 6, confirmed: 12 + i } : null, cells: 1, told: i < 2 ? 1 : 0 })) : []; // prettier-ignore
    const readers = people.map((p, i) => ({ member: p.member, name: p.name, confirmed_at: i < 18 ? null : `2026-11-2${i % 3}T19:1${i % 10}` }));
    return {
      line: wanted(id),
      members: office ? 54 : 30,
      confirmed: office ? 25 : 12,
      cells: office ? 12 : 1,
      told: office ? 5 : 1,
      may_remind: !wanted(id).withdrawn && !wish.all_read,
      units,
      people: office ? null : readers,
      reminded_at: wanted(id).reminded_at,
    };
  };
  const waiting = () => documents.filter((d) => d.for_me && !d.withdrawn && (d.must_confirm ? !d.confirmed_at : d.progress === null));

  const answers = {
    documents: ({ level, form, year, issuer, state, search, page }) => ({
      found: documents.length,
      pages: page ? Math.max(1, Math.ceil(documents.length / 40)) : 1,
      rows: documents
        .filter((d) => (!level || d.level === level) && (!form || d.form === form) && (!year || d.issued_on.startsWith(year)) && (!issuer || d.issuer === issuer))
        .filter((d) => ({ unread: waiting().includes(d), ribbon: d.ribbon, reading: d.progress > 0 && d.progress < 100, read: d.progress === 100 || d.confirmed_at }[state] ?? true))
        .filter((d) => flat(`${d.name} ${d.title} sinh hoat`).includes(flat(search.trim())))
        .slice(page ? 40 * (page - 1) : 0, page ? 40 * page : undefined)
        .map((d) => (search.trim() ? { ...d, snippet: [{ text: '… nền nếp ', hit: false }, { text: 'sinh hoạt', hit: true }, { text: ' của các chi bộ trong xã đã có chuyển biến rõ …', hit: false }] } : d)), // prettier-ignore
      all: documents.length,
      unread: waiting().length,
      forms: [...new Set(documents.map((d) => d.form))],
      years: documents.length ? ['2026'] : [],
      issuers: [...new Set(documents.map((d) => d.issuer))],
      may_publish: chief,
    }),
    document: ({ id }) => {
      const line = wanted(id);
      const text = !line.body || line.body.had < line.body.size ? [] : blocks;
      const percent = (n) => Math.floor((100 * n) / text.length);
      return {
        line,
        blocks: text,
        along: text.length ? [...text.keys(), text.length].map((n) => ({ percent: percent(n), minutes_left: Math.ceil((line.minutes * (100 - percent(n))) / 100) })) : [], // prettier-ignore
        contents: text.flatMap((b, block) => (b.kind === 'heading' ? [{ block, level: b.level, text: b.text }] : [])),
        stopped: id === 'd1' ? 7 : null,
        section: id === 'd1' ? { word: null, mark: 'II' } : null,
        ribbon: line.ribbon ? 7 : null,
        seal: { by: 'Hoàng Văn Tùng', unit: line.unit, at: '2026-11-05T16:10', original: line.original ? '9f2c'.repeat(16) : null, fits: wish.forged ? false : line.original && line.original.had === line.original.size ? true : null }, // prettier-ignore
        may_see_readers: chief,
        may_withdraw: chief && !line.withdrawn,
        may_wipe: chief && !line.wiped_at,
        may_report: !chief && !line.wiped_at && !line.reported_at,
        may_call: wish.who === 'commune' && line.level === 'province',
        reports: chief && wish.marked && id === 'd1' && !line.wiped_at ? wish.marked : 0,
        may_confirm: line.for_me && !line.confirmed_at && !line.withdrawn && (text.length > 0 || (!line.body && line.original?.had === line.original?.size)),
      };
    },
    document_line: ({ id }) => wanted(id),
    withdraw_document: ({ id, reason }) => {
      if (!reason.trim()) fail('invalid', [{ field: 'withdrawn', why: 'reason_needed', params: {} }]);
      return Object.assign(wanted(id), { withdrawn: reason });
    },
    wipe_document: ({ id, reason }) => {
      if (!reason.trim()) fail('invalid', [{ field: 'withdrawn', why: 'reason_needed', params: {} }]);
      const line = wanted(id);
      const gone = { number: null, name: line.form, title: '', body: null, original: null, minutes: null };
      Object.assign(line, gone, { withdrawn: line.withdrawn ?? reason, wiped_at: '2026-11-23T08:45' });
      return { stands: wish.stands ?? [] };
    },
    report_document: ({ id }) => Object.assign(wanted(id), { reported_at: '2026-11-23T08:45' }),
    clear_document: ({ id }) => ((wish.marked = 0), wanted(id)),
    secrecy: () =>
      wish.empty
        ? []
        : [
            { what: 'wiped', at: '2026-11-22T09:10', by: 'Hoàng Văn Tùng', unit: 'Đảng bộ xã Tân Hòa', mark: null, document: 'd5', name: 'Công văn' },
            { what: 'reported', at: '2026-11-22T07:55', by: 'Nguyễn Thị Mai', unit: 'Chi bộ thôn Đông', mark: null, document: 'd5', name: 'Công văn' },
            { what: 'cleared', at: '2026-11-18T15:00', by: 'Hoàng Văn Tùng', unit: 'Đảng bộ xã Tân Hòa', mark: null, document: 'd1', name: 'Nghị quyết 12-NQ/ĐU' },
            { what: 'refused_text', at: '2026-11-17T10:02', by: 'Trần Văn Bình', unit: 'Chi bộ thôn Đông', mark: 'TỐI MẬT', document: null, name: '' },
            { what: 'refused_name', at: '2026-11-03T16:40', by: 'Hoàng Văn Tùng', unit: 'Đảng bộ xã Tân Hòa', mark: 'MẬT', document: null, name: '' },
          ], // prettier-ignore
    verify_file: () => ({
      name: 'Nghị quyết 12.pdf',
      hash: '9f2c'.repeat(16),
      documents: wish.forged ? [] : [{ id: 'd1', name: 'Nghị quyết 12-NQ/ĐU', title: 'Về nâng cao chất lượng sinh hoạt chi bộ', by: 'Hoàng Văn Tùng', unit: 'Đảng bộ xã Tân Hòa', at: '2026-11-05T16:10', withdrawn: null }], // prettier-ignore
      paper: null,
    }),
    find_in_document: ({ search }) => {
      const hits = [];
      const want = flat(search.trim());
      blocks.forEach((b, block) =>
        runsOf(b).forEach((words, run) => {
          for (let at = flat(words).indexOf(want); at >= 0; at = flat(words).indexOf(want, at + want.length))
            hits.push({ block, run, from: at, to: at + want.length });
        }),
      );
      return { hits };
    },
    readers: ({ id }) => readersOf(id),
    remind: ({ id }) => (Object.assign(wanted(id), { reminded_at: '2026-11-23T08:45' }), changed('reminder'), readersOf(id)),
    save_reading: () => null,
    leave_reading: () => null,
    lay_ribbon: ({ id, block }) => (Object.assign(wanted(id), { ribbon: block !== null }), null),
    confirm_read: ({ id }) => Object.assign(wanted(id), { confirmed_at: '2026-11-23T08:45' }),
    meeting_day: ({ meeting }) => day(meeting),
    invite: () => told('meeting', Object.assign(daily, { invited_at: '2026-11-23T08:45' })),
    save_meeting_facts: ({ meeting, topic, at, place, chair, minute_taker, started }) => {
      if (!/^\d\d:\d\d$/.test(at)) fail('invalid', [{ field: 'at', why: 'not_a_time', params: {} }]);
      const m = line(meeting);
      const named = (id) => people.find((p) => p.member === id)?.name ?? null;
      Object.assign(m, { topic, place, chair: named(chair), minute_taker: named(minute_taker), planned_at: m.planned_at.slice(0, 11) + at, started_at: started ? m.planned_at.slice(0, 11) + started : m.started_at }); // prettier-ignore
      changed('meeting');
      return m;
    },
    save_meeting_people: ({ supervisor, guests }) => told('meeting', Object.assign(daily, { supervisor, guests: said(guests) })),
    state_dues: ({ stated }) => told('meeting', Object.assign(daily, { dues: stated ? '2026-12-03T14:20' : null })),
    say_short_notice: ({ said }) => told('meeting', Object.assign(daily, { says_short_notice: said })),
    from_paper: ({ from_paper }) => told('meeting', Object.assign(daily, { from_paper })),
    posted: ({ what, done }) => told('meeting', Object.assign(daily.posted, { [what]: done ? '2026-11-23' : null })),
    answer_invitation: ({ comes, reason }) => {
      daily.mine = { member: me.member, name: me.name, comes, reason, said_at: '2026-11-23T08:45', late: false };
      changed('answer');
      return { mine: daily.mine, all: null, comes: 0, leave: 0, silent: [] };
    },
    save_item: ({ item: id, title, papers }) => {
      if (!title.trim()) fail('invalid', [{ field: 'title', why: 'empty', params: {} }]);
      if (id) return change(items, id, { title: said(title), papers: said(papers) }, 'item');
      items.push(item(items.length + 1, title, papers, said(null), said(null)));
      return told('item');
    },
    publishing: () => {
      const whole = { unit: 'u0', name: 'Đảng bộ xã Tân Hòa', level: 'commune', whole: true, above: null };
      const province = { unit: 't0', name: 'Đảng bộ tỉnh Quảng Trị', level: 'province', whole: true, above: null };
      const cells = [
        'Đông',
        'Đoài',
        ...(wish.many ? ['Thượng', 'Trung', 'Hạ', 'Nam', 'Bắc', 'Tân An', 'Tân Bình', 'Phú Thọ', 'Lộc Thịnh', 'Mỹ Đức', 'Xuân Hòa'] : []),
      ];
      return {
        audiences:
          wish.who === 'province'
            ? [province]
            : [whole, ...cells.map((name, i) => ({ unit: `u${i + 1}`, name: `Chi bộ Thôn ${name}`, level: 'cell', whole: false, above: 'u0' }))],
        forms: ['Nghị quyết', 'Quyết định', 'Kết luận', 'Thông báo'],
        issuers: ['Đảng ủy xã Tân Hòa', 'Tỉnh ủy Quảng Trị'],
        today: '2026-11-23',
      };
    },
    open_paper: () => {
      if (wish.secret) fail('invalid', [{ field: 'original', why: 'secret_text', params: {} }]);
      const facts = { form: 'Nghị quyết', number: '13-NQ/ĐU', issued_on: '2026-11-20', issuer: 'Đảng ủy xã Tân Hòa', title: 'Về công tác năm 2027' };
      const blocks = [{ kind: 'heading', level: 1, text: 'I. Tình hình' }, ...chapter.slice(1)];
      if (!wish.scan)
        return { name: 'Nghị quyết 13.docx', size: 31_000, paper: { kind: 'docx', facts, blocks, warnings: ['pictures'], pages: 0, scanned: false } };
      const none = { form: null, number: null, issued_on: null, issuer: null, title: null };
      return {
        name: 'Nghị quyết 13, bản ký.pdf',
        size: 3_100_000,
        paper: { kind: 'pdf', facts: none, blocks: [], warnings: ['no_number', 'no_day', 'no_form', 'no_issuer'], pages: 12, scanned: true },
      };
    },
    recognise_page: ({ page }) => {
      if (wish.scan === 'slow' && page > 2) return new Promise(() => {});
      if (wish.scan === 'none') fail('invalid', [{ field: 'original', why: 'ocr_missing', params: {} }]);
      if (wish.scan === 'broken' && page > 2) fail('invalid', [{ field: 'original', why: 'unreadable_page', params: {} }]);
      scanned = [...new Set([...scanned, page])];
      return { blocks: chapter.slice(page, page + 1), pages: 12, done: scanned };
    },
    recognised: () => {
      const facts = { form: 'Nghị quyết', number: '13-NQ/ĐU', issued_on: '2026-11-20', issuer: 'Đảng ủy xã Tân Hòa', title: 'về công tác năm 2027' };
      return { facts, blocks: chapter, warnings: [], pages: 12, done: scanned };
    },
    // A Word file has pages where it can be laid out; that takes a while.
    page_words: ({ page }) => [`Lời của trang ${page}`],
    pages_of: ({ of }) =>
      of !== 'chosen:1' ? { pages: 12, kind: 'pdf' } : wish.word === 'slow' ? new Promise(() => {}) : { pages: wish.word ?? 0, kind: 'docx' },
    publish_document: ({ original, unmarked }) => {
      if (original && !unmarked) fail('invalid', [{ field: 'unmarked', why: 'unmarked_needed', params: {} }]);
      return told('document');
    },
    fetch_file: ({ file }) => {
      const d = documents.find((one) => one.original?.file === file && one.original.had < one.original.size);
      d.original = { ...d.original, had: d.original.size };
      return told('document');
    },
    drop_file: () => told('document'),
    storage: () => storage,
    set_storage: ({ fetched, most_mb }) => Object.assign(storage, { fetched, most: most_mb * 1024 * 1024 }),
    drop_originals: () => Object.assign(storage, { originals: 0 }),
    write_original: () => ({ path: '/home/an/Tải về/ket-luan-41-kl-tu.pdf', bytes: 1_100_000, draft: false }),
    attach_document: ({ item: id, document }) => {
      const d = documents.find((one) => one.id === document);
      return change(items, id, { documents: [...items.find((i) => i.id === id).documents, { id: d.id, name: d.name, title: d.title, body: d.body, original: d.original }] }, 'attachment'); // prettier-ignore
    },
    attach_file: ({ unmarked }) => (unmarked ? told('attachment') : fail('invalid', [{ field: 'unmarked', why: 'unmarked_needed', params: {} }])),
    detach_document: ({ item: id, document }) =>
      change(items, id, { documents: items.find((i) => i.id === id).documents.filter((d) => d.id !== document) }, 'attachment'),
    remove_item: ({ item: id, back }) => change(items, id, { removed: !back }, 'item'),
    move_item: ({ item: id, up }) => {
      const at = items.findIndex((i) => i.id === id);
      [items[at], items[at + (up ? -1 : 1)]] = [items[at + (up ? -1 : 1)], items[at]];
      items.forEach((i, n) => (i.place = n + 1));
      return told('item');
    },
    save_words: ({ item: id, words }) => change(items, id, { words: said(words) }, 'discussion'),
    save_conclusion: ({ item: id, conclusion }) => change(items, id, { conclusion: said(conclusion) }, 'discussion'),
    clash: ({ table, id }) => ({ name: table === 'person' ? 'Nguyễn Thị Hải' : table === 'rating' ? 'Nguyễn Thị Hải' : 'Đánh giá công tác tháng 11', fields: differing(table, id).map(clashing) }), // prettier-ignore
    settle: ({ table, id, fields }) => {
      for (const { field, of, choose, value } of fields) {
        const f = differing(table, id).find((x) => x.name === field);
        if (!f || f.others.length + 1 !== of) fail('decided');
        const all = [f.value, ...f.others.map((o) => o.value)];
        Object.assign(f.of, { value: value ?? (choose === undefined ? all.reverse().join('\n') : all[choose]), others: [] });
      }
      return told(table);
    },
    give_task: ({ meeting, item: id = null, resolution = null, asked: a }) => {
      tasks.push({ ...task(`t${tasks.length + 1}`, '', 0, null, 30), meeting, item: id, resolution, ...asking(a) });
      return told('task');
    },
    edit_task: ({ task: id, asked: a }) => change(tasks, id, asking(a), 'task'),
    remove_task: ({ task: id, back }) => change(tasks, id, { removed: !back }, 'task'),
    set_task: ({ task: id, status, progress, result }) => change(tasks, id, { status, progress, result: said(result), ...(status === 'in_progress' ? {} : { state: 'done', done_on: '2026-11-23' }) }, 'task'), // prettier-ignore
    report_task: ({ task: id, progress, done, result }) => change(tasks, id, { report: { progress, done, result, said_at: '2026-11-23T08:45' } }, 'report'),
    tasks: () => ({ mine: grouped(tasks.filter((x) => x.mine)), cell: may.plan_meeting ? grouped(tasks) : [], named: null, may_lead: may.plan_meeting }),
    vote_sheet: ({ decides }) => voteSheet(decides),
    votes: ({ meeting }) => votes.filter((v) => v.meeting === meeting),
    withdraw_vote: ({ vote, back }) => {
      if (!back && resolutions.some((r) => r.vote?.id === vote)) fail('invalid', [{ field: 'vote', why: 'vote_taken', params: {} }]);
      if (back) votes.push(withdrawn.get(vote));
      else withdrawn.set(vote, ...votes.splice(votes.findIndex((v) => v.id === vote), 1)); // prettier-ignore
      return told('vote');
    },
    record_vote: (a) => {
      const n = a.votes_for + a.votes_against + a.votes_other;
      if (n !== 27) fail('invalid', [{ field: 'votes_other', why: 'votes_differ', params: { counted: n, here: 27, differ: Math.abs(27 - n) } }]);
      const made = counted(`v${votes.length + 1}`, a.subject, a.votes_for, a.votes_for >= 15, { ...a });
      votes.push(made);
      changed('vote');
      return made;
    },
    resolutions: () => ({ rows: resolutions.map((r) => r.line), may_edit: chief }),
    resolution: ({ id }) => ({ ...resolution(id), tasks: tasks.filter((x) => !x.removed && x.resolution === id) }),
    save_resolution: ({ id, title, body, kind }) => {
      if (!title.trim()) fail('invalid', [{ field: 'title', why: 'empty', params: {} }]);
      if (id) return moved(id, { title }, { body });
      resolutions.unshift(paper('r9', title, 'draft', null, null, { may: ['edit', 'propose'], line: { kind } }));
      return moved('r9', {}, { body });
    },
    propose_resolution: ({ id }) => moved(id, { status: 'proposed' }, { may: ['edit', 'decide'], votes }),
    decide_resolution: ({ id }) =>
      moved(id, { status: 'decided', outcome: 'adopted', adopted_on: '2026-11-03', number: 'Số      -NQ/CB' }, { may: [], waits: 'server' }),
    ask_number: ({ id }) => moved(id, {}, { waits: 'server' }),
    seal_resolution: ({ id }) => moved(id, {}, { seal: { state: 'true', ...sealed }, may: ['cancel'] }),
    cancel_number: ({ id, reason }) => {
      if (!reason.trim()) fail('invalid', [{ field: 'cancelled', why: 'empty', params: {} }]);
      return moved(id, { cancelled: reason }, { may: [] });
    },
    status: () => status,
    look_up: ({ code, server }) => {
      if (!code) fail('invalid', [{ field: 'code', why: 'empty', params: {} }]);
      if (!/^(sotay:[\w-]{20}@.*|([\s-]*\w){18}[\s-]*)$/.test(code)) fail('code_mistyped');
      if (server === 'sai') fail('bad_server');
      return {
        name: me.name,
        unit: 'Chi bộ thôn Đông',
        commune: 'Xã Tân Hòa',
        post: me.post,
        pin_digits: 6,
        bytes: 1_100_000,
        seconds: 90,
        expires_at: '2026-11-26T09:00',
      };
    },
    join: ({ pin }) => {
      if (/^(\d)\1+$/.test(pin) || pin === '123456') fail('weak_pin');
      Object.assign(status, { stage: 'open', holder: { name: me.name, unit: 'Chi bộ thôn Đông' } });
      return status;
    },
    unlock: ({ pin }) => {
      if (pin !== '258013') {
        status.tries_left -= 1;
        fail('wrong_pin', [], { tries_left: status.tries_left });
      }
      Object.assign(status, { stage: 'open', tries_left: 5 });
      return status;
    },
    lock: () => Object.assign(status, { stage: 'locked' }),
    touch: ({ route }) => {
      status.resume = route;
      return null;
    },
    forget: () => Object.assign(status, { stage: 'new', holder: null }),
    change_pin: ({ pin }) => (pin === '258013' ? null : fail('wrong_pin')),
    set: (s) => Object.assign(settings, s),
    home: () => ({
      to_read: waiting().slice(0, 3),
      unread: waiting().length,
      person: { id: me.member, name: me.name, post: me.post },
      unit: { id: 'u1', name: 'Chi bộ thôn Đông', above: 'Đảng bộ xã Tân Hòa', members: 30 },
      today: '2026-11-23',
      rights: may,
      next: meetings.filter((m) => m.status !== 'ended').map((m) => ({ ...m, deadlines: deadlines(m) }))[0] ?? null,
      recent: meetings.filter((m) => m.status === 'ended').slice(0, 6).map((m, i) => (i || !wish.late ? m : { ...m, deadlines: [deadline('finished', '2026-11-05', -18)] })), // prettier-ignore
      digits: wish.digits ?? null,
      to_do:
        chief && !wish.empty
          ? [
              { what: 'close_attendance', params: { at: '2026-11-03T14:00' }, route: '#/sinh-hoat/m202611/diem-danh' },
              { what: 'two_values', params: { name: 'Nguyễn Thị Hải' }, route: '#/dang-vien/13' },
              ...(wish.late
                ? [{ what: 'post_papers', params: { what: 'papers', at: '2026-12-03T14:00', days: -1 }, route: '#/sinh-hoat/next?buoc=tai-lieu' }]
                : []),
              { what: 'reason_missing', params: { count: 1, at: '2026-11-03T14:00' }, route: '#/sinh-hoat/next/diem-danh' },
            ]
          : [],
      year: figures.map((percent, i) => ({ month: i ? `2026-${String(i).padStart(2, '0')}` : '2025-12', percent: wish.empty ? null : percent })),
      target: { percent: 92, source: source42 },
      average: wish.empty ? null : 88,
    }),
    meetings: ({ year }) => ({
      year,
      years: [2026, 2025],
      rows: year === 2026 ? meetings : [],
      silent: year === 2026 && meetings.length ? silent : [],
      rights: may,
    }),
    say_not_held: ({ year, month, reason }) => {
      if (!reason) fail('invalid', [{ field: 'not_held', why: 'empty', params: {} }]);
      silent = silent.filter((n) => n !== month);
      const none = {
        status: 'planned',
        started_at: null,
        ended_at: null,
        percent: null,
        attendance_closed: false,
        my_mark: null,
        chair: null,
        minute_taker: null,
      };
      const page = past(String(year), String(month).padStart(2, '0'), '01', 0, { ...none, id: `silent${month}`, place: '', not_held: reason, unplanned: true });
      meetings.push({ ...page, planned_at: page.planned_at.replace('14:00', '00:00') });
      changed('meeting');
      return meetings.at(-1);
    },
    meeting_defaults: () => ({
      kind: 'regular',
      day: '3',
      month: '1',
      year: '2027',
      at: '14:00',
      place: 'Nhà văn hóa thôn Đông',
      chair: '8',
      minute_taker: '15',
      people: people.map((p) => ({ id: p.member, name: p.name })),
    }),
    plan_meeting: (a) => {
      const faults = [];
      if (!a.place) faults.push({ field: 'place', why: 'empty', params: {} });
      if (Number(a.day) > 31 || !a.day) faults.push({ field: 'day', why: a.day ? 'no_such_day' : 'empty', params: {} });
      if (!/^\d\d:\d\d$/.test(a.at)) faults.push({ field: 'at', why: 'not_a_time', params: {} });
      if (faults.length) fail('invalid', faults);
      const m = past(a.year, a.month.padStart(2, '0'), a.day.padStart(2, '0'), 0, { kind: a.kind, topic: a.topic, place: a.place, status: 'planned', started_at: null, ended_at: null, percent: null, attendance_closed: false, my_mark: null, days_left: 41 }); // prettier-ignore
      meetings.unshift(m);
      changed('meeting');
      return m;
    },
    cancel_meeting: ({ meeting, reason }) => {
      if (reason) return change(meetings, meeting, { not_held: reason }, 'meeting');
      cancelled.set(meeting, line(meeting));
      meetings = meetings.filter((m) => m.id !== meeting);
      changed('meeting');
      return null;
    },
    restore_meeting: ({ meeting }) => {
      if (cancelled.has(meeting)) meetings.unshift(cancelled.get(meeting));
      else if (meeting.startsWith('silent')) {
        meetings = meetings.filter((m) => m.id !== meeting);
        silent.push(Number(meeting.slice('silent'.length)));
      } else Object.assign(meetings.find((m) => m.id === meeting) ?? {}, { not_held: null });
      changed('meeting');
      return null;
    },
    quality: () => quality(),
    score_forms: () => ({ rows: forms, may_publish: wish.who === 'commune', months: ['2026-12', '2027-01', '2027-02'], start: typedForm }),
    check_score_form: ({ draft }) => formSum(draft),
    publish_score_form: ({ draft }) => {
      const { sum, faults } = formSum(draft);
      if (faults.length) fail('invalid', faults);
      forms.unshift({ from: draft.month, source: draft.source, lines: formLines(draft.lines), sum, state: 'coming', own: true });
      return { rows: [...forms], may_publish: true, months: ['2027-01', '2027-02'], start: typedForm };
    },
    give_points: (a) => ((points[a.criterion] = a.points), quality()),
    minutes: () => minutes,
    acknowledge_minutes: ({ signs, pin }) => {
      if (pin !== '258013') fail('wrong_pin', [], { tries_left: 9, wait_seconds: 0 });
      const hand = minutes[signs];
      Object.assign(hand, { at: '2026-12-03T16:05', device: 'Nguyễn Mạnh Cường' });
      minutes = { ...minutes, state: minutes.chair.at && minutes.taker.at ? 'locked' : 'acknowledged' };
      return minutes;
    },
    add_annex: ({ text }) => {
      if (!text) fail('invalid', [{ field: 'text', why: 'empty', params: {} }]);
      return (minutes = { ...minutes, annexes: [...minutes.annexes, { text, by: 'Nguyễn Mạnh Cường', at: '2026-12-04T09:00' }] });
    },
    package: () => {
      const day = '2026-12-03';
      const paper = (no, title, subject, slug, endings, part, lacks = []) => ({ title, subject, part, lacks, files: endings.map((e) => ({ name: `0${no}_${day}_${slug}_chi-bo-thon-dong.${e}`, file: `${slug}.${e}`, done_on: filed.get(`${slug}.${e}`) ?? null })) }); // prettier-ignore
      const unsigned = minutes.state === 'locked' ? [] : [{ field: 'minutes', why: 'unsigned', params: {} }];
      const of = 'Sinh hoạt chi bộ thường kỳ tháng 12 năm 2026';
      return {
        papers: [
          paper(1, 'Giấy mời', of, 'giay-moi', ['pdf'], 'papers'),
          paper(2, 'Danh sách điểm danh', of, 'danh-sach-diem-danh', ['pdf'], 'finished'),
          paper(3, 'Biên bản', of, 'bien-ban', ['pdf', 'docx'], 'finished', unsigned),
          paper(4, 'Nghị quyết', 'Về lãnh đạo nhiệm vụ tháng 12', 'nghi-quyet-05', ['pdf', 'docx'], 'finished'),
        ],
        deadlines: [deadline('papers', '2026-12-02', 9), deadline('finished', '2026-12-05', 12)],
      };
    },
    post_file: ({ file, done }) => {
      filed.set(file, done ? '2026-11-23' : null);
      return told('posted_file');
    },
    write_package: () => ({
      path: '/home/cuong/Tải về/2026-12-03_danh-muc-tai-lieu-dang-tai_chi-bo-thon-dong.zip',
      bytes: 204800,
      draft: minutes.state !== 'locked',
    }),
    write_paper: ({ paper, format }) => ({
      path: `/home/cuong/Tải về/2026-12-03_${paper.what === 'roll' ? 'diem-danh' : 'bien-ban'}_chi-bo-thon-dong.${format}`,
      bytes: 51200,
      draft: paper.what === 'minutes' && minutes.state !== 'locked',
    }),
    attendance: ({ meeting }) => sheet(meeting),
    mark: ({ meeting, member, mark, reason }) =>
      step(meeting, openRows.find((r) => r.member === member).name, () => {
        openRows = openRows.map((r) => (r.member === member ? { ...r, mark, reason, arrived_at: mark === 'late' ? '14:12' : null, other: [] } : r));
      }),
    mark_rest: ({ meeting }) => step(meeting, '', () => (openRows = openRows.map((r) => (r.mark === 'unmarked' ? { ...r, mark: 'present' } : r)))),
    undo: ({ meeting }) => {
      const last = steps.pop();
      if (last) ({ was: openRows, closed: closedAt } = last);
      changed('attendance');
      return sheet(meeting);
    },
    close_attendance: ({ meeting }) => step(meeting, '', () => (closedAt = '2026-12-03T14:30')),
    end_meeting: ({ meeting, at }) => {
      if (!/^\d\d:\d\d$/.test(at)) fail('invalid', [{ field: 'at', why: 'not_a_time', params: {} }]);
      Object.assign(line(meeting), { status: 'ended', ended_at: `2026-12-03T${at}` });
      changed('meeting');
      return line(meeting);
    },
    roster: ({ search }) => {
      const found = people.map(rosterRow).filter((r) => bare(r.name).includes(bare(search.trim())));
      return { unit: 'Chi bộ thôn Đông', rows: found, all: 30, official: 28, probationary: 2, base: 28, rights: may };
    },
    member: ({ member }) => page(member),
    add_member: (a) => {
      const faults = [];
      if (!a.name.trim().includes(' ')) faults.push({ field: 'name', why: a.name.trim() ? 'two_words' : 'empty', params: {} });
      if (!/^\d{4}$/.test(a.birth_year)) faults.push({ field: 'birth_year', why: 'not_a_number', params: {} });
      if (faults.length) fail('invalid', faults);
      const p = {
        member: String(people.length + 1),
        no: people.length + 1,
        name: a.name,
        born: Number(a.birth_year),
        post: a.post,
        standing: a.standing,
        counts: true,
      };
      people.push(p);
      changed('member');
      return rosterRow(p, 1);
    },
    edit_member: (a) => {
      const i = people.findIndex((p) => p.member === a.member);
      Object.assign(people[i], { name: a.name, born: Number(a.birth_year), standing: a.standing, activity: a.activity, post: a.post });
      changed('member');
      return rosterRow(people[i], i);
    },
    edit_person: ({ member, field: name, value }) => {
      const f = person(member).fields.find((x) => x.name === name);
      if (name === 'phone' && /[a-z]/i.test(value)) fail('invalid', [{ field: 'phone', why: 'digits', params: {} }]);
      Object.assign(f, { value, others: [] });
      changed('person');
      return person(member);
    },
    tick_dues: ({ member, month, paid: now }) => {
      paid[now ? 'add' : 'delete'](month);
      changed('dues');
      return person(member);
    },
    add: ({ table, values: { member, ...values } }) => {
      const all = linesOf(table, member);
      const fields = asked[table](null, null).map((f) => ({ ...f, value: values[f.name] || null }));
      const [key] = fields;
      if (!/^\d+$/.test(key.value ?? '')) fail('invalid', [{ field: key.name, why: key.value ? 'not_a_number' : 'empty', params: {} }]);
      if (all.some((line) => line.fields[0].value === key.value)) fail('invalid', [{ field: key.name, why: 'already_there', params: {} }]);
      all.push({ id: `${table}${key.value}`, fields });
      all.sort((a, b) => b.fields[0].value - a.fields[0].value);
      changed(table);
      return {};
    },
    edit: ({ table, id, values: { removed, ...values } }) => {
      const line = line_of(id);
      if (removed === false) delete line.removed;
      line.fields = line.fields.map((f) => (f.name in values ? { ...f, value: values[f.name] || null, others: [] } : f));
      changed(table);
      return {};
    },
    remove: ({ table, id }) => {
      line_of(id).removed = true;
      changed(table);
      return null;
    },
    me: () => page(me.member),
    sync: () => Object.assign(sync, { network: 'idle', waiting: 0, waits: [], progress: null, files: null }),
    sync_state: () => sync,
    pause_sync: ({ paused }) => Object.assign(sync, { paused, network: paused ? 'idle' : sync.network }),
    set_aside: () => (wish.aside === 'trouble' ? fail('offline') : aside),
    decide_aside: ({ entry, take, reason }) => {
      const one = aside.find((line) => line.entry === entry) ?? fail('not_found');
      if (!take && !reason?.trim()) fail('invalid', [{ field: 'reason', why: 'reason_needed', params: {} }]);
      if (take && one.records.every((r) => r.fields.every((f) => f.passed))) fail('invalid', [{ field: 'entry', why: 'nothing_to_take', params: {} }]);
      one.decided = { taken: take, by: me.name, at: '2026-11-23T08:45', reason: take ? null : reason };
      const passed = one.records.map((r) => ({ ...r, fields: r.fields.filter((f) => f.passed) })).filter((r) => r.fields.length);
      return { lines: aside, passed: take ? passed : [] };
    },
    make_bundle: () => ({ path: '/home/an/Downloads/so-tay-gui-tinh-2026-11-23-08-45.sotay', bytes: 12288, entries: 3 }),
    confirm_device: ({ device, digits }) => {
      if (digits !== '314159') fail('invalid', [{ field: 'digits', why: 'other_digits', params: {} }]);
      Object.assign(
        sync.devices.find((d) => d.id === device),
        { waits: false, may_confirm: false },
      );
      changed('device', 'sync');
      return sync;
    },
    revoke_device: ({ device }) => {
      Object.assign(
        sync.devices.find((d) => d.id === device),
        { revoked_at: '2026-11-23T09:00', may_revoke: false },
      );
      changed('device', 'sync');
      return sync;
    },
    find: ({ text }) =>
      text.trim()
        ? people
            .filter((p) => bare(p.name).includes(bare(text.trim())))
            .slice(0, 8)
            .map((p) => ({ what: 'member', title: p.name, note: `sinh ${p.born}`, route: `#/dang-vien/${p.member}` }))
        : [],
  };
  let scanned = [];
  const calls = [];
  const book = async (name, ask) => {
    calls.push({ name, ask });
    return structuredClone(await answers[name](ask));
  };
  book.calls = calls;
  return book;
}
