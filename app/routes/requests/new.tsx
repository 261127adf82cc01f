import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { RequestForm } from '#app/components/portal/request-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Columns, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Card } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { dayOf } from '#services/kernel/period.ts'
import type { AskError } from '#services/licensing/errors.ts'
import { asGrantWish, fourQuestions } from '#services/licensing/schema.ts'
import { askableAsset, askableAssets } from '#services/licensing/request-views.ts'
import { mayAsk } from '#services/licensing/policy.ts'
import { askForGrant } from '#services/licensing/requests.ts'

export const meta = () => titled('Ask for an asset')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const may = mayAsk(ctx.actor)
  const asked = new URL(args.request.url).searchParams
  const asset = may && asked.get('asset') ? await askableAsset(ctx, asked.get('asset') ?? '') : null
  const find = asked.get('q') ?? ''
  return {
    may,
    asset,
    find,
    found: asset || !may ? [] : await askableAssets(ctx, find),
    today: dayOf(ctx.clock.now(), asset?.zone ?? 'UTC'),
  }
}

const sayings = {
  'asset-not-available': 'This asset is no longer published. Choose another one.',
  'already-asked': 'Your organisation has already asked for this asset, and the answer is not there yet. You find it under Requests.',
} satisfies Record<AskError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await parseForm(args.request, fourQuestions)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await askForGrant(ctx, asGrantWish(form.value))
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  return redirectWithToast(`/requests/${outcome.value.requestId}`, { tone: 'success', text: 'Sent to the rights desk.' })
}

export default function NewRequest() {
  const { may, asset, today } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/requests', label: 'Requests' }]} />
      <PageHeader title="Ask for an asset">
        {asset ? 'Four questions. The rights desk grants what you need, or says why it cannot.' : may && 'First choose what you need.'}
      </PageHeader>
      {!may ? (
        <EmptyState
          icon="cart"
          title="Customers license pictures in the store"
          action={
            <ButtonLink to="/search" tone="primary">
              Search pictures
            </ButtonLink>
          }
        >
          Requests are for partners, who are granted assets without a price. In the store you see at once what a use costs.
        </EmptyState>
      ) : asset ? (
        <Split aside="18rem">
          <RequestForm asset={asset} today={today} lastResult={lastResult} />
          <Card
            title={asset.title}
            as="h2"
            media={<Picture src={`/previews/${asset.id}/grid`} alt={asset.altText} tint={asset.publishedVersion?.dominantColour ?? null} />}
          >
            {asset.creator && <p className="small muted">{asset.creator}</p>}
            <Link to="/requests/new">Choose another one</Link>
          </Card>
        </Split>
      ) : (
        <ChooseAsset />
      )}
    </Page>
  )
}

function ChooseAsset() {
  const { found, find } = useLoaderData<typeof loader>()
  return (
    <Stack gap="lg">
      <Form method="get" role="search">
        <Cluster>
          <TextField name="q" type="search" label="Title or keyword" hideLabel placeholder="Title or keyword" defaultValue={find} />
          <SubmitButton tone="secondary" icon="search">
            Search
          </SubmitButton>
        </Cluster>
      </Form>
      {found.length === 0 ? (
        <EmptyState icon="search" title="Nothing found">
          No published asset has “{find}” in its title or keywords. Try a shorter word.
        </EmptyState>
      ) : (
        <Columns least="14rem">
          {found.map((each) => (
            <Card
              key={each.id}
              title={each.title}
              to={`/requests/new?asset=${each.id}`}
              media={
                <Picture
                  src={each.audience === 'STORE' ? `/previews/${each.id}/grid` : null}
                  alt=""
                  tint={each.publishedVersion?.dominantColour ?? null}
                  icon={each.kind === 'DOCUMENT' ? 'document' : 'logo'}
                />
              }
            />
          ))}
        </Columns>
      )}
    </Stack>
  )
}
