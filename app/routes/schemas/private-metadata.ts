import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { setPrivateMetadata } from '#services/delivery/private-metadata.ts'

const input = z.object({ private: z.enum(['leave', 'stay']) })
const page = '/library/schemas#private-metadata'

/** Say whether coordinates, serial numbers and ages leave with the files. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  const form = await parseForm(args.request, input)
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Choose whether they are taken out or left in.' })
  const keeps = form.value.private === 'leave'
  const outcome = await setPrivateMetadata(ctx, { keeps })
  if (!outcome.ok) return redirectWithToast(page, { tone: 'info', text: 'It was so already; nothing changed.' })
  return redirectWithToast(page, {
    tone: 'success',
    text: keeps ? 'From now on files leave with them.' : 'From now on they are taken out of whatever leaves.',
  })
}
