// Printed by `cargo xtask generate` from the router in crates/app. Do not edit.
/* eslint-disable */

export type Id<K extends string> = string & { readonly __of: K };
export type Why =
  | 'empty'
  | 'too_long'
  | 'control_characters'
  | 'not_a_number'
  | 'no_such_day'
  | 'not_a_time'
  | 'not_a_choice'
  | 'unreadable'
  | 'two_words'
  | 'not_a_name'
  | 'digits'
  | 'not_a_phone'
  | 'too_young'
  | 'too_old'
  | 'ends_before_start'
  | 'same_day_needed'
  | 'before_admission'
  | 'topic_needed'
  | 'too_far'
  | 'no_rule'
  | 'not_a_year'
  | 'not_a_month'
  | 'no_such_badge'
  | 'already_there'
  | 'not_held_yet'
  | 'met_already'
  | 'other_digits'
  | 'bad_code'
  | 'reason_needed'
  | 'nothing_to_take'
  | 'leave_reason_needed'
  | 'not_a_count'
  | 'not_a_share'
  | 'more_than_base'
  | 'votes_differ'
  | 'nobody_here'
  | 'must_be_secret'
  | 'voted'
  | 'vote_taken'
  | 'other_vote'
  | 'other_meeting'
  | 'not_begun'
  | 'not_numbered'
  | 'sealed'
  | 'same_person'
  | 'not_here'
  | 'not_sent'
  | 'locked'
  | 'not_locked'
  | 'gaps'
  | 'text_changed'
  | 'not_all_locked'
  | 'unsigned'
  | 'seal_differs'
  | 'over_most'
  | 'line_without_points'
  | 'too_many_lines'
  | 'not_a_hundred'
  | 'month_begun'
  | 'month_taken'
  | 'month_to_come'
  | 'cell_met'
  | 'before_meeting'
  | 'left_the_cell'
  | 'not_for_you'
  | 'not_a_document'
  | 'ocr_missing'
  | 'too_large'
  | 'macros'
  | 'encrypted'
  | 'broken'
  | 'grows_too_much'
  | 'secret_name'
  | 'secret_text'
  | 'unmarked_needed'
  | 'not_whole'
  | 'unreadable_page';
export type Activity = "active" | "elsewhere" | "exempt" | "suspended" | "transferred" | "left" | "removed" | "expelled" | "deceased";
export type Along = { 
/**
 * How much lies behind, per cent.
 */
percent: number, 
/**
 * Minutes of reading ahead.
 */
minutes_left: number, };
export type AnnexLine = { 
/**
 * What it says.
 */
text: string, 
/**
 * Whose device it was written on.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type AnswerLine = { 
/**
 * Who.
 */
member: Id<'member'>, 
/**
 * By name.
 */
name: string, 
/**
 * Whether they come.
 */
comes: Comes, 
/**
 * Why not.
 */
reason: Reason | null, 
/**
 * When it was said.
 */
said_at: string, 
/**
 * Whether the meeting had begun by then: it is a request, and excuses nobody by itself.
 */
late: boolean, };
export type Answers = { 
/**
 * What this person answered last.
 */
mine: AnswerLine | null, 
/**
 * Every answer that stands, and every request that came too late; nothing where this book does not hold them.
 */
all: Array<AnswerLine> | null, 
/**
 * How many come.
 */
comes: number, 
/**
 * How many asked leave in time.
 */
leave: number, 
/**
 * Who said nothing; empty where this book could not know.
 */
silent: Array<Name>, };
export type Aside = { 
/**
 * The kinds of record.
 */
what: string, 
/**
 * Why: a key of `aside` in the text catalogue.
 */
why: string, 
/**
 * What became of it, once somebody has decided.
 */
decided: Decided | null, };
export type AsideDone = { 
/**
 * The list as it now is.
 */
lines: Array<AsideLine>, 
/**
 * What was not taken although the entry was.
 */
passed: Array<AsideRecord>, };
export type AsideField = { 
/**
 * A key of `person` in the text catalogue.
 */
name: string, 
/**
 * What it was set to; masked where it must be.
 */
value: string | null, 
/**
 * How the value is read.
 */
kind: FieldKind, 
/**
 * Whether taking the entry passes over it: something newer stands in the book, or it cannot be written.
 */
passed: boolean, };
export type AsideLine = { 
/**
 * Its name: 64 hexadecimal digits.
 */
entry: string, 
/**
 * Why: a key of `aside` in the text catalogue.
 */
why: string, 
/**
 * When it was set aside.
 */
at: string, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * The unit it is of.
 */
unit: string, 
/**
 * What it says.
 */
records: Array<AsideRecord>, 
/**
 * What became of it, once somebody has decided.
 */
decided: Decided | null, };
export type AsideRecord = { 
/**
 * The kind of record.
 */
what: string, 
/**
 * Its title: a name, or a moment.
 */
title: string, 
/**
 * The fields it sets.
 */
fields: Array<AsideField>, };
export type Asked = { what: string, assignee: Id<'member'> | null, 
/**
 * The last day for it; all three empty where there is none.
 */
day: string, month: string, year: string, };
export type Audience = { 
/**
 * The unit.
 */
unit: Id<'unit'>, 
/**
 * Its name.
 */
name: string, 
/**
 * Where it stands.
 */
level: Level, 
/**
 * Whether it is this person's own, which all units below belong to.
 */
whole: boolean, 
/**
 * The one of these that it belongs to.
 */
above: Id<'unit'> | null, };
export type Ballot = "hand" | "secret";
export type Barred = "probationary" | "temporary" | "elsewhere" | "exempt" | "suspended";
export type BarredMember = { 
/**
 * Họ và tên.
 */
name: string, 
/**
 * Why.
 */
why: Barred, };
export type Block = { "kind": "heading", 
/**
 * 1 to 3.
 */
level: number, 
/**
 * Its words, with their number: `II. Nhiệm vụ và giải pháp`.
 */
text: string, } | { "kind": "paragraph", 
/**
 * The words that begin it in bold, where some do: `1. Chuẩn bị nội dung.`
 */
lead: string | null, 
/**
 * The words after those.
 */
text: string, } | { "kind": "item", 
/**
 * `a)`, `đ)`, `1.1.`; nothing for a dash or a dot.
 */
mark: string | null, 
/**
 * Its words.
 */
text: string, } | { "kind": "table", 
/**
 * Rows of cells, all of one length.
 */
rows: Array<Array<string>>, };
export type BundleFile = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * How long it is.
 */
bytes: number, 
/**
 * How many batches of changes it carries.
 */
