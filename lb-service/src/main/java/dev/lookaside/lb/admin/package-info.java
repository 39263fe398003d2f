/**
 * What operators see and decide, without a word of how they ask: gRPC, HTTP and the command line
 * are adapters. Start at {@link dev.lookaside.lb.admin.Fleet} for reading, and at {@link
 * dev.lookaside.lb.admin.Control} for changing.
 */
@NullMarked
package dev.lookaside.lb.admin;

import org.jspecify.annotations.NullMarked;
