import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { reopenLikenessesForm } from '#services/rights/likeness-schema.ts'
import { reopenLikenesses } from '#services/rights/lookalikes.ts'

const page = '/library/duplicates'

export const loader = () => redirect(page)

/** Answers are taken back: the questions are open again, and discarded uploads are drafts again. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER', 'CONTRIBUTOR')
  const form = await parseForm(args.request, reopenLikenessesForm)
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'There was nothing to take back.' })
  const { reopened, refused } = await reopenLikenesses(ctx, form.value)
  const to = safePath(form.value.back, page)
  return redirectWithToast(
    to,
    refused.length > 0
      ? { tone: 'warning', text: `${reopened.length} taken back; ${refused.length} could not be.` }
      : { tone: 'success', text: 'Taken back. The question is open again.' },
  )
}