entries: number, };
export type BundleKind = "answer" | "entries";
export type BundleTaken = { 
/**
 * What it was.
 */
what: BundleKind, 
/**
 * Batches of changes that were new here.
 */
entries: number, 
/**
 * Batches that were not taken: their writers may not write that, or are not known here.
 */
refused: number, 
/**
 * Whether there is more to send or to fetch: another file is needed.
 */
more: boolean, };
export type Came = { meeting: Id<'meeting'>, planned_at: string, mark: Mark, };
export type Clash = { 
/**
 * What the record is called.
 */
name: string, 
/**
 * The fields that differ, in the order of the declaration.
 */
fields: Array<ClashField>, };
export type ClashField = { 
/**
 * A key of `person` in the text catalogue.
 */
name: string, 
/**
 * How it is typed, where neither value is right.
 */
kind: FieldKind, 
/**
 * What may be chosen.
 */
choices: Array<string>, 
/**
 * What stands, and after it what others wrote.
 */
values: Array<Written>, 
/**
 * Whether all of them can be kept, one under the other.
 */
joins: boolean, };
export type Code = "wrong_pin" | "wait" | "destroyed" | "locked" | "no_book" | "weak_pin" | "code_mistyped" | "code_unknown" | "code_used" | "code_expired" | "code_spent" | "no_envelope" | "code_short" | "bundle_broken" | "bundle_foreign" | "bundle_expired" | "bundle_stale" | "offline" | "bad_server" | "server_busy" | "revoked" | "not_allowed" | "decided" | "empty_book" | "not_found" | "no_rule" | "invalid" | "disk_full" | "too_new" | "broken_book" | "keystore_shut" | "internal";
export type Comes = "yes" | "leave";
export type Comrade = { 
/**
 * Who.
 */
member: Id<'member'>, 
/**
 * By name.
 */
name: string, 
/**
 * How a line of theirs begins: `Đ/c Bình:`, with the whole name where two share the given one.
 */
opens: string, 
/**
 * Whether they are in the room.
 */
here: boolean, };
export type Counts = { 
/**
 * How many it is for.
 */
members: number, 
/**
 * How many confirmed.
 */
confirmed: number, };
export type Deadline = { 
/**
 * Which papers.
 */
what: Posted, 
/**
 * The last day for it.
 */
by: string, 
/**
 * Days until then; negative once past.
 */
days_left: number, 
/**
 * When it was done.
 */
done_on: string | null, 
/**
 * Whether it was done too late, or is not done and late by now.
 */
late: boolean, 
/**
 * Where the rule is written.
 */
source: string, };
export type Decided = { 
/**
 * Whether it was taken into the book.
 */
taken: boolean, 
/**
 * Who decided.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Why it was turned down.
 */
reason: string | null, };
export type Decides = "resolution" | "admission" | "recognition" | "expulsion" | "reprimand" | "election";
export type Defaults = { kind: MeetingKind, day: string, month: string, year: string, at: string, place: string, chair: Id<'member'> | null, minute_taker: Id<'member'> | null, people: Array<Name>, };
export type DeviceLine = { 
/**
 * Its name.
 */
id: Id<'device'>, 
/**
 * Whose it is.
 */
holder: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * When it was let in.
 */
enrolled_at: string, 
/**
 * Whether it waits for a second person before its holder's office counts there.
 */
waits: boolean, 
/**
 * When it was shut out.
 */
revoked_at: string | null, 
/**
 * Whether it is this one.
 */
this_one: boolean, 
/**
 * Whether this person may confirm it.
 */
may_confirm: boolean, 
/**
 * Whether this person may shut it out.
 */
may_revoke: boolean, };
export type DocumentFacts = { 
/**
 * `Nghị quyết`.
 */
form: string, 
/**
 * `12-NQ/TU`.
 */
number: string, 
/**
 * `2026-11-05`; empty where it is not known.
 */
issued_on: string, 
/**
 * `Đảng ủy xã Tân Hòa`.
 */
issuer: string, 
/**
 * What it is about.
 */
title: string, };
export type DocumentHits = { 
/**
 * In the order of reading.
 */
hits: Array<TextHit>, };
export type DocumentLine = { 
/**
 * Its name.
 */
id: Id<'document'>, 
/**
 * What people call it: `Nghị quyết 12-NQ/TU`.
 */
name: string, 
/**
 * `Nghị quyết`.
 */
form: string, 
/**
 * `12-NQ/TU`.
 */
number: string | null, 
/**
 * What it is about.
 */
title: string, 
/**
 * Who issued it.
 */
issuer: string, 
/**
 * When.
 */
issued_on: string | null, 
/**
 * The place that it is dated from, where that is the issuer's: `Tân Hòa`.
 */
place: string | null, 
/**
 * Where the unit it was published for stands.
 */
level: Level, 
/**
 * That unit's name.
 */
unit: string, 
/**
 * Whether this person is one of those it is for.
 */
for_me: boolean, 
/**
 * Minutes of reading; none where only its original says it.
 */
minutes: number | null, 
/**
 * How much of it was read, per cent; none where it was never opened.
 */
progress: number | null, 
/**
 * Whether the ribbon lies in it.
 */
ribbon: boolean, 
/**
 * Whether everybody is asked to confirm it.
 */
must_confirm: boolean, 
/**
 * When this person did.
 */
confirmed_at: string | null, 
/**
 * When the unit was last reminded of it.
 */
reminded_at: string | null, 
/**
 * Whether its text was read off a picture by a machine.
 */
recognised: boolean, 
/**
 * Its text on this device; none where only its original says it.
 */
body: FileState | null, 
/**
 * The file it was made from, and where that is.
 */
original: FileState | null, 
/**
 * What that is.
 */
original_kind: OriginalKind | null, 
/**
 * The first day on which members see it.
 */
shown_from: string, 
/**
 * Whether that day is still to come: until then only those who publish see it.
 */
comes: boolean, 
/**
 * Why it was taken back.
 */
withdrawn: string | null, 
/**
 * When it was destroyed, because it bears a mark of secrecy: neither its number nor what it is about is told any more.
 */
wiped_at: string | null, 
/**
 * When this person said that it bears such a mark, and nobody has answered since.
 */
reported_at: string | null, 
/**
 * When that was answered: whoever published it looked again, and found none.
 */
answered_at: string | null, 
/**
 * The passage that holds what was searched for; empty where nothing was, or its text does not hold it.
 */
snippet: Array<Stretch>, };
export type DocumentList = { 
/**
 * The newest first; of a search, the ones that were most likely meant, the likeliest first.
 */
rows: Array<DocumentLine>, 
/**
 * How many were found, on this page and the others; of a search, at most those that are shown.
 */
found: number, 
/**
 * How many pages they take; one where no page was asked for.
 */
pages: number, 
/**
 * How many there are in all.
 */
all: number, 
/**
 * How many of those wait for this person.
 */
unread: number, 
/**
 * Every kind of document there is: `Nghị quyết`.
 */
forms: Array<string>, 
/**
 * Every year, the latest first.
 */
years: Array<string>, 
/**
 * Everybody who issued one.
 */
issuers: Array<string>, 
/**
 * Whether this person publishes.
 */
may_publish: boolean, };
export type DocumentPage = { 
/**
 * As in the list.
 */
line: DocumentLine, 
/**
 * Its text; nothing while that is not here.
 */
blocks: Array<Block>, 
/**
 * Where one is with each block at the top, and, last, at the end.
 */
along: Array<Along>, 
/**
 * Its headings.
 */
contents: Array<Heading>, 
/**
 * The block where this person stopped, on this or another device; none at the start.
 */
stopped: number | null, 
/**
 * What the heading over that is called.
 */
section: Section | null, 
/**
 * The block where the ribbon lies.
 */
ribbon: number | null, 
/**
 * Whether it can be trusted.
 */
seal: DocumentSeal, 
/**
 * Whether this person sees who read it, and reminds.
 */
may_see_readers: boolean, 
/**
 * Whether this person can say that they read it: it is for them, they did not yet, and its text or its original is here.
 */
may_confirm: boolean, 
/**
 * Whether this person may take it back.
 */
may_withdraw: boolean, 
/**
 * Whether this person may have it destroyed, because it bears a mark of secrecy.
 */
may_wipe: boolean, 
/**
 * Whether this person may say that it bears one.
 */
may_report: boolean, 
/**
 * Whether whoever published it would not hear of that: an office's own people call them.
 */
may_call: boolean, 
/**
 * How many people say so, for whoever answers for it.
 */
reports: number, };
export type DocumentSeal = { 
/**
 * Whose device signed it.
 */
by: string, 
/**
 * For which unit.
 */
unit: string, 
/**
 * When.
 */
at: string | null, 
/**
 * SHA-256 of the original, 64 hexadecimal digits.
 */
original: string | null, 
/**
 * Whether the original on this device is that file; none while it is not here.
 */
fits: boolean | null, };
export type DraftSum = { 
/**
 * The points of those lines that can be read.
 */
sum: number, 
/**
 * What is against publishing it.
 */
faults: Array<Fault>, };
export type DuesMonth = { 
/**
 * `2026-11`.
 */
month: string, 
/**
 * How they stand.
 */
state: DuesState, };
export type DuesState = "paid" | "unpaid" | "to_come";
export type DuesYear = { 
/**
 * Which.
 */
year: string, 
/**
 * How many months are paid, of those that have begun.
 */
paid: number, 
/**
 * How many have begun.
 */
begun: number, 
/**
 * Its months, from the one of admission on.
 */
months: Array<DuesMonth>, };
export type Fault = { 
/**
 * The field to mend.
 */
field: string, 
/**
 * What is wrong with it: a key of `fault` in `ui/src/text`.
 */
why: Why, 
/**
 * Numbers for the sentence.
 */
params: { [key in string]: number }, };
export type FieldKind = "text" | "date" | "choice" | "number";
export type FileState = { 
/**
 * What it is asked for by: its SHA-256.
 */
file: string, 
/**
 * Bytes of it.
 */
size: number, 
/**
 * Bytes that are here; all of them once they are as many as its size.
 */
had: number, 
/**
 * Whether somebody asked for it here.
 */
asked: boolean, 
/**
 * Whether it still waits to be sent.
 */
waits: boolean, };
export type FormLine = { 
/**
 * The most points.
 */
most: number, 
/**
 * What it asks.
 */
name: string, };
export type FormState = "coming" | "in_force" | "replaced";
export type Gap = { 
/**
 * What.
 */
why: Lack, 
/**
 * Where it is put right.
 */
step: Step, 
/**
 * Of which item.
 */
item: Id<'item'> | null, 
/**
 * Whether the minutes cannot be acknowledged without it.
 */
blocks: boolean, };
export type Hand = { 
/**
 * Who.
 */
name: string, 
/**
 * When they did.
 */
at: string | null, 
/**
 * Whose device it was done on.
 */
device: string, 
/**
 * Whether it is the person at this device.
 */
mine: boolean, };
export type Heading = { 
/**
 * Which block it is.
 */
block: number, 
/**
 * 1 to 3.
 */
level: number, 
/**
 * Its words.
 */
text: string, };
export type Held = { 
/**
 * Logs that this device may read.
 */
logs: number, 
/**
 * Entries in them.
 */
entries: number, };
export type Hit = { 
/**
 * What it is.
 */
what: HitKind, 
/**
 * Its name; for an action, a key of the text catalogue.
 */
title: string, 
/**
 * A second line.
 */
note: string, 
/**
 * Where it is.
 */
route: string, };
export type HitKind = "member" | "meeting" | "document" | "resolution" | "task" | "action";
export type Holder = { 
/**
 * The person.
 */
name: string, 
/**
 * The unit.
 */
unit: string, };
export type Home = { 
/**
 * Who is reading.
 */
person: HomePerson, 
/**
 * Where.
 */
unit: HomeUnit, 
/**
 * Today.
 */
today: string, 
/**
 * What this person may do.
 */
rights: Rights, 
/**
 * The meeting under way, or the next.
 */
next: MeetingLine | null, 
/**
 * The last six held, latest first.
 */
recent: Array<MeetingLine>, 
/**
 * The six digits to read to a second person, while this device waits for one.
 */
digits: string | null, 
/**
 * What waits for this person.
 */
to_do: Array<ToDo>, 
/**
 * Attendance of the last twelve months, oldest first.
 */
year: Array<Month>, 
/**
 * What the rule in force strives for.
 */
target: HomeTarget, 
/**
 * The average of those months.
 */
average: number | null, 
/**
 * Documents that wait to be read: what the unit was reminded of first, then what is to be confirmed, then the newest.
 */
to_read: Array<DocumentLine>, 
/**
 * How many there are in all.
 */
unread: number, };
export type HomePerson = { id: Id<'member'>, name: string, post: Post | null, };
export type HomeTarget = { percent: number, source: string, };
export type HomeUnit = { id: Id<'unit'>, name: string, above: string, members: number, };
export type Invitation = { 
/**
 * The person it is for.
 */
name: string, 
/**
 * The person's unit.
 */
unit: string, 
/**
 * The unit above.
 */
commune: string, 
/**
 * The person's post.
 */
post: Post | null, 
/**
 * How many digits the PIN must have: more for those who write in others' names.
 */
pin_digits: number, 
/**
 * Bytes of the first sync, about.
 */
bytes: number, 
/**
 * Seconds it will take on a weak link, about.
 */
seconds: number, 
/**
 * When the code ends.
 */
expires_at: string, };
export type ItemDocument = { 
/**
 * Which.
 */
id: Id<'document'>, 
/**
 * `Nghị quyết 12-NQ/TU`.
 */
name: string, 
/**
 * What it is about.
 */
title: string, 
/**
 * Its text on this device; none where only its original says it.
 */
body: FileState | null, 
/**
 * The file it was made from.
 */
original: FileState | null, };
export type ItemLine = { 
/**
 * Its name.
 */
id: Id<'item'>, 
/**
 * Its place, from 1.
 */
place: number, 
/**
 * What it is.
 */
title: Said, 
/**
 * The papers read for it, a line each.
 */
papers: Said, 
/**
 * The documents read for it.
 */
documents: Array<ItemDocument>, 
/**
 * What was said of it, for those who lead the cell.
 */
words: Said, 
/**
 * What was concluded of it.
 */
conclusion: Said, 
/**
 * The record both are in, to settle them.
 */
discussion: Id<'discussion'>, 
/**
 * The tasks that its conclusion gave.
 */
tasks: Array<TaskLine>, };
export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;
export type Keystore = "system" | "file";
export type Lack = "chair" | "minute_taker" | "same_person" | "place" | "start" | "end" | "roll" | "reason" | "dues" | "agenda" | "words" | "too_long" | "conclusion" | "choice";
export type Language = "vi" | "en";
export type Level = "province" | "commune" | "cell";
export type Look = "system" | "light" | "dark" | "sun";
export type Mark = "unmarked" | "present" | "late" | "absent" | "absent_excused" | "absent_unexcused" | "away" | "exempt";
export type MeetingDay = { 
/**
 * The meeting.
 */
meeting: MeetingLine, 
/**
 * The steps of its day, in order.
 */
steps: Array<StepLine>, 
/**
 * The step that is next.
 */
now: Step, 
/**
 * The member of the committee above who is assigned to the cell.
 */
supervisor: string | null, 
/**
 * When, where and by whom, to be put right.
 */
facts: MeetingFacts, 
/**
 * Guests, by name.
 */
guests: Said, 
/**
 * Whether two devices wrote of the meeting differently.
 */
differs: boolean, 
/**
 * When the members were invited.
 */
invited_at: string | null, 
/**
 * Whether that was, or would be, less notice than the rule gives.
 */
short_notice: boolean, 
/**
 * Whether the invitation says so.
 */
says_short_notice: boolean, 
/**
 * Whether it was held on paper and entered afterwards.
 */
from_paper: boolean, 
/**
 * Tasks that earlier meetings gave: those open then or now, those of the last regular one, and those done since.
 */
last_tasks: Array<TaskLine>, 
/**
 * The agenda.
 */
items: Array<ItemLine>, 
/**
 * The resolutions and conclusions that it took up, in the order they were begun.
 */
resolutions: Array<ResolutionLine>, 
/**
 * Tasks that it gave at no item of its own.
 */
tasks: Array<TaskLine>, 
/**
 * How dues stand: as it was told, or else where this book holds them.
 */
dues: MeetingDues | null, 
/**
 * Who comes.
 */
answers: Answers, 
/**
 * The members, those in the room first.
 */
people: Array<Comrade>, 
/**
 * The last day for a task unless another is said: the day before the next month's meeting.
 */
due_on: string | null, 
/**
 * The most characters of what was said, and of what was concluded, of one item.
 */
longest: [number, number], 
/**
 * Whether this person leads the cell's meetings.
 */
may_lead: boolean, };
export type MeetingDues = { 
/**
 * `2026-12`.
 */
month: string, 
/**
 * How many paid: as it was told, or else by now.
 */
paid: number, 
/**
 * Of how many.
 */
of: number, 
/**
 * When it was told at the opening.
 */
stated_at: string | null, };
export type MeetingFacts = { topic: string | null, day: string, month: string, year: string, at: string, until: string | null, place: string, chair: Id<'member'> | null, minute_taker: Id<'member'> | null, };
export type MeetingKind = "regular" | "thematic" | "extraordinary";
export type MeetingLine = { 
/**
 * Its name.
 */
id: Id<'meeting'>, 
/**
 * Regular, thematic, extraordinary.
 */
kind: MeetingKind, 
/**
 * What a thematic meeting is about.
 */
topic: string | null, 
/**
 * When it is to begin.
 */
planned_at: string, 
/**
 * When it began.
 */
started_at: string | null, 
/**
 * When it ended.
 */
ended_at: string | null, 
/**
 * Where.
 */
place: string, 
/**
 * Who leads it.
 */
chair: string | null, 
/**
 * Who writes the minutes.
 */
minute_taker: string | null, 
/**
 * How far it has come.
 */
status: MeetingStatus, 
/**
 * Why it was not held, where the cell said so.
 */
not_held: string | null, 
/**
 * Whether it only says why its month had no meeting: nobody planned its day, its hour or its place.
 */
unplanned: boolean, 
/**
 * Days until it; negative once past.
 */
days_left: number, 
/**
 * In the room.
 */
here: number, 
/**
 * On the roll.
 */
all: number, 
/**
 * Share of those expected who came.
 */
percent: number | null, 
/**
 * Whether the roll is closed.
 */
attendance_closed: boolean, 
/**
 * What the roll says of the person at this device.
 */
my_mark: Mark | null, 
/**
 * And why, where that was excused.
 */
my_reason: Reason | null, 
/**
 * What goes into the national app by when.
 */
deadlines: Array<Deadline>, 
/**
 * What the rules say of it.
 */
warnings: Array<Warning>, };
export type MeetingStatus = "planned" | "open" | "ended";
export type MeetingYear = { 
/**
 * Which.
 */
year: number, 
/**
 * The years there are meetings in.
 */
years: Array<number>, 
/**
 * The meetings, latest first.
 */
rows: Array<MeetingLine>, 
/**
 * The months of it that are over without a meeting, and of which nobody said why.
 */
silent: Array<number>, 
/**
 * What this person may do.
 */
rights: Rights, };
export type MemberPage = { 
/**
 * The line on the roster.
 */
row: RosterRow, 
/**
 * The personal record, where this person may read it.
 */
person: PersonPage | null, 
/**
 * Meetings of the last twelve months, latest first.
 */
months: Array<Came>, 
/**
 * What this person may do.
 */
rights: Rights, };
export type MinutesPage = { 
/**
 * How far they are.
 */
state: MinutesState, 
/**
 * What is missing; nothing once they are locked.
 */
gaps: Array<Gap>, 
/**
 * What they say.
 */
lines: Array<PaperLine>, 
/**
 * The hash of the text, in hexadecimal digits; who acknowledges names the text that was read.
 */
hash: string, 
/**
 * Whether there is a text that was altered: it has not the hash it was acknowledged by, and does not count.
 */
altered: boolean, 
/**
 * Who leads the meeting.
 */
chair: Hand, 
/**
 * Who writes the minutes.
 */
taker: Hand, 
/**
 * Whether one of them acknowledged a text that has changed since.
 */
changed_since: boolean, 
/**
 * What was added after they were locked, the first first.
 */
annexes: Array<AnnexLine>, 
/**
 * What the book holds of the meeting that a locked text does not say.
 */
unsaid: Array<Unsaid>, 
/**
 * Whether this person may acknowledge and add.
 */
may_sign: boolean, };
export type MinutesState = "draft" | "acknowledged" | "locked";
export type Misfit = { 
/**
 * The unit by which it is numbered.
 */
unit: string, 
/**
 * When it was first seen.
 */
at: string, 
/**
 * The last number that the server is known to have given there.
 */
last: number, };
export type Month = { 
/**
 * `2026-11`.
 */
month: string, 
/**
 * Per cent, where the cell met.
 */
percent: number | null, };
export type Name = { 
/**
 * Who.
 */
id: Id<'member'>, 
/**
 * By name.
 */
name: string, };
export type Network = "unknown" | "offline" | "idle" | "syncing";
export type NumberWaits = "server" | "term";
export type OpenedPaper = { 
/**
 * The file's name, NFC whatever system it comes from.
 */
name: string, 
/**
 * Bytes of it.
 */
size: number, 
/**
 * What was read of it.
 */
paper: ReadPaper, };
export type OriginalKind = "pdf" | "docx" | "jpg" | "png";
export type Originals = "ask" | "unmetered" | "always";
export type OtherMark = { 
/**
 * The mark.
 */
mark: Mark, 
/**
 * Whose device.
 */
device: string, 
/**
 * When.
 */
at: string, };
export type OtherValue = { 
/**
 * The value.
 */
value: string | null, 
/**
 * Whose device.
 */
device: string, 
/**
 * When.
 */
at: string, };
export type Outcome = "adopted" | "rejected";
export type Package = { 
/**
 * Them, in order.
 */
papers: Array<PackagePaper>, 
/**
 * By when they are put in, and when they were.
 */
deadlines: Array<Deadline>, };
export type PackageFile = { 
/**
 * What it is called.
 */
name: string, 
/**
 * Which it is, whatever it is called: `minutes.pdf`.
 */
file: string, 
/**
 * When it was put into the national app.
 */
done_on: string | null, };
export type PackagePaper = { 
/**
 * What it is called.
 */
title: string, 
/**
 * What it is about.
 */
subject: string, 
/**
 * Whether it is put in before the meeting or after it.
 */
part: Posted, 
/**
 * Its files.
 */
files: Array<PackageFile>, 
/**
 * What it lacks: then it is left out.
 */
lacks: Array<Fault>, };
export type Pages = { 
/**
 * How many; 0 for a Word file that is not set here.
 */
pages: number, 
/**
 * What they are drawn from, by what it holds: a Word file that was chosen is set as a PDF where there is LibreOffice.
 */
kind: PaperKind, };
export type PaperAsk = { "what": "minutes", 
/**
 * Which.
 */
meeting: Id<'meeting'>, } | { "what": "invitation", 
/**
 * To which.
 */
meeting: Id<'meeting'>, } | { "what": "roll", 
/**
 * Of which.
 */
meeting: Id<'meeting'>, } | { "what": "resolution", 
/**
 * Which.
 */
resolution: Id<'resolution'>, } | { "what": "book", 
/**
 * Which.
 */
year: number, };
export type PaperFacts = { 
/**
 * `Nghị quyết`.
 */
form: string | null, 
/**
 * `12-NQ/TU`, `45/2026/NĐ-CP`.
 */
number: string | null, 
/**
 * `2026-11-05`.
 */
issued_on: string | null, 
/**
 * `Đảng ủy xã Tân Hòa`.
 */
issuer: string | null, 
/**
 * What it is about.
 */
title: string | null, };
export type PaperFile = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * How long it is.
 */
