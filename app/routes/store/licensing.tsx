import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { LicenceComparison } from '#app/components/catalog/licence-comparison.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { licencesExplained } from '#services/licensing/store-views.ts'

export const meta = () =>
  titled('What the licences mean', 'Royalty-free or rights-managed: what each licence covers, with its caps as numbers.')
export const loader = async (args: LoaderFunctionArgs) => ({ models: await licencesExplained(await contextOf(args)) })

export default function Licensing() {
  const { models } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="What the licences mean">
        A licence is permission for stated uses of one picture. There are two kinds, and the difference is whether you state the use.
      </PageHeader>
      <Stack gap="xl">
        <div className="licence-kinds">
          <section>
            <h2>Royalty-free</h2>
            <p>
              Pay once, use it again and again, nearly anywhere, without an end. Others may license the same picture. Choose it when you
              want no bookkeeping.
            </p>
            <p>The standard licence has caps as numbers; the extended one lifts them and adds products for sale.</p>
          </section>
          <section>
            <h2>Rights-managed</h2>
            <p>
              You say what the picture is for, in which places and for how long, and pay for exactly that. Choose it for a campaign, for a
              cover, or when nobody else may show the picture.
            </p>
            <p>Exclusive means exclusive: what you hold cannot be sold a second time. The database itself refuses it.</p>
          </section>
        </div>
        {models ? (
          <LicenceComparison models={models} />
        ) : (
          <Notice tone="info" title="Prices are being set up">
            <p>The comparison with this house’s own prices and caps appears here as soon as they are published.</p>
          </Notice>
        )}
        <section className="prose">
          <h2>What you receive</h2>
          <p>
            The clean file with the licence written into it, an invoice, and a signed certificate with a number. Anybody can{' '}
            <Link to="/verify">check that number</Link> without an account, also in years.
          </p>
          <h2>When a right ends</h2>
          <p>
            A rights-managed licence ends on its last day. We write to you a month, a week and a day before. From the next day on the file
            can no longer be fetched; what you published within the term stays lawful where your terms say so.
          </p>
        </section>
        <div className="cluster">
          <ButtonLink to="/search" tone="primary">
            Find a picture
          </ButtonLink>
          <ButtonLink to="/verify" icon="shield">
            Verify a licence
          </ButtonLink>
        </div>
      </Stack>
    </Page>
  )
}
