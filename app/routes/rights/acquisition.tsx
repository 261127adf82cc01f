import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RecordingForm } from '#app/components/rights/recording-form.tsx'
import { RecordingPage } from '#app/components/rights/recording-page.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { addAcquisition } from '#services/rights/acquisitions.ts'
import type { SupersedeError } from '#services/rights/errors.ts'
import { recordingForm } from '#services/rights/recording-views.ts'
import { acquisitionForm } from '#services/rights/schema.ts'

export const meta = () => titled('Record a contract')

const sayings = {
  'already-superseded': 'Somebody else has ended or replaced this row meanwhile. Go back to the asset to see how it stands now.',
} satisfies Record<SupersedeError, string>

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const search = new URL(args.request.url).searchParams
  return recordingForm(ctx, 'acquisition', args.params.assetId ?? '', search.get('replaces'), search.get('proposal'))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, acquisitionForm)
  if (form.status !== 'success') return answerForm(form)
  const { assetId = '' } = args.params
  const outcome = await addAcquisition(ctx, { ...form.value, assetId })
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  return redirectWithToast(`/rights/assets/${assetId}`, { tone: 'success', text: 'The contract is recorded.' })
}

export default function Acquisition() {
  const page = useLoaderData<typeof loader>()
  return (
    <RecordingPage
      asset={page.asset}
      title={page.replaces ? 'Read a contract anew' : 'Record a contract'}
      intro="What a source contract gives the house. Nothing can be sold that is not held."
    >
      <RecordingForm
        page={page}
        lastResult={useActionData<typeof action>()}
        submit="Record the contract"
        exclusiveLabel="We hold these rights exclusively"
        blank={{ subLicensable: 'on' }}
      >
        {(of) => (
          <Fieldset legend="Contract">
            <TextField field={of('contract')} label="Contract" hint="The number or name under which it is filed; refusals cite it." />
            <TextField field={of('licensor')} label="From whom" />
            <Checkbox
              field={of('subLicensable')}
              label="May be licensed on to others"
              hint="Without it only our own people may use the asset."
            />
          </Fieldset>
        )}
      </RecordingForm>
    </RecordingPage>
  )
}
