import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DeclareForm } from '#app/components/guests/declare-form.tsx'
import { ClosedDoor, LockedDoor } from '#app/components/guests/door.tsx'
import { Receipt } from '#app/components/guests/receipt.tsx'
import { SendFiles } from '#app/components/guests/send-files.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Page } from '#app/components/ui/layout.tsx'
import { answerForm, fieldsOf, parseFields } from '#app/http/form.server.ts'
import { atDoor, doorHeaders, unlockedDoorCookie, visitCookieOf, type AtDoor } from '#app/http/guest-link.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { BeginSendingError, UnlockGuestLinkError } from '#services/intake/errors.ts'
import { noteKnock, unlockGuestLink } from '#services/intake/guest-doors.ts'
import { visitSoFar } from '#services/intake/guest-views.ts'
import type { DeclarationGap } from '#services/intake/rules/declarations.ts'
import { declarationForm } from '#services/intake/schema.ts'
import { beginSending, closeSending } from '#services/intake/sendings.ts'

const roomOf = ({ mostFiles, mostBytes, used }: AtDoor['link']) => ({
  files: mostFiles === null ? null : Math.max(0, mostFiles - used.files),
  bytes: mostBytes === null ? null : Math.max(0, mostBytes - used.bytes),
})

/** What the holder of a link finds: a lock, questions, the place for files, or a receipt. Nothing of the library, ever. */
export async function loader(args: LoaderFunctionArgs) {
  const { ctx, secret, link, unlocked, sending } = await atDoor(args)
  const { houseName, name, standing, endsAt, zone } = link
  const shared = { secret, houseName, standing, endsAt, zone }
  // A name and a message may say more than a locked door should.
  if (!unlocked) return { step: 'locked' as const, ...shared, name: null }
  const visit = sending && (await visitSoFar(ctx, sending.id))
  if (visit?.closedAt) return { step: 'receipt' as const, ...shared, name, visit }
  if (visit) return { step: 'send' as const, ...shared, name, visit, room: roomOf(link), message: link.message }
  if (standing !== 'OPEN') return { step: 'closed' as const, ...shared, name }
  await noteKnock(ctx, link.id)
  return { step: 'declare' as const, ...shared, name, message: link.message, asks: link.asks, room: roomOf(link) }
}
export type DoorPage = ReturnType<typeof useLoaderData<typeof loader>>

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  ...titled(page?.name ?? page?.houseName ?? ''),
  { name: 'robots', content: 'noindex, nofollow' },
  { name: 'referrer', content: 'same-origin' },
]
export const headers = () => doorHeaders

const unlockSayings = { 'wrong-password': 'errors.wrong-password', 'too-many-tries': 'errors.too-many-tries' } as const satisfies Record<
  UnlockGuestLinkError,
  string
>
const beginSayings = {
  'not-declared': 'errors.not-declared',
  'link-ended': 'closed.ended',
  'link-revoked': 'closed.revoked',
  'link-full': 'closed.full',
  'too-many-tries': 'errors.too-many-tries',
} as const satisfies Record<BeginSendingError, string>
const gapFields: Record<DeclarationGap, string> = {
  source: 'source',
  licence: 'licence',
  'licence-words': 'licenceWords',
  people: 'people',
  property: 'property',
}

/** One step further: unlock, declare, be done, or begin anew. */
export async function action(args: ActionFunctionArgs) {
  const door = await atDoor(args)
  const { ctx, secret, link, sending } = door
  const t = wordsOf(ctx.language, 'guests')
  const form = await fieldsOf(args.request)
  const page = `/u/${secret}`
  const onward = (...cookies: string[]) => {
    const to = redirect(page, { status: 303, headers: doorHeaders })
    for (const cookie of cookies) to.headers.append('Set-Cookie', cookie)
    return to
  }
  switch (form.get('verb')) {
    case 'unlock': {
      const outcome = await unlockGuestLink(ctx, link, String(form.get('password') ?? ''), args.context.ip)
      if (outcome.ok) return onward(await unlockedDoorCookie(args, link))
      const { seconds = 0 } = (outcome.detail ?? {}) as { seconds?: number }
      const said = t(unlockSayings[outcome.error], { minutes: Math.ceil(seconds / 60) })
      return answerForm(
        parseFields(form, declarationForm, ctx.language),
        { formErrors: [said] },
        outcome.error === 'too-many-tries' ? 429 : 403,
      )
    }
    case 'declare': {
      if (!door.unlocked) throw new Refusal('not-found', 'the link is locked')
      const parsed = parseFields(form, declarationForm, ctx.language)
      if (parsed.status !== 'success') return answerForm(parsed)
      const outcome = await beginSending(ctx, link, parsed.value, { ip: args.context.ip, language: ctx.language })
      if (outcome.ok) return onward(await visitCookieOf(args, link.id, outcome.value.token))
      const { gaps = [], seconds = 0 } = (outcome.detail ?? {}) as { gaps?: DeclarationGap[]; seconds?: number }
      return answerForm(parsed, {
        formErrors: [t(beginSayings[outcome.error], { minutes: Math.ceil(seconds / 60) })],
        fieldErrors: Object.fromEntries(gaps.map((gap) => [gapFields[gap], [t(`gaps.${gap}`)]])),
      })
    }
    case 'close':
      // Closed a moment ago, by a second click: the receipt is there either way.
      if (sending) await closeSending(ctx, sending)
      return onward()
    case 'again':
      return onward(await visitCookieOf(args, link.id, ''))
    default:
      throw new Refusal('malformed', 'no such verb at a guest link')
  }
}

export default function GuestLink() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <Page width={page.step === 'locked' || page.step === 'closed' ? 'form' : 'narrow'}>
      {page.step === 'locked' && <LockedDoor page={page} errors={reply?.error?.[''] ?? undefined} />}
      {page.step === 'closed' && <ClosedDoor page={page} />}
      {page.step === 'declare' && <DeclareForm page={page} lastResult={reply} />}
      {page.step === 'send' && <SendFiles page={page} />}
      {page.step === 'receipt' && <Receipt page={page} />}
    </Page>
  )
}
