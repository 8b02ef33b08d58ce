/**
 * The forms of times in logs, for a person to choose from. This file has no schemas, because the
 * window loads it.
 */

/** The forms of times, each with an example. */
export const timeForms = {
  iso: '2020-03-19 15:37:07',
  compact: '20200319 153707',
  day_month_year: '19.03.2020 15:37:07',
  two_digit_year: '20/03/19 15:37:07',
  month_name: '19/Mar/2020 15:37:07',
  syslog: 'Mar 19 15:37:07',
  month_day: '03-19 15:37:07',
  six_digits: '200319 153707',
  epoch: '1584632227',
  glog: 'I0319 15:37:07.101250',
} as const;
export type TimeForm = keyof typeof timeForms;

/** Order of the numbers of a date. */
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof dateOrders)[number];
