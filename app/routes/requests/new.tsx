import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { requestChoices } from '#app/components/portal/request-choices.server.ts'
import { RequestForm } from '#app/components/portal/request-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Columns, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Card } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { dayOf } from '#services/kernel/period.ts'
import { asGrantWish, fourQuestions } from '#services/licensing/schema.ts'
import { askableAsset, askableAssets } from '#services/licensing/request-views.ts'
import { mayAsk } from '#services/licensing/policy.ts'
import { askForGrant } from '#services/licensing/requests.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'portal')
  return titled(t('ask-asset'))
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const may = mayAsk(ctx.actor)
  const asked = new URL(args.request.url).searchParams
  const asset = may && asked.get('asset') ? await askableAsset(ctx, asked.get('asset') ?? '') : null
  const find = asked.get('q') ?? ''
  return {
    may,
    asset,
    choices: requestChoices(ctx.language),
    find,
    found: asset || !may ? [] : await askableAssets(ctx, find),
    today: dayOf(ctx.clock.now(), asset?.zone ?? 'UTC'),
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'portal')
  const form = await parseForm(args.request, fourQuestions)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await askForGrant(ctx, asGrantWish(form.value))
  if (!outcome.ok) return answerForm(form, { formErrors: [t(`errors.${outcome.error}`)] })
  return redirectWithToast(`/requests/${outcome.value.requestId}`, { tone: 'success', text: t('sent') })
}

export default function NewRequest() {
  const t = useTranslations('portal')
  const { may, asset, today, choices } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/requests', label: t('requests') }]} />
      <PageHeader title={t('ask-asset')}>{asset ? t('four-questions') : may && t('first-choose')}</PageHeader>
      {!may ? (
        <EmptyState
          icon="cart"
          title={t('customers')}
          action={
            <ButtonLink to="/search" tone="primary">
              {t('search-pictures')}
            </ButtonLink>
          }
        >
          {t('for-partners')}
        </EmptyState>
      ) : asset ? (
        <Split aside="18rem">
          <RequestForm asset={asset} today={today} choices={choices} lastResult={lastResult} />
          <Card
            title={asset.title}
            as="h2"
            media={<Picture src={`/previews/${asset.id}/grid`} alt={asset.altText} tint={asset.publishedVersion?.dominantColour ?? null} />}
          >
            {asset.creator && <p className="small muted">{asset.creator}</p>}
            <Link to="/requests/new">{t('choose-another')}</Link>
          </Card>
        </Split>
      ) : (
        <ChooseAsset />
      )}
    </Page>
  )
}

function ChooseAsset() {
  const t = useTranslations('portal')
  const { found, find } = useLoaderData<typeof loader>()
  return (
    <Stack gap="lg">
      <Form method="get" role="search">
        <Cluster>
          <TextField
            name="q"
            type="search"
            label={t('title-or-keyword')}
            hideLabel
            placeholder={t('title-or-keyword')}
            defaultValue={find}
          />
          <SubmitButton tone="secondary" icon="search">
            {t('search')}
          </SubmitButton>
        </Cluster>
      </Form>
      {found.length === 0 ? (
        <EmptyState icon="search" title={t('nothing-found')}>
          {t('nothing-found-text', { find })}
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
