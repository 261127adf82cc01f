import { Form, Link, useLocation } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '../ui/button.tsx'
import { Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { Door } from './door.tsx'

const closed = {
  expired: { title: 'Its seven days are over', text: 'Ask whoever invited you to send it again.' },
  used: { title: 'It has been used', text: 'If that was you, sign in. If not, tell whoever invited you.' },
  revoked: { title: 'It was taken back or replaced', text: 'Look for a newer mail, or ask whoever invited you.' },
} as const

/** An invitation that opens nothing any more, and the way on. */
export function ClosedInvitation({ state, orgName }: { state: keyof typeof closed; orgName: string }) {
  const { title, text } = closed[state]
  return (
    <Door eyebrow="Invitation" title={`Joining ${orgName}`}>
      <Stack>
        <Notice tone="warning" title={title}>
          <p>{text}</p>
        </Notice>
        <ButtonLink to="/sign-in" wide>
          Go to the sign-in
        </ButtonLink>
      </Stack>
    </Door>
  )
}

interface JoinWithAccountProps {
  next: 'sign-in' | 'other-account' | 'ready'
  orgName: string
  email: string
}

/** An invitation to somebody who has an account: sign in, sign out of another, or one click. */
export function JoinWithAccount({ next, orgName, email }: JoinWithAccountProps) {
  const { pathname } = useLocation()
  return (
    <Door eyebrow="Invitation" title={`Join ${orgName}`} lead={`You were invited as ${email}.`}>
      {next === 'ready' && (
        <Form method="post">
          <Stack>
            <p>
              You are signed in under this address. Your other organisations stay as they are; you can switch between them on your account
              page.
            </p>
            <SubmitButton wide size="lg">
              Join {orgName}
            </SubmitButton>
          </Stack>
        </Form>
      )}
      {next === 'sign-in' && (
        <Stack>
          <p>You have an account under this address. Sign in, and you come back here.</p>
          <ButtonLink to={`/sign-in?${new URLSearchParams({ then: pathname, email })}`} tone="primary" wide size="lg">
            Sign in to join
          </ButtonLink>
          <p className="small">
            <Link to="/forgot-password">Forgotten your password?</Link>
          </p>
        </Stack>
      )}
      {next === 'other-account' && (
        <Form method="post" action="/sign-out">
          <Stack>
            <Notice tone="warning" title="You are signed in under another address">
              <p>Sign out, then open the link in the mail again.</p>
            </Notice>
            <SubmitButton tone="secondary" wide>
              Sign out
            </SubmitButton>
          </Stack>
        </Form>
      )}
    </Door>
  )
}
