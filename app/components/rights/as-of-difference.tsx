import { Link } from '@remix-run/react'
import { Badge, Status, type Tone } from '#app/components/ui/badge.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { AsOfPage, StatedAnswer } from '#services/rights/as-of-views.ts'
import { dayWords, opennessWords } from './words.ts'

const kinds = { contract: 'Contract', release: 'Release', ban: 'Ban', licence: 'Licence' } as const
const whats: Record<AsOfPage['rows'][number]['what'], { label: string; tone: Tone }> = {
  added: { label: 'Came', tone: 'success' },
  changed: { label: 'Read anew', tone: 'info' },
  ended: { label: 'Ended', tone: 'danger' },
}

/** Rows that came, went or were read anew, with who and when. */
export function ChangedRows({ page: { rows, more, declared, zone } }: { page: Pick<AsOfPage, 'rows' | 'more' | 'declared' | 'zone'> }) {
  return (
    <>
      {declared.length > 0 && (
        <ul className="plain-list">
          {declared.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <Table
        caption="What was written down in between"
        hideCaption
        rows={rows}
        rowKey={({ id, what }) => `${id}:${what}`}
        empty={declared.length === 0 && <p className="muted">Nothing was written down or ended in between.</p>}
        columns={[
          {
            label: 'Row',
            head: true,
            cell: ({ kind, name, licenceId }) => (
              <>
                <Badge>{kinds[kind]}</Badge> {licenceId ? <Link to={`/rights/licences/${licenceId}`}>{name}</Link> : name}
              </>
            ),
          },
          { label: 'What', cell: ({ what }) => <Status tone={whats[what].tone}>{whats[what].label}</Status> },
          {
            label: 'How',
            cell: ({ words }) => (
              <ul className="plain-list">
                {words.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            ),
          },
          { label: 'When', cell: ({ at }) => at && <When at={at} zone={zone} /> },
          { label: 'Who', cell: ({ by }) => by ?? '–' },
        ]}
      />
      {more > 0 && <p className="muted small">And {more} more rows. Choose days that lie closer together to see them.</p>}
    </>
  )
}

/** The cells of the grid that changed, before and after. */
export function ChangedCells({ page: { cells, at } }: { page: Pick<AsOfPage, 'cells' | 'at'> }) {
  const sign = (openness: AsOfPage['cells'][number]['before']) => (
    <span className="nowrap">
      <span className="grid-mark grid-mark-small" data-openness={openness} aria-hidden="true">
        <span>{opennessWords[openness].mark}</span>
      </span>{' '}
      {opennessWords[openness].label}
    </span>
  )
  return (
    <Table
      caption={`Cells of the grid that changed, for ${dayWords(at)}`}
      hideCaption
      rows={cells}
      rowKey={({ medium, before, after }) => `${medium}:${before}:${after}`}
      empty={<p className="muted">No cell of the grid changed: what could be had on {dayWords(at)} is the same by both.</p>}
      columns={[
        { label: 'Medium', head: true, cell: ({ medium }) => medium },
        { label: 'Before', cell: ({ before }) => sign(before) },
        { label: 'After', cell: ({ after }) => sign(after) },
        { label: 'Where', cell: ({ places }) => places },
      ]}
    />
  )
}

/** The stated use under both states of knowledge. */
export function BothAnswers({ page: { answers, than, known, at } }: { page: Pick<AsOfPage, 'answers' | 'than' | 'known' | 'at'> }) {
  if (!answers) return null
  return (
    <Panel title={`Might it be used on ${dayWords(at)}?`}>
      <Columns least="18rem" gap="lg">
        <Answer title={`By what we knew on ${dayWords(than)}`} answer={answers.then} />
        <Answer title={`By what we knew on ${dayWords(known)}`} answer={answers.now} />
      </Columns>
    </Panel>
  )
}

function Answer({ title, answer: { verdict, reasons } }: { title: string; answer: StatedAnswer }) {
  return (
    <section className="stack" data-gap="sm">
      <h3>{title}</h3>
      <p>
        <Status tone={verdict === 'deny' ? 'danger' : 'success'}>{verdict === 'deny' ? 'No' : 'Yes, it could be licensed'}</Status>
      </p>
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
