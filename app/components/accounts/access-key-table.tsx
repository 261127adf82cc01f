import { Form } from '@remix-run/react'
import type { KeyLine } from '#services/accounts/access-keys.ts'
import { accessScopes, scopeWords, type KeyState } from '#services/accounts/rules/access-keys.ts'
import { Status, type Tone } from '../ui/badge.tsx'
import { SubmitButton } from '../ui/button.tsx'
import { Code } from '../ui/code.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Table } from '../ui/table.tsx'
import { When } from '../ui/when.tsx'

const states: Record<KeyState, { words: string; tone: Tone }> = {
  live: { words: 'Works', tone: 'success' },
  expired: { words: 'Expired', tone: 'neutral' },
  revoked: { words: 'Revoked', tone: 'neutral' },
}
const scopeLabel = (code: string): string => {
  const scope = accessScopes.find((each) => each === code)
  return scope ? scopeWords[scope].label : code
}

/** The keys of a person, or of an organisation, with a button that ends each. */
export function AccessKeyTable({ keys, owners, zone }: { keys: readonly KeyLine[]; owners: boolean; zone: string }) {
  return (
    <Table
      caption={owners ? 'Keys of your organisation' : 'Your keys'}
      rows={keys}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="key" title="No keys yet" as="h3">
          A key lets a program of yours ask Clearmark, or a calendar read what ends. Make one above when you need it.
        </EmptyState>
      }
      columns={[
        { label: 'Name', head: true, cell: ({ name }) => name },
        { label: 'Begins with', cell: ({ prefix }) => <Code>{`${prefix}…`}</Code> },
        ...(owners ? [{ label: 'Whose', cell: ({ owner, own }: KeyLine) => (own ? 'Yours' : owner) }] : []),
        { label: 'For', cell: ({ scopes }) => scopes.map(scopeLabel).join(', ') },
        {
          label: 'State',
          cell: ({ state, expiresAt }) => (
            <>
              <Status tone={states[state].tone}>{states[state].words}</Status>
              {state === 'live' && expiresAt && (
                <span className="muted small">
                  {' '}
                  until <When at={expiresAt} to="day" zone={zone} endOfSpan />
                </span>
              )}
            </>
          ),
        },
        { label: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt ? <When at={lastUsedAt} /> : <span className="muted">never</span>) },
        {
          label: 'Revoke',
          align: 'end',
          bare: true,
          cell: ({ id, name, state }) =>
            state === 'live' && (
              <Form method="post" action="/account/keys/revoke">
                <SubmitButton size="sm" tone="danger" name="keyId" value={id} aria-label={`Revoke ${name}`}>
                  Revoke
                </SubmitButton>
              </Form>
            ),
        },
      ]}
    />
  )
}
