/** Commands of which nothing is known: scripts of the project, programs that the model does not have. */
import type { Command } from "../shell/command.js";
import { modelCommand } from "../shell/commands/commands.js";
import type { Modelled, Surroundings } from "../shell/commands/model.js";

const ANYWHERE: Surroundings = { programs: [], home: null };

/** What the model knows of a command, whoever runs it. */
export function modelOf(command: Command): Modelled {
  return modelCommand(command, ANYWHERE);
}

/** True for `./setup.sh` or `locale-gen`; false for what is known to compile, though it may touch any file. */
export function isUnknownCommand(command: Command): boolean {
  const { cost, inputs } = modelOf(command);
  return inputs === null && cost < 3;
}
