import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { look } from './shots';

/** A screen that is new: nothing in it shuts anybody out (WCAG 2.2 A and AA, as far as axe sees it). */
export async function inspect(page: Page, name: string): Promise<void> {
  await look(page, name);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .setLegacyMode()
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  );
  expect(found, name).toEqual([]);
}
