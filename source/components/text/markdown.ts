/** A text as Markdown shows it and nothing else: no picture, no link, no heading of somebody's making. */
export const inMarkdown = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>#|!]/g, '\\$&');
