import { environments } from './environments';
import { buildApp } from './stacks/app';
import { reportFaults } from './stacks/report-faults';

reportFaults(() => buildApp(environments).synth());
