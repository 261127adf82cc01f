import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { SheetRowFields, type SheetRefusal } from '#app/components/library/sheet-line.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { sheetOf } from '#app/http/sheet.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { SheetWords } from '#services/assets/rules/sheet-words.ts'
import { fillSheet, sheetPage, type FillRowError } from '#services/assets/sheet.ts'

export const meta = () => titled('Fill in')

const placeOf = (search: URLSearchParams) => {
  const from = Number(search.get('from') ?? 0)
  return { every: search.has('every'), from: Number.isSafeInteger(from) && from > 0 ? from : 0 }
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { selectionId = '' } = args.params
  const place = placeOf(new URL(args.request.url).searchParams)
  return { ...(await sheetPage(ctx, selectionId, place)), every: place.every, selectionId }
}

const sayings = {
  'written-meanwhile': () => ['Somebody else wrote here meanwhile. Load the page again to see their words; yours are still here to copy.'],
  'changed-meanwhile': () => ['Somebody else changed this record meanwhile. Load the page again.'],
  'asset-archived': () => ['It was put away meanwhile. Restore it before you describe it.'],
  'published-needs': (detail) => ['It is published, and these must stay true:', ...(detail as string[])],
  'own-fields-wrong': () => ['A field of your house’s own must be filled in first, on the asset’s own page.'],
} satisfies Record<FillRowError, (detail: unknown) => string[]>

/** What was written is saved line by line; what was refused stands there again. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { rows, refused } = sheetOf(await fieldsOf(args.request))
  const outcomes = await fillSheet(ctx, { rows })
  for (const outcome of outcomes) {
    const sent = rows.find(({ assetId }) => assetId === outcome.assetId)?.written
    if (!outcome.ok && sent)
      refused[outcome.assetId] = { problems: sayings[outcome.error](outcome.detail), fields: {}, sent, was: outcome.was }
  }
  const saved = outcomes.filter((outcome) => outcome.ok && outcome.changed.length > 0).length
  if (Object.keys(refused).length > 0) {
    const stands = Object.fromEntries(outcomes.flatMap(({ ok, assetId, was }) => (ok ? [[assetId, was]] : [])))
    return data({ refused, saved, stands }, { status: 409 })
  }
  const url = new URL(args.request.url)
  const text = saved === 0 ? 'Nothing was different.' : saved === 1 ? 'One record saved.' : `${saved} records saved.`
  return redirectWithToast(`${url.pathname}${url.search}`, { tone: saved === 0 ? 'info' : 'success', text })
}

const figure = (n: number): string => n.toLocaleString('en-GB')

export default function Sheet() {
  const { lines, total, size, every, from, next, says, selectionId } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const refused = (result && 'refused' in result ? result.refused : {}) as Record<string, SheetRefusal>
  const stands = (result && 'stands' in result ? result.stands : {}) as Record<string, SheetWords>
  // What was refused stands here as it was written, also where somebody else has completed it meanwhile.
  const others = Object.entries(refused).flatMap(([id, { sent }]) =>
    lines.some((line) => line.id === id) ? [] : [{ id, version: null, words: sent, lacks: [] }],
  )
  const form = useRef<HTMLFormElement>(null)
  const first = lines[0]?.id
  // The hand is on the keyboard: where a page of the sheet begins, it begins with what is lacking.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-lacking], textarea')?.focus(), [first])
  const here = (n: number) => `?${new URLSearchParams({ ...(every && { every: '' }), ...(n > 0 && { from: String(n) }) })}`
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/library', label: 'Library' },
          { to: `/library/selections/${selectionId}`, label: `${figure(size)} selected` },
        ]}
      />
      <PageHeader title="Fill in">
        {every ? `All ${figure(size)}` : `${figure(total)} of ${figure(size)} lack words of their own`}
        {says && ` · ${says}`}. Nothing is written before you save; <kbd>Ctrl</kbd> <kbd>Enter</kbd> saves and brings the next.
      </PageHeader>
      {lines.length + others.length === 0 ? (
        <EmptyState
          icon="check"
          title="Nothing left to write"
          action={<ButtonLink to={`/library/selections/${selectionId}`}>Back to the selection</ButtonLink>}
        >
          Each has its title, its alternative text, its creator and an answer about people and property.
        </EmptyState>
      ) : (
        <Form
          method="post"
          ref={form}
          data-takes-focus=""
          preventScrollReset={Object.keys(refused).length > 0}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            form.current?.requestSubmit()
          }}
        >
          <Stack gap="lg">
            {Object.keys(refused).length > 0 && (
              <Notice tone="danger" live title="Some were not saved">
                {result?.saved ? `${figure(result.saved)} saved. ` : ''}The others stand below as you wrote them, each with why.
              </Notice>
            )}
            {[...others, ...lines].map((line) => (
              <SheetRowFields key={line.id} line={line} refused={refused[line.id]} was={stands[line.id]} />
            ))}
            <Cluster>
              <SubmitButton aria-keyshortcuts="Control+Enter">{next === null ? 'Save' : 'Save and go on'}</SubmitButton>
              {next !== null && (
                <ButtonLink to={here(next)} tone="quiet">
                  Leave these for later
                </ButtonLink>
              )}
              {from > 0 && (
                <ButtonLink to={here(0)} tone="quiet">
                  Back to the first
                </ButtonLink>
              )}
            </Cluster>
          </Stack>
        </Form>
      )}
    </Page>
  )
}
