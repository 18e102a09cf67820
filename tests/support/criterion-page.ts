import { expect, type Page } from '@playwright/test';
import type { DemoAssessment } from './demo.ts';

/** Where a criterion is answered. */
export const criterionOf = ({ assessmentId }: Pick<DemoAssessment, 'assessmentId'>, key: string) =>
  `/assessments/${assessmentId}/criteria/${key}`;

export const explanationOf = (page: Page) => page.getByRole('textbox', { name: 'Toelichting', exact: true });

/** What stands beside the field: "Opslaan…", "Opgeslagen 14:02", "Niet opgeslagen". */
export const saveStatusOf = (page: Page) => page.locator('#saved');

/** Types an explanation and waits until the page says that it is saved. */
export async function saveExplanation(page: Page, text: string) {
  // The words may stand there from the save before; the answer of the server tells this one apart.
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await explanationOf(page).fill(text);
  await answered;
  await expectSaved(page);
}

export const expectSaved = (page: Page) => expect(saveStatusOf(page)).toHaveText(/^Opgeslagen \d\d:\d\d/);
