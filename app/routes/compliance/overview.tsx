import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Bars } from '#app/components/ui/bars.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { refusalWords } from '#app/components/compliance/refusal-words.ts'
import { many } from '#app/components/ui/many.ts'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { verifyTrail } from '#services/compliance/audit.ts'
import { complianceOverview } from '#services/compliance/views.ts'

export const meta = () => titled('Compliance')

export async function loader(args: LoaderFunctionArgs) {
  return complianceOverview(await staffOf(args, 'AUDITOR', 'RIGHTS_MANAGER'))
}

/** Verify the chain now. */
export async function action(args: ActionFunctionArgs) {
  const { fault, checked } = await verifyTrail(await staffOf(args, 'AUDITOR', 'RIGHTS_MANAGER'))
  return redirectWithToast(
    '/compliance',
    fault
      ? { tone: 'danger', text: `Row ${fault.seq} is wrong: ${fault.why}.` }
      : { tone: 'success', text: checked === 1 ? 'The one row is as it was written.' : `All ${checked} rows are as they were written.` },
  )
}

type Overview = Awaited<ReturnType<typeof complianceOverview>>

const ChainState = ({ head, verified, zone }: Pick<Overview, 'head' | 'verified' | 'zone'>) => (
  <Stack>
    {!verified && (
      <Notice title="Not verified yet">
        Nobody has walked this trail so far. Verifying recomputes every hash from the first row to the last.
      </Notice>
    )}
    {verified?.whole && (
      <Notice tone="success" title="The trail is whole">
        Every row found at the last walk is as it was written.
      </Notice>
    )}
    {verified && !verified.whole && (
      <Notice tone="danger" title="The trail has been changed">
        <p>{verified.why}. Keep the database as it is, and tell whoever answers for it.</p>
      </Notice>
    )}
    <DescriptionList
      facts={[
        { term: 'Length', detail: head ? many(Number(head.seq), 'row') : 'No rows' },
        {
          term: 'Head',
          detail: head && (
            <CopyText value={`${head.seq}:${head.hash}`} shown={`${head.seq}:${head.hash.slice(0, 16)}…`} label="Copy number and hash" />
          ),
        },
        {
          term: 'Last verified',
          detail: verified && (
            <>
              <When at={verified.at} zone={zone} /> by {verified.by}, {many(verified.checked, 'row')}
            </>
          ),
        },
      ]}
    />
    <Form method="post">
      <SubmitButton icon="shield">Verify now</SubmitButton>
    </Form>
    <p className="muted small">
      A stranger can do it too: <Link to="/compliance/audit">export the trail</Link> and run the{' '}
      <a href="/verify-audit.mjs">stand-alone checker</a>.
    </p>
  </Stack>
)

const shortDay = (day: string): string => String(Number(day.slice(8)))

export default function Compliance() {
  const { head, verified, zone, days, licences, refusals } = useLoaderData<typeof loader>()
  const bars = (of: 'served' | 'refused') => days.map((day) => ({ label: shortDay(day.day), value: day[of] }))
  return (
    <Page>
      <PageHeader title="Compliance" />
      <Columns least="30rem">
        <Panel title="Audit trail">
          <ChainState head={head} verified={verified} zone={zone} />
        </Panel>
        <Panel title="Licences">
          {licences.length === 0 ? (
            <p className="muted">No licence was issued yet.</p>
          ) : (
            <Bars title="Licences by state" unit="Licences" bars={licences.map(({ state, count }) => ({ label: state, value: count }))} />
          )}
        </Panel>
        <Panel title="Delivered">
          <Stack>
            <Bars title="Files delivered a day, last fourteen days" unit="Files" bars={bars('served')} />
            <p>
              <Link to="/compliance/deliveries?outcome=SERVED">Every delivery</Link>
            </p>
          </Stack>
        </Panel>
        <Panel title="Refused">
          <Stack>
            <Bars title="Requests refused a day, last fourteen days" unit="Requests" bars={bars('refused')} />
            {refusals.length > 0 && (
              <DescriptionList
                facts={refusals.map(({ reason, count }) => ({ term: refusalWords(reason), detail: count.toLocaleString('en-GB') }))}
              />
            )}
            <p>
              <Link to="/compliance/deliveries?outcome=REFUSED">Every refusal, with its reason</Link>
            </p>
          </Stack>
        </Panel>
      </Columns>
    </Page>
  )
}
