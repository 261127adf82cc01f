import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { AssetTabs } from '#app/components/assets/asset-tabs.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { CompareFacts } from '#app/components/versions/compare-facts.tsx'
import { CompareSides } from '#app/components/versions/compare-sides.tsx'
import { CompareSlider } from '#app/components/versions/compare-slider.tsx'
import { PixelDifference } from '#app/components/versions/pixel-difference.tsx'
import { HouseTime } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { differenceOf } from '#services/assets/differences.ts'
import { comparePage } from '#services/assets/compare-view.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Compare: ${data.page.asset.title}` : 'Compare')

const number = z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined)
const modes = ['side', 'slider', 'difference', 'facts'] as const
const asked = z.object({
  from: number,
  to: number,
  page: number,
  at: z.coerce.number().min(0).max(100).catch(50).default(50),
  as: z.enum(modes).catch('side'),
})

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const { from, to, page: sheet = 1, at, as } = asked.parse(Object.fromEntries(new URL(args.request.url).searchParams))
  const page = await comparePage(ctx, assetId, { from, to })
  const { pair } = page
  const looks = as === 'difference' && pair && pair.from.id !== pair.to.id
  return { page, as, sheet, at, difference: looks ? await differenceOf(ctx, { assetId, fromId: pair.from.id, toId: pair.to.id }) : null }
}

const words = { side: 'Side by side', slider: 'Slider', difference: 'Difference', facts: 'Facts' } as const

/** Two versions of an asset: beside each other, over each other, by what changed, and by what they say. */
export default function Compare() {
  const { page, as, sheet, at, difference } = useLoaderData<typeof loader>()
  const { asset, pair, numbers } = page
  const home = `/library/assets/${asset.id}`
  return (
    <HouseTime>
      <Page>
        <Breadcrumbs
          trail={[
            { to: '/library', label: 'Library' },
            { to: `${home}/versions`, label: 'Versions' },
          ]}
        />
        <PageHeader eyebrow="Compare versions" title={asset.title} />
        <AssetTabs assetId={asset.id} current="versions" />
        <div className="below-tabs">
          {pair === null ? (
            <EmptyState icon="compare" title="There is one version" action={<ButtonLink to={`${home}/versions`}>Versions</ButtonLink>}>
              As soon as there is another, the two can be compared here.
            </EmptyState>
          ) : (
            <Stack gap="lg">
              <div className="cluster compare-head" data-justify="between">
                <Form method="get" className="cluster" data-gap="sm">
                  <input type="hidden" name="as" value={as} />
                  <Choice name="from" label="Version" numbers={numbers} chosen={pair.from.number} />
                  <Choice name="to" label="with version" numbers={numbers} chosen={pair.to.number} />
                  <SubmitButton tone="secondary" size="sm">
                    Compare
                  </SubmitButton>
                  <ButtonLink size="sm" tone="quiet" to={`?from=${pair.to.number}&to=${pair.from.number}&as=${as}`}>
                    The other way round
                  </ButtonLink>
                </Form>
                <Tabs
                  label="How to compare"
                  tabs={modes.map((mode) => ({
                    to: `?from=${pair.from.number}&to=${pair.to.number}&as=${mode}`,
                    label: words[mode],
                    current: mode === as,
                  }))}
                />
              </div>
              {as === 'side' && <CompareSides asset={asset} pair={pair} sheet={sheet} />}
              {as === 'slider' && <CompareSlider asset={asset} pair={pair} sheet={sheet} at={at} />}
              {difference && <PixelDifference assetId={asset.id} pair={pair} difference={difference} />}
              {as === 'difference' && !difference && <p>Both are the same version.</p>}
              <CompareFacts page={page} pair={pair} whole={as === 'facts'} />
            </Stack>
          )}
        </div>
      </Page>
    </HouseTime>
  )
}

function Choice({ name, label, numbers, chosen }: { name: string; label: string; numbers: readonly number[]; chosen: number }) {
  return (
    <label className="cluster" data-gap="xs">
      <span className="small">{label}</span>
      <select className="input" name={name} defaultValue={chosen} key={chosen}>
        {numbers.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  )
}
