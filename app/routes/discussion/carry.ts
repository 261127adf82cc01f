import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { backOf, refuseTalk, refuseWords } from '#app/http/discussion.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { carryThreads } from '#services/discussion/carrying.ts'
import { carryInput } from '#services/discussion/schema.ts'

/** What was said about an older version still applies to this one. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const page = `/library/assets/${args.params.assetId ?? ''}/discussion`
  const fields = await fieldsOf(args.request)
  const form = parseFields(fields, carryInput)
  if (form.status === 'error') return refuseWords(fields, 'Choose what still applies.', page)
  const outcome = await carryThreads(ctx, form.value)
  if (!outcome.ok) return refuseTalk(fields, outcome, page)
  const { carried } = outcome.value
  return redirectWithToast(backOf(fields, page, form.value.threadIds[0]), {
    tone: 'success',
    text: carried === 1 ? 'It stands on this version too.' : `${carried} threads stand on this version too.`,
  })
}