bytes: number, 
/**
 * Whether it is a draft, and says so on every page.
 */
draft: boolean, };
export type PaperFormat = "pdf" | "docx" | "xlsx";
export type PaperKind = "docx" | "pdf" | "jpg" | "png";
export type PaperLine = { 
/**
 * How it is set.
 */
set: PaperSet, 
/**
 * Its words; of a row, a cell each.
 */
words: Array<string>, };
export type PaperSet = "section" | "point" | "sub" | "paragraph" | "item" | "columns" | "row";
export type PaperWarning = "no_number" | "no_day" | "no_form" | "no_issuer" | "pictures";
export type PersonField = { 
/**
 * A key of `person` in the text catalogue.
 */
name: string, 
/**
 * What it holds; masked where it must be.
 */
value: string | null, 
/**
 * How it is edited.
 */
kind: FieldKind, 
/**
 * What may be chosen.
 */
choices: Array<string>, 
/**
 * Whether `value` hides part of what is held.
 */
masked: boolean, 
/**
 * Whether it is said once, with the line that it names.
 */
once: boolean, 
/**
 * What other devices wrote, not having seen this.
 */
others: Array<OtherValue>, };
export type PersonLine = { 
/**
 * The record's name.
 */
id: string, 
/**
 * Its fields, in the order of the declaration.
 */
fields: Array<PersonField>, };
export type PersonList = { 
/**
 * Which table's; a key of `lists` in the text catalogue.
 */
table: string, 
/**
 * What a new line is asked.
 */
blank: Array<PersonField>, 
/**
 * Its lines, the latest first.
 */
lines: Array<PersonLine>, };
export type PersonPage = { 
/**
 * Its name.
 */
id: Id<'person'>, 
/**
 * Its fields, in the order of the declaration.
 */
fields: Array<PersonField>, 
/**
 * What there is one of each year: ratings, badges.
 */
lists: Array<PersonList>, 
/**
 * The dues of this year.
 */
dues: DuesYear, };
export type Post = "secretary" | "deputy" | "committee" | "office";
export type Posted = "papers" | "finished";
export type Progress = { 
/**
 * Entries taken, or pieces of files given and taken.
 */
done: number, 
/**
 * How many in all, about.
 */
all: number, 
/**
 * Bytes to come, about.
 */
bytes_left: number, };
export type Publishing = { 
/**
 * Whom this person may publish to: their own unit first, each with the units below it after it.
 */
audiences: Array<Audience>, 
/**
 * The kinds of document that the rule in force names, and those in the library.
 */
forms: Array<string>, 
/**
 * Who issues documents here, first this unit's own body, then those who did before.
 */
issuers: Array<string>, 
/**
 * The first day on which it is shown, unless another is said.
 */
today: string, };
export type QualityForm = { 
/**
 * Its lines, in order.
 */
criteria: Array<QualityLine>, 
/**
 * The points given, added up.
 */
sum: number, 
/**
 * The most there are.
 */
of: number, 
/**
 * What the sum comes to, once every line has its points.
 */
class: string | null, 
/**
 * Where the form comes from.
 */
source: string, 
/**
 * Whether this person may score; nobody may once the minutes are locked.
 */
may_score: boolean, };
export type QualityLine = { 
/**
 * Its name in the book.
 */
criterion: string, 
/**
 * What it asks.
 */
name: string, 
/**
 * The most points.
 */
most: number, 
/**
 * The points given; none where it was not scored yet.
 */
points: number | null, 
/**
 * Whether two people gave different points: one is to be chosen.
 */
asks: boolean, };
export type ReadPaper = { 
/**
 * What it is, by what it holds.
 */
kind: PaperKind, 
/**
 * What was recognised of it.
 */
facts: PaperFacts, 
/**
 * Its text.
 */
blocks: Array<Block>, 
/**
 * What its publisher should look at.
 */
warnings: Array<PaperWarning>, 
/**
 * Pages it has; 0 for a Word file, which has none until it is set.
 */
pages: number, 
/**
 * Whether some of its pages are pictures, whose words only recognition can tell: `blocks` has those of the others.
 */
scanned: boolean, };
export type ReadState = "all" | "unread" | "reading" | "read" | "ribbon";
export type Reader = { 
/**
 * Who.
 */
member: Id<'member'>, 
/**
 * Họ và tên.
 */
name: string, 
/**
 * When they confirmed.
 */
confirmed_at: string | null, };
export type Readers = { 
/**
 * The document.
 */
line: DocumentLine, 
/**
 * How many it is for, as far as is known here.
 */
members: number, 
/**
 * How many of them confirmed.
 */
confirmed: number, 
/**
 * The counts of each unit below, for the offices above.
 */
units: Array<UnitReaders>, 
/**
 * Each member of this person's own cell, those who have not confirmed first; none for the offices above.
 */
people: Array<Reader> | null, 
/**
 * When this person's unit was last reminded.
 */
reminded_at: string | null, 
/**
 * Cells that it is for.
 */
cells: number, 
/**
 * Those of them that told how many read it: of the others nothing is known here.
 */
told: number, 
/**
 * Whether there may be somebody to remind.
 */
may_remind: boolean, };
export type Reason = "health" | "work" | "family" | "travel" | "other";
export type RecognisedPage = { 
/**
 * Its text.
 */
blocks: Array<Block>, 
/**
 * Pages that the scan has.
 */
pages: number, 
/**
 * Those that were recognised so far.
 */
done: Array<number>, };
export type RecognisedPaper = { 
/**
 * What it says of itself.
 */
facts: PaperFacts, 
/**
 * The text of its pages together.
 */
blocks: Array<Block>, 
/**
 * What its publisher should look at.
 */
warnings: Array<PaperWarning>, 
/**
 * Pages that it has.
 */
pages: number, 
/**
 * Those that were recognised so far.
 */
done: Array<number>, };
export type ReportLine = { 
/**
 * Per cent done.
 */
progress: number, 
/**
 * Whether it is done.
 */
done: boolean, 
/**
 * What came of it.
 */
result: string | null, 
/**
 * When it was said.
 */
said_at: string, };
export type RescueFile = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * How long it is.
 */
