import type { Page } from '@playwright/test';

const SHOTS = 'e2e/screenshots';
const PHONE = { width: 390, height: 844 };

export async function shot(page: Page, name: string, copy?: string): Promise<void> {
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
  if (copy) {
    await page.screenshot({ path: copy });
  }
}

/** For a person to look at, wide and on a phone, where `PARLEY_SHOTS` asks for it. */
export async function look(page: Page, name: string): Promise<void> {
  if (process.env.PARLEY_SHOTS) {
    const wide = page.viewportSize();
    await shot(page, name);
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot(page, `${name}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(PHONE);
    await shot(page, `${name}-phone`);
    if (wide) {
      await page.setViewportSize(wide);
    }
  }
}
