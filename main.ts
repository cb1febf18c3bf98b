import { environments } from './environments';
import { buildApp, synthesizeApp } from './stacks/app';
import { reportFaults } from './stacks/report-faults';

reportFaults(() => synthesizeApp(buildApp(environments)));