bytes: number, 
/**
 * To be read aloud to whoever opens the envelope.
 */
digits: string, };
export type ResolutionKind = "resolution" | "conclusion";
export type ResolutionLine = { 
/**
 * Its name.
 */
id: Id<'resolution'>, 
/**
 * Nghị quyết or kết luận.
 */
kind: ResolutionKind, 
/**
 * What it is about.
 */
title: string, 
/**
 * How far it has come.
 */
status: ResolutionStatus, 
/**
 * What was decided.
 */
outcome: Outcome | null, 
/**
 * When it was adopted.
 */
adopted_on: string | null, 
/**
 * Its number as it stands on paper, once it is adopted: `Số 05-NQ/CB`, or a blank in the number's place.
 */
number: string | null, 
/**
 * Which draft it is.
 */
round: number, 
/**
 * Why its number is not used after all.
 */
cancelled: string | null, };
export type ResolutionList = { 
/**
 * The newest first.
 */
rows: Array<ResolutionLine>, 
/**
 * Whether this person may write one.
 */
may_edit: boolean, };
export type ResolutionPage = { 
/**
 * As in the list.
 */
line: ResolutionLine, 
/**
 * What it says.
 */
body: string, 
/**
 * The meeting that took it up.
 */
meeting: Id<'meeting'> | null, 
/**
 * When that was.
 */
met_at: string | null, 
/**
 * The vote that decided it, where this person may read it.
 */
vote: VoteLine | null, 
/**
 * Votes that may decide it: those of its meeting that were about a resolution and decided no other.
 */
votes: Array<VoteLine>, 
/**
 * Whether it may be concluded without a vote.
 */
unvoted: boolean, 
/**
 * Whether its text can be trusted.
 */
seal: Seal, 
/**
 * What this person may do with it next.
 */
may: Array<ResolutionStep>, 
/**
 * What its number waits for.
 */
waits: NumberWaits | null, 
/**
 * Whether two devices wrote of it differently.
 */
differs: boolean, 
/**
 * The tasks that come out of it, the most urgent first.
 */
tasks: Array<TaskLine>, 
/**
 * To whom one can be given; nobody where it gives none.
 */
people: Array<Comrade>, 
/**
 * The last day for one unless another is said.
 */
due_on: string | null, };
export type ResolutionStatus = "draft" | "proposed" | "decided";
export type ResolutionStep = "edit" | "propose" | "decide" | "number" | "seal" | "cancel";
export type Rights = { 
/**
 * Mark attendance.
 */
mark: boolean, 
/**
 * Plan and lead meetings.
 */
plan_meeting: boolean, 
/**
 * Edit the roster.
 */
edit_roster: boolean, 
/**
 * Edit personal records.
 */
edit_person: boolean, 
/**
 * Decide about what the server set aside.
 */
decide: boolean, 
/**
 * Publish documents.
 */
publish: boolean, };
export type Roster = { 
/**
 * The unit's name.
 */
unit: string, 
/**
 * The members found.
 */
rows: Array<RosterRow>, 
/**
 * On the list.
 */
all: number, 
/**
 * Đảng viên chính thức.
 */
official: number, 
/**
 * Đảng viên dự bị.
 */
probationary: number, 
/**
 * Whom a vote is counted against today, if nobody exempt attends.
 */
base: number, 
/**
 * What this person may do.
 */
rights: Rights, };
export type RosterRow = { 
/**
 * Who.
 */
member: Id<'member'>, 
/**
 * Họ và tên.
 */
name: string, 
/**
 * Year of birth.
 */
born: number | null, 
/**
 * Party position.
 */
post: Post | null, 
/**
 * Probationary, official, temporary.
 */
standing: Standing, 
/**
 * Whether the member takes part.
 */
activity: Activity, 
/**
 * Share of the last twelve months' meetings attended, per cent.
 */
attended: number | null, 
/**
 * The letter it stands under: the first of the given name.
 */
letter: string, };
export type Ruling = "passed" | "not_over_half" | "too_few";
export type Said = { 
/**
 * What stands.
 */
value: string | null, 
/**
 * What other devices wrote, not having seen it.
 */
others: Array<OtherValue>, };
export type ScoreFormDraft = { 
/**
 * `2027-01`.
 */
month: string, source: string, lines: string, };
export type ScoreFormLine = { 
/**
 * The first month or day of it.
 */
from: string, 
/**
 * Where it comes from.
 */
source: string, 
/**
 * Its lines, in order.
 */
lines: Array<FormLine>, 
/**
 * What they come to.
 */
sum: number, 
/**
 * Whether it is used today.
 */
state: FormState, 
/**
 * Whether the commune published it; else it came with the rules.
 */
own: boolean, };
export type ScoreForms = { 
/**
 * The newest first, the one that came with the rules last.
 */
rows: Array<ScoreFormLine>, 
/**
 * Whether this person may publish one.
 */
may_publish: boolean, 
/**
 * The months for which one may be published.
 */
months: Array<string>, 
/**
 * The lines of the form in force, as they would be typed.
 */
start: string, };
export type Seal = { 
/**
 * What was found.
 */
state: SealState, 
/**
 * Who sealed it.
 */
by: string | null, 
/**
 * When.
 */
at: string | null, 
/**
 * SHA-256 of the sealed text: what a printed copy is held against.
 */
hash: string | null, };
export type SealState = "unsealed" | "true" | "differs";
export type SecrecyEvent = "refused_name" | "refused_text" | "reported" | "cleared" | "wiped";
export type SecrecyLine = { 
/**
 * What happened.
 */
what: SecrecyEvent, 
/**
 * When.
 */
at: string | null, 
/**
 * Who met the mark, or ordered the document destroyed.
 */
by: string, 
/**
 * The unit they belong to, or that it was published for.
 */
unit: string, 
/**
 * The mark that was found: `TỐI MẬT`.
 */
mark: string | null, 
/**
 * The document, where one had been published.
 */
document: Id<'document'> | null, 
/**
 * What it is called; of one that was destroyed only its kind.
 */
name: string, };
export type Section = { 
/**
 * `Điều`, where it says so.
 */
word: string | null, 
/**
 * `II`, `5`.
 */
mark: string, };
export type Settings = { 
/**
 * Vietnamese first.
 */
language: Language, 
/**
 * Light, dark, or for bright sun.
 */
look: Look, 
/**
 * Text size, 100 to 200 per cent.
 */
scale: number, 
/**
 * Idle minutes before the book locks; 0 locks as soon as the app is left.
 */
lock_minutes: number, 
/**
 * Which originals are fetched.
 */
originals: Originals, 
/**
 * How `ủy` is spelt on papers.
 */
spelling: Spelling, 
/**
 * Megabytes that files may take; what was read longest ago goes first.
 */
room_mb: number, };
export type Settled = { field: string, 
/**
 * How many values there were to choose from: where there are others by now, they are shown first.
 */
of: number, 
/**
 * 0 keeps what stands, 1 takes the first after it, and so on.
 */
choose?: number, 
/**
 * Typed, where none is right.
 */
value?: string, };
export type Sheet = { 
/**
 * The meeting.
 */
meeting: MeetingLine, 
/**
 * The members, in the order of the paper roll; it never changes while marking.
 */
rows: Array<SheetRow>, 
/**
 * The figures.
 */
tally: SheetTally, 
/**
 * Whether enough have come.
 */
quorum: SheetQuorum, 
/**
 * The last step that can be taken back.
 */
undo: SheetUndo | null, 
/**
 * When the roll was closed.
 */
closed_at: string | null, 
/**
 * Whether this person may mark.
 */
may_mark: boolean, };
export type SheetQuorum = { base: number, need: number, voters_here: number, reached: boolean, short: number, source: string, };
export type SheetRow = { 
/**
 * Who.
 */
member: Id<'member'>, 
/**
 * The place on the roll, from 1.
 */
no: number, 
/**
 * Họ và tên.
 */
name: string, 
/**
 * Year of birth.
 */
born: number | null, 
/**
 * Party position.
 */
post: Post | null, 
/**
 * Probationary, official, temporary.
 */
standing: Standing, 
/**
 * What the roll says.
 */
mark: Mark, 
/**
 * When a late member came.
 */
arrived_at: string | null, 
/**
 * Why an excused member did not.
 */
reason: Reason | null, 
/**
 * Whether a vote is counted against this member.
 */
counts: boolean, 
/**
 * What other devices marked, not having seen this: both are kept until a person chooses.
 */
other: Array<OtherMark>, };
export type SheetTally = { all: number, here: number, present: number, late: number, absent: number, excused: number, unexcused: number, unclear: number, unmarked: number, away: number, exempt: number, };
export type SheetUndo = { 
/**
 * The member it was about; empty for all the rest or the closing.
 */
what: string, };
export type Signs = "chair" | "taker";
export type Spelling = "u" | "y";
export type Stage = "new" | "locked" | "open" | "destroyed";
export type Standing = "probationary" | "official" | "temporary";
export type Status = { 
/**
 * Which screen it is time for.
 */
stage: Stage, 
/**
 * Shown above the PIN pad.
 */
holder: Holder | null, 
/**
 * How many digits the PIN has.
 */
pin_digits: number, 
/**
 * Wrong PINs before the next wait, or before the end.
 */
tries_left: number, 
/**
 * Seconds until the next try.
 */
wait_seconds: number, 
/**
 * Comfort.
 */
settings: Settings, 
/**
 * Where the device keeps its secret.
 */
keystore: Keystore, 
/**
 * The screen to reopen at.
 */
resume: string | null, 
/**
 * The app's version.
 */
version: string, 
/**
 * Bytes of the largest file that is taken: a page that is given a larger one does not read it.
 */
largest_file: number, };
export type Step = "invitation" | "papers" | "roll" | "discussion" | "conclusion" | "minutes";
export type StepLine = { 
/**
 * Which.
 */
step: Step, 
/**
 * Whether it is done.
 */
done: boolean, 
/**
 * How many of its things are, where they are counted.
 */
count: number | null, 
/**
 * Of how many.
 */
of: number | null, };
export type Storage = { 
/**
 * Texts, which every book keeps.
 */
texts: number, 
/**
 * Originals.
 */
originals: number, 
/**
 * Of both, what still waits to be sent.
 */
waiting: number, 
/**
 * Bytes that they may take; texts stay all the same.
 */
most: number, 
/**
 * Which originals are fetched, as far as this system can tell one network from another.
 */
fetched: Originals, 
/**
 * Whether this system tells what the network counts: else it is taken to count everything.
 */
knows_network: boolean, };
export type Stretch = { 
/**
 * Its words, as they are spelt in the text.
 */
text: string, 
/**
 * Whether they are what was typed.
 */
hit: boolean, };
export type SyncState = { 
/**
 * Whether the server could be reached, when last tried.
 */
network: Network, 
/**
 * Fields changed here and not sent yet.
 */
waiting: number, 
/**
 * What they are of.
 */
waits: Array<Waits>, 
/**
 * When something was last saved here.
 */
saved_at: string | null, 
/**
 * When something was last sent.
 */
sent_at: string | null, 
/**
 * When the server was last heard.
 */
received_at: string | null, 
/**
 * How far words under way have come.
 */
progress: Progress | null, 
/**
 * How far files under way have come.
 */
files: Progress | null, 
/**
 * Whether sending and receiving are held back by the person.
 */
paused: boolean, 
/**
 * Days since the server was last heard.
 */
stale_days: number, 
/**
 * Seconds the device's clock is behind the server's; negative when ahead. 0 where that does not matter.
 */
clock_off_seconds: number, 
/**
 * What the server set aside; nothing of it is lost.
 */
quarantined: Array<Aside>, 
/**
 * Where the server is.
 */
server: string, 
/**
 * What went wrong, when last tried.
 */
trouble: Trouble | null, 
/**
 * The unit's devices.
 */
devices: Array<DeviceLine>, 
/**
 * When the server's history was last held against its signature.
 */
checked_at: string | null, 
/**
 * What it was held against: logs, and entries in them, each signed by the device that wrote it.
 */
held: Held, 
/**
 * Where it did not fit, if it ever did: the book goes on, and the province should be told.
 */
misfit: Misfit | null, };
export type TaskGroup = { 
/**
 * How.
 */
state: TaskState, 
/**
 * The tasks, the most urgent first; of those done, the latest.
 */
rows: Array<TaskLine>, };
export type TaskLine = { 
/**
 * Its name.
 */
id: Id<'task'>, 
/**
 * The item whose conclusion gave it.
 */
item: Id<'item'> | null, 
/**
 * The meeting that gave it.
 */
meeting: Id<'meeting'> | null, 
/**
 * The resolution that it comes out of.
 */
resolution: Id<'resolution'> | null, 
/**
 * The day of that meeting.
 */
given_on: string | null, 
/**
 * What is to be done.
 */
what: Said, 
/**
 * Who does it.
 */
assignee: Id<'member'> | null, 
/**
 * By name.
 */
name: string | null, 
/**
 * Whether the assignee is no longer on the cell's list: somebody else is needed.
 */
gone: boolean, 
/**
 * Who could do it instead: the chair who gave it, or whoever has the fewest open tasks.
 */
instead: Id<'member'> | null, 
/**
 * The last day for it.
 */
due_on: string | null, 
/**
 * Days until then; negative once past.
 */
days_left: number | null, 
/**
 * How it stands today.
 */
state: TaskState, 
/**
 * How far it is, by the cell's own word.
 */
status: TaskStatus, 
/**
 * Per cent done.
 */
progress: number, 
/**
 * What came of it.
 */
result: Said, 
/**
 * When it was done.
 */
done_on: string | null, 
/**
 * What the assignee reported last.
 */
report: ReportLine | null, 
/**
 * Whether it is this person's own.
 */
mine: boolean, };
export type TaskState = "overdue" | "this_week" | "later" | "done";
export type TaskStatus = "in_progress" | "done" | "dropped";
export type Tasks = { 
/**
 * This person's own.
 */
mine: Array<TaskGroup>, 
/**
 * The cell's, for those who lead it.
 */
cell: Array<TaskGroup>, 
/**
 * The one that was asked for by name, where it is in neither list: a comrade's, or one long done.
 */
named: TaskLine | null, 
/**
 * Whether this person may say what came of them.
 */
may_lead: boolean, };
export type TextHit = { 
/**
 * Which block, from 0.
 */
block: number, 
/**
 * Which run of words within it, from 0, in the order of [`Block::words`].
 */
run: number, 
/**
 * Where it begins in the run, in UTF-16 units, as a page counts.
 */
from: number, 
/**
 * Where it ends.
 */
to: number, };
export type ToDo = { 
/**
 * What it is.
 */
what: What, 
/**
 * Words and numbers for the sentence.
 */
params: Record<string, string | number>, 
/**
 * Where it is done.
 */
route: string, };
export type Trouble = { 
/**
 * What the screen does about it.
 */
code: Code, 
/**
 * The fields to mend, for `invalid`.
 */
faults: Array<Fault>, 
/**
 * Numbers and words for the sentence: tries left, seconds to wait, the mark that was found.
 */
params: Record<string, string | number>, 
/**
 * For support; never personal, never the sentence itself.
 */
detail: string, };
export type UnitReaders = { 
/**
 * The unit.
 */
unit: Id<'unit'>, 
/**
 * Its name.
 */
name: string, 
/**
 * None where nothing came yet.
 */
counts: Counts | null, 
/**
 * Cells that it is or has.
 */
cells: number, 
/**
 * Those of them that told.
 */
told: number, };
export type Unsaid = { 
/**
 * Where it was written.
 */
step: Step, 
/**
 * The words; of the roll, whose mark it is.
 */
words: string, };
export type VerifiedDocument = { 
/**
 * Which.
 */
id: Id<'document'>, 
/**
 * `Nghị quyết 12-NQ/TU`.
 */
name: string, 
/**
 * What it is about.
 */
title: string, 
/**
 * Whose device signed it.
 */
by: string, 
/**
 * For which unit.
 */
unit: string, 
/**
 * When.
 */
at: string | null, 
/**
 * Why it was taken back.
 */
withdrawn: string | null, };
export type VerifiedFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its SHA-256, 64 hexadecimal digits.
 */
