import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { BriefFacts } from '#app/components/briefs/brief-facts.tsx'
import { BriefStatus } from '#app/components/briefs/brief-status.tsx'
import { BriefTalk } from '#app/components/briefs/brief-talk.tsx'
import { BriefVerbs } from '#app/components/briefs/brief-verbs.tsx'
import { Deliveries } from '#app/components/briefs/deliveries.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Cluster, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Timeline } from '#app/components/ui/timeline.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { assignBrief, deliverBrief, moveBrief } from '#services/briefs/briefs.ts'
import type { AssignBriefError, DeliverBriefError, MoveBriefError } from '#services/briefs/errors.ts'
import { mayRunBriefs } from '#services/briefs/policy.ts'
import { moveBriefForm } from '#services/briefs/schema.ts'
import { briefMakers, briefPage } from '#services/briefs/views.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const brief = await briefPage(ctx, args.params.briefId ?? '')
  const makers = mayRunBriefs(ctx.actor) && brief.verbs.includes('assign') ? await briefMakers(ctx) : null
  return { ...brief, makers, desk: mayRunBriefs(ctx.actor) }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  titled(data?.title ?? wordsOf(languageOf(matches), 'briefs')('title'))

const sayings = {
  'wrong-state': 'errors.wrong-state',
  'not-a-maker': 'errors.not-a-maker',
  'no-such-link': 'errors.no-such-link',
  'nothing-delivered': 'errors.nothing-delivered',
} as const satisfies Record<MoveBriefError | AssignBriefError | DeliverBriefError, string>

/** One verb of the brief's life. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const briefId = args.params.briefId ?? ''
  const page = `/briefs/${briefId}`
  const t = wordsOf(ctx.language, 'briefs')
  const wanted = moveBriefForm.safeParse(Object.fromEntries(await fieldsOf(args.request)))
  // Whose brief it is, is asked before what is wrong with the form is told.
  await briefPage(ctx, briefId)
  if (!wanted.success) return redirectWithToast(page, { tone: 'warning', text: t('errors.malformed') })
  const { data: value } = wanted
  const outcome =
    value.verb === 'assign'
      ? await assignBrief(ctx, briefId, value)
      : value.verb === 'deliver'
        ? await deliverBrief(ctx, briefId, value)
        : await moveBrief(ctx, briefId, value)
  return redirectWithToast(page, outcome.ok ? { tone: 'success', text: t('done') } : { tone: 'warning', text: t(sayings[outcome.error]) })
}

export default function Brief() {
  const t = useTranslations('briefs')
  const brief = useLoaderData<typeof loader>()
  const trail = brief.desk ? { to: '/library/briefs', label: 'Briefs' } : { to: '/briefs', label: t('title') }
  return (
    <Page>
      <Breadcrumbs trail={[trail]} />
      <PageHeader
        title={brief.title}
        eyebrow={
          <Cluster gap="sm">
            <BriefStatus state={brief.state} />
            {brief.late && <Badge tone="warning">{t('late')}</Badge>}
          </Cluster>
        }
      >
        {brief.reason ?? t(`standing.${brief.state}`)}
      </PageHeader>
      <Split aside="20rem">
        <Stack gap="lg">
          <BriefVerbs brief={brief} />
          <Deliveries brief={brief} />
          <Panel title={t('outcome')}>
            <p className="box-note">{brief.outcome}</p>
          </Panel>
          <BriefTalk brief={brief} />
        </Stack>
        <Stack gap="lg">
          <BriefFacts brief={brief} />
          <Panel title={t('history')}>
            <Timeline
              events={brief.steps.map(({ id, verb, at, byName, words }) => ({
                key: id,
                title: t(`steps.${verb}` as 'steps.ask'),
                meta: (
                  <>
                    {byName}, <When at={at} zone={brief.zone} />
                    {words && <span className="box-note"> {words}</span>}
                  </>
                ),
              }))}
            />
          </Panel>
        </Stack>
      </Split>
    </Page>
  )
}
