/** Registries of cloud accounts: a name there is some account's own, but does not say whose that account is. */
import type { Reference } from "../facts/reference.js";

/** A host of these forms belongs to one account, which its first label names. */
const HOSTS: readonly RegExp[] = [
  // https://learn.microsoft.com/azure/container-registry/container-registry-endpoint-reference
  /^[^.]+\.(?:[^.]+\.geo\.)?azurecr\.(?:io|cn|us)$/,
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z\d-]+\.(?:amazonaws\.com(?:\.cn)?|on\.(?:aws|amazonwebservices\.com\.cn))$/,
];

/** These are shared: the first folder is the account's (a project, a tenancy, a namespace). */
const SHARED: readonly RegExp[] = [
  // https://cloud.google.com/artifact-registry/docs/docker/names
  /^[a-z\d-]+-docker\.pkg\.dev$/,
  /^(?:(?:us|eu|asia)\.)?gcr\.io$/,
  // https://www.oracle.com/cloud/cloud-native/container-registry/faq/
  /\.ocir\.io$/,
  // https://www.alibabacloud.com/help/en/acr/product-overview/terms
  /\.aliyuncs\.com$/,
  // https://docs.digitalocean.com/products/container-registry/
  /^registry\.digitalocean\.com$/,
];

/** Projects on Google's registries from which the public is served: never a team's own. */
const PUBLIC_PROJECTS: ReadonlySet<string> = new Set([
  "cadvisor",
  "cloud-builders",
  "cloud-marketplace",
  "cloudrun",
  "google-appengine",
  "google-containers",
  "google-samples",
  "google.com",
  "google_containers",
  "kaniko-project",
]);

export interface CloudAccount {
  /** As the name has it: `acme` of `acme.azurecr.io`, the number at Amazon, the project at Google. */
  readonly name: string;
  /** What all its images begin with: `acme.azurecr.io`, `us-docker.pkg.dev/acme`. */
  readonly prefix: string;
}

/** The account that an image belongs to; null for other registries, and for what is known to be made for the public. */
export function cloudAccount({ registry, repository }: Reference): CloudAccount | null {
  if (HOSTS.some((host) => host.test(registry))) return { name: registry.split(".", 1)[0] ?? "", prefix: registry };
  if (!SHARED.some((host) => host.test(registry))) return null;
  const [name = ""] = repository.split("/", 1);
  return PUBLIC_PROJECTS.has(name) ? null : { name, prefix: `${registry}/${name}` };
}

/** Whether a registry has its place above, whoever the account is. */
export function isCloudRegistry(registry: string): boolean {
  return [...HOSTS, ...SHARED].some((host) => host.test(registry));
}
