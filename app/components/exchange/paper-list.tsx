import { Hash } from '#app/components/ui/code.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { paperTypes, type PaperType } from '#services/exchange/rules/paper-types.ts'
import { sizeInWords } from './words.ts'

export interface Paper {
  id: string
  reference: string
  fileName: string
  mediaType: string
  sizeBytes: number
  sha256: string
  addedAt: Date | string
  by: string | null
}

/** Signed papers with their hash; for contract pages, and for releases on the page of an asset. */
export function PaperList({ papers, zone, withReference = false }: { papers: readonly Paper[]; zone: string; withReference?: boolean }) {
  if (papers.length === 0) return <p className="muted">No signed paper is kept here yet.</p>
  return (
    <Table
      caption="Papers"
      hideCaption
      rows={papers}
      rowKey={({ id }) => id}
      columns={[
        {
          label: 'Paper',
          head: true,
          cell: ({ id, fileName }) => (
            <a href={`/rights/papers/${id}`} download>
              {fileName}
            </a>
          ),
        },
        ...(withReference ? [{ label: 'Of', cell: ({ reference }: Paper) => reference }] : []),
        {
          label: 'Kind',
          cell: ({ mediaType, sizeBytes }) => `${paperTypes[mediaType as PaperType] ?? 'File'}, ${sizeInWords(sizeBytes)}`,
        },
        {
          label: 'Kept',
          cell: ({ addedAt, by }) => (
            <>
              <When at={addedAt} to="day" zone={zone} />
              {by && `, ${by}`}
            </>
          ),
        },
        { label: 'SHA-256', cell: ({ sha256 }) => <Hash value={sha256} /> },
      ]}
    />
  )
}
