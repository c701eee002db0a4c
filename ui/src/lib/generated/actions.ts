// CONTRACT (by hand). The Rust router will print a file like this into ui/src/lib/generated/actions.ts with these same names.
export type Id<K extends string> = string & { readonly __of: K }; // hyphenated uuid
type Day = string;      // 'YYYY-MM-DD'
type Moment = string;   // 'YYYY-MM-DDTHH:MM' local time of Vietnam
type Clock = string;    // 'HH:MM'

export type Stage = 'new' | 'locked' | 'open' | 'destroyed';
export interface Status {
  stage: Stage;
  holder: { name: string; unit: string } | null; // shown above the PIN pad
  pin_digits: number;        // 6 or 8
  tries_left: number;        // before the next delay / destruction
  wait_seconds: number;      // 0 = may try now
  settings: Settings;
  keystore: 'system' | 'file';
  resume: string | null;     // hash route to reopen exactly there, e.g. '#/sinh-hoat/<id>/diem-danh'
  version: string;
}
export interface Settings { language: 'vi' | 'en'; look: 'system' | 'light' | 'dark' | 'sun'; scale: number /*100..200*/; lock_minutes: number /*0 at once,1,2,5,15*/ }

export interface Invitation { name: string; unit: string; commune: string; post: Post | null; pin_digits: number; bytes: number; seconds: number; expires_at: Moment }

export type Post = 'secretary' | 'deputy' | 'committee' | 'office';
export type Standing = 'probationary' | 'official' | 'temporary';
export type Activity = 'active' | 'elsewhere' | 'exempt' | 'suspended' | 'transferred' | 'left' | 'removed' | 'expelled' | 'deceased';
export type Kind = 'regular' | 'thematic' | 'extraordinary';
export type MeetingStatus = 'planned' | 'open' | 'ended';
export type Mark = 'unmarked' | 'present' | 'late' | 'absent' | 'absent_excused' | 'absent_unexcused' | 'away' | 'exempt';
export type Reason = 'health' | 'work' | 'family' | 'travel' | 'other';

export interface Rights { mark: boolean; plan_meeting: boolean; edit_roster: boolean; edit_person: boolean; revoke_device: boolean }

export interface MeetingLine {
  id: Id<'meeting'>; kind: Kind; topic: string | null; planned_at: Moment; started_at: Moment | null; ended_at: Moment | null;
  place: string; status: MeetingStatus; days_left: number; // negative = past
  here: number; all: number; percent: number | null; attendance_closed: boolean; my_mark: Mark | null;
  warnings: Warning[];       // e.g. {why:'duration_short', params:{minutes:60, needed:90}, source:'Hướng dẫn 42-HD/BTCTW …'}
}
export interface Warning { why: string; params: Record<string, string | number>; source: string | null }

export interface Home {
  person: { id: Id<'member'>; name: string; post: Post | null };
  unit: { id: Id<'unit'>; name: string; above: string; members: number };
  today: Day;
  rights: Rights;
  next: MeetingLine | null;
  recent: MeetingLine[];                     // last 6 held
  to_do: { what: 'close_attendance' | 'reason_missing' | 'two_marks' | 'two_values' | 'plan_meeting' | 'send' ; params: Record<string, string | number>; route: string }[];
  year: { month: string /*YYYY-MM*/; percent: number | null }[]; // last 12 months
  target: { percent: number; source: string };  // attendance target in force, with citation
  average: number | null;
}

export interface Sheet {
  meeting: MeetingLine;
  rows: SheetRow[];                          // given-name order, never changes while marking
  tally: { all: number; here: number; present: number; late: number; absent: number; excused: number; unexcused: number; unclear: number; unmarked: number; away: number; exempt: number };
  quorum: { base: number; need: number; voters_here: number; reached: boolean; short: number; source: string };
  undo: { what: string; steps: number } | null;   // what: name of the person, or '' with count for "the rest"
  closed_at: Moment | null;
  may_mark: boolean;
}
export interface SheetRow {
  member: Id<'member'>; no: number; name: string; born: number | null; post: Post | null; standing: Standing;
  mark: Mark; arrived_at: Clock | null; reason: Reason | null;
  counts: boolean;                           // counted in the vote base
  other: { mark: Mark; device: string; at: Moment }[];   // another device marked differently: both are kept and shown
}

export interface RosterRow { member: Id<'member'>; name: string; born: number | null; post: Post | null; standing: Standing; activity: Activity; attended: number | null /* % of 12 months */ ; letter: string /* heading: first letter of the given name */ }
export interface Roster { unit: string; rows: RosterRow[]; all: number; official: number; probationary: number; base: number; rights: Rights }
export interface MemberPage { row: RosterRow; person: PersonPage | null; months: { meeting: Id<'meeting'>; planned_at: Moment; mark: Mark }[]; rights: Rights }
export interface PersonPage { id: Id<'person'>; fields: PersonField[] }
export interface PersonField {
  name: string;              // label key: t.person[name]
  value: string | null;      // already masked where it must be masked
  kind: 'text' | 'date' | 'choice' | 'number'; choices: string[];
  masked: boolean;
  others: { value: string | null; device: string; at: Moment }[];   // edited on two machines
}

