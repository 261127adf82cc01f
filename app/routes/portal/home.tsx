import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { KitCard } from '#app/components/portal/kit-card.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { portalHome } from '#services/delivery/views.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'portal')
  return titled(t('kits'))
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  return { ...(await portalHome(ctx)), organisation: ctx.actor.orgName }
}

type Past = ReturnType<typeof useLoaderData<typeof loader>>['past'][number]

function PastKits({ kits, zone }: { kits: Past[]; zone: string }) {
  const t = useTranslations('portal')
  return (
    <Table
      caption={t('no-longer')}
      rows={kits}
      rowKey={({ id }) => id}
      columns={[
        { label: t('kit'), head: true, cell: (kit) => <Link to={`/portal/kits/${kit.id}`}>{kit.title}</Link> },
        { label: t('since'), cell: (kit) => (kit.endsAt ? <When at={kit.endsAt} to="day" zone={zone} /> : '') },
        {
          label: t('why'),
          cell: (kit) => (kit.standing === 'kit-revoked' ? (kit.revokedReason ?? t('taken-back')) : t('term-over')),
        },
      ]}
    />
  )
}

export default function PortalHome() {
  const t = useTranslations('portal')
  const { open, past, waiting, organisation, zone } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        eyebrow={organisation}
        title={t('your-kits')}
        actions={
          <ButtonLink to="/requests/new" icon="plus">
            {t('ask-asset')}
          </ButtonLink>
        }
      >
        {t('lede')}
      </PageHeader>
      <Stack gap="xl">
        {waiting > 0 && (
          <Notice>
            <p>
              {t('waiting', { count: waiting })} <Link to="/requests">{t('see-requests')}</Link>
            </p>
          </Notice>
        )}
        {open.length > 0 ? (
          <Columns least="20rem" gap="lg">
            {open.map((kit, i) => (
              <KitCard key={kit.id} kit={kit} zone={zone} eager={i === 0} />
            ))}
          </Columns>
        ) : (
          <EmptyState
            icon="folder"
            title={t('none-title')}
            action={
              <ButtonLink to="/requests/new" tone="primary">
                {t('ask-asset')}
              </ButtonLink>
            }
          >
            {t('none', { organisation })}
          </EmptyState>
        )}
        {past.length > 0 && <PastKits kits={past} zone={zone} />}
      </Stack>
    </Page>
  )
}
