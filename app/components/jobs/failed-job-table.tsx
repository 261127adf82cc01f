import { Form } from '@remix-run/react'
import { Status } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { FailedJob } from '#services/jobs/views.ts'

function About({ about }: Pick<FailedJob, 'about'>) {
  const entries = Object.entries(about)
  if (entries.length === 0) return <span className="muted">All houses</span>
  return (
    <ul className="plain-list small">
      {entries.map(([name, value]) => (
        <li key={name}>
          {name} <code className="wrap">{value}</code>
        </li>
      ))}
    </ul>
  )
}

function State({ isDead, nextAt, attempts, mostAttempts }: FailedJob) {
  return (
    <>
      {isDead ? <Status tone="danger">Given up</Status> : <Status tone="warning">Will try again</Status>}
      <p className="small muted">
        {attempts} of {mostAttempts} tries{nextAt ? ', next ' : ''}
        {nextAt && <When at={nextAt} />}
      </p>
    </>
  )
}

/** Jobs that failed, with what an administrator can do about each. */
export function FailedJobTable({ jobs }: { jobs: readonly FailedJob[] }) {
  return (
    <Table
      caption="Failed jobs"
      hideCaption
      rows={jobs}
      rowKey={({ id }) => id}
      columns={[
        { label: 'Job', head: true, cell: (job) => <code>{job.name}</code> },
        { label: 'State', cell: (job) => <State {...job} /> },
        { label: 'Last error', cell: (job) => <span className="wrap">{job.lastError}</span> },
        { label: 'About', cell: (job) => <About about={job.about} /> },
        { label: 'Failed', cell: (job) => <When at={job.failedAt} /> },
        {
          label: 'Answer',
          bare: true,
          cell: (job) => (
            <Cluster>
              <Form method="post" action={`/admin/jobs/${job.id}/retry`}>
                <SubmitButton size="sm" tone="secondary">
                  Try now
                </SubmitButton>
              </Form>
              <Dialog title="Drop this job?" trigger="Drop" tone="danger" size="sm">
                <Stack>
                  <p>
                    What <code>{job.name}</code> should have done will not be done. The trail keeps who dropped it and its last error.
                  </p>
                  <Form method="post" action={`/admin/jobs/${job.id}/drop`}>
                    <SubmitButton tone="danger">Drop it for good</SubmitButton>
                  </Form>
                </Stack>
              </Dialog>
            </Cluster>
          ),
        },
      ]}
      empty={
        <EmptyState icon="check" title="No job has failed">
          Work in the background tries again by itself, a dozen times over some hours. What it cannot do is shown here.
        </EmptyState>
      }
    />
  )
}
