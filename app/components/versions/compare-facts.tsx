import type { ComparePage } from '#services/assets/compare-view.ts'
import { clockWords } from '../assets/clock-words.ts'
import { dimensionWords, sizeWords, typeWords } from '../assets/file-words.ts'
import { Hash } from '../ui/code.tsx'
import { Table } from '../ui/table.tsx'
import { When } from '../ui/when.tsx'
import type { Pair } from './compare-sides.tsx'

interface Line {
  label: string
  from: React.ReactNode
  to: React.ReactNode
  differs: boolean
}

/** What two versions are as files, what they say of themselves, and what the record said in their times. */
export function CompareFacts({ page, pair, whole }: { page: ComparePage; pair: Pair; whole: boolean }) {
  const { record, embedded } = page
  const file = factsOf(pair)
  const said = (lines: ComparePage['record']): Line[] => lines.map((line) => ({ ...line, differs: true }))
  return (
    <div className="stack" data-gap="lg">
      <Compared
        title="As files"
        pair={pair}
        lines={whole ? file : file.filter(({ differs }) => differs)}
        none="They are the same as files."
      />
      <Compared title="What the files say of themselves" pair={pair} lines={said(embedded)} none="Both files say the same." />
      <Compared
        title="The record, as it was when each was last the newest"
        pair={pair}
        lines={said(record)}
        none="The record was the same in both times."
      />
    </div>
  )
}

function factsOf({ from, to }: Pair): Line[] {
  type Side = Pair['from']
  const facts: [string, (side: Side) => string, ((side: Side) => React.ReactNode)?][] = [
    ['File name', (side) => side.fileName],
    ['Type', (side) => typeWords(side.mediaType)],
    ['Dimensions', (side) => dimensionWords(side) ?? ''],
    ['Pages', (side) => (side.pages ? String(side.pages) : '')],
    ['Length', (side) => (side.durationMs ? clockWords(side.durationMs) : '')],
    ['Size', (side) => sizeWords(side.byteSize)],
    ['Font', (side) => [side.player?.facts.font?.family, side.player?.facts.font?.style].filter(Boolean).join(' ')],
    ['Signs in the font', (side) => String(side.player?.facts.font?.glyphs ?? '')],
    ['Colours', (side) => side.palette.join(', ')],
    ['SHA-256', (side) => side.sha256, (side) => <Hash value={side.sha256} />],
    ['Came', (side) => new Date(side.createdAt).toISOString(), (side) => <When at={side.createdAt} />],
    ['Brought by', (side) => side.by ?? ''],
    ['Note', (side) => side.note],
  ]
  return facts.flatMap(([label, words, shown = words]) =>
    words(from) || words(to) ? [{ label, from: shown(from), to: shown(to), differs: words(from) !== words(to) }] : [],
  )
}

function Compared({ title, pair, lines, none }: { title: string; pair: Pair; lines: readonly Line[]; none: string }) {
  return (
    <section>
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <Table
          caption={title}
          hideCaption
          rows={[...lines]}
          rowKey={({ label }) => label}
          columns={[
            { label: 'Field', head: true, cell: ({ label, differs }) => (differs ? label : <span className="muted">{label}</span>) },
            { label: `Version ${pair.from.number}`, cell: ({ from }) => <Value value={from} /> },
            { label: `Version ${pair.to.number}`, cell: ({ to }) => <Value value={to} /> },
          ]}
        />
      )}
    </section>
  )
}

const Value = ({ value }: { value: React.ReactNode }) =>
  value === '' ? <span className="muted">nothing</span> : <span className="words">{value}</span>
