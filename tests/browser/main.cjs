/* All subjects, two at a time.  SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { run } = require('./lib.cjs');
const { walk } = require('./case.cjs');
const { lists } = require('./lists.cjs');
const { operators } = require('./operators.cjs');
const { slips } = require('./slips.cjs');
const { leave } = require('./exit.cjs');
const { change } = require('./change.cjs');
const { lend } = require('./secondment.cjs');
const { revoke } = require('./revoke.cjs');
const { transfer } = require('./transfer.cjs');
const { correct } = require('./correct.cjs');
const { merge } = require('./merge.cjs');
const { reassign } = require('./reassign.cjs');
const { reorganise } = require('./reorganise.cjs');

const subjects = {
  counter: b => walk(b, 'counter', true), online: b => walk(b, 'online', true),
  'plain-counter': b => walk(b, 'counter', false), 'plain-online': b => walk(b, 'online', false),
  lists: b => lists(b, true), 'plain-lists': b => lists(b, false),
  operators: b => operators(b, true), 'plain-operators': b => operators(b, false),
  exit: b => leave(b, true), 'plain-exit': b => leave(b, false),
  change: b => change(b, true), 'plain-change': b => change(b, false),
  secondment: b => lend(b, true), 'plain-secondment': b => lend(b, false),
  revoke: b => revoke(b, true), 'plain-revoke': b => revoke(b, false),
  transfer: b => transfer(b, true), 'plain-transfer': b => transfer(b, false),
  correct: b => correct(b, true), 'plain-correct': b => correct(b, false),
  merge: b => merge(b, true), 'plain-merge': b => merge(b, false),
  reassign: b => reassign(b, true), 'plain-reassign': b => reassign(b, false),
  reorganise: b => reorganise(b, true), 'plain-reorganise': b => reorganise(b, false),
  slips: b => slips(b, true), 'plain-slips': b => slips(b, false),
};
/* Each subject once, half of them without JavaScript; the others are those once more.  Who
 * compares the books of a unit is in the lane of those who change them. */
const each = [['plain-online', 'slips', 'plain-revoke', 'exit', 'transfer', 'plain-reorganise', 'merge'], ['counter', 'lists', 'operators', 'plain-secondment', 'change', 'correct', 'reassign']];
const others = [['online', 'plain-slips', 'revoke', 'plain-exit', 'plain-transfer', 'reorganise', 'plain-merge'], ['plain-counter', 'plain-lists', 'plain-operators', 'secondment', 'plain-change', 'plain-correct', 'plain-reassign']];
const lanes = { each, others };
const named = process.argv.slice(2);
const wanted = names => names.filter(n => !named.length || named.includes(n)).map(n => subjects[n]);

run(lanes[named[0]] ? lanes[named[0]].map(names => names.map(n => subjects[n])) : [0, 1].map(i => wanted(each[i].concat(others[i]))))
  .then(failed => process.exit(failed ? 1 : 0))
  .catch(e => { console.log(`not ok 1 browser: ran to its end\n# ${e.stack}\n1..1`); process.exit(1); });
