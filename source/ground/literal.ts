/** What a pattern has to say to mean this text and nothing else, with the flag `u` or without. */
export const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
