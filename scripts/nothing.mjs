// Stands in for modules that nobody needs.
export {};
