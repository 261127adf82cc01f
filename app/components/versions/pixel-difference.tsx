import type { CSSProperties } from 'react'
import type { DifferenceSeen } from '#services/assets/differences.ts'
import { Notice } from '../ui/notice.tsx'
import type { Pair } from './compare-sides.tsx'

const reasons: Record<Exclude<DifferenceSeen['outcome'], 'found'>, readonly [string, string]> = {
  'other-shape': ['They have different shapes', 'No pixel of the one lies on its like in the other. Look at them side by side.'],
  'no-picture': ['There are no two pictures', 'One of them has none, or it is still being made. The facts below can be compared.'],
  'not-now': ['The house is busy', 'It could not be looked at just now. Open this page again in a moment.'],
  'not-for-you': ['Not for your role', 'It is drawn from the clean picture, which librarians, reviewers and rights managers may open.'],
}

/** `0.4 %`: small changes are not nothing. */
const share = (part: number): string => {
  if (part === 0) return '0 %'
  const percent = part * 100
  return percent < 0.1 ? 'less than 0.1 %' : `${percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)} %`
}

/** What changed between two pictures: how much, and where. */
export function PixelDifference({ assetId, pair, difference }: { assetId: string; pair: Pair; difference: DifferenceSeen }) {
  if (difference.outcome !== 'found') {
    const [title, words] = reasons[difference.outcome]
    return (
      <Notice title={title}>
        <p>{words}</p>
      </Notice>
    )
  }
  const { width, height, regions } = difference
  const scaled = pair.from.width !== pair.to.width || pair.from.height !== pair.to.height
  return (
    <section className="pixel-difference" aria-labelledby="difference-share">
      <h2 id="difference-share">
        {difference.share === 0 ? 'No pixel differs' : `${share(difference.share)} of the picture differs`}
        {regions.length > 0 && `, in ${regions.length === 1 ? 'one part' : `${regions.length} parts`}`}
      </h2>
      <p className="small muted">
        {Math.max(pair.from.sheets.length, pair.to.sheets.length) > 1 && 'Of the first page only. '}Compared at {width} × {height} pixels,
        softened a little so that coding alone is no difference.
        {scaled && ` The two have different sizes (${sizeOf(pair.from)} and ${sizeOf(pair.to)}) and the same shape; both were scaled.`}
      </p>
      <div className="compare-over" style={{ '--ratio': width / height } as CSSProperties}>
        <img
          src={`/library/assets/${assetId}/compare/${pair.from.id}/${pair.to.id}`}
          alt={`Version ${pair.to.number} in grey; what differs from version ${pair.from.number} in colour`}
          width={width}
          height={height}
        />
        <svg className="marks" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          {regions.map((part, index) => (
            <rect key={index} className="mark-shape" x={part.x} y={part.y} width={part.width} height={part.height} />
          ))}
        </svg>
        {regions.map((part, index) => (
          <span
            key={index}
            className="mark-number numeric"
            aria-hidden="true"
            style={{ left: `${part.x * 100}%`, top: `${part.y * 100}%` }}
          >
            {index + 1}
          </span>
        ))}
      </div>
      {regions.length > 0 && (
        <ol className="small">
          {regions.map((part, index) => (
            <li key={index}>
              {Math.round(part.x * 100)} % from the left, {Math.round(part.y * 100)} % from the top: {share(part.share)} of the picture
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const sizeOf = ({ width, height }: Pair['from']): string => `${width ?? '?'} × ${height ?? '?'}`
