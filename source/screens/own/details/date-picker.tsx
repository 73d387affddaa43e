import { type ReactElement, useMemo } from 'react';
import { Calendar } from '../../../components/calendar/calendar.tsx';
import { useWizard } from '../../frame/wizard-context.tsx';

/** A day from a calendar, UTC. */
export function DatePicker(props: {
  readonly value: string;
  readonly onPick: (day: string) => void;
  readonly onBack: () => void;
}): ReactElement {
  const { services, text, isActive } = useWizard();
  const words = useMemo(() => calendarWords(text.language), [text]);
  return (
    <Calendar
      value={props.value}
      today={new Date(services.now()).toISOString().slice(0, 10)}
      {...words}
      isActive={isActive}
      onPick={props.onPick}
      onBack={props.onBack}
    />
  );
}

/** A week that begins with a Monday, for asking what its days are called. */
const monday = Date.UTC(2026, 0, 5);
const dayMs = 86_400_000;

function calendarWords(locale: string): { weekdays: string[]; monthName: (month: string) => string } {
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return {
    weekdays: Array.from({ length: 7 }, (_, at) => weekday.format(monday + at * dayMs).replace(/^週/, '')),
    monthName: (id) => month.format(Date.parse(`${id}-01T00:00:00Z`)),
  };
}
