import rule from "../../rules/require-dockerignore.js";
import { testRule } from "./rule-test.js";

testRule("require-dockerignore", rule, {
  valid: [
    { name: "an ignore file", code: "FROM a\nCOPY . .\n", files: { "main.js": "", ".dockerignore": "" } },
    {
      name: "one for this Dockerfile",
      code: "FROM a\nCOPY . .\n",
      files: { "main.js": "", "Dockerfile.dockerignore": "" },
    },
    { name: "an unknown context", code: "FROM a\nCOPY . .\n" },
    { name: "a folder alone", code: "FROM a\nCOPY src /src\n", files: { "src/main.js": "" } },
    { name: "the whole of another stage", code: "FROM a AS x\nFROM b\nCOPY --from=x . .\n", files: { "main.js": "" } },
  ],
  invalid: [
    {
      name: "what should not be there is named",
      code: "FROM a\nCOPY . /app\n",
      files: { "main.js": "", ".git/HEAD": "", ".env": "", Dockerfile: "", "README.md": "" },
      errors: [
        {
          messageId: "unwanted",
          message:
            "`COPY . /app` takes the whole build context, also .env, .git and Dockerfile, and there is no .dockerignore. " +
            "Write one that leaves them out.",
          line: 2,
        },
      ],
    },
    {
      name: "nothing to be left out yet",
      code: "FROM a\nADD ./ /app/\n",
      files: { "main.js": "" },
      errors: [{ messageId: "none" }],
    },
    {
      name: "once a file",
      code: "FROM a AS x\nCOPY . .\nFROM b\nCOPY . .\n",
      files: { "main.js": "" },
      errors: [{ messageId: "none", line: 2 }],
    },
  ],
});
