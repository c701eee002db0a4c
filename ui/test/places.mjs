// Every screen and every state of it worth looking at: where it is, which book stands behind it, what to do first.
const type = (pin) => async (page) => {
  for (const d of pin) await page.getByRole('button', { name: d, exact: true }).click();
};
const press = (name) => (page) => page.getByRole('button', { name, exact: true }).first().click(); // prettier-ignore
const dialog = (page) => page.waitForSelector('dialog[open]');
const then =
  (...acts) =>
  async (page) => {
    for (const act of acts) await act(page);
  };
const code = async (page) => {
  await page.locator('#code').fill('ABCDEF-GHJKMN-PQRSTV');
  await page.locator('#server').fill('https://sotay.quangtri.example');
  await press('Tiếp tục')(page);
  await page.getByRole('button', { name: 'Đúng, đặt mã PIN' }).waitFor();
};
const pin = then(code, press('Đúng, đặt mã PIN'));
const scan = then(press('Quét mã QR'), dialog);
const noCamera = (page) => page.evaluate(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))));
const file = (page) => page.locator('input[type=file]').setInputFiles({ name: 'a.docx', mimeType: 'application/zip', buffer: Buffer.from('x') });
const chosen = then(file, (page) => page.locator('#f-number').waitFor());
// A block lies under the reader's bar: where one stopped, whatever size the letters take, and wherever one was before.
const lies = (n) => (page) => page.waitForFunction((n) => Math.abs(document.querySelectorAll('article .block')[n].getBoundingClientRect().top - 80) < 30, n);
const key = (name) => (page) => page.keyboard.press(name);
const kept = then(
  (page) => page.setViewportSize({ width: page.viewportSize().width, height: 640 }),
  press('Đọc tiếp'),
  lies(7),
  key('+'),
  lies(7),
  key('-'),
  lies(7),
  key('j'),
  lies(11),
  press('Mục lục'),
  dialog,
  press('Đến chỗ đánh dấu'),
  lies(7),
);
// Two fingers on the page move apart to three times as far; what lay between them stays there.
const pinch = async (page) => {
  const box = await page.locator('.frame').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 3];
  const hand = await page.context().newCDPSession(page);
  const fingers = (far) => [-far, far].map((by, id) => ({ x: x + by, y, id }));
  await hand.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) });
  for (const far of [45, 60, 75, 90]) await hand.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(far) });
  await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const zoomed = () => document.querySelector('.sheet').style.getPropertyValue('--zoom') === '3' && document.querySelector('.frame').scrollLeft > 0;
  await page.waitForFunction(zoomed);
};
const roll = '/sinh-hoat/next/diem-danh';

