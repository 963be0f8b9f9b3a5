import type { TemplateType } from '../../model/template';

/** Where files of a kind lie, relative to the workspace; `~/.claude/` stands for the person's own folder of Claude Code. */
export type KindPlace =
  | {
      readonly file: string;
      /** The same name may be a folder, which is a kind of its own. */
      readonly orFolder?: boolean;
    }
  | {
      readonly folder: string;
      /** How the names of its files end. */
      readonly suffix: string;
      /** Folders within it count too. */
      readonly deep: boolean;
      /** The same name may be a file, which is a kind of its own. */
      readonly orFile?: boolean;
    };

export interface NewFileFacts {
  /** Files that it is for, as in `**\/*.sql`. None: all. */
  readonly globs?: readonly string[];
  /** One line. */
  readonly description?: string;
  readonly name?: string;
}

/** One kind of prompt file that a tool reads. */
export interface PromptKind {
  readonly id: string;
  readonly tool: string;
  readonly place: KindPlace;
  /** `below`: in folders of the workspace, not in its root. */
  readonly at: 'root' | 'below' | 'anywhere';
  /**
   * When the tool reads it. `everywhere`: with every task; `below`: with files below its folder; `matching`: always, or with the files
   * that its frontmatter names; `agent`: for the agent that it describes; `task`: when the person or the model asks for it.
   */
  readonly holds: 'everywhere' | 'below' | 'matching' | 'agent' | 'task';
  readonly templateType: TemplateType;
  /** The agent that it is for: named, or each file its own by the frontmatter's `name`, else the file's stem. */
  readonly agent: string | { readonly named: 'frontmatter' | 'stem'; readonly prefix: string };
  /** It is for the main thread where none of these files is there. */
  readonly mainUnless?: readonly string[];
  /** Key of the frontmatter that narrows it to files. */
  readonly narrowedBy?: 'paths' | 'applyTo' | 'globs';
  /** Found only where another tool's configuration names it. */
  readonly namedElsewhere?: boolean;
  /** Lines of the frontmatter, without fences; none where the tool needs none. */
  readonly frontmatter?: (facts: NewFileFacts) => readonly string[];
}
