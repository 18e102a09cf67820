import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { CriterionPage } from '#services/assessments/get-criterion.ts';
import type { FormAction } from '#services/form-result.ts';
import type { NoteView } from '#services/notes/criterion-notes.ts';
import { Row } from '../row.tsx';
import { MentionsSeen } from './mentions-seen.tsx';
import { NoteForm } from './note-form.tsx';
import { NoteStep } from './note-step.tsx';

export type NoteActions = { save: FormAction; resolve: FormAction; see: FormAction };

type NotesRowProps = { page: CriterionPage; actions: NoteActions };

/** What colleagues tell each other at a criterion: open notes, those that were dealt with folded away, and a new one. */
export async function NotesRow({ page, actions }: NotesRowProps) {
  const [t, roles, locale] = await Promise.all([
    getTranslations('notes'),
    getTranslations('common.roles'),
    getLocale().then(localeOf),
  ]);
  const { key } = page.criterion;
  const { notes, colleagues, maySave, organisationName } = page.notes;
  const open = notes.filter(({ resolved }) => !resolved);
  const resolved = notes.filter((note) => note.resolved);
  const unseen = notes.filter((note) => note.unseen).map(({ id }) => id);
  const list = (some: readonly NoteView[]) => (
    <ol className="notes" aria-label={t('listLabel', { key })}>
      {some.map((note) => (
        <Note key={note.id} page={page} note={note} resolve={actions.resolve} />
      ))}
    </ol>
  );
  return (
    <Row
      id="notes"
      side={
        <>
          <h2 id="notes-head" tabIndex={-1}>
            {t('title')}
          </h2>
          <span className="meta">{t('only', { organisation: organisationName })}</span>
        </>
      }
    >
      {unseen.length > 0 && (
        <MentionsSeen
          action={actions.see}
          assessmentId={page.assessment.id}
          noteIds={unseen}
          words={{ named: t('named', { count: unseen.length }), seen: t('seen') }}
        />
      )}
      {notes.length === 0 && !maySave && <p className="meta">{t('none', { key })}</p>}
      {open.length > 0 && list(open)}
      {resolved.length > 0 && (
        <Disclosure summary={t('resolved', { count: resolved.length })} open={resolved.some((note) => note.unseen)}>
          {list(resolved)}
        </Disclosure>
      )}
      {maySave ? (
        <NoteForm
          key={key}
          action={actions.save}
          noteId={randomUUID()}
          colleagues={colleagues.map(({ userId, name, roles: held }) => ({
            userId,
            name,
            role: held.map((role) => roles(role)).join(', '),
          }))}
          known={notes.map(({ id }) => id)}
          texts={messages[locale].notes.form}
        />
      ) : (
        <p className="meta">{page.assessment.state === 'closed' ? t('closed') : t('reader')}</p>
      )}
    </Row>
  );
}

async function Note({ page, note, resolve }: { page: CriterionPage; note: NoteView; resolve: FormAction }) {
  const [t, roles, locale] = await Promise.all([
    getTranslations('notes'),
    getTranslations('common.roles'),
    getLocale().then(localeOf),
  ]);
  const moment = (instant: string) => formatMoment(new Date(instant), locale);
  const nameOf = (person: { userId: string; name: string }) => (person.userId === page.userId ? t('you') : person.name);
  const { by, mentions, resolved } = note;
  const role = by.roles.length > 0 ? by.roles.map((held) => roles(held).toLowerCase()).join(', ') : t('left');
  const names = new Intl.ListFormat(locale).format(
    mentions.map((person) => (person.userId === page.userId ? t('you').toLowerCase() : person.name)),
  );
  const name = nameOf(by);
  return (
    <li id={`note-${note.id}`}>
      <p className="prewrap">{note.text}</p>
      <p className="meta">
        {`${name} (${role}), ${moment(note.writtenAt)}. `}
        {mentions.length > 0 && <span className={note.unseen ? 'attword' : undefined}>{t('names', { names })}</span>}
      </p>
      {resolved && <p className="meta">{t('resolvedBy', { name: resolved.name, moment: moment(resolved.at) })}</p>}
      {page.notes.maySave && (
        <div className="doings">
          <NoteStep
            action={resolve}
            hidden={{ assessmentId: page.assessment.id, noteId: note.id, to: resolved ? 'open' : 'resolved' }}
            focusId="notes-head"
            texts={messages[locale].notes.form.codes}
          >
            {resolved ? t('reopen') : t('resolve')}
            <span className="vh"> {t('resolveOf', { name, moment: moment(note.writtenAt) })}</span>
          </NoteStep>
        </div>
      )}
    </li>
  );
}
