import type { ReactNode } from 'react';

type WorkspaceFrameProps = {
  /** The score of the section, whose it is, and the tabs to the other sections. */
  strip: ReactNode;
  outlineLabel: string;
  outlineTitle: ReactNode;
  outline: ReactNode;
  /** The claim: criterion, answer, evidence. Scrolls on its own above 1200 px. */
  claim: ReactNode;
  claimLabel: string;
  /** The form that stays in sight under the claim; null where the claim is the form. */
  verdict: ReactNode;
  file: ReactNode;
  fileLabel: string;
  /** The line of shortcuts at the foot. */
  keys?: ReactNode;
  keysLabel?: string;
};

/**
 * The reviewer's three panes: outline, claim with verdict, file. One column on a phone. Stands
 * inside the page's main, under the compact top bar. Skip links lead to `#claim` and `#verdict`.
 */
export function WorkspaceFrame(props: WorkspaceFrameProps) {
  return (
    <div className="dense workspace">
      <div className="strip">{props.strip}</div>
      <div className="panes">
        <nav className="p-out" aria-label={props.outlineLabel}>
          <details className="fold">
            <summary>{props.outlineTitle}</summary>
            {props.outline}
          </details>
        </nav>
        <div className="p-claim" id="claim" tabIndex={-1}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1) */}
          <section className="upper" tabIndex={0} aria-label={props.claimLabel}>
            {props.claim}
          </section>
          {props.verdict && (
            <div className="verdict" id="verdict">
              {props.verdict}
            </div>
          )}
        </div>
        <section className="p-file" aria-label={props.fileLabel}>
          {props.file}
        </section>
      </div>
      {props.keys && (
        <section className="keys" aria-label={props.keysLabel}>
          {props.keys}
        </section>
      )}
    </div>
  );
}
