import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Hash } from '#app/components/ui/code.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { When } from '#app/components/ui/when.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { termsPage } from '#services/licensing/store-views.ts'

export const loader = async (args: LoaderFunctionArgs) => termsPage(await contextOf(args), args.params.templateId ?? '')
export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `${data.title}, version ${data.version}` : 'Terms')

/** Terms are plain text whose hash a licence names: shown as they are, with headings set as headings. */
function TermsText({ body }: { body: string }) {
  return (
    <div className="prose terms">
      {body.split(/\n{2,}/).map((block, index) => {
        const [heading = '', ...sentences] = block.split('\n')
        return (
          <section key={index}>
            {sentences.length > 0 ? <h2>{heading}</h2> : <p>{heading}</p>}
            {sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </section>
        )
      })}
    </div>
  )
}

export default function Terms() {
  const { title, version, modelName, body, sha256, effectiveFrom, supersededBy } = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/licensing', label: 'Licensing' }]} />
      <PageHeader title={title} eyebrow={`${modelName}, version ${version}`}>
        In effect since <When at={effectiveFrom} to="day" />.
      </PageHeader>
      {supersededBy && (
        <Notice tone="info" title="There is a later version">
          <p>
            Licences granted under this text keep it. New ones are granted under{' '}
            <Link to={`/terms/${supersededBy.id}`}>version {supersededBy.version}</Link>.
          </p>
        </Notice>
      )}
      <TermsText body={body} />
      <p className="muted small terms-hash">
        SHA-256 of this text: <Hash value={sha256} />
      </p>
    </Page>
  )
}
