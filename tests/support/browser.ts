import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium as playwrightChromium } from 'playwright';
import { stateFolder } from '../../scripts/platform.ts';

export type Browser = { executablePath: string; env: Record<string, string>; args: string[] };

/** Arguments for any Chromium here: no sandbox as root, no display, and no call to anywhere but the page. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Finds a Chromium: the one that CHROMIUM_PATH names, Playwright's own, the one that comes as a package, with the libraries
 * it packs, and else the system's or one that Playwright fetches. Those before the system's have no windows, menus or tabs:
 * opening and reading a page takes them a quarter of the work.
 */
export async function findBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  if (named) return plain(named);
  const own = playwrightChromium.executablePath();
  if (existsSync(own)) return plain(own);
  const packaged = await packed().catch(() => null);
  if (packaged && runs(packaged)) return packaged;
  const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (system) return plain(system);
  if (fetchedByPlaywright() && existsSync(own)) return plain(own);
  throw new Error('no browser was found: name one in CHROMIUM_PATH');
}

/** The package is for one kind of machine; on another it does not start. */
function runs({ executablePath, env }: Browser): boolean {
  try {
    execFileSync(executablePath, ['--version'], { stdio: 'ignore', timeout: 30_000, env: { ...process.env, ...env } });
    return true;
  } catch {
    return false;
  }
}

const plain = (executablePath: string): Browser => ({ executablePath, env: {}, args });

function fetchedByPlaywright(): boolean {
  const cli = join(dirname(fileURLToPath(import.meta.resolve('playwright'))), 'cli.js');
  try {
    execFileSync(process.execPath, [cli, 'install', '--only-shell', 'chromium'], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

async function packed(): Promise<Browser> {
  const folder = join(stateFolder(), 'chromium');
  mkdirSync(folder, { recursive: true });
  // The package unpacks itself into the folder for temporary files.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    const executablePath = await chromium.executablePath();
    const packages = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))));
    await inflate(join(packages, 'bin', 'al2023.tar.br'));
    return {
      executablePath,
      env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') },
      args: [...args, '--headless=shell', '--no-zygote'],
    };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
