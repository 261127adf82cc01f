import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData, type ShouldRevalidateFunction } from '@remix-run/react'
import { AssetTabs } from '#app/components/assets/asset-tabs.tsx'
import { lifeSayings } from '#app/components/assets/life-words.ts'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { EmbargoPanel, EndPanel, HoldPanel, SchedulePanel, UsePanel } from '#app/components/life/life-forms.tsx'
import { LegalHoldsPanel } from '#app/components/life/legal-holds-panel.tsx'
import { LifeLine } from '#app/components/life/life-line.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { actOnLife } from '#app/http/life.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { lifePage } from '#services/assets/life-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => titled(page ? `Life of ${page.title}` : 'Life')

export async function loader(args: LoaderFunctionArgs) {
  return lifePage(await staffOf(args), args.params.assetId ?? '')
}

/** What was refused was refused because it has changed: the page shows what it is now. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  defaultShouldRevalidate || actionStatus === 409

/** One form a verb; `verb` says which. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const form = await fieldsOf(args.request)
  const answer = await actOnLife(ctx, assetId, form)
  if (!answer.read) return data({ verb: answer.verb, errors: answer.errors, refusal: null }, { status: 400 })
  const { outcome, said } = answer
  if (!outcome.ok) return data({ verb: answer.verb, errors: {}, refusal: lifeSayings[outcome.error](outcome.detail) }, { status: 409 })
  return redirectWithToast(`/library/assets/${assetId}/life`, { tone: 'success', text: said })
}

export default function Life() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library', label: 'Library' }]} />
      <PageHeader
        eyebrow={
          <span className="cluster" data-gap="sm">
            <AssetStatus state={page.state} /> {page.legalHold && <Badge tone="danger">Legal hold</Badge>}
          </span>
        }
        title={page.title}
      />
      <AssetTabs assetId={page.id} current="life" />
      <Split aside="26rem">
        <Stack gap="lg">
          {answer?.refusal && (
            <Notice tone="danger" title="That was not done" live>
              {answer.refusal}
            </Notice>
          )}
          {page.scheduleRefused && (
            <Notice tone="warning" title="It was due, and could not be published">
              <p>{page.scheduleRefused}</p>
              <Link to={`/library/assets/${page.id}`}>Open the record</Link>
            </Notice>
          )}
          <Panel title="What was, and what comes">
            <LifeLine page={page} />
          </Panel>
        </Stack>
        <Stack gap="lg">
          <SchedulePanel page={page} answer={answer} />
          <HoldPanel page={page} answer={answer} />
          <EmbargoPanel page={page} answer={answer} />
          <UsePanel page={page} answer={answer} />
          <LegalHoldsPanel page={page} answer={answer} />
          <EndPanel page={page} answer={answer} />
        </Stack>
      </Split>
    </Page>
  )
}
