import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Code } from '#app/components/ui/code.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { publishedKeys } from '#services/compliance/keys.ts'

export const meta = () => titled('Signing keys')

export async function loader(args: LoaderFunctionArgs) {
  return { keys: await publishedKeys(await contextOf(args)) }
}

const check = `node -e '
const crypto = require("crypto"), fs = require("fs")
const [signature] = process.argv.slice(1)
console.log(crypto.verify(null, fs.readFileSync("licence.json"), fs.readFileSync("key.pem"), Buffer.from(signature, "base64url")))
' SIGNATURE`

export default function Keys() {
  const { keys } = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <PageHeader title="Signing keys">
        Every licence is signed with one of these keys (Ed25519). They are published for good: a licence of years ago can still be checked.
      </PageHeader>
      <Stack gap="lg">
        {keys.length === 0 && (
          <EmptyState icon="key" title="No key is published yet">
            The first one is published when the first licence is signed.
          </EmptyState>
        )}
        {keys.map(({ id, publicKeyPem, createdAt, retiredAt }) => (
          <Panel
            key={id}
            id={id}
            title={
              <>
                Key <code className="code">{id}</code> {retiredAt ? <Badge>Retired</Badge> : <Badge tone="success">Signs now</Badge>}
              </>
            }
          >
            <p className="muted small">
              Published <When at={createdAt} to="day" />
              {retiredAt && (
                <>
                  , retired <When at={retiredAt} to="day" />
                </>
              )}
            </p>
            <Code block>{publicKeyPem.trim()}</Code>
          </Panel>
        ))}
        <Panel title="Check a licence without us">
          <ol className="prose">
            <li>
              Take <code className="code">licence.json</code> out of the certificate: it is attached to the PDF. Its SHA-256 must be the one
              that the certificate prints.
            </li>
            <li>
              Save the key that the certificate names as <code className="code">key.pem</code>. Its name is the first 16 figures of the
              SHA-256 of the key itself (SPKI, DER).
            </li>
            <li>Take the signature from the verification page of the licence, and run:</li>
          </ol>
          <Code block>{check}</Code>
          <p>
            It says <code className="code">true</code>, or the licence is not ours.
          </p>
        </Panel>
      </Stack>
    </Page>
  )
}
