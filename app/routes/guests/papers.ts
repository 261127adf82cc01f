import type { ActionFunctionArgs } from '@remix-run/node'
import { takeFormFiles } from '#app/http/form-files.server.ts'
import { visitorOf } from '#app/http/guest-link.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { limitWords } from '#services/assets/rules/file-types.ts'
import { paperLimit } from '#services/exchange/rules/paper-types.ts'
import type { AttachPaperError } from '#services/intake/errors.ts'
import { attachPaper, mostPapers } from '#services/intake/guest-papers.ts'

const sayings = {
  'cut-off': 'errors.cut-off',
  empty: 'errors.empty',
  'refused-type': 'errors.paper-type',
  'too-large': 'errors.too-large',
  'kept-already': 'errors.paper-kept',
  'too-many-papers': 'errors.too-many-papers',
  'link-ended': 'closed.ended',
  'link-revoked': 'closed.revoked',
  'link-full': 'closed.full',
  'sending-closed': 'errors.sending-closed',
} as const satisfies Record<AttachPaperError, string>

/** Releases and other papers that prove what was declared. */
export async function action(args: ActionFunctionArgs) {
  const { ctx, secret, link, sending } = await visitorOf(args)
  const t = wordsOf(ctx.language, 'guests')
  const papers = await takeFormFiles(args.request, (paper) => attachPaper(ctx, link, sending, paper))
  const refused = papers.flatMap(({ fileName, made }) =>
    made.ok ? [] : [`${fileName}: ${t(sayings[made.error], { limit: limitWords(paperLimit), most: mostPapers })}`],
  )
  const text =
    papers.length === 0 ? t('no-file') : [t('papers-kept', { count: papers.length - refused.length }), ...refused.slice(0, 3)].join(' ')
  return redirectWithToast(`/u/${secret}`, { tone: refused.length > 0 || papers.length === 0 ? 'warning' : 'success', text })
}

export const loader = leadsTo('/u/:secret')
