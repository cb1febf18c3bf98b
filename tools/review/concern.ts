/** Why a change is not simply fine. */
export interface Concern {
  /** `broken`: not to be merged as it is. `attention`: a person has to decide. */
  readonly level: 'attention' | 'broken';
  /** Plain text, a clause that goes on from "This change": `destroys the queue prod-payment-events and what waits in it`. */
  readonly text: string;
}
