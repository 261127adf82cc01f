import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RecordingForm } from '#app/components/rights/recording-form.tsx'
import { RecordingPage } from '#app/components/rights/recording-page.tsx'
import { restrictionWords } from '#app/components/rights/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { SupersedeError } from '#services/rights/errors.ts'
import { recordingForm } from '#services/rights/recording-views.ts'
import { imposeRestriction } from '#services/rights/restrictions.ts'
import { restrictionKinds } from '#services/rights/rules/known.ts'
import { restrictionForm } from '#services/rights/schema.ts'

export const meta = () => titled('Bar a use')

const sayings = {
  'already-superseded': 'Somebody else has lifted or replaced this ban meanwhile. Go back to the asset to see how it stands now.',
} satisfies Record<SupersedeError, string>

const kinds = restrictionKinds.map((value) => ({ value, label: restrictionWords[value] }))

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const search = new URL(args.request.url).searchParams
  return recordingForm(ctx, 'restriction', args.params.assetId ?? '', search.get('replaces'), search.get('proposal'))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, restrictionForm)
  if (form.status !== 'success') return answerForm(form)
  const { assetId = '' } = args.params
  const outcome = await imposeRestriction(ctx, { ...form.value, assetId })
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  return redirectWithToast(`/rights/assets/${assetId}`, { tone: 'success', text: 'The ban is recorded; new sales obey it from now on.' })
}

export default function Restriction() {
  const page = useLoaderData<typeof loader>()
  return (
    <RecordingPage
      asset={page.asset}
      title={page.replaces ? 'Change a ban' : 'Bar a use'}
      intro="No new licence can meet this scope. Licences already sold run on; the overview lists those that it meets."
    >
      <RecordingForm page={page} lastResult={useActionData<typeof action>()} submit="Record the ban">
        {(of) => (
          <Fieldset legend="Ban">
            <Select field={of('kind')} label="Kind" options={kinds} />
            <TextArea field={of('reason')} label="Reason" rows={2} hint="For the house’s own people; buyers read only the kind." />
            <TextField field={of('reference')} label="Contract or document" optional />
          </Fieldset>
        )}
      </RecordingForm>
    </RecordingPage>
  )
}
