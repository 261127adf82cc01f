import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { freshLinkCookie } from '#app/http/lightbox.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { EndLinkError, LinkError, ShareError } from '#services/lightboxes/errors.ts'
import { linkInput, shareInput } from '#services/lightboxes/schema.ts'
import { endLink, makeLink, shareWith, unshare } from '#services/lightboxes/sharing.ts'

const sayings = {
  'sign-in-first': 'sign-in-first',
  'no-colleague': 'no-colleague',
  'too-many-members': 'too-many-members',
  'too-many-links': 'too-many-links',
  'end-is-past': 'end-is-past',
  'already-ended': 'already-ended',
} as const satisfies Record<ShareError | LinkError | EndLinkError, string>

/** To whom a box is shown: colleagues by name, and links. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const boxId = args.params.boxId ?? ''
  const form = await fieldsOf(args.request)
  const t = wordsOf(ctx.language, 'lightboxes')
  const page = `/lightboxes/${boxId}`
  const fields = Object.fromEntries([...form].filter(([, value]) => value !== ''))
  const answer = (
    outcome: { ok: true } | { ok: false; error: keyof typeof sayings; detail?: unknown },
    done: 'now-shared' | 'now-unshared' | 'link-ended',
  ) => {
    const { most = 0 } = ((!outcome.ok && outcome.detail) || {}) as { most?: number }
    return redirectWithToast(
      page,
      outcome.ok ? { tone: 'success', text: t(done) } : { tone: 'warning', text: t(sayings[outcome.error], { most }) },
    )
  }
  switch (form.get('verb')) {
    case 'share': {
      const wanted = shareInput.safeParse(fields)
      if (!wanted.success) throw new Refusal('malformed', 'nobody to share with')
      return answer(await shareWith(ctx, boxId, wanted.data), 'now-shared')
    }
    case 'unshare':
      return answer(await unshare(ctx, boxId, String(fields.userId ?? '').slice(0, 64)), 'now-unshared')
    case 'link': {
      const wanted = linkInput.safeParse(fields)
      if (!wanted.success) return redirectWithToast(page, { tone: 'warning', text: t('link-input') })
      const outcome = await makeLink(ctx, boxId, wanted.data)
      if (!outcome.ok) return answer(outcome, 'link-ended')
      return redirect(page, { status: 303, headers: { 'Set-Cookie': await freshLinkCookie(args, boxId, outcome.value.secret) } })
    }
    case 'end-link':
      return answer(await endLink(ctx, boxId, String(fields.linkId ?? '').slice(0, 64)), 'link-ended')
    default:
      throw new Refusal('malformed', 'no such verb for sharing')
  }
}

export const loader = leadsTo('/lightboxes/:boxId')
