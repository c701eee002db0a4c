// Asking for a file, and what is to be known of one that is here or not.
import { book } from '../../lib/book.svelte';
import { call } from '../../lib/call';
import type { DocumentLine, FileState } from '../../lib/types';

export const whole = (file: FileState | null): boolean => !!file && file.had >= file.size;

// It says nothing but its original: there is no text to read.
export const bare = (line: DocumentLine): boolean => line.body === null && line.original !== null;

// Asked for by a tap it comes at once where there is a network, and with the next exchange where there is none.
export async function fetchFile(file: string): Promise<void> {
  await call('fetch_file', { file });
  await book.sync.again();
  void call('sync', { words_only: true })
    .catch(book.failed)
    .then(() => book.sync.again());
}
