// Short names for what the actions ask and answer. All of it follows from the printed file, so a renamed type in Rust changes nothing here.
import type { Actions, Id, Trouble } from './generated/actions';

export type { Actions, Id, Trouble };
type Reply<N extends keyof Actions> = Actions[N]['reply'];

export type Status = Reply<'status'>;
export type Settings = Status['settings'];
export type Invitation = Reply<'look_up'>;
export type Home = Reply<'home'>;
export type ToDo = Home['to_do'][number];
export type Rights = Home['rights'];
export type Sheet = Reply<'attendance'>;
export type SheetRow = Sheet['rows'][number];
export type Mark = SheetRow['mark'];
export type Reason = NonNullable<SheetRow['reason']>;
export type MeetingLine = Sheet['meeting'];
export type Kind = MeetingLine['kind'];
export type MeetingStatus = MeetingLine['status'];
export type Warning = MeetingLine['warnings'][number];
export type RosterRow = Reply<'roster'>['rows'][number];
export type Post = NonNullable<RosterRow['post']>;
export type Standing = RosterRow['standing'];
export type Activity = RosterRow['activity'];
export type MemberPage = Reply<'member'>;
export type PersonPage = Reply<'edit_person'>;
export type PersonField = PersonPage['fields'][number];
export type PersonList = PersonPage['lists'][number];
export type PersonLine = PersonList['lines'][number];
export type DuesYear = PersonPage['dues'];
export type SyncState = Reply<'sync_state'>;
export type DeviceLine = SyncState['devices'][number];
export type Hit = Reply<'find'>[number];
export type Code = Trouble['code'];
export type Fault = Trouble['faults'][number];
export type BundleFile = Reply<'make_bundle'>;
export type BundleTaken = Reply<'take_bundle'>;
export type RescueFile = Reply<'ask_rescue'>;
