import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { MetadataForm } from '#app/components/assets/metadata-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { assetDetail } from '#services/assets/asset-view.ts'
import type { EditAssetError, MissingDetail } from '#services/assets/errors.ts'
import { editAsset } from '#services/assets/metadata.ts'
import { editAssetInput } from '#services/assets/schema.ts'

export const meta = () => titled('Edit the record')

const sayings = {
  'asset-archived': () => ['The asset is in the archive. Restore it before you edit it.'],
  'changed-meanwhile': () => [
    'Somebody else changed this record while you wrote. Open it again to see their words; yours are still here to copy.',
  ],
  'published-needs': (detail) => ['It is published, and these must stay true:', ...(detail as MissingDetail)],
  'own-fields-wrong': () => ['Mend the fields that are marked below.'],
} satisfies Record<EditAssetError, (detail: unknown) => string[]>

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return { asset: await assetDetail(ctx, args.params.assetId ?? '') }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const form = await parseForm(args.request, editAssetInput)
  if (form.status !== 'success') return answerForm(form)
  const { assetId = '' } = args.params
  const outcome = await editAsset(ctx, { ...form.value, assetId })
  if (!outcome.ok) {
    const fieldErrors = outcome.error === 'own-fields-wrong' ? (outcome.detail as Record<string, string[]>) : {}
    return answerForm(form, { formErrors: sayings[outcome.error](outcome.detail), fieldErrors })
  }
  const text = outcome.value.changed.length > 0 ? 'Saved.' : 'Nothing was different.'
  return redirectWithToast(`/library/assets/${assetId}`, { tone: 'success', text })
}

export default function Edit() {
  const { asset } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  const trail = [
    { to: '/library', label: 'Library' },
    { to: `/library/assets/${asset.id}`, label: asset.title },
  ]
  return (
    <Page width="narrow">
      <Breadcrumbs trail={trail} />
      <PageHeader title="Edit the record" />
      <MetadataForm record={asset} lastResult={lastResult} />
    </Page>
  )
}
