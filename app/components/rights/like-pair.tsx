import { Form } from '@remix-run/react'
import { useEffect } from 'react'
import { Badge, Status } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import type { LikePair } from '#services/rights/likeness-views.ts'
import type { LikenessDecision, LikenessState } from '#services/rights/rules/likeness-states.ts'
import { PairFacts, PicturePair } from './picture-pair.tsx'

export const answers: Record<LikenessDecision, { label: string; key: string; tone: 'primary' | 'secondary' | 'danger' | 'quiet' }> = {
  newVersion: { label: 'New version of it', key: 'v', tone: 'primary' },
  twins: { label: 'Keep both, as twins', key: 't', tone: 'secondary' },
  different: { label: 'Keep both, different', key: 'd', tone: 'secondary' },
  discard: { label: 'Discard the upload', key: 'x', tone: 'danger' },
}
const decided: Record<Exclude<LikenessState, 'OPEN'>, string> = {
  NEW_VERSION: 'Became a new version',
  TWINS: 'Kept as twins',
  DIFFERENT: 'Different pictures',
  DISCARDED: 'Upload discarded',
}

/** One question: two pictures that look alike, what is known of them, and the answers. Letters answer while it has the focus. */
export function LikePairCard({ pair, back, tick }: { pair: LikePair; back: string; tick?: string }) {
  const open = pair.state === 'OPEN'
  return (
    <article className="panel pair-card" aria-label={`${pair.asset.title} looks like ${pair.other.title}`} data-pair="">
      <Stack>
        <Cluster justify="between">
          <h2 className="pair-title">
            {tick && open && (
              <input
                type="checkbox"
                name="ids"
                value={pair.id}
                form={tick}
                aria-label={`Tick ${pair.asset.title} and ${pair.other.title}`}
              />
            )}
            <span>
              “{pair.asset.title}” looks like “{pair.other.title}”
            </span>
          </h2>
          {pair.state === 'OPEN' ? (
            pair.exact ? (
              <Badge tone="info">Same file</Badge>
            ) : (
              <Badge>Looks the same</Badge>
            )
          ) : (
            <Status tone="neutral">{decided[pair.state]}</Status>
          )}
        </Cluster>
        <p className="small muted">{pair.words}</p>
        <PicturePair one={pair.asset} two={pair.other} />
        <div className="pair-facts">
          <PairFacts picture={pair.asset} called="Newer" />
          <PairFacts picture={pair.other} called="In the library before" />
        </div>
        {pair.rights.length > 0 && (
          <div className="small">
            <p className="eyebrow">Their rights</p>
            <ul className="pair-rights">
              {pair.rights.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        )}
        {pair.may.length > 0 && (
          <Form method="post" action={`/library/duplicates/${pair.id}/decide`} preventScrollReset>
            <input type="hidden" name="back" value={back} />
            <Cluster>
              {pair.may.map((decision) => (
                <SubmitButton
                  key={decision}
                  name="decision"
                  value={decision}
                  size="sm"
                  tone={answers[decision].tone}
                  aria-keyshortcuts={answers[decision].key}
                >
                  {answers[decision].label}
                </SubmitButton>
              ))}
            </Cluster>
          </Form>
        )}
        {pair.mayReopen && (
          <Form method="post" action="/library/duplicates/undo">
            <input type="hidden" name="ids" value={pair.id} />
            <input type="hidden" name="back" value={back} />
            <SubmitButton size="sm" tone="quiet">
              Take the answer back
            </SubmitButton>
          </Form>
        )}
      </Stack>
    </article>
  )
}

/** j and k go from pair to pair, a letter answers: only while something of a pair has the focus, so nobody is surprised. */
export function usePairKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', byKey)
    return () => document.removeEventListener('keydown', byKey)
  }, [])
}

function byKey(event: KeyboardEvent): void {
  const card = document.activeElement?.closest<HTMLElement>('[data-pair]')
  if (!card || event.metaKey || event.ctrlKey || event.altKey) return
  const key = event.key.toLowerCase()
  if (key === 'j' || key === 'k') {
    const all = [...document.querySelectorAll<HTMLElement>('[data-pair]')]
    all[all.indexOf(card) + (key === 'j' ? 1 : -1)]
      ?.querySelector<HTMLElement>('input[type="checkbox"], button[aria-keyshortcuts]')
      ?.focus()
  } else {
    const known = Object.values(answers).some((one) => one.key === key)
    const answer = known && card.querySelector<HTMLButtonElement>(`button[aria-keyshortcuts="${key}"]`)
    if (!answer) return
    answer.click()
  }
  event.preventDefault()
}
