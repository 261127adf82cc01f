import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { FileCheck } from '#app/components/compliance/file-check.tsx'
import { FileMatches } from '#app/components/compliance/file-matches.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Button } from '#app/components/ui/button.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { verifyFile } from '#services/licensing/verification.ts'

export const meta = () => titled('Check a licence')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const { searchParams } = new URL(args.request.url)
  const number = searchParams.get('number')?.trim()
  if (number) throw redirect(`/verify/${encodeURIComponent(number.slice(0, 60))}`)
  const hash = searchParams.get('sha256')?.trim().toLowerCase()
  return { hash: hash ?? null, matches: hash ? await verifyFile(ctx, { hash, ip: args.context.ip }) : null }
}

export default function Verify() {
  const { hash, matches } = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <PageHeader title="Check a licence or a file">
        Anybody may ask. You learn what a licence covers and whether it is in force; who holds it stays between the holder and us.
      </PageHeader>
      <Stack gap="lg">
        {matches && hash && <FileMatches hash={hash} matches={matches} />}
        <Columns least="18rem">
          <Panel title="By number">
            <Form method="get" className="stack">
              <TextField
                name="number"
                label="Licence number"
                hint="It stands on the certificate, on the invoice and in the file, like CM-2026-7K3QX9MB."
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                maxLength={60}
                required
              />
              <div>
                <Button type="submit" tone="primary" icon="shield">
                  Check
                </Button>
              </div>
            </Form>
          </Panel>
          <Panel title="By file">
            <FileCheck />
            <details>
              <summary>By its SHA-256</summary>
              <Form method="get" className="stack">
                <TextField
                  name="sha256"
                  label="SHA-256 of the file"
                  hint="64 figures, as sha256sum prints them."
                  pattern="[0-9a-fA-F]{64}"
                  maxLength={64}
                  spellCheck={false}
                  required
                />
                <div>
                  <Button type="submit">Look it up</Button>
                </div>
              </Form>
            </details>
          </Panel>
        </Columns>
        <p className="muted small">
          Signatures are checked against our <Link to="/keys">published keys</Link>; how to do it without us is written there.
        </p>
      </Stack>
    </Page>
  )
}
