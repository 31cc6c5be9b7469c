/**
 * Hives of few events as one row of hexagons, which leaves more of a wide screen to the words in them.
 *
 * @module steps/contexts_flat
 */

import { comb, roomOfHive, rowsOfCells, withinHive } from './hive.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Point} Point */

/**
 * The room of a hive whose hexagons stand in one row.
 *
 * @param {number} count how many hexagons
 * @param {number} titleWidth
 * @returns {{w: number, h: number}}
 */
export function flatHiveRoom(count, titleWidth) {
  const one = roomOfHive(1, titleWidth);
  const margin = roomOfHive(1, 0).w - comb(1).w;
  return { w: Math.max(one.w, rowsOfCells(count, count).w + margin), h: one.h };
}

/**
 * Where the title and the hexagons of such a hive stand within its room.
 *
 * @param {Box} room
 * @param {number} count
 * @param {number} titleWidth
 * @returns {{title: Box, cells: Point[]}}
 */
export function flatHive(room, count, titleWidth) {
  const { title, cells } = withinHive(room, 1, titleWidth);
  const row = rowsOfCells(count, count);
  const left = room.x + (room.w - row.w) / 2;
  return { title, cells: row.cells.map((cell) => ({ x: left + cell.x, y: cells[0].y })) };
}
