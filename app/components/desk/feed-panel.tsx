import { Form } from '@remix-run/react'
import { Button, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { CalendarKey } from '#services/desk/calendar-keys.ts'
import { endings, kindWords } from '#services/desk/rules/kinds.ts'

interface FeedPanelProps {
  keys: readonly CalendarKey[]
  zone: string
  made: { address: string | null; error: string | null } | undefined
}

function OwnKey({ id, prefix, createdAt, lastUsedAt, zone }: CalendarKey & { zone: string }) {
  return (
    <li>
      <Form method="post" className="feed-key">
        <input type="hidden" name="keyId" value={id} />
        {endings.map((kind) => (
          <input key={kind} type="hidden" name="kinds" value={kind} />
        ))}
        <span>
          <code>{prefix}…</code>{' '}
          <span className="muted small">
            made <When at={createdAt} to="day" zone={zone} />
            {lastUsedAt ? (
              <>
                , last read <When at={lastUsedAt} zone={zone} />
              </>
            ) : (
              ', never read yet'
            )}
          </span>
        </span>
        <Cluster>
          <Button type="submit" size="sm" name="verb" value="renew" aria-label={`Renew ${prefix}`}>
            Renew
          </Button>
          <Button type="submit" size="sm" tone="quiet" name="verb" value="revoke" aria-label={`End ${prefix}`}>
            End
          </Button>
        </Cluster>
      </Form>
    </li>
  )
}

/** An address for the reader's own calendar, with its own choice of kinds and warnings. */
export function FeedPanel({ keys, zone, made }: FeedPanelProps) {
  return (
    <Panel title="In your own calendar">
      <Stack>
        <p className="muted">
          Subscribe to an address of your own in Outlook, Apple Calendar, Google Calendar, Thunderbird. It ends with your seat, or when you
          end it here.
        </p>
        {made?.address && (
          <Notice tone="success" title="Your address, shown this once" live>
            <CopyText value={made.address} />
            Whoever has it reads along: keep it to yourself.
          </Notice>
        )}
        <Form method="post">
          <Stack>
            <FormErrors errors={made?.error ? [made.error] : undefined} />
            <Fieldset legend="What it shows">
              <div className="feed-choices">
                {endings.map((kind) => (
                  <Checkbox key={kind} name="kinds" value={kind} label={kindWords[kind]} defaultChecked />
                ))}
              </div>
            </Fieldset>
            <Fieldset legend="Warns">
              <div className="feed-choices">
                {[30, 7, 1].map((days) => (
                  <Checkbox key={days} name="remind" value={String(days)} label={days === 1 ? 'The day before' : `${days} days before`} />
                ))}
              </div>
            </Fieldset>
            <Cluster>
              <SubmitButton tone="secondary" icon="link">
                Make an address
              </SubmitButton>
            </Cluster>
          </Stack>
        </Form>
        {keys.length > 0 && (
          <ul className="plain-list" aria-label="Your addresses">
            {keys.map((key) => (
              <OwnKey key={key.id} {...key} zone={zone} />
            ))}
          </ul>
        )}
      </Stack>
    </Panel>
  )
}
