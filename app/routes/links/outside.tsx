import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { sizeWords } from '#app/components/assets/file-words.ts'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { declaredLine } from '#app/components/guests/link-words.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Card, Panel } from '#app/components/ui/surfaces.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { decideGuestFiles } from '#services/intake/guest-files.ts'
import { outsideFiles, type OutsideShow } from '#services/intake/guest-views.ts'
import { decideFilesForm } from '#services/intake/schema.ts'

export const meta = () => titled('From outside')

const shows: Record<string, OutsideShow> = { waiting: 'WAITING', taken: 'TAKEN_IN', away: 'TURNED_AWAY' }

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const search = new URL(args.request.url).searchParams
  const show = shows[search.get('show') ?? ''] ?? 'WAITING'
  return { show, ...(await outsideFiles(ctx, { show, linkId: search.get('link'), after: search.get('after') })) }
}

/** One answer for all that are ticked. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await fieldsOf(args.request)
  const back = safePath(String(form.get('back') ?? ''), '/library/outside')
  const wanted = decideFilesForm.safeParse({ uploadIds: form.getAll('uploadIds'), reason: String(form.get('reason') ?? '') })
  if (!wanted.success) return redirectWithToast(back, { tone: 'warning', text: 'Tick at least one file, then choose what to do.' })
  const answer = form.get('answer') === 'turn-away' ? 'turn-away' : 'take-in'
  const { decided, refused } = await decideGuestFiles(ctx, { ...wanted.data, answer })
  const done = answer === 'take-in' ? `${decided} taken in: drafts like any other now.` : `${decided} turned away.`
  return redirectWithToast(
    back,
    refused > 0 ? { tone: 'warning', text: `${done} ${refused} could not be: somebody was faster.` } : { tone: 'success', text: done },
  )
}

export default function Outside() {
  const { show, items, next, waiting } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const linkId = search.get('link')
  const of = (name: string) => `?${new URLSearchParams({ show: name, ...(linkId && { link: linkId }) })}`
  useRefreshWhile(items.some(({ version }) => version?.processing === 'WAITING'))
  return (
    <Page>
      <PageHeader
        title="From outside"
        actions={
          <ButtonLink to="/library/links" icon="upload">
            Guest links
          </ButtonLink>
        }
      >
        What came through guest links waits here, apart from the library, until somebody takes it in. What a sender declared is their word;
        rights are recorded by the rights desk.
      </PageHeader>
      <Stack gap="lg">
        <Tabs
          label="Files from outside"
          tabs={[
            { to: of('waiting'), label: 'Waiting', count: waiting, current: show === 'WAITING' },
            { to: of('taken'), label: 'Taken in', current: show === 'TAKEN_IN' },
            { to: of('away'), label: 'Turned away', current: show === 'TURNED_AWAY' },
          ]}
        />
        {items.length === 0 ? (
          <EmptyState
            icon="inbox"
            title={show === 'WAITING' ? 'Nothing waits' : 'Nothing here'}
            action={<ButtonLink to="/library/links/new">Make a guest link</ButtonLink>}
          >
            {show === 'WAITING'
              ? 'Files that somebody sends through a guest link appear here.'
              : 'What becomes of files from outside is listed here.'}
          </EmptyState>
        ) : (
          <Form method="post" className="stack" data-gap="lg">
            <input type="hidden" name="back" value={`/library/outside?${search}`} />
            {show === 'WAITING' && <Answers />}
            <Columns least="15rem">
              {items.map((file) => (
                <Card
                  key={file.uploadId}
                  title={file.fileName}
                  to={`/library/assets/${file.assetId}`}
                  as="h2"
                  media={<AssetPicture assetId={file.assetId} version={file.version} alt="" ratio="3 / 2" />}
                >
                  {show === 'WAITING' && (
                    <label className="choice">
                      <input type="checkbox" name="uploadIds" value={file.uploadId} defaultChecked={false} />
                      <span>
                        Tick<span className="visually-hidden"> {file.fileName}</span>
                      </span>
                    </label>
                  )}
                  <p className="small">{declaredLine(file.declared)}</p>
                  <p className="small muted">
                    {file.senderName} by <Link to={`/library/links/${file.link.id}`}>{file.link.name}</Link>,{' '}
                    <When at={file.receivedAt} to="day" />, {sizeWords(file.size)}
                  </p>
                  <Cluster gap="sm">
                    {file.known && <Badge tone="info">The library has it</Badge>}
                    {file.papers > 0 && <Badge>{file.papers === 1 ? 'With a paper' : `With ${file.papers} papers`}</Badge>}
                    {file.version?.processing === 'REJECTED' && <Badge tone="danger">File not readable</Badge>}
                  </Cluster>
                  {file.reason && <p className="small">{file.reason}</p>}
                </Card>
              ))}
            </Columns>
          </Form>
        )}
        <Pager next={next} />
      </Stack>
    </Page>
  )
}

function Answers() {
  return (
    <Panel title="For all that are ticked">
      <Cluster justify="between">
        <label className="choice">
          <input
            type="checkbox"
            onChange={(event) => {
              for (const box of event.target.form?.querySelectorAll<HTMLInputElement>('input[name="uploadIds"]') ?? [])
                box.checked = event.target.checked
            }}
          />
          <span>Tick all on this page</span>
        </label>
        <Cluster>
          <TextField name="reason" label="Why they are turned away" hideLabel placeholder="Why, if turned away" maxLength={500} />
          <SubmitButton name="answer" value="turn-away" tone="secondary">
            Turn away
          </SubmitButton>
          <SubmitButton name="answer" value="take-in">
            Take in
          </SubmitButton>
        </Cluster>
      </Cluster>
    </Panel>
  )
}
