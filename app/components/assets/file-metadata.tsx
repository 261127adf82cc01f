import { Form } from '@remix-run/react'
import { Badge } from '#app/components/ui/badge.tsx'
import { Button, SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster } from '#app/components/ui/layout.tsx'
import { many } from '#app/components/ui/many.ts'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table, type Column } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { FieldRow, FileMetadataPage, RawRow } from '#services/assets/file-metadata-view.ts'
import { LongWords } from './long-words.tsx'

type Page = Pick<FileMetadataPage, 'asset' | 'version' | 'before' | 'conflicts' | 'offers' | 'panels' | 'disputes' | 'mayEdit'>

const Words = ({ children }: { children: string }) => (children ? <LongWords>{children}</LongWords> : <span className="muted">–</span>)

const beside = (page: Page): Column<FieldRow>[] => [
  { label: 'Record', cell: ({ record }) => <Words>{record}</Words> },
  {
    label: `File, version ${page.version?.number ?? ''}`,
    cell: ({ file, origin }) => (
      <>
        <Words>{file}</Words>
        {origin && <span className="muted small"> {origin}</span>}
      </>
    ),
  },
  ...(page.before
    ? [
        {
          label: `File, version ${page.before.number}`,
          cell: ({ before, file }: FieldRow) =>
            before === file && file ? <span className="muted">the same</span> : <Words>{before}</Words>,
        },
      ]
    : []),
]

/** Where record and file say different things: one choice a row, or all at once. It is a form like any other, and works without scripts. */
export function ConflictsPanel({ page }: { page: Page }) {
  const { conflicts, offers, asset, mayEdit } = page
  const rows = [...conflicts, ...offers]
  if (rows.length === 0) return null
  const choice: Column<FieldRow> = {
    label: 'Which stands',
    cell: ({ field, label, conflict }) => (
      <fieldset className="settle-choice">
        <legend className="visually-hidden">{label}</legend>
        <label>
          <input type="radio" name={`choice.${field}`} value="take" /> Take the file’s
        </label>
        {conflict && (
          <label>
            <input type="radio" name={`choice.${field}`} value="keep" /> Keep the record’s
          </label>
        )}
      </fieldset>
    ),
  }
  const table = (
    <Table
      caption="Fields that record and file say differently"
      hideCaption
      rows={rows}
      rowKey={({ field }) => field}
      columns={[
        {
          label: 'Field',
          head: true,
          cell: ({ label, conflict }) => (
            <>
              {label} {conflict ? <Badge tone="warning">Differs</Badge> : <Badge>Only in the file</Badge>}
            </>
          ),
        },
        ...beside(page),
        ...(mayEdit ? [choice] : []),
      ]}
    />
  )
  return (
    <Panel
      title={
        conflicts.length > 0 ? `${conflicts.length} ${conflicts.length === 1 ? 'field differs' : 'fields differ'}` : 'Only in the file'
      }
      id="conflicts"
    >
      {mayEdit ? (
        <Form method="post" action={`/library/assets/${asset.id}/metadata/settle`} className="stack" preventScrollReset>
          <input type="hidden" name="seenAt" value={new Date(asset.changedAt).toISOString()} />
          {table}
          <Cluster>
            <SubmitButton name="verb" value="chosen">
              Save the choices
            </SubmitButton>
            {conflicts.length > 1 && (
              <>
                <SubmitButton name="verb" value="take-all" tone="quiet">
                  Take all {conflicts.length} from the file
                </SubmitButton>
                <SubmitButton name="verb" value="keep-all" tone="quiet">
                  Keep the record in all {conflicts.length}
                </SubmitButton>
              </>
            )}
          </Cluster>
        </Form>
      ) : (
        table
      )}
    </Panel>
  )
}

/** Blocks of one file that are at odds with each other: which was believed. */
export function DisputesPanel({ disputes }: { disputes: Page['disputes'] }) {
  if (disputes.length === 0) return null
  return (
    <Panel title="The file disagrees with itself">
      <p className="muted">
        An older program wrote one of its blocks and not the other. EXIF is believed first, then XMP, then IIM unless it was changed last.
      </p>
      <Table
        caption="Fields that blocks of the file say differently"
        hideCaption
        rows={disputes}
        rowKey={({ label, other }) => `${label} ${other.from}`}
        columns={[
          { label: 'Field', head: true, cell: ({ label }) => label },
          {
            label: 'Believed',
            cell: ({ kept }) => (
              <>
                <Words>{kept.words}</Words> <span className="muted small">{kept.from}</span>
              </>
            ),
          },
          {
            label: 'Left aside',
            cell: ({ other }) => (
              <>
                <Words>{other.words}</Words> <span className="muted small">{other.from}</span>
              </>
            ),
          },
        ]}
      />
    </Panel>
  )
}

