/** Opens registries for a run. Imported only where one is asked. */
import { homedir } from "node:os";
import type { Catalog } from "../../catalog.js";
import type { Policy } from "../../policy/policy.js";
import type { RegistryClient } from "../../registry/registry.js";
import { registrySettings } from "../../registry/settings.js";
import type { Streams } from "../output/streams.js";

export interface Registries {
  /** Who asks under these policies; the same one for policies that say the same of registries. */
  readonly under: (policies: readonly Policy[]) => RegistryClient;
  readonly close: () => Promise<void>;
}

/** `isFresh`: answers are not taken from the cache on disk. */
export async function openRegistries(
  catalog: Catalog,
  isFresh: boolean,
  { env }: Pick<Streams, "env">,
): Promise<Registries> {
  const { cacheFolder, openRegistry } = await import("../../registry/registry.js");
  const home = nonEmpty(env.HOME) ?? nonEmpty(env.USERPROFILE) ?? homedir();
  const clients = new Map<string, RegistryClient>();
  const known = new Map<readonly Policy[], RegistryClient>();
  return {
    under: (policies) => {
      const found = known.get(policies);
      if (found) return found;
      const { key, ...settings } = registrySettings(policies, catalog);
      const client =
        clients.get(key) ??
        openRegistry({ ...settings, env, home, cacheFolder: cacheFolder(env, home), refresh: isFresh });
      clients.set(key, client);
      known.set(policies, client);
      return client;
    },
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}
