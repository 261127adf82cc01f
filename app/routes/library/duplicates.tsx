import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { LikePairCard, usePairKeys } from '#app/components/rights/like-pair.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Button, ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { decideLikenessesForm } from '#services/rights/likeness-schema.ts'
import { duplicatesDesk } from '#services/rights/likeness-views.ts'
import { decideLikenesses } from '#services/rights/lookalikes.ts'

export const meta = () => titled('Duplicates')

const bulk = 'several'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER', 'CONTRIBUTOR')
  const search = new URL(args.request.url).searchParams
  const show = search.get('show') === 'decided' ? ('decided' as const) : ('open' as const)
  const done = (search.get('done') ?? '')
    .split('.')
    .filter((id) => /^lik_[0-9a-z]{26}$/.test(id))
    .slice(0, 100)
  const name = (search.get('q') ?? '').trim().slice(0, 100)
  const refused = Math.min(100, Number(search.get('refused')) || 0)
  return { show, name, done, refused, ...(await duplicatesDesk(ctx, { show, name, after: search.get('after') })) }
}

const addressOf = (asked: Record<string, string>): string => {
  const search = new URLSearchParams(Object.entries(asked).filter(([, value]) => value))
  return search.size > 0 ? `/library/duplicates?${search}` : '/library/duplicates'
}

/** The same answer for all that are ticked. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER', 'CONTRIBUTOR')
  const q = new URL(args.request.url).searchParams.get('q') ?? ''
  const form = await parseForm(args.request, decideLikenessesForm)
  if (form.status !== 'success')
    return redirectWithToast(addressOf({ q }), { tone: 'warning', text: 'Tick at least one pair, then choose what to do.' })
  const { decided, refused } = await decideLikenesses(ctx, form.value)
  return redirect(addressOf({ q, done: decided.join('.'), refused: refused.length > 0 ? String(refused.length) : '' }), 303)
}

export default function Duplicates() {
  const { show, name, items, next, open, done, refused } = useLoaderData<typeof loader>()
  usePairKeys()
  return (
    <Page>
      <PageHeader eyebrow="Library" title="Duplicates">
        Uploads that look like a picture the library has: the same file, a crop, a mirror image, another size or other colours. An answer is
        never asked for again.
      </PageHeader>
      <Stack gap="lg">
        <Tabs
          label="Duplicates"
          tabs={[
            { to: addressOf({ show: 'open', q: name }), label: 'To decide', count: open, current: show === 'open' },
            { to: addressOf({ show: 'decided', q: name }), label: 'Decided', current: show === 'decided' },
          ]}
        />
        {(done.length > 0 || refused > 0) && <Done ids={done} refused={refused} back={addressOf({ q: name })} />}
        {(items.length > 0 || name) && <Finder show={show} name={name} />}
        {items.length === 0 && <Nothing show={show} name={name} />}
        {items.length > 0 && show === 'open' && <Several name={name} />}
        {items.map((pair) => (
          <LikePairCard key={pair.id} pair={pair} back={addressOf({ q: name })} tick={bulk} />
        ))}
        <Pager next={next} />
      </Stack>
    </Page>
  )
}

function Finder({ show, name }: { show: 'open' | 'decided'; name: string }) {
  return (
    <Form method="get" role="search" aria-label="Pairs">
      <Cluster gap="sm">
        <input type="hidden" name="show" value={show} />
        <TextField
          name="q"
          type="search"
          label="Title or file name"
          hideLabel
          placeholder="Title or file name"
          defaultValue={name}
          key={name}
          maxLength={100}
          autoComplete="off"
        />
        <Button type="submit" icon="search">
          Find
        </Button>
      </Cluster>
    </Form>
  )
}

function Nothing({ show, name }: { show: 'open' | 'decided'; name: string }) {
  if (name)
    return (
      <EmptyState icon="search" title={`No pair with “${name}”`} action={<ButtonLink to={addressOf({ show })}>Show all</ButtonLink>}>
        Neither a title nor a file name of these pictures holds it.
      </EmptyState>
    )
  return (
    <EmptyState icon="picture" title={show === 'open' ? 'Nothing to decide' : 'Nothing decided yet'}>
      {show === 'open'
        ? 'What looks like a picture of the library is put here when it is uploaded.'
        : 'Answers are kept here, and most can be taken back.'}
    </EmptyState>
  )
}

function Several({ name }: { name: string }) {
  return (
    <Form method="post" action={addressOf({ q: name })} id={bulk} className="panel pair-tools">
      <Cluster justify="between">
        <p className="small muted">
          With the focus in a pair: <kbd>j</kbd> and <kbd>k</kbd> next and previous, <kbd>v</kbd> version, <kbd>t</kbd> twins, <kbd>d</kbd>{' '}
          different, <kbd>x</kbd> discard, <kbd>space</kbd> ticks.
        </p>
        <Cluster>
          <SubmitButton name="decision" value="different" size="sm" tone="secondary">
            All ticked are different
          </SubmitButton>
          <SubmitButton name="decision" value="discard" size="sm" tone="secondary">
            Discard all ticked uploads
          </SubmitButton>
        </Cluster>
      </Cluster>
    </Form>
  )
}

function Done({ ids, refused, back }: { ids: string[]; refused: number; back: string }) {
  return (
    <Notice tone={refused > 0 ? 'warning' : 'success'} live title={`${ids.length} decided`}>
      {refused > 0 && <p>{refused} could not be: somebody was faster, or the upload is no draft any more.</p>}
      {ids.length > 0 && (
        <Form method="post" action="/library/duplicates/undo">
          {ids.map((id) => (
            <input key={id} type="hidden" name="ids" value={id} />
          ))}
          <input type="hidden" name="back" value={back} />
          <SubmitButton size="sm" tone="secondary">
            Undo
          </SubmitButton>
        </Form>
      )}
    </Notice>
  )
}
