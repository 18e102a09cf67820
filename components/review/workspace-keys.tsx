import { getTranslations } from 'next-intl/server';
import { Shortcuts } from './shortcuts.tsx';

type WorkspaceKeysProps = { kind: 'verdict' | 'determination' | 'none'; previous: string | null; next: string | null };

/** The shortcuts of the page that is open. */
export async function WorkspaceKeys({ kind, previous, next }: WorkspaceKeysProps) {
  const t = await getTranslations('review.keys');
  const shown = [
    ...(next ? [{ keys: ['J'], short: t('next'), long: t('list.next') }] : []),
    ...(previous ? [{ keys: ['K'], short: t('previous'), long: t('list.previous') }] : []),
    ...(kind === 'verdict'
      ? [
          { keys: ['1', '2', '3'], short: t('responses'), long: t('list.responses') },
          { keys: ['4', '5', '6', '7'], short: t('grounds'), long: t('list.grounds') },
          { keys: ['Ctrl', 'Enter'], short: t('give'), long: t('list.give') },
        ]
      : []),
    ...(kind === 'determination'
      ? [
          { keys: ['1', '2', '3', '4', '5'], short: t('level'), long: t('list.level') },
          { keys: ['Ctrl', 'Enter'], short: t('save'), long: t('list.save') },
        ]
      : []),
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
