import 'server-only';
import { headers } from 'next/headers';

/** The address nearest to this server: a client can add to the left of the list, never to the right. */
export async function clientAddress(): Promise<string> {
  const list = (await headers()).get('x-forwarded-for') ?? '';
  return list.split(',').at(-1)?.trim() ?? '';
}
