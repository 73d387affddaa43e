import { describe, expect, it } from 'vitest';
import { eager } from '../../scripts/eager.ts';

const told = `
const before = told(1);
function told(count, more = () => [count]) { return describe('told', more()); }
async function* waited() { yield* [1, 2]; }
function describe(name, list) { function inner() { return name; } return inner() + list.map(one => other => one + other)[0](1); }
class Person { constructor() { this.name = 'Ada'; } get first() { return this.name; } static made = () => new Person(); }
const held = { plain: function () { return 1; }, short() { return 2; }, get got() { return 3; }, async later() { return 4; }, arrow: async () => 5 };
const { picked = () => 6 } = {};
export { told, waited };
export const all = [before, told.name, told.length, waited.name, Person.made().first, held.plain(), held.short(), held.got,
  await held.later(), await held.arrow(), picked(), await Array.fromAsync(waited())];
`;

const loaded = async (module: string): Promise<{ all: unknown }> =>
  (await import(`data:text/javascript,${encodeURIComponent(module)}`)) as { all: unknown };

describe('a module whose functions are compiled as it is read', () => {
  it('says and does what it did', async () => {
    const { all } = await loaded(told);
    expect(all).toEqual(['told2', 'told', 1, 'waited', 'Ada', 1, 2, 3, 4, 5, 6, [1, 2]]);
    expect((await loaded(eager(told))).all).toEqual(all);
  });

  it.each([
    ['let x=a=>b=>a+b;', 'let x=(a=>(b=>a+b));'],
    ['f(function(){return 1});', 'f((function(){return 1}));'],
    ['g();function g(a){return()=>a}', 'var g=(function (a){return(()=>a)});g();'],
    ['function a(){}async function*b(){}', 'var a=(function (){});var b=(async function*(){});'],
    ['class A{m(){return 1}}', 'class A{m(){return 1}}'],
    ['let o={m(){},get g(){return 1},f:()=>1};', 'let o={m(){},get g(){return 1},f:(()=>1)};'],
  ])('puts functions into brackets: %s', (module, bracketed) => {
    expect(eager(module)).toBe(bracketed);
  });
});
