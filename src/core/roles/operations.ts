/** From the fewest rights to the most: each role may do what those before it may. */
export const roles = ['viewer', 'proposer', 'approver', 'deployer'] as const;
export type Role = (typeof roles)[number];

/** What may be asked of the product beyond reading, and the least role that may ask it. */
export const operations = {
  /** Import and record corrections. */
  'corrections.collect': 'proposer',
  /** Edit, dismiss and restore a correction. */
  'corrections.change': 'proposer',
  /** Take corrections out for good. */
  'corrections.forget': 'approver',
  'patterns.analyze': 'proposer',
  /** Dismiss and restore a pattern, for all who work here. */
  'patterns.decide': 'approver',
  /** Take prompt files, and edits made outside, into the records. */
  'prompts.adopt': 'proposer',
  'improvements.propose': 'proposer',
  'improvements.validate': 'proposer',
  /** Edit the proposed text before anybody decides. */
  'review.draft': 'proposer',
  /** Accept, reject, reopen, move, finish. */
  'review.decide': 'approver',
  /** Make versions by other ways than a review. */
  'versions.change': 'approver',
  /** Run it; pause, go on with or cancel a run, whoever began it. */
  'pipeline.run': 'proposer',
  'prompts.deploy': 'deployer',
  'prompts.roll-back': 'deployer',
  /** Bring back what an archive holds, over what is there. */
  'backups.restore': 'deployer',
  /** Import, draft and reword scenarios. */
  'scenarios.change': 'proposer',
  'configuration.change': 'proposer',
  'roles.change': 'deployer',
  'hook.change': 'proposer',
} as const satisfies Readonly<Record<string, Role>>;
export type Operation = keyof typeof operations;

/** The same for people, as the beginning of a sentence goes on. */
export const operationWords: Readonly<Record<Operation, string>> = {
  'corrections.collect': 'collecting corrections',
  'corrections.change': 'changing corrections',
  'corrections.forget': 'forgetting corrections',
  'patterns.analyze': 'analyzing patterns',
  'patterns.decide': 'dismissing or restoring patterns',
  'prompts.adopt': 'taking prompt files into the records',
  'improvements.propose': 'proposing improvements',
  'improvements.validate': 'testing improvements',
  'review.draft': 'editing a proposal',
  'review.decide': 'deciding on hunks',
  'versions.change': 'changing versions',
  'pipeline.run': 'running the pipeline',
  'prompts.deploy': 'deploying a prompt',
  'prompts.roll-back': 'rolling a prompt back',
  'backups.restore': 'restoring a backup',
  'scenarios.change': 'changing scenarios',
  'configuration.change': 'changing the configuration',
  'roles.change': 'changing roles',
  'hook.change': 'changing the capture hook',
};

export function isAtLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
