import { fromLowest, tenthsOf } from '#domain/fraction.ts';

/** The width of one level. */
const level = 28;
const wide = 4 * level;

type MeanScaleProps = {
  /** Exact. */
  mean: string;
  /** Exact: that of the last round; null where there is none to lay beside it. */
  before: string | null;
};

/** A mean as a bar on the scale of 1 to 5, and the last round's as a stroke across it; the numbers stand beside it. */
export function MeanScale({ mean, before }: MeanScaleProps) {
  // Of the figure as it is written: nothing finer is to be read from the drawing.
  const at = (exact: string) => Math.round((Number(tenthsOf(fromLowest(exact))) / 10 - 1) * level);
  return (
    <svg className="bars" width={wide + 4} height={18} viewBox={`-2 0 ${wide + 4} 18`} aria-hidden="true">
      <path className="st-open" strokeWidth={1} d={`M0 3.5H${wide}V14.5H0z${ticks}`} />
      <rect className="st-fill" x={0} y={3} width={at(mean)} height={12} />
      {before && (
        <>
          <rect className="st-paper" x={at(before) - 2.5} y={0} width={5} height={18} />
          <rect className="st-stop" x={at(before) - 1} y={0} width={2} height={18} />
        </>
      )}
    </svg>
  );
}

const ticks = [1, 2, 3].map((step) => `M${step * level} 3.5V14.5`).join('');
