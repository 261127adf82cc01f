import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PackForm } from '#app/components/prices/pack-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { packInput } from '#services/licensing/pack-schema.ts'
import { packPage } from '#services/licensing/pack-views.ts'
import { savePack, type SavePackError } from '#services/licensing/packs.ts'
import { scopeChoices } from '#services/rights/rules/vocabulary/choices.ts'

export const meta = () => titled('Pack')

const sayings = {
  'changed-meanwhile': 'Somebody else changed this pack while you were typing. Open it again, compare, and save.',
  'too-many-packs': 'Twelve packs are as many as a page can show. Put one of them to another use first.',
  'no-prices': 'Publish prices first: what cannot be priced cannot be offered.',
} as const satisfies Record<SavePackError, string>

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { media, areas, regions, countries } = scopeChoices()
  return { pack: args.params.packId ? await packPage(ctx, args.params.packId) : null, choices: { media, areas, regions, countries } }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, packInput)
  if (form.status !== 'success') return answerForm(form)
  const { packId } = args.params
  const outcome = await savePack(ctx, { ...form.value, ...(packId && { packId }) })
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  return redirectWithToast('/rights/packs', { tone: 'success', text: `“${form.value.nameEn}” is saved.` })
}

export default function Pack() {
  const { pack, choices } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/rights/packs', label: 'Packs' }]} />
      <PageHeader title={pack?.nameEn ?? 'New pack'}>What most customers would answer, said once.</PageHeader>
      <PackForm pack={pack} choices={choices} result={result} />
    </Page>
  )
}