export const places = {
  join: { book: { stage: 'new' } },
  'join-error': { book: { stage: 'new' }, act: then(press('Tiếp tục'), (page) => page.waitForSelector('.summary')) },
  'join-scan': { book: { stage: 'new' }, act: then(scan, (page) => page.getByText('Đưa mã QR trên giấy').waitFor()) },
  'join-scan-refused': { book: { stage: 'new' }, act: then(noCamera, scan, (page) => page.getByText('Chưa có quyền dùng camera').waitFor()) },
  'join-who': { book: { stage: 'new' }, act: code },
  'join-pin': { book: { stage: 'new' }, act: then(pin, type('25')) },
  'join-first': { book: { stage: 'new' }, act: then(pin, type('258013258013'), (page) => page.getByRole('button', { name: 'Tải ngay' }).waitFor()) },
  'join-by-file': { book: { stage: 'new' }, act: then(press('Không có mạng: vào sổ bằng tệp'), (page) => page.locator('#pin').waitFor()) },
  lock: { book: { stage: 'locked', who: 'member' }, act: type('38') },
  'lock-wrong': { book: { stage: 'locked', who: 'member' }, act: then(type('111111'), (page) => page.getByText('Mã chưa đúng').waitFor(), type('38')) },
  'lock-forgot': { book: { stage: 'locked', who: 'member' }, act: then(press('Quên mã PIN'), dialog) },
  destroyed: { book: { stage: 'destroyed' } },
  home: { wait: '.next' },
  'home-late': { book: { late: true }, wait: '.next li' },
  'home-empty': { book: { empty: true }, wait: '.empty' },
  'home-stale': { book: { network: 'stale' }, wait: '.next' },
  'home-member': { book: { who: 'member', network: 'offline' }, wait: '.to-read' },
  'home-member-sync': { book: { who: 'member', network: 'syncing' }, wait: '.next' },
  'home-unconfirmed': { book: { who: 'member', digits: '314159' }, wait: '.digits' },
  'home-en': { book: { language: 'en' }, wait: '.next' },
  year: { at: '/sinh-hoat', wait: '.book .paper' },
  'year-book': { at: '/sinh-hoat', wait: '.book .paper', act: (page) => page.locator('.book').scrollIntoViewIfNeeded() },
  'year-not-held': { at: '/sinh-hoat', wait: '.book .paper', act: then(press('Ghi lý do tháng 4 không họp'), dialog, (page) => page.locator('dialog .primary').click(), (page) => page.waitForSelector('.summary')) }, // prettier-ignore
  'year-cancelled': { at: '/sinh-hoat/next', wait: '.cancel', act: then(press('Hủy buổi này'), dialog, (page) => page.locator('dialog .primary').click(), (page) => page.waitForSelector('.bar')) }, // prettier-ignore
  plan: { at: '/sinh-hoat/moi', wait: 'form' },
  'plan-error': { at: '/sinh-hoat/moi', wait: 'form', act: then((page) => page.locator('#f-place').fill(''), (page) => page.locator('#f-at').fill('2 giờ'), press('Lên lịch'), (page) => page.waitForSelector('.summary')) }, // prettier-ignore
  'day-invitation': { at: '/sinh-hoat/next', book: { late: true }, wait: 'dl' },
  'day-facts': { at: '/sinh-hoat/next?buoc=giay-moi', book: { roll: 'mid' }, wait: 'dl', act: then(press('Sửa thời gian, địa điểm, người chủ trì'), (page) => page.locator('#f-started').waitFor()) }, // prettier-ignore
  'day-facts-error': { at: '/sinh-hoat/next?buoc=giay-moi', book: { roll: 'mid' }, wait: 'dl', act: then(press('Sửa thời gian, địa điểm, người chủ trì'), (page) => page.locator('#f-at').fill('2 giờ'), press('Lưu'), (page) => page.waitForSelector('.summary')) }, // prettier-ignore
  'day-papers': { at: '/sinh-hoat/next?buoc=tai-lieu', book: { roll: 'mid' }, wait: 'dl', act: press('Thêm nội dung') },
  publish: { at: '/tai-lieu/ban-hanh', wait: 'input[type=file]' },
  'publish-file': { at: '/tai-lieu/ban-hanh', wait: 'input[type=file]', act: chosen },
  'publish-laying': { at: '/tai-lieu/ban-hanh', book: { word: 'slow' }, wait: 'input[type=file]', act: then(chosen, (page) => page.getByText('Đang dựng trang bản gốc…').waitFor()) }, // prettier-ignore
  'publish-pages': { at: '/tai-lieu/ban-hanh', book: { word: 4 }, wait: 'input[type=file]', act: then(chosen, (page) => page.waitForSelector('.frame img')) },
  'publish-stopped': { at: '/tai-lieu/ban-hanh', book: { scan: 'broken' }, wait: 'input[type=file]', act: then(chosen, (page) => page.getByText('Đã nhận dạng 2 trên 12 trang').waitFor()) }, // prettier-ignore
  'publish-edit': { at: '/tai-lieu/ban-hanh', book: { many: true }, wait: 'input[type=file]', act: then(chosen, (page) => page.locator('.block.paragraph').first().click(), (page) => page.locator('.open').waitFor()) }, // prettier-ignore
  'publish-table': { at: '/tai-lieu/ban-hanh', wait: 'input[type=file]', act: then(chosen, (page) => page.locator('.block.table').first().click(), (page) => page.locator('.open').waitFor()) }, // prettier-ignore
  'publish-large': { at: '/tai-lieu/ban-hanh', wait: 'input[type=file]', act: then(chosen, (page) => page.locator('.option', { hasText: '200%' }).click()) },
  'publish-reading': { at: '/tai-lieu/ban-hanh', book: { scan: 'slow' }, wait: 'input[type=file]', act: then(chosen, (page) => page.getByText('Đang nhận dạng trang 3 trên 12').waitFor()) }, // prettier-ignore
  'publish-scan': { at: '/tai-lieu/ban-hanh', book: { scan: 'whole' }, wait: 'input[type=file]', act: then(chosen, (page) => page.getByText('Nhận dạng tự động').waitFor()) }, // prettier-ignore
  'publish-unread': { at: '/tai-lieu/ban-hanh', book: { scan: 'none' }, wait: 'input[type=file]', act: then(chosen, (page) => page.getByText('chưa có phần mềm nhận dạng').waitFor()) }, // prettier-ignore
  'publish-untold': { at: '/tai-lieu/ban-hanh', wait: 'input[type=file]', act: then(chosen, (page) => page.locator('.go .primary').click(), (page) => page.waitForSelector('.summary')) }, // prettier-ignore
  'publish-refused': {
    at: '/tai-lieu/ban-hanh',
    book: { secret: true },
    wait: 'input[type=file]',
    act: then(file, (page) => page.waitForSelector('.summary')),
  },
  'day-attach': { at: '/sinh-hoat/next?buoc=tai-lieu', book: { roll: 'mid' }, wait: 'dl', act: press('Đính kèm tài liệu cho Ý kiến khác') },
  'day-attach-file': { at: '/sinh-hoat/next?buoc=tai-lieu', book: { roll: 'mid' }, wait: 'dl', act: then(press('Đính kèm tài liệu cho Ý kiến khác'), file, (page) => page.locator('#f-unmarked').check()) }, // prettier-ignore
  'day-papers-empty': { at: '/sinh-hoat/next?buoc=tai-lieu', book: { late: true }, wait: 'dl', act: then(press('Sửa: Ý kiến khác'), (page) => page.locator('#f-title').fill(''), press('Lưu'), (page) => page.getByText('Chưa nhập').waitFor()) }, // prettier-ignore
  'day-roll': { at: '/sinh-hoat/next?buoc=diem-danh', book: { roll: 'mid' }, wait: 'dl' },
  'day-discussion': { at: '/sinh-hoat/next?buoc=thao-luan', book: { roll: 'closed' }, wait: 'dl', act: (page) => page.getByRole('button', { name: 'Ghi ý kiến của…' }).first().click() }, // prettier-ignore
  'day-conclusion': { at: '/sinh-hoat/next?buoc=ket-luan', book: { roll: 'closed' }, wait: 'dl', act: (page) => page.getByRole('button', { name: 'Giao việc từ: Đánh giá' }).click() }, // prettier-ignore
  'day-conclusion-error': { at: '/sinh-hoat/next?buoc=ket-luan', book: { roll: 'closed' }, wait: 'dl', act: then((page) => page.getByRole('button', { name: 'Giao việc từ: Đánh giá' }).click(), (page) => page.locator('#f-what').fill('Nhắc hai hộ'), (page) => page.locator('#f-due_on').fill('2'), (page) => page.locator('input[name=due_on-month]').fill('11'), (page) => page.locator('input[name=due_on-year]').fill('2026'), (page) => page.locator('form .strong').click(), (page) => page.getByText('Thời hạn không thể trước ngày họp').waitFor()) }, // prettier-ignore
  forms: { at: '/mau-cham-diem', wait: 'details' },
  'forms-new': { at: '/mau-cham-diem/moi', book: { who: 'commune' }, wait: '#f-source', act: then((page) => page.locator('#f-source').fill('Hướng dẫn số 15-HD/ĐU'), (page) => page.getByText('Cộng: 100 điểm').waitFor()) }, // prettier-ignore
  'forms-error': { at: '/mau-cham-diem/moi', book: { who: 'commune' }, wait: '#f-source', act: then((page) => page.locator('#f-lines').fill('40 Chuẩn bị\n70 Nội dung'), press('Ban hành'), (page) => page.waitForSelector('.summary')) }, // prettier-ignore
  'forms-sure': { at: '/mau-cham-diem/moi', book: { who: 'commune' }, wait: '#f-source', act: then((page) => page.locator('#f-source').fill('Hướng dẫn số 15-HD/ĐU'), press('Ban hành'), dialog) }, // prettier-ignore
  clash: { at: '/lech/person/p13', book: { clash: true }, wait: 'fieldset', act: (page) => page.locator('.option').nth(1).click() },
  'clash-words': { at: '/lech/discussion/s1', book: { roll: 'closed', clash: true }, wait: 'fieldset', act: press('Nhập giá trị khác') },
  'day-locked': { at: '/sinh-hoat/next?buoc=ket-luan', book: { roll: 'closed', locked: true }, wait: '.annex' },
  'day-clash': { at: '/sinh-hoat/next?buoc=ket-luan', book: { roll: 'closed', clash: true }, wait: '.differs' },
  'day-minutes': { at: '/sinh-hoat/next?buoc=bien-ban', book: { roll: 'closed' }, wait: 'dl' },
  'day-resolutions': { at: '/sinh-hoat/next?buoc=ket-luan', book: { roll: 'closed' }, wait: 'dl', act: (page) => page.getByRole('link', { name: 'Soạn nghị quyết của buổi này' }).scrollIntoViewIfNeeded() }, // prettier-ignore
  'day-ended': { at: '/sinh-hoat/m202611?buoc=ket-luan', wait: 'dl', act: then(press('Sửa giờ kết thúc'), (page) => page.locator('#f-at').waitFor()) }, // prettier-ignore
  'day-member': { at: '/sinh-hoat/next', book: { who: 'member' }, wait: 'dl', act: then(press('Báo vắng'), (page) => page.getByText('Lý do vắng').waitFor()) },
  'day-en': { at: '/sinh-hoat/next?buoc=thao-luan', book: { roll: 'closed', language: 'en' }, wait: 'dl' },
  'home-leave': { book: { who: 'member' }, wait: '.answer', act: then(press('Báo vắng'), press('Đi xa'), (page) => page.getByText('Đã báo vắng').first().waitFor()) }, // prettier-ignore
  meeting: { at: '/sinh-hoat/m202611', wait: 'dl' },
  'meeting-votes': { at: '/sinh-hoat/m202611', wait: '.passed' },
  vote: { at: '/sinh-hoat/m202611', wait: '.passed', act: then(press('Biểu quyết'), dialog, (page) => page.waitForSelector('.needs')) },
  'vote-again': { at: '/sinh-hoat/m202611', wait: '.passed', act: then((page) => page.getByRole('button', { name: /^Bỏ kết quả/ }).last().click(), dialog, (page) => page.locator('#f-votes_for').fill('27'), (page) => page.locator('dialog .primary').click(), (page) => page.waitForSelector('.summary')) }, // prettier-ignore
  'vote-secret': { at: '/sinh-hoat/m202611', wait: '.passed', act: then(press('Biểu quyết'), dialog, (page) => page.locator('#f-decides').selectOption('reprimand'), (page) => page.getByText('Phải bỏ phiếu kín').waitFor(), (page) => page.locator('.needs summary').click()) }, // prettier-ignore
  'vote-error': { at: '/sinh-hoat/m202611', wait: '.passed', act: then(press('Biểu quyết'), dialog, (page) => page.locator('#f-votes_for').fill('25'), (page) => page.locator('dialog .primary').click(), (page) => page.waitForSelector('.summary')) }, // prettier-ignore
  'meeting-cancel': { at: '/sinh-hoat/next', wait: 'dl', act: then(press('Hủy buổi này'), dialog) },
  'meeting-not-held': { at: '/sinh-hoat/next', wait: 'dl', act: then(press('Hủy buổi này'), dialog, (page) => page.locator('#f-not_held').fill('Bão số 12'), (page) => page.locator('dialog .primary').click(), (page) => page.waitForSelector('table'), (page) => page.goto(page.url() + '/next'), (page) => page.waitForSelector('.notice')) }, // prettier-ignore
  'meeting-silent': { at: '/sinh-hoat', wait: '.book .paper', act: then(press('Ghi lý do tháng 4 không họp'), dialog, (page) => page.locator('#f-not_held').fill('Bão số 12'), (page) => page.locator('dialog .primary').click(), (page) => page.locator('a[href$=silent4]').click(), (page) => page.waitForSelector('.notice')) }, // prettier-ignore
  'meeting-planned': { at: '/sinh-hoat/next', wait: 'dl' },
  'meeting-end': { at: '/sinh-hoat/next?buoc=ket-luan', book: { roll: 'closed' }, wait: '#f-at' },
  minutes: { at: '/sinh-hoat/next/bien-ban', wait: 'article' },
  'minutes-gaps': { at: '/sinh-hoat/next/bien-ban', book: { minutes: 'gaps' }, wait: 'article' },
  'minutes-sign': { at: '/sinh-hoat/next/bien-ban', book: { minutes: 'one' }, wait: 'article', act: then(press('Xác nhận là chủ trì'), dialog) },
  'minutes-locked': { at: '/sinh-hoat/next/bien-ban', book: { minutes: 'locked' }, wait: 'article', act: then(press('Biên bản, PDF'), (page) => page.getByText('Đã lưu:').first().waitFor()) }, // prettier-ignore
  'minutes-package': { at: '/sinh-hoat/next/bien-ban', book: { minutes: 'locked' }, wait: 'li.ready .option', act: then((page) => page.locator('li.ready input').nth(1).check(), (page) => page.getByText('đã đăng').first().waitFor(), (page) => page.locator('li.ready').nth(2).scrollIntoViewIfNeeded()) }, // prettier-ignore
  'minutes-unsaid': { at: '/sinh-hoat/next/bien-ban', book: { minutes: 'locked', late: true }, wait: '.unsaid', act: press('Đưa vào phụ lục') },
  'minutes-altered': { at: '/sinh-hoat/next/bien-ban', book: { minutes: 'altered' }, wait: 'article' },
  'minutes-en': { at: '/sinh-hoat/next/bien-ban', book: { minutes: 'locked', language: 'en' }, wait: 'article' },
  roll: { at: roll, book: { roll: 'mid', network: 'waiting' }, wait: '.tiles' },
  'roll-clash': { at: roll, book: { roll: 'mid', clash: true }, wait: '.tiles' },
  'roll-rest': { at: roll, book: { roll: 'rest' }, wait: '.tiles' },
  'roll-closed': { at: roll, book: { roll: 'closed' }, wait: '.tiles' },
  'roll-reasons': { at: roll, book: { roll: 'mid' }, wait: '.tiles', act: (page) => page.getByRole('group', { name: 'Lý do vắng của Vũ Đình Chiến' }).getByRole('button', { name: 'Có lý do', exact: true }).click() }, // prettier-ignore
  'roll-member': { at: roll, book: { roll: 'mid', who: 'member' }, wait: '.tiles' },
  'roll-en': { at: roll, book: { roll: 'mid', network: 'waiting', language: 'en' }, wait: '.tiles' },
  roster: { at: '/dang-vien', wait: 'section' },
  'roster-none': { at: '/dang-vien', wait: 'section', act: then((page) => page.locator('input[type=search]').fill('xyz'), (page) => page.waitForSelector('.empty')) }, // prettier-ignore
  add: { at: '/dang-vien/them', wait: 'form' },
  'add-error': { at: '/dang-vien/them', wait: 'form', act: then(press('Thêm đảng viên'), (page) => page.waitForSelector('.summary')) },
  member: { at: '/dang-vien/13', wait: 'dl' },
  'member-clash': { at: '/dang-vien/13', book: { clash: true }, wait: 'dl' },
  'member-edit': { at: '/dang-vien/13', wait: 'dl', act: then(press('Sửa sinh hoạt đảng'), press('Sửa ngày vào đảng')) },
  'member-lists': { at: '/dang-vien/13', wait: 'dl', act: then(press('Sửa 40 năm tuổi đảng'), press('Thêm xếp loại'), (page) => page.getByLabel('Năm xếp loại').fill('2025'), press('Lưu'), (page) => page.getByText('Mục này đã có').waitFor()) }, // prettier-ignore
  'member-empty': { at: '/dang-vien/13', book: { empty: true }, wait: 'dl' },
  me: { at: '/toi', book: { who: 'member' }, wait: 'dl' },
  sync: { at: '/dong-bo', book: { network: 'waiting' }, wait: 'ol' },
  'sync-files': { at: '/dong-bo', book: { network: 'files' }, wait: 'ol' },
  'sync-by-file': { at: '/dong-bo', wait: 'ol', act: then(press('Tạo tệp gửi tỉnh'), (page) => page.waitForSelector('.done')) },
  'sync-confirm': { at: '/dong-bo', wait: 'ol', act: then(press('Xác nhận: Trần Tiến Dũng'), dialog) },
  'sync-confirm-error': { at: '/dong-bo', wait: 'ol', act: then(press('Xác nhận: Trần Tiến Dũng'), dialog, (page) => page.locator('#f-digits').fill('123456'), press('Xác nhận'), (page) => page.waitForSelector('[aria-invalid]')) }, // prettier-ignore
  'sync-trouble': { at: '/dong-bo', book: { network: 'trouble' }, wait: 'ol' },
  'sync-aside': { at: '/dong-bo', book: { aside: 'some' }, wait: 'article' },
  'sync-aside-open': { at: '/dong-bo', book: { aside: 'some' }, wait: 'article', act: then((page) => page.locator('summary').first().click(), (page) => page.getByRole('button', { name: 'Nhận vào sổ: Ngô Văn Minh' }).first().click(), (page) => page.getByText('Đã nhận vào sổ, bỏ qua').waitFor()) }, // prettier-ignore
  'sync-aside-refuse': { at: '/dong-bo', book: { aside: 'some' }, wait: 'article', act: then(press('Không nhận: Ngô Văn Minh'), press('Ghi là không nhận'), (page) => page.waitForSelector('[aria-invalid]')) }, // prettier-ignore
  'sync-aside-nothing': { at: '/dong-bo', book: { aside: 'some' }, wait: 'article', act: then((page) => page.getByRole('button', { name: 'Nhận vào sổ: Ngô Văn Minh' }).nth(2).click(), (page) => page.getByText('Không có gì nhận được').waitFor()) }, // prettier-ignore
  'sync-aside-trouble': { at: '/dong-bo', book: { aside: 'trouble' }, wait: '.trouble' },
  'sync-aside-en': { at: '/dong-bo', book: { aside: 'some', language: 'en' }, wait: 'article' },
  'sync-revoke': { at: '/dong-bo', wait: 'ol', act: then(press('Thu hồi: Máy tính nhà văn hóa'), dialog) },
  settings: { at: '/cai-dat', wait: 'fieldset' },
  'settings-room': { at: '/cai-dat', wait: 'fieldset', act: then(press('Xóa bản gốc đã tải'), (page) => page.locator('.done').waitFor()) }, // prettier-ignore
  'settings-en': { at: '/cai-dat', book: { language: 'en' }, wait: 'fieldset' },
  'settings-pin': { at: '/cai-dat', wait: 'fieldset', act: then(press('Đổi mã PIN'), dialog) },
  documents: { at: '/tai-lieu', wait: 'li strong' },
  'documents-member': { at: '/tai-lieu', book: { who: 'member', network: 'offline' }, wait: 'li strong' },
  'documents-empty': { at: '/tai-lieu', book: { empty: true }, wait: '.empty' },
  'documents-search': { at: '/tai-lieu', wait: 'li strong', act: then((page) => page.locator('input[type=search]').fill('sinh hoat'), (page) => page.waitForSelector('li mark')) }, // prettier-ignore
  'documents-none': { at: '/tai-lieu', wait: 'li strong', act: then((page) => page.locator('input[type=search]').fill('xyz'), (page) => page.waitForSelector('.empty')) }, // prettier-ignore
  'documents-many': {
    at: '/tai-lieu',
    book: { many: 80 },
    wait: 'li strong',
    act: then(press('Cũ hơn'), (page) => page.getByText('Trang 2 trên 3').waitFor()),
  },
  'documents-comes': { at: '/tai-lieu', book: { comes: true }, wait: 'li strong' },
  'documents-paused': { at: '/tai-lieu/doc/d5', book: { network: 'paused' }, wait: 'article' },
  'documents-en': { at: '/tai-lieu', book: { language: 'en' }, wait: 'li strong' },
  reader: { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block' },
  'reader-text': { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block', act: then((page) => page.setViewportSize({ width: page.viewportSize().width, height: 844 }), press('Đọc tiếp'), (page) => page.waitForTimeout(200)) }, // prettier-ignore
  'reader-kept': { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block', act: kept },
  'reader-find': { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block', act: then(press('Tìm'), (page) => page.getByRole('searchbox').fill('nghi quyet'), (page) => page.waitForSelector('mark.now')) }, // prettier-ignore
  'reader-settings': { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block', act: then(press('Cỡ chữ'), dialog, (page) => page.getByText('Giấy', { exact: true }).click()) }, // prettier-ignore
  'reader-contents': { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block', act: then(press('Mục lục'), dialog) },
  'reader-confirmed': { at: '/tai-lieu/doc/d3', wait: 'article .block' },
  'reader-away': { at: '/tai-lieu/doc/d4', wait: 'article' },
  'reader-recognised': { at: '/tai-lieu/doc/d5', book: { forged: true }, wait: 'article .block' },
  'reader-comes': { at: '/tai-lieu/doc/d7', book: { comes: true }, wait: 'article' },
  'reader-bare': { at: '/tai-lieu/doc/d6', book: { who: 'member' }, wait: 'article .bare' },
  'reader-withdraw': { at: '/tai-lieu/doc/d3', wait: 'article .block', act: then(press('Thu hồi'), dialog, (page) => page.locator('dialog .primary').click(), (page) => page.waitForSelector('[aria-invalid]')) }, // prettier-ignore
  'reader-wipe': { at: '/tai-lieu/doc/d1', book: { marked: 3 }, wait: 'article .marked', act: then(press('Thu hồi'), dialog) },
  'reader-answered': { at: '/tai-lieu/doc/d1', book: { who: 'member', answered: '2026-11-22T10:00' }, wait: 'article .marked' },
  'reader-clear': { at: '/tai-lieu/doc/d1', book: { marked: 1 }, wait: 'article .marked', act: then(press('Không có dấu mật'), dialog) },
  'reader-call': { at: '/tai-lieu/doc/d3', book: { who: 'commune' }, wait: 'article .block' },
  'reader-marked': { at: '/tai-lieu/doc/d1', book: { marked: 3 }, wait: 'article .marked' },
  'reader-report': { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block', act: then(press('Báo có dấu mật'), dialog) },
  'reader-reported': { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block', act: then(press('Báo có dấu mật'), dialog, (page) => page.locator('dialog .primary').click(), (page) => page.waitForSelector('.marked')) }, // prettier-ignore
  'reader-wiped': { at: '/tai-lieu/doc/d3', book: { stands: ['Chi bộ thôn Tây'] }, wait: 'article .block', act: then(press('Thu hồi'), dialog, (page) => page.getByText('Thu hồi và xóa khỏi mọi máy').first().click(), (page) => page.locator('dialog .primary').click(), (page) => page.getByText('Xóa vì có dấu mật').first().waitFor()) }, // prettier-ignore
  secrecy: { at: '/tai-lieu/dau-mat', wait: 'li strong' },
  'secrecy-empty': { at: '/tai-lieu/dau-mat', book: { empty: true }, wait: '.empty' },
  'secrecy-en': { at: '/tai-lieu/dau-mat', book: { language: 'en' }, wait: 'li strong' },
  'reader-verified': { at: '/tai-lieu/doc/d1', book: { who: 'member' }, wait: 'article .block', act: then((page) => page.locator('.verify input').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') }), (page) => page.waitForSelector('.verify .good'), (page) => page.setViewportSize({ width: page.viewportSize().width, height: 844 }), (page) => page.evaluate(() => scrollTo(0, 99999))) }, // prettier-ignore
  'reader-differs': { at: '/tai-lieu/doc/d1', book: { who: 'member', forged: true }, wait: 'article .block', act: then((page) => page.locator('.verify input').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') }), (page) => page.waitForSelector('.verify .bad'), (page) => page.setViewportSize({ width: page.viewportSize().width, height: 844 }), (page) => page.evaluate(() => scrollTo(0, 99999))) }, // prettier-ignore
  original: { at: '/tai-lieu/doc/d1/ban-goc', book: { who: 'member' }, wait: '.frame img' },
  'original-pinched': { at: '/tai-lieu/doc/d1/ban-goc', book: { who: 'member' }, wait: '.frame img', act: pinch },
  'original-zoomed': { at: '/tai-lieu/doc/d1/ban-goc', book: { who: 'member' }, wait: '.frame img', act: then(press('Trang sau'), press('Phóng to'), press('Phóng to'), press('Phóng to'), (page) => page.waitForSelector('.frame img')) }, // prettier-ignore
  'original-away': { at: '/tai-lieu/doc/d3/ban-goc', wait: '.away' },
  'original-en': { at: '/tai-lieu/doc/d6/ban-goc', book: { language: 'en' }, wait: '.frame img' },
  readers: { at: '/tai-lieu/doc/d2/nguoi-doc', wait: 'li' },
  'readers-office': { at: '/tai-lieu/doc/d1/nguoi-doc', book: { who: 'commune' }, wait: 'li' },
  'reader-en': { at: '/tai-lieu/doc/d1', book: { language: 'en' }, wait: 'article .block' },
  tasks: { at: '/viec', wait: 'table', act: (page) => page.getByRole('button', { name: 'Ghi kết quả: Lập danh sách' }).click() }, // prettier-ignore
  'tasks-member': { at: '/viec', book: { who: 'member' }, wait: 'table', act: (page) => page.getByRole('button', { name: 'Báo kết quả: Kèm cặp' }).click() },
  'tasks-named': { at: '/viec/t1', wait: '.named' },
  'tasks-empty': { at: '/viec', book: { empty: true }, wait: '.empty' },
  resolutions: { at: '/tai-lieu/nghi-quyet', wait: 'ul' },
  'resolutions-empty': { at: '/tai-lieu/nghi-quyet', book: { empty: true, who: 'member' }, wait: '.empty' },
  'resolution-draft': { at: '/tai-lieu/nghi-quyet/moi', wait: 'form' },
  'resolution-draft-of': { at: '/tai-lieu/nghi-quyet/moi?buoi=next', wait: 'form' },
  'resolution-draft-error': { at: '/tai-lieu/nghi-quyet/moi', wait: 'form', act: then(press('Lưu dự thảo'), (page) => page.waitForSelector('.summary')) },
  'resolution-edit': { at: '/tai-lieu/nghi-quyet/r1', wait: 'article', act: then(press('Sửa dự thảo'), (page) => page.waitForSelector('form')) },
  'resolution-decide': {
    at: '/tai-lieu/nghi-quyet/r2',
    wait: 'article',
    act: then(press('Ghi kết quả biểu quyết'), dialog, (page) => page.locator('dialog input').first().check()),
  },
  'resolution-waits': { at: '/tai-lieu/nghi-quyet/r3', wait: 'article' },
  'resolution-seal': { at: '/tai-lieu/nghi-quyet/r4', wait: 'article', act: then(press('Khóa văn bản'), dialog) },
  'resolution-cancel': { at: '/tai-lieu/nghi-quyet/r4', wait: 'article', act: then(press('Hủy số'), dialog, (page) => page.locator('dialog .primary').click(), (page) => page.waitForSelector('.summary')) }, // prettier-ignore
  'resolution-tasks': { at: '/tai-lieu/nghi-quyet/r5', wait: 'table', act: press('Giao việc') },
  'resolution-true': { at: '/tai-lieu/nghi-quyet/r5', book: { who: 'member' }, wait: '.seal' },
  'resolution-differs': { at: '/tai-lieu/nghi-quyet/r6', wait: '.seal' },
  'resolution-cancelled': { at: '/tai-lieu/nghi-quyet/r7', wait: '.seal' },
  'resolution-en': { at: '/tai-lieu/nghi-quyet/r5', book: { language: 'en' }, wait: '.seal' },
  lost: { at: '/khong-co' },
  palette: { wait: '.next', act: then((page) => page.keyboard.press('Control+k'), dialog, (page) => page.getByRole('combobox').fill('binh'), (page) => page.getByRole('option').first().waitFor()) }, // prettier-ignore
  keys: { wait: '.next', act: then((page) => page.keyboard.press('?'), dialog) },
};
