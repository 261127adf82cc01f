import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { UploadQueue } from '#app/components/assets/upload-queue.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { receiveForm } from '#app/http/upload.server.ts'
import { assetDetail } from '#services/assets/asset-view.ts'
import { briefForUpload } from '#services/briefs/views.ts'
import { acceptedExtensions, acceptedWords, formLimit, limitWords } from '#services/assets/rules/file-types.ts'

export const meta = () => titled('Upload')

const asked = (request: Request, what: 'asset' | 'brief'): string | undefined => new URL(request.url).searchParams.get(what) ?? undefined

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const assetId = asked(args.request, 'asset')
  const briefId = asked(args.request, 'brief')
  const asset = assetId ? await assetDetail(ctx, assetId) : null
  return {
    brief: briefId ? await briefForUpload(ctx, briefId) : null,
    films: await ctx.media.films(),
    asset: asset && { id: asset.id, title: asset.title, next: (asset.versions[0]?.number ?? 0) + 1 },
  }
}

/** The form of a browser without JavaScript; it streams as well. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const files = await receiveForm(ctx, args.request, { assetId: asked(args.request, 'asset'), briefId: asked(args.request, 'brief') })
  return data({ files }, { status: files.some(({ answer }) => answer.ok) ? 201 : 400 })
}

export default function Upload() {
  const { asset, brief, films } = useLoaderData<typeof loader>()
  const [scripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  const trail = [
    { to: '/library', label: 'Library' },
    ...(asset ? [{ to: `/library/assets/${asset.id}`, label: asset.title }] : []),
    ...(brief ? [{ to: `/briefs/${brief.id}`, label: brief.title }] : []),
  ]
  return (
    <Page width="narrow">
      <Breadcrumbs trail={trail} />
      <PageHeader title={asset ? `Upload version ${asset.next}` : brief ? `Upload for “${brief.title}”` : 'Upload files'}>
        {brief
          ? `Each file becomes a draft and lies under the brief: ${brief.outcome.slice(0, 300)}`
          : asset
            ? `The next version of “${asset.title}”. What is published stays until this one is approved.`
            : 'Each file becomes a draft. What it says about itself (title, creator, keywords) is read into the record.'}
      </PageHeader>
      <Stack gap="lg">
        <Received />
        {films === null && <p className="small muted">No film previews: this machine has no ffmpeg. Films are taken in all the same.</p>}
        {scripted ? <UploadQueue assetId={asset?.id ?? null} briefId={brief?.id ?? null} /> : <PlainForm several={!asset} />}
      </Stack>
    </Page>
  )
}

function PlainForm({ several }: { several: boolean }) {
  return (
    <Form method="post" encType="multipart/form-data" className="stack">
      <TextField
        name="file"
        type="file"
        label={several ? 'Files' : 'File'}
        hint={`${acceptedWords}, up to ${limitWords(formLimit)} each`}
        accept={acceptedExtensions}
        multiple={several}
        required
      />
      <div>
        <SubmitButton icon="upload">Upload</SubmitButton>
      </div>
    </Form>
  )
}

/** What became of a plain form's files. */
function Received() {
  const files = useActionData<typeof action>()?.files
  if (!files) return null
  if (files.length === 0) return <Notice tone="danger" live title="No file was chosen" />
  return (
    <Notice tone={files.every(({ answer }) => answer.ok) ? 'success' : 'warning'} live title="What became of the files">
      <ul>
        {files.map(({ fileName, answer }, index) => (
          <li key={index}>
            {answer.ok ? (
              <>
                <Link to={`/library/assets/${answer.assetId}`}>{answer.title}</Link> is in the library.
              </>
            ) : (
              <>
                {fileName}: {answer.message} {answer.assetId && <Link to={`/library/assets/${answer.assetId}`}>Open it</Link>}
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
