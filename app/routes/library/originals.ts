import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { callerOf } from '#app/http/delivery.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { openSelectionArchive } from '#services/delivery/selection-archives.ts'

const sayings = {
  'too-many-selected': 'At most 500 originals fit into one archive. Select fewer.',
  'nothing-to-send': 'None of these has a file that you may open.',
} as const

/** The originals of a selection as one archive. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const { selectionId = '' } = args.params
  const outcome = await openSelectionArchive(ctx, { selectionId, caller: callerOf(args) })
  if (!outcome.ok) return redirectWithToast(`/library/selections/${selectionId}`, { tone: 'warning', text: sayings[outcome.error] })
  return fileResponse(args.request, outcome.value)
}
