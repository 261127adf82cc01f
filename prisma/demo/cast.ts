import type { Role } from '#services/kernel/actor.ts'

export interface CastMember {
  key: string
  name: string
  email: string
  roles: Role[]
  what: string
}
export interface CastCompany {
  key: string
  kind: 'PARTNER' | 'CUSTOMER'
  name: string
  country: string
  address: string
  vatId?: string
  people: CastMember[]
}

/** One password for everybody in the demo, printed at its start. */
export const demoPassword = 'light-from-the-north'

export const houseDetails = {
  name: 'Northlight', slug: 'northlight', country: 'DE', email: 'licensing@northlight.example', address: 'Northlight GmbH\nLindenstraße 12\n10969 Berlin', vatId: 'DE136695976', timeZone: 'Europe/Berlin', currency: 'EUR',
}
export const staff: CastMember[] = [
  { key: 'astrid', name: 'Astrid Berg', email: 'astrid@northlight.example', roles: ['ADMINISTRATOR'], what: 'administrator: people, companies, everything' },
  { key: 'lena', name: 'Lena Hoff', email: 'lena@northlight.example', roles: ['LIBRARIAN'], what: 'librarian: uploads, describes, publishes, builds kits' },
  { key: 'jonas', name: 'Jonas Weil', email: 'jonas@northlight.example', roles: ['REVIEWER'], what: 'reviewer: a decision waits' },
  { key: 'maren', name: 'Maren Vogt', email: 'maren@northlight.example', roles: ['RIGHTS_MANAGER'], what: 'rights manager: requests, expiries, prices' },
  { key: 'felix', name: 'Felix Kraus', email: 'felix@northlight.example', roles: ['FINANCE'], what: 'finance: orders, refunds, ledger' },
  { key: 'ida', name: 'Ida Lund', email: 'ida@northlight.example', roles: ['AUDITOR'], what: 'auditor: trail, reports, deliveries' },
]
export const companies: CastCompany[] = [
  {
    key: 'kaffeewerk', kind: 'PARTNER', name: 'Kaffeewerk', country: 'DE', address: 'Speicherstraße 4\n20457 Hamburg',
    people: [{ key: 'nora', name: 'Nora Petersen', email: 'nora@kaffeewerk.example', roles: ['PARTNER', 'ADMINISTRATOR'], what: 'partner with a brand kit' }],
  },
  {
    key: 'halm', kind: 'PARTNER', name: 'Studio Halm', country: 'AT', address: 'Neubaugasse 20\n1070 Wien',
    people: [{ key: 'emil', name: 'Emil Halm', email: 'emil@studiohalm.example', roles: ['PARTNER', 'ADMINISTRATOR'], what: 'partner whose kit has ended' }],
  },
  {
    key: 'bergmann', kind: 'CUSTOMER', name: 'Bergmann Outdoor GmbH', country: 'DE', address: 'Isarweg 8\n80331 München', vatId: 'DE123456788',
    people: [{ key: 'clara', name: 'Clara Bergmann', email: 'clara@bergmann.example', roles: ['CUSTOMER', 'ADMINISTRATOR'], what: 'customer with licences in all states' },
      { key: 'tom', name: 'Tom Bergmann', email: 'tom@bergmann.example', roles: ['CUSTOMER'], what: 'her brother: a lightbox that is shared with him' }],
  },
  {
    key: 'lavande', kind: 'CUSTOMER', name: 'Maison Lavande', country: 'FR', address: '14 rue des Martyrs\n75009 Paris', vatId: 'FR40303265045',
    people: [{ key: 'luc', name: 'Luc Moreau', email: 'luc@maisonlavande.example', roles: ['CUSTOMER', 'ADMINISTRATOR'], what: 'customer with an exclusive licence' }],
  },
  {
    key: 'harrow', kind: 'CUSTOMER', name: 'Pike & Harrow Publishing', country: 'GB', address: '7 Clerkenwell Close\nLondon EC1R 0AA',
    people: [{ key: 'grace', name: 'Grace Harrow', email: 'grace@pikeharrow.example', roles: ['CUSTOMER', 'ADMINISTRATOR'], what: 'customer with a refunded order' }],
  },
]
