#!/usr/bin/env node
// Runs before the scripts, which are TypeScript that Node reads as it is. Plain JavaScript that any Node can read.
// `npm ci` brings a Node along where the package `node` has one for the machine; elsewhere the running Node has to do.
import process from 'node:process';
import { nodeFault } from './node-fault.js';

const fault = nodeFault(process.versions.node, `${process.platform}-${process.arch}`);
if (fault !== null) {
  console.error(`postrun: ${fault}`);
  process.exitCode = 2;
}
