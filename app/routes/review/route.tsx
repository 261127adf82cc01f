import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RouteForm } from '#app/components/review/route-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Timeline } from '#app/components/ui/timeline.tsx'
import { HouseTime, When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { SaveRouteError } from '#services/review/errors.ts'
import { routePage } from '#services/review/keeping-views.ts'
import { saveRoute } from '#services/review/routes.ts'
import { routeInput } from '#services/review/schema.ts'

export const meta = () => titled('Route')

const sayings = {
  'name-taken': { fieldErrors: { name: ['Another route has this name.'] } },
  'no-such-people': { formErrors: ['Somebody who is named here has left the house meanwhile. Look at the steps again.'] },
  'no-such-collection': { fieldErrors: { collections: ['One of these collections is gone.'] } },
  'changed-meanwhile': { formErrors: ['Somebody else has changed this route meanwhile. Open it again, so that nothing is lost.'] },
  'too-many-routes': { formErrors: ['There are 40 routes already. Put one away first.'] },
} satisfies Record<SaveRouteError, { formErrors?: string[]; fieldErrors?: Record<string, string[]> }>

const idOf = (routeId: string | undefined): string | null => (routeId === undefined || routeId === 'new' ? null : routeId)

export async function loader(args: LoaderFunctionArgs) {
  return await routePage(await staffOf(args, 'LIBRARIAN'), idOf(args.params.routeId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, routeInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await saveRoute(ctx, { routeId: idOf(args.params.routeId), ...form.value })
  if (!outcome.ok) return data(form.reply(sayings[outcome.error]), { status: 409 })
  throw await redirectWithToast('/library/review/routes', {
    tone: 'success',
    text: 'Saved. What is under way keeps the route that it began with.',
  })
}

export default function RoutePage() {
  const { route, versions, people, collections } = useLoaderData<typeof loader>()
  return (
    <HouseTime>
      <Page width="narrow">
        <Breadcrumbs
          trail={[
            { to: '/library/review', label: 'Review' },
            { to: '/library/review/routes', label: 'Routes' },
          ]}
        />
        <PageHeader title={route?.name ?? 'New route'}>
          {route
            ? 'A change makes a new version; reviews that are under way end on theirs.'
            : 'Which assets, which steps, who decides, and by when.'}
        </PageHeader>
        <Stack gap="lg">
          <RouteForm
            key={route?.number ?? 0}
            route={route}
            people={people}
            collections={collections}
            lastResult={useActionData<typeof action>()}
          />
          {versions.length > 1 && (
            <Panel title="Versions">
              <Timeline
                events={versions.map(({ number, madeAt, madeBy, steps }) => ({
                  key: String(number),
                  title: `Version ${number}: ${steps.join(', ')}`,
                  meta: (
                    <>
                      <When at={madeAt} /> by {madeBy}
                    </>
                  ),
                }))}
              />
            </Panel>
          )}
        </Stack>
      </Page>
    </HouseTime>
  )
}
