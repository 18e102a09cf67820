/** Milliseconds from asking for a file to its last byte, of every time but the first, in which the server learns the way. */
export async function timesOfDownload(url: string, cookie: string, times: number): Promise<number[]> {
  const found: number[] = [];
  for (let turn = 0; turn <= times; turn++) {
    const began = performance.now();
    const response = await fetch(url, { headers: { cookie } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    if (turn > 0) found.push(performance.now() - began);
  }
  return found.toSorted((a, b) => a - b);
}
