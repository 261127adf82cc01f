import { useForm } from '@conform-to/react'
import type { SubmissionResult } from '@conform-to/dom'
import { Form } from '@remix-run/react'
import type { Invite } from '#services/accounts/schema.ts'
import type { InvitationLine, MemberLine, Members } from '#services/accounts/views.ts'
import type { Role } from '#services/kernel/actor.ts'
import { Status } from '../ui/badge.tsx'
import { SubmitButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FormErrors } from '../ui/fieldset.tsx'
import { Cluster, Stack } from '../ui/layout.tsx'
import { Pager } from '../ui/pager.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { TextField } from '../ui/text-field.tsx'
import { When } from '../ui/when.tsx'
import { RoleBadges, RoleBoxes } from './roles.tsx'

interface MembersPanelProps extends Members {
  /** The page that holds the panel: where its small forms lead back to. */
  here: string
  lastResult: SubmissionResult | undefined
}

/** Who sits in an organisation, who is asked to, and a form to ask more. */
export function MembersPanel({ org, members, invitations, roles, mayManage, here, lastResult }: MembersPanelProps) {
  const nobody = (
    <EmptyState
      icon="people"
      title="Nobody sits here yet"
      as="h3"
      children={mayManage ? 'Invite the first person below.' : 'Members appear here once they have joined.'}
    />
  )
  return (
    <Stack gap="lg">
      <Table
        caption={`Members of ${org.name}`}
        hideCaption
        rows={members.items}
        rowKey={(member) => member.id}
        columns={memberColumns(roles, mayManage, here)}
        empty={nobody}
      />
      <Pager next={members.next} />
      {mayManage && invitations.length > 0 && (
        <Panel title="Invited">
          <Table
            caption="Open invitations"
            hideCaption
            rows={invitations}
            rowKey={(invitation) => invitation.id}
            columns={invitationColumns(here)}
          />
        </Panel>
      )}
      {/* A new invitation empties the form. */}
      {mayManage && <InvitePanel key={invitations[0]?.id} roles={roles} lastResult={lastResult} />}
    </Stack>
  )
}

function memberColumns(roles: readonly Role[], mayManage: boolean, here: string): Column<MemberLine>[] {
  const columns: Column<MemberLine>[] = [
    {
      label: 'Name',
      head: true,
      cell: ({ name, email, self }) => (
        <span>
          {name} {self && <span className="muted">(you)</span>}
          <br />
          <span className="muted small">{email}</span>
        </span>
      ),
    },
    { label: 'Roles', cell: (member) => <RoleBadges roles={member.roles} /> },
    { label: 'Joined', cell: ({ createdAt }) => <When at={createdAt} to="day" /> },
    {
      label: 'Last sign-in',
      cell: ({ lastSignInAt }) => (lastSignInAt ? <When at={lastSignInAt} to="day" /> : <span className="muted">Never</span>),
    },
  ]
  if (mayManage)
    columns.push({
      label: 'Change',
      align: 'end',
      bare: true,
      cell: (member) => <MemberActions member={member} roles={roles} here={here} />,
    })
  return columns
}

function MemberActions({ member, roles, here }: { member: MemberLine; roles: readonly Role[]; here: string }) {
  return (
    <Cluster gap="xs" justify="end">
      <Dialog title={`Roles of ${member.name}`} trigger="Roles" size="sm">
        <Form method="post" action={`/members/${member.id}/roles`}>
          <Stack>
            <RoleBoxes roles={roles} held={member.roles} />
            <input type="hidden" name="then" value={here} />
            <SubmitButton>Save the roles</SubmitButton>
          </Stack>
        </Form>
      </Dialog>
      <Dialog
        title={member.self ? 'Leave this organisation?' : `Remove ${member.name}?`}
        trigger={member.self ? 'Leave' : 'Remove'}
        tone="quiet"
        size="sm"
      >
        <Form method="post" action={`/members/${member.id}/end`}>
          <Stack>
            <p>
              {member.self
                ? 'You are signed out at once and need a new invitation to come back.'
                : 'They are signed out at once. What they did stays on record.'}
            </p>
            <input type="hidden" name="then" value={here} />
            <SubmitButton tone="danger">{member.self ? 'Leave' : `Remove ${member.name}`}</SubmitButton>
          </Stack>
        </Form>
      </Dialog>
    </Cluster>
  )
}

const invitationColumns = (here: string): Column<InvitationLine>[] => [
  { label: 'E-mail', head: true, cell: ({ email }) => email },
  { label: 'Roles', cell: (invitation) => <RoleBadges roles={invitation.roles} /> },
  { label: 'Sent', cell: ({ createdAt }) => <When at={createdAt} to="day" /> },
  {
    label: 'Open until',
    cell: ({ expiresAt, expired }) => (expired ? <Status tone="warning">Expired: invite again</Status> : <When at={expiresAt} to="day" />),
  },
  {
    label: 'Take back',
    align: 'end',
    bare: true,
    cell: ({ id, email }) => (
      <Form method="post" action={`/invitations/${id}/revoke`}>
        <input type="hidden" name="then" value={here} />
        <SubmitButton tone="quiet" size="sm" aria-label={`Take back the invitation of ${email}`}>
          Take back
        </SubmitButton>
      </Form>
    ),
  },
]

function InvitePanel({ roles, lastResult }: { roles: readonly Role[]; lastResult: SubmissionResult | undefined }) {
  const [form, fields] = useForm<Invite>({ lastResult })
  const usual = roles.filter((role) => role === 'PARTNER' || role === 'CUSTOMER')
  return (
    <Panel title="Invite somebody" id="invite">
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          <TextField
            field={fields.email}
            label="E-mail"
            type="email"
            hint="They get a link that works once, for seven days."
            autoComplete="off"
            required
            maxLength={200}
          />
          <TextField field={fields.name} label="Name" autoComplete="off" maxLength={120} optional />
          <RoleBoxes roles={roles} held={usual} errors={fields.roles.errors} />
          <div>
            <SubmitButton icon="plus">Send the invitation</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  )
}
