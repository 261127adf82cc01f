import { useForm } from '@conform-to/react'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { RouteCard } from '#app/components/review/route-card.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { routesPage } from '#services/review/keeping-views.ts'
import { setHouseRules } from '#services/review/routes.ts'
import { houseRulesInput } from '#services/review/schema.ts'

export const meta = () => titled('Routes of reviews')

export async function loader(args: LoaderFunctionArgs) {
  return await routesPage(await staffOf(args, 'LIBRARIAN'))
}

/** What holds on every route. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, houseRulesInput)
  if (form.status !== 'success') return data(form.reply(), { status: 400 })
  await setHouseRules(ctx, form.value)
  return redirectWithToast('/library/review/routes', { tone: 'success', text: 'Saved. It holds from now on.' })
}

export default function Routes() {
  const { routes, names, withoutRoute, reviewOwnSubmissions, holidays, zone } = useLoaderData<typeof loader>()
  const [, fields] = useForm<{ reviewOwnSubmissions: boolean; holidays: string }>({
    lastResult: useActionData<typeof action>() as never,
    defaultValue: { reviewOwnSubmissions, holidays: holidays.join('\n') },
  })
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library/review', label: 'Review' }]} />
      <PageHeader
        title="Routes"
        actions={
          <ButtonLink to="/library/review/routes/new" tone="primary" icon="plus">
            New route
          </ButtonLink>
        }
      >
        An asset that is sent for review takes the first route whose rule fits. Where none does, it is one step that any reviewer decides.
        {withoutRoute > 0 &&
          ` ${withoutRoute.toLocaleString('en-GB')} ${withoutRoute === 1 ? 'review is' : 'reviews are'} under way like that.`}
      </PageHeader>
      <Stack gap="lg">
        {routes.length === 0 ? (
          <EmptyState icon="shield" title="No routes yet" action={<ButtonLink to="/library/review/routes/new">Make the first</ButtonLink>}>
            Every review is one step now, decided by any reviewer. A route adds brand, legal, compliance or steps of your own, in order or
            side by side.
          </EmptyState>
        ) : (
          <ol className="route-cards">
            {routes.map((route, index) => (
              <RouteCard key={route.id} route={route} names={names} first={index === 0} last={index === routes.length - 1} />
            ))}
          </ol>
        )}
        <Panel title="On every route">
          <Form method="post">
            <Stack>
              <Checkbox
                field={fields.reviewOwnSubmissions}
                label="People may review what they sent themselves"
                hint="Off: four eyes. Nobody decides on their own submission, nor does whoever stands in for the sender."
              />
              <TextArea
                field={fields.holidays}
                label="Days that are no working days"
                hint={`Besides Saturday and Sunday; days of ${zone}. One a line, as 2026-12-24.`}
                rows={5}
                optional
              />
              <div>
                <SubmitButton>Save</SubmitButton>
              </div>
            </Stack>
          </Form>
        </Panel>
      </Stack>
    </Page>
  )
}
