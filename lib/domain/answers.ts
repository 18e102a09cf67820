/** The three answers to "Voldoet u hier minimaal aan?" (clause 3). Only `met` fulfils; `partly` is kept and shown. */
export const responses = ['met', 'partly', 'not_met'] as const;
export type Response = (typeof responses)[number];

/** Why a supervisor's verdict differs from the answer: niet aangetoond, praktijk wijkt af, anders uitgelegd, nieuwe informatie. */
export const grounds = ['not_demonstrated', 'practice_differs', 'explained_differently', 'new_information'] as const;
export type Ground = (typeof grounds)[number];

/** Responses by criterion key; an absent key is unanswered. */
export type ResponseMap = Readonly<Record<string, Response>>;

/** Intake facts by intake key; an absent key is unanswered and counts as true (clause 5). */
export type IntakeMap = Readonly<Record<string, boolean>>;

/** Tells whether a value from outside (form, file, database) is one of the three responses. */
export function isResponse(value: unknown): value is Response {
  return (responses as readonly unknown[]).includes(value);
}

/** Tells whether a value from outside is one of the four grounds. */
export function isGround(value: unknown): value is Ground {
  return (grounds as readonly unknown[]).includes(value);
}
