import { render, Text } from 'ink';

render(<Text>hello from ink</Text>);
