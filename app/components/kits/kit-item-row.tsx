import { Form } from '@remix-run/react'
import { dimensionWords, sizeWords, typeWords } from '#app/components/assets/file-words.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { IconButton, SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster } from '#app/components/ui/layout.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'

interface Item {
  assetId: string
  section: string
  asset: {
    title: string
    state: string
    publishedVersion: { mediaType: string; width: number | null; height: number | null; byteSize: bigint } | null
  }
}

/** What the file is, and a word where it cannot be handed out now. */
export function KitItemFacts({ item: { asset } }: { item: Item }) {
  const version = asset.publishedVersion
  return (
    <>
      {version && (
        <span className="small muted">
          {[typeWords(version.mediaType), dimensionWords(version), sizeWords(Number(version.byteSize))].filter(Boolean).join(' · ')}
        </span>
      )}
      {asset.state !== 'PUBLISHED' && <Badge tone="warning">Not published: left out</Badge>}
    </>
  )
}

/** Section and place of a file, and the way out of the kit: each press is one small form. */
export function KitItemControls({ kitId, item }: { kitId: string; item: Item }) {
  const at = `/library/kits/${kitId}/items/${item.assetId}`
  const named = (what: string) => `${what}: ${item.asset.title}`
  return (
    <Cluster gap="sm">
      <Form method="post" action={`${at}/arrange`} preventScrollReset>
        <Cluster gap="xs">
          <TextField
            name="section"
            label={named('Section')}
            hideLabel
            defaultValue={item.section}
            placeholder="Section"
            maxLength={60}
            size={14}
          />
          <SubmitButton size="sm" tone="quiet">
            Save
          </SubmitButton>
          <IconButton type="submit" name="move" value="earlier" icon="arrow-up" label={named('Move earlier')} size="sm" />
          <IconButton type="submit" name="move" value="later" icon="arrow-down" label={named('Move later')} size="sm" />
        </Cluster>
      </Form>
      <Form method="post" action={`${at}/remove`} preventScrollReset>
        <IconButton type="submit" icon="trash" label={named('Remove')} size="sm" />
      </Form>
    </Cluster>
  )
}
