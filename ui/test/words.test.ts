import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { text } from '../src/lib/text.svelte';
import Words from '../src/screens/meeting/Words.svelte';

beforeEach(async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await text.whole();
});

function words(value = '') {
  const saved: [string, string][] = [];
  const save = (now: string, was: string) => Promise.resolve(void saved.push([now, was]));
  const props = { label: 'Ý kiến', value, longest: 12000, save };
  const { rerender, unmount, component } = render(Words, props);
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  return { saved, user, unmount, component, heard: (value: string) => rerender({ ...props, value }), box: screen.getByRole<HTMLTextAreaElement>('textbox') };
}

// Planted: saved only on leaving the field; `was` always empty → each caught.
test('what is typed is saved at every pause, each time over what stood before', async () => {
  const { saved, user, box } = words('Mở đầu');
  await user.type(box, ' A');
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(450);
  await user.type(box, 'n');
  await vi.advanceTimersByTimeAsync(450);
  expect(saved).toEqual([
    ['Mở đầu A', 'Mở đầu'],
    ['Mở đầu An', 'Mở đầu A'],
  ]);
});

// Planted: a limit on the box, which cuts what is pasted without a word → caught.
test('what is pasted is never cut: how much is too much is told, and it is saved once it fits', async () => {
  const { saved, user, box } = words('');
  await user.click(box);
  await user.paste(`👍${'ữ'.repeat(12001)}`);
  await vi.advanceTimersByTimeAsync(450);
  expect([...box.value]).toHaveLength(12002);
  expect(screen.getByRole('alert').textContent).toContain('Dài quá 2 ký tự');
  expect(saved).toEqual([]);
  await user.keyboard('{Backspace}{Backspace}');
  await vi.advanceTimersByTimeAsync(450);
  expect([...(saved.at(-1)?.[0] ?? '')]).toHaveLength(12000);
  expect(screen.getByText('Còn 0 ký tự')).toBeTruthy();
});

// Planted: words from elsewhere put in at once → caught.
test('what another device wrote is shown, but never under the hands of who types', async () => {
  const { user, box, heard } = words('Một');
  await heard('Hai');
  expect(box.value).toBe('Hai');
  await user.type(box, ' ba');
  await heard('Bốn');
  expect(box.value).toBe('Hai ba');
});

// Planted: nothing saved on leaving; a name put in the middle of a line → each caught.
test('a name begins a line of its own, and leaving at once loses nothing', async () => {
  const { saved, user, box, component, unmount } = words('Đ/c An: được');
  component.begin('Đ/c Bình:');
  await user.type(box, 'đồng ý');
  expect(box.value).toBe('Đ/c An: được\nĐ/c Bình: đồng ý');
  unmount();
  await vi.advanceTimersByTimeAsync(1);
  expect(saved.at(-1)?.[0]).toBe('Đ/c An: được\nĐ/c Bình: đồng ý');
});
