/** A client of the language server, speaking to a real process over its standard streams, byte for byte. */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { root } from "../support/imports.js";

export interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface LspClient {
  readonly process: ChildProcess;
  /** Sends bytes as they are. */
  readonly raw: (text: string | Buffer) => void;
  /** Sends a message with its header. */
  readonly send: (message: object) => void;
  readonly notify: (method: string, params?: unknown) => void;
  /** The result; throws what the server answers instead. */
  readonly request: <Result = unknown>(method: string, params?: unknown) => Promise<Result>;
  /** The id of a request and its answer, to cancel it. */
  readonly ask: (method: string, params?: unknown) => { readonly id: number; readonly answer: Promise<Message> };
  /** The first message that fits, of those that came and were not taken yet, or that will come. */
  readonly take: (fits: (message: Message) => boolean) => Promise<Message>;
  /** Answers a request of the server. */
  readonly answers: (method: string, answer: (params: never) => unknown) => void;
  /** All messages that came so far. */
  readonly received: readonly Message[];
  readonly ended: Promise<number | null>;
  /** `shutdown`, then `exit`; the exit code. */
  readonly close: () => Promise<number | null>;
}

interface Waiting {
  readonly fits: (message: Message) => boolean;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

export interface StartOptions {
  /** The program; this Node when left out. */
  readonly node?: string;
  readonly command?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** As an editor starts it. */
const COMMAND = [join(root, "bin/fromlint.cjs"), "lsp", "--stdio"];

/** Starts the server; the process ends with the test. */
export function startServer(options: StartOptions = {}): LspClient {
  const { node = process.execPath, command = COMMAND, cwd = root, env = {} } = options;
  const child = spawn(node, [...command], {
    cwd,
    env: { ...process.env, FROMLINT_POLICY: undefined, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const received: Message[] = [];
  const taken = new Set<Message>();
  const waiting: Waiting[] = [];
  const answering = new Map<string, (params: never) => unknown>();
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  child.stdin.on("error", () => undefined);
  let nextId = 1;

  const raw = (text: string | Buffer): void => void child.stdin.write(text);
  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    raw(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  };
  const onMessage = (message: Message): void => {
    received.push(message);
    if (message.method !== undefined && message.id !== undefined) {
      const answer = answering.get(message.method);
      send({ id: message.id, result: answer ? answer(message.params as never) : null });
    }
    const index = waiting.findIndex(({ fits }) => fits(message));
    if (index === -1) return;
    taken.add(message);
    waiting.splice(index, 1)[0]?.resolve(message);
  };
  readMessages(child.stdout, onMessage);

  // Who waits when the server ends waits in vain.
  child.once("exit", (code) => {
    for (const { reject } of waiting) reject(new Error(`the server ended with ${String(code)}: ${errors.join("")}`));
  });
  const take: LspClient["take"] = (fits) => {
    const known = received.find((message) => !taken.has(message) && fits(message));
    if (known) {
      taken.add(known);
      return Promise.resolve(known);
    }
    return new Promise((resolve, reject) => {
      waiting.push({ fits, resolve, reject });
    });
  };
  const ask: LspClient["ask"] = (method, params) => {
    const id = nextId++;
    send({ id, method, ...(params === undefined ? {} : { params }) });
    return { id, answer: take((message) => message.id === id && message.method === undefined) };
  };
  const request = async <Result>(method: string, params?: unknown): Promise<Result> => {
    const { error, result } = await ask(method, params).answer;
    if (error) throw new Error(`${method}: ${error.code} ${error.message}`);
    return result as Result;
  };
  const notify: LspClient["notify"] = (method, params) => send({ method, ...(params === undefined ? {} : { params }) });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const close = async (): Promise<number | null> => {
    await request("shutdown");
    notify("exit");
    return ended;
  };
  const answers: LspClient["answers"] = (method, answer) => void answering.set(method, answer);
  return { process: child, raw, send, notify, request, ask, take, answers, received, ended, close };
}

function readMessages(stream: NodeJS.ReadableStream, onMessage: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  stream.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const headerEnd = buffer.indexOf("\r\n\r\n");
      if (headerEnd === -1) return;
      const [, length] = /Content-Length: (\d+)/i.exec(buffer.toString("latin1", 0, headerEnd)) ?? [];
      if (length === undefined) throw new Error(`no header: ${buffer.toString("utf8", 0, 200)}`);
      const end = headerEnd + 4 + Number(length);
      if (buffer.length < end) return;
      const text = buffer.toString("utf8", headerEnd + 4, end);
      buffer = buffer.subarray(end);
      onMessage(JSON.parse(text) as Message);
    }
  });
}
