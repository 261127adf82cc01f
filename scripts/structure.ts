/**
 * The shape of the house, checked: each domain folder holds only the kinds of file that `services/README.md` names, file
 * and function names avoid words that say nothing, and a route stays a route.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const domains = ['compliance', 'accounts', 'assets', 'rights', 'discussion', 'review', 'catalog', 'lightboxes', 'licensing', 'commerce', 'delivery', 'exchange', 'intake', 'briefs', 'suggestions', 'clearance', 'desk', 'retention', 'notifications']
const sayNothing = /(^|[-_/])(utils?|helpers?|misc|common|manager|stuff)([-_.]|$)/
const longestRoute = 220
const complaints: string[] = []

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('generated'))
    .map((entry) => path.join(entry.parentPath, entry.name))

for (const domain of domains) {
  const folder = path.join('services', domain)
  const here = readdirSync(folder, { withFileTypes: true })
  if (!here.some((entry) => entry.name === 'README.md')) complaints.push(`${folder} has no README.md`)
  const kinds = new Set(['rules', 'defaults', 'words'])
  for (const entry of here) if (entry.isDirectory() && !kinds.has(entry.name)) complaints.push(`${folder}/${entry.name}: not one of the kinds in services/README.md`)
  for (const file of filesIn(folder).filter((name) => name.includes('/rules/') && /\.ts$/.test(name) && !/\.test\.ts$/.test(name))) {
    const text = readFileSync(file, 'utf8')
    if (/\bawait\b|\basync\b/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''))) complaints.push(`${file}: a rule does not wait`)
  }
}
for (const file of ['services', 'app', 'emails', 'scripts', 'prisma'].flatMap(filesIn)) {
  if (sayNothing.test(file)) complaints.push(`${file}: a name that says nothing`)
  if (/\b(TODO|FIXME|XXX)\b/.test(file.endsWith('structure.ts') ? '' : readFileSync(file, 'latin1')) && /\.tsx?$/.test(file)) complaints.push(`${file}: unfinished business goes into an issue`)
}
for (const file of filesIn('app/routes').filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))) {
  const lines = readFileSync(file, 'utf8').split('\n').length
  if (lines > longestRoute) complaints.push(`${file}: ${lines} lines; move parts of the page to app/components`)
}
if (complaints.length) {
  process.stderr.write(`${complaints.map((complaint) => `  ${complaint}`).join('\n')}\n`)
  process.exit(1)
}
