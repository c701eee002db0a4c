import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import App from '../src/App.svelte';
import { open } from './stand-in.js';

const openStep = () => document.querySelector('nav [aria-current="step"]')?.textContent;

// Planted: a box that is left unsaved when its step is; Ctrl Enter that does nothing; keys that pass the last step → each caught.
test('the day of a meeting is gone through by keys, and what was being typed is saved', async () => {
  const book = open({ roll: 'closed' });
  window.__book = book;
  location.hash = '#/sinh-hoat/next?buoc=thao-luan';
  render(App);
  const user = userEvent.setup();
  const [box] = await screen.findAllByRole('textbox', { name: /^Ý kiến/ });
  await user.type(box!, ' Đồng ý.');
  await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
  await waitFor(() => expect(openStep()).toContain('Kết luận'));
  expect(book.calls.findLast((c) => c.name === 'save_words')?.ask.words).toMatch(/ Đồng ý\.$/);
  await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
  await waitFor(() => expect(openStep()).toContain('Thảo luận'));
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(openStep()).toContain('Kết luận'));
  await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
  await waitFor(() => expect(openStep()).toContain('Biên bản'));
  await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
  await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
  await waitFor(() => expect(openStep()).toContain('Kết luận'));
});
