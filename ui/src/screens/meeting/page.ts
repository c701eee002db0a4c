// A page of the minutes book that only says why its month had no meeting: nobody planned its day, its hour or its place.
import type { MeetingLine } from '../../lib/types';

export const isPage = (m: MeetingLine) => m.not_held !== null && !m.place && m.planned_at.endsWith('-01T00:00');
