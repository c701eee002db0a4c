// How the steps of a meeting's day stand in an address.
import type { Step } from '../../lib/types';

export const slugs: Record<Step, string> = {
  invitation: 'giay-moi',
  papers: 'tai-lieu',
  roll: 'diem-danh',
  discussion: 'thao-luan',
  conclusion: 'ket-luan',
  minutes: 'bien-ban',
};
