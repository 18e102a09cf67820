import { getTranslations } from 'next-intl/server';
import { type Shortcut, Shortcuts } from './shortcuts.tsx';
import { type Step, stepKeys } from './step-keys.ts';

type WorkspaceKeysProps = {
  kind: 'verdict' | 'criterion' | 'determination' | 'reading' | 'undisputed' | 'intake' | 'overview';
  previous?: string | null;
  next?: string | null;
};

/** The shortcuts of the page that is open. */
export async function WorkspaceKeys({ kind, previous = null, next = null }: WorkspaceKeysProps) {
  const [t, desk] = await Promise.all([getTranslations('review.keys'), getTranslations('desk.keys')]);
  const listed = (key: string, word: Parameters<typeof desk>[0]): Shortcut => ({
    keys: [key],
    short: null,
    long: desk(word),
  });
  const enter = (short: string, long: string): Shortcut => ({ keys: ['Ctrl', 'Enter'], short, long });
  const beside: Shortcut[] = [
    { keys: ['E'], short: desk('evidence'), long: desk('list.evidence') },
    { keys: ['N'], short: desk('note'), long: desk('list.note') },
  ];
  const ways = [
    listed('U', 'list.undisputed'),
    listed('D', 'list.determination'),
    listed('P', 'list.intake'),
    listed('O', 'list.overview'),
  ];
  const of: Record<WorkspaceKeysProps['kind'], Shortcut[]> = {
    verdict: [
      { keys: ['1', '2', '3'], short: t('responses'), long: t('list.responses') },
      { keys: ['B'], short: desk('own'), long: desk('list.own') },
      { keys: ['4', '5', '6', '7'], short: t('grounds'), long: t('list.grounds') },
      listed('R', 'list.reason'),
      listed('S', 'list.standard'),
      ...beside,
      { keys: ['V'], short: desk('ask'), long: desk('list.ask') },
      listed('Q', 'list.withdraw'),
      enter(t('give'), t('list.give')),
      ...ways,
    ],
    criterion: [...beside, ...ways],
    determination: [
      { keys: ['1', '2', '3', '4', '5'], short: t('level'), long: t('list.level') },
      listed('R', 'list.reason'),
      enter(t('save'), t('list.save')),
      ...ways,
    ],
    reading: ways,
    undisputed: [
      enter(desk('list.confirm'), desk('list.confirm')),
      listed('Z', 'list.undo'),
      listed('O', 'list.overview'),
    ],
    intake: [listed('O', 'list.overview'), listed('C', 'list.continue')],
    overview: Object.entries(stepKeys).map(([step, key]) => listed(key, `list.${step as Step}`)),
  };
  const shown = [
    ...(next ? [{ keys: ['J'], short: t('next'), long: t('list.next') }] : []),
    ...(previous ? [{ keys: ['K'], short: t('previous'), long: t('list.previous') }] : []),
    ...of[kind],
  ];
  return (
    <Shortcuts
      shown={shown}
      previous={previous}
      next={next}
      texts={{
        all: t('all'),
        title: t('title'),
        intro: t('intro'),
        on: t('on'),
        offNote: t('offNote'),
        close: t('close'),
        help: t('list.help'),
      }}
    />
  );
}
