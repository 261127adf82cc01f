import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ActForm, actWords } from '#app/components/desk/act-form.tsx'
import { Refused } from '#app/components/desk/refused.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf, type PersonContext } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { asHeader, redirectWithToast } from '#app/http/toast.server.ts'
import { selectionOf } from '#app/http/worklist.server.ts'
import { paperOf, withdrawLines } from '#services/desk/bulk.ts'
import { markLines, preview } from '#services/desk/marks.ts'
import { colleaguesOf, houseDay } from '#services/desk/worklist.ts'
import type { MarkLinesError, WithdrawLinesError } from '#services/desk/worklist-errors.ts'
import {
  assignInput,
  doneInput,
  snoozeInput,
  withdrawInput,
  workVerb,
  type Mark,
  type Selection,
  type WorkVerb,
} from '#services/desk/worklist-schema.ts'

export const meta = () => titled('Worklist')

const sayings = {
  'nothing-chosen': 'None of these lines is there any more. Go back to the list and choose again.',
  'no-such-colleague': 'This colleague has no seat any more. Choose another.',
  'day-past': 'Choose a day after today.',
  'too-many-pictures': 'These are more than 2,000 pictures. Choose fewer lines.',
} satisfies Record<MarkLinesError | WithdrawLinesError, string>

const back = (filter: string, more = '') => `/rights?${[filter || 'view=usual', more].filter(Boolean).join('&')}`
const count = (n: number) => `${n.toLocaleString('en-GB')} ${n === 1 ? 'line' : 'lines'}`

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { searchParams } = new URL(args.request.url)
  const which = selectionOf(searchParams)
  const verb = workVerb.parse(searchParams.get('verb'))
  const filter = searchParams.get('filter') ?? ''
  if (verb === 'change') {
    const paper = await paperOf(ctx, which)
    if (paper) throw redirect(`/rights/changes/new?${new URLSearchParams({ [paper.by]: paper.reference })}`)
    throw await redirectWithToast(back(filter), {
      tone: 'info',
      text: 'Tick lines of one contract or one release: a change begins with its paper.',
    })
  }
  const what = await preview(ctx, which)
  if (what.lines === 0) throw await redirectWithToast(back(filter), { tone: 'info', text: 'Tick the lines first.' })
  const { today } = await houseDay(ctx)
  return {
    verb,
    filter,
    today,
    ...what,
    items: 'items' in which ? which.items : null,
    colleagues: await colleaguesOf(ctx),
    me: ctx.actor.userId,
    back: back(filter),
  }
}

/** What a form says of lines; undefined where it does not parse. */
function markOf(verb: Exclude<WorkVerb, 'change' | 'withdraw'>, fields: FormData): Mark | undefined {
  if (verb === 'unmark') return { verb }
  if (verb === 'assign') {
    const form = parseFields(fields, assignInput)
    return form.status === 'success' ? { verb, assigneeId: form.value.assigneeId || null } : undefined
  }
  const form = verb === 'done' ? parseFields(fields, doneInput) : parseFields(fields, snoozeInput)
  return form.status === 'success' ? ({ verb, ...form.value } as Mark) : undefined
}

async function mark(ctx: PersonContext, which: Selection, said: Mark, filter: string) {
  const outcome = await markLines(ctx, which, said)
  if (!outcome.ok) return data({ error: sayings[outcome.error], refused: null }, { status: 409 })
  const { lines, gone, strokeId } = outcome.value
  const text = `${count(lines)}: ${actWords[said.verb].done}.${gone > 0 ? ` ${count(gone)} had gone meanwhile.` : ''}`
  return redirectWithToast(back(filter, `stroke=${strokeId}`), { tone: 'success', text })
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const fields = await fieldsOf(args.request)
  const which = selectionOf(fields)
  const verb = workVerb.parse(fields.get('verb'))
  const filter = String(fields.get('filter') ?? '').slice(0, 4_000)
  if (verb === 'change') return redirect(asHeader(back(filter)), 303)
  if (verb !== 'withdraw') {
    const said = markOf(verb, fields)
    return said
      ? mark(ctx, which, said, filter)
      : data({ error: 'Choose a day, and keep the note under 500 characters.', refused: null }, { status: 400 })
  }
  const form = parseFields(fields, withdrawInput)
  if (form.status !== 'success') return data({ error: 'Say why, in a few words.', refused: null }, { status: 400 })
  const outcome = await withdrawLines(ctx, which, form.value.reason)
  if (!outcome.ok) return data({ error: sayings[outcome.error], refused: null }, { status: 409 })
  const { withdrawn, refused } = outcome.value
  const text = `${withdrawn.length} ${withdrawn.length === 1 ? 'picture is' : 'pictures are'} off sale.`
  if (refused.length === 0) return redirectWithToast(back(filter), { tone: 'success', text })
  return data({ error: null, refused: { text, list: refused.slice(0, 200), count: refused.length } })
}

export default function Act() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as
    { error: string | null; refused: Parameters<typeof Refused>[0]['refused'] | null } | undefined
  return (
    <Page width="narrow">
      <PageHeader eyebrow="Worklist" title={actWords[page.verb].title}>
        {count(page.lines)}, {page.pictures.toLocaleString('en-GB')} {page.pictures === 1 ? 'picture' : 'pictures'}
        {page.items === null ? ': all that match the filter.' : '.'}
      </PageHeader>
      <Stack>
        {answer?.refused ? <Refused refused={answer.refused} back={page.back} /> : <ActForm {...page} error={answer?.error ?? null} />}
      </Stack>
    </Page>
  )
}
