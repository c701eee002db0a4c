import { vi, type Text } from './vi';
export const en: Text = vi;
