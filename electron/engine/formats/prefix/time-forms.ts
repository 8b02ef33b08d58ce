/**
 * A form of time is a way of writing date and clock. This module numbers the forms;
 * `contract/time-forms.ts` names them for people.
 */
import type { TimeForm } from '../../../contract/time-forms.ts';

/** The forms in the order of their numbers below. */
export const timeForms: readonly TimeForm[] = [
  'iso', // 2020-03-19 15:37:07, 2020/03/19T15:37:07Z, 2020.03.19-15.37.07, 2020. 3. 19. 오후 3:37:07
  'compact', // 20200319-15:37:07:101, 20200319 153707, 20200319T153707Z, 20200319153707
  'day_month_year', // 19.03.2020 15:37:07, 03/19/2020 15:37:07: two orders
  'two_digit_year', // 20/03/19 15:37:07: three orders
  'month_name', // 19/Mar/2020:15:37:07, 19 Mar 2020 15:37:07, Mar 19, 2020 3:37:07 PM, Thu Mar 19 15:37:07 KST 2020
  'syslog', // Mar 19 15:37:07: no year
  'month_day', // 03-19 15:37:07, 03.19 15:37:07: no year
  'six_digits', // 200319 153707, 200319 15:37:07
  'epoch', // 1584632227, also with thousandths, millionths or billionths
  'glog', // I0319 15:37:07.101250: no year
];

/** Number of shapes per form: form times this plus shape is an index. */
export const SHAPES = 64;

export const ISO = 0;
export const COMPACT = 1;
export const DAY_MONTH_YEAR = 2;
export const TWO_DIGIT_YEAR = 3;
export const MONTH_NAME = 4;
export const SYSLOG = 5;
export const MONTH_DAY = 6;
export const SIX_DIGITS = 7;
export const EPOCH = 8;
export const GLOG = 9;
