import { Form } from '@remix-run/react'
import { Fragment } from 'react'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Menu } from '#app/components/ui/menu.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'

interface Way {
  name: string
  steps: string[]
}
export interface Sending {
  bound: Way | null
  choices: (Way & { id: string })[]
}
interface Actions {
  id: string
  title: string
  may: Record<
    | 'submit'
    | 'publish'
    | 'withdraw'
    | 'archive'
    | 'restore'
    | 'replace'
    | 'schedule'
    | 'hold'
    | 'resume'
    | 'embargo'
    | 'expire'
    | 'delete'
    | 'legal-hold',
    boolean
  >
  checks: readonly { ok: boolean }[]
  /** Described well enough for a reviewer. */
  described: boolean
  /** Where it goes when it is sent: by a rule, or by choice. */
  sending?: Sending | undefined
}

/** What may be done with an asset now: the one likely thing as a button, all else behind "More". */
export function AssetActions({ id, title, may, checks, described, sending }: Actions) {
  const address = (verb: string) => `/library/assets/${id}/${verb}`
  const publishes = may.publish && checks.every(({ ok }) => ok)
  const sends = may.submit && described
  return (
    <>
      {publishes ? (
        <Form method="post" action={address('publish')}>
          <SubmitButton>Publish</SubmitButton>
        </Form>
      ) : may.restore ? (
        <Form method="post" action={address('restore')}>
          <SubmitButton>Restore as a draft</SubmitButton>
        </Form>
      ) : may.resume ? (
        <Form method="post" action={address('life')}>
          <SubmitButton name="verb" value="resume">
            Resume
          </SubmitButton>
        </Form>
      ) : (
        !sends &&
        may.replace && (
          <ButtonLink to={`/library/upload?asset=${id}`} icon="upload">
            New version
          </ButtonLink>
        )
      )}
      {sends && <SendForReview {...{ title, sending }} to={address('submit')} tone={publishes ? 'secondary' : 'primary'} />}
      <MoreMenu id={id} may={may} showsNewVersion={publishes || may.restore || may.resume || sends} />
    </>
  )
}

function SendForReview({
  title,
  to,
  sending,
  tone,
}: {
  title: string
  to: string
  sending: Sending | undefined
  tone: 'primary' | 'secondary'
}) {
  return (
    <Dialog title={`Send “${title}” for review`} trigger="Send for review" tone={tone}>
      <Form method="post" action={to}>
        <Stack>
          {sending?.bound && (
            <p>
              It takes the route “{sending.bound.name}”: {sending.bound.steps.join(', ')}.
            </p>
          )}
          {sending && sending.choices.length > 0 && (
            <Select
              name="routeId"
              label="Route"
              options={[
                { value: '', label: 'Review, by any reviewer' },
                ...sending.choices.map(({ id: value, name, steps }) => ({ value, label: `${name}: ${steps.join(', ')}` })),
              ]}
            />
          )}
          <TextArea name="note" label="Note to the reviewers" optional rows={3} maxLength={1000} />
          <div>
            <SubmitButton>Send for review</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Dialog>
  )
}

const planned = [
  ['schedule', 'Plan the publication'],
  ['embargo', 'Embargo'],
  ['expire', 'End of use'],
] as const
const stopped = [
  ['hold', 'Put on hold'],
  ['withdraw', 'Withdraw', 'end'],
  ['legal-hold', 'Legal hold'],
] as const
const ended = [
  ['archive', 'Archive', 'end'],
  ['delete', 'Put in the bin', 'end'],
] as const

/** What has a form of its own on the page of the asset's life: plans, stops, ends. */
function MoreMenu({ id, may, showsNewVersion }: { id: string; may: Actions['may']; showsNewVersion: boolean }) {
  const groups = [planned, stopped, ended].map((group) => group.filter(([verb]) => may[verb])).filter((group) => group.length > 0)
  const replaces = showsNewVersion && may.replace
  if (groups.length === 0 && !replaces) return null
  return (
    <Menu label="More" trigger="More" align="end">
      {replaces && <Link to={`/library/upload?asset=${id}`}>New version</Link>}
      {groups.map((group, i) => (
        <Fragment key={i}>
          {(i > 0 || replaces) && <hr />}
          {group.map(([verb, label, panel = verb]) => (
            <Link key={verb} to={`/library/assets/${id}/life#${panel}`}>
              {label}
            </Link>
          ))}
        </Fragment>
      ))}
    </Menu>
  )
}
