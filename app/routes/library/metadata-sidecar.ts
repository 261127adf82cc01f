import type { ActionFunctionArgs } from '@remix-run/node'
import { buffer } from 'node:stream/consumers'
import { staffOf } from '#app/http/context.server.ts'
import { takeFormFiles } from '#app/http/form-files.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { AddSidecarError } from '#services/assets/errors.ts'
import { addSidecarInput } from '#services/assets/schema.ts'
import { addSidecar } from '#services/assets/sidecars.ts'

const sayings = {
  'asset-archived': 'It is put away: its record stays as it is. Restore it first.',
  'no-file': 'There is no file that it could lie beside.',
  'no-xmp': 'There is no XMP in that file. Export a sidecar (.xmp) from the program that described the picture.',
} satisfies Record<AddSidecarError, string>

const largest = 2_000_000

/** XMP that came beside a file, sent by a form. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const page = `/library/assets/${assetId}/metadata`
  // The queue that uploads stays where it is, and shows the answer in its own row.
  const inQueue = args.request.headers.get('accept') === 'application/json'
  const back = (text: string) =>
    inQueue
      ? Response.json({ said: text }, { status: 422, headers: { 'Cache-Control': 'no-store' } })
      : redirectWithToast(page, { tone: 'danger', text })
  if (Number(args.request.headers.get('content-length') ?? 0) > largest + 10_000) return back('A sidecar has at most 2 MB.')
  const [file] = await takeFormFiles(args.request, async ({ source }) => (await buffer(source)).toString('utf8'))
  const sent = addSidecarInput.safeParse({ assetId, fileName: file?.fileName, packet: file?.made })
  if (!sent.success) return back('Choose an XMP file of at most 2 MB.')
  const outcome = await addSidecar(ctx, sent.data)
  if (!outcome.ok) return back(sayings[outcome.error])
  if (inQueue) return Response.json({ said: null }, { headers: { 'Cache-Control': 'no-store' } })
  return redirectWithToast(page, { tone: 'success', text: 'The sidecar is being read; what it says appears here in a moment.' })
}
