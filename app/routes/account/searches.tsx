import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { useKeptWords } from '#app/components/catalog/kept-search-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, IconButton, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { paces } from '#services/catalog/rules/saved-question.ts'
import { savedSearches } from '#services/catalog/saved-search-views.ts'

export const loader = async (args: LoaderFunctionArgs) => ({ searches: await savedSearches(await personOf(args)) })

export const meta: MetaFunction<typeof loader> = ({ matches }) => titled(wordsOf(languageOf(matches), 'saved')('title'))

export default function SavedSearches() {
  const t = useTranslations('saved')
  const words = useKeptWords()
  const { searches } = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/account', label: t('your-account') }]} />
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <Table
        caption={t('list')}
        hideCaption
        rows={searches}
        rowKey={({ id }) => id}
        columns={[
          {
            label: t('what'),
            head: true,
            cell: ({ name, to, wish }) => (
              <>
                <Link to={to}>{name}</Link>
                <br />
                <span className="muted small">{words(wish)}</span>
              </>
            ),
          },
          { label: t('told'), cell: ({ toldAt }) => (toldAt ? <When at={toldAt} /> : <span className="muted">{t('told-never')}</span>) },
          {
            label: t('pace'),
            cell: ({ id, name, pace }) => (
              <Form method="post" action={`/account/searches/${id}`} key={`${id}${name}${pace}`}>
                <Cluster gap="sm">
                  <TextField name="name" label={t('name')} hideLabel defaultValue={name} maxLength={80} required />
                  <Select
                    name="pace"
                    label={t('pace-label', { name })}
                    hideLabel
                    defaultValue={pace}
                    options={paces.map((value) => ({ value, label: t(`paces.${value}`) }))}
                  />
                  <SubmitButton size="sm" tone="secondary">
                    {t('change')}
                  </SubmitButton>
                </Cluster>
              </Form>
            ),
          },
          {
            label: t('remove'),
            align: 'end',
            bare: true,
            cell: ({ id, name }) => (
              <Form method="post" action={`/account/searches/${id}/remove`}>
                <IconButton type="submit" icon="trash" label={t('remove-label', { name })} />
              </Form>
            ),
          },
        ]}
        empty={
          <EmptyState icon="search" title={t('none')} action={<ButtonLink to="/search">{t('to-search')}</ButtonLink>}>
            {t('none-text')}
          </EmptyState>
        }
      />
    </Page>
  )
}
