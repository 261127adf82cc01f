import { getFormProps, useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { readAnswers, termsOf } from '#app/components/catalog/use-questions.server.ts'
import { GivenList } from '#app/components/prices/given-list.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { hasRole } from '#services/kernel/actor.ts'
import { currencies } from '#services/kernel/money.ts'
import { dayOf } from '#services/kernel/period.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import { giveDiscountForm } from '#services/licensing/given-discount-schema.ts'
import { givenDiscounts } from '#services/licensing/given-discount-views.ts'
import { giveDiscount, type GiveDiscountError } from '#services/licensing/given-discounts.ts'

export const meta = () => titled('Discounts')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'FINANCE')
  const after = new URL(args.request.url).searchParams.get('after')
  const [waiting, decided] = await Promise.all([givenDiscounts(ctx, { waiting: true }), givenDiscounts(ctx, { waiting: false, after })])
  // Finance gives discounts and has no business with the price book.
  return { waiting, decided, seesPrices: hasRole(ctx.actor, 'ADMINISTRATOR', 'RIGHTS_MANAGER') }
}

const sayings = {
  'not-for-sale': 'No licence is sold for this picture at present.',
  'model-not-offered': 'This licence is not offered for this picture.',
  'terms-needed': 'Answer the questions on the picture’s page first, then copy its address.',
  'use-is-over': 'The last day of this use is over. Choose a later one on the picture’s page, then copy its address.',
  'no-prices': 'Publish a price book first.',
  'no-terms-template': 'Publish terms first.',
  'currency-not-offered': 'The house sells in no such currency.',
  'licence-not-in-force': 'A widening is priced as a difference and takes no discount by hand.',
  'licence-not-bought': 'A widening is priced as a difference and takes no discount by hand.',
  'narrower-than-held': 'A widening is priced as a difference and takes no discount by hand.',
  'nothing-wider': 'A widening is priced as a difference and takes no discount by hand.',
  'not-a-customer': 'Choose a customer from the list.',
  'in-the-past': 'The last day is over. Choose a later one.',
  'already-given': 'This customer has a discount on exactly this licence already.',
} as const satisfies Record<GiveDiscountError, string>

/** Give a discount on one licence to one customer. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'FINANCE')
  const form = await parseForm(args.request, giveDiscountForm)
  if (form.status !== 'success') return answerForm(form)
  const { address, percent, ...rest } = form.value
  if (!URL.canParse(address, ctx.origin)) return answerForm(form, { fieldErrors: { address: [sayings['terms-needed']] } })
  const url = new URL(address, ctx.origin)
  const zone = await zoneOfHouse(ctx)
  const answers = readAnswers(url.searchParams, dayOf(ctx.clock.now(), zone))
  const terms = answers.model === 'RIGHTS_MANAGED' ? termsOf(answers, zone) : null
  const assetId = /\/assets\/([\w-]+)/.exec(url.pathname)?.[1] ?? ''
  if (!answers.model || (answers.model === 'RIGHTS_MANAGED' && !terms))
    return answerForm(form, { fieldErrors: { address: [sayings['terms-needed']] } })
  const outcome = await giveDiscount(ctx, { ...rest, assetId, model: answers.model, bp: percent, ...(terms && { terms }) })
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  return redirectWithToast('/rights/discounts', {
    tone: 'success',
    text:
      outcome.value.state === 'APPROVED'
        ? 'Given: the customer’s cart has it.'
        : 'It is beyond your limit: somebody with a wider one decides.',
  })
}

export default function Discounts() {
  const { waiting, decided, seesPrices } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm({
    lastResult: lastResult ?? null,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: giveDiscountForm }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  })
  return (
    <Page>
      {seesPrices && <Breadcrumbs trail={[{ to: '/rights/prices', label: 'Prices' }]} />}
      <PageHeader title="Discounts">
        You may give up to {waiting.limitBp / 100} % by yourself. What goes beyond waits for somebody whose limit is wider; below the least
        price of the book an administrator decides.
      </PageHeader>
      <Split aside="24rem">
        <Stack gap="lg">
          <Panel title={`Waiting for a decision (${waiting.items.length})`}>
            <GivenList items={waiting.items} zone={waiting.zone} empty="Nothing waits." />
          </Panel>
          <Panel title="Decided">
            <GivenList items={decided.items} zone={decided.zone} empty="No discount has been given by hand yet." />
            <Pager next={decided.next} />
          </Panel>
        </Stack>
        <Panel title="Give a discount">
          <Form method="post" {...getFormProps(form)}>
            <Stack>
              <Select field={fields.orgId} label="Customer" options={[{ value: '', label: 'Choose…' }, ...waiting.customers]} />
              <TextField
                field={fields.address}
                label="Address of the picture"
                hint="Answer the questions on its page in the store, then copy the address: it says which licence."
              />
              <Select field={fields.currency} label="Currency" options={currencies.map((code) => ({ value: code, label: code }))} />
              <TextField field={fields.percent} label="Per cent off" inputMode="decimal" autoComplete="off" />
              <TextField field={fields.validUntil} label="Last day" type="date" />
              <TextArea field={fields.reason} label="Why" />
              {form.errors && (
                <p className="field-error" role="alert">
                  {form.errors[0]}
                </p>
              )}
              <SubmitButton>Give it</SubmitButton>
            </Stack>
          </Form>
        </Panel>
      </Split>
    </Page>
  )
}
