import { EnvironmentError } from '../environments/checks';

/** Runs `synthesize`; faults of the environments are printed as they are, without a stack trace, and fail the process. */
export function reportFaults(synthesize: () => void): void {
  try {
    synthesize();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
