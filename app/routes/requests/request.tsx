import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { RequestStatus } from '#app/components/portal/request-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { myRequest } from '#services/licensing/request-views.ts'
import { withdrawRequest } from '#services/licensing/requests.ts'

export const loader = async (args: LoaderFunctionArgs) => myRequest(await personOf(args), args.params.requestId ?? '')

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = wordsOf(languageOf(matches), 'portal')
  return titled(data?.asset ? t('request-for', { title: data.asset.title }) : t('request'))
}

/** The one thing that an asker may still do: take the request back. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'portal')
  const requestId = args.params.requestId ?? ''
  const outcome = await withdrawRequest(ctx, { requestId })
  return redirectWithToast(
    `/requests/${requestId}`,
    outcome.ok ? { tone: 'success', text: t('taken-back-toast') } : { tone: 'warning', text: t(`errors.${outcome.error}`) },
  )
}

type Request = ReturnType<typeof useLoaderData<typeof loader>>

function Outcome({ request: { state, reason, licence, asset } }: { request: Request }) {
  const t = useTranslations('portal')
  if (state === 'WAITING')
    return (
      <Notice title={t('desk-has-it')}>
        <p>{t('hear-by-mail')}</p>
      </Notice>
    )
  if (state === 'REFUSED')
    return (
      <Notice tone="danger" title={t('refused')}>
        <p>{reason}</p>
      </Notice>
    )
  if (state === 'WITHDRAWN' || !licence)
    return (
      <Notice title={t('taken-back-title')}>
        {asset && <ButtonLink to={`/requests/new?asset=${asset.id}`}>{t('ask-again')}</ButtonLink>}
      </Notice>
    )
  return (
    <Notice tone={licence.inForce ? 'success' : 'warning'} title={licence.inForce ? t('granted') : t('granted-not-now')}>
      {reason && <p>{reason}</p>}
      <Cluster>
        {licence.inForce && (
          <ButtonAnchor href={`/licences/${licence.id}/download`} icon="download" tone="primary">
            {t('download-file')}
          </ButtonAnchor>
        )}
        <ButtonLink to={`/licences/${licence.id}`}>{t('licence-no', { number: licence.number })}</ButtonLink>
      </Cluster>
    </Notice>
  )
}

export default function RequestPage() {
  const t = useTranslations('portal')
  const request = useLoaderData<typeof loader>()
  const { asset } = request
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/requests', label: t('requests') }]} />
      <PageHeader eyebrow={<RequestStatus state={request.state} />} title={asset?.title ?? t('gone')} />
      <Split aside="20rem">
        <Stack gap="lg">
          <Outcome request={request} />
          <Panel title={t('asked-for')}>
            <Stack>
              <p className="prose">{request.purpose}</p>
              <DescriptionList facts={request.scope.map(({ label, words }) => ({ term: label, detail: words }))} />
            </Stack>
          </Panel>
          {request.state === 'WAITING' && (
            <Form method="post">
              <SubmitButton tone="secondary">{t('take-back')}</SubmitButton>
            </Form>
          )}
        </Stack>
        <Stack>
          {asset && (
            <Picture
              src={
                asset.audience === 'STORE'
                  ? `/previews/${asset.id}/grid`
                  : request.licence?.inForce
                    ? `/previews/${asset.id}/clean-grid`
                    : null
              }
              alt={asset.altText}
              width={asset.publishedVersion?.width ?? null}
              height={asset.publishedVersion?.height ?? null}
              tint={asset.publishedVersion?.dominantColour ?? null}
            />
          )}
          <DescriptionList
            facts={[
              {
                term: t('asked'),
                detail: (
                  <>
                    <When at={request.createdAt} to="day" /> {t('by-whom', { name: request.askedBy ?? '–' })}
                  </>
                ),
              },
              {
                term: t('decided'),
                detail: request.decidedAt && (
                  <>
                    <When at={request.decidedAt} to="day" /> {request.decidedBy && t('by-whom', { name: request.decidedBy })}
                  </>
                ),
              },
            ]}
          />
        </Stack>
      </Split>
    </Page>
  )
}
