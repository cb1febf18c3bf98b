/**
 * Text that Terraform must take as it stands. Every string of a configuration is a template to Terraform, so `${` and
 * `%{` of other languages (Velocity, regular expressions) would be read as its own.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export const literal = (text: string): string => text.replace(/[$%]\{/g, (start) => start.charAt(0) + start);
