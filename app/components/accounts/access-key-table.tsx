import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { KeyLine } from '#services/accounts/access-keys.ts'
import { accessScopes, type KeyState } from '#services/accounts/rules/access-keys.ts'
import { Status, type Tone } from '../ui/badge.tsx'
import { SubmitButton } from '../ui/button.tsx'
import { Code } from '../ui/code.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Table } from '../ui/table.tsx'
import { When } from '../ui/when.tsx'

const tones: Record<KeyState, Tone> = { live: 'success', expired: 'neutral', revoked: 'neutral' }

/** The keys of a person, or of an organisation, with a button that ends each. */
export function AccessKeyTable({ keys, owners, zone }: { keys: readonly KeyLine[]; owners: boolean; zone: string }) {
  const t = useTranslations('account')
  const scopeLabel = (code: string): string => {
    const scope = accessScopes.find((each) => each === code)
    return scope ? t(`key-scopes.${scope}.label`) : code
  }
  return (
    <Table
      caption={owners ? t('keys.of-organisation') : t('keys.yours')}
      rows={keys}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="key" title={t('keys.none')} as="h3">
          {t('keys.none-text')}
        </EmptyState>
      }
      columns={[
        { label: t('keys.name'), head: true, cell: ({ name }) => name },
        { label: t('keys.begins'), cell: ({ prefix }) => <Code>{`${prefix}…`}</Code> },
        ...(owners ? [{ label: t('keys.whose'), cell: ({ owner, own }: KeyLine) => (own ? t('keys.own') : owner) }] : []),
        { label: t('keys.for'), cell: ({ scopes }) => scopes.map(scopeLabel).join(', ') },
        {
          label: t('keys.state'),
          cell: ({ state, expiresAt }) => (
            <>
              <Status tone={tones[state]}>{t(`key-states.${state}`)}</Status>
              {state === 'live' && expiresAt && (
                <span className="muted small">
                  {' '}
                  {t.rich('keys.until', { day: () => <When at={expiresAt} to="day" zone={zone} endOfSpan /> })}
                </span>
              )}
            </>
          ),
        },
        {
          label: t('keys.last-used'),
          cell: ({ lastUsedAt }) => (lastUsedAt ? <When at={lastUsedAt} /> : <span className="muted">{t('keys.never')}</span>),
        },
        {
          label: t('keys.revoke'),
          align: 'end',
          bare: true,
          cell: ({ id, name, state }) =>
            state === 'live' && (
              <Form method="post" action="/account/keys/revoke">
                <SubmitButton size="sm" tone="danger" name="keyId" value={id} aria-label={t('keys.revoke-of', { name })}>
                  {t('keys.revoke')}
                </SubmitButton>
              </Form>
            ),
        },
      ]}
    />
  )
}
