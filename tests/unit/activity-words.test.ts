import { expect, it } from 'vitest';
import { noticeKind } from '#db/schema/reviews.ts';
import { messages } from '#lib/i18n/messages.ts';
import { activityKinds } from '#services/history/activity-rows.ts';

it.each(noticeKind.enumValues)('the activity tells in words of the notice %s', (kind) => {
  expect(activityKinds).toContain(kind);
});

it.each(activityKinds)('%s has words in both languages', (kind) => {
  for (const locale of ['nl', 'en'] as const)
    expect(Object.keys(messages[locale].history.activity.kinds)).toContain(kind);
});
