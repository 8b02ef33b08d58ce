/** The contract suite is the tests that every transport must pass. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IndexProgress } from '../../contract/case-records.ts';
import { createClient, type EngineClient } from '../../contract/client.ts';
import type { CommandInput } from '../../contract/contract.ts';
import type { MessagePipe } from '../../contract/pipe.ts';

/**
 * A transport under test: a pipe to an engine made by `createFakeEngine`, and a way to stop
 * everything.
 */
export interface Transport {
  pipe: MessagePipe;
  stop(): Promise<void> | void;
}

/** Tests the behaviour of the contract, the same over every pipe. */
export function contractSuite(name: string, connect: () => Promise<Transport> | Transport): void {
  describe(`the contract over ${name}`, () => {
    let transport: Transport;
    let client: EngineClient;
    beforeEach(async () => {
      transport = await connect();
      client = createClient(transport.pipe);
    });
    afterEach(async () => {
      client.close();
      await transport.stop();
    });
    const seen = async () => (await client.call('case.recent', {})).map((row) => row.source);
    const waitUntil = async (isTrue: () => boolean | Promise<boolean>) => {
      const end = Date.now() + 5_000;
      while (!(await isTrue())) {
        if (Date.now() > end) throw new Error('waited in vain');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };

    test('a call returns its result', async () => {
      const progress = await client.call('case.progress', { caseId: 'a' });
      expect(progress).toMatchObject({ caseId: 'a', phase: 'indexing', bytesDone: 42, secondsLeft: null });
      expect(client.pending()).toBe(0);
    });

    test('calls may overlap', async () => {
      const ids = ['a', 'b', 'c', 'd'];
      const all = await Promise.all(ids.map((caseId) => client.call('case.progress', { caseId })));
      expect(all.map((progress) => progress.caseId)).toEqual(ids);
    });

    test('an error keeps kind, code, message and place', async () => {
      await expect(client.call('case.close', { caseId: 'c1' })).rejects.toMatchObject({
        name: 'PostrunError',
        kind: 'user',
        code: 'not_found',
        message: 'No such case. Open it again.',
        where: 'c1',
      });
    });

    test('an unexpected error is a bug with its message', async () => {
      await expect(client.call('case.cancel', { caseId: 'a' })).rejects.toMatchObject({
        kind: 'bug',
        code: 'internal',
        message: 'a bug',
      });
    });

    test('wrong parameters are refused with the name of the field', async () => {
      const wrong = {
        caseId: 'a',
        fileId: 'not a number',
        start: 0,
        count: 1,
      } as unknown as CommandInput<'lines.page'>;
      await expect(client.call('lines.page', wrong)).rejects.toMatchObject({
        code: 'bad_request',
        where: 'fileId',
        message: expect.stringContaining('lines.page: fileId:'),
      });
    });

    test.each(['no.such', 'toString', '__proto__'])('the command %s is unknown', async (command) => {
      await expect(client.call(command as 'case.recent', {})).rejects.toMatchObject({ code: 'unknown_command' });
    });

    test('a command without a handler is unknown', async () => {
      await expect(client.call('problems.list', { caseId: 'a' })).rejects.toMatchObject({ code: 'unknown_command' });
    });

    test('a result that cannot be sent is an error, not silence', async () => {
      await expect(client.call('files.list', { caseId: 'a' })).rejects.toMatchObject({ code: 'uncloneable' });
    });

    test('a signal aborted beforehand sends nothing', async () => {
      const call = client.call('run.info', { caseId: 'never' }, { signal: AbortSignal.abort() });
      await expect(call).rejects.toMatchObject({ kind: 'cancelled' });
      expect(await seen()).toEqual([]);
    });

    test('a cancel before the start keeps the handler from starting', async () => {
      const controller = new AbortController();
      const call = client.call('run.info', { caseId: 'early' }, { signal: controller.signal });
      controller.abort();
      await expect(call).rejects.toMatchObject({ kind: 'cancelled' });
      expect(await seen()).not.toContain('cancelled early');
    });

    test('a cancel after the start reaches the handler', async () => {
      const controller = new AbortController();
      const call = client.call('run.info', { caseId: 'late' }, { signal: controller.signal });
      const failed = expect(call).rejects.toMatchObject({ kind: 'cancelled', code: 'cancelled' });
      await waitUntil(async () => (await seen()).includes('started late'));
      controller.abort();
      await failed;
      await waitUntil(async () => (await seen()).includes('cancelled late'));
    });

    test('events are coalesced and the last of each is delivered', async () => {
      const events: IndexProgress[] = [];
      let changed = 0;
      client.on('case.progressed', (progress) => events.push(progress));
      client.on('case.changed', () => changed++);
      await client.call('case.resume', { caseId: 'a' });
      await waitUntil(() => changed > 0);
      expect(events.map((progress) => `${progress.phase} ${progress.bytesDone}`)).toEqual([
        'indexing 0',
        'complete 100',
      ]);
    });

    test('a listener that was taken off hears nothing', async () => {
      const events: IndexProgress[] = [];
      client.on('case.progressed', (progress) => events.push(progress))();
      await client.call('case.resume', { caseId: 'a' });
      await client.call('case.progress', { caseId: 'a' });
      expect(events).toEqual([]);
    });

    test('messages that are nonsense are ignored', async () => {
      for (const nonsense of [null, 7, 'x', [], { type: 'request' }, { type: 'cancel', id: 99 }]) {
        transport.pipe.send(nonsense as never);
      }
      expect(await client.call('case.progress', { caseId: 'a' })).toMatchObject({ caseId: 'a' });
    });

    test('when the engine goes, open and later calls fail with connection_lost', async () => {
      const open = client.call('run.info', { caseId: 'a' });
      const failed = expect(open).rejects.toMatchObject({ kind: 'environment', code: 'connection_lost' });
      await waitUntil(async () => (await seen()).includes('started a'));
      await transport.stop();
      await failed;
      await expect(client.call('case.recent', {})).rejects.toMatchObject({ code: 'connection_lost' });
    });

    test('a closed pipe takes messages without throwing', () => {
      client.close();
      expect(() => transport.pipe.send({ type: 'cancel', id: 1 })).not.toThrow();
    });
  });
}