hash: string, 
/**
 * The documents whose original it is, to the byte.
 */
documents: Array<VerifiedDocument>, 
/**
 * The paper of this cell's that it is a print of; where that and `documents` are empty it fits nothing here.
 */
paper: VerifiedPaper | null, };
export type VerifiedPaper = { 
/**
 * `Biên bản`, `Nghị quyết`.
 */
title: string, 
/**
 * What it is about.
 */
subject: string, 
/**
 * The meeting whose minutes it is.
 */
meeting: Id<'meeting'> | null, 
/**
 * The resolution that it is.
 */
resolution: Id<'resolution'> | null, };
export type VoteLine = { 
/**
 * Its name.
 */
id: Id<'vote'>, 
/**
 * The meeting.
 */
meeting: Id<'meeting'>, 
/**
 * When that was to begin.
 */
planned_at: string, 
/**
 * The item that it was about.
 */
item: Id<'item'> | null, 
/**
 * What was put to the vote.
 */
subject: string, 
/**
 * What kind of decision.
 */
decides: Decides, 
/**
 * By hand, or in secret.
 */
ballot: Ballot, 
/**
 * Vote base B, as it was counted then.
 */
base: number, 
/**
 * How many of those were in the room.
 */
here: number, 
/**
 * Of whom the share was taken.
 */
of: VoteOf, 
/**
 * How many those were.
 */
whole: number, 
/**
 * Tán thành.
 */
votes_for: number, 
/**
 * Không tán thành.
 */
votes_against: number, 
/**
 * Ý kiến khác.
 */
votes_other: number, 
/**
 * The votes for it, in per cent of those whom the share is taken of: `55,00%`.
 */
percent: string, 
/**
 * The fewest votes that pass.
 */
needed: number, 
/**
 * Whether it passed.
 */
passed: boolean, 
/**
 * What came of it.
 */
why: Ruling, 
/**
 * Where that is written.
 */
source: string, };
export type VoteOf = "base" | "official";
export type VoteSheet = { 
/**
 * The kind of decision.
 */
decides: Decides, 
/**
 * Vote base B.
 */
base: number, 
/**
 * Those of the base who are in the room: so many votes must be counted.
 */
here: number, 
/**
 * Of whom the share is taken.
 */
of: VoteOf, 
/**
 * How many those are.
 */
whole: number, 
/**
 * The fewest votes that pass.
 */
needed: number, 
/**
 * Whether the ballot must be secret.
 */
secret: boolean, 
/**
 * Where that is written.
 */
source: string, 
/**
 * The members on the list who have no vote, in the order of the roll.
 */
barred: Array<BarredMember>, 
/**
 * Whether this person may write down what was counted.
 */
may_record: boolean, };
export type Waits = { 
/**
 * The kind of record.
 */
what: string, 
/**
 * Its title: a name, or a moment.
 */
title: string, 
/**
 * How many fields.
 */
changes: number, };
export type Warning = { 
/**
 * What the rule says.
 */
why: WarningKind, 
/**
 * Numbers for the sentence.
 */
params: Record<string, string | number>, 
/**
 * The regulation.
 */
source: string | null, };
export type WarningKind = "duration_short" | "before_day";
export type What = "close_attendance" | "reason_missing" | "late_leave" | "absent_running" | "two_marks" | "two_values" | "confirm_device" | "set_aside" | "post_papers" | "plan_meeting" | "misfit" | "send" | "marked_secret";
export type WipedDocument = { 
/**
 * Units for which somebody else published the same paper: there it stands, and is reported.
 */
stands: Array<string>, };
export type Written = { 
/**
 * The value; masked where it must be.
 */
value: string | null, 
/**
 * Whose device wrote it.
 */
device: string, 
/**
 * Whether it is this device.
 */
this_one: boolean, 
/**
 * When.
 */
at: string | null, };

