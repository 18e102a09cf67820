import type { RefusalCode } from './errors.ts';

/** What was posted, by field, but never a password: a page that is drawn again without script shows it. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** What a posted form gets back. Codes only: the screen owns the words, and nothing secret is echoed. */
export type FormResult<Data = null> =
  | { status: 'idle' }
  | { status: 'done'; data: Data; at: string; typed?: Typed }
  | {
      status: 'refused';
      code: RefusalCode;
      because: readonly string[];
      fields: Readonly<Record<string, string>>;
      detail: unknown;
      typed: Typed;
    };

/** A server action behind a form, as a page hands it to a component. */
export type FormAction<Data = unknown> = (previous: FormResult<Data>, form: FormData) => Promise<FormResult<Data>>;
