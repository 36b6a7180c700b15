import { createGlob } from '../../kit/glob.ts'

/** Alterations that a requirement need not notice, and why: what was altered is then still something its row allows. */
export interface Allowance {
  /** Ids of requirements, as globs. */
  readonly rows: string
  /** As `placeOf` has it, as a glob: `stream.read.value.records`. */
  readonly place: string
  /** Names of alterations, as a glob. */
  readonly alteration: string
  /** Only where the check then asks for something that it would not have asked for. */
  readonly asksOn?: true
  readonly why: string
}

export const ALLOWED: readonly Allowance[] = [
  {
    rows: '*',
    place: 'stream.read.value.records',
    alteration: 'last item gone',
    asksOn: true,
    why: 'a read may end before the tail (READ-032); what is missing is asked for next, and comes',
  },
  {
    rows: 'CP-TOK-*',
    place: 'account.raw POST.value.access_token',
    alteration: '*',
    why: 'a secret is any text, and a server that asks for no credentials does not say whether it is the right one',
  },
  {
    rows: 'APP-002',
    place: 'stream.append.value.tail.*',
    alteration: '+*',
    why: 'the tail of an ack is at least its end; that it is the end where nobody else appends says APP-003',
  },
  {
    rows: 'APP-02?',
    place: 'stream.checkTail.value.seqNum',
    alteration: '*1',
    why: 'another client appends meanwhile, so that the tail may be any that is not below what was revealed',
  },
  {
    rows: 'APP-027',
    place: 'stream.append.error.seq_num_mismatch',
    alteration: '-1',
    why: 'a lower number reveals a lower tail; that it was ever the tail says APP-028',
  },
  {
    rows: 'READ-033',
    place: 'stream.read.value.records.*.timestamp',
    alteration: '*',
    why: 'the row is about the order of the timestamps, and in that they still are',
  },
  {
    rows: 'READ-054',
    place: 'stream.checkTail.value.seqNum',
    alteration: '+1',
    why: 'a writer is at work: the tail may be beyond what the follower has by any number of records',
  },
  {
    rows: 'READ-053',
    place: 'session.records',
    alteration: 'last item gone',
    asksOn: true,
    why: 'where no other record follows only a silence shows it, and each run of the server cuts other batches',
  },
  {
    rows: 'READ-070',
    place: 'stream.read.value.records',
    alteration: '* item gone',
    why: 'a read may end before the tail (READ-032), and while an append is under way it may begin one record later',
  },
  {
    rows: 'TAIL-005',
    place: 'stream.append.value.tail.seqNum',
    alteration: '*1',
    why: 'other writers append meanwhile, so that the tail of an ack need not be its end',
  },
  {
    rows: 'CMD-020',
    place: 'stream.read.value.records',
    alteration: 'first item gone',
    why: 'what is trimmed goes at any time after the acknowledgement, one record after another',
  },
  {
    rows: 'APP-043',
    place: 'stream.append.value.end.timestamp',
    alteration: '*',
    why: 'any moment shows that the given timestamp, 1, is no longer looked at; which one is right says APP-033',
  },
  {
    rows: 'ERR-026',
    place: 'basin.getStreamConfig.value.retention_policy.age',
    alteration: '-1',
    why: 'any of the patches that succeeded may have been the last one',
  },
  {
    rows: 'REC-024',
    place: 'stream.raw GET.body',
    alteration: '*',
    why: 'the text is searched for one number as it must be written; the rest is read by other clients of the check',
  },
  {
    rows: 'RTE-029',
    place: 'account.raw GET.body',
    alteration: '*',
    why: 'of a page of metrics only some lines are looked for',
  },
  {
    rows: 'LIN-*',
    place: 'records',
    alteration: 'last item gone',
    why: 'a unary read may end before the tail (READ-032); what a session holds back is noticed',
  },
  {
    rows: 'LIN-*',
    place: 'whole records',
    alteration: 'last item gone',
    why: 'a read that overlaps with the last append that it saw may have ended before it',
  },
  {
    rows: 'LIN-022',
    place: 'stream.append.value.tail.seqNum',
    alteration: '*1',
    why: 'the row is about timestamps, of which two records may have the same; the number says LIN-023',
  },
  {
    rows: 'LIN-023',
    place: 'stream.append.value.tail.seqNum',
    alteration: '+1',
    why: 'other writers append meanwhile, so that the tail may be beyond the batch',
  },
  {
    rows: 'CP-MET-*',
    place: 'account.raw GET.value.values',
    alteration: 'first two swapped',
    why: 'no row says in which order the metrics of a set come',
  },
  {
    rows: 'CP-MET-*',
    place: 'account.raw GET.value.values.*.accumulation.name',
    alteration: '*',
    why: 'no row says what they are called; that they differ is looked for',
  },
  {
    rows: 'CP-MET-*',
    place: 'account.raw GET.value.values.*.gauge.name',
    alteration: '*',
    why: 'no row says what it is called',
  },
  {
    rows: 'CP-MET-*',
    place: 'account.raw GET.value.values.*.label.values*',
    alteration: '*',
    why: 'which other basins of the account are active, and in which order they come, a check cannot know',
  },
  {
    rows: 'CP-MET-021',
    place: 'account.raw GET.value.values',
    alteration: 'first item gone',
    why: 'of a storage class in which nothing was appended there may be a series without points, or none',
  },
  {
    rows: 'CP-MET-03?',
    place: 'account.raw GET.value.values.*.accumulation.values',
    alteration: '* item gone',
    why: 'of the operations of a basin only those of the check are known, but not what they are called',
  },
  {
    rows: 'CP-MET-03?',
    place: 'account.raw GET.value.values',
    alteration: '* item gone',
    why: 'of the operations of an account only those of the check are known, but not what they are called',
  },
  {
    rows: 'CP-MET-0??',
    place: 'account.raw GET.value.values.*.accumulation.values.*.*',
    alteration: '*1',
    why: 'how often an account and its basin were asked in all, a check cannot know; of its own bytes it does (CP-MET-032)',
  },
  {
    rows: 'CP-MET-018',
    place: 'account.raw GET.value.values*',
    alteration: '* item gone',
    why: 'an answer without data may have no metrics, or some that say zero',
  },
  {
    rows: 'CP-MET-022',
    place: 'account.raw GET.value.values*',
    alteration: '* item gone',
    why: 'an answer without data may have no metrics, or some that say zero',
  },
  {
    rows: 'CP-MET-020',
    place: 'account.raw GET.value.values.*.gauge.values*',
    alteration: '*',
    why: 'the row is about the distance of the points: how many there are says CP-MET-033, and what they say CP-MET-032',
  },
  {
    rows: 'CP-LITE-02?',
    place: 'account.raw GET.body',
    alteration: '*',
    why: 'of a page of metrics only some lines are looked for',
  },
  {
    rows: 'CP-STR-015',
    place: '*',
    alteration: 'one member more',
    why: 'a server that is newer than the row may say more of a stream',
  },
  {
    rows: 'CP-TOK-004',
    place: 'account.raw GET.value.access_tokens.*',
    alteration: 'one member more',
    why: 'a server that is newer than the row may say more of a token; that none of it is the secret is looked for in the text',
  },
  {
    rows: 'CP-TOK-004',
    place: 'account.raw GET.body',
    alteration: '*',
    why: 'the whole answer is searched for the secret, which must not be in it, and nothing else about it matters',
  },
  {
    rows: 'CP-TOK-0??',
    place: 'account.raw GET.value.access_tokens.*.scope.ops',
    alteration: 'first two swapped',
    why: 'the ops of a scope are a set, in no order',
  },
  {
    rows: 'CP-RT-064',
    place: '*.raw *',
    alteration: '*',
    why: 'the whole answer is searched for what must not be in it, and nothing else about it matters',
  },
  {
    rows: 'CP-BAS-010',
    place: 'account.listBasins.value.has_more',
    alteration: 'the opposite',
    why: 'names of other basins of the run may begin with that of the basin',
  },
]

export interface Survivor {
  readonly id: string
  readonly place: string
  readonly alteration: string
  readonly asksOn: boolean
}

export const allows = (allowance: Allowance, survivor: Survivor): boolean =>
  createGlob(allowance.rows).matches(survivor.id) &&
  createGlob(allowance.place).matches(survivor.place) &&
  createGlob(allowance.alteration).matches(survivor.alteration) &&
  (allowance.asksOn !== true || survivor.asksOn)
