import { expect, test } from '@playwright/test';
import { RUN } from './door';
import { Someone } from './person';
import { look, shot } from './shots';

test.describe.configure({ mode: 'serial' });

let ada: Someone;
let ben: Someone;

test.beforeAll(async ({ browser }, { repeatEachIndex }) => {
  const run = `h${RUN}${repeatEachIndex}`;
  [ada, ben] = await Promise.all([
    Someone.arrives(browser, 'Ada Lindqvist', run),
    Someone.arrives(browser, 'Ben Okafor', run),
  ]);
  await ada.createsGroup('Night watch', [ben]);
  await ben.opens('Night watch');
  await ada.sendsMany(
    ada.conversation,
    Array.from({ length: 120 }, (_, i) => `Log entry number ${i + 1} of the night watch.`),
  );
});

test.afterAll(async () => {
  await Promise.all([ada, ben].map((someone) => someone?.closes()));
});

test('history of more than a page is scrolled, and a reload keeps it', async () => {
  await ben.sees('Log entry number 120 of');

  await ben.page.reload();
  await ben.isConnected();
  await ben.sees('Log entry number 120 of');
  await expect(ben.message('Log entry number 1 of')).toHaveCount(0);

  await expect(async () => {
    await ben.log.evaluate((log) => log.scrollTo({ top: 0 }));
    await expect(ben.message('Log entry number 1 of')).toBeInViewport({ timeout: 500 });
  }).toPass();
  await ben.log.evaluate((log) => log.scrollTo({ top: 0 }));
  await expect(ben.log).toContainText('This is where the conversation begins.');

  const before = await ben.message('Log entry number 1 of').boundingBox();
  await ada.says('Is anybody still up?');
  await expect(ben.page.getByRole('button', { name: /new/ })).toBeVisible();
  expect(await ben.message('Log entry number 1 of').boundingBox()).toEqual(before);

  await ben.page.getByRole('button', { name: /new/ }).click();
  await ben.sees('Is anybody still up?');
});

test('scrolling up keeps the place that is read while older messages come in', async () => {
  await ada.page.reload();
  await ada.sees('Is anybody still up?');

  const { steps, largestMove } = await ada.log.evaluate(scrolledUpInSteps);

  expect(steps).toBeGreaterThan(20);
  expect(largestMove).toBeLessThanOrEqual(2);
});

test('search finds with highlights, and a hit leads to its place', async () => {
  await expect(async () => {
    await ben.page.reload();
    await ben.isConnected();
    await ben.searches('watch OR "entry number 42"');
    await ben.page.getByRole('searchbox', { name: 'Search messages' }).fill('entry number 42');
    await expect(ben.hits.locator('mark').first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });

  await ben.hits.getByRole('button').filter({ hasText: 'number 42 of' }).first().click();
  await expect(ben.message('Log entry number 42 of')).toBeInViewport();
  await shot(ben.page, 'search');
  await ben.page.getByRole('searchbox', { name: 'Search messages' }).fill('from:me entry');
  await expect(ben.page.getByText('Nothing found.')).toBeVisible();
  await ben.page.getByRole('searchbox', { name: 'Search messages' }).fill('');
  await look(ben.page, 'search-hint');
  await ben.page.getByRole('button', { name: 'Close search' }).click();
});

test('nothing went wrong in the page meanwhile', () => {
  expect([ada, ben].flatMap((someone) => someone.faults)).toEqual([]);
});

/** Scrolls to the beginning by steps; `largestMove` is the largest unasked one of a message, in pixels. */
async function scrolledUpInSteps(log: Element) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const edge = () => log.getBoundingClientRect().top;
  let largestMove = 0;
  let steps = 0;
  for (; steps < 400 && log.scrollTop > 0; steps += 1) {
    log.scrollTop -= 120;
    await frame();
    const rows = [...log.querySelectorAll<HTMLElement>('[data-seq]')];
    const row = rows.find((each) => each.getBoundingClientRect().top > edge());
    const top = row?.getBoundingClientRect().top ?? 0;
    await frame();
    await frame();
    if (row?.isConnected) {
      largestMove = Math.max(largestMove, Math.abs(row.getBoundingClientRect().top - top));
    }
  }
  return { steps, largestMove };
}
