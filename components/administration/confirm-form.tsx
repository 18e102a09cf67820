'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import type { FormAction } from '#services/form-result.ts';
import { KeptForm, type Sentences } from './kept-form.tsx';

type ConfirmFormProps = {
  action: FormAction<unknown>;
  /** The one field that says what it is about. */
  name: string;
  value: string;
  /** Another field that goes along. */
  along?: { name: string; value: string };
  trigger: ReactNode;
  question: string;
  consequence: string;
  submit: string;
  sentences: Sentences;
};

/** Takes something away, after asking. */
export function ConfirmForm(props: ConfirmFormProps) {
  return (
    <ConfirmStep
      trigger={props.trigger}
      title={props.question}
      actions={
        <KeptForm action={props.action} sentences={props.sentences}>
          {(form) => (
            <>
              <input type="hidden" name={props.name} value={props.value} />
              {props.along && <input type="hidden" name={props.along.name} value={props.along.value} />}
              <Button type="submit" kind="danger" aria-disabled={form.pending}>
                {props.submit}
              </Button>
            </>
          )}
        </KeptForm>
      }
    >
      <p>{props.consequence}</p>
    </ConfirmStep>
  );
}
