import { chromium } from 'playwright';
import { findBrowser } from '../support/browser.ts';

type Asked = { origin: string; path: string; cookie: string; keys: number };

/**
 * Types into the explanation of a criterion with the processor slowed four times, and gives the milliseconds from each key
 * to the paint that shows it, at the 98th percentile. The browser tells them in steps of 8.
 */
export async function keystrokeToPaint({ origin, path, cookie, keys }: Asked): Promise<{ p98: number; keys: number }> {
  const { executablePath, env, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } });
  try {
    const context = await browser.newContext({ baseURL: origin });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: origin }]);
    const page = await context.newPage();
    await page.goto(path);
    const field = page.locator('textarea[name=explanation]');
    await field.click();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.evaluate(() => {
      const taken: number[] = [];
      Object.assign(window, { taken });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (entry.name === 'keydown') taken.push(entry.duration);
      }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    });
    await field.pressSequentially('Zo doen wij het. '.repeat(Math.ceil(keys / 17)).slice(0, keys), { delay: 60 });
    await page.waitForTimeout(1_000);
    const taken = await page.evaluate(() => (window as unknown as { taken: number[] }).taken);
    // What took less than 16 ms is not told.
    const all = [...taken, ...Array(Math.max(0, keys - taken.length)).fill(16)].toSorted((a, b) => a - b);
    return { p98: all[Math.floor(all.length * 0.98)] ?? Number.NaN, keys: all.length };
  } finally {
    await browser.close();
  }
}
