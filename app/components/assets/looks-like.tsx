import { Link } from '@remix-run/react'
import { useState } from 'react'
import { Button } from '#app/components/ui/button.tsx'
import { Cluster, Columns } from '#app/components/ui/layout.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import type { LikenessDecision } from '#services/rights/rules/likeness-states.ts'
import { previewOf } from './file-words.ts'
import type { Lookalikes } from './use-lookalikes.ts'

/** Under a file that was just taken in: what of the library it looks like, and the four things that people do about it. */
export function LooksLike({ fileName, versionId, lookalikes }: { fileName: string; versionId: string; lookalikes: Lookalikes }) {
  const pairs = lookalikes.of(versionId)
  return (
    <>
      {pairs.map((pair) => (
        <Pair key={pair.id} fileName={fileName} pair={pair} decide={lookalikes.decide} />
      ))}
    </>
  )
}

interface PairProps {
  fileName: string
  pair: ReturnType<Lookalikes['of']>[number]
  decide: Lookalikes['decide']
}

function Pair({ fileName, pair, decide }: PairProps) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const say = async (decision: LikenessDecision) => {
    setBusy(true)
    setRefusal(await decide(pair.id, decision))
    setBusy(false)
  }
  if (pair.answered)
    return (
      <p className="small muted" role="status">
        {pair.answered}
      </p>
    )
  return (
    <div className="looks-like">
      <p className="small">
        This looks like <Link to={`/library/assets/${pair.other.id}`}>“{pair.other.title}”</Link>.{' '}
        <span className="muted">{pair.words}</span>
      </p>
      <details>
        <summary className="small">Compare</summary>
        <Columns least="12rem">
          {[pair.own, pair.other].map((side, at) => (
            <figure key={side.id} className="looks-like-side">
              <Picture
                src={side.versionId ? previewOf(side.id, 'clean-grid', side.versionId) : null}
                alt={at === 0 ? `Your upload, ${fileName}` : side.title}
                width={side.width}
                height={side.height}
                fit="contain"
              />
              <figcaption className="small muted">
                {at === 0 ? 'Yours' : 'In the library'}
                {side.width && side.height ? `, ${side.width} × ${side.height}` : ''}
              </figcaption>
            </figure>
          ))}
        </Columns>
      </details>
      {refusal && (
        <p className="small" role="alert">
          {refusal}
        </p>
      )}
      <Cluster gap="sm">
        <Button
          size="sm"
          pending={busy}
          onClick={() => void say('newVersion')}
          aria-label={`New version of it: ${fileName}, of ${pair.other.title}`}
        >
          New version of it
        </Button>
        <Button
          size="sm"
          pending={busy}
          onClick={() => void say('different')}
          aria-label={`Keep both: ${fileName} and ${pair.other.title}`}
        >
          Keep both
        </Button>
        <Button size="sm" tone="danger" pending={busy} onClick={() => void say('discard')} aria-label={`Discard mine: ${fileName}`}>
          Discard mine
        </Button>
      </Cluster>
    </div>
  )
}
