import { get } from 'node:http';

/** Bytes as they went over the wire, compressed by gzip. */
export type Weight = { html: number; script: number; style: number };

/** Opens a page as a browser does, with everything that it loads for itself, and weighs what came. */
export async function weighPage(origin: string, path: string, cookie = ''): Promise<Weight> {
  const page = await fetchCompressed(`${origin}${path}`, cookie);
  const html = page.text;
  const sources = (pattern: RegExp) => [...new Set([...html.matchAll(pattern)].map((match) => match[1] ?? ''))];
  // Old browsers alone load what is marked `nomodule`.
  const scripts = sources(/<script\b(?![^>]*\bnomodule\b)[^>]*\bsrc="([^"]+)"/gi);
  const styles = sources(/<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"/gi);
  const sum = async (paths: string[]) => {
    const loaded = await Promise.all(
      paths.map((path) => fetchCompressed(`${origin}${path.replaceAll('&amp;', '&')}`, cookie)),
    );
    return loaded.reduce((total, { bytes }) => total + bytes, 0);
  };
  return { html: page.bytes, script: await sum(scripts), style: await sum(styles) };
}

async function fetchCompressed(url: string, cookie: string): Promise<{ bytes: number; text: string }> {
  const { gunzipSync } = await import('node:zlib');
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip', accept: 'text/html,*/*', cookie } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        if (response.statusCode !== 200) return reject(new Error(`${url} answered ${response.statusCode}`));
        const packed = response.headers['content-encoding'] === 'gzip';
        resolve({ bytes: body.length, text: (packed ? gunzipSync(body) : body).toString('utf8') });
      });
    }).on('error', reject);
  });
}
