import { Form, Link } from '@remix-run/react'
import { stateWords, type AssetState } from '#services/assets/rules/asset-states.ts'
import type { Tile } from '#services/catalog/tiles.ts'
import { Status } from '../ui/badge.tsx'
import { SubmitButton, Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Picture } from '../ui/picture.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { TextField } from '../ui/text-field.tsx'
import { pictureOf } from './preview.ts'

type Item = Tile & { state: AssetState }

function Verb({
  base,
  verb,
  assetId,
  fields = {},
  label,
  words,
}: {
  base: string
  verb: string
  assetId: string
  fields?: Record<string, string>
  label: string
  words: string
}) {
  const action = `${base}/items/${verb}`
  return (
    <Form method="post" action={action} preventScrollReset>
      <input type="hidden" name="assetId" value={assetId} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton tone="quiet" size="sm" formAction={action} aria-label={label}>
        {words}
      </SubmitButton>
    </Form>
  )
}

/** The pictures of a collection in their order; each can be moved and taken out. */
export function CuratedItems({ base, items }: { base: string; items: readonly Item[] }) {
  if (items.length === 0)
    return (
      <EmptyState icon="picture" title="An empty collection">
        Add pictures from the list below. The store shows the collection as soon as it holds a published one.
      </EmptyState>
    )
  return (
    <Panel title="In this order">
      <ol className="curated">
        {items.map((item, index) => (
          <li key={item.id}>
            <Picture {...pictureOf(item)} alt="" ratio="4 / 3" />
            <div>
              <Link to={`/library/assets/${item.id}`}>{item.title}</Link>
              {item.state !== 'PUBLISHED' && <Status tone="warning">{stateWords[item.state]}, not shown</Status>}
            </div>
            <div className="cluster" data-gap="xs">
              {index > 0 && (
                <Verb
                  base={base}
                  verb="move"
                  assetId={item.id}
                  fields={{ direction: 'earlier' }}
                  label={`Move ${item.title} earlier`}
                  words="Earlier"
                />
              )}
              {index < items.length - 1 && (
                <Verb
                  base={base}
                  verb="move"
                  assetId={item.id}
                  fields={{ direction: 'later' }}
                  label={`Move ${item.title} later`}
                  words="Later"
                />
              )}
              <Verb base={base} verb="remove" assetId={item.id} label={`Remove ${item.title}`} words="Remove" />
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** Published pictures that are not in it yet. */
export function CuratorCandidates({ base, candidates, text }: { base: string; candidates: readonly Tile[]; text: string }) {
  return (
    <Panel title="Add pictures">
      <Form className="cluster curator-search" preventScrollReset>
        <TextField name="q" type="search" label="Title holds" hideLabel placeholder="Find by title" defaultValue={text} />
        <Button type="submit">Find</Button>
      </Form>
      {candidates.length === 0 ? (
        <p className="muted">
          {text ? 'No published picture of the store has that in its title.' : 'Every published picture is in it already.'}
        </p>
      ) : (
        <ul className="curated">
          {candidates.map((tile) => (
            <li key={tile.id}>
              <Picture {...pictureOf(tile)} alt="" ratio="4 / 3" />
              <div>{tile.title}</div>
              <Verb base={base} verb="add" assetId={tile.id} label={`Add ${tile.title}`} words="Add" />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
