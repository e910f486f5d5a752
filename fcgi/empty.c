/* libbianzhi.so consists of its parts; libtool wants one source.
 * SPDX-License-Identifier: MulanPSL-2.0 */
typedef int empty;