const standings: Record<FieldRow['standing'], string> = {
  same: 'The same',
  conflict: 'Differs',
  'only-file': 'Only in the file',
  'only-record': 'Only in the record',
  neither: 'Only in the version before',
}

/** All fields that somebody filled, as IPTC's panels group them. */
export function FieldPanels({ page }: { page: Page }) {
  return (
    <div className="stack beside-tables" data-gap="lg">
      {page.panels.map(({ panel, rows }) => (
        <Panel key={panel} title={panel}>
          {panel === 'Rights' || panel === 'Licence' ? (
            <p className="muted">Words in a file are no rights. The rights desk sees them as proposals.</p>
          ) : null}
          <Table
            caption={panel}
            hideCaption
            rows={rows}
            rowKey={({ field }) => field}
            columns={[
              {
                label: 'Field',
                head: true,
                cell: ({ label, standard, private: own }) => (
                  <>
                    {label} <span className="muted small">{standard}</span> {own && <Badge>Stays in the house</Badge>}
                  </>
                ),
              },
              ...beside(page),
              {
                label: 'Beside each other',
                cell: ({ standing, kept, rights }) => (
                  <span className="muted small">{rights ? 'For the rights desk' : kept ? 'The record stands' : standings[standing]}</span>
                ),
              },
            ]}
          />
        </Panel>
      ))}
    </div>
  )
}

/** XMP that a photographer's program wrote beside the picture: read with it from now on. */
export function SidecarPanel({ assetId, sidecar }: { assetId: string; sidecar: FileMetadataPage['sidecar'] }) {
  return (
    <Panel title="Sidecar">
      {sidecar && (
        <p>
          {sidecar.fileName}, added <When at={sidecar.addedAt} />. What it says is believed before the file itself.
        </p>
      )}
      <Form
        method="post"
        encType="multipart/form-data"
        action={`/library/assets/${assetId}/metadata/sidecar`}
        className="stack"
        data-gap="sm"
      >
        <TextField
          name="sidecar"
          type="file"
          accept=".xmp,application/rdf+xml"
          label={sidecar ? 'Another XMP file in its place' : 'XMP file'}
          hint="Fills only what the record leaves empty; the rest is shown above, side by side."
          required
        />
        <p>
          <SubmitButton>Read with the file</SubmitButton>
        </p>
      </Form>
    </Panel>
  )
}

/** Everything that was found, under the names of the standards, to be looked through. */
export function RawPanel({ raw, total, q }: { raw: readonly RawRow[]; total: number; q: string }) {
  return (
    <Panel title="Everything in the file" id="raw">
      <Form method="get" action="#raw" className="cluster" data-align="end" role="search" preventScrollReset>
        <TextField name="q" type="search" label="Look for a name or words" defaultValue={q} />
        <Button type="submit">Look</Button>
      </Form>
      <p className="muted small" role="status">
        {q ? `${raw.length} of ${total} ${raw.length === 1 ? 'says' : 'say'} “${q}”.` : `${many(total, 'property', 'properties')}.`}
      </p>
      <Table
        caption="Properties of the file"
        hideCaption
        rows={raw}
        rowKey={({ standard, name }) => `${standard} ${name}`}
        empty={<p className="muted">{q ? 'Nothing in the file says that.' : 'The file says nothing of itself.'}</p>}
        columns={[
          { label: 'Standard', cell: ({ standard }) => standard },
          { label: 'Name', head: true, cell: ({ name }) => <code className="small">{name}</code> },
          { label: 'Field', cell: ({ label }) => label ?? <span className="muted">none of ours</span> },
          { label: 'Says', cell: ({ words }) => <Words>{words.length > 8000 ? `${words.slice(0, 8000)}…` : words}</Words> },
        ]}
      />
    </Panel>
  )
}
