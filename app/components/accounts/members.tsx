import { useForm } from '@conform-to/react'
import type { SubmissionResult } from '@conform-to/dom'
import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { Saying } from '#app/words/words.ts'
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
  const t = useTranslations('account')
  const nobody = (
    <EmptyState icon="people" title={t('people.nobody')} as="h3" children={mayManage ? t('people.invite-first') : t('people.appear')} />
  )
  return (
    <Stack gap="lg">
      <Table
        caption={t('people.of', { org: org.name })}
        hideCaption
        rows={members.items}
        rowKey={(member) => member.id}
        columns={memberColumns(t, roles, mayManage, here)}
        empty={nobody}
      />
      <Pager next={members.next} />
      {mayManage && invitations.length > 0 && (
        <Panel title={t('people.invited')}>
          <Table
            caption={t('people.open-invitations')}
            hideCaption
            rows={invitations}
            rowKey={(invitation) => invitation.id}
            columns={invitationColumns(t, here)}
          />
        </Panel>
      )}
      {/* A new invitation empties the form. */}
      {mayManage && <InvitePanel key={invitations[0]?.id} roles={roles} lastResult={lastResult} />}
    </Stack>
  )
}

function memberColumns(t: Saying<'account'>, roles: readonly Role[], mayManage: boolean, here: string): Column<MemberLine>[] {
  const columns: Column<MemberLine>[] = [
    {
      label: t('people.name'),
      head: true,
      cell: ({ name, email, self }) => (
        <span>
          {name} {self && <span className="muted">{t('people.you')}</span>}
          <br />
          <span className="muted small">{email}</span>
        </span>
      ),
    },
    { label: t('roles'), cell: (member) => <RoleBadges roles={member.roles} /> },
    { label: t('people.joined'), cell: ({ createdAt }) => <When at={createdAt} to="day" /> },
    {
      label: t('people.last-sign-in'),
      cell: ({ lastSignInAt }) => (lastSignInAt ? <When at={lastSignInAt} to="day" /> : <span className="muted">{t('people.never')}</span>),
    },
  ]
  if (mayManage)
    columns.push({
      label: t('people.change'),
      align: 'end',
      bare: true,
      cell: (member) => <MemberActions member={member} roles={roles} here={here} />,
    })
  return columns
}

function MemberActions({ member, roles, here }: { member: MemberLine; roles: readonly Role[]; here: string }) {
  const t = useTranslations('account')
  return (
    <Cluster gap="xs" justify="end">
      <Dialog title={t('people.roles-of', { name: member.name })} trigger={t('roles')} size="sm">
        <Form method="post" action={`/members/${member.id}/roles`}>
          <Stack>
            <RoleBoxes roles={roles} held={member.roles} />
            <input type="hidden" name="then" value={here} />
            <SubmitButton>{t('people.save-roles')}</SubmitButton>
          </Stack>
        </Form>
      </Dialog>
      <Dialog
        title={member.self ? t('people.leave-title') : t('people.remove-title', { name: member.name })}
        trigger={member.self ? t('people.leave') : t('people.remove')}
        tone="quiet"
        size="sm"
      >
        <Form method="post" action={`/members/${member.id}/end`}>
          <Stack>
            <p>{member.self ? t('people.leave-text') : t('people.remove-text')}</p>
            <input type="hidden" name="then" value={here} />
            <SubmitButton tone="danger">{member.self ? t('people.leave') : t('people.remove-name', { name: member.name })}</SubmitButton>
          </Stack>
        </Form>
      </Dialog>
    </Cluster>
  )
}

const invitationColumns = (t: Saying<'account'>, here: string): Column<InvitationLine>[] => [
  { label: t('people.mail'), head: true, cell: ({ email }) => email },
  { label: t('roles'), cell: (invitation) => <RoleBadges roles={invitation.roles} /> },
  { label: t('people.sent'), cell: ({ createdAt }) => <When at={createdAt} to="day" /> },
  {
    label: t('people.open-until'),
    cell: ({ expiresAt, expired }) => (expired ? <Status tone="warning">{t('people.expired')}</Status> : <When at={expiresAt} to="day" />),
  },
  {
    label: t('people.take-back'),
    align: 'end',
    bare: true,
    cell: ({ id, email }) => (
      <Form method="post" action={`/invitations/${id}/revoke`}>
        <input type="hidden" name="then" value={here} />
        <SubmitButton tone="quiet" size="sm" aria-label={t('people.take-back-of', { email })}>
          {t('people.take-back')}
        </SubmitButton>
      </Form>
    ),
  },
]

function InvitePanel({ roles, lastResult }: { roles: readonly Role[]; lastResult: SubmissionResult | undefined }) {
  const [form, fields] = useForm<Invite>({ lastResult })
  const t = useTranslations('account')
  const usual = roles.filter((role) => role === 'PARTNER' || role === 'CUSTOMER')
  return (
    <Panel title={t('people.invite')} id="invite">
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          <TextField
            field={fields.email}
            label={t('people.mail')}
            type="email"
            hint={t('people.invite-hint')}
            autoComplete="off"
            required
            maxLength={200}
          />
          <TextField field={fields.name} label={t('people.name')} autoComplete="off" maxLength={120} optional />
          <RoleBoxes roles={roles} held={usual} errors={fields.roles.errors} />
          <div>
            <SubmitButton icon="plus">{t('people.send')}</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  )
}
