import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { CurveFields, Figure, Weights } from '#app/components/prices/draft-fields.tsx'
import { Changes, Examples } from '#app/components/prices/figure-table.tsx'
import { PublishDraft } from '#app/components/prices/publish-draft.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster, Columns, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf as formFields } from '#app/http/form.server.ts'
import { leavePublished } from '#app/http/published-draft.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { priceDraftPage } from '#services/licensing/price-draft-views.ts'
import { regroundPriceDraft, savePriceDraft, savePriceDraftInput } from '#services/licensing/price-drafts.ts'
import { withAdded, type PriceFields, type PriceProblems } from '#services/licensing/rules/price-form.ts'

export const meta = () => titled('Draft of the prices')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const draftId = args.params.draftId ?? ''
  await leavePublished(ctx, draftId)
  return priceDraftPage(ctx, draftId)
}

const sayings = {
  'changed-meanwhile': 'Somebody else saved this draft while you were typing. Your figures are still here: compare, then save again.',
  'no-price-book': 'Some figures cannot stand like this. Each is marked below.',
} as const

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const draftId = args.params.draftId ?? ''
  await leavePublished(ctx, draftId)
  const sent = await formFields(args.request)
  if (sent.get('intent') === 'reground') {
    const { baseVersion } = await regroundPriceDraft(ctx, { draftId })
    return redirectWithToast(`/rights/prices/drafts/${draftId}`, {
      tone: 'success',
      text: `Compared with version ${baseVersion} from now on.`,
    })
  }
  const input = savePriceDraftInput.safeParse({ revision: sent.get('revision'), note: sent.get('note') ?? '' })
  if (!input.success) throw new Refusal('malformed', 'no revision, or too long a note')
  const fields = Object.fromEntries(
    [...sent].flatMap(([name, value]) => (typeof value === 'string' && value.length <= 40 ? [[name, value]] : [])),
  )
  const outcome = await savePriceDraft(ctx, { draftId, ...input.data, fields: withAdded(fields) })
  if (outcome.ok) return redirectWithToast(`/rights/prices/drafts/${draftId}`, { tone: 'success', text: 'Draft saved.' })
  const problems = outcome.error === 'no-price-book' ? (outcome.detail as PriceProblems) : {}
  return data(
    { saying: sayings[outcome.error], problems, fields: fields as PriceFields },
    { status: outcome.error === 'no-price-book' ? 400 : 409 },
  )
}

export default function PriceDraft() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  // What was typed comes back as it was, with what is wrong beside it.
  const typed = { fields: { ...page.fields, ...answer?.fields }, problems: answer?.problems ?? {} }
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/rights/prices', label: 'Prices' }]} />
      <PageHeader
        eyebrow={<Badge tone="info">Draft</Badge>}
        title={`After version ${page.baseVersion}`}
        actions={
          <>
            <ButtonLink to={`/rights/prices/drafts/${page.id}/discounts`} icon="tag">
              Discounts and currencies
            </ButtonLink>
            <ButtonLink to={`/rights/prices/simulate?draft=${page.id}`}>Try a price</ButtonLink>
            <ButtonLink to={`/rights/prices/compare?from=${page.baseVersion}&draft=${page.id}`} icon="chart">
              Effect on last year’s sales
            </ButtonLink>
          </>
        }
      >
        Nothing is priced by a draft. Save as often as you like; publish it when its effect is what you want.
      </PageHeader>
      <Stack gap="lg">
        {answer && (
          <Notice tone="danger" title={answer.saying} live>
            {typed.problems['']}
          </Notice>
        )}
        {page.newestVersion !== page.baseVersion && (
          <Notice tone="warning" title={`Version ${page.newestVersion} has been published since`}>
            <Form method="post">
              <input type="hidden" name="intent" value="reground" />
              <Cluster>
                <span>This draft still compares itself with version {page.baseVersion}. Its figures stay as they are.</span>
                <SubmitButton tone="secondary">Compare with version {page.newestVersion}</SubmitButton>
              </Cluster>
            </Form>
          </Notice>
        )}
        <Split aside="24rem">
          <Form method="post" key={page.revision} className="stack price-draft">
            <input type="hidden" name="revision" value={page.revision} />
            <Columns least="18rem" gap="lg">
              <Panel title="Where prices start">
                {page.start.map((figure) => (
                  <Figure
                    key={figure.name}
                    figure={figure}
                    {...typed}
                    {...(figure.name === 'exclusiveBp' ? { unit: '×' } : { unit: page.currency })}
                  />
                ))}
                {page.royaltyFree.map(({ title, price, limits }) => (
                  <fieldset key={title} className="figure-group">
                    <legend>{title}</legend>
                    <Figure figure={price} unit={page.currency} {...typed} />
                    {limits.map((figure) => (
                      <Figure key={figure.name} figure={figure} {...typed} />
                    ))}
                  </fieldset>
                ))}
                <fieldset className="figure-group">
                  <legend>Other currencies, for one {page.currency}</legend>
                  {page.rates.map((figure) => (
                    <Figure key={figure.name} figure={figure} {...typed} />
                  ))}
                </fieldset>
              </Panel>
              {page.weights.map((section) => (
                <Weights key={section.axis} section={section} {...typed} />
              ))}
              {page.curves.map((section) => (
                <CurveFields key={section.axis} section={section} {...typed} />
              ))}
            </Columns>
            {page.mayEdit && (
              <Panel title="Save">
                <TextField
                  name="note"
                  label="What is new in this version"
                  hint="It stands beside the version for ever."
                  maxLength={300}
                  defaultValue={typed.fields.note ?? page.note}
                />
                <SubmitButton>Save draft</SubmitButton>
              </Panel>
            )}
          </Form>
          <Stack gap="lg">
            <Panel title={`What changes (${page.changes.length})`}>
              <Changes
                changes={page.changes}
                caption="Changed figures"
                empty={<p className="muted">Nothing yet: it is version {page.baseVersion}, figure by figure.</p>}
              />
            </Panel>
            <Panel title="What it comes to">
              <Examples examples={page.examples} />
            </Panel>
            {page.mayEdit && <PublishDraft page={page} />}
          </Stack>
        </Split>
      </Stack>
    </Page>
  )
}
