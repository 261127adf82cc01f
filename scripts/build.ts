/** `npm run build`: the pages for the browser and the server, and the browser's files compressed once instead of at each request. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'

const stampFile = path.resolve('build/stamp')
const sources = ['app', 'services', 'emails', 'public', 'package-lock.json', 'vite.config.ts', 'remix.config.js']

/** A hash over everything that the build is made of; tests beside the code do not count. */
export async function sourceStamp(): Promise<string> {
  const files: string[] = []
  for (const source of sources) {
    if (!fs.existsSync(source)) continue
    if (fs.statSync(source).isFile()) files.push(source)
    else for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(path.join(entry.parentPath, entry.name))
  }
  const hash = createHash('sha256')
  for (const file of files.filter((name) => !name.includes('/generated/')).sort()) hash.update(`${file}\0`).update(await readFile(file))
  return hash.digest('hex')
}

export const isBuilt = async (): Promise<boolean> => fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === (await sourceStamp())

async function compress(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg|json)$/.test(entry.name)) continue
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    if (bytes.length < 1024) continue
    await writeFile(`${file}.br`, zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }))
    await writeFile(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }))
  }
}

/** Builds unless nothing changed since the last build. Fails with the bundler's own words. */
export async function build(): Promise<void> {
  if (await isBuilt()) return
  fs.rmSync(stampFile, { force: true })
  const stamp = await sourceStamp()
  const remix = path.resolve('node_modules/@remix-run/dev/dist/cli.js')
  try {
    await promisify(execFile)(process.execPath, [remix, 'vite:build'], { maxBuffer: 32 << 20, env: { ...process.env, NODE_ENV: 'production' } })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`the build failed:\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`)
  }
  await compress(path.resolve('build/client/assets'))
  fs.writeFileSync(stampFile, stamp)
}

if (process.argv[1] === import.meta.filename) await build()
