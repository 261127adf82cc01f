import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'

interface Waiting {
  id: string
  asset: { id: string; title: string }
  scope: string
  since: Date
  outcome: 'free' | 'gone' | 'left' | null
  /** The licence that the wish widens. */
  widens: { id: string; number: string } | null
  to: string
}
const tones = { free: 'success', gone: 'neutral', left: 'neutral' } as const

/** What the person stands in line for, and how earlier waits ended. */
export function WaitingList({ waits }: { waits: readonly Waiting[] }) {
  const t = useTranslations('licences')
  return (
    <Panel title={t('waits.title')}>
      <Table
        caption={t('waits.caption')}
        hideCaption
        rows={waits}
        rowKey={({ id }) => id}
        columns={[
          { label: t('picture'), head: true, cell: ({ asset }) => <Link to={`/assets/${asset.id}`}>{asset.title}</Link> },
          {
            label: t('for'),
            cell: ({ scope, widens }) => (
              <>
                {scope}
                {widens && (
                  <p className="small">
                    <Link to={`/licences/${widens.id}`}>{t('waits.widens', { number: widens.number })}</Link>
                  </p>
                )}
              </>
            ),
          },
          { label: t('waits.since'), cell: ({ since }) => <When at={since} to="day" /> },
          {
            label: t('state'),
            cell: ({ outcome }) =>
              outcome ? <Status tone={tones[outcome]}>{t(`waits.${outcome}`)}</Status> : <Status tone="info">{t('waits.waiting')}</Status>,
          },
          {
            label: t('actions'),
            bare: true,
            align: 'end',
            cell: ({ id, outcome, to, asset }) =>
              outcome === null ? (
                <Form method="post" action={`/waits/${id}/leave`}>
                  <input type="hidden" name="back" value="/licences" />
                  <SubmitButton
                    tone="quiet"
                    size="sm"
                    formAction={`/waits/${id}/leave`}
                    aria-label={t('waits.leave-of', { title: asset.title })}
                  >
                    {t('waits.leave')}
                  </SubmitButton>
                </Form>
              ) : (
                outcome === 'free' && (
                  <ButtonLink to={to} size="sm" aria-label={t('waits.see-of', { title: asset.title })}>
                    {t('waits.see')}
                  </ButtonLink>
                )
              ),
          },
        ]}
      />
    </Panel>
  )
}
