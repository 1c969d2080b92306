/** Files that are not worth a word: text that a person wrote, keys, sums. */

const TEXT =
  /\.(?:sh|bash|py|rb|pl|js|txt|md|json|ya?ml|toml|xml|ini|cfg|cnf|conf|env|properties|list|repo|service|asc|sig|gpg|key|pub|crt|cer|pem|md5|sha\d+(?:sums?)?)$|^\.[a-z][\w.-]*$|file$/i;

/** True for a path whose last part names a small text file: `setup.sh`, `.bashrc`, `Caddyfile`. */
export function isSmallFile(path: string): boolean {
  return TEXT.test(path.slice(path.lastIndexOf("/") + 1));
}
