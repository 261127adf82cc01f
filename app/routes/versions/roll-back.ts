import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { RollBackError } from '#services/assets/errors.ts'
import { rollBackAsset } from '#services/assets/roll-backs.ts'
import { rollBackInput } from '#services/assets/schema.ts'

const sayings = {
  'wrong-state': 'In its present state the asset takes no new version. Resume or restore it first.',
  'already-current': 'The newest version has these bytes already.',
  'changed-meanwhile': 'A version came or was put live since you opened the page. Look at the list again, then choose.',
  'not-readable': 'That version could not be read, so there is nothing to bring back.',
  'bytes-gone': 'The bytes of that version are gone.',
} satisfies Record<RollBackError, string>

/** An earlier version becomes current again, as a new one. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '', versionId = '' } = args.params
  const page = `/library/assets/${assetId}/versions`
  const form = await parseForm(args.request, rollBackInput.omit({ assetId: true, versionId: true }))
  if (form.status === 'error') return redirectWithToast(page, { tone: 'danger', text: 'Say why, in a sentence.' })
  const outcome = await rollBackAsset(ctx, { ...form.value, assetId, versionId })
  if (!outcome.ok) return redirectWithToast(page, { tone: 'danger', text: sayings[outcome.error] })
  const { number, live, approved } = outcome.value
  const then = live ? 'It is live.' : approved ? 'It is approved.' : 'Send it for review when it is ready.'
  return redirectWithToast(page, { tone: 'success', text: `Version ${number} has those bytes again. ${then}` })
}
