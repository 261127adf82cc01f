import { Form } from '@remix-run/react'
import { useState, type CSSProperties } from 'react'
import type { ComparePage } from '#services/assets/compare-view.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useScripted } from '../discussion/use-scripted.ts'
import { Caption, NoPicture, Sheets, type Pair } from './compare-sides.tsx'

/** One version over the other, uncovered as far as the slider says. Without scripts the slider is a form. */
export function CompareSlider({ asset, pair, sheet, at: asked }: { asset: ComparePage['asset']; pair: Pair; sheet: number; at: number }) {
  const [at, setAt] = useState(asked)
  const scripted = useScripted()
  const [one, other] = [pair.from.sheets[sheet - 1], pair.to.sheets[sheet - 1]]
  if (!one || !other) return <NoPicture />
  const ratio = other.width / other.height
  const otherShape = Math.abs(one.width / one.height / ratio - 1) > 0.01
  return (
    <div className="compare-slider">
      {otherShape && (
        <Notice tone="warning" title="They have different shapes">
          The earlier picture is fitted into the frame of the later one: what lies over each other need not be the same place.
        </Notice>
      )}
      <div className="compare-over" style={{ '--ratio': ratio, '--at': `${at}%` } as CSSProperties}>
        <img src={other.src} alt={`Version ${pair.to.number} of ${asset.title}`} width={other.width} height={other.height} />
        <img
          className="compare-top"
          src={one.src}
          alt={`Version ${pair.from.number}, over it from the left`}
          width={one.width}
          height={one.height}
        />
        <span className="compare-edge" aria-hidden="true" />
      </div>
      <Form method="get" className="compare-range">
        <input type="hidden" name="from" value={pair.from.number} />
        <input type="hidden" name="to" value={pair.to.number} />
        <input type="hidden" name="as" value="slider" />
        {sheet > 1 && <input type="hidden" name="page" value={sheet} />}
        <Caption side={pair.from} />
        <label>
          <span className="visually-hidden">How much of version {pair.from.number} is seen</span>
          <input
            type="range"
            name="at"
            min={0}
            max={100}
            step={1}
            value={at}
            aria-valuetext={`${at} % version ${pair.from.number}, ${100 - at} % version ${pair.to.number}`}
            onChange={(event) => setAt(Number(event.target.value))}
          />
        </label>
        <Caption side={pair.to} />
        {!scripted && (
          <Button type="submit" size="sm">
            Show
          </Button>
        )}
      </Form>
      {Math.max(pair.from.sheets.length, pair.to.sheets.length) > 1 && (
        <Sheets pair={pair} sheet={sheet} pages={Math.max(pair.from.sheets.length, pair.to.sheets.length)} as="slider" />
      )}
    </div>
  )
}
