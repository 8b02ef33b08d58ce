import { expect, test } from 'vitest';
import { readLines, us } from './testing/read-lines.ts';

/**
 * Lines in the formats of widely used programs: web servers, databases, cloud services, languages'
 * logging libraries. Each set is a file whose lines alternate. Levels: - none, d debug, i info, w
 * warning, e error, c critical, ? not checked. Times: null none, ? not checked.
 */

const levels = { '-': 0, d: 1, i: 2, w: 3, e: 4, c: 5 } as const;
type Row = [line: string, time: string | null, level: keyof typeof levels | '?'];
const T = '2024-06-25T14:56:15';

const sets: Record<string, Row[]> = {
  nginx: [
    ['2024/06/25 14:56:15 [error] 12#12: *1 open() failed', T, 'e'],
    ['2024/06/25 14:56:15 [warn] 12#12: x', T, 'w'],
    ['2024/06/25 14:56:15 [notice] 12#12: x', T, 'i'],
  ],
  haproxy: [['Jun 25 14:56:15 host haproxy[14389]: 10.0.1.2:33317 [25/Jun/2024:14:56:14.655] http-in x', T, '-']],
  postgres: [
    ['2024-06-25 14:56:15.123 UTC [1234] ERROR:  relation "x" does not exist', `${T}.123`, 'e'],
    ['2024-06-25 14:56:15.123 UTC [1234] LOG:  listening', `${T}.123`, '?'],
    ['2024-06-25 14:56:15.123 UTC [1234] FATAL:  bad', `${T}.123`, 'c'],
    ['\tLINE 1: select', null, '-'],
  ],
  postgresKst: [
    ['2024-06-25 14:56:15.123 KST [1234] ERROR:  relation', '2024-06-25T05:56:15.123', 'e'],
    ['2024-06-25 14:56:15.123 KST [1234] LOG:  x', '2024-06-25T05:56:15.123', '?'],
  ],
  postgresUser: [
    ['2024-06-25 14:56:15.123 UTC [1234] app@db ERROR:  relation', `${T}.123`, 'e'],
    ['2024-06-25 14:56:15 UTC [1234] app@db LOG:  x', T, '?'],
  ],
  mysql8: [
    ['2024-06-25T14:56:15.123456Z 0 [Warning] [MY-010068] [Server] CA', `${T}.123456`, 'w'],
    ['2024-06-25T14:56:15.123456Z 12 [ERROR] [MY-010068] [Server] CA', `${T}.123456`, 'e'],
    ['2024-06-25T14:56:15.123456Z 12 [System] [MY-010068] [Server] CA', `${T}.123456`, '?'],
  ],
  mysql55: [
    ['240625 14:56:15 [ERROR] /usr/sbin/mysqld: x', T, 'e'],
    ['240625  4:56:15 InnoDB: x', '2024-06-25T04:56:15', '-'],
    ['240625 14:56:15 mysqld_safe Starting', T, '-'],
  ],
  redis: [
    ['1234:M 25 Jun 2024 14:56:15.123 * Ready to accept', `${T}.123`, '?'],
    ['1234:S 25 Jun 2024 14:56:15.123 # WARNING overcommit', `${T}.123`, '?'],
  ],
  mongo42: [
    ['2024-06-25T14:56:15.123+0000 I  NETWORK  [listener] connection', `${T}.123`, 'i'],
    ['2024-06-25T14:56:15.123+0000 E  STORAGE  [conn1] bad', `${T}.123`, 'e'],
    ['2024-06-25T14:56:15.123+0000 W  CONTROL  [conn1] bad', `${T}.123`, 'w'],
  ],
  mongo44: [
    [
      '{"t":{"$date":"2024-06-25T14:56:15.123+00:00"},"s":"I",  "c":"NETWORK",  "id":1, "ctx":"-","msg":"x"}',
      `${T}.123`,
      'i',
    ],
    [
      '{"t":{"$date":"2024-06-25T14:56:15.123+00:00"},"s":"E",  "c":"NETWORK",  "id":1, "ctx":"-","msg":"x"}',
      `${T}.123`,
      'e',
    ],
  ],
  elastic: [
    ['[2024-06-25T14:56:15,123][WARN ][o.e.c.r.a.DiskThreshold] [node-1] high', `${T}.123`, 'w'],
    ['[2024-06-25T14:56:15,123][INFO ][o.e.n.Node] [node-1] started', `${T}.123`, 'i'],
  ],
  kafka: [
    ['[2024-06-25 14:56:15,123] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)', `${T}.123`, 'i'],
    ['[2024-06-25 14:56:15,123] ERROR bad (k)', `${T}.123`, 'e'],
  ],
  gc: [
    ['[2024-06-25T14:56:15.123+0000][info][gc] GC(0) Pause', `${T}.123`, 'i'],
    ['[2024-06-25T14:56:15.123+0000][warning][gc] x', `${T}.123`, 'w'],
    ['[2024-06-25T14:56:15.123+0000][info   ][gc] x', `${T}.123`, 'i'],
  ],
  gcUptime: [
    ['[0.123s][info][gc] Using G1', null, 'i'],
    ['[1.123s][warning][gc] Using G1', null, 'w'],
  ],
  ruby: [
    ['E, [2024-06-25T14:56:15.123456 #1234] ERROR -- : boom', `${T}.123456`, 'e'],
    ['I, [2024-06-25T14:56:15.123456 #1234]  INFO -- : boom', `${T}.123456`, 'i'],
    ['W, [2024-06-25T14:56:15.123456 #1234]  WARN -- app: boom', `${T}.123456`, 'w'],
  ],
  serilog: [
    ['2024-06-25 14:56:15.123 +09:00 [ERR] boom', '2024-06-25T05:56:15.123', 'e'],
    ['2024-06-25 14:56:15.123 +09:00 [INF] boom', '2024-06-25T05:56:15.123', 'i'],
    ['2024-06-25 14:56:15.123 +09:00 [WRN] boom', '2024-06-25T05:56:15.123', 'w'],
    ['2024-06-25 14:56:15.123 +09:00 [FTL] boom', '2024-06-25T05:56:15.123', 'c'],
    ['2024-06-25 14:56:15.123 +09:00 [DBG] boom', '2024-06-25T05:56:15.123', 'd'],
  ],
  serilogShort: [
    ['[14:56:15 ERR] boom', null, 'e'],
    ['[14:56:15 INF] fine', null, 'i'],
  ],
  dotnet: [
    ['fail: Microsoft.AspNetCore[0]', null, 'e'],
    ['      An unhandled exception', null, '-'],
    ['info: Microsoft.Hosting[14]', null, 'i'],
    ['warn: X[1]', null, 'w'],
    ['crit: X[1]', null, 'c'],
    ['dbug: X[1]', null, 'd'],
  ],
  log4net: [
    ['2024-06-25 14:56:15,123 [5] ERROR MyApp.X - boom', `${T}.123`, 'e'],
    ['2024-06-25 14:56:15,123 [Thread-5 (ActiveMQ)] WARN  MyApp.X - boom', `${T}.123`, 'w'],
    ['2024-06-25 14:56:15,123 [5] FATAL MyApp.X - boom', `${T}.123`, 'c'],
  ],
  golog: [
    ['2024/06/25 14:56:15.123456 main.go:12: boom', `${T}.123456`, '-'],
    ['2024/06/25 14:56:15.123456 main.go:12: ERROR: boom', `${T}.123456`, 'e'],
  ],
  goslog: [
    ['time=2024-06-25T14:56:15.123Z level=WARN msg="x"', `${T}.123`, 'w'],
    ['time=2024-06-25T14:56:15.123Z level=ERROR msg="x"', `${T}.123`, 'e'],
  ],
  goslogText: [
    ['2024/06/25 14:56:15 WARN x a=1', T, 'w'],
    ['2024/06/25 14:56:15 INFO x', T, 'i'],
  ],
  zap: [
    ['{"level":"error","ts":1719327375.123,"caller":"x.go:1","msg":"boom"}', `${T}.123`, 'e'],
    ['{"level":"info","ts":1719327375.123,"caller":"x.go:1","msg":"boom"}', `${T}.123`, 'i'],
  ],
  zapConsole: [
    ['2024-06-25T14:56:15.123Z\tERROR\tpkg/x.go:12\tboom\t{"a": 1}', `${T}.123`, 'e'],
    ['2024-06-25T14:56:15.123+0900\tINFO\tpkg/x.go:12\tboom', '2024-06-25T05:56:15.123', 'i'],
    ['1.719327375123e+09\tINFO\tsetup\tx', null, '?'],
  ],
  pino: [
    ['{"level":50,"time":1719327375123,"pid":12,"hostname":"h","msg":"boom"}', `${T}.123`, 'e'],
    ['{"level":30,"time":1719327375123,"pid":12,"hostname":"h","msg":"boom"}', `${T}.123`, 'i'],
    ['{"level":60,"time":1719327375123,"pid":12,"hostname":"h","msg":"boom"}', `${T}.123`, 'c'],
  ],
  bunyan: [
    [
      '{"name":"x","hostname":"h","pid":1,"level":40,"msg":"","time":"2024-06-25T14:56:15.123Z","v":0}',
      `${T}.123`,
      'w',
    ],
  ],
  winston: [
    ['{"level":"error","message":"x","timestamp":"2024-06-25 14:56:15"}', T, 'e'],
    ['{"message":"x","level":"warn","timestamp":"2024-06-25 14:56:15"}', T, 'w'],
  ],
  winstonText: [
    ['2024-06-25 14:56:15 error: boom', T, 'e'],
    ['2024-06-25 14:56:15 info: boom', T, 'i'],
    ['2024-06-25 14:56:15 warn: boom', T, 'w'],
  ],
  ecs: [
    ['{"@timestamp":"2024-06-25T14:56:15.123Z","log.level":"ERROR","message":"x"}', `${T}.123`, 'e'],
    ['{"@timestamp":"2024-06-25T14:56:15.123Z","log":{"level":"warn"},"message":"x"}', `${T}.123`, 'w'],
  ],
  gcp: [
    ['{"severity":"ERROR","message":"x","timestamp":{"seconds":1719327375,"nanos":123000000}}', `${T}.123`, 'e'],
    ['{"severity":"NOTICE","message":"x","timestamp":"2024-06-25T14:56:15Z"}', T, 'i'],
  ],
  serilogJson: [
    ['{"@t":"2024-06-25T14:56:15.1234567Z","@mt":"x","@l":"Error"}', `${T}.123456`, 'e'],
    ['{"Timestamp":"2024-06-25T14:56:15.123+00:00","Level":"Warning","MessageTemplate":"x"}', `${T}.123`, 'w'],
  ],
  logstashJson: [
    [
      '{"message":"x","logger_name":"a","thread_name":"main","level":"WARN","level_value":30000,"@timestamp":"2024-06-25T14:56:15.123+09:00","@version":"1"}',
      '2024-06-25T05:56:15.123',
      'w',
    ],
  ],
  pyjson: [
    ['{"asctime": "2024-06-25 14:56:15,123", "levelname": "ERROR", "message": "x"}', `${T}.123`, 'e'],
    ['{"name": "root", "created": 1719327375.123, "levelname": "INFO", "msg": "x"}', `${T}.123`, 'i'],
  ],
  structlog: [['{"event": "x", "level": "warning", "timestamp": "2024-06-25T14:56:15.123456Z"}', `${T}.123456`, 'w']],
  structlogText: [
    ['2024-06-25 14:56:15 [warning  ] x        key=1', T, 'w'],
    ['2024-06-25 14:56:15 [info     ] x', T, 'i'],
    ['2024-06-25T14:56:15.123456Z [error    ] x', `${T}.123456`, 'e'],
  ],
  envlogger: [
    ['[2024-06-25T14:56:15Z ERROR my_crate] boom', T, 'e'],
    ['[2024-06-25T14:56:15Z INFO  my_crate::x] boom', T, 'i'],
  ],
  tracing: [
    ['2024-06-25T14:56:15.123456Z  WARN my_crate: boom', `${T}.123456`, 'w'],
    ['2024-06-25T14:56:15.123456Z ERROR span{a=1}: my_crate: boom', `${T}.123456`, 'e'],
  ],
  logcatTime: [
    ['06-25 14:56:15.123 E/ActivityManager( 1234): boom', `${T}.123`, 'e'],
    ['06-25 14:56:15.123 D/dalvikvm( 1234): boom', `${T}.123`, 'd'],
    ['--------- beginning of main', null, '-'],
  ],
  logcatYear: [
    ['2024-06-25 14:56:15.123  1234  1235 E ActivityManager: boom', `${T}.123`, 'e'],
    ['2024-06-25 14:56:15.123  1234  1235 W Tag: boom', `${T}.123`, 'w'],
    ['2024-06-25 14:56:15.123  1234  1235 I Tag: boom', `${T}.123`, 'i'],
  ],
  iis: [
    ['#Software: Microsoft Internet Information Services 10.0', null, '-'],
    ['2024-06-25 14:56:15 10.0.0.1 GET /error - 80 - 10.0.0.2 Mozilla 200 0 0 15', T, '-'],
  ],
  exim: [['2024-06-25 14:56:15 1sM8xy-0001Ab-2C <= a@b.c H=x', T, '-']],
  journal: [
    ['2024-06-25T14:56:15+0900 host sshd[1]: error: x', '2024-06-25T05:56:15', 'e'],
    ['2024-06-25T14:56:15+0900 host sshd[1]: Accepted', '2024-06-25T05:56:15', '-'],
  ],
  rsyslog: [['2024-06-25T14:56:15.123456+09:00 host kernel: [1.1] x', '2024-06-25T05:56:15.123456', '-']],
  dmesg: [['[    0.123456] Linux version', null, '-']],
  dmesgT: [['[Tue Jun 25 14:56:15 2024] usb 1-1: new', T, '-']],
  lambda: [
    ['START RequestId: 1-2 Version: $LATEST', null, '-'],
    ['2024-06-25T14:56:15.123Z\tc6af9ac6-7b61-11e6-9a41-93e8deadbeef\tERROR\tboom', `${T}.123`, 'e'],
    ['[WARNING]\t2024-06-25T14:56:15.123Z\tc6af9ac6-7b61-11e6-9a41-93e8deadbeef\tboom', `${T}.123`, 'w'],
  ],
  cloudfront: [
    ['#Version: 1.0', null, '-'],
    ['2024-06-25\t14:56:15\tICN54\t1000\t10.0.0.1\tGET', T, '-'],
  ],
  elb: [
    ['http 2024-06-25T14:56:15.123456Z app/lb/1 10.0.0.1:1 10.0.0.2:80 0.1', `${T}.123456`, '-'],
    ['h2 2024-06-25T14:56:15.123456Z app/lb/1 10.0.0.1:1', `${T}.123456`, '-'],
  ],
  s3: [['79a59df900b949e5 bucket [25/Jun/2024:14:56:15 +0900] 10.0.0.1 - ABC REST.GET', '2024-06-25T05:56:15', '-']],
  squid: [['1719327375.123    110 10.0.0.1 TCP_MISS/200 1 GET http://x - DIRECT', `${T}.123`, '-']],
  klog: [
    ['I0625 14:56:15.123456       1 main.go:12] x', `${T}.123456`, 'i'],
    ['W0625 14:56:15.123000 139 torch/x.py:1] x', `${T}.123`, 'w'],
    ['F0625 14:56:15.123456 1 main.go:12] x', `${T}.123456`, 'c'],
  ],
  dockerjson: [
    [
      '{"log":"2024-06-25 14:56:14 ERROR x\\n","stream":"stderr","time":"2024-06-25T14:56:15.123456789Z"}',
      `${T}.123456`,
      '?',
    ],
  ],
  spring2: [
    ['2024-06-25 14:56:15.123  WARN 1234 --- [           main] o.s.X  : msg', `${T}.123`, 'w'],
    ['2024-06-25 14:56:15.123 ERROR 1234 --- [nio-8080-exec-1] o.s.X  : msg', `${T}.123`, 'e'],
  ],
  spring3: [
    [
      '2024-06-25T14:56:15.123+09:00  WARN 1234 --- [app] [           main] o.s.X  : msg',
      '2024-06-25T05:56:15.123',
      'w',
    ],
  ],
  uvicorn: [
    ['INFO:     127.0.0.1:1234 - "GET / HTTP/1.1" 200 OK', null, 'i'],
    ['WARNING:  Invalid HTTP request received.', null, 'w'],
    ['ERROR:    Exception in ASGI application', null, 'e'],
  ],
  gunicorn: [
    ['[2024-06-25 14:56:15 +0900] [1234] [INFO] Booting', '2024-06-25T05:56:15', 'i'],
    ['[2024-06-25 14:56:15 +0900] [1234] [CRITICAL] WORKER TIMEOUT', '2024-06-25T05:56:15', 'c'],
  ],
  celery: [
    ['[2024-06-25 14:56:15,123: ERROR/MainProcess] x', `${T}.123`, 'e'],
    ['[2024-06-25 14:56:15,123: INFO/ForkPoolWorker-1] x', `${T}.123`, 'i'],
  ],
  airflow: [
    ['[2024-06-25T14:56:15.123+0000] {taskinstance.py:1234} INFO - x', `${T}.123`, 'i'],
    ['[2024-06-25T14:56:15.123+0000] {x.py:1} ERROR - x', `${T}.123`, 'e'],
    ['[2024-06-25 14:56:15,123] {x.py:1} WARNING - x', `${T}.123`, 'w'],
  ],
  deepspeed: [
    ['[2024-06-25 14:56:15,123] [INFO] [engine.py:12:f] x', `${T}.123`, 'i'],
    ['[2024-06-25 14:56:15,123] [WARNING] [engine.py:12:f] x', `${T}.123`, 'w'],
  ],
  ray: [
    ['2024-06-25 14:56:15,123\tINFO worker.py:1 -- x', `${T}.123`, 'i'],
    ['2024-06-25 14:56:15,123\tERROR worker.py:1 -- x', `${T}.123`, 'e'],
    ['(raylet) [2024-06-25 14:56:15,123 E 12 12] (raylet) x.cc:1: y', `${T}.123`, '?'],
  ],
  rayC: [
    ['[2024-06-25 14:56:15,123 E 12 13] (raylet) x.cc:1: y', `${T}.123`, 'e'],
    ['[2024-06-25 14:56:15,123 I 12 13] (raylet) x.cc:1: y', `${T}.123`, 'i'],
  ],
  vllm: [
    ['INFO 06-25 14:56:15 llm_engine.py:12] x', T, 'i'],
    ['WARNING 06-25 14:56:15 [api_server.py:12] x', T, 'w'],
    ['ERROR 06-25 14:56:15 [a.py:12] x', T, 'e'],
  ],
  vllm2: [
    ['(APIServer pid=12) INFO 06-25 14:56:15 [x.py:12] x', T, 'i'],
    ['(EngineCore_0 pid=13) ERROR 06-25 14:56:15 [x.py:12] x', T, 'e'],
  ],
  slurm: [
    ['[2024-06-25T14:56:15.123] error: slurm_receive', `${T}.123`, 'e'],
    ['[2024-06-25T14:56:15.123] debug:  x', `${T}.123`, 'd'],
    ['[2024-06-25T14:56:15.123] x started', `${T}.123`, '-'],
    ['[2024-06-25T14:56:15.123] debug2: x', `${T}.123`, 'd'],
  ],
  jenkins: [
    ['Jun 25, 2024 2:56:15 PM hudson.X run', T, '-'],
    ['INFO: msg', null, 'i'],
    ['SEVERE: msg', null, 'e'],
  ],
  jenkinsNew: [
    ['2024-06-25 14:56:15.123+0000 [id=1]\tINFO\thudson.X#run: y', `${T}.123`, 'i'],
    ['2024-06-25 14:56:15.123+0000 [id=1]\tWARNING\thudson.X#run: y', `${T}.123`, 'w'],
  ],
  tomcat: [
    ['25-Jun-2024 14:56:15.123 SEVERE [main] org.x y', `${T}.123`, 'e'],
    ['25-Jun-2024 14:56:15.123 INFO [main] org.x y', `${T}.123`, 'i'],
  ],
  oracle: [
    ['Tue Jun 25 14:56:15 2024', T, '-'],
    ['ORA-00600: internal error', null, '-'],
  ],
  oracle12: [
    ['2024-06-25T14:56:15.123456+09:00', '2024-06-25T05:56:15.123456', '-'],
    ['ALTER SYSTEM', null, '-'],
  ],
  asa: [
    ['Jun 25 2024 14:56:15: %ASA-6-302013: Built', T, '?'],
    ['<166>Jun 25 2024 14:56:15 fw : %ASA-6-1: Built', T, '?'],
  ],
  ios: [
    ['*Jun 25 14:56:15.123: %LINK-3-UPDOWN: x', `${T}.123`, '?'],
    ['000123: Jun 25 14:56:15.123: %SYS-5-CONFIG: x', `${T}.123`, '?'],
  ],
  gha: [
    ['2024-06-25T14:56:15.1234567Z ##[error]boom', `${T}.123456`, 'e'],
    ['2024-06-25T14:56:15.1234567Z ##[group]x', `${T}.123456`, '-'],
    ['2024-06-25T14:56:15.1234567Z ##[warning]x', `${T}.123456`, 'w'],
  ],
  terraform: [
    ['2024-06-25T14:56:15.123+0900 [DEBUG] x', '2024-06-25T05:56:15.123', 'd'],
    ['2024-06-25T14:56:15.123+0900 [WARN]  x', '2024-06-25T05:56:15.123', 'w'],
  ],
  ue: [
    ['[2024.06.25-14.56.15:123][  0]LogInit: Warning: x', `${T}.123`, 'w'],
    ['[2024.06.25-14.56.15:123][ 12]LogX: Error: x', `${T}.123`, 'e'],
    ['[2024.06.25-14.56.15:123][ 12]LogX: y', `${T}.123`, '-'],
  ],
  minecraft: [
    ['[14:56:15] [Server thread/INFO]: x', null, 'i'],
    ['[14:56:15] [Server thread/WARN]: x', null, 'w'],
  ],
  prom: [
    ['ts=2024-06-25T14:56:15.123Z caller=main.go:12 level=info msg=x', `${T}.123`, 'i'],
    ['ts=2024-06-25T14:56:15.123Z caller=main.go:12 level=error msg=x', `${T}.123`, 'e'],
  ],
  logback: [
    ['14:56:15.123 [main] INFO  x.Y - z', null, 'i'],
    ['14:56:15.123 [main] ERROR x.Y - z', null, 'e'],
  ],
  nodedebug: [['Tue, 25 Jun 2024 14:56:15 GMT express:router x', T, '-']],
  rabbit3: [
    ['2024-06-25 14:56:15.123456+09:00 [error] <0.1.0> x', '2024-06-25T05:56:15.123456', 'e'],
    ['2024-06-25 14:56:15.123 [warning] <0.1.0> x', `${T}.123`, 'w'],
  ],
  mssql: [
    ['2024-06-25 14:56:15.12 spid10s     Error: 18456, Severity: 14', `${T}.12`, '?'],
    ['2024-06-25 14:56:15.12 Server      x', `${T}.12`, '-'],
  ],
  aem: [
    ['25.06.2024 14:56:15.123 *ERROR* [main] x', `${T}.123`, 'e'],
    ['25.06.2024 14:56:15.123 *INFO* [main] x', `${T}.123`, 'i'],
  ],
  weblogic: [
    ['####<Jun 25, 2024 2:56:15 PM UTC> <Error> <Server> <x> y', T, 'e'],
    ['####<Jun 25, 2024 2:56:15,123 PM UTC> <Info> <Server> <x> y', `${T}.123`, 'i'],
  ],
  jboss: [
    ['14:56:15,123 ERROR [org.x] (main) msg', null, 'e'],
    ['14:56:15,123 INFO  [org.x] (main) msg', null, 'i'],
  ],
  korean: [
    ['2024-06-25 오후 2:56:15 시작', T, '-'],
    ['2024-06-25 오전 9:56:15 시작', '2024-06-25T09:56:15', '-'],
  ],
  korean2: [['24-06-25 오후 2:56:15 시작', T, '-']],
  korean3: [
    ['2024년 6월 25일 오후 2:56:15 시작', T, '-'],
    ['2024년 06월 25일 14시 56분 15초 시작', T, '-'],
  ],
  csharp: [
    ['6/25/2024 2:56:15 PM x', T, '-'],
    ['6/25/2024 2:56:15 AM ERROR x', '2024-06-25T02:56:15', 'e'],
  ],
  snort: [['06/25-14:56:15.123456  [**] [1:1:1] x', `${T}.123456`, '-']],
  snort2: [['06/25/24-14:56:15.123456  [**] [1:1:1] x', `${T}.123456`, '-']],
  dashes: [['06-25-2024 14:56:15 x', T, '-']],
  dashes2: [['25-06-2024 14:56:15 x', T, '-']],
  zeek: [
    ['#separator \\x09', null, '-'],
    ['1719327375.123456\tCabc\t10.0.0.1\t1', `${T}.123456`, '-'],
  ],
  lead1: [
    ['[ERROR] 2024-06-25 14:56:15 x', T, 'e'],
    ['[INFO] 2024-06-25 14:56:15 x', T, 'i'],
  ],
  lead2: [
    ['ERROR | 2024-06-25 14:56:15 | x', T, 'e'],
    ['INFO  | 2024-06-25 14:56:15 | x', T, 'i'],
  ],
  lead3: [['<ERROR> 2024-06-25 14:56:15 x', T, 'e']],
  lead4: [
    ['ERROR 2024-06-25 14:56:15,123 views 12 x', `${T}.123`, 'e'],
    ['WARN  2024-06-25 14:56:15,123 views 12 x', `${T}.123`, 'w'],
  ],
  lead5: [
    ['ERROR: 2024-06-25 14:56:15: x', T, 'e'],
    ['NOTICE: 2024-06-25 14:56:15: x', T, 'i'],
  ],
  jupyter: [
    ['[E 2024-06-25 14:56:15.123 ServerApp] x', `${T}.123`, 'e'],
    ['[I 2024-06-25 14:56:15.123 ServerApp] x', `${T}.123`, 'i'],
  ],
  tornado: [
    ['[E 240625 14:56:15 web:12] x', T, 'e'],
    ['[W 240625 14:56:15 web:12] x', T, 'w'],
    ['[I 240625 14:56:15 web:12] x', T, 'i'],
  ],
  notebook: [
    ['[I 14:56:15.123 NotebookApp] x', null, 'i'],
    ['[W 14:56:15.123 NotebookApp] x', null, 'w'],
  ],
  minutes: [
    ['2024-06-25 14:56 x', '2024-06-25T14:56:00', '-'],
    ['2024-06-25T14:56Z x', '2024-06-25T14:56:00', '-'],
  ],
  compose: [
    ['web-1   | 2024-06-25 14:56:15,123 ERROR x', `${T}.123`, 'e'],
    ['db_1    | 2024-06-25 14:56:15.123 UTC [1] LOG:  y', `${T}.123`, '?'],
    ['web-1   | INFO:  y', null, '?'],
  ],
  stern: [
    ['pod-abc container 2024-06-25T14:56:15.123Z ERROR x', `${T}.123`, 'e'],
    ['pod-def container 2024-06-25T14:56:15.123Z INFO x', `${T}.123`, 'i'],
  ],
  kubectlPrefix: [
    ['[pod/abc-1/main] 2024-06-25T14:56:15.123Z ERROR x', `${T}.123`, 'e'],
    ['[pod/abc-1/main] 2024-06-25T14:56:15.123Z INFO x', `${T}.123`, 'i'],
  ],
  mpi: [
    ['[1,0]<stdout>:2024-06-25 14:56:15,123 INFO x', `${T}.123`, 'i'],
    ['[1,1]<stderr>:2024-06-25 14:56:15,123 ERROR x', `${T}.123`, 'e'],
  ],
  rank: [
    ['[rank0]:2024-06-25 14:56:15,123 INFO x', `${T}.123`, 'i'],
    ['[rank1]: 2024-06-25 14:56:15,123 ERROR x', `${T}.123`, 'e'],
  ],
  crlf: [
    ['2024-06-25 14:56:15 ERROR x\r', T, 'e'],
    ['2024-06-25 14:56:15 INFO x\r', T, 'i'],
  ],
  zone1: [
    ['2024-06-25 14:56:15 +0900 ERROR x', '2024-06-25T05:56:15', 'e'],
    ['2024-06-25 14:56:15 +0900 INFO x', '2024-06-25T05:56:15', 'i'],
  ],
  zone2: [
    ['2024-06-25 14:56:15 CEST ERROR x', '2024-06-25T12:56:15', 'e'],
    ['2024-06-25 14:56:15 CEST INFO x', '2024-06-25T12:56:15', 'i'],
  ],
  zone3: [
    ['2024-06-25T14:56:15[Asia/Seoul] ERROR x', '?', 'e'],
    ['2024-06-25T14:56:15+09:00[Asia/Seoul] INFO x', '2024-06-25T05:56:15', 'i'],
  ],
  zone5: [['2024-06-25 14:56:15 (UTC+9) ERROR x', '2024-06-25T05:56:15', 'e']],
  rabbitmq: [
    ['=ERROR REPORT==== 25-Jun-2024::14:56:15 ===', T, 'e'],
    ['connection <0.1.0>, channel 1 - error:', null, '?'],
    ['', null, '-'],
    ['=INFO REPORT==== 25-Jun-2024::14:56:15 ===', T, 'i'],
    ['accepting AMQP connection', null, '?'],
    ['=WARNING REPORT==== 25-Jun-2024::14:56:15.123456 ===', `${T}.123456`, 'w'],
    ['=CRASH REPORT==== 25-Jun-2024::14:56:15 ===', T, 'e'],
    ['=PROGRESS REPORT==== 25-Jun-2024::14:56:15 ===', T, 'i'],
  ],
  rules: [
    ['---------- 2024-06-25 14:56:15 ----------', T, '-'],
    ['a print', null, '-'],
    ['***** Error 2024-06-25T14:56:15.5Z *****', `${T}.5`, 'e'],
    ['--- a/x.py 2024-06-25 14:56:15', null, '-'],
    ['==========', null, '-'],
  ],
  websphere: [
    ['[6/25/24 14:56:15:123 UTC] 00000001 SystemOut     E   x', `${T}.123`, 'e'],
    ['[6/25/24 14:56:15:123 UTC] 0000004a WsServerImpl  A   WSVR0001I: open', `${T}.123`, 'i'],
    ['[6/25/24 14:56:15:123 UTC] 0000004a SystemErr     R   at x', `${T}.123`, '-'],
    ['[6/25/24 14:56:15:123 UTC] 00000001 ServletWrappe W com.ibm x', `${T}.123`, 'w'],
    ['[6/25/24 14:56:15:123 UTC] 00000001 ThreadMonitor F   x', `${T}.123`, 'c'],
    ['[6/25/24 14:56:15:123 UTC] 00000001 TraceResponse >  x Entry', `${T}.123`, 'd'],
  ],
  macos: [
    ['Timestamp                       Thread     Type        Activity             PID    TTL', null, '-'],
    [
      '2024-06-25 14:56:15.123456+0000 0x1a2b     Default     0x0                  123    0    kernel: (A) x',
      `${T}.123456`,
      'i',
    ],
    [
      '2024-06-25 14:56:15.123456+0000 0x1a2b     Error       0x8f                 123    0    tccd: (B) [com.x:y] x',
      `${T}.123456`,
      'e',
    ],
    [
      '2024-06-25 14:56:15.123456+0000 0x1a2b     Fault       0x0                  123    7    tccd: x',
      `${T}.123456`,
      'c',
    ],
    [
      '2024-06-25 14:56:15.123456+0000 0x1a2b     Debug       0x0                  123    0    tccd: x',
      `${T}.123456`,
      'd',
    ],
    [
      '2024-06-25 14:56:15.123456+0000 0x1a2b     Activity    0x12                 123    0    tccd: x',
      `${T}.123456`,
      '-',
    ],
  ],
  openvpn: [
    ['Tue Jun 25 14:56:15 2024 us=123456 OpenVPN 2.4.4 x86_64', `${T}.123456`, '-'],
    ['Tue Jun 25 14:56:15 2024 us=7 WARNING: x', `${T}.000007`, 'w'],
    ['Tue Jun 25 14:56:15 2024 ERROR: x', T, 'e'],
  ],
  openvpn2: [
    ['2024-06-25 14:56:15 us=123456 WARNING: x', `${T}.123456`, 'w'],
    ['2024-06-25 14:56:15 us=12 10.0.0.1:1194 x', `${T}.000012`, '-'],
  ],
  nagios: [
    ['[1719327375] SERVICE ALERT: web-1;HTTP;CRITICAL;HARD;3;x', T, 'c'],
    ['[1719327375] HOST ALERT: web-1;DOWN;SOFT;1;x', T, 'c'],
    ['[1719327375] CURRENT SERVICE STATE: web-1;HTTP;OK;HARD;1;x', T, 'i'],
    ['[1719327375] SERVICE NOTIFICATION: me;web-1;HTTP;WARNING;mail;x', T, 'w'],
    ['[1719327375] Warning: x', T, 'w'],
    ['[1719327375] EXTERNAL COMMAND: SCHEDULE_CHECK;web-1', T, '-'],
  ],
  frac: [
    ['2024-06-25 14:56:15.1 x', `${T}.1`, '-'],
    ['2024-06-25 14:56:15.12345678 x', `${T}.123456`, '-'],
    ['2024-06-25T14:56:15.123456789Z x', `${T}.123456`, '-'],
  ],
};

/** Pads a time to six decimals. */
function whole(time: string): string {
  const [seconds = '', fraction = ''] = time.split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
}

test.each(Object.entries(sets))('%s', (_, rows) => {
  const file = Array.from({ length: 12 }, () => rows).flat();
  const read = readLines(
    file.map(([line]) => line),
    { modifiedUs: us('2024-06-26T00:00:00Z') },
  ).rows;
  const found = file.map(([line, time, level], k) => [
    line,
    time === '?' ? time : read[k]?.time,
    level === '?' ? level : read[k]?.level,
  ]);
  const wanted = file.map(([line, time, level]) => [
    line,
    time === '?' || time === null ? time : whole(time),
    level === '?' ? level : levels[level],
  ]);
  expect(found).toEqual(wanted);
});
