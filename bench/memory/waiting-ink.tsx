import { render, Text, useInput } from 'ink';

/** What every Ink program carries: React, the layout engine, and a keyboard that is listened to. */
function Waiting() {
  useInput(() => undefined);
  return <Text>hello from ink</Text>;
}

render(<Waiting />);
