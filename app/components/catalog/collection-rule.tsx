import { Form, Link } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { RuleStanding } from '#services/catalog/ruled-collections.ts'

const errors = {
  'no-rule': '',
  'not-understood': 'The search cannot be read. Try it in the library first.',
  'too-many-selected': 'The search finds more than the 200 that a collection holds.',
} as const

/** A collection that a search fills: live for the librarian, as it was when filled for the store. */
export function CollectionRule({ base, rule: { text, ruledAt, would } }: { base: string; rule: RuleStanding }) {
  return (
    <Panel title="Filled by a search">
      <Stack>
        <Form method="post" action={`${base}/rule`}>
          <Stack>
            <TextField
              name="text"
              label="Search of the library"
              optional
              defaultValue={text}
              maxLength={1000}
              hint="As you type it in the library: keyword:harbour uploaded:2026.."
            />
            <SubmitButton tone="secondary" formAction={`${base}/rule`}>
              Keep the search
            </SubmitButton>
          </Stack>
        </Form>
        {would && (
          <Form method="post" action={`${base}/rule`}>
            <Stack>
              <p>
                {'error' in would
                  ? errors[would.error]
                  : would.added + would.removed === 0
                    ? 'The collection is what the search finds.'
                    : `${would.added} would be added, ${would.removed} taken out.`}{' '}
                <Link to={`/library?${new URLSearchParams({ text })}`}>See in the library</Link>
              </p>
              {ruledAt && (
                <p className="small muted">
                  Last filled <When at={ruledAt} />. The store shows it as it was then.
                </p>
              )}
              {!('error' in would) && would.added + would.removed > 0 && (
                <SubmitButton name="verb" value="fill" formAction={`${base}/rule`}>
                  Fill it anew
                </SubmitButton>
              )}
            </Stack>
          </Form>
        )}
      </Stack>
    </Panel>
  )
}
