import access from './en/access.json' with { type: 'json' }
import account from './en/account.json' with { type: 'json' }
import asset from './en/asset.json' with { type: 'json' }
import briefs from './en/briefs.json' with { type: 'json' }
import cart from './en/cart.json' with { type: 'json' }
import collections from './en/collections.json' with { type: 'json' }
import compare from './en/compare.json' with { type: 'json' }
import comps from './en/comps.json' with { type: 'json' }
import contributors from './en/contributors.json' with { type: 'json' }
import errors from './en/errors.json' with { type: 'json' }
import forms from './en/forms.json' with { type: 'json' }
import guests from './en/guests.json' with { type: 'json' }
import home from './en/home.json' with { type: 'json' }
import licence from './en/licence.json' with { type: 'json' }
import licences from './en/licences.json' with { type: 'json' }
import lightboxes from './en/lightboxes.json' with { type: 'json' }
import orders from './en/orders.json' with { type: 'json' }
import player from './en/player.json' with { type: 'json' }
import portal from './en/portal.json' with { type: 'json' }
import proof from './en/proof.json' with { type: 'json' }
import saved from './en/saved.json' with { type: 'json' }
import search from './en/search.json' with { type: 'json' }
import seen from './en/seen.json' with { type: 'json' }
import shell from './en/shell.json' with { type: 'json' }
import similar from './en/similar.json' with { type: 'json' }
import store from './en/store.json' with { type: 'json' }
import ui from './en/ui.json' with { type: 'json' }

/** Every text of the pages that outsiders see, in English: the catalogue that the types are made from. */
export default {
  access,
  account,
  asset,
  briefs,
  cart,
  collections,
  compare,
  comps,
  contributors,
  errors,
  forms,
  guests,
  home,
  licence,
  licences,
  lightboxes,
  orders,
  player,
  portal,
  proof,
  saved,
  search,
  seen,
  shell,
  similar,
  store,
  ui,
}
