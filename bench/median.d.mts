export declare function median(numbers: readonly number[]): number;
export declare function setting(): string;
