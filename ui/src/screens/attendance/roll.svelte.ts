// The roll of one meeting on the screen. Every tap asks the book at once; what the book answers is what stands.
import { SvelteMap } from 'svelte/reactivity';
import { book } from '../../lib/book.svelte';
import { call, onChanged, type Ask } from '../../lib/call';
import type { Id, Mark, Reason, Sheet, SheetRow, Trouble } from '../../lib/types';

type Step = 'mark' | 'mark_rest' | 'undo' | 'close_attendance';
export type Filter = 'all' | 'present' | 'late' | 'absent' | 'unmarked';
export const isAbsent = (m: Mark) => m === 'absent' || m === 'absent_excused' || m === 'absent_unexcused';

export class Roll {
  sheet = $state.raw<Sheet | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  filter = $state<Filter>('all');
  // Marks tapped and not yet answered: painted at once, forgotten when the answer is here.
  #early = new SvelteMap<string, { mark: Mark; turn: number }>();
  #turn = 0;
  #line: Promise<unknown> = Promise.resolve();

  constructor(readonly meeting: Id<'meeting'>) {}

  rows = $derived.by(() => {
    const rows = (this.sheet?.rows ?? []).map((r) => {
      const early = this.#early.get(r.member);
      return early ? { ...r, mark: early.mark } : r;
    });
    return this.filter === 'all' ? rows : rows.filter((r) => this.#belongs(r));
  });

  #belongs(r: SheetRow) {
    return this.filter === 'absent' ? isAbsent(r.mark) : r.mark === this.filter;
  }

  // Several changes heard while one reading still waits its turn need no second reading.
  #reading = false;
  read = () => {
    if (this.#reading) return this.#line;
    this.#reading = true;
    return this.#queue(() => {
      this.#reading = false;
      return call('attendance', { meeting: this.meeting });
    });
  };

  mark(member: Id<'member'>, mark: Mark, reason: Reason | null = null) {
    const turn = ++this.#turn;
    this.#early.set(member, { mark, turn });
    return this.#step('mark', { meeting: this.meeting, member, mark, reason }).finally(() => {
      if (this.#early.get(member)?.turn === turn) this.#early.delete(member);
    });
  }

  rest = () => this.#step('mark_rest', { meeting: this.meeting });
  undo = () => this.#step('undo', { meeting: this.meeting });
  close = () => this.#step('close_attendance', { meeting: this.meeting });

  #step<N extends Step>(name: N, ask: Ask<N>) {
    return this.#queue(() => call(name, ask) as Promise<Sheet>);
  }

  // One at a time, in the order of the taps.
  #queue(act: () => Promise<Sheet>): Promise<Sheet | null> {
    const turn = this.#line.then(async () => {
      try {
        this.sheet = await act();
        this.trouble = null;
        return this.sheet;
      } catch (e) {
        this.trouble = book.failed(e);
        return null;
      }
    });
    this.#line = turn;
    return turn;
  }

  listen() {
    void this.read();
    return onChanged((tables) => {
      if (tables.some((t) => ['attendance', 'meeting', 'member', 'person'].includes(t))) void this.read();
    });
  }
}
