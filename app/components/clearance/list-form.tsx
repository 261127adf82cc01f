import { Form } from '@remix-run/react'
import { columns, listLimits } from '#services/clearance/rules/columns.ts'
import type { ListFault } from '#services/clearance/rules/header.ts'
import { ButtonAnchor, SubmitButton } from '../ui/button.tsx'
import { Code } from '../ui/code.tsx'
import { Notice } from '../ui/notice.tsx'
import { Select } from '../ui/select.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { Table } from '../ui/table.tsx'
import { TextField } from '../ui/text-field.tsx'

export interface RefusedList {
  error: string
  faults: readonly ListFault[]
  more: number
}

function Faults({ error, faults, more }: RefusedList) {
  return (
    <Notice tone="danger" title={error} live>
      {faults.length > 0 && (
        <ul className="reason-list">
          {faults.map(({ row, column, value, message }) => (
            <li key={`${row}.${column}`}>
              <strong>
                Row {row}, column {column}
                {value && `, “${value.slice(0, 60)}”`}:
              </strong>{' '}
              {message}
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p>And {more} more of this kind.</p>}
    </Notice>
  )
}

/** What a column is for, and an example: the help beside the template. */
function ColumnHelp() {
  return (
    <details className="column-help">
      <summary>What each column says</summary>
      <p className="muted">
        The first row names the columns, in any order. Commas, semicolons or tabs between cells; save the file as “CSV UTF-8”. Codes and
        English names are both understood.
      </p>
      <Table
        caption="Columns of a list"
        hideCaption
        rows={columns}
        rowKey={({ name }) => name}
        columns={[
          {
            label: 'Column',
            head: true,
            cell: ({ name, required }) =>
              required ? (
                <Code>{name}</Code>
              ) : (
                <>
                  <Code>{name}</Code> <span className="muted small">optional</span>
                </>
              ),
          },
          { label: 'What to write', cell: ({ help }) => help },
          { label: 'Example', cell: ({ example }) => (example ? <Code>{example}</Code> : <span className="muted">empty</span>) },
        ]}
      />
      <p>
        <a href="/clearance/lists/codes.csv" download>
          All codes with their names
        </a>
      </p>
    </details>
  )
}

/** Send a list: a file, and for whom where the house's people ask for others. Works without JavaScript. */
export function ListForm({
  organisations,
  orgName,
  refused,
}: {
  organisations: readonly { id: string; name: string }[]
  orgName: string
  refused: RefusedList | undefined
}) {
  return (
    <Panel
      title="Send a list"
      actions={
        <ButtonAnchor href="/clearance/lists/template.csv" download icon="download" size="sm">
          Template
        </ButtonAnchor>
      }
    >
      <Form method="post" encType="multipart/form-data" className="stack">
        {refused && <Faults {...refused} />}
        {organisations.length > 0 && (
          <Select
            name="for"
            label="Who will use the pictures"
            options={[
              { value: '', label: orgName },
              { label: 'Partners and customers', options: organisations.map(({ id, name }) => ({ value: id, label: name })) },
            ]}
          />
        )}
        <TextField
          name="list"
          type="file"
          label="CSV file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          hint="At most 5 MB and 5,000 uses."
          required
          onChange={({ currentTarget }) => {
            const large = (currentTarget.files?.[0]?.size ?? 0) > listLimits.bytes
            currentTarget.setCustomValidity(large ? 'This file is larger than 5 MB. Split the list and send the parts.' : '')
            if (large) currentTarget.reportValidity()
          }}
        />
        <div>
          <SubmitButton icon="upload">Ask the list</SubmitButton>
        </div>
        <ColumnHelp />
      </Form>
    </Panel>
  )
}
