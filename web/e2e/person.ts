import {
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { type CookieGrant, type Grant, ParleyRest, uuid7 } from '../src/client';
import { ADDRESS, post } from './door';

export const PASSWORD = 'correct horse battery staple';

/** Somebody with a browser window of their own. */
export class Someone {
  readonly page: Page;
  readonly displayName: string;
  readonly name: string;
  /** What went wrong in the page itself: errors of scripts, and what its own rules forbid. */
  readonly faults: string[] = [];
  readonly context: BrowserContext;
  /** Of who was made by REST. */
  readonly id: string | undefined;

  private constructor(
    context: BrowserContext,
    page: Page,
    displayName: string,
    name: string,
    id?: string,
  ) {
    this.context = context;
    this.id = id;
    this.page = page;
    this.displayName = displayName;
    this.name = name;
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (line) => {
      if (/Content Security Policy|Trusted|React/.test(line.text())) {
        this.faults.push(line.text());
      }
    });
  }

  /** Opens a window and registers; `run` keeps the user names of two runs apart. */
  static async registers(browser: Browser, displayName: string, run: string): Promise<Someone> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const name = `${displayName.split(' ')[0]?.toLowerCase()}-${run}`;
    const someone = new Someone(context, page, displayName, name);
    await page.goto('/');
    await page.getByRole('button', { name: 'Register an account' }).click();
    await page.getByLabel('Your name, as others see it').fill(someone.displayName);
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await someone.isConnected();
    return someone;
  }

  /** Another browser of the same person, with a session of its own. */
  async anotherBrowser(browser: Browser): Promise<Someone> {
    return Someone.signedIn(browser, 'login', { name: this.name, password: PASSWORD });
  }

  /** Another window of the same browser: of the same person, by the same cookie. */
  async anotherWindow(): Promise<Someone> {
    const page = await this.context.newPage();
    const someone = new Someone(this.context, page, this.displayName, this.name);
    await page.goto('/');
    await someone.isConnected();
    return someone;
  }

  /** Registers by REST, and opens a window that is signed in: quicker, where signing in is not the matter. */
  static async arrives(browser: Browser, displayName: string, run: string): Promise<Someone> {
    const name = `${displayName.split(' ')[0]?.toLowerCase()}-${run}`;
    const account = { name, password: PASSWORD, display_name: displayName };
    return Someone.signedIn(browser, 'register', account);
  }

  /** As the page does it, but for the typing: all that is left of it are the browser's cookies. */
  private static async signedIn(
    browser: Browser,
    way: 'register' | 'login',
    account: object,
  ): Promise<Someone> {
    const context = await browser.newContext();
    const data = { ...account, cookie: true };
    const answer = await context.request.post(`${ADDRESS}/api/auth/${way}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    const { user } = (await answer.json()) as CookieGrant;
    const page = await context.newPage();
    const someone = new Someone(context, page, user.display_name, user.name, user.id);
    await page.goto('/');
    await someone.isConnected();
    return someone;
  }

  logsIn(): Promise<Grant> {
    return new ParleyRest(ADDRESS).login(this.name, PASSWORD);
  }

  async isConnected(): Promise<void> {
    await expect(this.page.getByText('Connected', { exact: true })).toBeVisible();
  }

  async startsDirectWith(other: Someone): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).click();
    await this.page.getByLabel('Find a person').fill(other.name);
    await this.page.getByRole('dialog').getByRole('button', { name: other.displayName }).click();
    await expect(this.heading(other.displayName)).toBeVisible();
  }

  async createsGroup(title: string, others: readonly Someone[]): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('tab', { name: 'Group' }).click();
    await dialog.getByLabel('Name of the group').fill(title);
    for (const other of others) {
      await dialog.getByLabel('Add people').fill(other.name);
      await dialog.getByRole('button', { name: other.displayName }).click();
    }
    await dialog.getByRole('button', { name: 'Create group' }).click();
    await expect(this.heading(title)).toBeVisible();
  }

  async createsChannel(title: string, topic: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('tab', { name: 'New channel' }).click();
    await dialog.getByLabel('Name of the channel').fill(title);
    await dialog.getByLabel('What it is about').fill(topic);
    await dialog.getByRole('button', { name: 'Create channel' }).click();
    await expect(this.heading(title)).toBeVisible();
  }

  async opens(title: string): Promise<void> {
    await this.row(title).click();
    await expect(this.heading(title)).toBeVisible();
  }

  async says(text: string): Promise<void> {
    const composer = this.composer;
    await composer.fill(text);
    await composer.press('Enter');
  }

  async sees(text: string): Promise<void> {
    // An answer quotes what it answers.
    await expect(this.message(text).first()).toBeVisible();
  }

  /** Through the same REST door as any other client: many messages at once. */
  async sendsMany(conversation: string, texts: readonly string[]): Promise<void> {
    const grant = await this.logsIn();
    for (let from = 0; from < texts.length; from += 8) {
      const some = texts.slice(from, from + 8);
      const path = `/api/conversations/${conversation}/messages`;
      await Promise.all(some.map((text) => post(grant, path, { id: uuid7(), text })));
    }
  }

  /** A tool of the message's own: Reply, React, More. */
  async takes(tool: string, message: Locator): Promise<void> {
    await message.hover();
    await message.getByRole('button', { name: tool, exact: true }).click();
  }

  async deletes(message: Locator): Promise<void> {
    await this.takes('Delete', message);
    await message.getByRole('button', { name: 'Delete', exact: true }).click();
  }

  /** Something that the menu of the message offers. */
  async chooses(entry: string, message: Locator): Promise<void> {
    await this.takes('More', message);
    await message.getByRole('button', { name: entry, exact: true }).click();
  }

  async searches(text: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Search', exact: true }).click();
    await this.page.getByRole('searchbox', { name: 'Search messages' }).fill(text);
  }

  /** The settings of one's own account, at one of their tabs. */
  async settings(tab: string): Promise<Locator> {
    const dialog = this.page.getByRole('dialog', { name: 'Settings' });
    if (!(await dialog.isVisible())) {
      await this.page.getByRole('button', { name: ': settings' }).click();
    }
    await dialog.getByRole('tab', { name: tab }).click();
    return dialog.getByRole('tabpanel', { name: tab });
  }

  async closesDialog(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  async closes(): Promise<void> {
    await this.context.close();
  }

  get conversation(): string {
    return new URL(this.page.url()).hash.replace('#/c/', '');
  }

  get inbox(): Locator {
    return this.page.getByRole('navigation', { name: 'Conversations' });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^Message to/ });
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' });
  }

  get thread(): Locator {
    return this.page.getByRole('log', { name: 'Thread' });
  }

  panel(name: string): Locator {
    return this.page.getByRole('complementary', { name });
  }

  row(title: string): Locator {
    const titled = this.page.locator('.inbox-title', { hasText: title });
    return this.inbox.getByRole('link').filter({ has: titled });
  }

  get hits(): Locator {
    return this.page.getByRole('list', { name: 'Messages found' });
  }

  /** A message that is in the log, not one on its way. */
  message(text: string): Locator {
    return this.log.locator('article[data-seq]').filter({ hasText: text });
  }

  heading(title: string): Locator {
    return this.page
      .getByRole('main')
      .getByRole('heading', { level: 1 })
      .filter({ hasText: title });
  }
}
