import { useId, useState, type CSSProperties } from 'react'
import { sizeWords } from '#app/components/assets/file-words.ts'
import { Link } from '#app/components/ui/link.tsx'
import { stateWords } from '#services/assets/rules/asset-states.ts'
import type { LikePicture } from '#services/rights/likeness-views.ts'

const looks = [
  { value: 'beside', label: 'Side by side' },
  { value: 'slider', label: 'Slider' },
  { value: 'difference', label: 'Difference' },
] as const
type Look = (typeof looks)[number]['value']
type Shown = Pick<LikePicture, 'id' | 'title' | 'versionId' | 'width' | 'height' | 'tint'>

const srcOf = ({ id, versionId }: Shown) => (versionId ? `/previews/${id}/clean-grid?v=${versionId}` : null)

/** Two pictures to be told apart: beside each other, one over the other with a slider, or what differs. Beside is what works without JavaScript. */
export function PicturePair({ one, two }: { one: Shown; two: Shown }) {
  const [look, setLook] = useState<Look>('beside')
  const [share, setShare] = useState(50)
  const name = useId()
  return (
    <div className="pair" data-look={look}>
      <fieldset className="pair-looks">
        <legend className="visually-hidden">How to compare</legend>
        {looks.map(({ value, label }) => (
          <label key={value}>
            <input type="radio" name={name} value={value} checked={look === value} onChange={() => setLook(value)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <div className="pair-pictures" style={{ '--share': `${share}%` } as CSSProperties}>
        {[one, two].map((shown, n) => {
          const src = srcOf(shown)
          return (
            <span className="pair-picture" key={shown.id} data-which={n === 0 ? 'one' : 'two'}>
              {src ? (
                <img src={src} alt={shown.title} loading="lazy" width={shown.width ?? undefined} height={shown.height ?? undefined} />
              ) : (
                <span className="muted small">No preview yet</span>
              )}
            </span>
          )
        })}
      </div>
      {look === 'slider' && (
        <input
          className="pair-slider"
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label={`How much of “${one.title}” is shown`}
          onChange={(event) => setShare(Number(event.target.value))}
        />
      )}
      {look === 'difference' && <p className="small muted">Black is where both are the same.</p>}
    </div>
  )
}

/** What is to be known of one of them. */
export function PairFacts({ picture, called }: { picture: LikePicture; called: string }) {
  return (
    <p className="small">
      <span className="eyebrow">{called}</span> <Link to={`/library/assets/${picture.id}`}>{picture.title}</Link>
      <br />
      <span className="muted">
        {stateWords[picture.state]} · {picture.width && picture.height ? `${picture.width} × ${picture.height} px · ` : ''}
        {sizeWords(picture.byteSize)} · {picture.fileName}
      </span>
    </p>
  )
}
