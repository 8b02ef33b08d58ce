import { describe, expect, test } from 'vitest';
import { readLines, us } from './testing/read-lines.ts';

/**
 * The line formats of the sixteen systems of the public collection loghub
 * (https://github.com/logpai/loghub). The lines are invented in the form that each system writes:
 * one template per system, filled with a running clock and messages, and lines without a time
 * between them.
 */

interface System {
  /**
   * Returns the line of a message; `at` is its time, `k` counts the lines, `level` is its level
   * word.
   */
  line: (at: Clock, k: number, level: string) => string;
  /** Level words and how they are read; none if the system's lines have no level. */
  levels: Record<string, number>;
  /** Decimals that the format keeps. */
  decimals: 0 | 3 | 6;
  /** Lines without a time, between the others. */
  others?: string[];
}

interface Clock {
  iso: string;
  year: string;
  month: string;
  day: string;
  clock: string;
  fraction: string;
  monthName: string;
  weekday: string;
  seconds: number;
}

const two = (value: number) => String(value).padStart(2, '0');

function clockOf(ms: number): Clock {
  const iso = new Date(ms).toISOString();
  const [weekday = '', , monthName = ''] = new Date(ms).toUTCString().replace(',', '').split(' ');
  return {
    iso,
    year: iso.slice(0, 4),
    month: iso.slice(5, 7),
    day: iso.slice(8, 10),
    clock: iso.slice(11, 19),
    fraction: iso.slice(20, 23),
    monthName,
    weekday,
    seconds: Math.floor(ms / 1000),
  };
}

const log4j = { INFO: 2, WARN: 3, ERROR: 4, FATAL: 5, DEBUG: 1 };
const blank = (day: string) => day.replace(/^0/, ' ');

