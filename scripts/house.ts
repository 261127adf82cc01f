/** `npm run house`: found the first house of an installation. Its administrator gets an invitation by mail. */
import { parseArgs } from 'node:util'
import { foundHouse } from '#services/accounts/founding.ts'
import { isCurrency } from '#services/kernel/money.ts'
import { installDefaults } from '#services/licensing/defaults.ts'
import { buildHouse } from '#services/platform/house.ts'
import { requireReady } from './readiness.ts'

const { values } = parseArgs({
  options: {
    name: { type: 'string' }, admin: { type: 'string' }, country: { type: 'string', default: 'DE' }, zone: { type: 'string', default: 'Europe/Berlin' },
    currency: { type: 'string', default: 'EUR' }, host: { type: 'string' },
  },
})
const say = (text: string): never => {
  process.stderr.write(`${text}\nUsage: npm run house -- --name "Your company" --admin you@example.com [--country DE] [--zone Europe/Berlin] [--currency EUR] [--host brand.example.com]\n`)
  process.exit(2)
}
const { name = say('--name is missing.'), admin = say('--admin is missing.'), country, zone, currency, host } = values
if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(admin)) say(`--admin ${admin} is not a mail address.`)
if (!/^[A-Z]{2}$/.test(country)) say(`--country ${country} is not an ISO 3166-1 code of two capitals.`)
if (!Intl.supportedValuesOf('timeZone').includes(zone)) say(`--zone ${zone} is not a time zone.`)
if (!isCurrency(currency)) say(`--currency ${currency} is not one that we sell in.`)

const env = await requireReady({ built: false })
const house = buildHouse(env)
const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
const founded = await foundHouse(house.context, {
  name, slug, email: admin.toLowerCase(), country, timeZone: zone, currency, administrator: { email: admin.toLowerCase() }, ...(host ? { host } : {}),
})
if (!founded.ok) {
  process.stderr.write(founded.error === 'host-taken' ? `A house answers at ${host} already.\n` : 'There is a house already. A second one needs --host, the address at which it is reached.\n')
  await house.close()
  process.exit(1)
}
await installDefaults({ ...house.context, actor: { kind: 'system', houseId: founded.value.houseId, name: 'founding' } })
process.stdout.write(`${name} is founded. As soon as a worker runs, ${admin} gets an invitation by mail.\n`)
await house.close()
