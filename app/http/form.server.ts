import type { Submission, SubmissionResult } from '@conform-to/dom'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from '@remix-run/node'
import type { output, ZodType } from 'zod'
import { inLanguage } from '#app/words/form-sentences.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { Language } from '#services/kernel/language.ts'
import { languageOfRequest } from './language.server.ts'

interface Sayings {
  /** About the form as a whole: one sentence each, saying what to do. */
  formErrors?: string[]
  fieldErrors?: Record<string, string[]>
}
interface Reply {
  /** What goes back to the page (`useForm({ lastResult })`). Passwords are never sent back. */
  reply(sayings?: Sayings): SubmissionResult
}
export type Form<T> = Reply & ({ status: 'success'; value: T } | { status: 'error' })

/** What was sent, by the schema that operation and page share. */
export async function parseForm<S extends ZodType>(request: Request, schema: S): Promise<Form<output<S>>> {
  return parseFields(await fieldsOf(request), schema, languageOfRequest(request))
}

/** More than the largest list that a page of ours can send. */
const mostFields = 10_000
/** Names, one in another, or a place in a list. */
const nameOfOurs = /^(?!.*(?:__|\bconstructor\b))[^.[\]]+(?:\.[^.[\]]+|\[\d{1,4}\]){0,8}$/
/** The pictures of a change are the longest numbered list of ours; all its numbers make two million. */
const longestList = 2_000

/**
 * Names become a tree before any schema looks at them: `a[999999999]` would be a list of that length, and each field of one
 * name a copy of those before it. Either holds up everybody else for minutes.
 */
function assertOurNames(fields: FormData | URLSearchParams): void {
  let count = 0
  let places = 0
  for (const name of fields.keys()) {
    if (++count > mostFields) throw new Refusal('malformed', `more than ${mostFields} fields`)
    if (name.length > 300 || !nameOfOurs.test(name)) throw new Refusal('malformed', 'a field has a name that no form of ours gives')
    for (const [, place] of name.matchAll(/\[(\d+)\]/g)) {
      places += Number(place)
      if (Number(place) >= longestList || places > longestList ** 2) throw new Refusal('malformed', 'a list is longer than any of ours')
    }
  }
}

/** Like `parseForm`, for fields that were read already. */
export function parseFields<S extends ZodType>(fields: FormData | URLSearchParams, schema: S, language: Language = 'en'): Form<output<S>> {
  assertOurNames(fields)
  const submission = parseWithZod(fields, { schema }) as Submission<output<S>>
  const hideFields = [...new Set(fields.keys())].filter((name) => /password|secret|token/i.test(name))
  const reply: Reply['reply'] = (sayings = {}) => inLanguage(submission.reply({ ...sayings, hideFields }), language)
  return submission.status === 'success' ? { status: 'success', value: submission.value, reply } : { status: 'error', reply }
}

/** The form page again, with what is wrong: 400 for what does not parse, 409 (or as told) for what the house refuses. */
export const answerForm = (form: Reply, sayings?: Sayings, status = sayings ? 409 : 400) => data(form.reply(sayings), { status })

/** The fields of a form; a body that is none is malformed. */
export async function fieldsOf(request: Request): Promise<FormData> {
  const fields = await request.formData().catch(() => {
    throw new Refusal('malformed', 'the body is no form')
  })
  // No keyboard makes one, and the database takes none.
  for (const [name, value] of fields)
    if (`${name}${typeof value === 'string' ? value : ''}`.includes('\0')) throw new Refusal('malformed', 'a field holds a NUL')
  return fields
}
