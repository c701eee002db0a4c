import { more as vi, type More } from './vi.more';
export const more: More = vi;
