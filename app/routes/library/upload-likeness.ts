import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import type { DecideLikenessError } from '#services/rights/errors.ts'
import { answerLikenessForm } from '#services/rights/likeness-schema.ts'
import { decideLikeness } from '#services/rights/lookalikes.ts'
import type { LikenessDecision } from '#services/rights/rules/likeness-states.ts'
import { likenessOfUploads } from '#services/rights/upload-likeness.ts'

const headers = { 'Cache-Control': 'no-store' }

/** What the files that were just sent look like, for the queue that sent them. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const versions = (new URL(args.request.url).searchParams.get('versions') ?? '').split('.').filter((id) => /^ver_[0-9a-z]{26}$/.test(id))
  return Response.json(await likenessOfUploads(ctx, versions.slice(0, 100)), { headers })
}

const sayings = {
  'already-decided': 'Somebody decided this a moment ago.',
  'not-a-draft': 'Your upload is no draft any more.',
  'asset-archived': 'The older picture is in the archive. Restore it first.',
  'same-as-current': 'The older picture has exactly this file already. Discard yours instead.',
  'in-other-groups': 'These pictures are in different groups of twins.',
  'dismissed-before': 'Somebody said of these pictures that they are no twins.',
  'sold-to-both': 'Licences in force on these pictures exclude each other.',
} satisfies Record<DecideLikenessError, string>
const done: Record<LikenessDecision, string> = {
  newVersion: 'It is a new version of the older picture now.',
  twins: 'Both stay, as twins.',
  different: 'Both stay. They will not be compared again.',
  discard: 'Your upload is in the archive.',
}

/** One answer, given in the queue: nothing else on the page moves. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const form = await parseForm(args.request, answerLikenessForm)
  if (form.status !== 'success') return Response.json({ decided: false, said: 'Choose one of the answers.' }, { status: 400, headers })
  const outcome = await decideLikeness(ctx, form.value)
  return outcome.ok
    ? Response.json({ decided: true, said: done[form.value.decision] }, { headers })
    : Response.json({ decided: false, said: sayings[outcome.error] }, { status: 409, headers })
}
