import rule from "../../rules/metadata-before-build-step.js";
import { testRule } from "./rule-test.js";

const INSTALL = "RUN apt-get update && apt-get install -y curl\n";

testRule("metadata-before-build-step", rule, {
  valid: [
    { name: "BuildKit: never", code: `FROM debian:12.15\nLABEL a=b\nEXPOSE 80\nCMD ["x"]\n${INSTALL}` },
    { name: "metadata last", code: `FROM debian:12.15\n${INSTALL}LABEL a=b\n`, policy: { builder: "kaniko" } },
    {
      name: "only cheap steps below",
      code: "FROM debian:12.15\nLABEL a=b\nRUN mkdir /a\n",
      policy: { builder: "buildah" },
    },
    {
      name: "the RUN stands in another stage",
      code: `FROM debian:12.15 AS a\nLABEL a=b\nFROM debian:12.15\n${INSTALL}`,
      policy: { builder: "legacy" },
    },
  ],
  invalid: [
    {
      name: "kaniko, all of it moved down in its order",
      code: `FROM debian:12.15\nLABEL a=b\nEXPOSE 80\nCMD ["x"]\n${INSTALL}COPY . /app\n`,
      policy: { builder: "kaniko" },
      errors: [
        {
          messageId: "early",
          message:
            "In kaniko any change of this LABEL re-runs `apt-get update` (line 5), which does not need it. Put it below that.",
          line: 2,
        },
        { messageId: "early", line: 3 },
        { messageId: "early", line: 4 },
      ],
      output: `FROM debian:12.15\n${INSTALL}LABEL a=b\nEXPOSE 80\nCMD ["x"]\nCOPY . /app\n`,
    },
    {
      name: "the legacy builder; a SHELL between decides what CMD means",
      code: `FROM debian:12.15\nCMD x\nSHELL ["/bin/bash", "-c"]\n${INSTALL}`,
      policy: { builder: "legacy" },
      errors: [{ messageId: "early", message: /^In the legacy builder / }],
    },
  ],
});
