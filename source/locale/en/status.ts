/** What `ferry status` says. */
export const status = {
  'status.length.minutes': '{minutes} min',
  'status.length.hours': '{hours} h {minutes} min',
  'status.length.days': '{days} d {hours} h',
};
