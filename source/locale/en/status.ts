/** What `ferry status` says. */
export const status = {
  'status.length.minutes': '{minutes} min',
  'status.length.hours': '{hours} h {minutes} min',
  'status.length.days': '{days} d {hours} h',
  'status.clock.behind': 'The clock of this machine is {length} behind the platform, whose time counts.',
  'status.clock.ahead': 'The clock of this machine is {length} ahead of the platform, whose time counts.',
};
