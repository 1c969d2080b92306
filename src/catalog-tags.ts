/**
 * Groups of tags in a third of the space, as the published catalog has them. Each tag is written by what it has in
 * common with the one before: how many characters at the start and how many at the end, each as one letter of `COUNTS`,
 * then what stands between. A space ends a tag, a line end ends a group.
 */
const COUNTS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MOST = COUNTS.length - 1;

/** @throws Error for a tag with white space in it, which no registry has */
export function packTags(groups: readonly (readonly string[])[]): string {
  let before = "";
  const pack = (tag: string): string => {
    if (/\s/.test(tag)) throw new Error(`no tag: ${JSON.stringify(tag)}`);
    const shortest = Math.min(tag.length, before.length);
    let start = 0;
    while (start < Math.min(shortest, MOST) && tag[start] === before[start]) start += 1;
    let end = 0;
    while (end < Math.min(shortest - start, MOST) && tag.at(-1 - end) === before.at(-1 - end)) end += 1;
    before = tag;
    return `${COUNTS.charAt(start)}${COUNTS.charAt(end)}${tag.slice(start, tag.length - end)}`;
  };
  return groups.map((group) => group.map(pack).join(" ")).join("\n");
}

/** What `packTags` packed; of any other text some groups of some texts. */
export function unpackTags(text: string): string[][] {
  if (text === "") return [];
  let before = "";
  const unpack = (packed: string): string => {
    const start = COUNTS.indexOf(packed.charAt(0));
    const end = COUNTS.indexOf(packed.charAt(1));
    before = before.slice(0, start) + packed.slice(2) + before.slice(before.length - end);
    return before;
  };
  return text.split("\n").map((group) => group.split(" ").map(unpack));
}
