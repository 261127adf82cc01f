import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FailedJobTable } from '#app/components/jobs/failed-job-table.tsx'
import { SecondEngine } from '#app/components/jobs/second-engine.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { engineStanding } from '#services/catalog/search-engines.ts'
import { failedJobsPage } from '#services/jobs/views.ts'

export const meta = () => titled('Jobs')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  const [page, engine] = await Promise.all([failedJobsPage(ctx), engineStanding(ctx)])
  return { ...page, engine }
}

export default function Jobs() {
  const { jobs, waiting, engine } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader eyebrow="Admin" title="Jobs">
        Work in the background that did not go well: mails, previews, refunds, what follows from facts.
      </PageHeader>
      <Stack gap="lg">
        <Stats>
          <Stat label="Due now" value={waiting} note={waiting > 100 ? 'Is the worker running?' : 'Picked up within a second'} />
          <Stat label="Given up" value={jobs.filter(({ isDead }) => isDead).length} />
          <Stat label="Trying again" value={jobs.filter(({ isDead }) => !isDead).length} />
        </Stats>
        <FailedJobTable jobs={jobs} />
        {engine && <SecondEngine engine={engine} />}
      </Stack>
    </Page>
  )
}
