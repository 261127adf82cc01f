import { Form } from '@remix-run/react'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import type { CountedLack } from '#services/assets/rules/lacks.ts'
import { fillsOnSheet, mayBeFilled } from './lack-ways.ts'

const figure = (n: number): string => n.toLocaleString('en-GB')

/** What a selection still lacks for publishing, the most first, each with the way to fill it in for all that lack it. */
export function LacksPanel({ lacks, selectionId, mayEdit }: { lacks: readonly CountedLack[]; selectionId: string; mayEdit: boolean }) {
  if (lacks.length === 0)
    return (
      <Panel title="Lacking for publishing">
        <p className="small muted">Nothing but the reviewers’ yes, where one is due.</p>
      </Panel>
    )
  return (
    <Panel title="Lacking for publishing">
      <ul className="lacks">
        {lacks.map(({ demand, label, count }) => (
          <li key={demand}>
            <span>{label}</span>
            <span className="numeric">{figure(count)}</span>
            <Form method="post" action={`/library/selections/${selectionId}/lacking`} className="cluster" data-gap="sm">
              <input type="hidden" name="demand" value={demand} />
              {mayEdit && mayBeFilled(demand) && (
                <Button type="submit" size="sm" name="fill" value="yes" aria-label={`Fill in for ${figure(count)}: ${label}`}>
                  {fillsOnSheet(demand) ? 'Write…' : 'Fill in…'}
                </Button>
              )}
              <Button type="submit" size="sm" tone="quiet" aria-label={`Only the ${figure(count)} without: ${label}`}>
                Only these
              </Button>
            </Form>
          </li>
        ))}
      </ul>
      {mayEdit && (
        <ButtonLink to={`/library/selections/${selectionId}/sheet`} size="sm" tone="quiet">
          Fill in picture by picture
        </ButtonLink>
      )}
    </Panel>
  )
}
