/** Which addresses a run may connect to. */
import { BlockList, isIP } from "node:net";

/**
 * How far an address reaches: `forbidden` ones (link-local, cloud metadata, multicast) are contacted only where a
 * policy lists the address itself.
 */
export type Reach = "public" | "private" | "loopback" | "forbidden";

type Range = readonly [network: string, prefix: number];

/** RFC 3927, RFC 4291; metadata services of AWS, Alibaba Cloud, Azure and Oracle Cloud that are not link-local. */
const FORBIDDEN: readonly Range[] = [
  ["169.254.0.0", 16],
  ["100.100.100.200", 32],
  ["168.63.129.16", 32],
  ["192.0.0.192", 32],
  ["224.0.0.0", 3],
  ["fe80::", 10],
  ["fd00:ec2::254", 128],
  ["ff00::", 8],
];

/** 0.0.0.0 and :: reach this machine, too. */
const LOOPBACK: readonly Range[] = [
  ["127.0.0.0", 8],
  ["0.0.0.0", 8],
  ["::", 127],
];

/** IANA's special-purpose registries: private, shared, benchmarking, unique local, site local. */
const PRIVATE: readonly Range[] = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["192.0.0.0", 24],
  ["198.18.0.0", 15],
  ["fc00::", 7],
  ["fec0::", 10],
];

const LISTS = (
  [
    ["forbidden", FORBIDDEN],
    ["loopback", LOOPBACK],
    ["private", PRIVATE],
  ] as const
).map(([reach, ranges]) => ({ reach, list: listOf(ranges) }));

/** `address`: IPv4 or IPv6 without brackets; anything else is forbidden. */
export function reachOf(address: string): Reach {
  const family = isIP(address);
  if (family === 0) return "forbidden";
  const type = family === 4 ? "ipv4" : "ipv6";
  return LISTS.find(({ list }) => list.check(address, type))?.reach ?? "public";
}

function listOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) {
    if (network.includes(":")) {
      list.addSubnet(network, prefix, "ipv6");
      continue;
    }
    // BlockList itself sees that ::ffff:10.0.0.1 is 10.0.0.1; addresses behind NAT64 (RFC 6052) it does not.
    list.addSubnet(network, prefix, "ipv4");
    list.addSubnet(`64:ff9b::${network}`, 96 + prefix, "ipv6");
  }
  return list;
}
