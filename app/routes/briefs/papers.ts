import type { ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { takeFormFiles } from '#app/http/form-files.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { briefFor } from '#services/briefs/briefs.ts'
import { addBriefPaper } from '#services/briefs/papers.ts'
import { Refusal } from '#services/kernel/errors.ts'

/** What explains a brief better than words. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const briefId = args.params.briefId ?? ''
  const t = wordsOf(ctx.language, 'briefs')
  // Before a byte is read: to strangers it is not there.
  await briefFor(ctx, briefId)
  if (!(args.request.headers.get('Content-Type') ?? '').startsWith('multipart/form-data'))
    throw new Refusal('malformed', 'no form with files')
  const papers = await takeFormFiles(args.request, (paper) => addBriefPaper(ctx, briefId, paper))
  const refused = papers.flatMap(({ fileName, made }) => {
    const { most = 0 } = ((!made.ok && made.detail) || {}) as { most?: number }
    return made.ok ? [] : [`${fileName}: ${t(`errors.${made.error}`, { most })}`]
  })
  return redirectWithToast(`/briefs/${briefId}`, {
    tone: refused.length > 0 || papers.length === 0 ? 'warning' : 'success',
    text: [t('attached', { count: papers.length - refused.length }), ...refused.slice(0, 3)].join(' '),
  })
}

export const loader = leadsTo('/briefs/:briefId')
