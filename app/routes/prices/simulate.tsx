import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { questionsOf, readAnswers, termsOf } from '#app/components/catalog/use-questions.server.ts'
import { UseQuestions } from '#app/components/catalog/use-questions.tsx'
import { askedNumber, type AskedNumber } from '#app/components/prices/asked-number.ts'
import { PriceSteps, Replay } from '#app/components/prices/price-steps.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Button } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import { replayOrder } from '#services/commerce/price-replay-views.ts'
import { currencies } from '#services/kernel/money.ts'
import { dayOf } from '#services/kernel/period.ts'
import { booksToSimulate, simulate } from '#services/licensing/price-simulation.ts'
import { summariseScope } from '#services/rights/rules/scope-words.ts'

export const meta = () => titled('Try a price')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const zone = await zoneOfHouse(ctx)
  const today = dayOf(ctx.clock.now(), zone)
  const answers = { ...readAnswers(search, today), model: 'RIGHTS_MANAGED' as const }
  const stated = termsOf(answers, zone)
  const [printRun, pixels] = [askedNumber(search.get('printRun'), 1_000_000_000), askedNumber(search.get('pixels'), 100_000)]
  const percent = askedNumber(search.get('percent') ?? '100', 10_000)
  const limits = { ...(printRun.value && { printRun: printRun.value }), ...(pixels.value && { pixels: pixels.value }) }
  const terms = stated && { ...stated, limits }
  const currency = (search.get('currency') ?? '').slice(0, 3)
  const draft = search.get('draft') || undefined
  const books = await booksToSimulate(ctx, draft)
  const unread = [printRun, pixels, percent].some(({ errors }) => errors)
  const use = unread ? null : terms && { model: 'RIGHTS_MANAGED' as const, terms, assetFactorBp: (percent.value ?? 100) * 100, currency }
  const order = search.get('order')?.trim().slice(0, 40) ?? ''
  return {
    questions: questionsOf(answers, today),
    fields: { printRun, pixels, percent, currency },
    unread,
    draft,
    // Each of the two questions leaves the other as it stands.
    kept: [...search].filter(([name]) => name !== 'order').slice(0, 100),
    scope: terms && summariseScope(terms),
    prices: use ? books.slice(0, 4).flatMap((book) => simulate(book, use) ?? []) : [],
    order,
    replayed: order ? await replayOrder(ctx, order) : undefined,
  }
}

export default function SimulatePrice() {
  const { questions, fields, unread, draft, kept, scope, prices, order, replayed } = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs
        trail={[{ to: '/rights/prices', label: 'Prices' }, ...(draft ? [{ to: `/rights/prices/drafts/${draft}`, label: 'Draft' }] : [])]}
      />
      <PageHeader title="Try a price">
        One use under {draft && 'the draft and '}the newest versions, step by step; or a past order, priced again from its own version.
      </PageHeader>
      <Split aside="24rem">
        <Stack gap="lg">
          {prices.length === 0 ? (
            <EmptyState
              icon="tag"
              title={unread ? 'A figure cannot be read' : scope && fields.currency ? `Nothing is sold in ${fields.currency}` : 'Which use?'}
            >
              {unread
                ? 'It is marked at its field. As soon as it is right, each version’s price appears here.'
                : scope && fields.currency
                  ? 'No version has a price in this currency. Choose another one.'
                  : 'Say what for and in which places, and each version’s price appears here with its steps.'}
            </EmptyState>
          ) : (
            <Panel title="Price">
              <p className="lede">{scope}</p>
              <Columns least="14rem" gap="lg">
                {prices.map((price) => (
                  <PriceSteps key={price.name} price={price} />
                ))}
              </Columns>
            </Panel>
          )}
          <Panel title="A past price, again">
            <Form method="get" className="filters">
              {kept.map(([name, value], at) => (
                <input key={`${at} ${name}`} type="hidden" name={name} value={value} />
              ))}
              <TextField name="order" label="Order number" placeholder="e.g. OR-2026-…" defaultValue={order} required />
              <Button type="submit">Price again</Button>
            </Form>
            <Replay lines={replayed} number={order} />
          </Panel>
        </Stack>
        <Panel title="The use">
          <Form method="get" className="stack">
            {draft && <input type="hidden" name="draft" value={draft} />}
            {order && <input type="hidden" name="order" value={order} />}
            <UseQuestions questions={questions} />
            <Counted name="printRun" label="Printed copies" asked={fields.printRun} optional />
            <Counted name="pixels" label="Longest edge in pixels" asked={fields.pixels} optional />
            <Counted name="percent" label="Factor of the picture, in percent" asked={fields.percent} />
            <Select
              name="currency"
              label="Currency"
              defaultValue={fields.currency}
              options={[{ value: '', label: 'The book’s own' }, ...currencies.map((code) => ({ value: code, label: code }))]}
            />
            <Button type="submit" tone="primary">
              Show the price
            </Button>
          </Form>
        </Panel>
      </Split>
    </Page>
  )
}

function Counted({ asked, ...field }: { name: string; label: string; asked: AskedNumber; optional?: boolean }) {
  return <TextField {...field} inputMode="numeric" defaultValue={asked.typed} errors={asked.errors} />
}
