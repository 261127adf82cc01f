import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { codesFile, templateFile } from '#services/exchange/rules/templates.ts'
import { tableKinds } from '#services/exchange/rules/kinds.ts'

/** A file to start from, or the list of all codes. */
export async function loader(args: LoaderFunctionArgs) {
  await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const wanted = args.params.template ?? ''
  const kind = tableKinds.find((known) => known.toLowerCase() === wanted)
  if (!kind && wanted !== 'codes') throw new Refusal('not-found', `no template ${wanted}`)
  const file = kind ? templateFile(kind) : codesFile()
  async function* chunks() {
    yield file
  }
  return streamAnswer(args.request, chunks(), { name: `${wanted}.csv`, mediaType: 'text/csv; charset=utf-8' })
}
