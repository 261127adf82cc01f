import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { questionsOf, readAnswers, termsOf } from '#app/components/catalog/use-questions.server.ts'
import { UseQuestions } from '#app/components/catalog/use-questions.tsx'
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

/** A whole number of a field, within bounds; undefined where there is none. */
const numberOf = (text: string | null, most: number): number | undefined => {
  const value = Number(text)
  return text && Number.isInteger(value) && value >= 1 && value <= most ? value : undefined
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const zone = await zoneOfHouse(ctx)
  const today = dayOf(ctx.clock.now(), zone)
  const answers = { ...readAnswers(search, today), model: 'RIGHTS_MANAGED' as const }
  const stated = termsOf(answers, zone)
  const [printRun, pixels] = [numberOf(search.get('printRun'), 1_000_000_000), numberOf(search.get('pixels'), 100_000)]
  const terms = stated && { ...stated, limits: { ...(printRun && { printRun }), ...(pixels && { pixels }) } }
  const percent = numberOf(search.get('percent'), 10_000) ?? 100
  const currency = search.get('currency') ?? ''
  const books = await booksToSimulate(ctx, search.get('draft') ?? undefined)
  const use = terms && { model: 'RIGHTS_MANAGED' as const, terms, assetFactorBp: percent * 100, currency }
  const order = search.get('order')?.trim().slice(0, 40) ?? ''
  return {
    questions: questionsOf(answers, today),
    fields: { printRun: printRun ?? '', pixels: pixels ?? '', percent, currency },
    scope: terms && summariseScope(terms),
    prices: use ? books.slice(0, 4).flatMap((book) => simulate(book, use) ?? []) : [],
    order,
    replayed: order ? await replayOrder(ctx, order) : undefined,
  }
}

export default function SimulatePrice() {
  const { questions, fields, scope, prices, order, replayed } = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/rights/prices', label: 'Prices' }]} />
      <PageHeader title="Try a price">
        One use under the newest versions, step by step; or a past order, priced again from its own version.
      </PageHeader>
      <Split aside="24rem">
        <Stack gap="lg">
          {prices.length === 0 ? (
            <EmptyState icon="tag" title="Which use?">
              Say what for and in which places, and each version’s price appears here with its steps.
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
              <TextField name="order" label="Order number" placeholder="e.g. OR-2026-…" defaultValue={order} required />
              <Button type="submit">Price again</Button>
            </Form>
            <Replay lines={replayed} number={order} />
          </Panel>
        </Stack>
        <Panel title="The use">
          <Form method="get" className="stack">
            <UseQuestions questions={questions} />
            <TextField name="printRun" label="Printed copies" inputMode="numeric" defaultValue={fields.printRun} optional />
            <TextField name="pixels" label="Longest edge in pixels" inputMode="numeric" defaultValue={fields.pixels} optional />
            <TextField name="percent" label="Factor of the picture, in percent" inputMode="numeric" defaultValue={fields.percent} />
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
