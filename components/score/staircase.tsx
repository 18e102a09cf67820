import {
  drawStaircase,
  type Point,
  type StaircaseFacts,
  type StaircaseGeometry,
  type StaircaseSize,
} from './staircase-geometry.ts';
import { WhoseShape } from './whose-score.tsx';

type StaircaseProps = StaircaseFacts & {
  size: StaircaseSize;
  /** The sector's mean as the page writes it ("3,5"); drawn at the end of its dotted line. */
  sectorLabel?: string | undefined;
  /** The words of the score. Leave out when they stand beside the drawing: it is hidden from assistive technology then. */
  label?: string | undefined;
};

/**
 * The drawing of a score, the only one in the product. Its words stand beside it or in `label`; pages never draw it alone.
 */
export function Staircase({ size, label, sectorLabel, ...facts }: StaircaseProps) {
  const drawing = drawStaircase(size, facts);
  const small = size === 'small';
  const thin = small ? 1 : 1.5;
  const firm = small ? 1 : 2;
  return (
    <svg
      className={small ? 'st' : 'stl'}
      width={drawing.width}
      height={small ? drawing.height : undefined}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {drawing.profile && <polyline className="st-open" strokeWidth={thin} points={path(drawing.profile)} />}
      {drawing.baseline && (
        <line
          className="st-open"
          strokeWidth={thin}
          x1={drawing.baseline.from}
          y1={drawing.baseline.y}
          x2={drawing.baseline.to}
          y2={drawing.baseline.y}
        />
      )}
      {drawing.reached && <polygon className="st-fill" points={path(drawing.reached)} />}
      {drawing.risen && (
        // The key makes a new element per score, so that each rise is shown once.
        <polygon key={path(drawing.risen)} className="st-risen" points={path(drawing.risen)} />
      )}
      {drawing.reach && (
        <>
          <polygon className="st-paper" points={path(drawing.reach)} />
          <path className="st-edge" strokeWidth={firm} d={lines(drawing.hatch)} />
        </>
      )}
      {drawing.reachEdge && <polygon className="st-edge" strokeWidth={firm} points={path(drawing.reachEdge)} />}
      {drawing.wouldBecome && <polyline className="st-edge" strokeWidth={firm} points={path(drawing.wouldBecome)} />}
      {drawing.sector && (
        <>
          <line
            className="st-sector-halo"
            x1={drawing.sector.from}
            y1={drawing.sector.y}
            x2={drawing.sector.to}
            y2={drawing.sector.y}
          />
          <line
            className="st-sector"
            x1={drawing.sector.from}
            y1={drawing.sector.y}
            x2={drawing.sector.to}
            y2={drawing.sector.y}
          />
          <text className="st-label" x={drawing.sector.label[0]} y={drawing.sector.label[1]}>
            {sectorLabel}
          </text>
        </>
      )}
      {drawing.stop && (
        <>
          <rect className="st-paper" {...drawing.stop.halo} />
          <rect className="st-stop" {...drawing.stop.bar} />
        </>
      )}
      {drawing.stop?.key && (
        <text className="st-key" x={drawing.stop.key.at[0]} y={drawing.stop.key.at[1]} textAnchor="end">
          {drawing.stop.key.text}
        </text>
      )}
      {drawing.marks.map((mark) => (
        <WhoseShape key={mark.whose} whose={mark.whose} x={mark.x} y={mark.y} />
      ))}
      {drawing.gain && (
        <text className="st-gain" x={drawing.gain.at[0]} y={drawing.gain.at[1]} textAnchor="middle">
          {drawing.gain.text}
        </text>
      )}
      {drawing.numbers.map((number) => (
        <text
          key={number.level}
          className={number.reached ? 'st-number on' : 'st-number'}
          x={number.at[0]}
          y={number.at[1]}
          textAnchor="middle"
        >
          {number.level}
        </text>
      ))}
      {drawing.numeral && (
        <text
          className={size === 'large' ? 'st-numeral' : 'st-numeral st-figure'}
          x={drawing.numeral.at[0]}
          y={drawing.numeral.at[1]}
        >
          {drawing.numeral.level}
        </text>
      )}
    </svg>
  );
}

function path(points: readonly Point[]): string {
  return points.map(([x, y]) => `${x},${y}`).join(' ');
}

function lines(hatch: StaircaseGeometry['hatch'] = []): string {
  return hatch.map(([[x1, y1], [x2, y2]]) => `M${x1} ${y1}L${x2} ${y2}`).join('');
}
