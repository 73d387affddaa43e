/** Whose package has no file with its license: the line of its README or of its sources. */
const copyrights = {
  '@nodable/entities': 'Copyright (c) Amit Gupta (https://solothought.com)',
  'pg-types': 'Copyright (c) 2014 Brian M. Carlson',
  pgpass: 'Copyright (c) 2013-2016 Hannes Hörl',
  rfc6902: 'Copyright 2014-2021 Christopher Brown.',
  'yoga-layout': 'Copyright (c) Meta Platforms, Inc. and affiliates.',
};

/**
 * What the licenses of bundled packages ask for: their words go along.
 *
 * @param {readonly import('rolldown-license-plugin').LicenseInfo[]} packages
 * @returns The text of dist/THIRD-PARTY-LICENSES.
 * @throws Error for a package that neither brings a license nor is known to have one.
 */
export function licensesText(packages) {
  const permission = packages
    .find(({ name }) => name === 'react')
    ?.licenseText.replace(/^.*?(?=Permission is hereby granted)/s, '');
  const blocks = packages.map(({ name, version, license, licenseText }) => {
    const own = copyrights[/** @type {keyof typeof copyrights} */ (name)];
    const text = own && license === 'MIT' && permission ? `${own}\n\n${permission}` : licenseText;
    if (text.trim() === '') throw new Error(`${name} ${version} (${license}) has no license text`);
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return blocks.join(`\n${'-'.repeat(80)}\n\n`);
}
