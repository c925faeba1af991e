// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FakeServer } from '../client/testing/fakeServer';
import { App } from './App';
import { announceSignIn } from './signin/windows';
import { fakeBrowser } from './testing/browser';
import { Page } from './testing/dom';
import { type FakeRest, heldBack, json, problem } from './testing/fakeRest';

const ENDED = 'You were logged out: this session has ended. Please log in again.';
const WRONG = 'The name or the password is wrong.';
const LOGIN = '/api/auth/login';
const REFRESH = '/api/auth/refresh';
const LOGOUT_ALL = '/api/auth/logout-all';
const ADA = { id: 'u', name: 'ada', display_name: 'Ada' };

let page: Page;
let rest: FakeRest;
let server: FakeServer;

beforeEach(() => {
  ({ rest, server } = fakeBrowser());
  rest.on(REFRESH, () => problem(401, 'unauthenticated'));
  rest.on(LOGIN, () => problem(401, 'credentials_wrong', WRONG));
  rest.on('/api/auth/sessions', () => json({ items: [] }));
  page = new Page();
});

afterEach(() => {
  page.closes();
  vi.unstubAllGlobals();
});

it('keeps what is typed while another reason for the logout is told', async () => {
  const second = heldBack();
  rest.on(LOGOUT_ALL, second.answer);
  await arrives();
  await logsOutEverywhere();
  await page.after(() => server.socket.drop(4401));
  await page.until(() => expect(page.alerts).toEqual([ENDED]));
  await page.types('User name', 'ad');

  await page.after(() => second.give(json({})));
  await page.until(() => expect(page.alerts).toEqual(['You are logged out of all devices.']));
  expect(document.activeElement).toBe(page.field('User name'));
  await page.types('User name', 'a');
  await page.types('Password', 'correct horse');
  await page.presses('Log in');

  expect(rest.bodies(LOGIN).at(-1)).toEqual({
    name: 'ada',
    password: 'correct horse',
    cookie: true,
  });
});

it('shows a reason that comes after an answer', async () => {
  const second = heldBack();
  rest.on(LOGOUT_ALL, second.answer);
  await arrives();
  await logsOutEverywhere();
  await page.after(() => server.socket.drop(4401));
  await page.until(() => expect(page.alerts).toEqual([ENDED]));
  await logsIn();
  await page.until(() => expect(page.alerts).toEqual([WRONG]));

  await page.after(() => second.give(json({})));

  await page.until(() => expect(page.alerts).toEqual(['You are logged out of all devices.']));
  expect(page.field('Password').value).toBe('correct horse');
});

it('does not end the next session by what the last one has left to say', async () => {
  const second = heldBack();
  rest.on(LOGOUT_ALL, second.answer);
  await arrives();
  await logsOutEverywhere();
  await page.after(() => server.socket.drop(4401));
  await page.until(() => expect(page.alerts).toEqual([ENDED]));
  rest.on(LOGIN, () => json(grant()));
  await logsIn();
  await page.until(() => page.button('Log out'));

  await page.after(() => second.give(json({})));

  expect(page.text).not.toContain('Welcome to Parley');
  expect(rest.bodies('/api/auth/logout')).toEqual([]);
});

it('keeps what is typed while it asks whether another window has logged in', async () => {
  await page.shows(<App />);
  await page.until(() => page.field('User name'));
  await page.types('User name', 'ad');
  const asked = heldBack();
  rest.on(REFRESH, asked.answer);
  await page.after(() => announceSignIn('someone'));
  await page.until(() => expect(rest.bodies(REFRESH)).toHaveLength(2));

  await page.types('User name', 'a');
  await page.after(() => asked.give(problem(401, 'unauthenticated')));

  await page.types('Password', 'correct horse');
  expect(page.field('User name').value).toBe('ada');
});

it('lets a window in with the one that has logged in', async () => {
  await page.shows(<App />);
  await page.until(() => page.field('User name'));
  rest.on(REFRESH, () => json(grant()));

  await page.after(() => announceSignIn(ADA.id));

  await page.until(() => page.button('Log out'));
});

async function arrives(): Promise<void> {
  rest.on(REFRESH, () => json(grant()));
  await page.shows(<App />);
  await page.until(() => server.socket);
  await page.after(() => server.socket.welcome());
  rest.on(REFRESH, () => problem(401, 'unauthenticated'));
}

async function logsOutEverywhere(): Promise<void> {
  await page.presses('Ada: settings');
  await page.presses('Devices');
  await page.presses('Log out of all devices');
  await page.presses('Log out of all devices');
}

async function logsIn(): Promise<void> {
  await page.types('User name', 'ada');
  await page.types('Password', 'correct horse');
  await page.presses('Log in');
}

function grant() {
  const claims = btoa(JSON.stringify({ sub: ADA.id, sid: 's' }));
  return { user: ADA, access_token: `h.${claims}.s`, expires_at: '2100-01-01T00:00:00Z' };
}
