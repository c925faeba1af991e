import { expect, test } from '@playwright/test';
import { RUN } from './door';
import { Someone } from './person';
import { look } from './shots';

test.describe.configure({ mode: 'serial' });

let ada: Someone;
let ben: Someone;
let title: string;

test.beforeAll(async ({ browser }, { repeatEachIndex }) => {
  const run = `o${RUN}${repeatEachIndex}`;
  title = `market-${run}`;
  [ada, ben] = await Promise.all([
    Someone.arrives(browser, 'Ada Lindqvist', run),
    Someone.arrives(browser, 'Ben Okafor', run),
  ]);
  await ada.createsChannel(title, 'Fish, bread, bargains');
  await ben.page.goto(`/#/c/${ada.conversation}`);
  await ben.page.getByRole('button', { name: 'Join the channel' }).click();
  await ben.says('Fresh herring! Fresh herring!');
  await ada.sees('Fresh herring!');
});

test.afterAll(async () => {
  await Promise.all([ada, ben].map((someone) => someone?.closes()));
});

test('who is muted is told until when, and writes again when it is over', async () => {
  await ada.page.getByRole('button', { name: 'Members' }).click();
  const members = ada.panel('Members');
  await members.getByRole('button', { name: `More about ${ben.displayName}` }).click();
  await look(ada.page, 'member-menu');
  await members.getByRole('button', { name: 'Mute for an hour' }).click();

  await expect(ben.composer).toBeDisabled();
  await expect(ben.composer).toHaveAttribute('placeholder', /You are muted until/);
  await expect(members.getByRole('listitem').filter({ hasText: ben.displayName })).toContainText(
    'muted',
  );
  await look(ben.page, 'muted');
  await members.getByRole('button', { name: `More about ${ben.displayName}` }).click();
  await members.getByRole('button', { name: 'End the mute' }).click();
  await expect(ben.composer).toBeEnabled();
  await ben.says('Sorry. Herring, quietly.');
  await ada.sees('Herring, quietly.');
  await ada.page.getByRole('button', { name: 'Close members' }).click();
});

test('in slow mode members speak in turn, and are told when', async () => {
  await ada.page.getByRole('button', { name: 'Details' }).click();
  const details = ada.panel('Details');
  await details.getByLabel('Slow mode').fill('60');
  await look(ada.page, 'slow-mode-details');
  await details.getByRole('button', { name: 'Save' }).click();
  await expect(ben.page.locator('.conversation-title')).toContainText('slow mode');

  await ben.says('One kilo for five.');
  await ada.sees('One kilo for five.');
  await ben.says('Two kilos for nine!');
  const refused = ben.log.getByLabel('Message not sent');
  await expect(refused).toContainText('Slow mode: you may write again in');
  await look(ben.page, 'slow-mode');
  await refused.getByRole('button', { name: 'discard' }).click();
  await expect(refused).toHaveCount(0);

  await details.getByLabel('Slow mode').fill('0');
  await details.getByRole('button', { name: 'Save' }).click();
  await expect(ben.page.locator('.conversation-title')).not.toContainText('slow mode');
  await ada.page.getByRole('button', { name: 'Close details' }).click();
});

test('who is banned is out until unbanned', async () => {
  await ada.page.getByRole('button', { name: 'Members' }).click();
  const members = ada.panel('Members');
  await members.getByRole('button', { name: `More about ${ben.displayName}` }).click();
  await members.getByRole('button', { name: 'Ban', exact: true }).click();
  await expect(ben.row(title)).toHaveCount(0);
  await expect(members.getByRole('button', { name: `More about ${ben.displayName}` })).toHaveCount(
    0,
  );
  await ben.page.getByRole('button', { name: 'Join the channel' }).click();
  await expect(ben.page.getByText('You are banned from here')).toBeVisible();
  await look(ben.page, 'banned');

  await ada.page.getByRole('button', { name: 'Details' }).click();
  const banned = ada.panel('Details').getByRole('region', { name: 'Banned' });
  await expect(banned).toContainText(ben.displayName);
  await look(ada.page, 'bans');
  await banned.getByRole('button', { name: 'Unban' }).click();
  await expect(banned).toHaveCount(0);
  await ben.page.getByRole('button', { name: 'Join the channel' }).click();
  await ben.says('Back with bread.');
  await ada.sees('Back with bread.');
});

test('a moderator may moderate, and nobody is made more than one is', async () => {
  await ada.page.getByRole('button', { name: 'Members' }).click();
  const members = ada.panel('Members');
  await members.getByRole('button', { name: `More about ${ben.displayName}` }).click();
  await members.getByLabel('Role').selectOption('moderator');
  await expect(members.getByRole('listitem').filter({ hasText: ben.displayName })).toContainText(
    'moderator',
  );

  await ada.says('Anything goes on Sundays.');
  await ben.deletes(ben.message('Anything goes'));
  await ada.sees('This message was deleted.');
  await ben.page.getByRole('button', { name: 'Members' }).click();
  await expect(ben.panel('Members').getByRole('listitem')).toHaveCount(2);
  await expect(ben.panel('Members').getByRole('button', { name: /More about Ada/ })).toHaveCount(0);
});

test('an archived conversation is read, and nothing is written in it', async () => {
  await ada.page.getByRole('button', { name: 'Details' }).click();
  await ada.panel('Details').getByRole('button', { name: 'Archive for all' }).click();
  await expect(ben.composer).toBeDisabled();
  await look(ben.page, 'archived');
  await ada.panel('Details').getByRole('button', { name: 'Take out of the archive' }).click();
  await expect(ben.composer).toBeEnabled();
});

test('nothing went wrong in the page meanwhile', () => {
  expect([ada, ben].flatMap((someone) => someone.faults)).toEqual([]);
});
