'use client';

import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { ErrorSummary, type FieldProblem } from '#components/ui/error-summary.tsx';
import { TextField } from '#components/ui/field.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormResult } from '#services/form-result.ts';

type Result = FormResult<unknown>;

export type SignTexts = {
  name: string;
  function: string;
  password: string;
  passwordHint: string;
  declared: string;
  what: string;
  submit: string;
  notYet: string;
  errors: Readonly<Record<SignProblem | 'title', string>>;
};

const otherProblems = ['busy', 'wrong_state', 'own_deadline_open', 'changed', 'signed_out', 'forbidden'] as const;
type SignProblem = 'name' | 'function' | 'declared' | 'password' | (typeof otherProblems)[number];

type SignFormProps = {
  action: (previous: Result, form: FormData) => Promise<Result>;
  assessmentId: string;
  /** Made once a page, so that the same post twice is one submission. */
  submissionId: string;
  signatoryName: string;
  backHref: string;
  texts: SignTexts;
};

/** Signing and submitting: who, in what function, the password once more, and the declaration. Works without script. */
export function SignForm({ action, assessmentId, submissionId, signatoryName, backHref, texts }: SignFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const typed = result.status === 'refused' ? result.typed : null;
  const problems = problemsOf(result);
  const errorOf = (problem: SignProblem) => (problems.includes(problem) ? texts.errors[problem] : undefined);
  return (
    <form action={dispatch} noValidate onSubmit={onSubmit}>
      <ErrorSummary title={texts.errors.title} problems={problems.map((problem) => shown(problem, texts))} />
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="submissionId" value={submissionId} />
      <div className="sign-pair">
        <TextField
          name="signatoryName"
          label={texts.name}
          autoComplete="name"
          defaultValue={typed?.signatoryName?.[0] ?? signatoryName}
          error={errorOf('name')}
          maxLength={200}
          required
        />
        <TextField
          name="signatoryFunction"
          label={texts.function}
          autoComplete="organization-title"
          defaultValue={typed?.signatoryFunction?.[0]}
          error={errorOf('function')}
          maxLength={200}
          required
        />
      </div>
      <TextField
        name="password"
        type="password"
        label={texts.password}
        hint={texts.passwordHint}
        autoComplete="current-password"
        error={errorOf('password')}
        required
      />
      <Checkbox
        name="declared"
        value="yes"
        label={texts.declared}
        defaultChecked={typed?.declared?.[0] === 'yes'}
        error={errorOf('declared')}
        required
      />
      <p className="consequence">{texts.what}</p>
      <div className="btnrow">
        <Button type="submit" aria-disabled={pending}>
          {texts.submit}
        </Button>
        <ButtonLink kind="link" href={backHref}>
          {texts.notYet}
        </ButtonLink>
      </div>
    </form>
  );
}

/** Every guard that failed, as what the signatory can do about it; what stands above the form is said in one line. */
function problemsOf(result: Result): SignProblem[] {
  if (result.status !== 'refused') return [];
  const { code, because, typed } = result;
  if (code === 'busy' || code === 'signed_out') return [code];
  if (code === 'forbidden' || code === 'not_found') return ['forbidden'];
  if (because.includes('wrong_state')) return ['wrong_state'];
  const changed = ['intake_complete', 'all_answered', 'evidence_rules_met', 'no_refused_file'];
  const unsigned = because.includes('declaration_signed');
  return [
    ...(unsigned && !typed.signatoryName?.[0]?.trim() ? (['name'] as const) : []),
    ...(unsigned && !typed.signatoryFunction?.[0]?.trim() ? (['function'] as const) : []),
    ...(because.includes('signed_in_again') ? (['password'] as const) : []),
    ...(unsigned && typed.declared?.[0] !== 'yes' ? (['declared'] as const) : []),
    ...(because.includes('own_deadline_open') ? (['own_deadline_open'] as const) : []),
    ...(because.some((guard) => changed.includes(guard)) ? (['changed'] as const) : []),
  ];
}

function shown(problem: SignProblem, texts: SignTexts): FieldProblem {
  const fields: Partial<Record<SignProblem, string>> = {
    name: 'signatoryName',
    function: 'signatoryFunction',
    password: 'password',
    declared: 'declared',
  };
  const fieldId = fields[problem];
  return { text: texts.errors[problem], ...(fieldId ? { fieldId } : {}) };
}
