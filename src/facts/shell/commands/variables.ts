/** Environment variables that commands depend on. */
import { allNamesBut, names, type NameSet } from "../../effects/names.js";

/** What any program looks at. */
const COMMON = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LD_*",
  "*_proxy",
  "LANG",
  "LANGUAGE",
  "LC_*",
  "TZ",
  "TMPDIR",
  "SSL_*",
  "SOURCE_DATE_EPOCH",
];

/** The common file commands: only what decides which program runs, how names sort and which time is written. */
export const FILE_VARIABLES: NameSet = names(
  "PATH",
  "HOME",
  "LD_*",
  "LANG",
  "LC_*",
  "TZ",
  "POSIXLY_CORRECT",
  "BASH_ENV",
  "ENV",
  "IFS",
);

/** Package managers of the system, and the scripts that packages bring for their installation. */
export const SYSTEM_PACKAGE_VARIABLES: NameSet = names(
  ...COMMON,
  ...[
    "DEBIAN_*",
    "DEBCONF_*",
    "DPKG_*",
    "APT_*",
    "UCF_*",
    "NEEDRESTART_*",
    "POLICYRCD",
    "RUNLEVEL",
    "ACCEPT_EULA",
    "JAVA_HOME",
  ],
  ...["PYTHON*", "PERL*", "APK_*", "DNF_*", "YUM_*", "ZYPP_*", "RPM_*", "BASH_ENV", "ENV", "KERNEL_*"],
);

/** Downloads and version control. */
export const NETWORK_VARIABLES: NameSet = names(
  ...COMMON,
  ...[
    "CURL_*",
    "WGETRC",
    "NETRC",
    "BASH_ENV",
    "ENV",
    "GNUPGHOME",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_SSH*",
    "GIT_CONFIG*",
    "GIT_SSL_*",
  ],
  ...[
    "GIT_ASKPASS",
    "GIT_TERMINAL_PROMPT",
    "GIT_HTTP_*",
    "GIT_PROXY_*",
    "GIT_TRACE*",
    "GIT_TEMPLATE_DIR",
    "GIT_EXEC_PATH",
    "GIT_LFS_*",
  ],
  ...[
    "GIT_AUTHOR_*",
    "GIT_COMMITTER_*",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "SSH_*",
    "TAR_OPTIONS",
    "GZIP",
    "XZ_*",
  ],
);

/**
 * Names that say which build this is. No package that is installed reads them: they are this project's own.
 * `VERSION` is not among them, since setup scripts do read it.
 */
export const BUILD_METADATA = [
  ...[
    "GIT_SHA",
    "GIT_COMMIT",
    "GIT_COMMIT_*",
    "GIT_HASH",
    "GIT_REV",
    "GIT_REVISION",
    "GIT_REF",
    "GIT_BRANCH",
    "GIT_TAG",
  ],
  ...[
    "VCS_REF",
    "VCS_URL",
    "VCS_BRANCH",
    "COMMIT",
    "COMMIT_SHA",
    "COMMIT_HASH",
    "COMMIT_REF",
    "SOURCE_COMMIT",
    "REVISION",
  ],
  ...[
    "BUILD_DATE",
    "BUILD_TIME",
    "BUILD_TIMESTAMP",
    "BUILDTIME",
    "BUILD_NUMBER",
    "BUILD_ID",
    "BUILD_URL",
    "BUILD_TAG",
    "BUILD_SHA",
    "BUILD_REV",
  ],
  ...["CI_COMMIT_*", "CI_PIPELINE_*", "CI_JOB_*", "GITHUB_SHA", "GITHUB_REF", "GITHUB_RUN_*"],
] as const;

/** Installs that run code which packages bring: it may read any variable but the names of this one build. */
export const SCRIPT_VARIABLES: NameSet = allNamesBut(...BUILD_METADATA);
