import { bootstrap } from '../harness/bootstrap.mjs';

await bootstrap('../bench/run.ts');