export interface Actions {
  acknowledge_minutes: { ask: { meeting: Id<'meeting'>, hash: string, signs: Signs, pin: string, }; reply: MinutesPage };
  add: { ask: { table: string, values: Record<string, unknown>, }; reply: JsonValue };
  add_annex: { ask: { meeting: Id<'meeting'>, text: string, }; reply: MinutesPage };
  add_member: { ask: { name: string, birth_year: string, standing: Standing, post: Post | null, }; reply: RosterRow };
  answer_invitation: { ask: { meeting: Id<'meeting'>, comes: Comes, 
/**
 * Why not, where leave is asked.
 */
reason: Reason | null, }; reply: Answers };
  ask_number: { ask: { id: Id<'resolution'>, }; reply: ResolutionPage };
  ask_rescue: { ask: { folder?: string, }; reply: RescueFile };
  attach_document: { ask: { item: Id<'item'>, document: Id<'document'>, }; reply: null };
  attach_file: { ask: { item: Id<'item'>, 
/**
 * A path, or what was answered when the file was handed over.
 */
path: string, 
/**
 * What it is called where that is not recognised: `Tài liệu`.
 */
form: string, 
/**
 * Whether somebody has looked and says that it bears no mark of secrecy: without that it is not taken.
 */
unmarked: boolean, }; reply: null };
  attendance: { ask: { meeting: Id<'meeting'>, }; reply: Sheet };
  cancel_meeting: { ask: { meeting: Id<'meeting'>, reason?: string, }; reply: null };
  cancel_number: { ask: { id: Id<'resolution'>, reason: string, }; reply: ResolutionPage };
  carry_bundle: { ask: { path?: string, data?: string, folder?: string, }; reply: BundleFile };
  change_pin: { ask: { pin: string, new_pin: string, }; reply: null };
  check_score_form: { ask: { draft: ScoreFormDraft, }; reply: DraftSum };
  clash: { ask: { table: string, id: string, }; reply: Clash };
  clear_document: { ask: { id: Id<'document'>, }; reply: DocumentLine };
  close_attendance: { ask: { meeting: Id<'meeting'>, }; reply: Sheet };
  confirm_device: { ask: { device: Id<'device'>, digits: string, }; reply: SyncState };
  confirm_read: { ask: { id: Id<'document'>, }; reply: DocumentLine };
  decide_aside: { ask: { entry: string, take: boolean, 
/**
 * Why not, as typed.
 */
reason?: string, }; reply: AsideDone };
  decide_resolution: { ask: { id: Id<'resolution'>, vote: Id<'vote'> | null, }; reply: ResolutionPage };
  detach_document: { ask: { item: Id<'item'>, document: Id<'document'>, }; reply: null };
  document: { ask: { id: Id<'document'>, }; reply: DocumentPage };
  document_line: { ask: { id: Id<'document'>, }; reply: DocumentLine };
  documents: { ask: { level: Level | null, form: string | null, year: string | null, issuer: string | null, state: ReadState, 
/**
 * Words that all stand in it, with marks or without; empty to see all.
 */
search: string, 
/**
 * One page of them, from 1; all where none is named.
 */
page?: number, }; reply: DocumentList };
  drop_file: { ask: { file: string, }; reply: FileState };
  drop_originals: { ask: Record<symbol, never>; reply: Storage };
  edit: { ask: { table: string, id: string, values: Record<string, unknown>, }; reply: JsonValue };
  edit_member: { ask: { member: Id<'member'>, name: string, birth_year: string, standing: Standing, activity: Activity, post: Post | null, }; reply: RosterRow };
  edit_person: { ask: { member: Id<'member'>, field: string, 
/**
 * As typed; empty for nothing. A day as `2026-12-03` or `03/12/2026`.
 */
value: string, }; reply: PersonPage };
  edit_task: { ask: { task: Id<'task'>, asked: Asked, }; reply: TaskLine };
  end_meeting: { ask: { meeting: Id<'meeting'>, 
/**
 * The time of day it ended.
 */
at: string, }; reply: MeetingLine };
  fetch_file: { ask: { file: string, }; reply: FileState };
  find: { ask: { text: string, }; reply: Array<Hit> };
  find_in_document: { ask: { id: Id<'document'>, search: string, }; reply: DocumentHits };
  forget: { ask: Record<symbol, never>; reply: Status };
  from_paper: { ask: { meeting: Id<'meeting'>, from_paper: boolean, }; reply: null };
  get: { ask: { table: string, id: string, }; reply: JsonValue };
  give_points: { ask: { meeting: Id<'meeting'>, criterion: string, points: number, }; reply: QualityForm };
  give_task: { ask: { meeting: Id<'meeting'>, item?: Id<'item'>, 
/**
 * The resolution that it comes out of.
 */
resolution?: Id<'resolution'>, asked: Asked, }; reply: TaskLine };
  home: { ask: Record<symbol, never>; reply: Home };
  invite: { ask: { meeting: Id<'meeting'>, }; reply: null };
  join: { ask: { code: string, server: string | null, pin: string, }; reply: Status };
  join_by_file: { ask: { code: string, pin: string, folder?: string, }; reply: BundleFile };
  lay_ribbon: { ask: { id: Id<'document'>, block: number | null, }; reply: null };
  leave_reading: { ask: Record<symbol, never>; reply: null };
  list: { ask: { table: string, }; reply: Array<JsonValue> };
  lock: { ask: Record<symbol, never>; reply: Status };
  look_up: { ask: { code: string, server: string | null, }; reply: Invitation };
  make_bundle: { ask: { device?: Id<'device'>, folder?: string, }; reply: BundleFile };
  mark: { ask: { meeting: Id<'meeting'>, member: Id<'member'>, mark: Mark, reason: Reason | null, }; reply: Sheet };
  mark_rest: { ask: { meeting: Id<'meeting'>, }; reply: Sheet };
  me: { ask: Record<symbol, never>; reply: MemberPage };
  meeting_day: { ask: { meeting: Id<'meeting'>, }; reply: MeetingDay };
  meeting_defaults: { ask: Record<symbol, never>; reply: Defaults };
  meetings: { ask: { year: number, }; reply: MeetingYear };
  member: { ask: { member: Id<'member'>, }; reply: MemberPage };
  minutes: { ask: { meeting: Id<'meeting'>, }; reply: MinutesPage };
  move_item: { ask: { item: Id<'item'>, up: boolean, }; reply: null };
  open_paper: { ask: { path: string, }; reply: OpenedPaper };
  package: { ask: { meeting: Id<'meeting'>, }; reply: Package };
  page_words: { ask: { of: string, page: number, }; reply: Array<string> };
  pages_of: { ask: { of: string, }; reply: Pages };
  pause_sync: { ask: { paused: boolean, }; reply: SyncState };
  plan_meeting: { ask: { kind: MeetingKind, topic: string | null, day: string, month: string, year: string, at: string, until: string | null, place: string, chair: Id<'member'> | null, minute_taker: Id<'member'> | null, }; reply: MeetingLine };
  post_file: { ask: { meeting: Id<'meeting'>, file: string, done: boolean, }; reply: null };
  posted: { ask: { meeting: Id<'meeting'>, what: Posted, done: boolean, }; reply: null };
  propose_resolution: { ask: { id: Id<'resolution'>, }; reply: ResolutionPage };
  publish_document: { ask: { units: Array<Id<'unit'>>, facts: DocumentFacts, blocks: Array<Block>, 
/**
 * The path of the file it was made from, where it was.
 */
original: string | null, 
/**
 * Whether somebody has looked and says that the file bears no mark of secrecy: without that none is taken.
 */
unmarked: boolean, must_confirm: boolean, shown_from: string, }; reply: Array<DocumentLine> };
  publish_score_form: { ask: { draft: ScoreFormDraft, }; reply: ScoreForms };
  publishing: { ask: Record<symbol, never>; reply: Publishing };
  quality: { ask: { meeting: Id<'meeting'>, }; reply: QualityForm };
  readers: { ask: { id: Id<'document'>, }; reply: Readers };
  recognise_page: { ask: { path: string, page: number, }; reply: RecognisedPage };
  recognised: { ask: { path: string, }; reply: RecognisedPaper };
  record_vote: { ask: { meeting: Id<'meeting'>, item: Id<'item'> | null, subject: string, decides: Decides, ballot: Ballot, votes_for: number, votes_against: number, votes_other: number, }; reply: VoteLine };
  remind: { ask: { id: Id<'document'>, }; reply: Readers };
  remove: { ask: { table: string, id: string, }; reply: null };
  remove_item: { ask: { item: Id<'item'>, 
/**
 * Puts it back instead.
 */
back?: boolean, }; reply: null };
  remove_task: { ask: { task: Id<'task'>, 
/**
 * Gives it again instead.
 */
back?: boolean, }; reply: null };
  report_document: { ask: { id: Id<'document'>, }; reply: DocumentLine };
  report_task: { ask: { task: Id<'task'>, progress: number, done: boolean, result?: string, }; reply: TaskLine };
  resolution: { ask: { id: Id<'resolution'>, }; reply: ResolutionPage };
  resolutions: { ask: Record<symbol, never>; reply: ResolutionList };
  restore_meeting: { ask: { meeting: Id<'meeting'>, }; reply: null };
  revoke_device: { ask: { device: Id<'device'>, }; reply: SyncState };
  roster: { ask: { search: string, }; reply: Roster };
  save_conclusion: { ask: { item: Id<'item'>, conclusion: string, 
/**
 * What was on screen before.
 */
was: string, }; reply: null };
  save_item: { ask: { meeting: Id<'meeting'>, item?: Id<'item'>, title: string, papers?: string, }; reply: Id<'item'> };
  save_meeting_facts: { ask: { meeting: Id<'meeting'>, 
/**
 * The time of day it began, once it has begun.
 */
started?: string, 
/**
 * What stood on the screen when somebody began to write: what was left so is not written again.
 */
was?: MeetingFacts, topic: string | null, day: string, month: string, year: string, at: string, until: string | null, place: string, chair: Id<'member'> | null, minute_taker: Id<'member'> | null, }; reply: MeetingLine };
  save_meeting_people: { ask: { meeting: Id<'meeting'>, supervisor?: string, guests?: string, }; reply: null };
  save_reading: { ask: { id: Id<'document'>, block: number, }; reply: null };
  save_resolution: { ask: { 
/**
 * None for a new one.
 */
id: Id<'resolution'> | null, meeting: Id<'meeting'> | null, kind: ResolutionKind, title: string, body: string, }; reply: ResolutionPage };
  save_words: { ask: { item: Id<'item'>, words: string, 
/**
 * What was on screen before: what somebody else wrote meanwhile is not written over.
 */
was: string, }; reply: null };
  say_not_held: { ask: { year: number, month: number, reason: string, }; reply: MeetingLine };
  say_short_notice: { ask: { meeting: Id<'meeting'>, said: boolean, }; reply: null };
  score_forms: { ask: Record<symbol, never>; reply: ScoreForms };
  seal_resolution: { ask: { id: Id<'resolution'>, }; reply: ResolutionPage };
  secrecy: { ask: Record<symbol, never>; reply: Array<SecrecyLine> };
  set: { ask: { language?: Language, look?: Look, scale?: number, lock_minutes?: number, spelling?: Spelling, }; reply: Settings };
  set_aside: { ask: Record<symbol, never>; reply: Array<AsideLine> };
  set_storage: { ask: { fetched: Originals, most_mb: number, }; reply: Storage };
  set_task: { ask: { task: Id<'task'>, status: TaskStatus, progress: number, result?: string, }; reply: TaskLine };
  settle: { ask: { table: string, id: string, fields: Array<Settled>, }; reply: null };
  state_dues: { ask: { meeting: Id<'meeting'>, stated: boolean, }; reply: null };
  status: { ask: Record<symbol, never>; reply: Status };
  storage: { ask: Record<symbol, never>; reply: Storage };
  sync: { ask: { 
/**
 * Whether files go by themselves meanwhile, as they do in a window: the answer does not wait for them.
 */
words_only?: boolean, }; reply: SyncState };
  sync_state: { ask: Record<symbol, never>; reply: SyncState };
  take_bundle: { ask: { path?: string, data?: string, }; reply: BundleTaken };
  take_rescue: { ask: { pin: string, path?: string, data?: string, }; reply: Status };
  take_welcome: { ask: { pin: string, path?: string, data?: string, }; reply: Status };
  tasks: { ask: { 
/**
 * One that must be among them, whosever it is.
 */
named?: Id<'task'>, }; reply: Tasks };
  tick_dues: { ask: { member: Id<'member'>, 
/**
 * `2026-11`.
 */
month: string, paid: boolean, }; reply: PersonPage };
  touch: { ask: { route: string, }; reply: null };
  undo: { ask: { meeting: Id<'meeting'>, }; reply: Sheet };
  unlock: { ask: { pin: string, }; reply: Status };
  verify_file: { ask: { path: string, }; reply: VerifiedFile };
  vote_sheet: { ask: { meeting: Id<'meeting'>, decides: Decides, }; reply: VoteSheet };
  votes: { ask: { meeting: Id<'meeting'>, }; reply: Array<VoteLine> };
  wipe_document: { ask: { id: Id<'document'>, reason: string, }; reply: WipedDocument };
  withdraw_document: { ask: { id: Id<'document'>, reason: string, }; reply: DocumentLine };
  withdraw_vote: { ask: { vote: Id<'vote'>, 
/**
 * Brings it back instead.
 */
back?: boolean, }; reply: null };
  write_original: { ask: { document: Id<'document'>, folder?: string, }; reply: PaperFile };
  write_package: { ask: { meeting: Id<'meeting'>, folder?: string, }; reply: PaperFile };
  write_paper: { ask: { paper: PaperAsk, format: PaperFormat, folder?: string, }; reply: PaperFile };
}
