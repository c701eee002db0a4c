// Which screen an address opens. Every screen is its own file, fetched when first opened.
import type { Component } from 'svelte';
import type { IconName } from './icons';
import type { Text } from '../text/vi';
import { text } from './text.svelte';

type Load = () => Promise<{ default: Component<{ id: string }> }>;
export type Route = { tab: keyof Text['nav']; focus: boolean; id: string; load: Load };

const as = (load: () => Promise<{ default: unknown }>) => load as Load;
// Screens that are not the first need the rest of the words too.
const late = (load: () => Promise<{ default: unknown }>) => as(async () => (await Promise.all([load(), text.whole()]))[0]);
const screens = {
  home: as(() => import('../screens/home/Home.svelte')),
  year: late(() => import('../screens/meeting/Year.svelte')),
  plan: late(() => import('../screens/meeting/Plan.svelte')),
  meeting: late(() => import('../screens/meeting/Meeting.svelte')),
  roll: as(() => import('../screens/attendance/Attendance.svelte')),
  minutes: late(() => import('../screens/minutes/Minutes.svelte')),
  roster: late(() => import('../screens/member/Roster.svelte')),
  add: late(() => import('../screens/member/Add.svelte')),
  member: late(() => import('../screens/member/Member.svelte')),
  me: late(() => import('../screens/member/Me.svelte')),
  sync: late(() => import('../screens/sync/Sync.svelte')),
  settings: late(() => import('../screens/settings/Settings.svelte')),
  documents: late(() => import('../screens/document/Documents.svelte')),
  clash: late(() => import('../screens/clash/Clash.svelte')),
  tasks: late(() => import('../screens/task/Tasks.svelte')),
  forms: late(() => import('../screens/form/Forms.svelte')),
  newForm: late(() => import('../screens/form/NewForm.svelte')),
  none: as(() => import('../screens/home/NoPage.svelte')),
};

// A focus task covers the tabs of a phone and has its own bottom bar.
export function find([first, second, third, fourth]: string[]): Route {
  const route = (tab: Route['tab'], load: Load, focus = false, id = '') => ({ tab, load, focus, id });
  switch (first) {
    case undefined:
      return route('home', screens.home);
    case 'sinh-hoat':
      if (second === undefined) return route('meetings', screens.year);
      if (second === 'moi') return route('meetings', screens.plan, true);
      if (third === 'diem-danh') return route('meetings', screens.roll, true, second);
      if (third === 'bien-ban') return route('meetings', screens.minutes, false, second);
      return route('meetings', screens.meeting, false, second);
    case 'dang-vien':
      if (second === undefined) return route('members', screens.roster);
      if (second === 'them') return route('members', screens.add, true);
      return route('members', screens.member, false, second);
    case 'toi':
      return route('me', screens.me);
    case 'dong-bo':
      return route('sync', screens.sync);
    case 'cai-dat':
      return route('settings', screens.settings);
    case 'tai-lieu':
      return route(second === 'ban-hanh' ? 'publish' : 'documents', screens.documents, second === 'doc' && fourth !== 'nguoi-doc', third);
    case 'lech':
      return route('home', screens.clash, true, `${second}/${third}`);
    case 'mau-cham-diem':
      return second === 'moi' ? route('meetings', screens.newForm, true) : route('meetings', screens.forms);
    case 'viec':
      return route('tasks', screens.tasks, false, second);
    default:
      return route('home', screens.none);
  }
}

export type Item = { tab: Route['tab']; icon: IconName; href: string };
const home: Item = { tab: 'home', icon: 'house', href: '#/' };
const meetings: Item = { tab: 'meetings', icon: 'calendar-days', href: '#/sinh-hoat' };
const me: Item = { tab: 'me', icon: 'user-round', href: '#/toi' };

export const tabs: Item[] = [
  home,
  { tab: 'documents', icon: 'book-open', href: '#/tai-lieu' },
  meetings,
  { tab: 'tasks', icon: 'list-checks', href: '#/viec' },
  me,
];
const publish: Item = { tab: 'publish', icon: 'stamp', href: '#/tai-lieu/ban-hanh' };
// Whoever publishes has a place more.
export const rail = (publishes = false): Item[] => [
  home,
  meetings,
  { tab: 'documents', icon: 'book-open', href: '#/tai-lieu' },
  ...(publishes ? [publish] : []),
  { tab: 'tasks', icon: 'list-checks', href: '#/viec' },
  { tab: 'members', icon: 'users', href: '#/dang-vien' },
  me,
  { tab: 'sync', icon: 'refresh-cw', href: '#/dong-bo' },
  { tab: 'settings', icon: 'settings', href: '#/cai-dat' },
];
// What a phone reaches from a tab, not by one: the tab that leads there stays lit.
export const leads: Partial<Record<Route['tab'], Route['tab']>> = { members: 'home', sync: 'me', settings: 'me', publish: 'documents' };
