import { Form, Link } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'

interface Run {
  id: string
  startedAt: Date
  startedBy: string
  endedAt: Date | null
  done: number
  spared: number
  undoneAt: Date | null
  undoneBy: string | null
  /** Taking it back has begun and has not come to its end. */
  halfUndone: boolean
  mayUndo: boolean
}

/** What a policy did, run by run, and the way back while there is one. */
export function PolicyRuns({ runs, zone }: { runs: readonly Run[]; zone: string }) {
  return (
    <Panel title="Runs">
      <Table
        caption="Runs of this policy"
        hideCaption
        rows={runs}
        rowKey={({ id }) => id}
        empty={<p className="muted">It has not run yet.</p>}
        columns={[
          {
            label: 'When',
            head: true,
            cell: ({ id, startedAt }) => (
              <Link to={`/library/policies/runs/${id}`}>
                <When at={startedAt} zone={zone} />
              </Link>
            ),
          },
          { label: 'By', cell: ({ startedBy }) => startedBy },
          { label: 'Done', align: 'end', cell: ({ done }) => done },
          { label: 'Spared', align: 'end', cell: ({ spared }) => spared },
          {
            label: 'Taken back',
            bare: true,
            cell: ({ id, mayUndo, halfUndone, undoneAt, undoneBy, endedAt }) =>
              undoneAt && !halfUndone ? (
                <>
                  Taken back by {undoneBy}, <When at={undoneAt} zone={zone} />
                </>
              ) : mayUndo ? (
                <Form method="post">
                  <input type="hidden" name="verb" value="undo" />
                  <input type="hidden" name="runId" value={id} />
                  {undoneAt && (
                    <>
                      Cut off in its middle, <When at={undoneAt} zone={zone} />{' '}
                    </>
                  )}
                  <SubmitButton size="sm" tone="secondary">
                    {halfUndone ? 'Take back the rest' : 'Take it back'}
                  </SubmitButton>
                </Form>
              ) : (
                (halfUndone && `Being taken back by ${undoneBy}`) || (endedAt === null && 'Runs now')
              ),
          },
        ]}
      />
    </Panel>
  )
}
