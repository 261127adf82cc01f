import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { pictureOf } from '#app/components/catalog/preview.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { compPage } from '#services/licensing/comp-views.ts'
import { takeComp } from '#services/licensing/comps.ts'
import type { CompError } from '#services/licensing/errors.ts'

export const loader = async (args: LoaderFunctionArgs) => compPage(await personOf(args), args.params.assetId ?? '')

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) =>
  titled(wordsOf(languageOf(matches), 'comps')('title', { title: page?.tile.title ?? '' }))

const sayings = {
  'not-for-sale': 'not-for-sale',
  'nothing-to-license': 'nothing-to-license',
  'no-file': 'no-file',
  suspended: 'suspended',
} as const satisfies Record<CompError, string>

/** Takes the layout licence, or finds the one that runs; the file follows where the press asked for it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await fieldsOf(args.request)
  const assetId = args.params.assetId ?? ''
  const outcome = await takeComp(ctx, { assetId })
  if (!outcome.ok) {
    const { why = [] } = (outcome.detail ?? {}) as { why?: string[] }
    return data({ refused: sayings[outcome.error], why }, { status: 409 })
  }
  if (form.get('then') === 'file') return redirect(`/licences/${outcome.value.licenceId}/download`, 303)
  const t = wordsOf(ctx.language, 'comps')
  return redirectWithToast(`/comps/${assetId}`, { tone: 'success', text: t(outcome.value.before ? 'runs-already' : 'taken') })
}

export default function Comp() {
  const { tile, days, zone, terms, running } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useTranslations('comps')
  const refused = reply && 'refused' in reply ? reply : null
  return (
    <Page>
      <Breadcrumbs trail={[{ to: `/assets/${tile.id}`, label: tile.title }]} />
      <PageHeader title={t('title', { title: tile.title })}>{t('promise', { days })}</PageHeader>
      <Split>
        <Picture {...pictureOf(tile)} fit="contain" eager />
        <Stack gap="lg">
          {refused && (
            <Notice tone="warning" title={t(refused.refused)} live>
              {refused.why.map((sentence: string) => (
                <p key={sentence}>{sentence}</p>
              ))}
              <p>{t('instead')}</p>
            </Notice>
          )}
          <DescriptionList
            facts={[
              { term: t('may'), detail: t('may-words') },
              { term: t('may-not'), detail: t('may-not-words') },
              { term: t('file'), detail: t('file-words') },
              { term: t('number'), detail: running && <Link to={`/licences/${running.id}`}>{running.number}</Link> },
              { term: t('until'), detail: running && <When at={running.endsAt} to="day" zone={zone} endOfSpan /> },
              { term: t('terms'), detail: terms && <Link to={`/terms/${terms.id}`}>{terms.title}</Link> },
            ]}
          />
          <Cluster>
            {running ? (
              <ButtonAnchor href={`/licences/${running.id}/download`} tone="primary" icon="download">
                {t('download')}
              </ButtonAnchor>
            ) : (
              <Form method="post">
                <SubmitButton icon="download">{t('take')}</SubmitButton>
              </Form>
            )}
            {running?.renewable && (
              <Form method="post" action={`/comps/${running.id}/renew`}>
                <SubmitButton tone="secondary" formAction={`/comps/${running.id}/renew`}>
                  {t('renew')}
                </SubmitButton>
              </Form>
            )}
            <ButtonLink to={`/assets/${tile.id}#licence`} tone={running ? 'secondary' : 'quiet'}>
              {t('license-now')}
            </ButtonLink>
          </Cluster>
        </Stack>
      </Split>
    </Page>
  )
}
