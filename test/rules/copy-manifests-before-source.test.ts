import rule from "../../rules/copy-manifests-before-source.js";
import { testRule } from "./rule-test.js";

const NODE = "FROM node:24.19.0\nWORKDIR /app\n";
const NPM = {
  "package.json": '{ "dependencies": { "express": "5.2.1" } }',
  "package-lock.json": "{}",
  "server.js": "",
};
const packageJson = (json: object, more: Readonly<Record<string, string>> = {}) => ({
  ...NPM,
  ...more,
  "package.json": JSON.stringify(json),
});

const DOTNET = "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\n";

testRule("copy-manifests-before-source", rule, {
  valid: [
    { name: "manifests, install, source", code: `${NODE}COPY package*.json ./\nRUN npm ci\nCOPY . .\n` },
    {
      name: "packages named on the command line",
      code: "FROM python:3.14.2\nCOPY . /app\nRUN pip install flask==3.1.2\n",
    },
    { name: "a tool for all projects", code: `${NODE}COPY . .\nRUN npm install -g serve\n` },
    {
      name: "a Go tool by version",
      code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY . .\nRUN go install example.com/x@v1.2.3\n",
    },
    { name: "the project itself", code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN pip install .\n" },
    {
      name: "the project itself, to be edited",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN pip install -e .\n",
    },
    {
      name: "manifests by bind mount",
      code: `${NODE}COPY . .\nRUN --mount=type=bind,source=package.json,target=package.json npm ci\n`,
    },
    { name: "an earlier install", code: `${NODE}COPY package.json ./\nRUN npm ci\nCOPY . .\nRUN npm ci --omit=dev\n` },
    {
      name: "an earlier install in the stage below",
      code: `FROM node:24.19.0 AS base\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nFROM base\nCOPY . .\nRUN npm install\n`,
    },
    {
      name: "an earlier install of the same family",
      code: `${NODE}COPY package.json ./\nRUN npm ci\nCOPY . .\nRUN yarn install\n`,
    },
    { name: "a manifest made in the image", code: `${NODE}COPY . .\nRUN npm init -y && npm install\n` },
    {
      name: "a project that is cloned",
      code: "FROM node:24.19.0\nCOPY . /x\nRUN git clone https://example.com/a /app\nWORKDIR /app\nRUN npm ci\n",
    },
    {
      name: "source from another stage",
      code: `FROM alpine:3.24.1 AS src\nFROM node:24.19.0\nWORKDIR /app\nCOPY --from=src /src .\nRUN npm ci\n`,
    },
    { name: "settings only", code: `${NODE}COPY nginx.conf /etc/nginx/\nCOPY package*.json ./\nRUN npm ci\n` },
    {
      name: "an entrypoint without an extension",
      code: `${NODE}COPY entrypoint /usr/local/bin/\nCOPY package*.json ./\nRUN npm ci\n`,
    },
    { name: "an archive", code: `${NODE}COPY fonts.tar.gz /tmp/\nCOPY package*.json ./\nRUN npm ci\n` },
    {
      name: "manifests of another ecosystem",
      code: `${NODE}COPY requirements.txt package.json ./\nRUN npm ci\nRUN pip install -r requirements.txt\n`,
    },
    {
      name: "requirements in a folder of their own",
      code: "FROM python:3.14.2\nCOPY deploy/reqs.txt /tmp/\nRUN pip install -r /tmp/reqs.txt\n",
    },
    {
      name: "a part of the source before the install, perhaps for a reason",
      code: `${NODE}COPY package*.json ./\nCOPY prisma ./prisma\nRUN npm ci\n`,
    },
    {
      name: "a part of the source that a package looks for",
      code: `${NODE}COPY package*.json ./\nCOPY prisma ./prisma\nRUN npm ci\n`,
      files: packageJson({ dependencies: { "@prisma/client": "6.19.0" } }, { "prisma/schema.prisma": "" }),
    },
    {
      name: "a version file for the gemspec",
      code: "FROM ruby:3.4.7\nWORKDIR /app\nCOPY Gemfile* x.gemspec ./\nCOPY lib/x/version.rb lib/x/\nRUN bundle install\n",
    },
    { name: "offline", code: `${NODE}COPY . .\nRUN npm ci --offline\n` },
    {
      name: "another folder than the source's, whose manifest is nowhere",
      code: "FROM node:24.19.0\nCOPY . /src\nWORKDIR /app\nRUN npm ci\n",
    },
    {
      name: "an unknown step between, which may need the source",
      code: `${NODE}COPY . .\nRUN ./prepare.sh\nRUN npm ci\n`,
    },
    { name: "a build of the project before it", code: `${NODE}COPY . .\nRUN make manifests && npm ci\n` },
    {
      name: "PowerShell",
      code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["powershell"]\nCOPY . .\nRUN npm ci\n',
    },
    { name: "no manifest in the build context", code: `${NODE}COPY . .\nRUN npm ci\n`, files: { "server.js": "" } },
    {
      name: "a script of the project runs with the install",
      code: `${NODE}COPY . .\nRUN npm ci\n`,
      files: packageJson({ scripts: { postinstall: "node icons.js" } }),
    },
    { name: "workspaces", code: `${NODE}COPY . .\nRUN npm ci\n`, files: packageJson({ workspaces: ["packages/*"] }) },
    {
      name: "a local package",
      code: `${NODE}COPY . .\nRUN npm ci\n`,
      files: packageJson({ dependencies: { a: "file:./a" } }),
    },
    { name: "patches", code: `${NODE}COPY . .\nRUN npm ci\n`, files: { ...NPM, "patches/a.patch": "" } },
    { name: "native code", code: `${NODE}COPY . .\nRUN npm ci\n`, files: { ...NPM, "binding.gyp": "{}" } },
    {
      name: "a replaced module",
      code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY . .\nRUN go mod download\n",
      files: { "go.mod": "module x\nreplace example.com/y => ./y\n", "go.sum": "" },
    },
    {
      name: "vendored modules",
      code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY . .\nRUN go mod download\n",
      files: { "go.mod": "module x\n", "vendor/modules.txt": "" },
    },
    {
      name: "requirements that name the project",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n",
      files: { "requirements.txt": "flask\n-e .\n" },
    },
    {
      name: "a gem of the project",
      code: "FROM ruby:3.4.7\nWORKDIR /app\nCOPY . .\nRUN bundle install\n",
      files: { Gemfile: "gemspec\n", "x.gemspec": "" },
    },
    { name: "what ONBUILD brings", code: `${NODE}ONBUILD COPY . .\nONBUILD RUN npm ci\n` },
    {
      name: ".editorconfig and files of MSBuild are no source",
      code:
        "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY .editorconfig ./\nCOPY src/Packages.props ./\n" +
        "COPY src/App/App.csproj App/\nRUN dotnet restore App/App.csproj\nCOPY src .\nRUN dotnet publish App --no-restore\n",
    },
    {
      name: "one of several packages is built: the manifests of all of them are read, and the context is further up",
      code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN yarn\nRUN yarn workspace @shop/web build\n",
      files: { "package.json": "{}" },
    },
    {
      name: "the same with npm, of which no file is known",
      code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build --workspace=web\n",
    },
  ],
  invalid: [
    {
      name: "manifests in a folder below are not those of the install",
      code: `${NODE}COPY package.json package-lock.json ./web/\nCOPY . .\nRUN npm ci\n`,
      errors: [
        {
          messageId: "source",
          suggestions: [
            `${NODE}COPY package.json package-lock.json ./web/\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n`,
          ],
        },
      ],
    },
    {
      name: "nor are those in a folder above",
      code: "FROM node:24.19.0\nCOPY package.json /app/\nWORKDIR /app/web\nCOPY . .\nRUN npm ci\n",
      errors: [
        {
          messageId: "source",
          suggestions: [
            "FROM node:24.19.0\nCOPY package.json /app/\nWORKDIR /app/web\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n",
          ],
        },
      ],
    },
    {
      name: "the lockfile alone is no manifest",
      code: `${NODE}COPY package-lock.json ./\nCOPY . .\nRUN npm ci\n`,
      errors: [
        {
          messageId: "source",
          suggestions: [`${NODE}COPY package-lock.json ./\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n`],
        },
      ],
    },
    {
      name: ".NET: a project file where the command looks for it",
      code: `${DOTNET}COPY src/App/App.csproj src/App/\nCOPY . .\nRUN dotnet restore src/App/App.csproj\n`,
      errors: [
        {
          messageId: "order",
          suggestions: [`${DOTNET}COPY src/App/App.csproj src/App/\nRUN dotnet restore src/App/App.csproj\nCOPY . .\n`],
        },
      ],
    },
    {
      name: ".NET: one in another folder, so that nothing is offered",
      code: `${DOTNET}COPY src/Lib/Lib.csproj src/Lib/\nCOPY . .\nRUN dotnet restore src/App/App.csproj\n`,
      errors: [{ messageId: "source", suggestions: [] }],
    },
    {
      name: "npm: the manifests first, as a suggestion",
      code: `${NODE}COPY . .\nRUN npm ci\n`,
      errors: [
        {
          messageId: "source",
          message:
            "Any edit under `COPY . .` (line 3) re-runs `npm ci`. Copy only package.json and package-lock.json first, install, then copy the rest.",
          line: 4,
          column: 5,
          endColumn: 11,
          suggestions: [`${NODE}COPY package*.json ./\nRUN npm ci\nCOPY . .\n`],
        },
      ],
    },
    {
      name: "npm, with the project's files: the same image, so it is fixed",
      code: `${NODE}COPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n`,
      files: NPM,
      errors: [{ messageId: "source" }],
      output: `${NODE}COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "server.js"]\n`,
    },
    {
      name: "scripts that are not run",
      code: `${NODE}COPY . .\nRUN npm ci --ignore-scripts\n`,
      files: packageJson({ scripts: { postinstall: "node icons.js" } }),
      errors: [{ messageId: "source" }],
      output: `${NODE}COPY package.json package-lock.json ./\nRUN npm ci --ignore-scripts\nCOPY . .\n`,
    },
    {
      name: "settings of npm come along",
      code: `${NODE}COPY . .\nRUN npm ci\n`,
      files: { ...NPM, ".npmrc": "" },
      errors: [{ messageId: "source", message: /Copy only package\.json, package-lock\.json and \.npmrc first/ }],
      output: `${NODE}COPY package.json package-lock.json .npmrc ./\nRUN npm ci\nCOPY . .\n`,
    },
    {
      name: "modules in the build context would come on top: only a suggestion",
      code: `${NODE}COPY . .\nRUN npm ci\n`,
      files: { ...NPM, "node_modules/a/index.js": "" },
      errors: [
        { messageId: "source", suggestions: [`${NODE}COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n`] },
      ],
    },
    {
      name: "but not where they are ignored",
      code: `${NODE}COPY . .\nRUN npm ci\n`,
      files: { ...NPM, "node_modules/a/index.js": "", ".dockerignore": "node_modules\n" },
      errors: [{ messageId: "source" }],
      output: `${NODE}COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n`,
    },
    {
      name: "an install that changes the lockfile: only a suggestion",
      code: `${NODE}COPY . .\nRUN npm install\n`,
      files: NPM,
      errors: [
        {
          messageId: "source",
          suggestions: [`${NODE}COPY package.json package-lock.json ./\nRUN npm install\nCOPY . .\n`],
        },
      ],
    },
    {
      name: "the owner, comments and Windows line ends stay",
      code: "FROM node:24.19.0\r\nWORKDIR /app\r\n# everything\r\nCOPY --chown=node . .\r\n\r\n# packages\r\nRUN npm ci\r\n",
      files: NPM,
      errors: [{ messageId: "source", line: 7 }],
      output:
        "FROM node:24.19.0\r\nWORKDIR /app\r\nCOPY --chown=node package.json package-lock.json ./\r\n# packages\r\nRUN npm ci\r\n\r\n# everything\r\nCOPY --chown=node . .\r\n",
    },
    {
      name: "manifests with a COPY of their own: move the source",
      code: `${NODE}COPY package*.json ./\nCOPY . .\nRUN npm ci\n`,
      errors: [
        {
          messageId: "order",
          message: /Move that copy below it\.$/,
          suggestions: [`${NODE}COPY package*.json ./\nRUN npm ci\nCOPY . .\n`],
        },
      ],
    },
    {
      name: "a folder of source beside the manifests, which the install does not need",
      code: `${NODE}COPY package*.json ./\nCOPY src ./src\nRUN npm ci\n`,
      files: { ...NPM, "src/main.js": "" },
      errors: [{ messageId: "order", suggestions: [`${NODE}COPY package*.json ./\nRUN npm ci\nCOPY src ./src\n`] }],
    },
    {
      name: "manifests with a COPY of their own, but a setting comes with the source: nothing to move",
      code: `${NODE}COPY package*.json ./\nCOPY . .\nRUN npm ci\n`,
      files: { ...NPM, ".npmrc": "" },
      errors: [{ messageId: "order", suggestions: [] }],
    },
    {
      name: "manifests with a COPY of their own, with the project's files: the source is moved",
      code: `${NODE}COPY package*.json ./\nCOPY . .\nRUN npm ci\n`,
      files: NPM,
      errors: [{ messageId: "order" }],
      output: `${NODE}COPY package*.json ./\nRUN npm ci\nCOPY . .\n`,
    },
    {
      name: "requirements in a folder, to be copied to that folder",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN pip install -r api/requirements.txt\n",
      errors: [{ messageId: "source", message: /Copy only api\/requirements\.txt first/, suggestions: [] }],
    },
    {
      name: "pip",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\n",
      errors: [
        {
          messageId: "source",
          message: /Copy only requirements\.txt first/,
          suggestions: [
            "FROM python:3.14.2\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\n",
          ],
        },
      ],
    },
    {
      name: "pip, with requirements that name others",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n",
      files: { "requirements.txt": "-r base.txt\nflask\n", "base.txt": "idna\n", "main.py": "" },
      errors: [{ messageId: "source", message: /Copy only base\.txt and requirements\.txt first/ }],
      output:
        "FROM python:3.14.2\nWORKDIR /app\nCOPY base.txt requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\n",
    },
    {
      name: "a virtual environment between, whose variables the copy does not use",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN python -m venv /venv\nRUN pip install -r requirements.txt\n",
      errors: [{ messageId: "source", suggestions: [] }],
    },
    {
      name: "Go",
      code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go build ./...\n",
      files: { "go.mod": "module x\n", "go.sum": "", "main.go": "" },
      errors: [{ messageId: "source" }],
      output:
        "FROM golang:1.27.0\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build ./...\n",
    },
    {
      name: "a part of the context, to another place",
      code: "FROM node:24.19.0\nCOPY web /app\nWORKDIR /app\nRUN npm ci\n",
      errors: [
        {
          messageId: "source",
          suggestions: ["FROM node:24.19.0\nWORKDIR /app\nCOPY web/package*.json ./\nRUN npm ci\nCOPY web /app\n"],
        },
      ],
    },
    {
      name: "without a WORKDIR",
      code: "FROM node:24.19.0\nCOPY . .\nRUN npm ci\n",
      errors: [
        { messageId: "source", suggestions: ["FROM node:24.19.0\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n"] },
      ],
    },
    {
      name: "a build in the same RUN: nothing to move",
      code: `${NODE}COPY . .\nRUN npm ci && npm run build\n`,
      errors: [{ messageId: "source", column: 5, endColumn: 11, suggestions: [] }],
    },
    {
      name: "poetry installs the project, too",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN poetry install\n",
      errors: [
        {
          messageId: "split",
          message: /Copy pyproject\.toml and poetry\.lock, install with `--no-root`, copy the rest/,
        },
      ],
    },
    {
      name: "settings of the package manager between",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN pip install poetry==2.2.1\nRUN poetry config virtualenvs.create false && poetry install\n",
      errors: [{ messageId: "split", line: 5, column: 47 }],
    },
    {
      name: "composer",
      code: "FROM php:8.5.0\nWORKDIR /app\nCOPY . .\nRUN composer install --no-dev\n",
      errors: [{ messageId: "split", message: /composer dump-autoload/ }],
    },
    {
      name: ".NET: which project files there are does not tell from the Dockerfile",
      code: "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN dotnet restore\n",
      errors: [{ messageId: "source", message: /Copy only the project files first/, suggestions: [] }],
    },
    {
      name: "source in the stage below",
      code: "FROM node:24.19.0 AS base\nWORKDIR /app\nCOPY . .\nFROM base\nRUN npm ci\n",
      errors: [{ messageId: "source", line: 5, suggestions: [] }],
    },
    {
      name: "a heredoc",
      code: `${NODE}COPY . .\nRUN <<EOF\nnpm ci\nEOF\n`,
      errors: [
        {
          messageId: "source",
          line: 5,
          suggestions: [`${NODE}COPY package*.json ./\nRUN <<EOF\nnpm ci\nEOF\nCOPY . .\n`],
        },
      ],
    },
    {
      name: "several copies of source between the manifests and the install",
      code: "FROM ruby:3.4.7\nWORKDIR /app\nCOPY app app\nCOPY lib lib\nCOPY config config\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\n",
      files: { Gemfile: "", "Gemfile.lock": "", "app/a.rb": "", "lib/b.rb": "", "config/c.rb": "" },
      errors: [
        {
          messageId: "order",
          message: /under `COPY app app` \(line 3\).* Move that copy below it, and lines 4 and 5\.$/,
        },
      ],
    },
    {
      name: "a link to the project's own programs in the same RUN needs the source: no suggestion",
      code: "FROM node:24.19.0\nWORKDIR /app\nCOPY cli /app/cli\nRUN cd cli && npm ci && npm i -g .\n",
      files: { "cli/package.json": "{}", "cli/package-lock.json": "{}", "cli/main.js": "" },
      errors: [{ messageId: "source", suggestions: [] }],
    },
  ],
});
