/** Longest name and description, UTF-16 units; not documented, so we stay careful. @see flow-service.md, section 6 */
export const longestText = 255;
