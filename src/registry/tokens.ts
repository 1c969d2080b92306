/** What a registry wants to see before it answers: a password, or a token of its token server (distribution, spec/auth). */
import { parseChallenge, type Challenge } from "./challenge.js";
import type { Credential, Credentials } from "./credentials.js";
import { failure, isFailure, type Failure } from "./failure.js";

import type { Limits } from "./limits.js";
import type { Send } from "./retry.js";
import { mayHaveCredentials, urlIn, type Scope } from "./scope.js";
import { askForToken, basicHeader, type Token } from "./token-server.js";

export interface Authorizer {
  /** The header to send along for `repository`; null where the registry has asked for nothing, or there is nothing. */
  readonly authorization: (repository: string, signal: AbortSignal) => Promise<string | null | Failure>;
  /** After a 401 to a request with `sent`: why that is final, or null when there is something new to send. */
  readonly refused: (repository: string, sent: string | null, challenge: string | undefined) => Promise<Failure | null>;
}

type Bearer = Extract<Challenge, { scheme: "bearer" }>;

/** Credentials and tokens for one registry. Tokens are kept in memory only. */
export function authorizer(
  send: Send,
  scope: Scope,
  credentials: Credentials,
  limits: Limits,
  now: () => number,
): Authorizer {
  const { registry, host } = scope.endpoint;
  const tokens = new Map<string, Token & { uses: number }>();
  const underWay = new Map<string, Promise<Token | Failure>>();
  /** A password is tried once: several wrong ones lock an account. */
  const wrong = new Set<Credential>();
  /** What the registry asked for first, which it is taken to ask for everywhere. */
  let challenge: Challenge | null = null;

  const newToken = async (
    { realm, service }: Bearer,
    repository: string,
    signal: AbortSignal,
  ): Promise<Token | Failure> => {
    const url = urlIn(scope, realm);
    if (!url) return failure(`${host} names a token server that is not asked`);
    const isTrusted = mayHaveCredentials(scope, url);
    const { credential, problem } = isTrusted ? await credentials(registry, repository) : NONE;
    const refusal = failure(`${url.host} refuses the credentials for ${registry}`);
    if (credential && wrong.has(credential)) return refusal;
    const answer = await askForToken(send, scope, { url, service, repository, credential, limits, signal, now });
    if (answer !== "refused") return answer;
    if (credential) {
      wrong.add(credential);
      return refusal;
    }
    if (isTrusted) return noCredentials(registry, problem);
    return failure(`${registry} wants credentials at ${url.host}, which gets none unless registries.allow lists it`);
  };

  const tokenFor = async (wanted: Bearer, repository: string, signal: AbortSignal): Promise<string | Failure> => {
    let token = tokens.get(repository);
    if (!token || token.until <= now()) {
      const question = underWay.get(repository) ?? newToken(wanted, repository, signal);
      underWay.set(repository, question);
      const answer = await question.finally(() => underWay.delete(repository));
      if (isFailure(answer)) return answer;
      token = tokens.get(repository);
      if (token?.header !== answer.header) tokens.set(repository, (token = { ...answer, uses: 0 }));
    }
    token.uses += 1;
    return token.header;
  };

  return {
    authorization: async (repository, signal) => {
      if (challenge === null) return null;
      if (challenge.scheme === "bearer") return tokenFor(challenge, repository, signal);
      const { credential } = await credentials(registry, repository);
      return credential?.kind !== "password" || wrong.has(credential) ? null : basicHeader(credential);
    },
    refused: async (repository, sent, header) => {
      if (sent === null || challenge === null) {
        challenge = parseChallenge(header);
        if (challenge === null) return failure(`${registry} wants credentials in a way that is not known`);
        if (challenge.scheme === "bearer") return null;
      }
      if (challenge.scheme === "basic") {
        const { credential, problem } = await credentials(registry, repository);
        if (credential === null) return noCredentials(registry, problem);
        if (credential.kind === "identity") return failure(`${registry} wants a password, not an identity token`);
        if (sent === null && !wrong.has(credential)) return null;
        wrong.add(credential);
        return failure(`${registry} refuses the credentials for it`);
      }
      const token = tokens.get(repository);
      // Another question has got a new one meanwhile.
      if (token && token.header !== sent) return null;
      tokens.delete(repository);
      // One that was taken before has run out; a new one that is refused will be refused again.
      if (token && token.uses > 1) return null;
      return failure(`${registry} does not show ${repository} to this user: it is private, or not there`);
    },
  };
}

const NONE = { credential: null, problem: null };

function noCredentials(registry: string, problem: string | null): Failure {
  return failure(
    `${registry} wants credentials${problem === null ? ", and there are none for it" : `, and ${problem}`}`,
  );
}
