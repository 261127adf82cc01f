import { Link, useNavigate } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Icon } from '#app/components/ui/icon.tsx'
import type { GridView, NamedReason } from '#services/rights/grid-views.ts'
import type { Axis } from '#services/rights/rules/nearest.ts'
import { axisWords, opennessWords } from './words.ts'

/** A scope that can be had, with the ways on: to a price in the store, and to the question whether it may be used. */
export interface LinkedScope {
  axis: Axis | null
  words: string
  quote: string | null
  ask: string
}
export type LinkedCell = Pick<NonNullable<GridView['cell']>, 'media' | 'territory' | 'label' | 'openness' | 'reasons' | 'more'> & {
  scopes: LinkedScope[]
}

interface CellPanelProps {
  assetId: string
  cell: LinkedCell
  words: string
  close: string
  onClose: () => void
}

/** Why a cell is as it is, the row behind each reason, and what can be had instead. */
export function CellPanel({ assetId, cell, words, close, onClose }: CellPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const panel = useRef<HTMLElement>(null)
  const navigate = useNavigate()
  // Whoever opens a cell is led to its reasons; whoever comes by a link starts at the top of the page.
  useEffect(() => {
    if (document.activeElement?.classList.contains('grid-mark')) {
      heading.current?.focus({ preventScroll: true })
      heading.current?.scrollIntoView({ block: 'nearest' })
    }
  }, [])
  const leave = useRef(() => undefined as void)
  leave.current = () => {
    onClose()
    void navigate(close, { preventScrollReset: true })
  }
  useEffect(() => {
    const own = panel.current
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') leave.current()
    }
    own?.addEventListener('keydown', onKey)
    return () => own?.removeEventListener('keydown', onKey)
  }, [])
  const { label, tone } = opennessWords[cell.openness]
  return (
    <aside ref={panel} id="cell" className="cell-panel" aria-labelledby="cell-title">
      <div className="cell-panel-head">
        <h3 id="cell-title" ref={heading} tabIndex={-1}>
          {cell.label}
        </h3>
        <Link
          to={close}
          className="button"
          data-tone="quiet"
          data-size="sm"
          data-icon-only=""
          aria-label="Close the reasons"
          title="Close"
          preventScrollReset
          onClick={onClose}
        >
          <Icon name="close" />
        </Link>
      </div>
      <p>
        <Status tone={tone}>{label}</Status> <span className="muted small">{words}</span>
      </p>
      {cell.reasons.length === 0 ? (
        <p>Nothing is in the way.</p>
      ) : (
        <ul className="cell-reasons">
          {cell.reasons.map((reason, index) => (
            <li key={`${reason.row?.id ?? ''}:${index}`}>
              <p>{reason.words}</p>
              <p className="small">
                <ReasonRow assetId={assetId} reason={reason} />
                {reason.exclusiveOnly && <span className="muted"> Stands only in the way of an exclusive licence.</span>}
              </p>
            </li>
          ))}
        </ul>
      )}
      {cell.more > 0 && <p className="muted small">And {cell.more} more of the same kind.</p>}
      {cell.scopes.length > 0 && (
        <>
          <h4>{cell.scopes[0]?.axis === null ? 'It can be had' : 'What can be had instead'}</h4>
          <ul className="cell-scopes">
            {cell.scopes.map(({ axis, words: scope, quote, ask }) => (
              <li key={axis ?? 'whole'}>
                <p>
                  {axis && <strong>{axisWords[axis]}: </strong>}
                  {scope}
                </p>
                <div className="cluster">
                  {quote && (
                    <ButtonLink to={quote} size="sm" icon="tag">
                      Quote this
                    </ButtonLink>
                  )}
                  <ButtonLink to={ask} size="sm" tone="quiet">
                    Ask “may I use it?”
                  </ButtonLink>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  )
}

const rowWords = {
  acquisition: 'Contract',
  release: 'Release',
  restriction: 'Ban',
  claim: 'Licence',
  record: 'The picture’s record',
} as const

function ReasonRow({ assetId, reason: { row, name, holder, licenceId } }: { assetId: string; reason: NamedReason }) {
  if (row === null) return <span className="muted">No row says so: something is missing.</span>
  const what = [rowWords[row.kind], name].filter(Boolean).join(' ')
  const to = row.kind === 'record' ? `/library/assets/${assetId}/edit` : licenceId ? `/rights/licences/${licenceId}` : `#row-${row.id}`
  return (
    <>
      <Link to={to}>{what}</Link>
      {holder && <span className="muted"> {holder}.</span>}
    </>
  )
}
