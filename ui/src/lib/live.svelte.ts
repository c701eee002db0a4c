// A question to the book that is asked again when what it asks changes, and when a table it reads from has changed.
import { untrack } from 'svelte';
import { call, onChanged, trouble, type Ask, type Name, type Reply } from './call';
import type { Trouble } from './types';

export class Live<N extends Name> {
  reply = $state.raw<Reply<N> | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  #turn = 0;
  #last: Ask<N> | null = null;

  constructor(
    readonly name: N,
    readonly tables: readonly string[],
  ) {}

  async read(ask: Ask<N>) {
    this.#last = ask;
    const turn = ++this.#turn;
    try {
      const reply = await call(this.name, ask);
      if (turn !== this.#turn) return; // a later question has overtaken this answer
      this.reply = reply;
      this.trouble = null;
    } catch (e) {
      if (turn === this.#turn) this.trouble = trouble(e);
    }
  }

  again = () => (this.#last ? this.read(this.#last) : Promise.resolve());

  put(reply: Reply<N>) {
    this.#turn++;
    this.reply = reply;
  }

  forget() {
    this.#turn++;
    this.#last = null;
    this.reply = null;
    this.trouble = null;
  }

  heard = (changed: string[]) => {
    if (changed.some((t) => this.tables.includes(t))) void this.again();
  };
}

// For use while a component is made: it stops listening when the component goes.
export function live<N extends Name>(name: N, tables: readonly string[], ask: () => Ask<N> | null): Live<N> {
  const query = new Live(name, tables);
  $effect(() => {
    const question = ask();
    if (question) untrack(() => void query.read(question));
  });
  $effect(() => onChanged(query.heard));
  return query;
}
