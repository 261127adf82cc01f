import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { fileCount } from '#app/components/portal/kit-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Card } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { kitsList } from '#services/catalog/kit-views.ts'
import { hasStaffRole } from '#services/kernel/actor.ts'

export const meta = () => titled('Brand kits')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return { ...(await kitsList(ctx)), mayBuild: hasStaffRole(ctx.actor, 'LIBRARIAN') }
}

const holderWords = (holders: number) =>
  holders === 0 ? 'granted to nobody' : `granted to ${holders} ${holders === 1 ? 'partner' : 'partners'}`

export default function Kits() {
  const { kits, mayBuild } = useLoaderData<typeof loader>()
  const begin = mayBuild && (
    <ButtonLink to="/library/kits/new" icon="plus" tone="primary">
      New kit
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader eyebrow="Library" title="Brand kits" actions={begin}>
        What partners are handed: files in sections, with guidance, granted to organisations for a time.
      </PageHeader>
      {kits.length === 0 ? (
        <EmptyState icon="folder" title="No kit yet" action={begin}>
          Begin one, put published assets into it, and grant it to a partner. Each file then goes out with its own licence.
        </EmptyState>
      ) : (
        <Columns least="18rem">
          {kits.map((kit) => (
            <Card
              key={kit.id}
              as="h2"
              title={kit.title}
              to={`/library/kits/${kit.id}`}
              media={<Picture src={kit.coverAssetId && `/previews/${kit.coverAssetId}/clean-grid`} alt="" ratio="16 / 10" icon="folder" />}
            >
              <p className="small">
                {fileCount(kit.files)}, {holderWords(kit.holders)}
              </p>
              <p className="small muted">
                Version {kit.version}, <When at={kit.changedAt} to="day" />
              </p>
            </Card>
          ))}
        </Columns>
      )}
    </Page>
  )
}
