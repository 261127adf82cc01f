import { useEffect } from 'react'
import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { useLookup } from '#app/components/ui/use-lookup.ts'
import type { loader } from '#app/routes/rights/asset-summary.ts'

type Rights = Awaited<ReturnType<typeof loader>>

const counted = (n: number, one: string, many: string): string => (n === 0 ? `no ${many}` : n === 1 ? `one ${one}` : `${n} ${many}`)

/** What is held, barred and taken of an asset, in a few lines. Without JavaScript it is the way to the page that says all. */
export function AssetRightsPanel({ assetId }: { assetId: string }) {
  const { said, look } = useLookup<Rights>()
  useEffect(() => look(`/rights/assets/${assetId}/summary`), [assetId, look])
  return (
    <Panel title="Rights">
      {said ? <Summary summary={said} /> : <p className="muted">Contracts, releases and restrictions are kept at the rights desk.</p>}
      <p>
        <ButtonLink to={`/rights/assets/${assetId}`} size="sm" icon="shield">
          Open the rights
        </ButtonLink>{' '}
        <ButtonLink to={`/clearance?asset=${assetId}`} size="sm" tone="quiet">
          May I use it?
        </ButtonLink>
      </p>
    </Panel>
  )
}

function Summary({ summary: { contracts, bans, consents, licences, sellable, why } }: { summary: Rights }) {
  return (
    <>
      <p>
        <Status tone={sellable ? 'success' : 'warning'}>{sellable ? 'Free for advertising worldwide' : 'Not free everywhere'}</Status>
      </p>
      {why.length > 0 && (
        <ul className="small">
          {why.slice(0, 3).map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <DescriptionList
        facts={[
          { term: 'Held by', detail: contracts.length > 0 ? contracts.slice(0, 3).join(', ') : 'no contract yet' },
          { term: 'Releases', detail: counted(consents, 'release', 'releases') },
          { term: 'Bans', detail: counted(bans, 'ban', 'bans') },
          {
            term: 'Licences',
            detail: `${counted(licences.live, 'licence', 'licences')}${licences.exclusive > 0 ? `, ${licences.exclusive} exclusive` : ''}`,
          },
        ]}
      />
    </>
  )
}
