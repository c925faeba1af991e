import { expect, type Locator, test } from '@playwright/test';
import { ADDRESS, makeAdmin, RUN, whyNoAdmin } from './door';
import { inspect } from './inspect';
import { Someone } from './person';

test.describe.configure({ mode: 'serial' });

let ada: Someone;
let ben: Someone;
let run: string;
let office: Locator;

test.skip(whyNoAdmin() !== undefined, whyNoAdmin());

test.beforeAll(async ({ browser }, { repeatEachIndex }) => {
  run = `z${RUN}${repeatEachIndex}`;
  ada = await Someone.arrives(browser, 'Ada Lindqvist', run);
  ben = await Someone.arrives(browser, 'Ben Okafor', run);
  await ben.createsGroup(`Engine room ${run}`, [ada]);
  await makeAdmin(ada.name);
  // Being an admin is in the token: the next one.
  await ada.page.reload();
  await ada.isConnected();
  office = ada.page.getByRole('region', { name: 'Administration' });
});

test.beforeEach(async () => {
  await ada.page.goto('/#/');
  await ada.page.getByRole('link', { name: 'Administration' }).click();
});

test.afterAll(async () => {
  await Promise.all([ada, ben].map((someone) => someone?.closes()));
});

test('only admins have the page', async () => {
  await expect(ben.page.getByRole('link', { name: 'Administration' })).toHaveCount(0);
  await ben.page.goto('/#/admin');
  await expect(ben.page.getByText('This is for admins of this Parley.')).toBeVisible();
  await ben.opens(`Engine room ${run}`);
});

test('a person is found, suspended and let in again', async () => {
  await office.getByLabel('Find a person or a bot').fill(ben.name);
  await expect(office.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(1);
  await inspect(ada.page, 'admin-people');
  await office.getByRole('button', { name: `@${ben.name}` }).click();
  await expect(office.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1);
  await inspect(ada.page, 'admin-person');
  await office.getByRole('button', { name: 'Suspend' }).click();

  // The end of the session and the suspension travel apart: either may be told first.
  await expect(ben.page.getByRole('alert')).toContainText(
    /This account is suspended|this session has ended/,
  );
  await inspect(ben.page, 'suspended');
  await expect(office.getByRole('status').first()).toContainText('is suspended');
  await ben.page.getByLabel('User name').fill(ben.name);
  await ben.page.getByLabel('Password').fill('correct horse battery staple');
  await ben.page.getByRole('button', { name: 'Log in', exact: true }).click();
  // Whoever may not enter is answered as one who mistyped: names are not to be found out here.
  await expect(ben.page.getByRole('alert')).toHaveText('The name or the password is wrong.');
  await office.getByRole('button', { name: 'End the suspension' }).click();
  await expect(office.getByRole('button', { name: 'Suspend' })).toBeVisible();
  await ben.page.getByRole('button', { name: 'Log in', exact: true }).click();
  await ben.isConnected();
});

test('a session is ended from the office', async () => {
  await office.getByLabel('Find a person or a bot').fill(ben.name);
  await office.getByRole('button', { name: `@${ben.name}` }).click();
  await office
    .getByRole('button', { name: /^End .*used/ })
    .first()
    .click();

  await expect(ben.page.getByRole('alert')).toContainText('this session has ended');
  await ben.page.getByLabel('User name').fill(ben.name);
  await ben.page.getByLabel('Password').fill('correct horse battery staple');
  await ben.page.getByRole('button', { name: 'Log in', exact: true }).click();
  await ben.isConnected();
});

test('a bot gets a key that is shown once and works, until it is deleted', async () => {
  await office.getByRole('tab', { name: 'Add' }).click();
  await office.getByLabel('A bot or a service').check();
  await office.getByLabel('User name').fill(`gauge-${run}`);
  await office.getByLabel('Name, as others see it').fill('Tide gauge');
  await inspect(ada.page, 'admin-add');
  await office.getByRole('button', { name: 'Make the bot' }).click();
  await expect(office.getByRole('heading', { name: 'Tide gauge' })).toBeVisible();
  await office.getByLabel('What it is for').fill('The harbour display');
  await office.getByRole('button', { name: 'Make a key' }).click();
  const key = await office.getByLabel('The new key').inputValue();
  expect(key).toMatch(/^pk_/);
  await inspect(ada.page, 'admin-key');
  await office.getByRole('button', { name: 'I have it' }).click();
  await expect(office.getByLabel('The new key')).toHaveCount(0);

  expect((await tokenFor(key)).status).toBe(200);
  await office.getByRole('button', { name: 'Delete', exact: true }).click();
  await office.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(office).toContainText('No key yet.');
  expect((await tokenFor(key)).status).toBe(401);
});

test('conversations are listed without what is said in them', async () => {
  await office.getByRole('tab', { name: 'Conversations' }).click();
  await office.getByLabel('Find a conversation').fill(`Engine room ${run}`);
  const row = office.getByRole('row').filter({ hasText: `Engine room ${run}` });
  await expect(row).toContainText('group');
  await expect(office.getByRole('rowheader')).toHaveCount(1);
  await inspect(ada.page, 'admin-conversations');
});

test('an account is deleted, with a receipt', async () => {
  await office.getByLabel('Find a person or a bot').fill(ben.name);
  await office.getByRole('button', { name: `@${ben.name}` }).click();
  const erase = office.getByRole('form', { name: 'Delete the account' });
  await expect(erase.getByRole('button', { name: 'Delete for ever' })).toBeDisabled();
  await erase.getByLabel('Type the user name').fill(ben.name);
  await erase.getByRole('button', { name: 'Delete for ever' }).click();

  const receipt = office.getByRole('region', { name: 'Receipt' });
  await expect(receipt).toContainText('Content key destroyed');
  await expect(office).not.toContainText(ben.name);
  await inspect(ada.page, 'admin-erased');
  await expect(ben.page.getByRole('heading', { name: 'Welcome to Parley' })).toBeVisible();
  await ada.opens(`Engine room ${run}`);
  await ada.page.getByRole('button', { name: 'Members' }).click();
  await expect(ada.panel('Members')).toContainText('Deleted account');
});

test('nothing went wrong in the page meanwhile', () => {
  expect([ada, ben].flatMap((someone) => someone.faults)).toEqual([]);
});

function tokenFor(key: string): Promise<Response> {
  return fetch(`${ADDRESS}/api/auth/service-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  });
}
