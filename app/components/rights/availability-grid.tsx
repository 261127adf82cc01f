import { useNavigate, useSearchParams } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLookup } from '#app/components/ui/use-lookup.ts'
import type { loader as framesLoader } from '#app/routes/rights/asset-grid.ts'
import type { GridView } from '#services/rights/grid-views.ts'
import type { Head } from '#services/rights/rules/grid.ts'
import { CellPanel, type LinkedCell } from './cell-panel.tsx'
import { GridLegend, GridTable } from './grid-table.tsx'
import { TimeSlider } from './time-slider.tsx'

interface AvailabilityGridProps {
  assetId: string
  grid: Omit<GridView, 'cell'>
  cell: LinkedCell | null
}

/** Pixels that a thumb covers come in dozens a second; the address follows when it rests. */
const restMs = 250

/** Media by places at the time that the slider names; a cell opens its reasons beside it. */
export function AvailabilityGrid({ assetId, grid, cell }: AvailabilityGridProps) {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const table = useRef<HTMLTableElement>(null)
  const [step, setStep] = useState(grid.step)
  const [playing, setPlaying] = useState(false)
  // What we sent comes back later than the thumb moves on: only what somebody else asked for moves the slider.
  const sent = useRef(grid.step)
  useEffect(() => {
    if (grid.step === sent.current) return
    sent.current = grid.step
    setStep(grid.step)
  }, [grid])

  const frames = useFrames(assetId, grid)
  const frame = frames?.[step] ?? grid.frame
  const busy = !frames && step !== grid.step

  const address = useCallback(
    (change: (copy: URLSearchParams) => void) => {
      const copy = new URLSearchParams(search)
      if (step === 0) copy.delete('step')
      else copy.set('step', String(step))
      change(copy)
      return `?${copy}`
    },
    [search, step],
  )
  const asked = Number(search.get('step') ?? 0)
  useEffect(() => {
    if (playing || step === asked) return
    const timer = setTimeout(() => {
      sent.current = step
      void navigate(
        address(() => undefined),
        { replace: true, preventScrollReset: true },
      )
    }, restMs)
    return () => clearTimeout(timer)
  }, [playing, step, asked, address, navigate])

  const toCell = (media: string, territory: string) =>
    `${address((copy) => {
      copy.set('media', media)
      copy.set('territory', territory)
    })}#cell`
  const toHead = ({ code, open }: Head) =>
    address((copy) => {
      const others = copy.getAll('open').filter((one) => one !== code)
      copy.delete('open')
      for (const one of open ? others : [...others, code]) copy.append('open', one)
    })
  const closed = address((copy) => {
    copy.delete('media')
    copy.delete('territory')
  })
  const setLength = (months: number) =>
    void navigate(
      address((copy) => (months === 0 ? copy.delete('for') : copy.set('for', String(months)))),
      { replace: true, preventScrollReset: true },
    )
  const keep = [...search].filter(([name]) => name !== 'step' && name !== 'for')

  return (
    <div className="stack">
      <TimeSlider
        moments={grid.moments}
        step={step}
        months={grid.months}
        keep={keep}
        onStep={setStep}
        onLength={setLength}
        playing={playing}
        onPlaying={(next) => {
          if (next && step >= grid.moments.length - 1) setStep(0)
          setPlaying(next)
        }}
      />
      <div className="grid-and-cell" data-open={cell ? '' : undefined}>
        <GridTable
          axes={grid.axes}
          frame={frame}
          toCell={toCell}
          toHead={toHead}
          current={cell}
          words={grid.moments[step]?.words ?? ''}
          busy={busy}
          table={table}
        />
        {cell && (
          <CellPanel
            key={`${cell.media}:${cell.territory}`}
            assetId={assetId}
            cell={cell}
            words={grid.moments[grid.step]?.words ?? ''}
            close={closed}
            onClose={() => table.current?.querySelector<HTMLElement>('[aria-current]')?.focus()}
          />
        )}
      </div>
      <GridLegend />
      {grid.without && <p className="small muted">For every industry but these, to which nobody shown has consented: {grid.without}.</p>}
    </div>
  )
}

/** All positions of the slider, fetched once the page is there; undefined until then. */
function useFrames(assetId: string, { months, open }: Pick<GridView, 'months' | 'open'>): string[] | undefined {
  const { said: data, look } = useLookup<Awaited<ReturnType<typeof framesLoader>>>()
  const query = new URLSearchParams([['for', String(months)], ...open.map((code) => ['open', code] as [string, string])]).toString()
  useEffect(() => look(`/rights/assets/${assetId}/grid?${query}`), [assetId, query, look])
  return data && data.months === months && data.open.join() === open.join() ? data.frames : undefined
}
