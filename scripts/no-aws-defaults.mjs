// In the place of what looks for credentials in files, variables and on other servers: a plan says which are meant.
export const defaultProvider = () => () => {
  throw new Error('no credentials but those of the plan');
};
