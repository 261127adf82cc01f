/**
 * The whole product on this machine with stand-ins for the outside: payment sandbox, mail inbox, web and worker process.
 * The demo and the journeys start the same one.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import type { Env } from '#services/platform/env.ts'
import { readEnv } from '#services/platform/env.ts'
import { startInbox } from '#services/sandbox/inbox/inbox.ts'
import { startPaymentSandbox } from '#services/sandbox/payments/sandbox.ts'
import { freePort } from './local-database.ts'

interface Secrets {
  signingKey: string
  webhookSecret: string
  stripeKey: string
  controlToken: string
}

/** Made once a folder, readable by its owner only; never a default that two installations share. */
function secretsIn(dir: string): Secrets {
  const file = path.join(dir, 'secrets.json')
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')) as Secrets
  const secrets: Secrets = {
    signingKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    webhookSecret: `whsec_${randomBytes(24).toString('hex')}`,
    stripeKey: `sk_test_${randomBytes(24).toString('hex')}`,
    controlToken: randomBytes(24).toString('hex'),
  }
  fs.mkdirSync(dir, { recursive: true })
  fs.writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  return secrets
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** The wished port, the next few, or any; never one that is promised to a neighbour who has not opened it yet. */
export async function portNear(wished: number, promised: readonly number[] = []): Promise<number> {
  if (wished > 0) for (let port = wished; port < wished + 20; port++) if (!promised.includes(port) && (await isFree(port))) return port
  return freePort()
}

export interface StackOptions {
  dir: string
  databaseUrl: string
  /** Wished ports; a taken one is left for the next free. Zero: any. */
  ports: { web: number; payments: number; inbox: number }
  logLevel?: Env['LOG_LEVEL']
}
export interface Outside {
  origin: string
  inboxUrl: string
  paymentsUrl: string
  /** Opens the sandbox's control interface. */
  controlToken: string
  /** What the web and worker processes are told. */
  variables: Record<string, string>
  env: Env
  close(): Promise<void>
}

/** The stand-ins for the outside, and the settings that point the product at them. */
export async function startOutside({ dir, databaseUrl, ports, logLevel = 'info' }: StackOptions): Promise<Outside> {
  const secrets = secretsIn(dir)
  const web = await portNear(ports.web)
  const origin = `http://127.0.0.1:${web}`
  const inbox = await startInbox({ smtpPort: await freePort(), webPort: await portNear(ports.inbox, [web]), dir: path.join(dir, 'mail') })
  const payments = await startPaymentSandbox({
    port: await portNear(ports.payments, [web]), dir: path.join(dir, 'payments'), secretKey: secrets.stripeKey, controlToken: secrets.controlToken,
    webhookUrl: `${origin}/hooks/stripe`, webhookSecret: secrets.webhookSecret,
  })
  const variables: Record<string, string> = {
    NODE_ENV: 'production', CLEARMARK_MODE: 'local', DATABASE_URL: databaseUrl, ORIGIN: origin, HOST: '127.0.0.1', PORT: String(web),
    STORAGE_DIR: path.join(dir, 'files'), STRIPE_SECRET_KEY: secrets.stripeKey, STRIPE_WEBHOOK_SECRETS: secrets.webhookSecret, STRIPE_SANDBOX_URL: payments.url,
    SMTP_URL: inbox.smtpUrl, SIGNING_KEY: secrets.signingKey, LOG_LEVEL: logLevel,
  }
  const read = readEnv(variables)
  if (!read.ok) throw new Error(`the stack's own settings are wrong: ${read.problems.join(' ')}`)
  return {
    origin, inboxUrl: inbox.url, paymentsUrl: payments.url, controlToken: secrets.controlToken, variables, env: read.env,
    async close() {
      await Promise.all([payments.close(), inbox.close()])
    },
  }
}

export interface Supervised {
  child(): ChildProcess
  stop(): Promise<void>
  /** Stop it politely and start it again, with these settings beside its own until the next restart. */
  restart(extra?: Record<string, string>): Promise<void>
}

/** As `npm start` has it. A page's objects live for a page: with twice the room (MB) for the young they are swept up half as often, 4 % of its time. */
const nodeOptions = ['--max-semi-space-size=32']

/**
 * One of our processes, kept alive: killed, it comes back (at once, then a little slower each time), because a demo that
 * dies when its web process is killed would prove nothing. Its output goes to a file.
 */
export async function supervise(script: string, variables: Record<string, string>, logFile: string): Promise<Supervised> {
  fs.mkdirSync(path.dirname(logFile), { recursive: true })
  let stopping = false
  let quickDeaths = 0
  let revival: NodeJS.Timeout | undefined
  let extra: Record<string, string> = {}
  let current: ChildProcess
  const start = () =>
    new Promise<void>((resolve, reject) => {
      const log = fs.openSync(logFile, 'a')
      const born = Date.now()
      const child = fork(path.resolve(script), [], {
        execArgv: [...nodeOptions, '--import', 'tsx'], env: { ...process.env, ...variables, ...extra }, stdio: ['ignore', log, log, 'ipc'],
      })
      fs.closeSync(log)
      current = child
      child.once('message', () => resolve())
      child.once('exit', (code, signal) => {
        if (stopping) return
        quickDeaths = Date.now() - born < 5_000 ? quickDeaths + 1 : 0
        if (quickDeaths > 3) return reject(new Error(`${script} ended (${signal ?? code}); its last words are in ${logFile}`))
        revival = setTimeout(() => void start().then(resolve, reject), 200 * 2 ** quickDeaths)
      })
    })
  await start()
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      stopping = true
      clearTimeout(revival)
      const leaving = current
      if (leaving.exitCode !== null || leaving.signalCode !== null) return resolve()
      // Bound to this child: the next one must not pay for its predecessor's slowness.
      const impatient = setTimeout(() => leaving.kill('SIGKILL'), 12_000)
      leaving.once('exit', () => {
        clearTimeout(impatient)
        resolve()
      })
      leaving.kill('SIGTERM')
    })
  return {
    child: () => current,
    stop,
    async restart(settings = {}) {
      await stop()
      stopping = false
      extra = settings
      await start()
    },
  }
}
