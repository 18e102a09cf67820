import { Fragment, type ReactNode } from 'react';

/** Puts values in the places `{name}` of a text, where the text comes to the browser as it stands in its file. */
export function phrase(text: string, values: Readonly<Record<string, ReactNode>> = {}): ReactNode {
  return text.split(/\{(\w+)\}/).map((part, place) => {
    const node = place % 2 === 0 ? part : values[part];
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have their place and nothing else
    return node === '' ? null : <Fragment key={place}>{node}</Fragment>;
  });
}

/** As `phrase`, for values that are text themselves. */
export function sentence(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A list in a sentence: "a, b en c". */
export function listed(items: readonly ReactNode[], and: string): ReactNode {
  return items.map((item, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a list in a sentence is told apart by its places
    <Fragment key={place}>
      {place > 0 && (place === items.length - 1 ? ` ${and} ` : ', ')}
      {item}
    </Fragment>
  ));
}
