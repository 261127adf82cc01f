import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Prisma's native schema engine is a download from outside the npm registry. `scripts/schema-engine.mjs` answers the
// same protocol with the WASM build of that engine, so that an install needs the registry and nothing else.
if (process.platform !== 'win32')
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.resolve(import.meta.dirname, 'scripts/schema-engine.mjs')
process.env.CHECKPOINT_DISABLE ??= '1'

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
