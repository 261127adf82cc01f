import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { AlsoTouched, ChangeGlance, Holders, LossMonths } from '#app/components/desk/change-glance.tsx'
import { ChangeLines } from '#app/components/desk/change-lines.tsx'
import { DecideMany, DraftSteps, LineFilter } from '#app/components/desk/change-deciding.tsx'
import { changeKindWords, changeStateWords, subjectWords } from '#app/components/desk/change-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { itemFilter } from '#services/desk/change-schema.ts'
import { changePlanPage } from '#services/desk/change-views.ts'
import { movesByItself } from '#services/desk/rules/change-states.ts'

export const meta = () => titled('Change upstream')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const given = Object.fromEntries([...search].filter(([, value]) => value !== ''))
  return changePlanPage(ctx, args.params.planId ?? '', itemFilter.parse(given), search.get('after'))
}

export default function Change() {
  const page = useLoaderData<typeof loader>()
  const { plan, summary, zone, kinds, filter, mayChange } = page
  const under = plan.state === 'APPLYING'
  useRefreshWhile(movesByItself(plan))
  const draft = plan.state === 'DRAFT'
  return (
    <Page>
      <Stack gap="xl">
        <div className="change-page stack" data-gap="lg">
          <Breadcrumbs
            trail={[
              { to: '/rights', label: 'Rights' },
              { to: '/rights/changes', label: 'Changes upstream' },
            ]}
          />
          <PageHeader
            title={`${changeKindWords[plan.kind].label}: ${plan.reference}`}
            actions={
              <ButtonAnchor href={`/rights/changes/${plan.id}/export.csv`} icon="download" download>
                Lines as CSV
              </ButtonAnchor>
            }
          >
            <Status tone={changeStateWords[plan.state].tone}>{changeStateWords[plan.state].label}</Status> Drawn up{' '}
            <When at={plan.drawnAt} zone={zone} />
            {plan.createdBy && ` by ${plan.createdBy}`}.{' '}
            {plan.appliedAt && (
              <>
                Applied <When at={plan.appliedAt} zone={zone} />
                {plan.appliedBy && ` by ${plan.appliedBy}`}.
              </>
            )}
            {draft && 'Nothing has happened yet.'}
          </PageHeader>

          <ChangeGlance summary={summary} zone={zone} />
          <div className="change-beside">
            <LossMonths months={summary.months} />
            <Holders holders={summary.holders} />
          </div>
          <AlsoTouched summary={summary} />
          <DescriptionList
            facts={[
              ...plan.description.map(({ label, words }) => ({ term: label, detail: words })),
              { term: 'What happened', detail: plan.reason },
              { term: 'What holders read', detail: `“${plan.holderWords}”` },
            ]}
          />
        </div>

        {draft && mayChange && <DraftSteps page={page} />}
        {under && (
          <div aria-live="polite">
            <Progress
              label="Lines carried out"
              value={plan.done}
              max={Math.max(1, plan.items)}
              note={`${plan.done.toLocaleString('en-GB')} of ${plan.items.toLocaleString('en-GB')}`}
            />
          </div>
        )}
        {plan.failed > 0 && (
          <Notice
            tone="danger"
            title={plan.failed === 1 ? 'One line could not be carried out' : `${plan.failed} lines could not be carried out`}
          >
            <Stack gap="sm">
              <p>The change itself holds. Decide these lines anew, or try them once more.</p>
              {mayChange && (
                <Form method="post" action={`/rights/changes/${plan.id}/retry`}>
                  <SubmitButton size="sm">Try again</SubmitButton>
                </Form>
              )}
            </Stack>
          </Notice>
        )}

        <section className="stack" data-gap="md" aria-labelledby="lines">
          <h2 id="lines">Line by line</h2>
          <Tabs
            label="Lines"
            tabs={[
              { to: `/rights/changes/${plan.id}`, label: 'All', count: plan.items, current: !filter.kind },
              ...kinds.map(({ kind, lines }) => ({
                to: `?kind=${kind}`,
                label: subjectWords[kind].many,
                count: lines,
                current: filter.kind === kind,
              })),
            ]}
          />
          {plan.items > 0 && <LineFilter page={page} />}
          {draft && mayChange && <DecideMany page={page} />}
          <ChangeLines
            planId={plan.id}
            items={page.items}
            open={draft && mayChange}
            mayChange={mayChange}
            zone={zone}
            empty={
              <EmptyState icon="shield" title={plan.items === 0 ? 'Nothing hangs on it' : 'No such line'}>
                {plan.items === 0
                  ? 'No licence, kit, request or published picture rests on what falls away. Apply it, and nothing more can be sold on it.'
                  : 'No line of this plan is like that. Choose another filter.'}
              </EmptyState>
            }
          />
          <Pager next={page.next} />
        </section>
      </Stack>
    </Page>
  )
}
