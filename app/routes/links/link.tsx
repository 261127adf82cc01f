import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { sizeWords } from '#app/components/assets/file-words.ts'
import { DeclaredFacts, LinkStatus, usedWords } from '#app/components/guests/link-words.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { takeFreshGuestLink } from '#app/http/guest-link.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import type { ChangeGuestLinkError, RevokeGuestLinkError } from '#services/intake/errors.ts'
import { changeGuestLink, revokeGuestLink } from '#services/intake/guest-links.ts'
import { guestLinkPage } from '#services/intake/guest-views.ts'
import { askNames, isAskable } from '#services/intake/rules/declarations.ts'
import { changeLinkForm } from '#services/intake/schema.ts'
import { dayOf } from '#services/kernel/period.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const linkId = args.params.linkId ?? ''
  const link = await guestLinkPage(ctx, linkId)
  const { secret, setCookie } = await takeFreshGuestLink(args, linkId)
  const endsOn = link.endsAt ? dayOf(new Date(link.endsAt.getTime() - 1), link.zone) : ''
  return data(
    { ...link, endsOn, address: secret && `${ctx.origin}/u/${secret}` },
    setCookie ? { headers: { 'Set-Cookie': setCookie } } : {},
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => titled(page?.name ?? 'Guest link')

const sayings = {
  'end-is-past': 'This day has passed. Choose a later one.',
  'already-revoked': 'The link was revoked meanwhile. Make a new one.',
} satisfies Record<ChangeGuestLinkError | RevokeGuestLinkError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const linkId = args.params.linkId ?? ''
  const page = `/library/links/${linkId}`
  const form = await fieldsOf(args.request)
  if (form.get('verb') === 'revoke') {
    const outcome = await revokeGuestLink(ctx, linkId)
    return redirectWithToast(
      page,
      outcome.ok ? { tone: 'success', text: 'Revoked. Nothing more comes through.' } : { tone: 'warning', text: sayings[outcome.error] },
    )
  }
  const wanted = parseFields(form, changeLinkForm)
  if (wanted.status !== 'success')
    return redirectWithToast(page, { tone: 'warning', text: 'Limits are whole files and gigabytes above zero.' })
  const outcome = await changeGuestLink(ctx, linkId, wanted.value)
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Changed. The address stays the same.' } : { tone: 'warning', text: sayings[outcome.error] },
  )
}

export default function GuestLinkPage() {
  const link = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library/links', label: 'Guest links' }]} />
      <PageHeader
        eyebrow={<LinkStatus standing={link.standing} />}
        title={link.name}
        actions={
          link.used.waiting > 0 && (
            <ButtonLink to={`/library/outside?link=${link.id}`} tone="primary">
              Look at {link.used.waiting} waiting
            </ButtonLink>
          )
        }
      />
      <Split aside="20rem">
        <Stack gap="lg">
          {link.address && (
            <Notice tone="success" live title="The address of the link, shown this once">
              <p>
                <CopyText value={link.address} />
              </p>
              <p>
                {link.locked ? 'Send it to the sender, and the password by another way.' : 'Send it to the sender. It has no password.'}
              </p>
            </Notice>
          )}
          {link.sendings.length === 0 ? (
            <EmptyState icon="inbox" title="Nobody has sent anything yet">
              {link.openedAt ? 'The link has been opened.' : 'The link has not been opened yet.'}
            </EmptyState>
          ) : (
            link.sendings.map((sending) => (
              <Panel key={sending.id} title={`${sending.senderName}: ${sending.files} ${sending.files === 1 ? 'file' : 'files'}`}>
                <Stack>
                  <p className="small muted">
                    Began <When at={sending.startedAt} zone={link.zone} />
                    {sending.closedAt ? (
                      <>
                        , was done <When at={sending.closedAt} zone={link.zone} />
                      </>
                    ) : (
                      ', still sending'
                    )}
                  </p>
                  <DeclaredFacts said={sending} />
                </Stack>
              </Panel>
            ))
          )}
        </Stack>
        <Aside link={link} />
      </Split>
    </Page>
  )
}

function Aside({ link }: { link: ReturnType<typeof useLoaderData<typeof loader>> }) {
  return (
    <Stack gap="lg">
      <DescriptionList
        facts={[
          { term: 'Came in', detail: `${usedWords(link)}, ${sizeWords(link.used.bytes)}` },
          { term: 'Most', detail: link.mostBytes === null ? null : sizeWords(link.mostBytes) },
          { term: 'Password', detail: link.locked ? 'Yes' : 'None' },
          { term: 'Open until', detail: link.endsAt ? <When at={link.endsAt} to="day" zone={link.zone} endOfSpan /> : 'No end' },
          {
            term: 'Asks',
            detail: link.asks
              .filter(isAskable)
              .map((ask) => askNames[ask])
              .join(', '),
          },
          {
            term: 'Into',
            detail: link.collection && <Link to={`/library/collections/${link.collection.id}`}>{link.collection.title}</Link>,
          },
          { term: 'Pictures are', detail: link.kind && kindWords[link.kind] },
          { term: 'Brief', detail: link.brief && <Link to={`/briefs/${link.brief.id}`}>{link.brief.title}</Link> },
          { term: 'Told', detail: link.told.join(', ') },
          { term: 'Made by', detail: link.madeBy },
          { term: 'Message', detail: link.message },
        ]}
      />
      {link.standing !== 'REVOKED' && (
        <Panel title="End and limits">
          <Stack>
            <Form method="post" className="stack">
              <input type="hidden" name="verb" value="change" />
              <TextField name="endsOn" type="date" label="Last day" hint="Empty: no end." defaultValue={link.endsOn} optional />
              <Columns least="8rem">
                <TextField
                  name="mostFiles"
                  type="number"
                  label="Most files"
                  min={1}
                  step={1}
                  defaultValue={link.mostFiles ?? ''}
                  optional
                />
                <TextField
                  name="mostGigabytes"
                  type="number"
                  label="Most GB"
                  min={0.001}
                  step="any"
                  defaultValue={link.mostBytes === null ? '' : link.mostBytes / 1024 ** 3}
                  optional
                />
              </Columns>
              <div>
                <SubmitButton tone="secondary">Save</SubmitButton>
              </div>
            </Form>
            <Dialog title="Revoke this link?" trigger="Revoke the link" tone="danger">
              <Form method="post" className="stack">
                <p>Nothing more comes through, at once and for good. What is whole stays.</p>
                <input type="hidden" name="verb" value="revoke" />
                <SubmitButton tone="danger">Revoke</SubmitButton>
              </Form>
            </Dialog>
          </Stack>
        </Panel>
      )}
    </Stack>
  )
}
