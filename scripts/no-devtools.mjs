// Stands in for the file with which Ink looks for React's developer tools.
export {};
