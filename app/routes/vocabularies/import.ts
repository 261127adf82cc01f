import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { importVocabularyFile } from '#services/assets/vocabulary-files.ts'

const largest = 20 * 1024 * 1024
const sayings = {
  unreadable: (detail: unknown) => `The file was not taken in. ${(detail as string[]).slice(0, 3).join(' ')}`,
  'in-a-circle': () => 'The file was not taken in: in it a term stands below itself.',
  'in-a-list': () => 'The file was not taken in: this vocabulary is a list, and the file has broader terms.',
}

/** Terms of a file into a vocabulary. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { vocabularyId = '' } = args.params
  const to = `/library/vocabularies/${vocabularyId}`
  const file = (await fieldsOf(args.request)).get('file')
  if (!(file instanceof File) || file.size === 0 || file.size > largest)
    return redirectWithToast(to, { tone: 'warning', text: 'Choose a file of at most 20 MB.' })
  const outcome = await importVocabularyFile(ctx, { vocabularyId, fileName: file.name, bytes: Buffer.from(await file.arrayBuffer()) })
  if (!outcome.ok) return redirectWithToast(to, { tone: 'warning', text: sayings[outcome.error](outcome.detail) })
  const { added, changed } = outcome.value
  return redirectWithToast(to, { tone: 'success', text: `${added} added, ${changed} brought up to date.` })
}
