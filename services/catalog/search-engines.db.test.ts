import { typesenseServer } from '#services/platform/search/typesense.ts'
import { startTypesense } from '#services/sandbox/typesense/typesense.ts'
import { searchContract } from '#services/testing/contracts/search.ts'
import type { TestContext } from '#services/testing/context.ts'
import { aliasOf, rebuildMirror, sendSearch } from './search-mirror.ts'
import { postgresSearch } from './search-postgres.ts'
import { serverSearch } from './search-typesense.ts'
import type { SearchServer } from '#services/platform/search/search-server.ts'
import { Circuit } from '#services/platform/search/circuit.ts'

searchContract('the database', async () => ({ search: (ctx) => postgresSearch(ctx), settle: async () => undefined }))

/** A house is copied when it is first seen; after that it is told what changed. */
function byServer(server: SearchServer, close: () => Promise<void>) {
  const copied = new Set<string>()
  return {
    search: (ctx: TestContext) => serverSearch(ctx, server),
    async settle(ctx: TestContext, houseId: string) {
      if (!copied.has(houseId)) {
        const made = await rebuildMirror(ctx, server, houseId)
        if (!made.ok) throw new Error(made.error)
        copied.add(houseId)
      } else await sendSearch({ ...ctx, search: { server, circuit: new Circuit(ctx.clock, ctx.log) } }, { houseId })
    },
    async close() {
      for (const houseId of copied) for (const name of await server.collectionsFrom(`${aliasOf(server, houseId)}_`)) await server.drop(name)
      server.close()
      await close()
    },
  }
}

for (const version of [29, 30] as const)
  searchContract(`Typesense, by the stand-in of version ${version}`, async () => {
    const sandbox = await startTypesense({ apiKey: 'test', version })
    return byServer(typesenseServer({ url: sandbox.url, apiKey: 'test', prefix: 'clearmark' }), () => sandbox.close())
  })

const { TYPESENSE_URL: url, TYPESENSE_API_KEY: apiKey } = process.env
if (url && apiKey)
  searchContract('Typesense itself', async () =>
    byServer(typesenseServer({ url, apiKey, prefix: 'clearmark_contract' }), async () => undefined),
  )
else process.stdout.write('search: TYPESENSE_URL and TYPESENSE_API_KEY are not set; the contract was not run on a real server\n')
