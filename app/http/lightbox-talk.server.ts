import { wordsOf } from '#app/words/words.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { Context } from '#services/platform/context.ts'
import { comment, deleteComment, editComment, resolveThread, type Voice } from '#services/lightboxes/comments.ts'
import type { CommentError, EditCommentError, ResolveError } from '#services/lightboxes/errors.ts'
import { commentInput, editCommentInput } from '#services/lightboxes/schema.ts'
import { redirectWithToast } from './toast.server.ts'

const sayings = {
  'too-many-comments': 'too-many-comments',
  'thread-is-gone': 'thread-is-gone',
  'wait-a-moment': 'wait-a-moment',
  'picture-is-gone': 'picture-is-gone',
  deleted: 'was-deleted',
  'already-resolved': 'already-resolved',
  'not-resolved': 'not-resolved',
} as const satisfies Record<CommentError | EditCommentError | ResolveError, string>

/** What somebody says, changes, takes back or settles, from the page of a box or from a link; then that page again. */
export async function answerTalk(
  ctx: Context,
  form: FormData,
  boxId: string,
  voice: Voice,
  page: string,
  headers = new Headers(),
): Promise<Response> {
  const t = wordsOf(ctx.language, 'lightboxes')
  const commentId = String(form.get('commentId') ?? '').slice(0, 64)
  const said = async () => {
    switch (form.get('verb')) {
      case 'say': {
        const fields = Object.fromEntries([...form].filter(([, value]) => value !== ''))
        const wanted = commentInput.safeParse({ ...fields, mentions: form.getAll('mentions') })
        return wanted.success ? comment(ctx, boxId, voice, wanted.data) : null
      }
      case 'edit': {
        const wanted = editCommentInput.safeParse(Object.fromEntries(form))
        return wanted.success ? editComment(ctx, boxId, voice, wanted.data) : null
      }
      case 'delete':
        return deleteComment(ctx, boxId, voice, commentId)
      case 'resolve':
      case 'reopen':
        if (voice.kind !== 'person') throw new Refusal('forbidden', 'a link settles nothing')
        return resolveThread(ctx, voice.token, boxId, { commentId, resolved: form.get('verb') === 'resolve' })
      default:
        throw new Refusal('malformed', 'no such verb for talk')
    }
  }
  const outcome = await said()
  if (outcome === null) return redirectWithToast(page, { tone: 'warning', text: t('comment-input') }, headers)
  if (outcome.ok) return redirectWithToast(page, { tone: 'success', text: t('done') }, headers)
  const { seconds = 0, most = 0 } = (outcome.detail ?? {}) as { seconds?: number; most?: number }
  return redirectWithToast(page, { tone: 'warning', text: t(sayings[outcome.error], { minutes: Math.ceil(seconds / 60), most }) }, headers)
}
