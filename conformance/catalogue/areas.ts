import app from './rows/APP.json' with { type: 'json' }
import aut from './rows/AUT.json' with { type: 'json' }
import cli from './rows/CLI.json' with { type: 'json' }
import cmd from './rows/CMD.json' with { type: 'json' }
import cpBas from './rows/CP-BAS.json' with { type: 'json' }
import cpCfg from './rows/CP-CFG.json' with { type: 'json' }
import cpErr from './rows/CP-ERR.json' with { type: 'json' }
import cpHost from './rows/CP-HOST.json' with { type: 'json' }
import cpLim from './rows/CP-LIM.json' with { type: 'json' }
import cpLite from './rows/CP-LITE.json' with { type: 'json' }
import cpLoc from './rows/CP-LOC.json' with { type: 'json' }
import cpMet from './rows/CP-MET.json' with { type: 'json' }
import cpRt from './rows/CP-RT.json' with { type: 'json' }
import cpStr from './rows/CP-STR.json' with { type: 'json' }
import cpTok from './rows/CP-TOK.json' with { type: 'json' }
import dur from './rows/DUR.json' with { type: 'json' }
import enc from './rows/ENC.json' with { type: 'json' }
import err from './rows/ERR.json' with { type: 'json' }
import lin from './rows/LIN.json' with { type: 'json' }
import prop from './rows/PROP.json' with { type: 'json' }
import read from './rows/READ.json' with { type: 'json' }
import rec from './rows/REC.json' with { type: 'json' }
import rte from './rows/RTE.json' with { type: 'json' }
import s2s from './rows/S2S.json' with { type: 'json' }
import sse from './rows/SSE.json' with { type: 'json' }
import tail from './rows/TAIL.json' with { type: 'json' }

/**
 * The file of each area, not yet looked at, in the catalogue's order: first the data plane with the
 * properties that span it, then the control plane (`CP-`).
 */
export const areas: readonly (readonly [area: string, file: unknown])[] = [
  ['RTE', rte],
  ['REC', rec],
  ['APP', app],
  ['CMD', cmd],
  ['READ', read],
  ['TAIL', tail],
  ['SSE', sse],
  ['S2S', s2s],
  ['ENC', enc],
  ['AUT', aut],
  ['ERR', err],
  ['LIN', lin],
  ['DUR', dur],
  ['PROP', prop],
  ['CLI', cli],
  ['CP-RT', cpRt],
  ['CP-BAS', cpBas],
  ['CP-STR', cpStr],
  ['CP-CFG', cpCfg],
  ['CP-TOK', cpTok],
  ['CP-MET', cpMet],
  ['CP-LOC', cpLoc],
  ['CP-ERR', cpErr],
  ['CP-LIM', cpLim],
  ['CP-LITE', cpLite],
  ['CP-HOST', cpHost],
]
