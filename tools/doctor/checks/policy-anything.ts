/** A role that may do anything, to see what another policy makes of it. */
export const anything = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
