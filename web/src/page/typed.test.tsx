// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { InboxItem, Message } from '../client';
import { type FakeServer, inboxItem, sentEvent } from '../client/testing/fakeServer';
import { Shell } from './shell/Shell';
import { Chat } from './state/chat';
import { messageOf } from './state/window';
import { fakeBrowser } from './testing/browser';
import { Page } from './testing/dom';
import { type FakeRest, json } from './testing/fakeRest';

const C = '0199a000-0000-7000-8000-000000000001';
const MESSAGES = `/api/conversations/${C}/messages`;
const ADA = { id: 'ada', name: 'ada', display_name: 'Ada' };

let page: Page;
let rest: FakeRest;
let server: FakeServer;
let chat: Chat;

beforeEach(() => {
  ({ rest, server } = fakeBrowser());
  page = new Page();
});

afterEach(() => {
  chat.stop();
  page.closes();
  vi.unstubAllGlobals();
});

it('keeps what is typed of a conversation that somebody else changes', async () => {
  await opens({});
  await page.presses('Details');
  await page.fills('Title', 'Harbour office');
  page.field('Title').focus();

  await hears(9, 'conversation.changed', { topic: 'Tides' });

  expect(page.field('Topic').value).toBe('Tides');
  expect(page.field('Title').value).toBe('Harbour office');
  expect(document.activeElement).toBe(page.field('Title'));
  await page.presses('Save');
  expect(server.socket.last('change').d).toMatchObject({ title: 'Harbour office' });
  expect(server.socket.last('change').d).not.toHaveProperty('topic');
});

it('follows the others again once what was typed holds for all', async () => {
  await opens({});
  await page.presses('Details');
  await page.fills('Title', ' Harbour office ');
  await page.presses('Save');

  await hears(9, 'conversation.changed', { title: 'Harbour office' });
  await hears(10, 'conversation.changed', { title: 'Lighthouse' });

  expect(page.field('Title').value).toBe('Lighthouse');
});

it('does not bring back the draft of what was sent', async () => {
  await opens({});
  await page.types('Message to A group', 'Yes');
  chat.client.flush();
  await page.after(() => server.socket.push({ id: server.socket.last('draft').id, ok: {} }));
  await page.presses('Send');

  const old = { conversation: C, text: 'Yes' };
  await page.after(() => server.socket.push({ t: 'draft', d: old }));
  await page.after(() => server.socket.ready([{ ...inboxItem(C, 8), draft: 'Yes' }]));

  expect(page.field('Message to A group').value).toBe('');
});

it('keeps an edit whose message is read again', async () => {
  await opens({}, [message(1, ADA.id)]);
  await page.presses('Edit');
  await page.fills('Edit the message', 'What I meant');

  await reads([]);
  expect(page.text).not.toContain('text 1');
  await reads([message(1, ADA.id)]);

  expect(page.field('Edit the message').value).toBe('What I meant');
});

it('keeps nothing of an edit that was called off', async () => {
  await opens({}, [message(1, ADA.id)]);
  await page.presses('Edit');
  await page.fills('Edit the message', 'What I meant');
  await page.presses('Cancel');

  await page.presses('Edit');

  expect(page.field('Edit the message').value).toBe('text 1');
});

it('keeps a report whose message is deleted meanwhile', async () => {
  await opens({}, [message(1, 'ben')]);
  await page.presses('More');
  await page.presses('Report');
  await page.fills('What the moderators should know (not needed)', 'The third time');

  await hears(9, 'message.deleted', { message: 'message-1' });

  expect(page.text).toContain('This message was deleted.');
  expect(page.field('What the moderators should know (not needed)').value).toBe('The third time');
});

it('leaves the focus where it is while an answer in a thread is written', async () => {
  const root = message(1, 'ben');
  rest.on(`${MESSAGES}/message-1`, () => json(root));
  await opens({}, [root]);
  await page.presses('Answer in a thread');
  await page.until(() => page.field('Reply in the thread'));
  await page.presses('Reply', 'Thread');
  await page.fills('Reply in the thread', 'Yes');
  page.field('Message to A group').focus();

  await page.after(() => server.socket.push({ t: 'event', d: answer(9) }));

  expect(page.text).toContain('text 9');
  expect(document.activeElement).toBe(page.field('Message to A group'));
});

it('keeps the next name that is typed while a channel is added to a space', async () => {
  await opens({ kind: 'space' });
  await page.fills('Name of a new channel in this space', 'Tides');
  await page.presses('Add the channel');
  await page.fills('Name of a new channel in this space', 'Weather');

  await answers('create');
  await answers('add_channel');

  await page.until(() => expect(rest.bodies(`/api/conversations/${C}/channels`)).toHaveLength(2));
  expect(page.field('Name of a new channel in this space').value).toBe('Weather');
});

async function opens(with_: Partial<InboxItem>, messages: Message[] = []): Promise<void> {
  rest.on(MESSAGES, () => json({ messages, has_before: false, has_after: false }));
  const tokens = { fresh: async () => 'token', renew: async () => 'token' };
  const me = { user: ADA, isGuest: false, claims: {}, renamed: () => {} };
  chat = new Chat({ ...tokens, ...me }, window.location.origin);
  window.location.hash = `#/c/${C}`;
  await page.shows(<Shell chat={chat} onLeave={() => {}} />);
  await page.after(() => chat.start());
  const item: InboxItem = { ...inboxItem(C, 8), role: 'owner', ...with_ };
  await page.after(() => server.socket.welcome([item]));
  await page.until(() => expect(chat.timeline.get()?.state.get().phase).toBe('shown'));
}

function message(seq: number, author: string): Message {
  return messageOf({ ...sentEvent(C, seq), actor: author } as Parameters<typeof messageOf>[0]);
}

function answer(seq: number) {
  return { ...sentEvent(C, seq), data: { text: `text ${seq}`, thread: 'message-1' } };
}

async function hears(seq: number, type: string, data: object): Promise<void> {
  const d = { ...sentEvent(C, seq), type, data };
  await page.after(() => server.socket.push({ t: 'event', d }));
}

/** The page of messages, read again after events were skipped. */
async function reads(messages: Message[]): Promise<void> {
  rest.on(MESSAGES, () => json({ messages, has_before: false, has_after: false }));
  await page.after(() => chat.timeline.get()?.reload());
}

async function answers(command: string): Promise<void> {
  await page.until(() => server.socket.last(command));
  const ok = { conversation: C, seq: 9, at: '', duplicate: false };
  await page.after(() => server.socket.push({ id: server.socket.last(command).id, ok }));
}
