/**
 * A member that a record has of its own. Names that come from elsewhere (params of a spec, ids of segments)
 * may be `constructor` or `toString`, and every plain object seems to have those.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
