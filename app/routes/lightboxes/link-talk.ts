import type { ActionFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { answerTalk } from '#app/http/lightbox-talk.server.ts'
import { isUnlocked, linkGuestCookie, linkGuestOf } from '#app/http/lightbox.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { newSecret } from '#services/kernel/ids.ts'
import { guestNameInput } from '#services/lightboxes/schema.ts'
import { followLink } from '#services/lightboxes/sharing.ts'

/** What a link's guest says, under the name that they give. Their browser remembers which words are theirs. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const secret = args.params.secret ?? ''
  const { ip } = args.context
  const link = await followLink(ctx, secret, ip)
  if (!(await isUnlocked(args, link))) throw new Refusal('not-found', 'the link is locked')
  const form = await fieldsOf(args.request)
  const known = await linkGuestOf(args)
  const named = guestNameInput.safeParse(form.get('name') ?? known?.name)
  const page = `/l/${secret}`
  if (!named.success) return redirectWithToast(page, { tone: 'warning', text: wordsOf(ctx.language, 'lightboxes')('name-first') })
  const guest = { token: known?.token ?? newSecret(), name: named.data }
  const headers = new Headers({ 'Set-Cookie': await linkGuestCookie(args, guest) })
  const voice = { kind: 'link', boxId: link.boxId, linkId: link.id, right: link.right, guest: guest.token, name: guest.name, ip } as const
  return answerTalk(ctx, form, link.boxId, voice, page, headers)
}

export const loader = leadsTo('/l/:secret')
