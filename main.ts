import { environments } from './environments';
import { reportFaults } from './stacks/report-faults';
import { buildApp } from './stacks/app';

reportFaults(() => buildApp(environments).synth());
