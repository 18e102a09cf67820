import { type FormEvent, startTransition, useActionState } from 'react';

/**
 * Posts a form to an action: `<form action={dispatch} onSubmit={onSubmit}>`. Before and without script the browser posts it.
 * With script we do, once at a time, with the button that was pressed: a form that React posts itself is emptied afterwards.
 * @param prepare changes the data before they leave, or the form behind them
 */
export function usePost<Result extends { status: string }>(
  action: (previous: Result, form: FormData) => Promise<Result>,
  prepare?: (data: FormData, form: HTMLFormElement) => void,
) {
  type Settled = Awaited<Result>;
  const [result, dispatch, pending] = useActionState(
    // As it was handed down: a page without script posts to this very action.
    action as unknown as (previous: Settled, form: FormData) => Promise<Settled>,
    { status: 'idle' } as unknown as Settled,
  );
  return { result: result as Result, dispatch, onSubmit, pending };

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    prepare?.(data, event.currentTarget);
    startTransition(() => dispatch(data));
  }
}