export interface SyncState {
  network: 'unknown' | 'offline' | 'idle' | 'syncing';
  waiting: number;                          // changes not yet sent
  waits: { what: string /*record name*/; title: string; changes: number }[];
  saved_at: Moment | null; sent_at: Moment | null; received_at: Moment | null;
  progress: { done: number; all: number; bytes_left: number } | null;
  paused: boolean; stale_days: number; clock_off_seconds: number;
  quarantined: { what: string; why: string }[];
  server: string; trouble: Trouble | null;
  devices: DeviceLine[];
  checked_at: Moment | null;                // server history last checked against its signature
}
export interface DeviceLine { id: Id<'device'>; holder: string; name: string; enrolled_at: Moment; revoked_at: Moment | null; this_one: boolean; may_revoke: boolean }
export interface Hit { what: 'member' | 'meeting' | 'action'; title: string; note: string; route: string }

// the only failure a screen sees: invoke rejects with it
export type Code = 'wrong_pin' | 'wait' | 'destroyed' | 'locked' | 'no_book' | 'weak_pin' | 'code_mistyped' | 'code_unknown' | 'code_used' | 'code_expired' | 'code_spent'
  | 'offline' | 'bad_server' | 'server_busy' | 'revoked' | 'not_allowed' | 'not_found' | 'invalid' | 'disk_full' | 'too_new' | 'broken_book' | 'internal';
export interface Trouble { code: Code; faults: Fault[]; params: Record<string, string | number>; detail: string /* for support, never shown in full */ }
export interface Fault { field: string; why: string; params: Record<string, string | number> } // why: 'empty' | 'too_long' | 'control_characters' | 'no_such_day' | 'ends_before_start' | 'two_words' | 'not_a_time' | 'too_young' | 'digits' | 'in_the_past' | ... => t.fault[why]

export interface Actions {
  status: { ask: Record<string, never>; reply: Status };
  look_up: { ask: { code: string; server: string | null }; reply: Invitation };   // code typed 'ABCDEF-GHJKMN-PQRSTV' (Crockford, 18) or the QR's text
  join: { ask: { code: string; server: string | null; pin: string }; reply: Status };
  unlock: { ask: { pin: string }; reply: Status };
  lock: { ask: Record<string, never>; reply: Status };
  touch: { ask: { route: string }; reply: null };          // "someone is here": resets the idle lock, remembers where to reopen
  forget: { ask: Record<string, never>; reply: Status };   // only when stage = destroyed: clears away the dead book so that a new code can be used
  change_pin: { ask: { pin: string; new_pin: string }; reply: null };
  set: { ask: Partial<Settings>; reply: Settings };
  home: { ask: Record<string, never>; reply: Home };
  meetings: { ask: { year: number }; reply: { year: number; years: number[]; rows: MeetingLine[]; rights: Rights } };
  plan_meeting: { ask: { kind: Kind; topic: string | null; day: string; month: string; year: string; at: string; until: string | null; place: string; chair: Id<'member'> | null; minute_taker: Id<'member'> | null }; reply: MeetingLine };
  meeting_defaults: { ask: Record<string, never>; reply: { kind: Kind; day: string; month: string; year: string; at: string; place: string; chair: Id<'member'> | null; minute_taker: Id<'member'> | null; people: { id: Id<'member'>; name: string }[] } };
  cancel_meeting: { ask: { meeting: Id<'meeting'> }; reply: null };      // only while planned; undone by restore_meeting
  restore_meeting: { ask: { meeting: Id<'meeting'> }; reply: MeetingLine };
  attendance: { ask: { meeting: Id<'meeting'> }; reply: Sheet };          // reading it does not open it
  mark: { ask: { meeting: Id<'meeting'>; member: Id<'member'>; mark: Mark; reason: Reason | null }; reply: Sheet };   // first mark opens the meeting (started_at)
  mark_rest: { ask: { meeting: Id<'meeting'> }; reply: Sheet };
  undo: { ask: { meeting: Id<'meeting'> }; reply: Sheet };
  close_attendance: { ask: { meeting: Id<'meeting'> }; reply: Sheet };    // undone by `undo` as well
  end_meeting: { ask: { meeting: Id<'meeting'>; at: string }; reply: MeetingLine };   // at 'HH:MM'
  roster: { ask: { search: string }; reply: Roster };
  member: { ask: { member: Id<'member'> }; reply: MemberPage };
  add_member: { ask: { name: string; birth_year: string; standing: Standing; post: Post | null }; reply: RosterRow };
  edit_member: { ask: { member: Id<'member'>; name: string; birth_year: string; standing: Standing; activity: Activity; post: Post | null }; reply: RosterRow };
  edit_person: { ask: { member: Id<'member'>; field: string; value: string }; reply: PersonPage };   // also settles: picking one of `others`
  me: { ask: Record<string, never>; reply: MemberPage };
  sync: { ask: Record<string, never>; reply: SyncState };                  // long; poll sync_state for progress; 'changed' event when done
  sync_state: { ask: Record<string, never>; reply: SyncState };
  pause_sync: { ask: { paused: boolean }; reply: SyncState };
  revoke_device: { ask: { device: Id<'device'> }; reply: SyncState };
  find: { ask: { text: string }; reply: Hit[] };
}
// One Tauri command: invoke('call', { name, ask }) -> reply | rejects with Trouble.  One event: 'changed' with payload string[] (names of tables, e.g. ['attendance','meeting'], or ['sync'], ['lock']).
