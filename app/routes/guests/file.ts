import type { ActionFunctionArgs } from '@remix-run/node'
import { takeFormFiles } from '#app/http/form-files.server.ts'
import { guestRefusal, visitorOf } from '#app/http/guest-link.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { receiveGuestFile } from '#services/intake/guest-uploads.ts'

/** Files of a form without script: one after another, then the page that lists what arrived. */
export async function action(args: ActionFunctionArgs) {
  const { ctx, secret } = await visitorOf(args)
  const t = wordsOf(ctx.language, 'guests')
  const files = await takeFormFiles(args.request, (file) => receiveGuestFile(ctx, file))
  const refused = files.flatMap(({ fileName, made }) => {
    const answer = made.ok ? null : guestRefusal(ctx.language, made.error, made.detail)
    return answer && !answer.ok ? [`${fileName}: ${answer.message}`] : []
  })
  const text =
    files.length === 0 ? t('no-file') : [t('arrived', { count: files.length - refused.length }), ...refused.slice(0, 3)].join(' ')
  return redirectWithToast(`/u/${secret}`, { tone: refused.length > 0 || files.length === 0 ? 'warning' : 'success', text })
}

export const loader = leadsTo('/u/:secret')
