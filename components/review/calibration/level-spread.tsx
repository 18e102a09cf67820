const [width, gap, height] = [30, 4, 84];
/** Up to so many in the tallest column each insurer is a bar of its own; beyond it columns are whole. */
const mostBars = 20;

/** How many insurers stand on each level, as columns, with the mean as a dotted line. Its words and table stand beside it. */
export function LevelSpread({ levels, mean }: { levels: readonly number[]; mean: number }) {
  const most = Math.max(1, ...levels);
  const step = Math.min(8, height / most);
  const at = (mean - 1) * (width + gap) + width / 2;
  const whole = 5 * (width + gap);
  return (
    <svg className="level-spread" viewBox={`0 0 ${whole} ${height + 18}`} aria-hidden="true">
      {levels.map((count, index) => {
        const x = index * (width + gap);
        const bars = most > mostBars ? [] : Array.from({ length: count }, (_, place) => place);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
          <g key={index}>
            <path className="st-open" d={`M${x} ${height}h${width}`} />
            {bars.map((place) => (
              <rect
                key={place}
                className="st-fill"
                x={x}
                y={height - (place + 1) * step}
                width={width}
                height={step - 1.5}
              />
            ))}
            {most > mostBars && (
              <rect className="st-fill" x={x} y={height - count * step} width={width} height={count * step} />
            )}
            <text x={x + width / 2} y={height + 15} textAnchor="middle">
              {index + 1}
            </text>
          </g>
        );
      })}
      <path className="spread-mean" d={`M${at} 0V${height}`} />
    </svg>
  );
}
