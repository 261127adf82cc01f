import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { BriefStatus } from '#app/components/briefs/brief-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { personOf } from '#app/http/context.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { myBriefs } from '#services/briefs/views.ts'
import { dayInWords } from '#services/kernel/days.ts'

export const meta: MetaFunction = ({ matches }) => titled(wordsOf(languageOf(matches), 'briefs')('title'))

export const loader = async (args: LoaderFunctionArgs) =>
  myBriefs(await personOf(args), new URL(args.request.url).searchParams.get('after'))

export default function Briefs() {
  const t = useTranslations('briefs')
  const language = useLanguage()
  const { items, next } = useLoaderData<typeof loader>()
  const ask = (
    <ButtonLink to="/briefs/new" icon="plus" tone="primary">
      {t('ask')}
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader title={t('title')} actions={ask}>
        {t('promise')}
      </PageHeader>
      <Table
        caption={t('title')}
        columns={[
          { label: t('title'), head: true, cell: (brief) => <Link to={`/briefs/${brief.id}`}>{brief.title}</Link> },
          {
            label: t('history'),
            cell: (brief) => (
              <Cluster gap="sm">
                <BriefStatus state={brief.state} />
                {brief.late && <Badge tone="warning">{t('late')}</Badge>}
              </Cluster>
            ),
          },
          { label: t('due'), cell: (brief) => brief.dueOn && <span className="nowrap">{dayInWords(brief.dueOn, language)}</span> },
          { label: t('asker'), cell: (brief) => brief.askedBy },
          { label: t('made-for'), cell: (brief) => t('delivered-count', { count: brief.delivered }) },
        ]}
        rows={items}
        rowKey={(brief) => brief.id}
        empty={
          <EmptyState icon="picture" title={t('none')} action={ask}>
            {t('none-words')}
          </EmptyState>
        }
      />
      <Pager next={next} />
    </Page>
  )
}
