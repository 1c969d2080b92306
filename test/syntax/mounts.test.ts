import { describe, expect, it } from "vitest";
import { mountFields, mountRefusal } from "../../src/syntax/mounts.js";
import { file, flagValue } from "./show.js";

const run = (mount: string): string => `RUN --mount=${mount} x`;

describe("the fields of RUN --mount", () => {
  it.each([
    ["type=cache,target=/a", ["type=cache", "target=/a"]],
    ["TYPE=cache,Target=/a", ["type=cache", "target=/a"]],
    ["type=bind,ro", ["type=bind", "ro"]],
    ["target=", ["target="]],
    ["id=a=b", ["id=a=b"]],
    ["a,,b", ["a", "", "b"]],
    [`'"target=/a,b",ro'`, ["target=/a,b", "ro"]],
    [`'"target=/a""b"'`, ['target=/a"b']],
  ])("%s", (mount, expected) => {
    const fields = mountFields(flagValue(run(mount)));
    expect(fields.map(({ key, value }) => (value === null ? key : `${key}=${value}`))).toEqual(expected);
  });

  it("stand where they are written: the value of from= has its exact place", () => {
    const text = `RUN --mount=type=bind,from=golang:1.27,target=/x \\⏎ --mount="type=cache",fr\\⏎om=b\\⏎c x`;
    const found = flagValue(text);
    const [, from] = mountFields(found);
    expect(file(text).slice(...from!.valueRange)).toBe("golang:1.27");
    expect(file(text).slice(...from!.range)).toBe("from=golang:1.27");
  });

  it("so it has with CSV quotes, shell quotes and a continuation around it", () => {
    const text = `RUN --mount='type=bind,"from=a"' x`;
    const [, from] = mountFields(flagValue(text));
    expect(text.slice(...from!.valueRange)).toBe("a");
    const broken = "RUN --mount=type=bind,from=a\\⏎b x";
    const [, other] = mountFields(flagValue(broken));
    expect(other).toMatchObject({ value: "ab" });
    expect(file(broken).slice(...other!.valueRange)).toBe("a\\\nb");
  });

  it("an empty value stands at the end of its field", () => {
    const text = "RUN --mount=from=,ro x";
    const [from] = mountFields(flagValue(text));
    expect(from).toMatchObject({ key: "from", value: "", valueRange: [17, 17] });
  });
});

describe("a mount is taken", () => {
  it.each([
    "type=bind,from=a,source=/x,target=/y",
    "type=cache,target=/x,sharing=locked,id=a,mode=0755,uid=1,gid=1",
    "type=tmpfs,target=/x,size=1g",
    "type=secret,id=a,env=TOKEN,required",
    "type=secret,target=/x,required=true",
    "type=ssh",
    "type=$KIND,required,size=1",
    "target=.",
    "from=a$,target=/x",
    // Refused as an image, by `unresolved-base`.
    "from=$A,target=/x",
    "TYPE=CACHE,target=/x",
  ])("%s", (mount) => {
    expect(mountRefusal(flagValue(run(mount)))).toBeNull();
  });
});

describe("a mount is refused", () => {
  it.each([
    ["form=a", 'unknown key "form", did you mean from?', "form=a"],
    ["target=/x,whatever=1", 'unknown key "whatever"', "whatever=1"],
    ["target", "target needs a value: target=…", "target"],
    ["type=volume", 'unknown mount type "volume"; it is one of bind, cache, tmpfs, secret, ssh', "type=volume"],
    ["type=cache,sharing=all", 'unknown sharing "all"; it is one of shared, private, locked', "sharing=all"],
    ["type=bind,sharing=locked", "sharing is only allowed in a mount of type cache, not bind", "sharing=locked"],
    ["target=/x,required", "required is not allowed in a mount of type bind", "required"],
    ["type=cache,size=1g", "size is not allowed in a mount of type cache", "size=1g"],
    ["target=/x,uid=1", "uid is not allowed in a mount of type bind", "uid=1"],
    ["type=secret,id=a,from=b", "a secret mount has no from", "from=b"],
    ["type=secret,id=a,source=b", "a secret mount has either source or id, not both", "id=a"],
    ["type=secret,required", "a secret mount needs id, source or target", "required"],
    ["type=secret", "a secret mount needs id, source or target", "type=secret"],
    [`'"target=/a'`, 'a `"` is not closed', '"target=/a'],
    [`'target="/a"'`, 'a `"` stands inside a field that does not start with one', 'target="/a"'],
    [`'"target=/a"b'`, 'only a comma can follow the closing `"` of a field', '"target=/a"b'],
  ])("%s", (mount, reason, place) => {
    const text = run(mount);
    const refusal = mountRefusal(flagValue(text));
    expect(refusal?.reason).toBe(reason);
    expect(text.slice(...refusal!.range)).toBe(place);
  });

  it("an empty one", () => {
    expect(mountRefusal(flagValue("RUN --mount= x"))?.reason).toBe("the mount is empty");
  });
});
