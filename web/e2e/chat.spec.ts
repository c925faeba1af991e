import { expect, test } from '@playwright/test';
import { RUN } from './door';
import { Someone } from './person';
import { shot } from './shots';

test.describe.configure({ mode: 'serial' });

let ada: Someone;
let ben: Someone;
let cleo: Someone;

test.beforeAll(async ({ browser }) => {
  ada = await Someone.registers(browser, 'Ada Lindqvist', RUN);
  ben = await Someone.registers(browser, 'Ben Okafor', RUN);
  cleo = await Someone.registers(browser, 'Cleo Stranger', RUN);
});

test.afterAll(async () => {
  await Promise.all([ada, ben, cleo].map((someone) => someone?.closes()));
});

test('a wrong password is refused in plain words', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto('/');
  await page.getByLabel('User name').fill(ada.name);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();

  await expect(page.getByRole('alert')).not.toBeEmpty();
  await shot(page, 'sign-in');
  await page.context().close();
});

test('two people find each other and talk in a direct conversation', async () => {
  await ada.startsDirectWith(ben);
  await ada.says('Good morning, Ben. Is the **relay** patched?');
  await ada.sees('Is the relay patched?');

  const row = ben.inbox.getByRole('link').filter({ hasText: ada.displayName });
  await expect(row).toContainText('1 unread');
  await ben.opens(ada.displayName);
  await ben.sees('Is the relay patched?');
  await expect(row).not.toContainText('unread');

  await ben.says('It is: `relay --version` says 4.2');
  await ada.sees('It is: relay --version says 4.2');
  await expect(ada.message('relay --version').locator('code')).toHaveText('relay --version');
});

test('both of two people who start a direct conversation get the same one', async () => {
  await ben.startsDirectWith(ada);

  expect(ben.conversation).toBe(ada.conversation);
});

test('a group hears its members at once, and an edit, an answer and a deletion too', async () => {
  const title = 'Lighthouse crew';
  await ada.createsGroup(title, [ben]);
  await ben.opens(title);

  await ada.says('The supply boat comes on Thursday.');
  await ben.sees('The supply boat comes on Thursday.');

  await ben.message('The supply boat').hover();
  await ben.message('The supply boat').getByRole('button', { name: 'Reply' }).click();
  await ben.says('Then I will write the list today.');
  await ada.sees('Then I will write the list today.');
  await expect(ada.message('Then I will write')).toContainText('The supply boat comes');

  await ada.composer.press('ArrowUp');
  await ada.page
    .getByRole('textbox', { name: 'Edit the message' })
    .fill('The boat comes on Friday.');
  await ada.page.getByRole('textbox', { name: 'Edit the message' }).press('Enter');
  await ben.sees('The boat comes on Friday.');
  await expect(ben.message('The boat comes on Friday.').first()).toContainText('edited');

  await ben.deletes(ben.message('Then I will write'));
  await ada.sees('This message was deleted.');
  await expect(ada.message('Then I will write')).toHaveCount(0);
});

test('a message is shown as text, whatever HTML it holds', async () => {
  await ada.says('<img src=x onerror="document.title=1"> [a](javascript:alert(1)) <b>bold</b>');

  await ben.sees('<b>bold</b>');
  await expect(ben.message('<b>bold</b>').locator('img, a, b')).toHaveCount(0);
});

test('a stranger finds, sees and reads nothing of it', async () => {
  await expect(cleo.inbox).toContainText('No conversations yet.');
  await cleo.searches('The boat comes on Friday');
  await expect(cleo.page.getByText('Nothing found.')).toBeVisible();

  await cleo.page.goto(`/#/c/${ben.conversation}`);
  await expect(cleo.page.getByRole('main')).not.toContainText('Loading');
  await expect(cleo.log.locator('article')).toHaveCount(0);
  await expect(cleo.page.getByRole('main')).not.toContainText('Lighthouse crew');
});

