import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { ConsentFields } from '#app/components/rights/consent-fields.tsx'
import { RestingLicences } from '#app/components/desk/resting-licences.tsx'
import { RecordingForm } from '#app/components/rights/recording-form.tsx'
import { RecordingPage } from '#app/components/rights/recording-page.tsx'
import { releaseKindWords, releaseStatusWords } from '#app/components/rights/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { licencesResting } from '#services/desk/change-new-view.ts'
import type { SupersedeError } from '#services/rights/errors.ts'
import { recordingForm } from '#services/rights/recording-views.ts'
import { addRelease } from '#services/rights/releases.ts'
import { releaseKinds, releaseStatuses } from '#services/rights/rules/known.ts'
import { releaseForm } from '#services/rights/schema.ts'

export const meta = () => titled('Record a release')

const sayings = {
  'already-superseded': 'Somebody else has replaced this release meanwhile. Go back to the asset to see how it stands now.',
} satisfies Record<SupersedeError, string>

const kinds = releaseKinds.map((value) => ({ value, label: releaseKindWords[value] }))
const statuses = releaseStatuses.map((value) => ({ value, label: releaseStatusWords[value].label }))

/** Who withdraws, withdraws from everything, unless the letter says less. */
const everywhere = { media: ['ALL'], territory: { include: ['WORLD'], except: [] }, industry: [], until: '', exclusive: '' }

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { assetId = '' } = args.params
  const search = new URL(args.request.url).searchParams
  const withdraws = search.get('status') === 'WITHDRAWN'
  const [page, resting] = await Promise.all([
    recordingForm(ctx, 'release', assetId, search.get('replaces'), search.get('proposal')),
    withdraws ? licencesResting(ctx, assetId) : 0,
  ])
  return { ...page, resting }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, releaseForm)
  if (form.status !== 'success') return answerForm(form)
  const { assetId = '' } = args.params
  const outcome = await addRelease(ctx, { ...form.value, assetId })
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  return redirectWithToast(`/rights/assets/${assetId}`, { tone: 'success', text: 'The release is recorded.' })
}

export default function Release() {
  const page = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const withdraws = search.get('status') === 'WITHDRAWN'
  const replaces =
    page.replaces && withdraws
      ? {
          ...page.replaces,
          fields: { ...page.replaces.fields, status: 'WITHDRAWN' },
          scope: { ...everywhere, from: page.today, zone: page.zone },
        }
      : page.replaces
  return (
    <RecordingPage
      asset={page.asset}
      title={withdraws ? 'Withdraw a consent' : page.replaces ? 'Read a release anew' : 'Record a release'}
      intro={
        withdraws
          ? 'From its first day a withdrawal bars every use in its scope.'
          : 'A person’s or an owner’s consent. Where one is shown, advertising needs it.'
      }
    >
      {withdraws && page.resting > 0 && (
        <Notice tone="warning" title="Licences rest on this picture">
          <p>
            Recorded here, the withdrawal bars what comes and leaves them as they are.
            <RestingLicences
              count={page.resting}
              to={`/rights/changes/new?${new URLSearchParams({ release: page.replaces?.fields.reference ?? '', asset: page.asset.id, kind: 'WITHDRAW_CONSENT' })}`}
            />
          </p>
        </Notice>
      )}
      <RecordingForm
        page={{ ...page, replaces }}
        lastResult={useActionData<typeof action>()}
        submit={withdraws ? 'Record the withdrawal' : 'Record the release'}
      >
        {(of) => (
          <Fieldset legend="Consent">
            <Columns least="12rem" gap="md">
              <Select field={of('kind')} label="Of a" options={kinds} />
              <Select field={of('status')} label="Which" options={statuses} />
            </Columns>
            <TextField field={of('reference')} label="Document" hint="The number of the release, or where the letter is filed." />
            <ConsentFields of={of} sensitive={page.choices.sensitive} />
          </Fieldset>
        )}
      </RecordingForm>
    </RecordingPage>
  )
}
