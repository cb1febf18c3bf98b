/**
 * One thing that is not deployed as it was synthesized, or does not work: what it is, what is seen of it from outside,
 * and what mends it.
 */
export interface Finding {
  /** For scripts: the same defect has the same code in every stack, such as `integration-template`. */
  readonly code: string;
  /** `error`: messages are refused, lost or wait because of it. `warning`: it differs, and nobody notices yet. */
  readonly severity: 'error' | 'warning';
  /** Where it is configured: `<stack>: <type>.<name>`. */
  readonly at: string;
  /** What it is about, in AWS's words with its name: `queue dev-delivery-results`. */
  readonly subject: string;
  /** What is wrong with it, one line that goes on from the subject: `its policy does not let role/x send`. */
  readonly problem: string;
  /** What was synthesized and what is deployed, each as text; absent where the problem says it all. */
  readonly synthesized?: string | undefined;
  readonly deployed?: string | undefined;
  /** What a caller, a client or a subscriber sees of it: an error by its name, a status, silence, a growing queue. */
  readonly seen: string;
  /** Why that follows, and how it usually comes about. */
  readonly cause: string;
  /** A command, or a line of configuration. */
  readonly fix: string;
}
