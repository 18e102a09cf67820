import { expect, type Page } from '@playwright/test';

/**
 * Presses Tab until the control with this name has the focus, and sees that the focus shows. With Shift from the top of a
 * page one comes to its end.
 */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  const wanted = typeof name === 'string' ? new RegExp(`^${name}`) : name;
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press(key);
    const { label, shows } = await page.evaluate(focusNow);
    if (!wanted.test(label)) continue;
    expect(shows, `the focus shows on ${label}`).toBe(true);
    return;
  }
  throw new Error(`Tab never reached ${name}`);
}

/** Presses a shortcut of the page, once the page says that it listens to them. */
export async function pressShortcut(page: Page, key: string) {
  await page.locator('.all-keys[aria-keyshortcuts]').waitFor();
  await page.keyboard.press(key);
}

/** What has the focus, by the words that name it, and whether an outline or shadow is drawn on it or its label. */
function focusNow(): { label: string; shows: boolean } {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement)) return { label: '', shows: false };
  const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null;
  const text = [...(labels ?? [])].map((label) => label.textContent).join(' ') || element.textContent || '';
  const drawn = [element, element.closest('label')].some((one) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  });
  return { label: text.trim(), shows: drawn };
}
