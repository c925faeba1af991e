import { expect, test } from '@playwright/test';
import { uuid7 } from '../src/client';
import { post, RUN } from './door';
import { Someone } from './person';
import { look } from './shots';

test.describe.configure({ mode: 'serial' });

let ada: Someone;
let ben: Someone;

test.beforeAll(async ({ browser }, { repeatEachIndex }) => {
  const run = `m${RUN}${repeatEachIndex}`;
  [ada, ben] = await Promise.all([
    Someone.arrives(browser, 'Ada Lindqvist', run),
    Someone.arrives(browser, 'Ben Okafor', run),
  ]);
  await ada.createsGroup('Tide gauges', [ben]);
  await ben.opens('Tide gauges');
});

test.afterAll(async () => {
  await Promise.all([ada, ben].map((someone) => someone?.closes()));
});

test('a reaction is counted for everybody, and taken back by a second click', async () => {
  await ada.says('The new gauge reports every ten seconds.');
  await ben.sees('The new gauge');
  const seenByAda = ada.message('The new gauge').getByRole('list', { name: 'Reactions' });
  const seenByBen = ben.message('The new gauge').getByRole('list', { name: 'Reactions' });

  await ben.takes('React', ben.message('The new gauge'));
  await look(ben.page, 'reaction-picker');
  await ben.page.getByRole('button', { name: 'React 🎉' }).click();
  await seenByAda.getByRole('button', { name: '🎉, 1' }).click();
  await expect(seenByBen.getByRole('button', { name: '🎉, 2' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await ben.takes('React', ben.message('The new gauge'));
  await ben.page.getByRole('textbox', { name: 'Another emoji' }).fill('🦭');
  await ben.page.getByRole('textbox', { name: 'Another emoji' }).press('Enter');
  await expect(seenByAda.getByRole('button', { name: '🦭, 1' })).toBeVisible();
  await seenByBen.getByRole('button', { name: '🎉, 2' }).hover();
  await expect(seenByBen.getByRole('button', { name: '🎉, 2' })).toHaveAttribute(
    'title',
    /Ada Lindqvist/,
  );
  await look(ben.page, 'reactions');

  await seenByBen.getByRole('button', { name: '🎉, 2' }).click();
  await expect(seenByAda.getByRole('button', { name: '🎉, 1' })).toBeVisible();
  await ada.page.reload();
  await expect(seenByAda.getByRole('button')).toHaveText(['🎉 1', '🦭 1']);
});

test('what a message said before it was edited can be read', async () => {
  await ada.says('Low water is at six.');
  for (const text of ['Low water is at seven.', 'Low water is at **half past** seven.']) {
    await ada.takes('Edit', ada.message('Low water is at'));
    const field = ada.page.getByRole('textbox', { name: 'Edit the message' });
    await field.fill(text);
    await field.press('Enter');
    await ben.sees(text.replaceAll('*', ''));
  }

  await ben.chooses('Edit history', ben.message('Low water is at'));
  const dialog = ben.page.getByRole('dialog', { name: 'Edit history' });
  await expect(dialog.getByRole('listitem')).toHaveCount(3);
  await expect(dialog.getByRole('listitem').first()).toContainText('at six');
  await expect(dialog.getByRole('listitem').last()).toContainText('half past seven');
  await look(ben.page, 'edit-history');
  await ben.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('a message that is hidden for me is there for everybody else', async () => {
  await ada.says('I sang while I was cleaning it.');
  await ben.sees('I sang while');

  await ben.chooses('Hide for me', ben.message('I sang while'));
  await expect(ben.message('I sang while')).toHaveCount(0);
  await ben.page.reload();
  await ben.sees('Low water is at');
  await expect(ben.message('I sang while')).toHaveCount(0);
  await expect(ada.message('I sang while')).toBeVisible();
});

test('a moderator deletes for all what somebody else wrote', async () => {
  await ben.says('The key is under the third stone.');
  await ada.sees('The key is under');
  await ben.chooses('Pin', ben.message('The key is under'));
  await expect(ada.message('The key is under').getByLabel('Pinned')).toBeVisible();

  await ada.deletes(ada.message('The key is under'));
  await ben.sees('This message was deleted.');
  await ben.page.getByRole('button', { name: 'Pinned messages' }).click();
  await expect(ben.panel('Pinned')).toContainText('Nothing is pinned here.');
  await ben.page.getByRole('button', { name: 'Close pinned' }).click();
});

test('what is pinned is listed, and leads to its place', async () => {
  await ada.chooses('Pin', ada.message('Low water is at'));
  await ben.page.getByRole('button', { name: 'Pinned messages' }).click();
  const entry = ben.panel('Pinned').getByRole('button').filter({ hasText: 'half past seven' });
  await entry.click();
  await expect(ben.message('Low water is at')).toBeInViewport();
  await look(ben.page, 'pins');

  await ada.chooses('Unpin', ada.message('Low water is at'));
  await expect(ben.panel('Pinned')).toContainText('Nothing is pinned here.');
  await ben.page.getByRole('button', { name: 'Close pinned' }).click();
});

test('a thread stands beside the conversation, with what is new in it', async () => {
  await ada.says('Who repairs gauge 4?');
  await ben.sees('Who repairs gauge 4?');
  await ben.takes('Answer in a thread', ben.message('Who repairs'));
  const answer = ben.page.getByRole('textbox', { name: 'Reply in the thread' });
  await answer.fill('I can, on Monday.');
  await answer.press('Enter');
  await expect(ben.thread).toContainText('I can, on Monday.');
  await answer.fill('If somebody lends me a *boat*.');
  await answer.press('Enter');

  const replies = ada.message('Who repairs').getByRole('button', { name: /2 replies/ });
  await expect(replies).toContainText('2 new');
  await ada.page.getByRole('button', { name: 'My threads' }).click();
  await expect(ada.panel('Threads')).toContainText('2 new');
  await look(ada.page, 'threads');
  await ada.panel('Threads').getByRole('button').filter({ hasText: 'Who repairs' }).click();
  await expect(ada.thread).toContainText('If somebody lends me a boat.');
  await expect(replies).not.toContainText('new');

  const back = ada.page.getByRole('textbox', { name: 'Reply in the thread' });
  await back.fill('Take ours.');
  await back.press('Enter');
  await expect(ben.thread).toContainText('Take ours.');
  await ada.takes('React', ada.thread.getByRole('article').first());
  await ada.page.getByRole('button', { name: 'React 👍' }).click();
  await expect(ben.thread.getByRole('button', { name: '👍, 1' })).toBeVisible();
  await look(ben.page, 'thread');
  await ben.page.getByRole('button', { name: 'Close thread' }).click();
  await ada.page.getByRole('button', { name: 'Close thread' }).click();

  await ada.page.reload();
  await expect(replies.or(ada.page.getByRole('button', { name: /3 replies/ }))).not.toContainText(
    'new',
  );
});

test('an answer quotes what it answers, and the quote leads there', async () => {
  await ben.takes('Reply', ben.message('The new gauge'));
  await look(ben.page, 'answering');
  await ben.says('Ten seconds is plenty.');
  await ada.sees('Ten seconds is plenty.');
  const quote = ada.message('Ten seconds is plenty.').getByRole('button', { name: /Answers/ });
  await expect(quote).toContainText('The new gauge reports every ten seconds.');
  await quote.click();
  await expect(ada.message('The new gauge').first()).toBeInViewport();
});

test('who is mentioned is told so', async () => {
  await ben.page.goto('/#/');
  await ada.composer.pressSequentially('Could you look, @ben');
  const offers = ada.page.getByRole('listbox', { name: 'People to mention' });
  await expect(offers.getByRole('option').first()).toContainText('Ben Okafor');
  await look(ada.page, 'mention-list');
  await ada.composer.press('Tab');
  await expect(ada.composer).toHaveValue(`Could you look, @${ben.name} `);
  await ada.composer.press('Enter');

  await expect(ben.row('Tide gauges')).toContainText('1 mentions');
  await look(ben.page, 'mention-badge');
  await ben.opens('Tide gauges');
  await expect(ben.message('Could you look').locator('.mention-name')).toHaveText(`@${ben.name}`);
  await expect(ben.row('Tide gauges')).not.toContainText('mentions');
});

test('a message is forwarded to another conversation', async () => {
  await ada.startsDirectWith(ben);
  await ben.chooses('Forward', ben.message('Low water is at'));
  const dialog = ben.page.getByRole('dialog', { name: 'Forward to' });
  await expect(dialog.getByRole('button', { name: 'Ada Lindqvist' })).toBeVisible();
  await look(ben.page, 'forward');
  await dialog.getByRole('button', { name: 'Ada Lindqvist' }).click();
  await expect(dialog).toHaveCount(0);

  await ada.sees('half past seven');
  await expect(ada.message('half past seven')).toContainText('Forwarded');
  await expect(ada.message('half past seven')).toContainText('Ben Okafor');
  await ada.opens('Tide gauges');
});

test('a message that is to be sent later waits, and can be called back', async () => {
  await ada.composer.fill('Good morning! The gauges were all well tonight.');
  await ada.page.getByRole('button', { name: 'Send later' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Send later' });
  await dialog.getByLabel('When').fill(localTime(Date.now() + 30 * 86_400_000).slice(0, 16));
  await dialog.getByRole('button', { name: 'Send at that time' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(ada.composer).toHaveValue('');

  await ada.page.getByRole('button', { name: 'Send later' }).click();
  const waiting = dialog.getByRole('list', { name: 'Messages to be sent later' });
  await expect(waiting).toContainText('The gauges were all well tonight.');
  await look(ada.page, 'send-later');
  await waiting.getByRole('button', { name: 'Cancel' }).click();
  await expect(waiting.getByRole('listitem')).toHaveCount(0);
  await ada.page.keyboard.press('Escape');
});

test('a message that was scheduled comes at its time', async () => {
  await ada.composer.fill('Five seconds later.');
  await ada.page.getByRole('button', { name: 'Send later' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Send later' });
  await dialog.getByLabel('When').fill(localTime(Date.now() + 4_000));
  await dialog.getByRole('button', { name: 'Send at that time' }).click();
  await expect(dialog).toHaveCount(0);

  await ben.sees('Five seconds later.');
});

test('a message with an end says when it goes, and goes', async () => {
  await ada.page.getByRole('button', { name: 'Add a file or an end' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Add to the message' });
  await dialog.getByLabel('Address of a file').fill('https://files.example/gauges.pdf');
  await dialog.getByLabel('The message disappears').selectOption('After 1 hour');
  await look(ada.page, 'extras');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await ada.says('The plan of the gauges, for today only.');
  await expect(ben.message('for today only')).toContainText('disappears');
  await expect(ben.message('for today only').getByRole('link')).toHaveText('gauges.pdf');
  await look(ben.page, 'expiring');

  const path = `/api/conversations/${ada.conversation}/messages`;
  const text = 'The code of the door is 4711.';
  await post(await ada.logsIn(), path, { id: uuid7(), text, expires_after_seconds: 3 });
  await ben.sees('The code of the door');
  await expect(ben.message('The code of the door')).toHaveCount(0);
  await expect(ben.log).toContainText('This message has disappeared.');
});

test('nothing went wrong in the page meanwhile', () => {
  expect([ada, ben].flatMap((someone) => someone.faults)).toEqual([]);
});

/** As a field of local time wants it. */
function localTime(millis: number): string {
  const offset = new Date(millis).getTimezoneOffset() * 60_000;
  return new Date(millis - offset).toISOString().slice(0, 19);
}
