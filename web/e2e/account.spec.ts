import { expect, type Page, test } from '@playwright/test';
import { ADDRESS, RUN } from './door';
import { inspect } from './inspect';
import { PASSWORD, Someone } from './person';

test.describe.configure({ mode: 'serial' });

const ELSEWHERE_MILLIS = 3_000;

let ada: Someone;
let ben: Someone;
let run: string;

test.beforeAll(async ({ browser }, { repeatEachIndex }) => {
  run = `a${RUN}${repeatEachIndex}`;
  ada = await Someone.registers(browser, 'Ada Lindqvist', run);
  ben = await Someone.arrives(browser, 'Ben Okafor', run);
  await ada.startsDirectWith(ben);
});

test.afterAll(async () => {
  await Promise.all([ada, ben].map((someone) => someone?.closes()));
});

test('no secret lies where a script could find it, and a reload knows the person', async () => {
  await ada.says('Is the light still burning?');
  await ada.sees('Is the light still burning?');
  await ada.page.reload();
  await ada.isConnected();
  await ada.sees('Is the light still burning?');

  const found = await ada.page.evaluate(() => ({
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    cookie: document.cookie,
    address: location.href,
  }));
  expect(found).toEqual({
    local: '{}',
    session: '{}',
    cookie: '',
    address: expect.stringMatching(/#\/c\/[0-9a-f-]{36}$/),
  });
  const cookies = await ada.context.cookies();
  const refresh = cookies.find((cookie) => cookie.name === 'parley_refresh');
  expect(refresh).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/auth' });
});

test('two windows of one browser are one person, and renew one after the other', async () => {
  const other = await ada.anotherWindow();
  const together = refreshesAtOnce([ada.page, other.page]);
  await other.opens(ben.displayName);
  await other.says('Two windows, one keeper.');
  await ada.sees('Two windows, one keeper.');

  for (let round = 0; round < 4; round += 1) {
    await Promise.all([ada.page.reload(), other.page.reload()]);
    await Promise.all([ada.isConnected(), other.isConnected()]);
  }

  expect(together.most()).toBe(1);
  await other.page.close();
});

test('a reload in the middle of a reload logs nobody out', async () => {
  for (let round = 0; round < 3; round += 1) {
    await ada.page.evaluate(() => location.reload()).catch(() => {});
    await ada.page.waitForRequest(/\/api\/auth\/refresh$/);
    await ada.page.reload();
    await ada.isConnected();
  }
});

test('the devices are listed, and one of them is logged out from another', async ({ browser }) => {
  const phone = await ada.anotherBrowser(browser);
  const devices = await ada.settings('Devices');
  const list = devices.getByRole('list', { name: 'Devices' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list.getByRole('listitem').filter({ hasText: 'this device' })).toHaveCount(1);
  await inspect(ada.page, 'settings-devices');

  await list.getByRole('button', { name: /^Log out/ }).click();
  await expect(phone.page.getByRole('alert')).toContainText('this session has ended', {
    timeout: ELSEWHERE_MILLIS,
  });
  await inspect(phone.page, 'ended-elsewhere');
  await expect(phone.page.getByRole('heading', { name: 'Welcome to Parley' })).toBeVisible();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await phone.page.reload();
  await expect(phone.page.getByRole('heading', { name: 'Welcome to Parley' })).toBeVisible();
  await phone.closes();
  await ada.closesDialog();
});

test('a new password needs the current one, and logs out all other devices', async ({
  browser,
}) => {
  const phone = await ada.anotherBrowser(browser);
  const tab = await ada.settings('Password');
  const change = async (current: string, next: string, again = next) => {
    await tab.getByLabel('Current password').fill(current);
    await tab.getByLabel('New password', { exact: true }).fill(next);
    await tab.getByLabel('New password again').fill(again);
    await tab.getByRole('button', { name: 'Change the password' }).click();
  };
  await change('not this one at all', 'a lighthouse in the fog');
  await expect(tab.getByRole('alert')).toHaveText('The current password is not right.');
  await change(PASSWORD, 'a lighthouse in the fog', 'a lighthouse in the rain');
  await expect(tab.getByRole('alert')).toHaveText('The two new passwords are not the same.');
  await inspect(ada.page, 'settings-password');
  await change(PASSWORD, 'a lighthouse in the fog');
  await expect(tab.getByRole('status')).toContainText('The password is changed');

  await expect(phone.page.getByRole('alert')).toContainText('this session has ended');
  await phone.page.getByLabel('User name').fill(ada.name);
  await phone.page.getByLabel('Password').fill('a lighthouse in the fog');
  await phone.page.getByRole('button', { name: 'Log in', exact: true }).click();
  await phone.isConnected();
  await change('a lighthouse in the fog', PASSWORD);
  await expect(tab.getByRole('status')).toContainText('The password is changed');
  await phone.closes();
  await ada.closesDialog();
});

test('logging out here ends the session on the server, too', async ({ browser }) => {
  const phone = await ada.anotherBrowser(browser);
  const cookie = (await phone.context.cookies()).find(({ name }) => name === 'parley_refresh');
  await phone.page.getByRole('button', { name: 'Log out' }).click();
  await expect(phone.page.getByRole('heading', { name: 'Welcome to Parley' })).toBeVisible();
  await expect
    .poll(async () => (await phone.context.cookies()).map(({ name }) => name))
    .not.toContain('parley_refresh');

  const answer = await fetch(`${ADDRESS}/api/auth/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `parley_refresh=${cookie?.value}` },
    body: JSON.stringify({ cookie: true }),
  });
  expect(answer.status).toBe(401);
  await phone.closes();
});

test('all devices are logged out at once', async ({ browser }) => {
  const phone = await ada.anotherBrowser(browser);
  const devices = await ada.settings('Devices');
  await devices.getByRole('button', { name: 'Log out of all devices' }).click();
  await devices.getByRole('button', { name: 'Log out of all devices' }).click();

  await expect(ada.page.getByText('You are logged out of all devices.')).toBeVisible();
  await expect(phone.page.getByRole('alert')).toContainText('this session has ended');
  await phone.closes();
  await ada.page.getByLabel('User name').fill(ada.name);
  await ada.page.getByLabel('Password').fill(PASSWORD);
  await ada.page.getByRole('button', { name: 'Log in', exact: true }).click();
  await ada.isConnected();
});

test('everything that one wrote can be taken along', async () => {
  const data = await ada.settings('My data');
  await inspect(ada.page, 'settings-data');
  const coming = ada.page.waitForEvent('download');
  await data.getByRole('button', { name: 'Download' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^parley-ada-.*\.zip$/);
  const stream = await file.createReadStream();
  const first: Buffer = await new Promise((resolve) => stream.once('data', resolve));
  expect(first.subarray(0, 2).toString()).toBe('PK');
  await ada.closesDialog();
});

test('an account is deleted with the password, and there is a receipt', async () => {
  await ada.opens(ben.displayName);
  await ada.says('What I wrote will be unreadable soon.');
  await ben.opens(ada.displayName);
  await ben.sees('What I wrote will be unreadable soon.');

  const data = await ada.settings('My data');
  await data.getByLabel('Your password').fill('a wrong one entirely');
  await data.getByLabel('I know that it is for ever').check();
  await data.getByRole('button', { name: 'Delete my account' }).click();
  await expect(data.getByRole('alert')).toHaveText(
    'The password is not right. Nothing was deleted.',
  );
  await inspect(ada.page, 'settings-delete');
  await data.getByLabel('Your password').fill(PASSWORD);
  await data.getByRole('button', { name: 'Delete my account' }).click();

  await expect(ada.page.getByRole('heading', { name: 'Your account is deleted' })).toBeVisible();
  await expect(ada.page.getByRole('region', { name: 'Receipt' })).toContainText(
    'Content key destroyed',
  );
  await inspect(ada.page, 'receipt');
  await ada.page.setViewportSize({ width: 390, height: 500 });
  await ada.page.getByRole('link', { name: 'To the beginning' }).scrollIntoViewIfNeeded();
  await expect(ada.page.getByRole('link', { name: 'To the beginning' })).toBeInViewport();
  await expect(ben.log).not.toContainText('What I wrote will be unreadable soon.');
  await expect(ben.row('Deleted account')).toBeVisible();
  await inspect(ben.page, 'deleted-account');
});

test('where accounts are switched off the page says where to sign in', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const notFound = { code: 'not_found', title: 'not found', status: 404, temporary: false };
  await page.route('**/api/auth/login', (route) =>
    route.fulfill({ status: 404, contentType: 'application/problem+json', json: notFound }),
  );
  await page.goto('/');

  await expect(page.getByRole('heading', { name: 'No accounts here' })).toBeVisible();
  await expect(page.getByLabel('Password')).toHaveCount(0);
  await inspect(page, 'no-accounts');
  await page.getByRole('button', { name: 'Look at public channels without an account' }).click();
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await page.context().close();
});

test('nothing went wrong in the page meanwhile', () => {
  expect([ada, ben].flatMap((someone) => someone.faults)).toEqual([]);
});

/** How many renewals of these windows were under way at the same time. */
function refreshesAtOnce(pages: readonly Page[]) {
  let now = 0;
  let most = 0;
  for (const page of pages) {
    page.on('request', (request) => {
      if (request.url().endsWith('/api/auth/refresh')) {
        now += 1;
        most = Math.max(most, now);
      }
    });
    const ended = (request: { url(): string }) => {
      now -= request.url().endsWith('/api/auth/refresh') ? 1 : 0;
    };
    page.on('requestfinished', ended);
    page.on('requestfailed', ended);
  }
  return { most: () => most };
}
