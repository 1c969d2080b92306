import rule from "../../rules/no-recursive-ownership-layer.js";
import { testRule } from "./rule-test.js";

testRule("no-recursive-ownership-layer", rule, {
  valid: [
    { name: "copied for its owner", code: "FROM node:24.19.0\nCOPY --chown=node . /app\n" },
    {
      name: "chown -R of a home made in the same RUN",
      code: "FROM debian:12.15\nRUN useradd -m app && mkdir /home/app/x && chown -R app:app /home/app\n",
    },
    {
      name: "an empty folder",
      code: "FROM node:24.19.0\nRUN mkdir /data\nWORKDIR /app\nRUN chown -R node /data /app\n",
    },
    {
      name: "a stage that is not exported",
      code: "FROM node:24.19.0 AS build\nCOPY . /app\nRUN chown -R node /app\nFROM scratch\nCOPY --from=build /app /app\n",
    },
    { name: "not recursive", code: "FROM node:24.19.0\nCOPY . /app\nRUN chown node /app && chmod +x /app/run.sh\n" },
    {
      name: "one small file",
      code: "FROM debian:12.15\nCOPY torrc.default /etc/tor/torrc\nRUN chown -R tor /etc/tor\n",
    },
    {
      name: "one settings file without an ending",
      code: "FROM debian:12.15\nADD Caddyfile /etc/caddy/\nRUN chmod -R 775 /etc/caddy\n",
    },
    { name: "settings", code: "FROM debian:12.15\nCOPY nginx /etc/nginx\nRUN chown -R www-data /etc/nginx\n" },
    {
      name: "certificates",
      code: "FROM debian:12.15\nCOPY --from=certs:1 / /usr/local/share/ca-certificates\nRUN chmod -R o-w /usr/local/share/ca-certificates\n",
    },
    { name: "scripts", code: "FROM debian:12.15\nCOPY *.sh /scripts/\nRUN chmod -R +x /scripts\n" },
    {
      name: "a folder beside the copied one",
      code: "FROM debian:12.15\nCOPY . /app\nRUN chown -R www-data /var/log/app\n",
    },
    {
      name: "a folder below it, which may be empty",
      code: "FROM debian:12.15\nCOPY . /app\nRUN mkdir -p /app/cache && chown -R www-data /app/cache\n",
    },
    { name: "a folder of the base image", code: "FROM debian:12.15\nRUN chown -R www-data /var/www\n" },
    {
      name: "only where a test says so",
      code: 'FROM debian:12.15\nCOPY . /app\nRUN if [ -n "$X" ]; then chown -R 1 /app; fi\n',
    },
    {
      name: "packages installed in a mount",
      code: "FROM node:24.19.0\nWORKDIR /app\nRUN --mount=type=cache,target=/app/node_modules npm ci\nRUN chown -R node /app\n",
    },
    {
      name: "a short script without an ending",
      code: "FROM debian:12.15\nCOPY bin/start /home/start\nRUN chown -R 1001 /home\n",
      files: { "bin/start": "#!/bin/sh\n" },
    },
  ],
  invalid: [
    {
      name: "the application, copied before",
      code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN chown -R node:node /app\nUSER node\n",
      errors: [
        {
          messageId: "copied",
          message:
            "`chown -R node:node /app` writes all that `COPY . .` (line 3) brought into a second layer. Set it while copying: `COPY --chown=…`.",
          line: 4,
          column: 5,
          suggestions: ["FROM node:24.19.0\nWORKDIR /app\nCOPY --chown=node:node . .\nUSER node\n"],
        },
      ],
    },
    {
      name: "a mode",
      code: "FROM debian:12.15\nCOPY --from=busybox:1.38 /bin /tools\nRUN chmod -R 755 /tools\nCMD x\n",
      errors: [
        {
          messageId: "copied",
          suggestions: ["FROM debian:12.15\nCOPY --chmod=755 --from=busybox:1.38 /bin /tools\nCMD x\n"],
        },
      ],
    },
    {
      name: "a user made behind the COPY: no suggestion",
      code: "FROM debian:12.15\nCOPY . /app\nRUN useradd app && chown -R app /app\n",
      errors: [{ messageId: "copied", suggestions: [] }],
    },
    {
      name: "installed dependencies, in the stage that this one is built on",
      code: "FROM node:24.19.0 AS deps\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nFROM deps\nRUN cd / && chown -R node app\n",
      errors: [{ messageId: "installed", message: /all that `RUN npm ci` \(line 4\) installed/ }],
    },
    {
      name: "an archive is not small",
      code: "FROM debian:12.15\nCOPY app.jar /srv/app/\nRUN chgrp -R 0 /srv\n",
      errors: [{ messageId: "copied", suggestions: ["FROM debian:12.15\nCOPY --chown=0:0 app.jar /srv/app/\n"] }],
    },
    {
      name: "a mode of what was installed",
      code: "FROM php:8.5.1\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install\nRUN chmod -R 777 /app\n",
      errors: [{ messageId: "installed", message: /Do it in that RUN\.$/ }],
    },
    {
      name: "a program without an ending is not small",
      code: "FROM debian:12.15\nCOPY bin/server /home/server\nRUN chown -R 1001 /home\n",
      errors: [
        { messageId: "copied", suggestions: ["FROM debian:12.15\nCOPY --chown=1001:0 bin/server /home/server\n"] },
      ],
    },
    {
      name: "a user without a group keeps the group, a colon means the user's own one",
      code: "FROM debian:12.15\nCOPY dist /srv\nRUN chown -R nobody: /srv\n",
      errors: [{ messageId: "copied", suggestions: ["FROM debian:12.15\nCOPY --chown=nobody dist /srv\n"] }],
    },
  ],
});
