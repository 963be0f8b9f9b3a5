import { onTestFinished } from 'vitest';
import { type ClientWorld, type ClientWorldOptions, makeClientWorld } from './clientWorld.ts';
import { Conversation, type ConversationOptions } from './conversation.ts';
import { type ModelScript, type ModelServer, startModelServer } from './modelServer.ts';

export interface ClientSession {
  readonly world: ClientWorld;
  readonly model: ModelServer;
}

/** A world and a scripted model for the test that asks, taken away after it. */
export async function openSession(
  script: ModelScript | ((world: ClientWorld) => ModelScript),
  options?: ClientWorldOptions,
): Promise<ClientSession> {
  const world = makeClientWorld(options);
  onTestFinished(() => world.remove());
  const model = await startModelServer(typeof script === 'function' ? script(world) : script);
  onTestFinished(() => model.close());
  return { world, model };
}

/** Holds a whole conversation and ends the client, so that its transcripts are complete. */
export async function converse(
  { world, model }: ClientSession,
  talk: (conversation: Conversation) => Promise<void>,
  options?: ConversationOptions,
): Promise<void> {
  const conversation = await Conversation.start(world, model.address, options);
  try {
    await talk(conversation);
  } finally {
    await conversation.close();
  }
}
