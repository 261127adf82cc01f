/** `npm run db:migrate`: bring the database that DATABASE_URL names up to this version. Safe to run twice, and from two places at once. */
import { migrate } from '#services/platform/migrations.ts'

const url = process.env.DATABASE_URL
if (!url) {
  process.stderr.write('DATABASE_URL is missing: which database shall be migrated?\n')
  process.exit(1)
}
const applied = await migrate(url)
process.stdout.write(applied.length ? `Applied ${applied.join(', ')}.\n` : 'Nothing to do: the database is up to date.\n')
