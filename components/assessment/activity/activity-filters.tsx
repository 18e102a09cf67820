import { getLocale, getTranslations } from 'next-intl/server';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/field.tsx';
import type { Activity, ListActivityInput } from '#services/history/list-activity.ts';
import { activityPath } from './activity-path.ts';

type ActivityFiltersProps = { activity: Activity; query: ListActivityInput };

/** Section and colleague as a form of method GET: the address keeps what was chosen, with and without script. */
export async function ActivityFilters({ activity, query }: ActivityFiltersProps) {
  const [t, locale] = await Promise.all([getTranslations('history.activity'), getLocale()]);
  const { assessmentId, sections, people, section } = activity;
  return (
    <search aria-label={t('filter')}>
      <form className="filters" action={activityPath(assessmentId)}>
        <SelectField name="section" label={t('section')} defaultValue={section ?? ''}>
          <option value="">{t('allSections')}</option>
          {sections.map(({ key, title }) => (
            <option key={key} value={key}>
              {key} {title[locale] || title.nl}
            </option>
          ))}
        </SelectField>
        <SelectField name="person" label={t('person')} defaultValue={query.person ?? ''}>
          <option value="">{t('everyone')}</option>
          {people.map(({ userId, name, left }) => (
            <option key={userId} value={userId}>
              {left ? t('leftPerson', { name }) : name}
            </option>
          ))}
        </SelectField>
        <p>
          <Button type="submit" kind="plain">
            {t('apply')}
          </Button>
        </p>
      </form>
    </search>
  );
}
