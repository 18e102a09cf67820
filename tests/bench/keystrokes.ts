import { type BrowserContext, chromium, type Page } from 'playwright';
import { findBrowser } from '../support/browser.ts';

type Field = { url: string; name: string; cookie?: string };
type Timed = { wait: number; work: number };

export type Typed = {
  /** Milliseconds from a key to the paint that shows it, at the 98th percentile; the browser tells them in steps of 8. */
  p98: number;
  /** Of that, milliseconds for which the page's own script ran, at the same percentile. */
  work: number;
};

/** Typed into one field before the turn of the next. */
const keysInTurn = 30;
const slowing = 4;

/**
 * Types into fields in turn, with the processor slowed four times: what the machine does beside it falls on all of them.
 * @param keys for each field
 */
export async function keystrokesToPaint(fields: readonly Field[], keys: number): Promise<Typed[]> {
  const { executablePath, env, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } });
  try {
    const context = await browser.newContext();
    const pages = await Promise.all(fields.map((field) => openField(context, field)));
    for (let typed = 0; typed < keys; typed += keysInTurn) {
      for (const page of pages) await typeInto(page);
    }
    return await Promise.all(pages.map(async ({ page }) => summarize(await timesOf(page))));
  } finally {
    await browser.close();
  }
}

async function openField(context: BrowserContext, { url, name, cookie }: Field) {
  const [key = '', value = ''] = cookie?.split('=') ?? [];
  if (key) await context.addCookies([{ name: key, value, url }]);
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowing });
  await page.evaluate(() => {
    const times: Timed[] = [];
    Object.assign(window, { times });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        // The text changes with `keydown`'s own default, in an event of its own.
        const work = entry.processingEnd - entry.processingStart;
        if (entry.name === 'keydown' || entry.name === 'input') times.push({ wait: entry.duration, work });
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  return { page, field: page.locator(`textarea[name=${name}]`) };
}

async function typeInto({ page, field }: Awaited<ReturnType<typeof openField>>) {
  await page.bringToFront();
  await field.press('End');
  await field.pressSequentially('Zo doen wij het altijd samen. '.slice(0, keysInTurn), { delay: 60, timeout: 60_000 });
}

const timesOf = async (page: Page) => {
  await page.waitForTimeout(500);
  return page.evaluate(() => (window as unknown as { times: Timed[] }).times);
};

/** Of events of less than 16 ms nothing is told; they are not counted, so that the percentile is if anything too high. */
function summarize(times: readonly Timed[]): Typed {
  const at98 = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.98)] ?? Number.NaN;
  return { p98: at98(times.map(({ wait }) => wait)), work: at98(times.map(({ work }) => work)) };
}
