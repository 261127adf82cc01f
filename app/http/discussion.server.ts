import { data } from '@remix-run/node'
import { askedDiscussion, type AskedDiscussion } from '#services/discussion/schema.ts'
import type {
  AnswerError,
  CarryError,
  DeleteCommentError,
  EditCommentError,
  ReopenError,
  ResolveError,
  SayError,
} from '#services/discussion/errors.ts'
import type { Failure } from '#services/kernel/result.ts'
import { safePath } from './guard.server.ts'
import { redirectWithToast } from './toast.server.ts'

/** What a page's address asks of the discussion on it. */
export const askedOf = (request: Request): AskedDiscussion => askedDiscussion.parse(Object.fromEntries(new URL(request.url).searchParams))

type TalkError = SayError | AnswerError | EditCommentError | DeleteCommentError | ResolveError | ReopenError | CarryError

const sayings = {
  'wait-a-moment': 'You write faster than anybody can read. Wait a moment, then send it again.',
  'too-many-threads': 'This version holds as many threads as it can. Answer in one that is there.',
  'too-many-comments': 'This thread is full. Begin a new one.',
  'too-long': 'That is too long. Shorten it, or say it in two.',
  'mark-is-outside': 'The mark points at a page or a moment that this version does not have.',
  deleted: 'These words were taken back already.',
  'too-late': 'Your words can be changed for a day. Answer instead.',
  'changed-meanwhile': 'These words were changed meanwhile, perhaps in another window. Look at them again.',
  'already-resolved': 'Somebody resolved it already.',
  'answered-meanwhile': 'Somebody answered meanwhile. Read the answer, then resolve it.',
  'not-resolved': 'It is open already.',
  'already-there': 'It was carried to this version already.',
} satisfies Record<TalkError, string>

/** The page that the form stands on, with what was just said in view. */
export const backOf = (fields: FormData, otherwise: string, anchor = ''): string => {
  const back = fields.get('back')
  const page = safePath(typeof back === 'string' ? back : null, otherwise).replace(/#.*$/, '')
  return anchor ? `${page}#${anchor}` : page
}

/** What the form reads where it was refused and a script keeps what was typed. */
export interface TalkRefusal {
  error: string
}

/** A refusal: to the form itself where it can show it and keep the words; else on the page that follows. */
export function refuseTalk(fields: FormData, failure: Failure<TalkError>, otherwise: string) {
  return refuseWords(fields, sayings[failure.error], otherwise)
}

export async function refuseWords(fields: FormData, error: string, otherwise: string) {
  if (fields.get('scripted') === 'yes') return data<TalkRefusal>({ error }, { status: 409 })
  return redirectWithToast(backOf(fields, otherwise), { tone: 'danger', text: error })
}
