import { expect, test } from '@playwright/test';
import { RUN } from './door';
import { Someone } from './person';
import { look } from './shots';

test.describe.configure({ mode: 'serial' });

const GROUP = 'Ferry crew';

let ada: Someone;
let adaToo: Someone;
let ben: Someone;

test.beforeAll(async ({ browser }, { repeatEachIndex }) => {
  const run = `w${RUN}${repeatEachIndex}`;
  [ada, ben] = await Promise.all([
    Someone.arrives(browser, 'Ada Lindqvist', run),
    Someone.arrives(browser, 'Ben Okafor', run),
  ]);
  await ada.createsGroup(GROUP, [ben]);
  await ben.opens(GROUP);
  await ben.startsDirectWith(ada);
  await ben.says('Are you on the early ferry?');
  adaToo = await ada.anotherBrowser(browser);
});

test.afterAll(async () => {
  await Promise.all([ada, adaToo, ben].map((someone) => someone?.closes()));
});

test('what is read in one window is read in the other, and the author sees it', async () => {
  await expect(ada.row(ben.displayName)).toContainText('1 unread');
  await expect(adaToo.row(ben.displayName)).toContainText('1 unread');
  await expect(ben.log).toContainText('Delivered');

  await ada.opens(ben.displayName);
  await expect(adaToo.row(ben.displayName)).not.toContainText('unread');
  await expect(ben.log.locator('.receipt')).toHaveText('Read');
  await look(ben.page, 'read');
});

test('who is here is shown as online, and who types as typing', async () => {
  await expect(ben.page.locator('.conversation-title')).toContainText('Online');
  await ada.composer.pressSequentially('Yes, I ');

  await expect(ben.page.getByRole('main')).toContainText('Ada Lindqvist is typing…');
  await look(ben.page, 'typing');
});

test('a draft goes along to the other window, and ends with the message', async () => {
  await ada.composer.fill('Yes, I am on the one at');
  await expect(adaToo.row(ben.displayName)).toContainText('Draft: Yes, I am on the one at');
  await look(adaToo.page, 'draft');
  await adaToo.opens(ben.displayName);
  await expect(adaToo.composer).toHaveValue('Yes, I am on the one at');

  await adaToo.composer.pressSequentially(' six');
  await adaToo.composer.press('Enter');
  await ben.sees('Yes, I am on the one at six');
  await expect(ada.composer).toHaveValue('');
  await ada.sees('Yes, I am on the one at six');
  await expect(ben.page.getByRole('main')).not.toContainText('is typing');
});

test('what one sets for oneself holds in all windows', async () => {
  await ada.opens(GROUP);
  await ada.page.getByRole('button', { name: 'Details' }).click();
  const details = ada.panel('Details');
  await details.getByLabel('On top of my list').check();
  await expect(adaToo.inbox.getByRole('link').first()).toContainText(GROUP);
  await expect(adaToo.row(GROUP).getByLabel('On top')).toBeVisible();
  await details.getByLabel('Mute').selectOption('For ever');
  await expect(adaToo.row(GROUP).getByLabel('Muted')).toBeVisible();
  await look(ada.page, 'details');

  await details.getByLabel('In my archive').check();
  await expect(adaToo.row(GROUP)).toHaveCount(0);
  await adaToo.page.getByRole('button', { name: 'Show the archive' }).click();
  await expect(adaToo.row(GROUP)).toBeVisible();
  await look(adaToo.page, 'archive');
  await details.getByLabel('In my archive').uncheck();
  await adaToo.page.getByRole('button', { name: 'Back from the archive' }).click();
  await expect(adaToo.row(GROUP)).toBeVisible();
});

test('what is muted says quietly that there is something new', async () => {
  await ada.opens(ben.displayName);
  await adaToo.opens(ben.displayName);
  await ben.opens(GROUP);
  await ben.says('The gangway is repaired.');

  await expect(ada.row(GROUP)).toContainText('1 unread');
  await expect(ada.page).toHaveTitle('Parley');
  await ada.opens(GROUP);
  await ada.panel('Details').getByLabel('Mute').selectOption('Not muted');
  await ada.page.getByRole('button', { name: 'Close details' }).click();
});

test('a new name reaches the windows that are open', async () => {
  await ben.opens(GROUP);
  const profile = await ada.settings('Profile');
  await profile.getByLabel('Your name, as others see it').fill('Ada Strand');
  await look(ada.page, 'profile');
  await profile.getByRole('button', { name: 'Save' }).click();
  await expect(profile.getByRole('status')).toHaveText('Saved.');
  await ada.closesDialog();

  await expect(ben.row('Ada Strand')).toBeVisible();
  await ada.says('I go by another name now.');
  await expect(ben.message('I go by another name')).toContainText('Ada Strand');
  await expect(adaToo.inbox).toContainText('Ada Strand');
  await ada.page.reload();
  await ada.isConnected();
  await expect(ada.inbox).toContainText('Ada Strand');
});

test('who goes was last seen a moment ago', async () => {
  await ben.opens('Ada Strand');
  await expect(ben.page.locator('.conversation-title')).toContainText('Online');
  await ada.closes();
  await adaToo.closes();

  await expect(ben.page.locator('.conversation-title')).toContainText('Last seen', {
    timeout: 60_000,
  });
  await look(ben.page, 'last-seen');
});

test('nothing went wrong in the page meanwhile', () => {
  expect([ada, adaToo, ben].flatMap((someone) => someone.faults)).toEqual([]);
});