const systems: Record<string, System> = {
  HDFS: {
    line: (at, k, level) =>
      `${at.year.slice(2)}${at.month}${at.day} ${at.clock.replaceAll(':', '')} ${140 + k} ${level} dfs.DataNode$PacketResponder: PacketResponder ${k % 3} for block blk_${k}8 terminating`,
    levels: { INFO: 2, WARN: 3, ERROR: 4 },
    decimals: 0,
  },
  Hadoop: {
    line: (at, k, level) =>
      `${at.iso.slice(0, 10)} ${at.clock},${at.fraction} ${level} [Thread-${k}] org.apache.hadoop.mapreduce.v2.app.MRAppMaster: task ${k} of job_1_0001`,
    levels: log4j,
    decimals: 3,
    others: [
      'java.net.ConnectException: Connection refused',
      '\tat org.apache.hadoop.ipc.Client.call(Client.java:1480)',
    ],
  },
  Spark: {
    line: (at, k, level) =>
      `${at.year.slice(2)}/${at.month}/${at.day} ${at.clock} ${level} executor.Executor: Running task ${k}.0 in stage 1.0 (TID ${k})`,
    levels: log4j,
    decimals: 0,
  },
  Zookeeper: {
    line: (at, k, level) =>
      `${at.iso.slice(0, 10)} ${at.clock},${at.fraction} - ${level.padEnd(5)} [QuorumPeer[myid=${k % 3}]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - Notification time out: ${k}00`,
    levels: log4j,
    decimals: 3,
  },
  OpenStack: {
    line: (at, k, level) =>
      `nova-compute.log.1.${at.iso.slice(0, 10)}_13:55:31 ${at.iso.slice(0, 10)} ${at.clock}.${at.fraction} ${2900 + k} ${level} nova.compute.manager [req-${k}a - - - - -] [instance: ${k}b] VM Started`,
    levels: { INFO: 2, WARNING: 3, ERROR: 4, DEBUG: 1 },
    decimals: 3,
  },
  BGL: {
    line: (at, k, level) =>
      `${k % 7 === 0 ? 'KERNDTLB' : '-'} ${at.seconds} ${at.iso.slice(0, 10).replaceAll('-', '.')} R02-M1-N0-C:J12-U${two(k % 60)} ${at.iso.slice(0, 10)}-${at.clock.replaceAll(':', '.')}.${at.fraction}872 R02-M1-N0-C:J12-U${two(k % 60)} RAS KERNEL ${level} instruction cache parity error ${k}`,
    levels: { INFO: 2, FATAL: 5, ERROR: 4, WARNING: 3, SEVERE: 4, FAILURE: 4 },
    decimals: 0,
  },
  HPC: {
    line: (at, k) =>
      `${134_681 + k} node-${k % 256} unix.hw state_change.unavailable ${at.seconds} 1 Component State Change: Component alt${k} is unavailable`,
    levels: {},
    decimals: 0,
  },
  Thunderbird: {
    line: (at, k) =>
      `- ${at.seconds} ${at.iso.slice(0, 10).replaceAll('-', '.')} dn${two(k % 99)} ${at.monthName} ${blank(at.day)} ${at.clock} dn${two(k % 99)}/dn${two(k % 99)} crond(pam_unix)[${2915 + k}]: session closed for user root`,
    levels: {},
    decimals: 0,
  },
  Windows: {
    line: (at, k, level) =>
      `${at.iso.slice(0, 10)} ${at.clock}, ${level.padEnd(21)} CBS    SQM: Initializing online with Windows opt-in: ${k}`,
    levels: { Info: 2, Warning: 3, Error: 4 },
    decimals: 0,
  },
  Linux: {
    line: (at, k) =>
      `${at.monthName} ${blank(at.day)} ${at.clock} combo sshd(pam_unix)[${19_939 + k}]: authentication failure; logname= uid=0 rhost=10.0.0.${k % 250}`,
    levels: {},
    decimals: 0,
  },
  Mac: {
    line: (at, k) =>
      `${at.monthName} ${blank(at.day)} ${at.clock} calvisitor-10-105-160-95 com.apple.cts[${258 + k}]: com.apple.EscrowSecurityAlert.daily: scheduler_evaluate_activity told me to run this job`,
    levels: {},
    decimals: 0,
    others: ['\t"wifi" = 1;'],
  },
  Android: {
    line: (at, k, level) =>
      `${at.month}-${at.day} ${at.clock}.${at.fraction}  1702  ${2395 + k} ${level} WindowManager: printFreezingDisplayLogs app token ${k}`,
    levels: { D: 1, V: 1, I: 2, W: 3, E: 4 },
    decimals: 3,
  },
  HealthApp: {
    line: (at, k) =>
      `${at.year}${at.month}${at.day}-${at.clock
        .split(':')
        .map((part) => Number(part))
        .join(':')}:${Number(at.fraction)}|Step_LSC|30002312|onStandStepChanged ${3579 + k}`,
    levels: {},
    decimals: 3,
  },
  Apache: {
    line: (at, k, level) =>
      `[${at.weekday} ${at.monthName} ${at.day} ${at.clock} ${at.year}] [${level}] mod_jk child workerEnv in error state ${k}`,
    levels: { notice: 2, error: 4, warn: 3 },
    decimals: 0,
  },
  OpenSSH: {
    line: (at, k) =>
      `${at.monthName} ${blank(at.day)} ${at.clock} LabSZ sshd[${24_200 + k}]: Failed password for invalid user admin${k} from 10.0.0.7 port 36300 ssh2`,
    levels: {},
    decimals: 0,
  },
  Proxifier: {
    line: (at, k) =>
      `[${at.month}.${at.day} ${at.clock}] chrome.exe *64 - proxy.example:5070 close, ${k} bytes sent, 1190 bytes (1.16 KB) received, lifetime 00:0${k % 9}`,
    levels: {},
    decimals: 0,
  },
};

const COUNT = 48;
const STEP_MS = 61_137;

describe.each(Object.entries(systems))('%s', (_, system) => {
  const words = Object.keys(system.levels);
  const start = Date.parse('2015-10-18T21:41:53.541Z');
  const wanted: { line: string; time: string | null; level: number }[] = [];
  for (let k = 0; k < COUNT; k++) {
    const at = clockOf(start + k * STEP_MS);
    // Uneven levels, as in reality: most lines have the first one.
    const word = words[k % 3 === 0 ? k % Math.max(1, words.length) : 0] ?? '';
    const fraction = system.decimals === 0 ? '' : `.${at.fraction}`;
    wanted.push({
      line: system.line(at, k, word),
      time: `${at.iso.slice(0, 19)}${fraction}`,
      level: system.levels[word] ?? 0,
    });
    if (k % 10 === 9) for (const line of system.others ?? []) wanted.push({ line, time: null, level: 0 });
  }
  const { rows } = readLines(
    wanted.map(({ line }) => line),
    { modifiedUs: us('2016-01-20T00:00:00Z') },
  );

  test('has a time on the lines that carry one', () => {
    const length = system.decimals === 0 ? 19 : 23;
    expect(rows.map(({ time }) => time?.slice(0, length) ?? null)).toEqual(wanted.map(({ time }) => time));
  });
  test.runIf(words.length > 0)('has a level on the lines that carry one', () => {
    expect(rows.map(({ level }) => level)).toEqual(wanted.map(({ level }) => level));
  });
});
