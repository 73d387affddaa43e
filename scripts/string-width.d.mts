export declare const oneCell: RegExp;
export default function stringWidth(text: string, options?: object): number;
