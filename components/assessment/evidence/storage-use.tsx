import { getTranslations } from 'next-intl/server';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { quotaState } from '#domain/evidence-quota.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { Library } from '#services/evidence/list-evidence.ts';
import { spaceWords } from './file-words.ts';

const quotas = ['assessment', 'organisation', 'pieces'] as const;

/** What is used of each quota; a quota that is nearly or wholly full says what to do about it. */
export async function StorageUse({ storage }: { storage: Library['storage'] }) {
  const [t, format] = await Promise.all([getTranslations('library.storage'), readFormatter()]);
  const words = (name: (typeof quotas)[number], amount: number) =>
    name === 'pieces' ? format.number(amount) : spaceWords(amount, format.number);
  const pressing = quotas.flatMap((name) => {
    const { used, quota } = storage[name];
    const state = quotaState(used, quota);
    return state === 'free' ? [] : [{ name, state, left: words(name, quota - used) }];
  });
  return (
    <>
      {pressing.map(({ name, state, left }) => (
        <Notice key={name} kind={state === 'full' ? 'bad' : 'attention'} level={3} title={t(name)}>
          <p>{state === 'full' ? t(`${name}Full`) : t(`${name}Nearly`, { left })}</p>
        </Notice>
      ))}
      <DefinitionList
        variant="scale"
        items={quotas.map((name) => ({
          id: name,
          term: t(name),
          value: t('of', { used: words(name, storage[name].used), quota: words(name, storage[name].quota) }),
        }))}
      />
      <p className="meta">{t('file', { size: spaceWords(storage.file, format.number) })}</p>
    </>
  );
}
