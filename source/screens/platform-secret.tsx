import { type ReactElement, useMemo } from 'react';
import { Form } from '../components/form/form.tsx';
import { useFormTexts } from './list-texts.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** The client secret of a profile that keeps none. It goes to the client and is kept nowhere else. */
export function PlatformSecretScreen(): ReactElement {
  const { send, services, text, isActive, height, width } = useWizard();
  const texts = useFormTexts();
  const keys = usePageKeys(['continue', 'back', 'help']);
  const fields = useMemo(
    () => [{ name: 'secret', label: text('platform.secret'), kind: 'secret' as const, required: true }],
    [text],
  );
  return (
    <Page
      question={text('question.platformSecret', { profile: services.organisation.profile ?? '' })}
      next={text('page.sandbox')}
      keys={keys}
    >
      <Form
        fields={fields}
        texts={texts}
        height={height}
        width={width}
        isActive={isActive}
        onBack={() => send({ type: 'wentBack' })}
        onSubmit={({ secret = '' }) => {
          services.giveSecret(secret);
          send({ type: 'answered', answer: { of: 'platformSecret' } });
        }}
      />
    </Page>
  );
}
