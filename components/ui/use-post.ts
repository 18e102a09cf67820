import { type FormEvent, startTransition, useActionState, useEffect, useRef } from 'react';

/**
 * Posts a form to an action: `<form action={dispatch} onSubmit={onSubmit}>`. Before and without script the browser posts it.
 * With script we do, once at a time, with the button that was pressed: a form that React posts itself is emptied afterwards.
 * A form that leaves the page with what it asked hands the focus to the nearest part around it that stays and can take it.
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
  const around = useRef<HTMLElement[]>([]);
  useEffect(
    () => () => {
      // Whoever went on elsewhere stays there.
      if (document.activeElement !== document.body) return;
      around.current.find((part) => part.isConnected && part.hasAttribute('tabindex'))?.focus();
    },
    [],
  );
  return { result: result as Result, dispatch, onSubmit, pending };

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const data = new FormData(form, (event.nativeEvent as SubmitEvent).submitter);
    prepare?.(data, form);
    around.current = partsAround(form);
    startTransition(() => dispatch(data));
  }
}

/** What an element stands in, from near to far; asked while it stands there. */
function partsAround(element: HTMLElement): HTMLElement[] {
  const outer = element.parentElement;
  return outer ? [outer, ...partsAround(outer)] : [];
}
