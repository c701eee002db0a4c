// Files and pictures go between the page and the book as they are: two commands of their own, for bytes are no JSON.
import { invoke } from '@tauri-apps/api/core';
import { book } from './book.svelte';
import { inside, trouble } from './call';

type Hand = (name: string, bytes: Uint8Array) => Promise<string>;
type Draw = (of: string, page: number, width: number) => Promise<Blob>;
declare global {
  interface Window {
    __hand?: Hand;
    __picture?: Draw;
  }
}

// What this answers stands where an action asks for a path. A file that is too large is not even read.
export async function hand(file: File): Promise<string> {
  const most = book.status?.largest_file;
  if (most !== undefined && file.size > most) throw trouble({ code: 'invalid', faults: [{ field: 'original', why: 'too_large', params: {} }] });
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    if (!inside) return await (window.__hand as Hand)(file.name, bytes);
    return await invoke<string>('hand', bytes, { headers: { name: encodeURIComponent(file.name) } });
  } catch (e) {
    throw trouble(e);
  }
}

// One page, from 1, so many dots wide: of what `hand` answered, or of a document that is whole here. Whoever asked revokes
// the address once the picture is no longer shown.
export async function picture(of: string, page: number, width: number): Promise<string> {
  try {
    const drawn = inside
      ? new Blob([await invoke<ArrayBuffer>('picture', { of, page, width })], { type: 'image/png' })
      : await (window.__picture as Draw)(of, page, width);
    return URL.createObjectURL(drawn);
  } catch (e) {
    throw trouble(e);
  }
}
