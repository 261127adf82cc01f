/** The stand-in as a process of its own, for measurements: `node --import tsx services/sandbox/typesense/serve.ts KEY`. Says its address when it listens. */
import { startTypesense } from './typesense.ts'

const { url } = await startTypesense({ apiKey: process.argv[2] ?? 'bench' })
process.stdout.write(`${url}\n`)