test('a channel is found, read as a visitor, and joined', async () => {
  const title = `harbour-${RUN}`;
  await ada.createsChannel(title, 'Tides, boats, weather');
  await ada.says('Low water at 06:12.');

  await cleo.page.goto('/#/');
  await expect(async () => {
    await cleo.page.reload();
    await cleo.isConnected();
    await cleo.page.getByRole('button', { name: 'New conversation' }).click();
    await cleo.page.getByRole('tab', { name: 'Channels' }).click();
    await cleo.page.getByLabel('Find a channel').fill(title);
    await cleo.page
      .getByRole('dialog')
      .getByRole('button', { name: title })
      .click({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await cleo.sees('Low water at 06:12.');
  await cleo.page.getByRole('button', { name: 'Join the channel' }).click();
  await cleo.says('Thank you!');
  await ada.sees('Thank you!');
});

test('members are listed, invited and removed, and leave', async () => {
  await ada.page.getByRole('button', { name: 'Members' }).click();
  const members = ada.page.getByRole('complementary', { name: 'Members' });
  await expect(members.getByRole('listitem').filter({ hasText: cleo.displayName })).toBeVisible();

  await members.getByLabel('Invite somebody').fill(ben.name);
  await members.getByRole('button', { name: ben.displayName }).click();
  await expect(members.getByRole('button', { name: `Remove ${ben.displayName}` })).toBeVisible();
  await expect(ben.inbox).toContainText(`harbour-${RUN}`);

  await members.getByRole('button', { name: `Remove ${cleo.displayName}` }).click();
  await expect(cleo.inbox).toContainText('No conversations yet.');

  await ben.opens(`harbour-${RUN}`);
  await ben.page.getByRole('button', { name: 'Details' }).click();
  await ben.panel('Details').getByRole('button', { name: 'Leave this channel' }).click();
  await ben.panel('Details').getByRole('button', { name: 'No', exact: true }).click();
  await ben.panel('Details').getByRole('button', { name: 'Leave this channel' }).click();
  await ben.panel('Details').getByRole('button', { name: 'Leave this channel' }).click();
  await expect(ben.row(`harbour-${RUN}`)).toHaveCount(0);
  await expect(members.getByRole('listitem')).toHaveCount(1);
  await ada.page.getByRole('button', { name: 'Close members' }).click();
});

test('a message written while offline is sent when the network is back', async () => {
  await ada.opens('Lighthouse crew');
  await ben.opens('Lighthouse crew');
  // Playwright's offline mode leaves open sockets alone, so the socket goes through here.
  let isOnline = true;
  let cut = async () => {};
  await ada.page.routeWebSocket(/\/ws$/, (socket) => {
    cut = () => socket.close({ code: 1012, reason: 'cut by the test' });
    if (isOnline) {
      socket.connectToServer();
    } else {
      void cut();
    }
  });
  await ada.page.reload();
  await ada.isConnected();

  isOnline = false;
  await cut();
  await expect(ada.page.getByText(/^Offline/)).toBeVisible();
  await ada.says('Written in the dark.');
  await ben.says('Where is Ada?');
  await expect(ada.log.getByLabel('Message being sent')).toContainText('Written in the dark.');
  await expect(ada.message('Where is Ada?')).toHaveCount(0);

  isOnline = true;
  await expect(ada.page.getByText('Resumed')).toBeVisible();
  await ben.sees('Written in the dark.');
  await ada.sees('Where is Ada?');
  await expect(ada.message('Written in the dark.')).toHaveCount(1);
  await expect(ada.log.getByLabel('Message being sent')).toHaveCount(0);
});

test('the page is pleasant in light and dark, and fits a phone', async () => {
  const title = 'Harbour office';
  await ada.createsGroup(title, [ben, cleo]);
  await Promise.all([ben.opens(title), cleo.opens(title)]);
  await chatsInTheHarbourOffice();
  await ben.page.mouse.move(0, 0);

  await shot(ben.page, 'group-light', process.env.PARLEY_SCREENSHOT);
  await ben.page.emulateMedia({ colorScheme: 'dark' });
  await shot(ben.page, 'group-dark');
  await ben.page.setViewportSize({ width: 390, height: 844 });
  await shot(ben.page, 'phone-conversation');
  await ben.page.getByRole('button', { name: 'Back to the conversations' }).click();
  await expect(ben.inbox).toBeVisible();
  await shot(ben.page, 'phone-inbox');

  const wider = await ben.page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(wider).toBeLessThanOrEqual(0);
});

test('nothing went wrong in the page meanwhile', () => {
  expect([ada, ben, cleo].flatMap((someone) => someone.faults)).toEqual([]);
});

async function chatsInTheHarbourOffice(): Promise<void> {
  const everybody = [ada, ben, cleo];
  const says = async (someone: Someone, text: string, visible: string) => {
    await someone.says(text);
    await Promise.all(everybody.map((each) => each.sees(visible)));
  };
  await says(ada, 'The tide gauge has been silent since four. Did anybody touch it?', 'tide gauge');
  await says(cleo, 'Not me. Its last line in the log:', 'Its last line');
  await says(cleo, '```\n04:12:07 gauge-2  battery 11.4 V, sleeping\n```', 'battery 11.4 V');
  await says(ben, 'Then it is the solar panel again. I will take:', 'solar panel');
  await says(ben, '- the spare *battery*\n- a cloth, for the **gulls**', 'a cloth, for the');
  await ada.message('solar panel').hover();
  await ada.message('solar panel').getByRole('button', { name: 'Reply' }).click();
  await says(ada, 'Thank you! Low water is at 15:40, so you have time for tea.', 'time for tea');
  await says(cleo, 'And I will watch `gauge-2` until it wakes up.', 'until it wakes up');
  await cleo.chooses('Pin', cleo.message('Its last line'));
  for (const someone of [cleo, ada]) {
    await someone.takes('React', someone.message('a cloth, for the'));
    await someone.page.getByRole('button', { name: 'React 🎉' }).click();
  }
  await expect(
    ben.message('a cloth, for the').getByRole('button', { name: '🎉, 2' }),
  ).toBeVisible();
  await ada.takes('Answer in a thread', ada.message('until it wakes up'));
  const answer = ada.page.getByRole('textbox', { name: 'Reply in the thread' });
  await answer.fill('It said hello at 15:52.');
  await answer.press('Enter');
  await expect(ben.message('until it wakes up').first()).toContainText('1 reply');
}
