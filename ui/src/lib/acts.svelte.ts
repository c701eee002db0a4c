// What the keyboard and the undo bar can do on the screen that is open. A screen puts its acts here and takes them away again.
type Act = () => void;

class Acts {
  undo = $state.raw<Act | null>(null);
  create = $state.raw<Act | null>(null);
  search = $state.raw<Act | null>(null);
  // The bar stays until it is used or another step is taken: it never flees.
  bar = $state.raw<{ text: string; undo: Act } | null>(null);

  offer(acts: Partial<Record<'undo' | 'create' | 'search', Act>>) {
    Object.assign(this, acts);
    return () => {
      for (const k of Object.keys(acts) as (keyof typeof acts)[]) if (this[k] === acts[k]) this[k] = null;
    };
  }
}
export const acts = new Acts();
