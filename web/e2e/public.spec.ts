import { expect, type Page, test } from '@playwright/test';
import { RUN } from './door';
import { Someone } from './person';
import { look } from './shots';

test.describe.configure({ mode: 'serial' });

let ada: Someone;
let ben: Someone;
let run: string;

test.beforeAll(async ({ browser }, { repeatEachIndex }) => {
  run = `p${RUN}${repeatEachIndex}`;
  [ada, ben] = await Promise.all([
    Someone.arrives(browser, 'Ada Lindqvist', run),
    Someone.arrives(browser, 'Ben Okafor', run),
  ]);
});

test.afterAll(async () => {
  await Promise.all([ada, ben].map((someone) => someone?.closes()));
});

test('a guest reads a public channel as it happens, and is asked to sign in', async ({
  browser,
}) => {
  const title = `tides-${run}`;
  await ada.createsChannel(title, 'When the water comes and goes');
  await ada.says('High water at 12:40.');

  const guest = await (await browser.newContext()).newPage();
  await guest.goto('/');
  await guest.getByRole('button', { name: 'Look at public channels without an account' }).click();
  await guest.getByRole('button', { name: 'Find public channels' }).click();
  await findsChannel(guest, title);
  const log = guest.getByRole('log', { name: 'Messages' });
  await expect(log).toContainText('High water at 12:40.');
  await expect(ada.page.locator('.conversation-title')).toContainText('1 guest here');
  await ada.says('And low water at 18:52.');
  await expect(log).toContainText('And low water at 18:52.');
  await expect(guest.getByRole('textbox', { name: /^Message to/ })).toHaveCount(0);
  await log.getByText('High water').hover();
  await expect(log.getByRole('button', { name: 'React' })).toHaveCount(0);
  await look(guest, 'guest');

  await guest.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(guest.getByRole('heading', { name: 'Welcome to Parley' })).toBeVisible();
  await guest.context().close();
});

test('the directory lists public channels, and what it finds is read and joined', async () => {
  await ben.page.getByRole('button', { name: 'New conversation' }).click();
  await ben.page.getByRole('tab', { name: 'Channels' }).click();
  await expect(ben.page.getByRole('list', { name: 'Channels found' })).not.toBeEmpty();
  await look(ben.page, 'directory');
  await findsChannel(ben.page, `tides-${run}`);
  await ben.sees('High water at 12:40.');
  await look(ben.page, 'visitor');
  await ben.page.getByRole('button', { name: 'Join the channel' }).click();
  await expect(ben.composer).toBeVisible();
  await expect(ben.row(`tides-${run}`)).toBeVisible();
});

test('a space holds channels, and its members find them there', async () => {
  const title = `Island ${run}`;
  await ada.page.getByRole('button', { name: 'New conversation' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'New space' }).click();
  await dialog.getByLabel('Name of the space').fill(title);
  await dialog.getByLabel('What it is about').fill('Everything on the island');
  await dialog.getByRole('button', { name: 'Create space' }).click();
  await expect(ada.heading(title)).toBeVisible();
  for (const channel of [`ferries-${run}`, `harbour-${run}`]) {
    await ada.page.getByLabel('Name of a new channel in this space').fill(channel);
    await ada.page.getByRole('button', { name: 'Add the channel' }).click();
    await expect(channelsOf(ada).filter({ hasText: channel })).toBeVisible();
  }
  await ada.page.getByRole('button', { name: 'Members' }).click();
  const members = ada.panel('Members');
  await members.getByLabel('Invite somebody').fill(ben.name);
  await members.getByRole('button', { name: ben.displayName }).click();
  await ada.page.getByRole('button', { name: 'Close members' }).click();

  await ben.opens(title);
  await expect(channelsOf(ben)).toHaveCount(2);
  await look(ada.page, 'space');
  await ada.page.getByRole('button', { name: `Take harbour-${run} out of the space` }).click();
  await expect(channelsOf(ben)).toHaveCount(1);
  await expect(channelsOf(ada)).toHaveCount(1);

  await channelsOf(ben).getByRole('link').click();
  await expect(ben.heading(`ferries-${run}`)).toBeVisible();
  await ben.page.getByRole('button', { name: 'Join the channel' }).click();
  await ben.says('Is the ferry late again?');
  await ada.opens(`ferries-${run}`);
  await ada.sees('Is the ferry late again?');
});

test('nothing went wrong in the page meanwhile', () => {
  expect([ada, ben].flatMap((someone) => someone.faults)).toEqual([]);
});

async function findsChannel(page: Page, title: string): Promise<void> {
  await page.getByLabel('Find a channel').fill(title);
  await page.getByRole('dialog').getByRole('button', { name: title }).click();
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toContainText(title);
}

function channelsOf(someone: Someone) {
  return someone.page.getByRole('list', { name: 'Channels of this space' }).getByRole('listitem');
}
