// The door to the book: one command, one event. Nothing but hand.ts, for files and pictures, imports Tauri beside it.
//
// Outside Tauri (tests, `npm run dev`) two hooks stand in for it:
//   window.__book = async (name, ask) => reply          rejects with a Trouble, as Rust would
//   window.dispatchEvent(new CustomEvent('book-changed', { detail: ['attendance'] }))
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Actions, Trouble } from './types';

export type Name = keyof Actions;
export type Ask<N extends Name> = Actions[N]['ask'];
export type Reply<N extends Name> = Actions[N]['reply'];

type Book = (name: string, ask: unknown) => Promise<unknown>;
declare global {
  interface Window {
    __book?: Book;
  }
}

// After these the book is closed, whatever the screen believed.
const shut: Trouble['code'][] = ['locked', 'destroyed', 'no_book', 'revoked'];
export const inside = '__TAURI_INTERNALS__' in window;

export async function call<N extends Name>(name: N, ask: Ask<N>): Promise<Reply<N>> {
  try {
    const reply = inside ? invoke('call', { name, ask }) : (window.__book as Book)(name, ask);
    return (await reply) as Reply<N>;
  } catch (e) {
    const failure = trouble(e);
    if (shut.includes(failure.code) && name !== 'status') dispatchEvent(new Event('book-shut'));
    throw failure;
  }
}

// Whatever is thrown, a screen sees a Trouble. What it tells stands in the sentences of its faults too.
export function trouble(e: unknown): Trouble {
  if (typeof e === 'object' && e !== null && 'code' in e) {
    const told = { faults: [], params: {}, detail: '', ...(e as Partial<Trouble>) } as Trouble;
    return { ...told, faults: told.faults.map((f) => ({ ...f, params: { ...told.params, ...f.params } as typeof f.params })) };
  }
  return { code: 'internal', faults: [], params: {}, detail: String(e) };
}

export function onChanged(hear: (tables: string[]) => void): () => void {
  if (inside) {
    const stop = listen<string[]>('changed', (e) => hear(e.payload));
    return () => void stop.then((end) => end());
  }
  const on = (e: Event) => hear((e as CustomEvent<string[]>).detail);
  addEventListener('book-changed', on);
  return () => removeEventListener('book-changed', on);
}
