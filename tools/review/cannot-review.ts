/** It cannot be reviewed, for a reason that lies outside the change; the message says what would help. */
export class CannotReview extends Error {
  override readonly name = 'CannotReview';
}
