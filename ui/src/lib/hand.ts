// A file that somebody chose goes to the book as it is: one command of its own, for bytes are no JSON.
import { invoke } from '@tauri-apps/api/core';
import { inside, trouble } from './call';

type Hand = (name: string, bytes: Uint8Array) => Promise<string>;
declare global {
  interface Window {
    __hand?: Hand;
  }
}

// What this answers stands where an action asks for a path.
export async function hand(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    if (!inside) return await (window.__hand as Hand)(file.name, bytes);
    return await invoke<string>('hand', bytes, { headers: { name: encodeURIComponent(file.name) } });
  } catch (e) {
    throw trouble(e);
  }
}
