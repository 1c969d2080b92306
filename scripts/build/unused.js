/** In place of a package that is imported and not used. */
export default {};
