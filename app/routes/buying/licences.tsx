import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { CompAct } from '#app/components/comps/comp-act.tsx'
import { StandingStatus } from '#app/components/licensing/standing-status.tsx'
import { Term, useLeftWords } from '#app/components/licensing/term.tsx'
import { WaitingList } from '#app/components/licensing/waiting-list.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { personOf } from '#app/http/context.server.ts'
import { shelfOf, shelfTabs } from '#app/components/licensing/shelves.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { myLicences } from '#services/licensing/views.ts'
import { summariseScope } from '#services/rights/rules/scope-words.ts'
import { myWaits } from '#services/licensing/waits.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'licences')
  return titled(t('licences'))
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const search = new URL(args.request.url).searchParams
  const shelf = shelfOf(search.get('show'))
  const [licences, waits] = await Promise.all([myLicences(ctx, { shelf, after: search.get('after') }), myWaits(ctx)])
  return { shelf, ...licences, waits: waits.map(({ terms, ...wait }) => ({ ...wait, scope: summariseScope(terms, ctx.language) })) }
}

export default function Licences() {
  const t = useTranslations('licences')
  const leftWords = useLeftWords()
  const tabs = shelfTabs(useLoaderData<typeof loader>().shelf, '', useLanguage())
  const { items, next, total, waits } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title={t('licences')}>{t('lede')}</PageHeader>
      <Stack gap="lg">
        {waits.length > 0 && <WaitingList waits={waits} />}
        {total > 0 && <Tabs label={t('licences')} tabs={tabs} />}
        <Table
          caption={t('licences')}
          hideCaption
          rows={items}
          rowKey={(licence) => licence.id}
          columns={[
            {
              label: t('picture'),
              head: true,
              cell: (licence) => (
                <>
                  <Link to={`/licences/${licence.id}`}>{licence.asset.title}</Link>
                  <br />
                  <span className="muted small numeric">{licence.number}</span>
                </>
              ),
            },
            {
              label: t('licence'),
              cell: (licence) => (
                <>
                  {licence.modelName} {licence.exclusive && <Badge tone="info">{t('exclusive')}</Badge>}
                  <br />
                  <span className="muted small">{licence.summary}</span>
                </>
              ),
            },
            {
              label: t('term'),
              cell: (licence) => (
                <>
                  <Term startsAt={licence.startsAt} endsAt={licence.endsAt} zone={licence.zone} />
                  {licence.standing === 'ending' && <div className="small muted">{leftWords(licence.daysLeft)}</div>}
                </>
              ),
            },
            { label: t('state'), cell: (licence) => <StandingStatus standing={licence.standing} /> },
            {
              label: t('file'),
              bare: true,
              align: 'end',
              cell: (licence) =>
                licence.comp ? (
                  <CompAct licence={licence} />
                ) : (
                  (licence.standing === 'in-force' || licence.standing === 'ending') && (
                    <ButtonAnchor
                      href={`/licences/${licence.id}/download`}
                      size="sm"
                      icon="download"
                      aria-label={t('download-of', { title: licence.asset.title })}
                    >
                      {t('download')}
                    </ButtonAnchor>
                  )
                ),
            },
          ]}
          empty={
            total > 0 ? (
              <EmptyState icon="shield" title={t('none-here')} action={<ButtonLink to="/licences">{t('all-licences')}</ButtonLink>}>
                {t('none-in-state')}
              </EmptyState>
            ) : (
              <EmptyState icon="shield" title={t('none-yet')} action={<ButtonLink to="/search">{t('find')}</ButtonLink>}>
                {t('kept-here')}
              </EmptyState>
            )
          }
        />
        <Pager next={next} />
      </Stack>
    </Page>
  )
}
