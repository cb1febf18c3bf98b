import { EnvironmentError } from '../environments/checks';
import { HclError } from '../synthesis/hcl/problem';

/**
 * Runs `synthesize`; faults of the environments, and what HCL cannot say, are printed as they are, without a stack
 * trace, and fail the process.
 */
export function reportFaults(synthesize: () => void | Promise<void>): void | Promise<void> {
  try {
    return synthesize()?.catch(report);
  } catch (error) {
    report(error);
  }
}

function report(error: unknown): void {
  if (!(error instanceof EnvironmentError || error instanceof HclError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
